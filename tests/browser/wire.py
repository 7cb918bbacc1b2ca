"""A relay on this machine that can be cut and mended, as a network can."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.browser.product import Site


class Wire:
    """A relay on this machine that can be cut and mended, as a network can."""

    def __init__(self, port: int) -> None:
        self.target = ("127.0.0.1", port)
        self.up = True
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                if not self.up:
                    near.close()
                    continue
                far = socket.create_connection(self.target)
                self.open += [near, far]
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=_pour, args=(source, sink), daemon=True).start()

    def cut(self) -> None:
        self.up = False
        for end in self.open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def mend(self) -> None:
        self.up = True


def _pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def wire_to(site: Site) -> Iterator[tuple[Wire, Site]]:
    wire = Wire(urlsplit(site.url).port or 0)
    try:
        yield wire, Site(site.lake, re.sub(r":\d+$", f":{wire.port}", site.url))
    finally:
        wire.cut()
        wire.listener.close()
