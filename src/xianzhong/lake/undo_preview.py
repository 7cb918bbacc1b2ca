"""What an undo would do, record by record and field by field, for a page to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.schema import RECORD_ID, precision_name
from xianzhong.lake.store import Change, Lake
from xianzhong.lake.undo import UndoPlan, gone_with
from xianzhong.model.columns import ColumnType
from xianzhong.model.tables import TABLES

Row = Mapping[str, Any]
Fate = Literal["removed", "changed", "returned"]


@dataclass(frozen=True, slots=True)
class FieldBack:
    """One value: what stands now and what will stand after the undo; None is nothing.

    Dates are texts, ``2024-03-05`` or, where only the month is known, ``2024-03``.
    """

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RecordBack:
    """What becomes of one record.

    Attributes:
        table, record_id: which record.
        fate: ``removed`` (the upload had added it), ``changed`` (it gets its older values
            back) or ``returned`` (an undo, or a file for the whole table, had removed it).
        fields: the values that differ, in the order of the table's columns.
    """

    table: str
    record_id: str
    fate: Fate
    fields: tuple[FieldBack, ...]


def undo_records(lake: Lake, plan: UndoPlan, *, limit: int = 10_000) -> tuple[RecordBack, ...]:
    """The records that an undo touches, by table: the removed ones, then those put back.

    Args:
        lake: the lake that the plan is for.
        plan: from ``plan_undo``.
        limit: at most so many per table and kind; ``plan.removed`` and ``plan.restored`` count
            them all.

    Raises:
        LakeError: the lake cannot be read.
    """
    found: list[RecordBack] = []
    for change in plan.changes:
        puts = {row[RECORD_ID]: row for row in change.puts.slice(0, limit).to_pylist()}
        deletes = change.deletes[:limit]
        stands = _standing(lake, plan, change, [*puts, *deletes])
        for record in deletes:
            fields = fields_between(change.table, stands.get(record, {}), {})
            found.append(RecordBack(change.table, record, "removed", fields))
        for record, row in sorted(puts.items()):
            fields = fields_between(change.table, stands.get(record, {}), row)
            fate: Fate = "changed" if record in stands else "returned"
            found.append(RecordBack(change.table, record, fate, fields))
    return tuple(found)


def _standing(lake: Lake, plan: UndoPlan, change: Change, records: list[str]) -> dict[str, Row]:
    rows = lake.rows(change.table, plan.base, match=(RECORD_ID, records))
    return {row[RECORD_ID]: row for row in rows.to_pylist()}


def fields_between(table: str, old: Row, new: Row) -> tuple[FieldBack, ...]:
    """The values in which two states of a record differ; an empty row is no record."""
    changes = []
    for column in TABLES[table].stored_columns:
        before, after = (_shown(row, column.name, column.type) for row in (old, new))
        if before != after:
            changes.append(FieldBack(column.name, before, after))
    return tuple(changes)


def _shown(row: Row, name: str, kind: ColumnType) -> Any:
    value = row.get(name)
    if kind is not ColumnType.DATE or value is None:
        return value
    return f"{value:%Y-%m}" if row.get(precision_name(name)) == "month" else value.isoformat()


@dataclass(frozen=True, slots=True)
class UndoCounts:
    """What an undo did: records that went, and records that are again what they were."""

    removed: int
    restored: int


def undo_counts(lake: Lake, entry: Entry) -> UndoCounts:
    """What an undo in the ledger did.

    The ledger keeps how many records were put. How many went is what the tables have fewer of:
    an undo of an upload only removes what that added and puts back what it changed; an undo of
    an undo only puts records, so nothing is fewer. A table that a file may replace as a whole
    can lose and regain records at once; there they are told apart.

    Raises:
        LakeError: the lake cannot be read.
    """
    return _undo_counts(lake, entry.upload_id)


@lru_cache(maxsize=1_000)
def _undo_counts(lake: Lake, upload_id: str) -> UndoCounts:
    # What is in the ledger never changes, so each is counted once.
    entry = next(entry for entry in lake.entries() if entry.upload_id == upload_id)
    before, after = lake.snapshot(entry.number - 1), entry.snapshot
    touched = [t for t in TABLES if before.version(t) != after.version(t)]
    whole = [table for table in touched if TABLES[table].whole_list]
    others = [table for table in touched if table not in whole]
    fewer = sum(_count(lake, table, before) - _count(lake, table, after) for table in others)
    gone = sum(len(gone_with(lake, table, entry)) for table in whole)
    return UndoCounts(max(fewer, 0) + gone, entry.updated)


def removed_by(lake: Lake, entry: Entry) -> int:
    """How many records an upload removed, its file standing for the whole table.

    Raises:
        LakeError: the lake cannot be read.
    """
    if entry.kind != "upload" or entry.table not in TABLES or not TABLES[entry.table].whole_list:
        return 0
    return _removed_by(lake, entry.upload_id)


@lru_cache(maxsize=1_000)
def _removed_by(lake: Lake, upload_id: str) -> int:
    entry = next(entry for entry in lake.entries() if entry.upload_id == upload_id)
    return len(gone_with(lake, entry.table, entry))


def _count(lake: Lake, table: str, snapshot: Snapshot) -> int:
    return int(lake.rows(table, snapshot, columns=[RECORD_ID]).num_rows)
