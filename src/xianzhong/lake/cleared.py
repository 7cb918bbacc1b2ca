"""Which old snapshots were cleared away to make room; see ``tidy``."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from xianzhong.lake.errors import LakeError

CLEARED = "cleared.json"
PART = ".part-"


class ClearedError(LakeError):
    """A snapshot older than the retention whose files are gone."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"snapshot {number} is older than what is kept, and was cleared away; a backup from "
            "before has it",
            f"第 {number} 版数据已超过保存期限，已被清理；更早的备份中仍可找到",
        )
        self.number = number


def cleared(root: Path) -> frozenset[int]:
    """Numbers of the snapshots that were cleared away."""
    try:
        changed = (root / CLEARED).stat().st_mtime_ns
    except OSError:
        return frozenset()
    return _read(root, changed)


@lru_cache(maxsize=8)
def _read(root: Path, _changed: int) -> frozenset[int]:
    known = read_note(root / CLEARED).get("snapshots", [])
    return frozenset(number for number in known if isinstance(number, int))


def note_cleared(root: Path, numbers: Iterable[int]) -> None:
    """Adds numbers to those that were cleared away.

    Raises:
        OSError: it cannot be written.
    """
    write_note(root / CLEARED, {"snapshots": sorted(cleared(root) | set(numbers))})


def read_note(path: Path) -> dict[str, Any]:
    """A small JSON file of the lake's own; empty where there is none or it makes no sense."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_note(path: Path, content: Mapping[str, Any]) -> None:
    """Writes a small JSON file as a whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
