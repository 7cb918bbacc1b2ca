"""Headers by which the browser itself helps to keep the product safe, on every answer."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xianzhong.web.middleware import CONTENT_POLICY

# Everywhere. Without a camera, a microphone or a place to ask for, none is asked for.
ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# What is no page runs nothing, loads nothing, and stands in no frame: a downloaded file that is
# opened in the browser, an answer of the health check, a refusal.
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# The frontend's own files: a worker that starts from one goes by the policy that came with it.
FRONTEND = ("/static/", "/component/", "/app/static/", "/assets/")
# Not for names below this one: they are somebody else's.
TWO_YEARS = "max-age=63072000"


class ProtectionMiddleware:
    """Adds the headers that an answer does not have, and marks its cookies.

    Args:
        app: The application inside.
        https: Whether browsers come by HTTPS: they are told to keep to it, and cookies go by
            nothing else.
        base_path: The prefix under which the application is served, or empty.
    """

    def __init__(self, app: ASGIApp, https: bool, base_path: str = "") -> None:
        self.app = app
        self.https = https
        self.base_path = base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self.base_path)

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._protect(MutableHeaders(scope=message), path)
            await send(message)

        await self.app(scope, receive, protected)

    def _protect(self, headers: MutableHeaders, path: str) -> None:
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
        policy = CONTENT_POLICY if path.startswith(FRONTEND) else NOTHING
        headers.setdefault("Content-Security-Policy", policy)
        if self.https:
            headers["Strict-Transport-Security"] = TWO_YEARS
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", _marked(cookie, self.https))


def _marked(cookie: str, https: bool) -> str:
    """A cookie that goes by HTTPS only where there is HTTPS, and not along from other sites."""
    names = {part.strip().partition("=")[0].lower() for part in cookie.split(";")[1:]}
    if "samesite" not in names:
        cookie += "; SameSite=Lax"
    if https and "secure" not in names:
        cookie += "; Secure"
    return cookie
