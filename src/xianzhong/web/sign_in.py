"""The routes of sign-in: to the provider and back with the opened link kept, and out again."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from urllib.parse import urlencode

import anyio
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from xianzhong.signin.door import Door
from xianzhong.web.provider import PATIENCE, Provider, SignInError
from xianzhong.web.sign_in_page import PageMaker, lang_of, target_of
from xianzhong.web.target import own_target

_NOT_KEPT = {"Cache-Control": "no-store"}
# A cookie holds little; a longer address is remembered by the server alone.
_LONGEST_IN_COOKIE = 2000


def sign_in_routes(door: Door, pages: PageMaker, base_path: str = "") -> Sequence[BaseRoute]:
    """Return ``/sign-in``, ``/sign-in/go``, ``/sign-in/back``, ``/sign-in/out``, ``/sign-out``.

    Args:
        door: begins and ends sessions.
        pages: makes the pages.
        base_path: the prefix under which the application is served, or empty.
    """
    settings = door.settings
    # Binds a sign-in under way to the browser that began it; nobody's identity is in it.
    under_way = Middleware(
        SessionMiddleware, secret_key=settings.cookie_secret.reveal(), path=f"{base_path}/sign-in",
        session_cookie="xianzhong_sign_in", max_age=PATIENCE, same_site="lax",
        https_only=settings.https,
    )  # fmt: skip
    ways = _Ways(door, pages, base_path)
    return [
        Route(f"{base_path}/sign-in", ways.ask),
        Route(f"{base_path}/sign-in/go", ways.go, middleware=[under_way]),
        Route(f"{base_path}/sign-in/back", ways.back, middleware=[under_way]),
        Route(f"{base_path}/sign-in/out", ways.out),
        Route(f"{base_path}/sign-out", ways.leave, middleware=[under_way]),
    ]


class _Ways:
    """What the routes do."""

    def __init__(self, door: Door, pages: PageMaker, base_path: str) -> None:
        self.door = door
        self.pages = pages
        self.base_path = base_path
        self.provider = Provider(door.settings)

    async def ask(self, request: Request) -> Response:
        """The page with the button; who has a session is led on at once."""
        target = target_of(request, self.base_path)
        if await anyio.to_thread.run_sync(self.door.session, request.cookies):
            return RedirectResponse(target, 302, _NOT_KEPT)
        return self.pages.sign_in(request.scope, target)

    async def go(self, request: Request) -> Response:
        """To the provider."""
        target = target_of(request, self.base_path)
        if len(target) <= _LONGEST_IN_COOKIE:
            request.session["to"] = target
        try:
            answer = await self.provider.begin(request, target)
        except SignInError as error:
            return self.pages.trouble(request.scope, error.kind, target)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    async def back(self, request: Request) -> Response:
        """Back from the provider, and on to the address that had been opened."""
        kept = self.provider.target(request) or str(request.session.get("to", ""))
        target = own_target(kept, self.base_path)
        try:
            signed_in = await self.provider.finish(request)
        except SignInError as error:
            return self.pages.trouble(request.scope, error.kind, target)
        request.session.clear()
        settings = self.door.settings
        # A session that this browser had before ends: its key is not carried over.
        await anyio.to_thread.run_sync(self.door.close, request.cookies)
        value = await anyio.to_thread.run_sync(self.door.open, signed_in.identity, signed_in.token)
        answer = RedirectResponse(target, 302, _NOT_KEPT)
        answer.set_cookie(
            settings.cookie, value, max_age=int(settings.longest.total_seconds()),
            path=self.base_path or "/", secure=settings.https, httponly=True, samesite="lax",
        )  # fmt: skip
        # Who has an account is no guest any more, also not after signing out.
        answer.delete_cookie(
            settings.guest_cookie, path=self.base_path or "/", secure=settings.https,
            httponly=True, samesite="lax",
        )  # fmt: skip
        return answer

    async def leave(self, request: Request) -> Response:
        """Out: here, and at the provider where that can be."""
        mark = self.door.way_out(request.cookies)
        if mark and not hmac.compare_digest(mark, request.query_params.get("mark", "")):
            # Another site may have sent the browser here; the person is asked.
            query = urlencode({"mark": mark, "lang": lang_of(request.scope)})
            return self.pages.leave(request.scope, f"{self.base_path}/sign-out?{query}")
        session = await anyio.to_thread.run_sync(self.door.session, request.cookies)
        await anyio.to_thread.run_sync(self.door.close, request.cookies)
        answer = await self.provider.end(request, session.token) if session else None
        if answer is None:
            lang = lang_of(request.scope)
            answer = RedirectResponse(f"{self.base_path}/sign-in/out?lang={lang}", 302)
        answer.headers["Cache-Control"] = "no-store"
        settings = self.door.settings
        answer.delete_cookie(
            settings.cookie, path=self.base_path or "/", secure=settings.https, httponly=True,
            samesite="lax",
        )  # fmt: skip
        return answer

    async def out(self, request: Request) -> Response:
        """The page after signing out."""
        return self.pages.signed_out(request.scope)
