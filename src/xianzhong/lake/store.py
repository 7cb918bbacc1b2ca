"""The lake on disk: Delta tables under one folder, written by one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from filelock import FileLock, Timeout

from xianzhong.lake import declared, rewritten
from xianzhong.lake.cleared import ClearedError, cleared
from xianzhong.lake.errors import (
    AlreadyCommittedError,
    BusyError,
    LakeChangedError,
    LakeError,
    cause,
    unreadable,
    unwritable,
)
from xianzhong.lake.ledger import Entry, Snapshot, in_order
from xianzhong.lake.merging import HOOKS, KEEP_LOG, merge, properties, stamped
from xianzhong.lake.parquet import relation
from xianzhong.lake.schema import (
    LEDGER,
    LEDGER_SCHEMA,
    RECORD_ID,
    lake_schema,
)
from xianzhong.lake.writing import running
from xianzhong.model.tables import TABLES

LOCK_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit does to one table.

    Attributes:
        table: its name.
        puts: full rows (``lake_schema``) to insert or to put in place of the record.
        deletes: record ids to remove.
    """

    table: str
    puts: pa.Table
    deletes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return self.puts.num_rows == 0 and not self.deletes


class Lake:
    """The tables, the ledger and the kept originals under ``root``.

    Args:
        root: the folder.
        create: whether to make it where there is none.

    Raises:
        LakeError: ``root`` cannot be created, holds something else, or is not there.
    """

    def __init__(self, root: Path, *, create: bool = True) -> None:
        # Without links and "..", for DuckDB compares the paths that it may read letter by letter.
        self.root = root = root.resolve()
        if not create and not (root / LEDGER / "_delta_log").is_dir():
            raise LakeError(f"there is no lake at {root}", f"{root} 不是数据目录")
        self._guard = Lock()
        self._ledger_version = -1
        self._entries: tuple[Entry, ...] = ()
        self._shown = rewritten.Shown(root)
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._create_tables()
            declared.fit(root, self._writer, self._has_records)
        except (DeltaError, OSError, Timeout) as error:
            raise LakeError(
                f"the lake at {root} cannot be opened: {cause(error)}",
                f"数据目录 {root} 打不开：{cause(error)}",
            ) from error

    def path(self, table: str) -> str:
        """Folder of a Delta table."""
        return str(self.root / table)

    def _create_tables(self) -> None:
        schemas = declared.schemas()
        missing = [name for name in schemas if not (self.root / name / "_delta_log").is_dir()]
        if not missing:
            return
        with self._writer():
            for name in missing:
                DeltaTable.create(
                    self.path(name), schemas[name], mode="ignore", configuration=KEEP_LOG
                )

    def _has_records(self, table: str) -> bool:
        return any(entry.versions.get(table, 0) for entry in self.entries())

    def _writer(self) -> FileLock:
        return FileLock(self.root / ".writer.lock", timeout=LOCK_SECONDS)

    # Reading

    def entries(self) -> tuple[Entry, ...]:
        """The ledger, oldest first. Cheap while nothing new was committed."""
        with self._guard:
            log = self.root / LEDGER / "_delta_log"
            if (
                self._ledger_version >= 0
                and not (log / f"{self._ledger_version + 1:020d}.json").exists()
            ):
                return self._entries
            try:
                ledger = DeltaTable(self.path(LEDGER))
                rows = _read(LEDGER_SCHEMA, self._paths(LEDGER, ledger)).to_pylist()
            except Exception as error:
                raise LakeError(
                    f"the lake's ledger cannot be read: {cause(error)}",
                    f"数据目录的上报记录读不出来：{cause(error)}",
                ) from error
            self._entries = in_order(rows)
            self._ledger_version = ledger.version()
            return self._entries

    def snapshot(self, number: int | None = None) -> Snapshot:
        """The newest state, or the one that commit ``number`` made.

        Raises:
            LakeError: there is no commit of that number.
        """
        entries = self.entries()
        if number is None:
            return entries[-1].snapshot if entries else Snapshot(0, None, ())
        if number == 0:
            return Snapshot(0, None, ())
        for entry in entries:
            if entry.number == number:
                return entry.snapshot
        raise LakeError(f"there is no snapshot {number}", f"没有第 {number} 版数据")

    def files(self, table: str, snapshot: Snapshot) -> list[str]:
        """The Parquet files that hold ``table`` in ``snapshot``.

        Raises:
            ClearedError: the snapshot is older than what is kept.
            LakeError: the table cannot be read.
        """
        paths = self._paths(table, self._at(table, snapshot))
        gone = snapshot.number in cleared(self.root)
        if gone and not all(Path(path).exists() for path in paths):
            raise ClearedError(snapshot.number)
        return paths

    def entries_at(self, version: int) -> tuple[Entry, ...]:
        """The ledger as it was at a Delta version of its own.

        Raises:
            LakeError: it cannot be read.
        """
        try:
            ledger = DeltaTable(self.path(LEDGER), version=version)
            return in_order(_read(LEDGER_SCHEMA, self._paths(LEDGER, ledger)).to_pylist())
        except Exception as error:
            raise unreadable(LEDGER, error) from error

    def newest_files(self, table: str) -> list[str]:
        """The Parquet files of a table that is not part of a snapshot: ledger or journal.

        Raises:
            LakeError: the table cannot be read.
        """
        try:
            return self._paths(table, DeltaTable(self.path(table)))
        except Exception as error:
            raise unreadable(table, error) from error

    def _paths(self, table: str, delta: DeltaTable) -> list[str]:
        # delta-rs gives addresses, in which a folder such as "县中 数据" is percent-encoded. The
        # tables are not partitioned, so the last part of each is the file's name as it is.
        return [f"{self.path(table)}/{uri.rpartition('/')[2]}" for uri in delta.file_uris()]

    def _at(self, table: str, snapshot: Snapshot) -> DeltaTable:
        try:
            version = self.shown(table, snapshot.version(table))
            return DeltaTable(self.path(table), version=version)
        except Exception as error:
            raise unreadable(table, error) from error

    def shown(self, table: str, version: int) -> int:
        """The Delta version to read for one that the ledger names: compacted, where there is one.

        Raises:
            DeltaError, OSError, ValueError: the table's log cannot be read.
        """
        return self._shown.version(table, version, self.entries())

    def rows(
        self,
        table: str,
        snapshot: Snapshot,
        *,
        columns: Sequence[str] = (),
        match: tuple[str, Iterable[str]] | None = None,
    ) -> pa.Table:
        """Rows of ``table`` in ``snapshot``.

        Args:
            table: its name.
            snapshot: the state to read.
            columns: the columns wanted, all by default.
            match: a text column and the values that it may have.

        Raises:
            LakeError: the table cannot be read.
        """
        schema = _schema_of(table)
        if columns:
            schema = pa.schema([schema.field(name) for name in columns])
        try:
            return _read(schema, self.files(table, snapshot), match)
        except duckdb.Error as error:
            raise unreadable(table, error) from error

    # Writing

    def commit(
        self,
        changes: Sequence[Change],
        entry: Entry,
        *,
        base: Snapshot,
        needs: Iterable[str] = (),
        only_if: Callable[[], object] = lambda: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Snapshot:
        """Makes the changes and records them: all become visible at once, or none.

        Args:
            changes: at most one per table.
            entry: who, what file, counts; number, moment and versions are filled in here.
            base: the snapshot that the changes were computed against.
            needs: further tables that must be as in ``base``, such as those that the rows
                refer to.
            only_if: called when nobody else can write any more; what it raises leaves all as
                it was.
            now: the clock.

        Raises:
            AlreadyCommittedError: an upload of this id is in the ledger.
            LakeChangedError: one of the tables has another version than in ``base``.
            LakeError: the lake is locked by another writer for too long, or cannot be written.
        """
        try:
            with running(entry.kind, entry.upload_id), self._writer():
                head = self.head_for(entry)
                touched = [change for change in changes if not change.empty]
                for table in (*needs, *(change.table for change in touched)):
                    if head.version(table) != base.version(table):
                        raise LakeChangedError(
                            f"{table} has changed in the meantime", f"{table} 表刚刚有了变化"
                        )
                only_if()
                versions = dict(head.versions)
                for change in touched:
                    versions[change.table] = self._write(change, head, entry)
                self.record(replace(entry, number=head.number + 1, at=now(), versions=versions))
        except Timeout as error:
            raise BusyError from error
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise unwritable(error) from error
        return self.snapshot()

    # Three steps of a commit, for a caller that holds the writer's lock.

    def head_for(self, entry: Entry) -> Snapshot:
        """The newest state, where ``entry`` is not in the ledger yet.

        Raises:
            AlreadyCommittedError: it is.
        """
        for known in self.entries():
            if known.upload_id == entry.upload_id:
                raise AlreadyCommittedError(known)
        return self.snapshot()

    def at_head(self, table: str, head: Snapshot) -> DeltaTable:
        """The table to write to, without what a writer left that died before the ledger."""
        delta = DeltaTable(self.path(table))
        if delta.version() == self.shown(table, head.version(table)):
            return delta
        shown = self._at(table, head)
        if set(delta.file_uris()) == set(shown.file_uris()):
            return delta
        delta.restore(shown.version(), post_commithook_properties=HOOKS)
        return DeltaTable(self.path(table))

    def record(self, entry: Entry) -> None:
        """Adds an entry to the ledger: the moment at which an upload becomes visible."""
        write_deltalake(
            self.path(LEDGER), entry.to_arrow(), mode="append",
            commit_properties=properties(entry.upload_id), post_commithook_properties=HOOKS,
        )  # fmt: skip

    def _write(self, change: Change, head: Snapshot, entry: Entry) -> int:
        """Writes one table's change and gives the new Delta version."""
        delta, commit_id = self.at_head(change.table, head), entry.upload_id
        # An undo is not stamped: it leaves every record as the commit before had left it.
        puts = change.puts if entry.undoes else stamped(change.puts, commit_id)
        ids = [*puts[RECORD_ID].to_pylist(), *change.deletes]
        if not self.rows(change.table, head, columns=[RECORD_ID], match=(RECORD_ID, ids)).num_rows:
            write_deltalake(
                delta, puts, mode="append", schema_mode="merge",
                commit_properties=properties(commit_id), post_commithook_properties=HOOKS,
            )  # fmt: skip
        else:
            merge(delta, puts, change.deletes, commit_id)
        return DeltaTable(self.path(change.table)).version()


def read_files(lake: Lake, table: str, schema: pa.Schema, delta: DeltaTable) -> pa.Table:
    """All rows of a table that is not part of a snapshot."""
    return _read(schema, lake._paths(table, delta))  # one room


def _schema_of(table: str) -> pa.Schema:
    return LEDGER_SCHEMA if table == LEDGER else lake_schema(TABLES[table])


@cache
def _duckdb(_process: int) -> duckdb.DuckDBPyConnection:
    """One for the process: to make it takes forty times as long as to read a small table."""
    return duckdb.connect()


def _read(
    schema: pa.Schema, files: list[str], match: tuple[str, Iterable[str]] | None = None
) -> pa.Table:
    """Rows of Parquet files, by DuckDB.

    Not by ``DeltaTable.to_pyarrow_table``: with delta-rs 1.6 a process that called it was seen
    to abort at its exit ("terminate called without an active exception").
    """
    if not files:
        return schema.empty_table()
    values: dict[str, list[str]] = {}
    with _duckdb(os.getpid()).cursor() as connection:
        sql = f"SELECT * FROM {relation(connection, _with(schema, match), files)}"
        if match is not None:
            sql += f' WHERE "{match[0]}" IN (SELECT unnest($wanted::VARCHAR[]))'
            values["wanted"] = list(match[1])
        return connection.sql(sql, params=values).to_arrow_table().select(schema.names).cast(schema)


def _with(schema: pa.Schema, match: tuple[str, Iterable[str]] | None) -> pa.Schema:
    """The columns to read: those wanted, and the one that is compared."""
    if match is None or match[0] in schema.names:
        return schema
    return schema.append(pa.field(match[0], pa.string()))
