"""The names by which browsers may reach the server, held on every route.

A page of a stranger can have its own name point to this machine; its scripts would then read the
product as if it were theirs. A name that is not expected gets nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_WORDS = (
    "不能通过这个域名访问本系统。管理员可将其写入 allowed_hosts。\n"
    "This name does not lead to this server. Who runs it may add it to allowed_hosts.\n"
)


class HostsMiddleware:
    """Refuses requests and WebSockets under a host name that is not allowed.

    Args:
        app: The application inside.
        allowed: Host names without a port; ``*.example.org`` means every name below it, ``*`` any.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self.app = app
        self.allowed = [name.strip().lower().rstrip(".") for name in allowed]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in ("http", "websocket") or self._is_allowed(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(_WORDS, 400)(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        given = Headers(scope=scope).getlist("host")
        name = _name(given[0]) if len(given) == 1 else None
        return name is not None and any(_fits(name, pattern) for pattern in self.allowed)


def _name(host: str) -> str | None:
    """The name in a Host header; None where it is not one name and perhaps a port."""
    try:
        parts = urlsplit(f"//{host}")
        name, _port = parts.hostname, parts.port
    except ValueError:
        return None
    if name is None or "@" in parts.netloc or parts.netloc != host:
        return None
    return name.rstrip(".")


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in ("*", name)
