"""One upload, or the floor, in a process of its own; prints seconds and megabytes as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TypeVar

import psutil

T = TypeVar("T")


def main() -> None:
    """``steps FILE LAKE`` or ``floor FILE``."""
    what, path = sys.argv[1], Path(sys.argv[2])
    children = _Children()
    children.start()
    found = _steps(path, Path(sys.argv[3])) if what == "steps" else _floor(path)
    found |= {"server": _peak(os.getpid()), "child": children.peak}
    print(json.dumps(found))


def _peak(pid: int) -> float:
    """Megabytes that a process had resident at its peak, by Linux's own account.

    Not by ``getrusage``: there a new process begins with the size of the one that started it.
    """
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


class _Children(Thread):
    """Looks at the children every few milliseconds, for their peak goes with them."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0

    def run(self) -> None:
        while True:
            for child in psutil.Process().children():
                with suppress(OSError, psutil.Error):
                    # Between its start and its own program it is a copy of this process.
                    if "-m" in child.cmdline() and child.cmdline() != psutil.Process().cmdline():
                        self.peak = max(self.peak, _peak(child.pid))
            time.sleep(0.01)


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
    # A server's first file brings in what the others find there; it is measured by itself.
    sheet = "帮扶高校,受援县中,活动类型,活动名称,开始日期\n示例,示例,签约,示例,2025-01-01\n"
    _timed(found, "first", lambda: prepare(lake, TABLES["activities"], "a.csv", sheet.encode()))
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
