"""Taking an upload back: a new commit that puts back what the upload changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from xianzhong.lake.errors import BusyError, LakeChangedError, LakeError
from xianzhong.lake.identifiers import new_upload_id
from xianzhong.lake.ledger import Entry, Snapshot, undone
from xianzhong.lake.references import missing_from, naming
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID
from xianzhong.lake.store import Change, Lake
from xianzhong.model.tables import TABLES

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Blocked:
    """A record that is in the way of taking an upload back.

    Attributes:
        table, record_id: which record.
        changed_by: the upload that last put it; empty where it is no longer there.
        refers_to: empty where a later upload changed the record. Else the code of a school or
            university that the record names and that would not be there after the undo.
    """

    table: str
    record_id: str
    changed_by: str
    refers_to: str = ""


class UndoRefusedError(LakeError):
    """The upload cannot be taken back; ``blocked`` lists the records in the way."""

    def __init__(self, en: str, blocked: tuple[Blocked, ...] = (), *, zh: str = "") -> None:
        super().__init__(en, zh)
        self.blocked = blocked


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undo would do; ``undo_preview.undo_records`` tells record by record.

    Attributes:
        target: the upload, or the undo, that is taken back.
        base: the state that it was worked out on.
        changes: what it does to each table.
    """

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


def root_of(entries: tuple[Entry, ...], target: Entry) -> Entry:
    """The upload that an undo, or an undo of an undo, is about."""
    by_id = {entry.upload_id: entry for entry in entries}
    while target.undoes:
        target = by_id[target.undoes]
    return target


def gone_with(lake: Lake, table: str, upload: Entry) -> set[str]:
    """The records that an upload removed: only a file that stands for a whole table does so."""
    if not TABLES[table].whole_list:
        return set()
    before = lake.rows(table, lake.snapshot(upload.number - 1), columns=[RECORD_ID])
    return _ids(before) - _ids(lake.rows(table, upload.snapshot, columns=[RECORD_ID]))


def _owners(lake: Lake, table: str, snapshot: Snapshot, records: set[str]) -> dict[str, str]:
    """Which commit last put each record; absent ones are left out."""
    rows = lake.rows(table, snapshot, columns=[RECORD_ID, COMMIT_ID], match=(RECORD_ID, records))
    return dict(zip(rows[RECORD_ID].to_pylist(), rows[COMMIT_ID].to_pylist(), strict=True))


def _plan_table(
    lake: Lake, table: str, target: Entry, before: Snapshot
) -> tuple[Change, list[Blocked]]:
    """What puts ``table`` back, and the records that changed after ``target``."""
    root = root_of(lake.entries(), target)
    own = (COMMIT_ID, [root.upload_id])
    touched = _ids(lake.rows(table, root.snapshot, columns=[RECORD_ID], match=own))
    touched |= gone_with(lake, table, root)
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
        UndoRefusedError: no such upload; already taken back; later uploads changed the same
            records; or records that stay name schools or universities that would go.
    """
    entries = lake.entries()
    target = next((entry for entry in entries if entry.upload_id == upload_id), None)
    if target is None:
        raise UndoRefusedError(f"there is no upload {upload_id}", zh=f"没有批次 {upload_id}")
    if upload_id in undone(entries):
        raise UndoRefusedError(
            f"{upload_id} has already been taken back", zh=f"批次 {upload_id} 已经撤销过"
        )
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
            f"{len(blocked)} records of {upload_id} were changed by later uploads",
            tuple(blocked),
            zh=f"批次 {upload_id} 的 {len(blocked)} 条记录后来又被别的批次改过",
        )
    _check_references(lake, target, head, changes)
    return UndoPlan(target, head, tuple(changes))


def _check_references(lake: Lake, target: Entry, head: Snapshot, changes: list[Change]) -> None:
    """Refuses to leave a record that names a school or university which is not there."""
    blocked: list[Blocked] = []
    for change in changes:
        for table, record, commit, code in naming(lake, head, change, changes):
            blocked.append(Blocked(table, record, commit, code))
        for record, code in missing_from(lake, head, change, changes):
            blocked.append(Blocked(change.table, record, "", code))
    if blocked:
        codes = len({found.refers_to for found in blocked})
        raise UndoRefusedError(
            f"{len(blocked)} records name {codes} schools or universities that would not be "
            f"registered without {target.upload_id}",
            tuple(blocked),
            zh=f"撤销批次 {target.upload_id} 后，{len(blocked)} 条记录所指的 {codes} 所学校或"
            "高校就没有登记了",
        )


def undo(
    lake: Lake,
    upload_id: str,
    *,
    who: str,
    check: Callable[[UndoPlan], object] = lambda _: None,
    keep: Callable[[Entry], object] = lambda _: None,
) -> Entry:
    """Takes an upload back in one commit and gives its ledger entry.

    Where others write at the same time it is worked out again on the new state.

    Args:
        lake: where.
        upload_id: of the upload, or of the undo, that is taken back.
        who: who does so, for the ledger.
        check: looks at each plan before it is carried out, and again when nobody else can
            write; what it raises ends it.
        keep: called with the entry before it is in the ledger, to keep something beside it.

    Raises:
        UndoRefusedError: see :func:`plan_undo`.
        LakeError: the lake cannot be written, or others write without pause.
    """
    for _ in range(ATTEMPTS):
        plan = plan_undo(lake, upload_id)
        check(plan)
        entry = _entry(plan, who)
        keep(entry)
        try:
            # Any table may have come to name what goes, so none may have changed.
            look = partial(check, plan)
            lake.commit(plan.changes, entry, base=plan.base, needs=TABLES, only_if=look)
        except LakeChangedError:
            continue
        return next(made for made in lake.entries() if made.upload_id == entry.upload_id)
    raise BusyError


def _entry(plan: UndoPlan, who: str) -> Entry:
    return Entry(
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
        undoes=plan.target.upload_id,
    )
