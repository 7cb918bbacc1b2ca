"""The Arrow schema of each table, derived from its declaration."""

from __future__ import annotations

import pyarrow as pa

from xianzhong.model.columns import Column, ColumnType, Table

RECORD_ID, UPLOAD_ID, COMMIT_ID, SOURCE_ROW = "record_id", "upload_id", "commit_id", "source_row"
BOOKKEEPING: tuple[pa.Field, ...] = (
    pa.field(UPLOAD_ID, pa.string()),
    pa.field(COMMIT_ID, pa.string()),
    pa.field(SOURCE_ROW, pa.int64()),
)
_ARROW: dict[ColumnType, pa.DataType] = {
    ColumnType.COUNT: pa.int64(),
    ColumnType.AMOUNT: pa.float64(),
    ColumnType.DATE: pa.date32(),
    ColumnType.FLAG: pa.bool_(),
}


def precision_name(column: str) -> str:
    """Name of the field that says whether a date is known to the ``day`` or the ``month``."""
    return f"{column}_precision"


def fields_of(column: Column) -> tuple[pa.Field, ...]:
    """The Arrow fields of a column: one, or two for a date (value and precision).

    A date that is known to the month is stored as the month's first day with the precision
    ``month``; it is never shown as a day.
    """
    field = pa.field(column.name, _ARROW.get(column.type, pa.string()))
    if column.type is ColumnType.DATE:
        return field, pa.field(precision_name(column.name), pa.string())
    return (field,)


def content_schema(table: Table) -> pa.Schema:
    """What a record says: ``record_id`` and the stored columns."""
    fields = [pa.field(RECORD_ID, pa.string())]
    for column in table.stored_columns:
        fields.extend(fields_of(column))
    return pa.schema(fields)


def lake_schema(table: Table) -> pa.Schema:
    """The content and the bookkeeping: who reported it, who last changed it, sheet row."""
    return pa.schema([*content_schema(table), *BOOKKEEPING])


LEDGER = "uploads"
LEDGER_SCHEMA = pa.schema(
    [
        pa.field("number", pa.int64()),
        pa.field("upload_id", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("table", pa.string()),
        pa.field("file_name", pa.string()),
        pa.field("sha256", pa.string()),
        pa.field("who", pa.string()),
        pa.field("at", pa.timestamp("us", tz="UTC")),
        pa.field("new", pa.int64()),
        pa.field("updated", pa.int64()),
        pa.field("unchanged", pa.int64()),
        pa.field("rejected", pa.int64()),
        pa.field("reader", pa.string()),
        pa.field("undoes", pa.string()),
        pa.field("versions", pa.string()),
    ]
)

JOURNAL = "journal"
JOURNAL_SCHEMA = pa.schema(
    [
        pa.field("kind", pa.string()),
        pa.field("key", pa.string()),
        pa.field("number", pa.int64()),
        pa.field("at", pa.timestamp("us", tz="UTC")),
        pa.field("who", pa.string()),
        pa.field("action", pa.string()),
        pa.field("body", pa.string()),
    ]
)
