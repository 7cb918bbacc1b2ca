"""The ways into the lake, each checked against where the caller may report.

Every record that comes, changes or goes must lie within the caller's scope, both as it was and
as it will be. In a file the rows that do not are kept out with a finding, like any other error.
The check is made once more when it is written, for the caller and the lake as they are then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from xianzhong.access.caller import Caller
from xianzhong.access.errors import NotAllowedError
from xianzhong.access.grounds import Grounds
from xianzhong.access.people import fresh
from xianzhong.access.roles import ACTION_LABELS, Action
from xianzhong.intake import load, put_aside
from xianzhong.intake.check import Where
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.intake.roster import Party
from xianzhong.intake.template import build_template
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.originals import keep_report
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Change, Lake
from xianzhong.lake.undo import UndoPlan, UndoRefusedError
from xianzhong.lake.undo import plan_undo as lake_plan_undo
from xianzhong.lake.undo import undo as lake_undo
from xianzhong.model.columns import Table
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, parts_of, union

Outside = tuple[tuple[str, str], ...]


class UndoOutsideError(UndoRefusedError):
    """An undo would change records beyond the caller's scope: ``outside``, by table and id."""

    def __init__(self, upload_id: str, outside: Outside) -> None:
        super().__init__(
            f"{len(outside)} records of {upload_id} lie outside your scope",
            zh=f"批次 {upload_id} 有 {len(outside)} 条记录不在您的权限范围内",
        )
        self.outside = outside


def allowed_for(lake: Lake, caller: Caller) -> Callable[[Where], bool] | None:
    """Where the caller may report, as the intake asks; None for everywhere.

    Raises:
        NotAllowedError: nowhere.
        LakeError: the lake cannot be read.
    """
    scope = _somewhere(caller, Action.REPORT)
    return None if scope == NATION else Grounds(lake, lake.snapshot()).writes(scope)


def prepare(
    lake: Lake, caller: Caller, table: Table, file_name: str, content: bytes, **options: Any
) -> Prepared:
    """Reads a file and compares it with the lake; rows beyond the caller's scope are kept out.

    Args:
        lake: where the records are.
        caller: who reports.
        table: the table that the sheet fills.
        file_name: for its ending and the ledger.
        content: the file.
        options: further ones of ``intake.load.prepare``, but for ``allowed``.

    Raises:
        NotAllowedError: the caller may report nowhere.
        IntakeError, LakeError: as ``intake.load.prepare``.
    """
    allowed = allowed_for(lake, caller)
    return load.prepare(lake, table, file_name, content, **{**options, "allowed": allowed})


def prepare_waiting(
    lake: Lake, caller: Caller, alerts: Iterable[put_aside.Waiting], **options: Any
) -> Prepared:
    """The same for alerts that are put aside; see ``intake.put_aside.prepare_waiting``.

    Raises:
        NotAllowedError, IntakeError, LakeError: as :func:`prepare`.
    """
    allowed = allowed_for(lake, caller)
    return put_aside.prepare_waiting(lake, alerts, **{**options, "allowed": allowed})


def commit(
    lake: Lake, caller: Caller, prepared: Prepared, *, accept_partial: bool = False, who: str = ""
) -> Receipt:
    """Writes what was prepared, or nothing; see ``intake.load.commit``.

    Where the caller may less by now than when it was prepared, the file is compared anew, so
    that the receipt's report says which rows lie outside.

    Args:
        lake: the lake that it was prepared against.
        caller: who reports.
        prepared: what to write.
        accept_partial: write the rows without errors although others have some.
        who: the name for the ledger, where no sign-in tells it.

    Raises:
        NotAllowedError: the caller may report nowhere by now.
        IntakeError, LakeError: as ``intake.load.commit``.
    """
    now = fresh(lake, caller)
    allowed = allowed_for(lake, now)
    if allowed is None:
        prepared = replace(prepared, allowed=None)
    elif outside(lake, prepared.base, prepared.changes, allowed):
        prepared = load.prepare(
            lake, prepared.table, prepared.file_name, prepared.content,
            today=prepared.today, choices=prepared.choices, allowed=allowed,
        )  # fmt: skip
    else:
        prepared = replace(prepared, allowed=allowed)
    return load.commit(
        lake, prepared, who=_name(now, who), accept_partial=accept_partial, by=_by(now)
    )


