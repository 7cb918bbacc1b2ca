"""Gives every request an id, counts it, and writes one line about it, without its query."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xianzhong.watch import counts
from xianzhong.watch.ids import about, request_id
from xianzhong.watch.logs import log

HEADER = "x-request-id"
STREAM = "/_stcore/stream"
# The routes that are told apart; all else is a page or is none.
_ROUTES = {
    "/healthz": "health", "/readyz": "ready", "/metrics": "metrics", "/geo/": "geo",
    "/assets/": "assets", "/static/": "static", "/s/": "short", "/g/": "guest",
    "/about/": "statement", "/media/": "media", "/_stcore/upload_file": "upload_file",
    STREAM: "stream", "/_stcore/": "stcore",
}  # fmt: skip
# Asked every few seconds by machines: counted, and written down only where they fail.
_QUIET = ("health", "ready", "metrics", "assets", "static", "geo")
_STOPPING = {"status": "stopping", "reason": "the server is restarting; try again in a minute",
             "reason_zh": "服务器正在重启，请过一分钟再试"}  # fmt: skip
_log = log("web")


class Requests:
    """Counts and logs requests, and refuses new ones while the server stops.

    Args:
        app: The application inside.
        base_path: The prefix under which the application is served, or empty.
        pages: The pages' names, which are the routes beside those of files.
        stopping: Whether no new request is taken.
    """

    def __init__(
        self,
        app: ASGIApp,
        base_path: str = "",
        pages: Collection[str] = (),
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.app, self.base_path = app, base_path
        self.pages, self.stopping = frozenset(pages), stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        found = request_id(Headers(scope=scope).get(HEADER, ""))
        # The pages' runs read it from the headers of their connection.
        raw = [(name, value) for name, value in scope["headers"] if name != HEADER.encode()]
        scope = {**scope, "headers": [*raw, (HEADER.encode(), found.encode())]}
        with about(request_id=found):
            serve = self._http if scope["type"] == "http" else self._websocket
            await serve(scope, receive, send, found)

    async def _http(self, scope: Scope, receive: Receive, send: Send, found: str) -> None:
        begun, status = time.perf_counter(), 500
        route = self.route(scope["path"])

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = found
            await send(message)

        app = self.app
        if self.stopping() and route not in ("health", "ready", "metrics"):
            app = JSONResponse(_STOPPING, 503, {"Retry-After": "60", "Cache-Control": "no-store"})
        try:
            await app(scope, receive, marked)
        except Exception:
            _log.exception("request failed", route=route)
            raise
        finally:
            self._told(scope["method"], route, status, time.perf_counter() - begun)

    def _told(self, method: str, route: str, status: int, seconds: float) -> None:
        counts.REQUESTS.labels(route, f"{status // 100}xx").inc()
        counts.REQUEST_SECONDS.labels(route).observe(seconds)
        # A server that says that it is not ready is no error.
        failed = status >= 500 and route != "ready" and not self.stopping()
        if failed:
            counts.ERRORS.labels("request").inc()
        if failed or route not in _QUIET:
            _log.info("request", method=method, route=route, status=status,
                      milliseconds=round(seconds * 1000, 1))  # fmt: skip

    async def _websocket(self, scope: Scope, receive: Receive, send: Send, _found: str) -> None:
        if self.stopping():
            await send({"type": "websocket.close", "code": 1012})
            return
        begun, opened = time.perf_counter(), False

        async def counted(message: Message) -> None:
            nonlocal opened
            if message["type"] == "websocket.accept" and not opened:
                opened = True
                counts.SESSIONS.inc()
                counts.SESSIONS_OPENED.inc()
                _log.info("session opened")
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            if opened:
                counts.SESSIONS.dec()
                _log.info("session closed", seconds=round(time.perf_counter() - begun, 1))

    def route(self, path: str) -> str:
        """A name for what was asked for, of few: the page's, the kind of file, or ``other``."""
        path = path.removeprefix(self.base_path)
        for start, name in _ROUTES.items():
            if path.startswith(start):
                return name
        page = path.strip("/")
        return (page or "overview") if not page or page in self.pages else "other"
