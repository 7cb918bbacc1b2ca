"""What a server is run with beside its pages: readiness, metrics, ids, a stop in good order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from xianzhong.watch.logs import log
from xianzhong.web.metrics import metrics_route
from xianzhong.web.readiness import Readiness
from xianzhong.web.requests import Requests
from xianzhong.web.stopping import Stopping, quiet_signals

_log = log("web")


@dataclass(frozen=True)
class Operation:
    """One server's operation.

    Attributes:
        readiness: whether it can be asked.
        ended: see :class:`Stopping`.
        stop_seconds: how long a stop waits for writings.
        networks: who may read ``/metrics`` beside this machine.
        refresh: measures what ``/metrics`` tells of the present.
        logs: called when the server has started and other packages have set up their logs.
    """

    readiness: Readiness
    ended: Callable[[float], bool]
    stop_seconds: float = 60
    networks: Sequence[str] = ()
    refresh: Callable[[], None] = lambda: None
    logs: Callable[[], None] = lambda: None
    _stopping: list[Stopping] = field(default_factory=list)

    def routes(self, base_path: str) -> list[BaseRoute]:
        """The plain routes."""
        return [metrics_route(base_path, networks=self.networks, refresh=self.refresh)]

    def middleware(self, base_path: str, pages: Collection[str]) -> Middleware:
        """The outermost middleware."""
        return Middleware(
            Requests, base_path=base_path, pages=pages, stopping=lambda: self.readiness.stops
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """From the moment at which the server listens until it has let go of its connections."""
        self.logs()
        quiet = Stopping(self.readiness.stopping, self.ended, self.stop_seconds)
        quiet.listen()
        self._stopping.append(quiet)
        _log.info("started")
        yield
        _log.info("stopped")

    def over(self) -> None:
        """The server has ended."""
        for stopping in self._stopping:
            stopping.over()

    @staticmethod
    def prepare() -> None:
        """Before the server takes the signals."""
        quiet_signals()
