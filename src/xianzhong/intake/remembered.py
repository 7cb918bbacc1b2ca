"""Remembers the columns that users gave, for later sheets with the same headers.

One small JSON file for each layout under ``layouts/`` in the lake's folder. What cannot be read
there is passed over: the user is asked again, no upload fails for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from xianzhong.model.columns import Table

FOLDER = "layouts"
# The oldest go first; the offices of a country have far fewer forms than this.
KEPT = 500


class Remembered:
    """The layouts of one table, read once; a layout is found by its folded headers."""

    def __init__(self, root: Path, table: Table) -> None:
        self._folder = root / FOLDER
        self._table = table
        self._names = {path.name for path in _files(self._folder, table.name)}

    def columns(self, headers: Sequence[str]) -> dict[int, str] | None:
        """Table column by sheet column, as a user gave them; None where none did."""
        name = _name(self._table, headers) if self._names else ""
        if name not in self._names:
            return None
        try:
            said = json.loads((self._folder / name).read_text("utf-8"))
            if said["headers"] != list(headers):
                return None
            return {int(index): str(column) for index, column in said["columns"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None


def remember(root: Path, table: Table, headers: Sequence[str], columns: Mapping[int, str]) -> None:
    """Keeps the columns of a layout, in place of what was kept for it.

    Raises:
        OSError: the lake's folder cannot be written.
    """
    said = {"table": table.name, "headers": list(headers), "columns": dict(columns)}
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(folder / _name(table, headers))
    for path in sorted(_files(folder, ""), key=_age)[:-KEPT]:
        with suppress(OSError):
            path.unlink()


def _files(folder: Path, table: str) -> list[Path]:
    return list(folder.glob(f"{table}*-*.json")) if folder.is_dir() else []


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _name(table: Table, headers: Sequence[str]) -> str:
    joined = json.dumps(list(headers), ensure_ascii=True)
    return f"{table.name}-{hashlib.sha256(joined.encode()).hexdigest()[:32]}.json"
