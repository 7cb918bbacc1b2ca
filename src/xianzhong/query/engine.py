"""DuckDB over the lake's Parquet files, locked down, with one schema per snapshot."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import count
from threading import Lock, RLock
from typing import Any, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa
from cachetools import LRUCache

from xianzhong.lake.errors import LakeError, cause
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.store import Change, Lake
from xianzhong.model.divisions import Divisions
from xianzhong.query.gate import (
    View,
    reference_values,
    scoped_relations,
    sql_text,
    with_relations,
)
from xianzhong.query.snapshots import build_schema
from xianzhong.settings import Settings
from xianzhong.watch import counts

KEPT_SNAPSHOTS = 3
CACHE_BYTES = 64 * 1024 * 1024
# Of what is made from answers: a page has some ten, a figure with its text about 100 KB.
REMEMBERED = 400
_PIECE = 10  # vectors of 2,048 rows
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL as DuckDB gets it, and the values bound to its parameters by their name."""

    text: str
    values: Mapping[str, object]


class Engine:
    """Answers questions about one lake; safe to share between threads.

    Answers are kept by question, view and values, in at most 64 MB.
    """

    def __init__(self, lake: Lake, divisions: Divisions, settings: Settings) -> None:
        self.lake, self.divisions = lake, divisions
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "threads": settings.threads,
                "memory_limit": settings.memory,
            },
        )
        # The footers of a snapshot's files never change: read once, not with every question.
        self._connection.execute("SET parquet_metadata_cache = true")
        self._load_divisions()
        root = str(lake.root.resolve()).replace("'", "''")
        self._connection.execute(f"SET allowed_directories = ['{root}']")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")
        self._schemas: OrderedDict[Snapshot, str] = OrderedDict()
        self._prepare = Lock()
        self._supposed = count(1)
        self._answers: LRUCache[Any, pd.DataFrame] = LRUCache(CACHE_BYTES, getsizeof=_size)
        self._answers_guard = RLock()
        self._made: LRUCache[Hashable, Any] = LRUCache(REMEMBERED)

    def run(self, name: str, view: View, **values: object) -> pd.DataFrame:
        """The answer of ``sql/<name>.sql`` for a view. Do not change the frame: it is shared.

        Raises:
            LakeError: the snapshot cannot be read.
        """
        key = (name, view, tuple(sorted(values.items())))
        with self._answers_guard:
            if key in self._answers:
                counts.QUERIES.labels(name, "kept").inc()
                return self._answers[key]
        counts.QUERIES.labels(name, "asked").inc()
        try:
            with counts.clocked(counts.QUERY_SECONDS.observe):
                frame = self._twice(name, view, values)
        except duckdb.IOException as error:
            raise unreadable_snapshot(view, error) from error
        if _size(frame) < CACHE_BYTES // 4:
            with self._answers_guard:
                self._answers[key] = frame
        return frame

    def _twice(self, name: str, view: View, values: Mapping[str, object]) -> pd.DataFrame:
        try:
            return self._ask(sql_text(name), view, values)
        except duckdb.CatalogException:
            # Its snapshot was put away between asking for the schema and reading it.
            return self._ask(sql_text(name), view, values)

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, kept under ``key`` with the last few hundred; shared by all threads.

        Two that ask at once may both make it. What is raised is not kept.
        """
        with self._answers_guard:
            if key in self._made:
                found: T = self._made[key]
                return found
        made = make()
        with self._answers_guard:
            self._made[key] = made
        return made

    def batches(self, name: str, view: View, **values: object) -> Iterator[pd.DataFrame]:
        """The same answer in pieces of some twenty thousand rows, none of them kept.

        For files of all records, which would fill the memory as one frame.

        Raises:
            LakeError: the snapshot cannot be read.
        """
        try:
            asked = self.statement(sql_text(name), view, values)
            with self._connection.cursor() as cursor:
                kinds = _kinds(cursor.execute(asked.text, dict(asked.values)))
                while len(frame := cursor.fetch_df_chunk(_PIECE)):
                    yield _plain(frame, kinds)
        except duckdb.IOException as error:
            raise unreadable_snapshot(view, error) from error

    def statement(self, question: str, view: View, values: Mapping[str, object]) -> Statement:
        """What is sent to DuckDB for a question's text: the gate's relations before it.

        Raises:
            LakeError: the snapshot cannot be read.
        """
        relations, bound = scoped_relations(view, self.schema(view.snapshot))
        text = with_relations(question, relations)
        # The gate's own values come last: nothing that a caller binds can replace the scope.
        given = {**values, **reference_values(view), **bound}
        return Statement(text, {name: given[name] for name in sorted(_PARAMETER.findall(text))})

    def differences(self, relation: str, before: View, after: View) -> pd.DataFrame:
        """Records of a relation that differ between two views: ``record_id`` and ``what``.

        ``what`` is ``new``, ``gone`` or ``changed``. A record is the same where the same commit
        put it last. Not kept among the answers.

        Args:
            relation: name of one of the gate's relations with ``record_id`` and ``commit_id``.
            before: the earlier view.
            after: the later view, mostly of another snapshot.

        Raises:
            LakeError: a snapshot cannot be read.
        """
        question = f"SELECT record_id, commit_id FROM {_known_relation(relation)}"
        one, other = (self.statement(question, view, {}) for view in (before, after))
        renamed = _PARAMETER.sub(r"$before_\1", one.text)
        values = {f"before_{name}": value for name, value in one.values.items()}
        text = _DIFFERENCES.format(before=renamed, after=other.text)
        try:
            with self._connection.cursor() as cursor:
                return cursor.execute(text, {**values, **other.values}).df()
        except duckdb.IOException as error:
            raise unreadable_snapshot(before, error) from error

    def _ask(self, question: str, view: View, values: Mapping[str, object]) -> pd.DataFrame:
        asked = self.statement(question, view, values)
        with self._connection.cursor() as cursor:
            answer = cursor.execute(asked.text, dict(asked.values))
            kinds = _kinds(answer)
            frame = answer.df()
        return _plain(frame, kinds)

    def schema(self, snapshot: Snapshot) -> str:
        """Name of the schema that holds ``snapshot``; built on first use, oldest dropped."""
        with self._prepare:
            if snapshot in self._schemas:
                self._schemas.move_to_end(snapshot)
                return self._schemas[snapshot]
            return self._build(snapshot, f"snapshot_{snapshot.number}")

    @contextmanager
    def supposing(
        self, base: Snapshot, changes: Sequence[Change], at: datetime
    ) -> Iterator[Snapshot]:
        """A snapshot that is nowhere written: ``base`` after changes, committed at a moment.

        Views of it are answered like any other while the context lasts.

        Raises:
            LakeError: ``base`` cannot be read.
        """
        number = next(self._supposed)
        # A version that no table has keeps its answers apart from every other snapshot's.
        supposed = Snapshot(base.number, at, (*base.versions, ("supposed", number)))
        own = f"supposed_{number}"
        if any(not change.empty for change in changes):
            with self._prepare:
                self._build(supposed, own, changes)
        else:
            name = self.schema(base)
            with self._prepare:
                self._schemas[supposed] = name
        try:
            yield supposed
        finally:
            with self._prepare, self._connection.cursor() as cursor:
                self._schemas.pop(supposed, None)
                cursor.execute(f"DROP SCHEMA IF EXISTS {own} CASCADE")

    def _build(self, snapshot: Snapshot, name: str, changes: Sequence[Change] = ()) -> str:
        with self._connection.cursor() as cursor:
            build_schema(cursor, self.lake, snapshot, name, changes)
            self._schemas[snapshot] = name
            if len(self._schemas) > KEPT_SNAPSHOTS:
                _, oldest = self._schemas.popitem(last=False)
                cursor.execute(f"DROP SCHEMA IF EXISTS {oldest} CASCADE")
        return name

    def _load_divisions(self) -> None:
        self._connection.register("divisions_given", _columns_of(self.divisions))
        self._connection.execute("CREATE SCHEMA reference")
        self._connection.execute(
            "CREATE TABLE reference.divisions AS SELECT * FROM divisions_given"
        )
        self._connection.unregister("divisions_given")


@lru_cache(maxsize=4)
def _columns_of(divisions: Divisions) -> pa.Table:
    """What questions read of the divisions: a row each."""
    names = ("code", "level", "name", "province", "prefecture", "longitude", "latitude",
             "has_polygon")  # fmt: skip
    return pa.table({name: [getattr(one, name) for one in divisions] for name in names})


_RELATION = re.compile(r"[a-z_]+")
_DIFFERENCES = """
SELECT
    coalesce(later.record_id, earlier.record_id) AS record_id,
    CASE
        WHEN earlier.record_id IS NULL THEN 'new'
        WHEN later.record_id IS NULL THEN 'gone'
        ELSE 'changed'
    END AS what
