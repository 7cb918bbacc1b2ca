"""Terms that are closed for a province: what happened in them is changed by administrators only.

Kept in the journal, one thing for each province and term; the newest event says whether it is
closed. Who may close a term may change its records while it is closed, and such a change is
marked in the report that is kept with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from xianzhong.access.caller import Caller
from xianzhong.access.errors import NotAllowedError, UnknownPlaceError
from xianzhong.access.people import LONGEST_NAME, fresh
from xianzhong.access.roles import Action
from xianzhong.access.touched import touched
from xianzhong.intake.check import Where
from xianzhong.lake.errors import LakeError
from xianzhong.lake.journal import Event, journal_of
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.store import Change, Lake
from xianzhong.model.labels import Label
from xianzhong.model.terms import Term
from xianzhong.query.asof import today
from xianzhong.query.scope import Scope
from xianzhong.reference import load_divisions

KIND = "closed_term"
Done = Literal["closed", "reopened"]
ACTION_WORDS: dict[str, Label] = {
    "closed": Label("封账", "closed"),
    "reopened": Label("重新开放", "opened again"),
}


@dataclass(frozen=True, slots=True)
class TermChange:
    """What somebody did to a term of a province, the newest event where one is asked for.

    Attributes:
        province: two digits.
        term: the term.
        action: ``closed`` or ``reopened``.
        who: the name of who did it.
        at: when (UTC).
        number: of the event.
    """

    province: str
    term: Term
    action: str
    who: str
    at: datetime
    number: int


class ClosedTermError(LakeError):
    """A term was closed to the caller in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            "some of its records happened in a term that is closed; only an administrator of the "
            "province may change them",
            "其中有已封账学期的记录，只有本省管理员可以更改",
        )


def closed_terms(lake: Lake) -> tuple[TermChange, ...]:
    """The terms that are closed now, by province, newest term first.

    Raises:
        LakeError: the journal cannot be read.
    """
    newest = (_of(event) for event in journal_of(lake).newest(KIND).values())
    closed = [one for one in newest if one.action == "closed"]
    return tuple(sorted(closed, key=lambda one: (one.province, -one.term.year, -one.term.half)))


def term_history(lake: Lake) -> tuple[TermChange, ...]:
    """Every closing and reopening, newest first.

    Raises:
        LakeError: the journal cannot be read.
    """
    return tuple(_of(event) for event in reversed(journal_of(lake).events(KIND)))


def close(
    lake: Lake, caller: Caller, province: str, term: Term, *, now: datetime | None = None
) -> TermChange:
    """Closes a term that is over, for one province.

    Raises:
        NotAllowedError: the caller does not administer the whole province.
        UnknownPlaceError: there is no such province.
        LakeError: the term is not over, it is closed already, or the journal cannot be written.
    """
    if term.last_day >= today():
        raise LakeError(
            f"{term.label('en')} is not over yet", f"{term.label('zh')}尚未结束，不能封账"
        )
    return _written(lake, caller, province, term, "closed", now)


def reopen(
    lake: Lake, caller: Caller, province: str, term: Term, *, now: datetime | None = None
) -> TermChange:
    """Opens a closed term again.

    Raises:
        NotAllowedError, UnknownPlaceError: as for :func:`close`.
        LakeError: the term is not closed, or the journal cannot be written.
    """
    return _written(lake, caller, province, term, "reopened", now)


def administered(caller: Caller) -> tuple[str, ...]:
    """The provinces whose terms the caller may close, by code."""
    if not caller.may_somewhere(Action.ADMINISTER):
        return ()
    provinces = (d.code for d in load_divisions() if d.level == "province")
    return tuple(code for code in provinces if caller.may(Action.ADMINISTER, Scope(code)))


def closed_for(lake: Lake, caller: Caller) -> Callable[[Where], bool] | None:
    """Whether what belongs somewhere happened in a term that is closed to the caller.

    Returns:
        A function to ask; None where nothing is closed to the caller.

    Raises:
        LakeError: the journal cannot be read.
    """
    shut = _closed(lake)
    own = {p for p, _ in shut if caller.may(Action.ADMINISTER, Scope(p))}
    left = frozenset(one for one in shut if one[0] not in own)
    return (lambda where: _of_term(where) in left) if left else None


def late(lake: Lake, base: Snapshot, changes: Sequence[Change]) -> bool:
    """Whether changes touch records of a term that is closed, whoever makes them.

    Raises:
        LakeError: the lake or its journal cannot be read.
    """
    shut = _closed(lake)
    return bool(shut) and any(_of_term(t.where) in shut for t in touched(lake, base, changes))


def _closed(lake: Lake) -> frozenset[tuple[str, str]]:
    return frozenset((one.province, one.term.code) for one in closed_terms(lake))


def _of_term(where: Where) -> tuple[str, str]:
    # By the divisions and not by the digits: the corps' cities have codes of 65 and lie in 66.
    known = load_divisions().get(where.county)
    return known.province if known else where.county[:2], where.term


def _written(
    lake: Lake, caller: Caller, province: str, term: Term, action: Done, now: datetime | None
) -> TermChange:
    found = load_divisions().get(province)
    if found is None or found.level != "province":
        raise UnknownPlaceError(province)
    key = f"{province} {term.code}"
    before = journal_of(lake).events(KIND, key)
    is_closed = bool(before) and before[-1].action == "closed"
    if is_closed == (action == "closed"):
        raise LakeError(
            f"{term.label('en')} is {'closed already' if is_closed else 'not closed'}",
            f"{term.label('zh')}{'已经封账' if is_closed else '没有封账'}",
        )

    def may() -> None:
        if not fresh(lake, caller).may(Action.ADMINISTER, Scope(province)):
            raise NotAllowedError(
                f"only an administrator of {found.label('en')} may close or reopen its terms",
                f"只有{found.name}的管理员可以封账或重新开放学期",
            )

    body = {"province": province, "term": term.code, "by": caller.person}
    event = journal_of(lake).append(
        KIND, key, action, caller.name[:LONGEST_NAME], body, after=len(before), now=now,
        only_if=may,
    )  # fmt: skip
    return _of(event)


def _of(event: Event) -> TermChange:
    body = event.body
    return TermChange(
        body["province"], Term.parse(body["term"]), event.action, event.who, event.at, event.number
    )
