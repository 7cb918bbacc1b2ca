"""Plain HTTP routes beside the pages: health, readiness and boundary files."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from xianzhong.web.assets import YEAR, packed_or_plain
from xianzhong.web.readiness import NotReadyError

READY_SECONDS = 5.0
_GEO_FILES_KEPT = 64

ReadyCheck = Callable[[], None]


def health_routes(ready: ReadyCheck | None, base_path: str = "") -> list[BaseRoute]:
    """Return ``/healthz`` and ``/readyz``.

    Args:
        ready: Called on each readiness request, in a worker thread; returns when the
            application can answer questions and raises, with the reason as its message, when it
            cannot. Without it the application is ready as soon as it is alive.
        base_path: The prefix under which the application is served, or empty.
    """

    async def healthz(_request: Request) -> Response:
        return _json({"status": "alive"}, 200)

    async def readyz(_request: Request) -> Response:
        begun = time.perf_counter()
        reason = await _why_not_ready(ready)
        if reason is not None:
            return _json({"status": "not ready", **reason}, 503)
        taken = round((time.perf_counter() - begun) * 1000, 1)
        return _json({"status": "ready", "milliseconds": taken}, 200)

    return [Route(f"{base_path}/healthz", healthz), Route(f"{base_path}/readyz", readyz)]


def geo_routes(folder: Path | None, base_path: str = "") -> list[BaseRoute]:
    """Return the route of the boundary files: ``/geo/<name>`` and ``/geo/county/<name>``.

    The files that exist when the server starts are the only ones it will ever open: an address
    is looked up among their names and never joined to a path.

    Args:
        folder: The folder with ``*.geojson`` and ``county/*.geojson``; with None every boundary
            is missing.
        base_path: The prefix under which the application is served, or empty.
    """
    known = _geojson_files(folder) if folder is not None else {}

    def boundary(request: Request) -> Response:
        path = known.get(request.path_params["name"])
        if path is None or not path.is_file():
            return _json({"error": "no such boundary file"}, 404)
        return _boundary_response(request, path)

    return [Route(f"{base_path}/geo/{{name:path}}", boundary)]


async def _why_not_ready(ready: ReadyCheck | None) -> dict[str, object] | None:
    if ready is None:
        return None
    try:
        with anyio.fail_after(READY_SECONDS):
            await anyio.to_thread.run_sync(ready, abandon_on_cancel=True)
    except TimeoutError:
        return {"reason": f"the readiness check took longer than {READY_SECONDS:g} seconds"}
    except NotReadyError as error:
        return {"reason": error.said.en, "reason_zh": error.said.zh, "code": error.code}
    except Exception as error:  # whatever is wrong, the answer is 503 with the reason
        return {"reason": str(error) or type(error).__name__}
    return None


def _json(content: dict[str, object], status: int) -> Response:
    return JSONResponse(content, status_code=status, headers={"Cache-Control": "no-store"})


def _geojson_files(folder: Path) -> dict[str, Path]:
    found = [*folder.glob("*.geojson"), *folder.glob("county/*.geojson")]
    return {path.relative_to(folder).as_posix(): path for path in sorted(found)}


def _boundary_response(request: Request, path: Path) -> Response:
    stat = path.stat()
    packed, etag = _packed(path, stat.st_mtime_ns, stat.st_size)
    headers = {
        "Content-Type": "application/geo+json",
        # The version in the address changes with the file, so such an answer never gets old.
        "Cache-Control": YEAR if request.query_params.get("v") else "no-cache",
        "ETag": etag,
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    takes_gzip = "gzip" in request.headers.get("accept-encoding", "")
    plain = b"" if takes_gzip else gzip.decompress(packed)
    return packed_or_plain(request, plain, packed, headers)


@lru_cache(maxsize=_GEO_FILES_KEPT)
def _packed(path: Path, _changed: int, _size: int) -> tuple[bytes, str]:
    # The time of change and the size are part of the key, so that a new file is read again.
    body = path.read_bytes()
    return gzip.compress(body, 6, mtime=0), f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
