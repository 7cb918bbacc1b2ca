"""A table's Parquet files as one relation with every declared column.

A declaration may have gained columns since a file was written: such a file has nothing in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "date32[day]": "DATE",
    "bool": "BOOLEAN",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
}


def relation(connection: duckdb.DuckDBPyConnection, schema: pa.Schema, files: Sequence[str]) -> str:
    """A FROM clause over Parquet files with the columns of ``schema``, in its order.

    Args:
        connection: to look into the files with, where one lacks a column.
        schema: the columns wanted.
        files: paths of the product's own making; none gives an empty relation.
    """
    if not files:
        nothing = ", ".join(_empty(field) for field in schema)
        return f"(SELECT {nothing} WHERE false)"
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    union = ", union_by_name = true" if len(files) > 1 else ""
    source = f"read_parquet([{listed}]{union})"
    plain = f"(SELECT {', '.join(_quoted(field.name) for field in schema)} FROM {source})"
    try:
        connection.sql(f"FROM {plain} LIMIT 0")
    except duckdb.BinderException:
        there = set(connection.sql(f"FROM {source} LIMIT 0").columns)
        found = (_quoted(f.name) if f.name in there else _empty(f) for f in schema)
        return f"(SELECT {', '.join(found)} FROM {source})"
    return plain


def _quoted(name: str) -> str:
    return f'"{name}"'


def _empty(field: pa.Field) -> str:
    return f'NULL::{_TYPES[str(field.type)]} AS "{field.name}"'
