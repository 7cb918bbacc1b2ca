"""``/metrics`` for Prometheus, for this machine and the networks that are allowed."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from xianzhong.watch import counts

# A request that came through a proxy is not this machine's own, whatever its address says.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def metrics_route(
    base_path: str = "",
    *,
    networks: Sequence[str] = (),
    refresh: Callable[[], None] = lambda: None,
) -> Route:
    """Return the route.

    Args:
        base_path: The prefix under which the application is served, or empty.
        networks: Networks beside this machine that may read it, such as ``10.0.0.0/24``.
        refresh: Called before each answer, to measure what is not counted as it happens.
    """
    allowed = [ipaddress.ip_network(network) for network in networks]

    def metrics(request: Request) -> Response:
        if not _may(request, allowed):
            # As if there were nothing: who may not read it learns nothing from asking.
            return PlainTextResponse("Not Found", 404)
        refresh()
        return Response(
            counts.exposition(),
            headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"},
        )

    return Route(f"{base_path}/metrics", metrics)


def _may(
    request: Request, allowed: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> bool:
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    forwarded = any(name in request.headers for name in _FORWARDED)
    if address.is_loopback and not forwarded:
        return True
    return any(address in network for network in allowed)
