"""DuckDB over the lake's Parquet files, locked down, with one schema per snapshot."""

from __future__ import annotations

import re
from collections import OrderedDict
from threading import Lock, RLock
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
from cachetools import LRUCache

from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import LEDGER, lake_schema
from xianzhong.lake.store import Lake
from xianzhong.model.divisions import Divisions
from xianzhong.model.programme import AGREEMENT_YEARS
from xianzhong.model.tables import TABLES
from xianzhong.query.gate import (
    View,
    china_day,
    reference_values,
    scoped_relations,
    sql_text,
    with_relations,
)
from xianzhong.settings import Settings

KEPT_SNAPSHOTS = 4
CACHE_BYTES = 64 * 1024 * 1024
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
_IN_MEMORY = tuple(name for name in TABLES if name != "activities")


class Engine:
    """Answers questions about one lake; safe to share between threads.

    Small tables are copied into memory once per snapshot with the columns that questions need
    (province, cycle of an agreement); activities stay in their Parquet files. Answers are kept
    by question, view and values, in at most 64 MB.
    """

    def __init__(self, lake: Lake, divisions: Divisions, settings: Settings) -> None:
        self.lake, self.divisions = lake, divisions
        self._connection = duckdb.connect(
            ":memory:", config={"threads": settings.threads, "memory_limit": settings.memory}
        )
        self._load_divisions()
        root = str(lake.root.resolve()).replace("'", "''")
        self._connection.execute(f"SET allowed_directories = ['{root}']")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._schemas: OrderedDict[Snapshot, str] = OrderedDict()
        self._prepare = Lock()
        self._answers: LRUCache[Any, pd.DataFrame] = LRUCache(
            CACHE_BYTES, getsizeof=lambda frame: int(frame.memory_usage(deep=True).sum()) + 512
        )
        self._answers_guard = RLock()

    def run(self, name: str, view: View, **values: object) -> pd.DataFrame:
        """The answer of ``sql/<name>.sql`` for a view. Do not change the frame: it is shared.

        Raises:
            LakeError: the snapshot cannot be read.
        """
        key = (name, view, tuple(sorted(values.items())))
        with self._answers_guard:
            if key in self._answers:
                return self._answers[key]
        frame = self._ask(sql_text(name), view, values)
        with self._answers_guard:
            if int(frame.memory_usage(deep=True).sum()) < CACHE_BYTES // 4:
                self._answers[key] = frame
        return frame

    def _ask(self, question: str, view: View, values: dict[str, object]) -> pd.DataFrame:
        relations, bound = scoped_relations(view, self._schema(view.snapshot))
        text = with_relations(question, relations)
        given = bound | reference_values(view) | values
        used = {name: given[name] for name in set(_PARAMETER.findall(text))}
        with self._connection.cursor() as cursor:
            return cursor.execute(text, used).df()

    def _schema(self, snapshot: Snapshot) -> str:
        """Name of the schema that holds ``snapshot``; built on first use, oldest dropped."""
        with self._prepare:
            if snapshot in self._schemas:
                self._schemas.move_to_end(snapshot)
                return self._schemas[snapshot]
            name = f"snapshot_{snapshot.number}"
            with self._connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
                cursor.execute(f"CREATE SCHEMA {name}")
                for table in _IN_MEMORY:
                    self._copy(cursor, name, table, snapshot)
                self._show_activities(cursor, name, snapshot)
                self._copy_uploads(cursor, name, snapshot)
                self._schemas[snapshot] = name
                if len(self._schemas) > KEPT_SNAPSHOTS:
                    _, oldest = self._schemas.popitem(last=False)
                    cursor.execute(f"DROP SCHEMA IF EXISTS {oldest} CASCADE")
            return name

    def _source(self, table: str, snapshot: Snapshot) -> str:
        """A FROM clause over the snapshot's files with every declared column."""
        schema = lake_schema(TABLES[table])
        columns = ", ".join(f'"{field.name}"' for field in schema)
        paths = self.lake.files(table, snapshot)
        if not paths:
            nothing = ", ".join(f'NULL::{_duck(field.type)} AS "{field.name}"' for field in schema)
            return f"(SELECT {nothing} WHERE false)"
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        union = ", union_by_name = true" if len(paths) > 1 else ""
        return f"(SELECT {columns} FROM read_parquet([{listed}]{union}))"

    def _copy(
        self, cursor: duckdb.DuckDBPyConnection, schema: str, table: str, snapshot: Snapshot
    ) -> None:
        source = self._source(table, snapshot)
        text = sql_text(f"base/{table}") if table in _BASE else "SELECT * FROM source"
        # Not bound values: file names and names of relations come from the lake and this file.
        text = text.replace("$agreement_years", str(AGREEMENT_YEARS))
        text = re.sub(r"\bbase\.", f"{schema}.", text)
        cursor.execute(f"CREATE TABLE {schema}.{table} AS WITH source AS {source} {text}")

    def _show_activities(
        self, cursor: duckdb.DuckDBPyConnection, schema: str, snapshot: Snapshot
    ) -> None:
        source = self._source("activities", snapshot)
        cursor.execute(f"CREATE VIEW {schema}.activities AS SELECT * FROM {source}")

    def _copy_uploads(
        self, cursor: duckdb.DuckDBPyConnection, schema: str, snapshot: Snapshot
    ) -> None:
        cursor.execute(f"CREATE TABLE {schema}.{LEDGER} (upload_id VARCHAR, uploaded_on DATE)")
        rows = [
            (entry.upload_id, china_day(entry.at))
            for entry in self.lake.entries()
            if entry.number <= snapshot.number
        ]
        if rows:
            cursor.executemany(f"INSERT INTO {schema}.{LEDGER} VALUES (?, ?)", rows)

    def _load_divisions(self) -> None:
        frame = pd.DataFrame(
            [
                (d.code, d.level, d.name, d.province, d.prefecture, d.longitude, d.latitude,
                 d.has_polygon)
                for d in self.divisions
            ],
            columns=["code", "level", "name", "province", "prefecture", "longitude", "latitude",
                     "has_polygon"],
        )  # fmt: skip
        self._connection.register("divisions_frame", frame)
        self._connection.execute("CREATE SCHEMA reference")
        self._connection.execute(
            "CREATE TABLE reference.divisions AS SELECT * FROM divisions_frame"
        )
        self._connection.unregister("divisions_frame")


_BASE = frozenset({"schools", "pairings", "weak_counties"})


def _duck(kind: pa.DataType) -> str:
    names = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE",
             "date32[day]": "DATE", "bool": "BOOLEAN"}  # fmt: skip
    return names[str(kind)]
