"""A reader without a browser: speaks Streamlit's own protocol over its websocket."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

_LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a page, as its reader sees it.

    Attributes:
        seconds: from the question to the end of the run.
        messages, size: how many messages came, and their bytes.
        error: type of the exception or the words of the error that the page shows; else empty.
    """

    seconds: float
    messages: int
    size: int
    error: str = ""


class Visitor(AbstractContextManager["Visitor"]):
    """One session.

    Args:
        url: the server's address, ``http://127.0.0.1:8501``.
        patience: seconds to wait for a run.
        headers: that open the line, such as cookies.
        hear: is given every message.
    """

    def __init__(
        self,
        url: str,
        *,
        patience: float = 60,
        headers: Mapping[str, str] | None = None,
        hear: Callable[[ForwardMsg], object] = lambda _message: None,
    ) -> None:
        self.url, self.patience = url, patience
        self._headers, self._hear = dict(headers or {}), hear
        self._open = ExitStack()
        self._socket: ClientConnection | None = None

    def __enter__(self) -> Visitor:
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = self._open.enter_context(
            connect(
                address, subprotocols=[Subprotocol("streamlit")], max_size=_LARGEST,
                compression=None, open_timeout=self.patience, proxy=None,
                additional_headers=self._headers,
            )
        )  # fmt: skip
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def _connected(self) -> ClientConnection:
        if self._socket is None:
            raise RuntimeError("a visit is a context: with Visitor(url) as visitor")
        return self._socket

    def ask(self, page: str = "", params: Mapping[str, str] | None = None) -> None:
        """Opens a page with parameters, without waiting for it."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(params or {})
        message.rerun_script.page_name = page
        self.send(message)

    def send(self, message: BackMsg) -> None:
        """Sends any message that a browser could."""
        self._connected.send(message.SerializeToString())

    def open(self, page: str = "", params: Mapping[str, str] | None = None) -> Run:
        """Opens a page and waits until its run is over.

        Raises:
            TimeoutError: it took longer than the patience.
            websockets.exceptions.ConnectionClosed: the server has gone.
        """
        begun = time.perf_counter()
        self.ask(page, params)
        return self.wait(begun)

    def wait(self, begun: float) -> Run:
        """Waits until the run that was asked for is over.

        Raises:
            TimeoutError, websockets.exceptions.ConnectionClosed: as :meth:`open`.
        """
        count = size = 0
        error = ""
        started = False
        while True:
            left = self.patience - (time.perf_counter() - begun)
            message, taken = self.next(left)
            count, size = count + 1, size + taken
            started = started or message.WhichOneof("type") == "new_session"
            error = error or _error(message)
            if started and message.WhichOneof("type") == "script_finished":
                return Run(time.perf_counter() - begun, count, size, error)

    def next(self, seconds: float) -> tuple[ForwardMsg, int]:
        """The next message and its bytes.

        Raises:
            TimeoutError: none came in time.
        """
        raw = self._connected.recv(timeout=max(seconds, 0), decode=False)
        message = ForwardMsg()
        message.ParseFromString(raw)
        self._hear(message)
        return message, len(raw)


def _error(message: ForwardMsg) -> str:
    """What a page shows of an error, where this message is one."""
    if message.WhichOneof("type") != "delta" or message.delta.WhichOneof("type") != "new_element":
        return ""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        return str(element.exception.type) or "exception"
    if kind == "alert" and element.alert.format == element.alert.ERROR:
        return str(element.alert.body)
    return ""
