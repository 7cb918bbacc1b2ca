"""What all workers of a run share: a folder, and what one of them made there for the others.

Each holds a lock of the system's on what it uses. It is let go when its process ends, however it
ends, so that the last one knows that it is the last.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from filelock import FileLock

try:
    import fcntl
except ImportError:  # Windows: every worker has all for itself.
    fcntl = None  # type: ignore[assignment]


@cache
def shared_folder() -> Path:
    """A folder for all workers of this run, or of this process alone, gone when they have ended."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if fcntl is None or run is None:
        folder = Path(tempfile.mkdtemp(prefix="xianzhong-run-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
    folder = Path(tempfile.gettempdir()) / f"xianzhong-run-{run}"
    folder.mkdir(exist_ok=True)
    held = Held(folder / "in-use")

    def leave() -> None:
        held.let_go()
        if held.is_free(wait=False):
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(leave)
    return folder


def made_once(place: Path, make: Callable[[Path], None]) -> Path:
    """``place``, which the first that asks for it makes while the others wait."""
    made = place.with_name(f"{place.name}.made")
    with FileLock(f"{place}.lock"):
        if not made.exists():
            make(place)
            made.touch()
    return place


class Held:
    """A place that is held together with others."""

    def __init__(self, place: Path) -> None:
        self._file = place.open("a")
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def let_go(self) -> None:
        """Hold it no longer."""
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def is_free(self, *, wait: bool) -> bool:
        """Whether nobody holds it any more; with ``wait`` not before that is so."""
        if fcntl:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                return False
        return True