def plan_undo(lake: Lake, caller: Caller, upload_id: str) -> UndoPlan:
    """Works out how to take an upload back, if all that it changed lies in the caller's scope.

    Who may report there may take back, and so may who may review.

    Raises:
        NotAllowedError: the caller may neither anywhere.
        UndoRefusedError: see ``lake.undo.plan_undo``; :class:`UndoOutsideError` for the scope.
        LakeError: the lake cannot be read.
    """
    plan = lake_plan_undo(lake, upload_id)
    _check_undo(lake, caller, plan)
    return plan


def undo(lake: Lake, caller: Caller, upload_id: str, *, who: str = "") -> Entry:
    """Takes an upload back; see :func:`plan_undo`.

    Raises:
        NotAllowedError, UndoRefusedError, LakeError: as :func:`plan_undo`.
    """
    now = fresh(lake, caller)
    by = _by(now)
    return lake_undo(
        lake, upload_id, who=_name(now, who),
        check=lambda plan: _check_undo(lake, now, plan),
        keep=lambda entry: keep_report(lake, entry.upload_id, _kept(by)) if by else None,
    )  # fmt: skip


def template(lake: Lake, caller: Caller, table: Table) -> bytes:
    """The template of a table; its lists offer only schools that the caller may report on.

    Universities are all offered: a pairing may name one that nobody is paired with yet.

    Raises:
        NotAllowedError: the caller may report nowhere.
        LakeError: the lake cannot be read.
    """
    scope = _somewhere(caller, Action.REPORT)
    if scope == NATION:
        return build_template(table, lake)
    grounds = Grounds(lake, lake.snapshot())

    def offered(party: Party) -> bool:
        row = {"school_code": party.code, "county_code": party.county}
        return not party.county or grounds.sees(scope, "schools", row)

    return build_template(table, lake, offered=offered)


# The check itself ------------------------------------------------------------------------------


def outside(
    lake: Lake, base: Snapshot, changes: Sequence[Change], allowed: Callable[[Where], bool]
) -> Outside:
    """The records of changes that lie, as they are or as they would be, where nobody allowed it.

    A new university that a pairing of the same changes names belongs with that pairing, and so
    does one that goes with it.
    """
    puts = {c.table: c.puts.to_pylist() for c in changes}
    counties = {row[RECORD_ID]: str(row["county_code"] or "") for row in puts.get("schools", ())}
    before, after = Grounds(lake, base), Grounds(lake, base, counties)
    named: set[str] = set()
    found: list[tuple[str, str]] = []
    come_or_go: set[str] = set()
    for change in changes:
        ids = [*change.puts[RECORD_ID].to_pylist(), *change.deletes]
        stored = lake.rows(change.table, base, match=(RECORD_ID, ids)).to_pylist()
        states = [(before, row) for row in stored]
        states += [(after, row) for row in puts[change.table]]
        if change.table == "pairings":
            named |= {row["university_code"] for _, row in states}
        if change.table == "universities":
            there = {row[RECORD_ID] for row in stored}
            come_or_go |= set(change.deletes) | (set(ids) - there)
        found += [
            (change.table, str(row[RECORD_ID]))
            for grounds, row in states
            if not allowed(grounds.where(change.table, row))
        ]
    free = {("universities", code) for code in come_or_go & named}
    return tuple(one for one in dict.fromkeys(found) if one not in free)


def _check_undo(lake: Lake, caller: Caller, plan: UndoPlan) -> None:
    scope = _somewhere(caller, Action.REPORT, Action.REVIEW)
    if scope == NATION:
        return
    allowed = Grounds(lake, plan.base).writes(scope)
    if found := outside(lake, plan.base, plan.changes, allowed):
        raise UndoOutsideError(plan.target.upload_id, found)


def _somewhere(caller: Caller, *actions: Action) -> AnyScope:
    scope = union(caller.scopes(action) for action in actions)
    if scope == NOWHERE:
        what = ACTION_LABELS[actions[0]]
        raise NotAllowedError(f"you have no grant to {what.en} anything", f"您没有{what.zh}权限")
    return scope


def _name(caller: Caller, who: str) -> str:
    return who if caller.standing == "local" and who else caller.name


def _by(caller: Caller) -> dict[str, Any] | None:
    """What is kept of an uploader beyond the name: nothing where nobody has signed in."""
    if not caller.person:
        return None
    scope = union(caller.scopes(action) for action in (Action.REPORT, Action.REVIEW))
    parts = [
        {"division": p.division, "university": p.university, "school": p.school}
        for p in parts_of(scope)
    ]
    return {"person": caller.person, "scopes": parts}


def _kept(by: dict[str, Any]) -> str:
    return json.dumps({"by": by}, ensure_ascii=False)
