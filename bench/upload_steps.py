"""One upload, or the floor, in a process of its own; prints seconds and megabytes as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def main() -> None:
    """``steps FILE LAKE`` or ``floor FILE``."""
    what, path = sys.argv[1], Path(sys.argv[2])
    found = _steps(path, Path(sys.argv[3])) if what == "steps" else _floor(path)
    # Kilobytes on Linux. The children's is that of the largest one.
    for name, who in (("server", resource.RUSAGE_SELF), ("child", resource.RUSAGE_CHILDREN)):
        found[name] = resource.getrusage(who).ru_maxrss / 1024
    print(json.dumps(found))


def _steps(path: Path, root: Path) -> dict[str, float]:
    """Reads alone; then prepares (which reads again and checks), annotates, and commits."""
    from xianzhong.intake.annotate import annotate_in_child
    from xianzhong.intake.load import commit, prepare
    from xianzhong.intake.read_child import read_in_child
    from xianzhong.lake.store import Lake
    from xianzhong.model.tables import TABLES
    from xianzhong.reference import load_divisions

    lake, content = Lake(root), path.read_bytes()
    load_divisions()  # a server has them from its start
    found: dict[str, float] = {}
    _timed(found, "read", lambda: len(read_in_child(content, path.name).sheets))
    prepared = _timed(
        found, "prepare", lambda: prepare(lake, TABLES["activities"], path.name, content)
    )
    _timed(found, "annotate", lambda: annotate_in_child(content, path.name, prepared.report, "zh"))
    receipt = _timed(
        found, "commit", lambda: commit(lake, prepared, who="bench", accept_partial=True)
    )
    if not receipt.committed or receipt.report.ok:
        raise RuntimeError("a file with good and bad rows should have been loaded in part")
    return found


def _floor(path: Path) -> dict[str, float]:
    import pandas as pd

    found: dict[str, float] = {}
    _timed(found, "floor", lambda: pd.read_excel(path, engine="openpyxl"))
    return found


def _timed(found: dict[str, float], name: str, work: Callable[[], T]) -> T:
    begin = time.perf_counter()
    made = work()
    found[name] = time.perf_counter() - begin
    return made


if __name__ == "__main__":
    main()
