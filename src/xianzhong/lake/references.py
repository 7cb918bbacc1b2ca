"""Which records name which: a school or university that records name must not go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID
from xianzhong.lake.store import Change, Lake
from xianzhong.model.columns import ColumnType
from xianzhong.model.tables import TABLES

# Columns of these types hold the code of a record of that table.
_NAMED = {ColumnType.SCHOOL: "schools", ColumnType.UNIVERSITY: "universities"}


def references(table: str) -> tuple[tuple[str, str], ...]:
    """The columns of ``table`` that name records of another table, and that table."""
    return tuple(
        (column.name, _NAMED[column.type])
        for column in TABLES[table].stored_columns
        if column.type in _NAMED
    )


def _of(table: str, changes: Iterable[Change]) -> tuple[set[str], set[str]]:
    """The record ids that the changes put into ``table``, and those that they delete."""
    put: set[str] = set()
    gone: set[str] = set()
    for change in changes:
        if change.table == table:
            put |= set(change.puts[RECORD_ID].to_pylist())
            gone |= set(change.deletes)
    return put, gone


def naming(
    lake: Lake, head: Snapshot, change: Change, changes: Sequence[Change]
) -> Iterator[tuple[str, str, str, str]]:
    """The records that stay and name what ``change`` deletes.

    Args:
        lake: where the records are.
        head: the state before.
        change: of the table whose records may be named.
        changes: all changes of the same commit: what they delete or put does not stay.

    Yields:
        The table, the record, the upload that last put it, and the code that it names.
    """
    if not change.deletes:
        return
    for table in TABLES:
        put, gone = _of(table, changes)
        for column, named in references(table):
            if named != change.table:
                continue
            rows = lake.rows(
                table, head, columns=[RECORD_ID, COMMIT_ID, column], match=(column, change.deletes)
            )
            for row in sorted(rows.to_pylist(), key=lambda row: str(row[RECORD_ID])):
                if row[RECORD_ID] not in put | gone:
                    yield table, row[RECORD_ID], row[COMMIT_ID] or "", row[column]


def missing_from(
    lake: Lake, head: Snapshot, change: Change, changes: Sequence[Change]
) -> Iterator[tuple[str, str]]:
    """The records that ``change`` puts and that name what is not there after ``changes``.

    Yields:
        The record and the code that it names.
    """
    for column, named in references(change.table):
        codes = set(change.puts[column].to_pylist()) - {None}
        found = lake.rows(named, head, columns=[RECORD_ID], match=(RECORD_ID, codes))
        put, gone = _of(named, changes)
        there = (set(found[RECORD_ID].to_pylist()) - gone) | put
        for row in change.puts.select([RECORD_ID, column]).to_pylist():
            if row[column] is not None and row[column] not in there:
                yield row[RECORD_ID], row[column]
