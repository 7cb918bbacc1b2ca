"""Appends more rows than fit in memory, under the ledger's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
from deltalake import ColumnProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError
from filelock import Timeout

from xianzhong.lake.errors import BusyError, unwritable
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.merging import HOOKS, properties
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID, lake_schema
from xianzhong.lake.store import Lake
from xianzhong.lake.writing import running
from xianzhong.model.tables import TABLES

# Measured on 10 million activities: half of DuckDB's own 122,880 rows finds one school's six
# times as fast and costs nothing elsewhere; a quarter begins to cost.
ROW_GROUP = 61_440
_FILE_BYTES = 128 * 1024 * 1024


def append_bulk(
    lake: Lake,
    table: str,
    batches: Iterable[pa.RecordBatch],
    entry: Entry,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Snapshot:
    """Appends rows in one commit and records it: all become visible at once, or none.

    Unlike :meth:`Lake.commit` it reads the rows once, a batch at a time, in their order, and
    does not look whether a record is already there: the caller knows that all are new.

    Args:
        lake: where to.
        table: a table's name.
        batches: rows of its ``lake_schema``; ``commit_id`` is filled in here.
        entry: who and what; number, moment, versions and the count of new rows are filled in.
        now: the clock.

    Raises:
        AlreadyCommittedError: an upload of this id is in the ledger.
        LakeError: the lake is locked by another writer for too long, or cannot be written.
        ValueError: a batch has another schema.
    """
    counted = _Counted(batches, lake_schema(TABLES[table]), entry.upload_id)
    try:
        with running("bulk"), lake._writer():  # one room, one lock
            _append(lake, table, counted, entry, now)
    except Timeout as error:
        raise BusyError from error
    except (DeltaError, OSError, pa.ArrowException) as error:
        if counted.failure is not None:
            raise counted.failure from error
        raise unwritable(error, f"{table} 表", f"the table {table}") from error
    return lake.snapshot()


def _append(
    lake: Lake, table: str, counted: _Counted, entry: Entry, now: Callable[[], datetime]
) -> None:
    head = lake.head_for(entry)
    _write(lake.at_head(table, head), counted, entry.upload_id)
    versions = dict(head.versions) | {table: DeltaTable(lake.path(table)).version()}
    number = head.number + 1
    lake.record(replace(entry, number=number, at=now(), versions=versions, new=counted.rows))


class _Counted:
    """The batches as the writer takes them: checked, stamped and counted on the way."""

    def __init__(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, commit: str) -> None:
        self.rows = 0
        self.failure: Exception | None = None
        self._batches, self._schema, self._commit = batches, schema, commit

    def reader(self) -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(self._schema, self._stamped())

    def _stamped(self) -> Iterator[pa.RecordBatch]:
        # Arrow's stream turns an exception into words; the original is kept to be raised again.
        try:
            place = self._schema.get_field_index(COMMIT_ID)
            for batch in self._batches:
                if not batch.schema.equals(self._schema):
                    raise ValueError("a batch has another schema than its table")
                self.rows += batch.num_rows
                stamp = pa.repeat(self._commit, batch.num_rows)
                yield batch.set_column(place, self._schema.field(place), stamp)
        except Exception as error:
            self.failure = error
            raise


def _write(delta: DeltaTable, counted: _Counted, upload_id: str) -> None:
    # A dictionary of values that never repeat is built only to be thrown away.
    plain = ColumnProperties(dictionary_enabled=False)
    write_deltalake(
        delta,
        counted.reader(),
        mode="append",
        schema_mode="merge",
        target_file_size=_FILE_BYTES,
        writer_properties=WriterProperties(
            compression="ZSTD",
            compression_level=1,
            max_row_group_size=ROW_GROUP,
            column_properties={RECORD_ID: plain},
        ),
        commit_properties=properties(upload_id),
        post_commithook_properties=HOOKS,
    )
