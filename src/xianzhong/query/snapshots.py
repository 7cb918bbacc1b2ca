"""A snapshot's tables inside DuckDB: small ones in memory, activities narrow and in full.

Aggregates read ``facts``: one row per activity with only the columns that are counted, in
memory, with codes as enumerations (two bytes instead of a text). Records read ``activities``,
which stay in their Parquet files. Beyond ``MOST_FACTS`` rows ``facts`` stays in the files too.
"""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa

from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import lake_schema
from xianzhong.lake.store import Lake
from xianzhong.model.kinds import KINDS
from xianzhong.model.programme import AGREEMENT_YEARS
from xianzhong.model.tables import TABLES
from xianzhong.query.gate import china_day, sql_text

MOST_FACTS = 4_000_000
CODED = ("school_code", "university_code", "kind")
_DERIVED = frozenset({"schools", "pairings", "weak_counties"})
_IN_MEMORY = tuple(name for name in TABLES if name != "activities")
_DUCK = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "date32[day]": "DATE",
    "bool": "BOOLEAN",
}


def build_schema(
    cursor: duckdb.DuckDBPyConnection, lake: Lake, snapshot: Snapshot, name: str
) -> None:
    """Makes the schema ``name`` hold ``snapshot``, replacing what it held.

    Raises:
        LakeError: the snapshot cannot be read.
    """
    cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
    cursor.execute(f"CREATE SCHEMA {name}")
    sources = {table: _source(lake, table, snapshot) for table in TABLES}
    _create_codes(cursor, name, sources)
    for table in _IN_MEMORY:
        _copy(cursor, name, table, sources[table])
    _copy_uploads(cursor, name, lake, snapshot)
    activities = f"SELECT {_coded('activities', name)} FROM {sources['activities']} AS source"
    cursor.execute(f"CREATE VIEW {name}.activities AS {activities}")
    _create_facts(cursor, name, sources["activities"])


def _source(lake: Lake, table: str, snapshot: Snapshot) -> str:
    """A FROM clause over the snapshot's files with every declared column."""
    schema = lake_schema(TABLES[table])
    paths = lake.files(table, snapshot)
    if not paths:
        nothing = ", ".join(f'NULL::{_duck(field.type)} AS "{field.name}"' for field in schema)
        return f"(SELECT {nothing} WHERE false)"
    columns = ", ".join(f'"{field.name}"' for field in schema)
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    union = ", union_by_name = true" if len(paths) > 1 else ""
    return f"(SELECT {columns} FROM read_parquet([{listed}]{union}))"


def _duck(kind: pa.DataType) -> str:
    return _DUCK[str(kind)]


def _create_codes(cursor: duckdb.DuckDBPyConnection, name: str, sources: dict[str, str]) -> None:
    """Enumerations of the codes that occur; of kinds, all that are declared."""
    for code, tables in (
        ("school_code", ("schools", "pairings", "activities")),
        ("university_code", ("universities", "pairings", "activities")),
    ):
        parts = " UNION ".join(f"SELECT {code} FROM {sources[table]}" for table in tables)
        cursor.execute(
            f"CREATE TYPE {name}.{code} AS ENUM "
            f"(SELECT {code} FROM ({parts}) WHERE {code} IS NOT NULL ORDER BY 1)"
        )
    kinds = ", ".join(f"'{kind.code}'" for kind in KINDS)
    cursor.execute(f"CREATE TYPE {name}.kind AS ENUM ({kinds})")


def _coded(table: str, name: str) -> str:
    """``*`` with the coded columns of a table as enumerations."""
    columns = {field.name for field in lake_schema(TABLES[table])}
    casts = [f"{c}::{name}.{c} AS {c}" for c in CODED if c in columns]
    return f"* REPLACE ({', '.join(casts)})" if casts else "*"


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, table: str, source: str) -> None:
    text = sql_text(f"base/{table}") if table in _DERIVED else "SELECT * FROM source"
    # Not bound values: both come from the product itself.
    text = text.replace("$agreement_years", str(AGREEMENT_YEARS))
    text = re.sub(r"\bbase\.", f"{name}.", text)
    cursor.execute(
        f"CREATE TABLE {name}.{table} AS "
        f"WITH source AS (SELECT {_coded(table, name)} FROM {source}) {text}"
    )


def _copy_uploads(
    cursor: duckdb.DuckDBPyConnection, name: str, lake: Lake, snapshot: Snapshot
) -> None:
    cursor.execute(f"CREATE TABLE {name}.uploads (upload_id VARCHAR, uploaded_on DATE)")
    rows = [
        (entry.upload_id, china_day(entry.at))
        for entry in lake.entries()
        if entry.number <= snapshot.number
    ]
    if rows:
        cursor.executemany(f"INSERT INTO {name}.uploads VALUES (?, ?)", rows)


def _create_facts(cursor: duckdb.DuckDBPyConnection, name: str, source: str) -> None:
    (count,) = cursor.execute(f"SELECT count(*) FROM {source}").fetchone() or (0,)
    text = re.sub(r"\bbase\.", f"{name}.", sql_text("base/facts"))
    what = "TABLE" if count <= MOST_FACTS else "VIEW"
    cursor.execute(f"CREATE {what} {name}.facts AS WITH source AS {source} {text}")
