"""What became of one record: every commit that changed it, with its old and new values.

Each record carries the commit that put it last, so the way back leads from one change to the one
before, and only those snapshots are read. An undo leaves no mark of its own on a record; those
that touched the table are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from xianzhong.lake.cleared import ClearedError
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.undo_preview import FieldBack, fields_between

Row = Mapping[str, Any]
What = Literal["added", "changed", "removed"]
MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One commit's change of a record.

    Attributes:
        entry: who, when, which file.
        what: whether the record came, changed or went with it.
        fields: the values that differ, in the order of the table's columns; of a record that
            came, all that it has.
    """

    entry: Entry
    what: What
    fields: tuple[FieldBack, ...]


def record_history(
    lake: Lake, table: str, record_id: str, snapshot: Snapshot
) -> tuple[RecordChange, ...]:
    """The commits up to ``snapshot`` that changed a record, newest first; at most 100.

    Raises:
        LakeError: the lake cannot be read.
    """
    reader = _Reader(lake, table, record_id)
    touching = [e for e in lake.entries() if e.number <= snapshot.number and reader.touched(e)]
    undos = [entry for entry in touching if entry.undoes]
    by_id = {entry.upload_id: entry for entry in touching}
    found: list[RecordChange] = []
    number = snapshot.number
    # What lies before the retention is not told any more.
    with suppress(ClearedError):
        while number > 0 and len(found) < MOST_CHANGES:
            row = reader.row(number)
            put = by_id.get(str(row[COMMIT_ID])) if row else None
            since = put.number if put else 0
            # A commit that put the record stands behind every undo since then that changed it.
            entry = next(
                (e for e in reversed(undos) if since < e.number <= number and reader.differs(e)),
                put,
            )
            if entry is None:
                break
            before, after = reader.row(entry.number - 1), reader.row(entry.number)
            found.append(_change(table, entry, before, after))
            number = entry.number - 1
    return tuple(found)


def _change(table: str, entry: Entry, before: Row | None, after: Row | None) -> RecordChange:
    what: What = "changed" if before and after else "added" if after else "removed"
    return RecordChange(entry, what, fields_between(table, before or {}, after or {}))


class _Reader:
    """Reads one record in many snapshots, each state of its table once."""

    def __init__(self, lake: Lake, table: str, record_id: str) -> None:
        self._lake, self._table, self._record_id = lake, table, record_id
        self._versions = {0: 0} | {e.number: e.versions.get(table, 0) for e in lake.entries()}
        self._rows: dict[int, Row | None] = {}

    def touched(self, entry: Entry) -> bool:
        """Whether a commit wrote to the table at all."""
        return self._versions[entry.number] != self._versions[entry.number - 1]

    def row(self, number: int) -> Row | None:
        """The record in the snapshot of this number, None where it is not there."""
        version = self._versions[number]
        if version not in self._rows:
            snapshot = self._lake.snapshot(number)
            match = (RECORD_ID, [self._record_id])
            rows = self._lake.rows(self._table, snapshot, match=match).to_pylist()
            self._rows[version] = rows[0] if rows else None
        return self._rows[version]

    def differs(self, entry: Entry) -> bool:
        """Whether the record is another one after a commit than before it."""
        return self.row(entry.number - 1) != self.row(entry.number)
