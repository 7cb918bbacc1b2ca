"""How much a request may send, counted by the server as it comes in."""

from __future__ import annotations

from collections.abc import Callable

import anyio
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file/"
# What a form puts around a file.
_AROUND = 64 * 1024
_ELSEWHERE = 64 * 1024
_MEGABYTE = 1024 * 1024
# How much, and for how many seconds, is taken in and dropped.
_DROPPED, _PATIENCE = 128 * _MEGABYTE, 10


class _TooLargeError(Exception):
    pass


class SizeMiddleware:
    """Answers 413, in words, to a body that is too large.

    The announced size is looked at first, and what really comes is counted: a size may be missing
    or wrong. Nothing beyond the limit is kept.

    Args:
        app: The application inside.
        uploads: The limit of an uploaded file in bytes, asked at each upload. Everything else
            may send 64 KB.
        base_path: The prefix under which the application is served, or empty.
    """

    def __init__(self, app: ASGIApp, uploads: Callable[[], int], base_path: str = "") -> None:
        self.app = app
        self.uploads = uploads
        self.base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        upload = scope["path"].removeprefix(self.base_path).startswith(UPLOADS)
        limit = self.uploads() + _AROUND if upload else _ELSEWHERE
        counted = _Counted(receive, send, limit)
        announced = Headers(scope=scope).get("content-length", "0")
        try:
            if not announced.isdecimal() or int(announced) > limit:
                raise _TooLargeError
            await self.app(scope, counted.receive, counted.send)
        except _TooLargeError:
            counted.over = True
        if counted.over and not counted.answered:
            if not counted.ended:
                await _let_it_come(receive, announced)
            await PlainTextResponse(_words(limit), 413, {"Connection": "close"})(
                scope, receive, send
            )


async def _let_it_come(receive: Receive, announced: str) -> None:
    """Takes the rest of a body and drops it: who is cut off while sending never reads the answer.

    Only for a while, and not where so much is announced that it is no file by mistake.
    """
    taken = int(announced) if announced.isdecimal() else 0
    with anyio.move_on_after(_PATIENCE):
        while taken <= _DROPPED:
            message = await receive()
            if message["type"] != "http.request" or not message.get("more_body", False):
                return
            if not announced.isdecimal():
                taken += len(message.get("body", b""))


class _Counted:
    """Counts what is received; once it is too much, nothing that the inside says is sent."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._got = 0
        self.over = False
        self.ended = False
        self.answered = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._got += len(message.get("body", b""))
        self.ended = not message.get("more_body", False)
        if self._got > self._limit:
            self.over = True
            raise _TooLargeError
        return message

    async def send(self, message: Message) -> None:
        # What the inside makes of the interrupted body is not the answer.
        if not self.over:
            self.answered = True
            await self._send(message)


def _words(limit: int) -> str:
    size = f"{limit // _MEGABYTE} MB" if limit >= _MEGABYTE else f"{limit // 1024} KB"
    return (
        f"文件太大：最多 {size}。请拆分后再上传，或删除表格中的图片。\n"
        f"Too large: {size} at most. Split the file, or remove the pictures in it.\n"
    )
