"""The gate: where sign-in is configured, nothing but a few open addresses without a session."""

from __future__ import annotations

from http.cookies import CookieError

import anyio
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xianzhong.signin.door import Door, Presence
from xianzhong.watch.logs import log
from xianzhong.web.sign_in_page import PageMaker
from xianzhong.web.target import way_in

_log = log("signin")

# Open to everyone: signing in and out, the probes (metrics have a door of their own), statements,
# and the files of their pages. An entry with a slash at its end opens what lies below it.
OPEN = (
    "/sign-in",
    "/sign-in/",
    "/sign-out",
    "/healthz",
    "/readyz",
    "/assets/",
    "/about/",
    "/metrics",
)
# Below these lie no pages: who has no session gets an error there and is not led to sign in.
_NO_PAGES = ("/_stcore/", "/media/", "/component/", "/static/", "/app/static/", "/geo/")
# The frontend's own files are the same for everyone who has signed in.
_SAME_FOR_ALL = "/static/"
PRESENCE = "xianzhong.presence"
# A private code (RFC 6455, section 7.4.2): the session has ended.
ENDED = 4401
_ENDED_WORDS = "登录已失效，请重新登录。\nThe session has ended; please sign in again.\n"
_REFUSED_WORDS = "没有访问权限。\nNo access.\n"


class GateMiddleware:
    """Lets nobody through who has not signed in, or whom the rule for callers refuses.

    Each message of a WebSocket is looked at anew. Every rerun of a page begins with one, callbacks
    and fragments too, so a session that has ended or a person who has been shut out gets nothing
    more from an open page.

    Args:
        app: The application inside.
        door: Who is asking.
        pages: Makes the pages that are shown in place of the one that was asked for.
        base_path: The prefix under which the application is served, or empty.
    """

    def __init__(self, app: ASGIApp, door: Door, pages: PageMaker, base_path: str = "") -> None:
        self.app = app
        self.door = door
        self.pages = pages
        self.base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        path = scope.get("path", "").removeprefix(self.base_path)
        if scope["type"] not in ("http", "websocket") or _is_open(path):
            await self.app(scope, receive, send)
            return
        answer = await self._refusal(scope, path)
        if answer is None and scope["type"] == "http":
            await self.app(scope, receive, send)
        elif answer is None:
            await self._watched(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(scope, receive, send)

    async def _refusal(self, scope: Scope, path: str) -> Response | None:
        """What to answer in place of the application; None for who may pass."""
        page = scope["type"] == "http" and _may_be_page(scope, path)
        try:
            if path.startswith(_SAME_FOR_ALL):
                found = await anyio.to_thread.run_sync(self.door.session, _cookies(scope))
                return None if found else _plain(_ENDED_WORDS, 401)
            presence = await self._who(scope)
        except Exception as error:  # who somebody is cannot be told: nobody is let in
            _log.error("callers cannot be told", error=type(error).__name__)
            return self.pages.unknown(scope) if page else _plain(_REFUSED_WORDS, 503)
        if presence is None:
            return self._to_sign_in(scope) if page else _plain(_ENDED_WORDS, 401)
        if (reason := presence.caller.refused) is not None:
            return self.pages.refused(scope, reason) if page else _plain(_REFUSED_WORDS, 403)
        scope[PRESENCE] = presence
        return None

    async def _who(self, scope: Scope) -> Presence | None:
        return await anyio.to_thread.run_sync(self.door.who, _cookies(scope))

    def _to_sign_in(self, scope: Scope) -> Response:
        address = way_in(scope, self.base_path)
        return RedirectResponse(address, 302, {"Cache-Control": "no-store"})

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs a WebSocket and ends it with the session."""
        ended = False

        async def receive_watched() -> Message:
            nonlocal ended
            message = await receive()
            if message["type"] == "websocket.receive" and not await self._still(scope):
                ended = True
                await send({"type": "websocket.close", "code": ENDED})
                return {"type": "websocket.disconnect", "code": ENDED}
            return message

        async def send_unless_ended(message: Message) -> None:
            if not ended:
                await send(message)

        await self.app(scope, receive_watched, send_unless_ended)

    async def _still(self, scope: Scope) -> bool:
        try:
            presence = await self._who(scope)
        except Exception as error:
            _log.error("callers cannot be told", error=type(error).__name__)
            return False
        return presence is not None and presence.caller.refused is None


def _is_open(path: str) -> bool:
    return any(path.startswith(way) if way.endswith("/") else path == way for way in OPEN)


def _may_be_page(scope: Scope, path: str) -> bool:
    named = "." not in path.rsplit("/", 1)[-1]
    return scope["method"] in {"GET", "HEAD"} and named and not path.startswith(_NO_PAGES)


def _cookies(scope: Scope) -> dict[str, str]:
    try:
        return HTTPConnection(scope).cookies
    except (CookieError, UnicodeError):
        return {}


def _plain(words: str, status: int) -> Response:
    return PlainTextResponse(words, status, {"Cache-Control": "no-store"})
