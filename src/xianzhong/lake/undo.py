"""Taking an upload back: a new commit that puts back what the upload changed."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from xianzhong.lake.identifiers import new_upload_id
from xianzhong.lake.ledger import Entry, Snapshot, undone
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID
from xianzhong.lake.store import Change, Lake, LakeError


@dataclass(frozen=True, slots=True)
class Blocked:
    """A record that a later commit changed, so that the upload cannot be taken back."""

    table: str
    record_id: str
    changed_by: str


class UndoRefusedError(LakeError):
    """The upload cannot be taken back; ``blocked`` lists the records in the way."""

    def __init__(self, message: str, blocked: tuple[Blocked, ...] = ()) -> None:
        super().__init__(message)
        self.blocked = blocked


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undo would do: how many records it removes and how many it puts back."""

    target: Entry
    base: Snapshot
    changes: tuple[Change, ...]

    @property
    def removed(self) -> int:
        """Records that the upload had added and that go."""
        return sum(len(change.deletes) for change in self.changes)

    @property
    def restored(self) -> int:
        """Records that return to what they were."""
        return sum(change.puts.num_rows for change in self.changes)


def _ids(rows: pa.Table) -> set[str]:
    return set(rows[RECORD_ID].to_pylist())


def _root(entries: tuple[Entry, ...], target: Entry) -> Entry:
    """The upload that an undo, or an undo of an undo, is about."""
    by_id = {entry.upload_id: entry for entry in entries}
    while target.undoes:
        target = by_id[target.undoes]
    return target


def _owners(lake: Lake, table: str, snapshot: Snapshot, records: set[str]) -> dict[str, str]:
    """Which commit last put each record; absent ones are left out."""
    rows = lake.rows(table, snapshot, columns=[RECORD_ID, COMMIT_ID], match=(RECORD_ID, records))
    return dict(zip(rows[RECORD_ID].to_pylist(), rows[COMMIT_ID].to_pylist(), strict=True))


def _plan_table(
    lake: Lake, table: str, target: Entry, before: Snapshot
) -> tuple[Change, list[Blocked]]:
    """What puts ``table`` back, and the records that changed after ``target``."""
    root = _root(lake.entries(), target)
    own = (COMMIT_ID, [root.upload_id])
    touched = _ids(lake.rows(table, root.snapshot, columns=[RECORD_ID], match=own))
    left = _owners(lake, table, target.snapshot, touched)
    now = _owners(lake, table, lake.snapshot(), touched)
    blocked = [
        Blocked(table, record, now.get(record, ""))
        for record in sorted(touched)
        if now.get(record) != left.get(record)
    ]
    restored = lake.rows(table, before, match=(RECORD_ID, touched))
    deletes = tuple(sorted(set(now) - _ids(restored)))
    return Change(table, restored, deletes), blocked


def plan_undo(lake: Lake, upload_id: str) -> UndoPlan:
    """Works out how to take ``upload_id`` back.

    Raises:
        UndoRefusedError: no such upload, already taken back, or later uploads changed the
            same records.
    """
    entries = lake.entries()
    target = next((entry for entry in entries if entry.upload_id == upload_id), None)
    if target is None:
        raise UndoRefusedError(f"there is no upload {upload_id}")
    if upload_id in undone(entries):
        raise UndoRefusedError(f"{upload_id} has already been taken back")
    before, head = lake.snapshot(target.number - 1), lake.snapshot()
    changes: list[Change] = []
    blocked: list[Blocked] = []
    for table, version in target.versions.items():
        if version == before.version(table):
            continue
        change, obstacles = _plan_table(lake, table, target, before)
        changes.append(change)
        blocked.extend(obstacles)
    if blocked:
        raise UndoRefusedError(
            f"{len(blocked)} records of {upload_id} were changed by later uploads", tuple(blocked)
        )
    return UndoPlan(target, head, tuple(changes))


def undo(lake: Lake, upload_id: str, *, who: str) -> Entry:
    """Takes an upload back in one commit and gives its ledger entry.

    Raises:
        UndoRefusedError: see :func:`plan_undo`.
        LakeError: the lake cannot be written.
    """
    plan = plan_undo(lake, upload_id)
    entry = Entry(
        upload_id=new_upload_id(),
        kind="undo",
        table=plan.target.table,
        file_name=plan.target.file_name,
        sha256=plan.target.sha256,
        who=who,
        new=0,
        updated=plan.restored,
        unchanged=0,
        rejected=0,
        reader=plan.target.reader,
        undoes=upload_id,
    )
    lake.commit(plan.changes, entry, base=plan.base)
    return lake.entries()[-1]
