"""The shell's own files: read once, named by their content, kept in memory.

A name that changes with the content lets the browser keep a file for a year and still see the
next release at once. Our own are small (well under 100 KB together), so all are held; Plotly's
script, which the charts are drawn with, is that of the Python package, 5 MB and 1.5 MB packed.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

URL_PREFIX = "/assets"
YEAR = "public, max-age=31536000, immutable"

# One script, in this order: words are data, the rest uses what stands before it.
SCRIPT_PARTS = (
    "words.js", "labels.js", "history.js", "links.js", "language.js", "translate.js", "copy.js",
    "picture.js", "repair.js", "again.js", "marks.js", "present.js", "signed_out.js",
)  # fmt: skip


@dataclass(frozen=True)
class Asset:
    """One file as it is served.

    Attributes:
        path: Its address below the server's root, beginning with a slash.
        media_type: The value of ``Content-Type``.
        body: The bytes.
        packed: The same bytes, gzipped.
    """

    path: str
    media_type: str
    body: bytes
    packed: bytes


def load_assets() -> Mapping[str, Asset]:
    """Read the package's script, style sheet and icon, and Plotly's script.

    Returns:
        The assets by role: ``script``, ``style``, ``icon`` and ``plotly``.
    """
    return {
        "script": _asset("shell", "js", "text/javascript; charset=utf-8", SCRIPT_PARTS),
        "style": _asset("shell", "css", "text/css; charset=utf-8", ("shell.css",)),
        "icon": _asset("favicon", "svg", "image/svg+xml", ("favicon.svg",)),
        "plotly": _plotly(),
    }


def asset_routes(assets: Mapping[str, Asset], base_path: str = "") -> list[BaseRoute]:
    """Return one route per asset, below ``base_path`` (empty, or ``/prefix``)."""
    return [Route(base_path + asset.path, _endpoint(asset)) for asset in assets.values()]


def packed_or_plain(
    request: Request, plain: bytes, packed: bytes, headers: Mapping[str, str]
) -> Response:
    """Answer with the gzipped bytes where the client takes them, else with the plain ones.

    Args:
        request: The request, of which ``Accept-Encoding`` is read.
        plain: The body as it is.
        packed: The body gzipped.
        headers: Further headers; ``Content-Type`` is among them.
    """
    given = {**headers, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers={**given, "Content-Encoding": "gzip"})
    return Response(plain, headers=given)


def _endpoint(asset: Asset) -> Callable[[Request], Awaitable[Response]]:
    async def send(request: Request) -> Response:
        headers = {"Content-Type": asset.media_type, "Cache-Control": YEAR}
        return packed_or_plain(request, asset.body, asset.packed, headers)

    return send


@cache
def _plotly() -> Asset:
    # The hardest packing takes a second longer and saves one part in a hundred.
    body = (files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    return _named("plotly", "js", "text/javascript; charset=utf-8", body, 6)


def _asset(stem: str, suffix: str, media_type: str, parts: Sequence[str]) -> Asset:
    folder = files("xianzhong.web") / "static"
    body = b"\n".join((folder / part).read_bytes() for part in parts)
    return _named(stem, suffix, media_type, body, 9)


def _named(stem: str, suffix: str, media_type: str, body: bytes, packing: int) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:12]
    path = f"{URL_PREFIX}/{stem}.{digest}.{suffix}"
    return Asset(path, media_type, body, gzip.compress(body, packing, mtime=0))
