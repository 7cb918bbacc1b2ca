"""What stands before the pages: protection, host names, sizes, and the gate with its routes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from xianzhong.signin.door import Door
from xianzhong.web.assets import load_assets
from xianzhong.web.gate import GateMiddleware
from xianzhong.web.guests import GuestLinks, guest_routes
from xianzhong.web.hosts import HostsMiddleware
from xianzhong.web.protection import ProtectionMiddleware
from xianzhong.web.sign_in import sign_in_routes
from xianzhong.web.sign_in_page import PageMaker
from xianzhong.web.size import SizeMiddleware


@dataclass(frozen=True)
class Front:
    """Routes and middleware, the outermost first."""

    routes: Sequence[BaseRoute]
    middleware: Sequence[Middleware]


def build_front(
    door: Door | None,
    allowed_hosts: Sequence[str],
    uploads: Callable[[], int],
    base_path: str = "",
    guests: GuestLinks | None = None,
) -> Front:
    """Put together what stands before the pages.

    Args:
        door: Sign-in, or None where it is not configured; then nothing asks for a session.
        allowed_hosts: Names by which browsers may reach the server.
        uploads: The limit of an uploaded file in bytes.
        base_path: The prefix under which the application is served, or empty.
        guests: What is behind links for people without an account; without it there are none.
    """
    middleware = [
        Middleware(
            ProtectionMiddleware, https=door is not None and door.settings.https,
            base_path=base_path,
        ),
        Middleware(HostsMiddleware, allowed=allowed_hosts),
        Middleware(SizeMiddleware, uploads=uploads, base_path=base_path),
    ]  # fmt: skip
    if door is None:
        return Front([], middleware)
    pages = PageMaker(load_assets(), door.settings.provider, base_path)
    gate = Middleware(
        GateMiddleware, door=door, pages=pages, base_path=base_path, guests=guests
    )  # fmt: skip
    routes = list(sign_in_routes(door, pages, base_path))
    if guests is not None:
        routes += guest_routes(door, pages, guests, base_path)
    return Front(routes, [*middleware, gate])
