"""The ways into the lake, each checked against where the caller may report.

Every record that comes, changes or goes must lie within the caller's scope, both as it was and
as it will be, and in no term that is closed to the caller. In a file the rows that do not are
kept out with a finding, like any other error. The check is made once more when it is written,
for the caller and the lake as they are then. Where uploads are reviewed, what a reporter may
not review waits instead (``access.waiting``).
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
from xianzhong.access.terms import ClosedTermError, closed_for, late
from xianzhong.access.touched import Outside, outside, touched
from xianzhong.access.waiting import must_wait, submit
from xianzhong.intake import load, put_aside
from xianzhong.intake.check import Where
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.intake.roster import Party
from xianzhong.intake.template import build_template
from xianzhong.lake.errors import LakeError
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.originals import keep_report
from xianzhong.lake.store import Change, Lake
from xianzhong.lake.undo import UndoPlan, UndoRefusedError
from xianzhong.lake.undo import plan_undo as lake_plan_undo
from xianzhong.lake.undo import undo as lake_undo
from xianzhong.model.columns import Table
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, parts_of, union


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
        options: further ones of ``intake.load.prepare``, but for ``allowed`` and
            ``closed``.

    Raises:
        NotAllowedError: the caller may report nowhere.
        IntakeError, LakeError: as ``intake.load.prepare``.
    """
    limits = {"allowed": allowed_for(lake, caller), "closed": closed_for(lake, caller)}
    return load.prepare(lake, table, file_name, content, **{**options, **limits})


def prepare_waiting(
    lake: Lake, caller: Caller, alerts: Iterable[put_aside.Waiting], **options: Any
) -> Prepared:
    """The same for alerts that are put aside; see ``intake.put_aside.prepare_waiting``.

    Raises:
        NotAllowedError, IntakeError, LakeError: as :func:`prepare`.
    """
    # No alert is put aside in a term.
    allowed = allowed_for(lake, caller)
    return put_aside.prepare_waiting(lake, alerts, **{**options, "allowed": allowed})


def commit(
    lake: Lake, caller: Caller, prepared: Prepared, *, accept_partial: bool = False, who: str = ""
) -> Receipt:
    """Writes what was prepared, or nothing; see ``intake.load.commit``.

    Where the caller may less by now than when it was prepared, the file is compared anew, so
    that the receipt's report says which rows lie outside. Where it has to be reviewed first,
    nothing is written and the receipt's ``pending`` says what waits.

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
    prepared = _limited(lake, now, prepared)
    if must_wait(lake, now, prepared.base, prepared.changes):
        return submit(lake, now, prepared, partial=accept_partial)
    return load.commit(
        lake, prepared, who=_name(now, who), accept_partial=accept_partial,
        by=lambda p: kept_of(lake, now, p.base, p.changes),
        only_if=lambda p: _last_look(lake, now, p),
    )  # fmt: skip


def _limited(lake: Lake, now: Caller, prepared: Prepared) -> Prepared:
    """What was prepared, as the caller may by now."""
    allowed, closed = allowed_for(lake, now), closed_for(lake, now)
    if within(lake, prepared, allowed=allowed, closed=closed):
        return replace(prepared, allowed=allowed, closed=closed)
    return load.prepare(
        lake, prepared.table, prepared.file_name, prepared.content,
        today=prepared.today, choices=prepared.choices, allowed=allowed, closed=closed,
    )  # fmt: skip


def within(
    lake: Lake,
    prepared: Prepared,
    *,
    allowed: Callable[[Where], bool] | None,
    closed: Callable[[Where], bool] | None,
) -> bool:
    """Whether all that was prepared lies where it is allowed and in no closed term.

    Raises:
        LakeError: the lake cannot be read.
    """
    if allowed is None and closed is None:
        return True
    found = touched(lake, prepared.base, prepared.changes)
    inside = all(allowed is None or allowed(one.where) for one in found)
    return inside and not (closed and any(closed(one.where) for one in found))


def _last_look(lake: Lake, caller: Caller, prepared: Prepared) -> None:
    """Looks once more when nobody else can write: a term may have been closed just now."""
    closed = closed_for(lake, caller)
    if closed and not within(lake, prepared, allowed=None, closed=closed):
        raise ClosedTermError
    if must_wait(lake, fresh(lake, caller), prepared.base, prepared.changes):
        raise LakeError("it has to be reviewed first", "需要先经审核")


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
    plans: list[UndoPlan] = []

    def check(plan: UndoPlan) -> None:
        _check_undo(lake, now, plan)
        plans.append(plan)

    def keep(entry: Entry) -> None:
        if by := kept_of(lake, now, plans[-1].base, plans[-1].changes):
            keep_report(lake, entry.upload_id, json.dumps({"by": by}, ensure_ascii=False))

    return lake_undo(lake, upload_id, who=_name(now, who), check=check, keep=keep)


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


def _check_undo(lake: Lake, caller: Caller, plan: UndoPlan) -> None:
    scope = _somewhere(caller, Action.REPORT, Action.REVIEW)
    if scope != NATION:
        allowed = Grounds(lake, plan.base).writes(scope)
        if found := outside(lake, plan.base, plan.changes, allowed):
            raise UndoOutsideError(plan.target.upload_id, found)
    closed = closed_for(lake, caller)
    if closed and outside(lake, plan.base, plan.changes, lambda where: not closed(where)):
        said = ClosedTermError().said
        raise UndoRefusedError(said.en, zh=said.zh)
    if must_wait(lake, caller, plan.base, plan.changes):
        raise UndoRefusedError(
            "uploads are reviewed here: only a reviewer of all that it changed takes it back",
            zh="本系统的上报须经审核，只有可审核其全部记录的审核人员可以撤销",
        )


def _somewhere(caller: Caller, *actions: Action) -> AnyScope:
    scope = union(caller.scopes(action) for action in actions)
    if scope == NOWHERE:
        what = ACTION_LABELS[actions[0]]
        raise NotAllowedError(f"you have no grant to {what.en} anything", f"您没有{what.zh}权限")
    return scope


def _name(caller: Caller, who: str) -> str:
    return who if caller.standing == "local" and who else caller.name


def kept_of(
    lake: Lake, caller: Caller, base: Snapshot, changes: Sequence[Change]
) -> dict[str, Any]:
    """What is kept of an upload beyond the name.

    That is its person, where one has signed in, and whether it changes a term that is closed.

    Raises:
        LakeError: the lake cannot be read.
    """
    found: dict[str, Any] = {}
    if caller.person:
        scope = union(caller.scopes(action) for action in (Action.REPORT, Action.REVIEW))
        parts = [
            {"division": p.division, "university": p.university, "school": p.school}
            for p in parts_of(scope)
        ]
        found = {"person": caller.person, "scopes": parts}
    return found | ({"late": True} if late(lake, base, changes) else {})
