"""A snapshot's tables inside DuckDB: small ones in memory, activities narrow and in full.

Aggregates read ``facts``: one row per activity with only the columns that are counted, in
memory, with running numbers instead of codes, and with the place of the school, by which they
are sorted: a question about one province passes over the rest of the country unread. Records
read ``activities``, which stay in their Parquet files. Beyond ``MOST_FACTS`` rows ``facts`` are
computed from the files each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.parquet import relation
from xianzhong.lake.schema import RECORD_ID, UPLOAD_ID, lake_schema
from xianzhong.lake.store import Change, Lake
from xianzhong.model.programme import AGREEMENT_YEARS
from xianzhong.model.tables import TABLES
from xianzhong.query.gate import china_day, sql_text

MOST_FACTS = 4_000_000
_IN_MEMORY = tuple(name for name in TABLES if name != "activities")


def build_schema(
    cursor: duckdb.DuckDBPyConnection,
    lake: Lake,
    snapshot: Snapshot,
    name: str,
    changes: Sequence[Change] = (),
) -> None:
    """Makes the schema ``name`` hold ``snapshot``, replacing what it held.

    Args:
        cursor: a connection to write with.
        lake: where the files are.
        snapshot: the state to hold.
        name: of the schema.
        changes: what to do to the state first, as a commit would.

    Raises:
        LakeError: the snapshot cannot be read.
    """
    cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
    cursor.execute(f"CREATE SCHEMA {name}")
    sources = {
        name: relation(cursor, lake_schema(table), lake.files(name, snapshot))
        for name, table in TABLES.items()
    }
    for change in changes:
        if not change.empty:
            sources[change.table] = _changed(cursor, name, change, sources[change.table])
    for table in _IN_MEMORY:
        _copy(cursor, name, table, sources[table])
    _copy_uploads(cursor, name, lake, snapshot, changes)
    activities = sources["activities"]
    text = re.sub(r"\bbase\.", f"{name}.", sql_text("base/activities"))
    cursor.execute(f"CREATE VIEW {name}.activities AS WITH source AS {activities} {text}")
    _create_facts(cursor, name, activities)


def _changed(cursor: duckdb.DuckDBPyConnection, name: str, change: Change, source: str) -> str:
    """A FROM clause over what a table would be after a change."""
    puts = f"{name}.puts_{change.table}"
    gone = pa.table({RECORD_ID: [*change.puts[RECORD_ID].to_pylist(), *change.deletes]},
                    schema=pa.schema([(RECORD_ID, pa.string())]))  # fmt: skip
    cursor.register("given_puts", change.puts)
    cursor.register("given_gone", gone)
    cursor.execute(f"CREATE TABLE {puts} AS SELECT * FROM given_puts")
    cursor.execute(f"CREATE TABLE {puts}_gone AS SELECT * FROM given_gone")
    cursor.unregister("given_puts")
    cursor.unregister("given_gone")
    return (
        f"(SELECT * FROM {source} WHERE {RECORD_ID} NOT IN (SELECT {RECORD_ID} FROM {puts}_gone)"
        f" UNION ALL BY NAME SELECT * FROM {puts})"
    )


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, table: str, source: str) -> None:
    text = sql_text(f"base/{table}")
    # Not bound values: both come from the product itself.
    text = text.replace("$agreement_years", str(AGREEMENT_YEARS))
    text = re.sub(r"\bbase\.", f"{name}.", text)
    cursor.execute(f"CREATE TABLE {name}.{table} AS WITH source AS {source} {text}")


def _copy_uploads(
    cursor: duckdb.DuckDBPyConnection,
    name: str,
    lake: Lake,
    snapshot: Snapshot,
    changes: Sequence[Change],
) -> None:
    cursor.execute(f"CREATE TABLE {name}.uploads (upload_id VARCHAR, uploaded_on DATE)")
    rows = [
        (entry.upload_id, china_day(entry.at))
        for entry in lake.entries()
        if entry.number <= snapshot.number
    ]
    # What is only supposed to be committed is reported at the moment of the supposition.
    supposed = {upload for change in changes for upload in change.puts[UPLOAD_ID].to_pylist()}
    known = {upload for upload, _ in rows}
    rows += [(upload, china_day(snapshot.at)) for upload in sorted(supposed - known)]
    if rows:
        cursor.executemany(f"INSERT INTO {name}.uploads VALUES (?, ?)", rows)


def _create_facts(cursor: duckdb.DuckDBPyConnection, name: str, source: str) -> None:
    (count,) = cursor.execute(f"SELECT count(*) FROM {source}").fetchone() or (0,)
    text = re.sub(r"\bbase\.", f"{name}.", sql_text("base/facts"))
    what = "TABLE" if count <= MOST_FACTS else "VIEW"
    cursor.execute(f"CREATE {what} {name}.facts AS WITH source AS {source} {text}")
