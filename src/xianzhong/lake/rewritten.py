"""Versions of a Delta table that hold the same records in other files.

Compaction gives a table a new Delta version without a change of what it says. The ledger is not
told: a snapshot keeps its number and its moment, and is read from the newest version that is known
to say the same. That is told by Delta's own log: a version follows whose files were only rewritten
(``dataChange`` is false in all of its actions), or that has the very same files again (a restore,
a column declared).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from deltalake import DeltaTable

from xianzhong.lake.ledger import Entry


def log_file(log: Path, version: int) -> Path:
    """The file of a version in a table's log."""
    return log / f"{version:020d}.json"


def actions(log: Path, version: int) -> Iterator[tuple[str, str, bool]]:
    """What a version did: ``add`` or ``remove``, the file's name, whether records changed.

    Raises:
        OSError, ValueError: the log has no such version, or it cannot be read.
    """
    for line in log_file(log, version).read_text(encoding="utf-8").splitlines():
        action = json.loads(line)
        for what in ("add", "remove"):
            if what in action:
                given = action[what]
                yield what, unquote(given["path"]), bool(given.get("dataChange", True))


class Shown:
    """Which version of each table is read for one that the ledger names; kept as it is found.

    Args:
        root: the lake.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: dict[tuple[str, int, int | None], tuple[int, int]] = {}
        self._named: tuple[int, dict[str, list[int]]] = (-1, {})

    def version(self, table: str, version: int, entries: Sequence[Entry]) -> int:
        """The newest version that says what ``version`` says, which ``entries`` name.

        Raises:
            DeltaError, OSError, ValueError: the table's log cannot be read.
        """
        before = self._next(table, version, entries)
        log = self._root / table / "_delta_log"
        found, looked = self._found.get((table, version, before), (version, version))
        end = _end(log, looked, before)
        if end > looked:
            found = same_records(log, version, end)
            self._found[table, version, before] = found, end
        return found

    def _next(self, table: str, version: int, entries: Sequence[Entry]) -> int | None:
        """The next version of the table that the ledger names."""
        count, named = self._named
        if count != len(entries):
            count, named = len(entries), {}
            self._named = count, named
        if table not in named:
            named[table] = sorted({entry.versions.get(table, 0) for entry in entries})
        at = bisect_right(named[table], version)
        return named[table][at] if at < len(named[table]) else None


def _end(log: Path, looked: int, before: int | None) -> int:
    """The last version from ``looked`` on that is below ``before``."""
    if before is not None:
        return before - 1
    while log_file(log, looked + 1).exists():
        looked += 1
    return looked


def same_records(log: Path, version: int, end: int) -> int:
    """The newest version up to ``end`` that says what ``version`` says.

    Args:
        log: the table's ``_delta_log``.
        version: a version that the ledger names.
        end: the last version to look at.

    Raises:
        DeltaError, OSError, ValueError: the log cannot be read.
    """
    uris = DeltaTable(str(log.parent), version=version).file_uris()
    live = {uri.rpartition("/")[2] for uri in uris}
    same, found, known = {frozenset(live)}, version, True
    for number in range(version + 1, end + 1):
        changed = False
        for what, name, changes in actions(log, number):
            changed |= changes
            live.add(name) if what == "add" else live.discard(name)
        files = frozenset(live)
        known = files in same or (known and not changed)
        if known:
            same.add(files)
            found = number
    return found