FROM ({before}) AS earlier
FULL OUTER JOIN ({after}) AS later ON later.record_id = earlier.record_id
WHERE later.commit_id IS DISTINCT FROM earlier.commit_id
ORDER BY what, record_id
"""


def _known_relation(name: str) -> str:
    if not _RELATION.fullmatch(name):
        raise ValueError(name)
    return name


def unreadable_snapshot(view: View, error: Exception) -> LakeError:
    """A snapshot whose files are gone or damaged."""
    number = view.snapshot.number
    return LakeError(
        f"snapshot {number} cannot be read: {cause(error)}",
        f"第 {number} 版数据读不出来：{cause(error)}",
    )


def _kinds(answer: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return {str(column[0]): str(column[1]) for column in answer.description}


def _plain(frame: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """Enumerations as text, and sums of whole numbers as whole numbers (DuckDB's are 128 bits)."""
    for column, kind in kinds.items():
        if kind == "HUGEINT":
            frame[column] = frame[column].astype("Int64")
        elif isinstance(frame[column].dtype, pd.CategoricalDtype):
            frame[column] = frame[column].astype(object)
    return frame


def _size(frame: pd.DataFrame) -> int:
    # Reckoned: 64 bytes a cell is what short texts take. Measuring took 3 ms a frame.
    return int(frame.size) * 64 + 512
