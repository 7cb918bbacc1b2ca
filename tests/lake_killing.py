"""Writers that are killed, and what must hold of a lake whatever moment they are killed at.

Each upload adds three schools and their pairings. Every second one also counts up a number that
stands in both tables, so that a lost update, or one that is seen by half, shows.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa

from xianzhong.lake.identifiers import file_digest
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.originals import keep_original, keep_report
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID, UPLOAD_ID, lake_schema
from xianzhong.lake.store import Change, Lake, LakeChangedError
from xianzhong.model.tables import TABLES

TOUCHED, EACH = ("schools", "pairings"), 3
COUNTER = "the counter"
# DuckDB imports it at its first answer. Whoever starts the writers has it, so that each starts
# at once.
_WARM = pd
BEGUN, LOCKED, DONE = "begun", "locked", "done"


# In the writers' own processes


def write_without_end(root: str, name: str, parent: Connection) -> None:
    """Commits one upload after another and tells the parent how far it is, until it is killed."""
    lake = _Telling(Path(root), parent)
    number = 0
    while True:
        number += 1
        parent.send((BEGUN, f"{name}-{number}"))
        _upload(lake, f"{name}-{number}", counts=number % 2 == 0)
        parent.send((DONE, f"{name}-{number}"))


class _Telling(Lake):
    """Tells when it has the lock, so that a kill can be aimed at what follows."""

    def __init__(self, root: Path, parent: Connection) -> None:
        self.parent: Connection | None = None
        super().__init__(root)
        self.parent = parent

    @contextmanager
    def _writer(self) -> Iterator[None]:  # type: ignore[override]
        lock = super()._writer()
        # Looks often whether the lock is free: the test is to kill writers, not to wait for them.
        lock.poll_interval = 0.005
        with lock:
            if self.parent is not None:
                self.parent.send((LOCKED, ""))
            yield


def _upload(lake: Lake, upload_id: str, *, counts: bool) -> None:
    """As the intake does it: the file, the report, the tables, the ledger."""
    content = upload_id.encode()
    keep_original(lake, content)
    keep_report(lake, upload_id, "{}")
    made = Entry(upload_id, "upload", "pairings", "示例.csv", file_digest(content), "示例",
                 new=EACH, updated=int(counts), unchanged=0, rejected=0, reader="1")  # fmt: skip
    while True:
        base = lake.snapshot()
        changes = [Change(table, _rows(lake, base, table, made)) for table in TOUCHED]
        try:
            lake.commit(changes, made, base=base)
        except LakeChangedError:
            continue
        return


def _rows(lake: Lake, base: Snapshot, table: str, made: Entry) -> pa.Table:
    ids = [f"{made.upload_id}/{number}" for number in range(EACH)]
    rows: list[dict[str, Any]] = [{RECORD_ID: i, "school_code": i, "note": "0"} for i in ids]
    if made.updated:
        known = lake.rows(table, base, columns=["note"], match=(RECORD_ID, [COUNTER]))
        count = int(known["note"][0].as_py()) if known.num_rows else 0
        rows.append({RECORD_ID: COUNTER, "school_code": COUNTER, "note": str(count + 1)})
    full = [{UPLOAD_ID: made.upload_id} | row for row in rows]
    return pa.Table.from_pylist(full, schema=lake_schema(TABLES[table]))


# In the parent


@dataclass
class Writer:
    """A writer's process, what it has told, and how long its commits took."""

    process: ForkServerProcess
    ear: Connection
    last: str = BEGUN
    since: float = 0.0
    done: list[str] = field(default_factory=list)
    lengths: list[float] = field(default_factory=list)

    def listen(self) -> None:
        """Takes in all that it has told so far."""
        try:
            while self.ear.poll():
                self._hear(*self.ear.recv())
        except EOFError:
            return

    def _hear(self, what: str, upload_id: str) -> None:
        if what == DONE:
            self.done.append(upload_id)
            self.lengths.append(time.perf_counter() - self.since)
        self.last, self.since = what, time.perf_counter()

    def kill(self) -> bool:
        """Kills it (SIGKILL); true where it was between taking the lock and its return."""
        self.process.kill()
        self.process.join()
        self.listen()
        self.ear.close()
        return self.last == LOCKED


def start(context: Any, root: Path, name: str) -> Writer:
    """Starts a writer."""
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=write_without_end, args=(str(root), name, mouth), daemon=True)
    process.start()
    mouth.close()
    return Writer(process, ear)


def pause(random: Random, length: float) -> None:
    """A moment between none and the length of a commit."""
    time.sleep(random.uniform(0, length))


# What must hold


def faults(lake: Lake, acknowledged: set[str]) -> list[str]:
    """What is wrong with the newest state: nothing may be doubled, lost or half visible."""
    entries = lake.entries()
    known = {entry.upload_id: entry for entry in entries}
    found = []
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        found.append(f"the ledger's numbers: {[entry.number for entry in entries]}")
    if len(known) != len(entries):
        found.append("an upload is in the ledger twice")
    if lost := acknowledged - set(known):
        found.append(f"acknowledged and lost: {sorted(lost)}")
    for made in entries:
        kept = [lake.root / "originals" / made.sha256, lake.root / "reports"]
        if not kept[0].exists() or not (kept[1] / f"{made.upload_id}.json").exists():
            found.append(f"{made.upload_id} has lost its file or its report")
    return found + faults_of_rows(lake, entries)


def faults_of_rows(lake: Lake, entries: tuple[Entry, ...]) -> list[str]:
    """What is wrong with the rows of the state after the last of ``entries``."""
    head = entries[-1].snapshot if entries else Snapshot(0, None, ())
    wanted = {f"{e.upload_id}/{number}" for e in entries for number in range(EACH)}
    counted = sum(entry.updated for entry in entries)
    found = []
    for table in TOUCHED:
        rows = lake.rows(table, head, columns=[RECORD_ID, COMMIT_ID, "note"]).to_pylist()
        ids = [row[RECORD_ID] for row in rows if row[RECORD_ID] != COUNTER]
        counter = [int(row["note"]) for row in rows if row[RECORD_ID] == COUNTER]
        if len(ids) != len(set(ids)):
            found.append(f"{table}: doubled rows")
        if set(ids) != wanted:
            found.append(f"{table}: {sorted(set(ids) ^ wanted)} are lost or half visible")
        if counter != ([counted] if counted else []):
            found.append(f"{table}: counted {counter} in {counted} uploads")
        if any(row[RECORD_ID].split("/")[0] not in (row[COMMIT_ID], COUNTER) for row in rows):
            found.append(f"{table}: rows of another commit than their own")
    return found


def tell_faults(root: str, acknowledged: set[str], parent: Connection) -> None:
    """A reader in a process of its own."""
    parent.send(faults(Lake(Path(root)), acknowledged))
