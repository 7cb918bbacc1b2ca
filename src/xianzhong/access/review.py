"""Review: what waits, compared anew with the lake; accepted it is written as the reporter's.

Who may review all that an upload touches may decide on it, but never on their own. It is judged
by what the reporter may at that time, so that nobody reports through a reviewer's rights.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xianzhong.access.caller import Caller
from xianzhong.access.errors import NotAllowedError
from xianzhong.access.grounds import Grounds
from xianzhong.access.people import fresh, person_of
from xianzhong.access.places import places_of
from xianzhong.access.reach import covers
from xianzhong.access.roles import Action
from xianzhong.access.terms import administered, closed_for
from xianzhong.access.waiting import review_on, reviews
from xianzhong.access.writing import allowed_for, kept_of, prepare, within
from xianzhong.intake import load
from xianzhong.intake.check import Where
from xianzhong.intake.choices import Choices
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.lake.errors import LakeError
from xianzhong.lake.identifiers import file_digest
from xianzhong.lake.originals import original
from xianzhong.lake.pending import LONGEST_NOTE, Pending, change_pending, pending_of, pendings
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES
from xianzhong.query.scope import NATION, NOWHERE, Scope, parts_of


class LookAgainError(LakeError):
    """What would be written is not what was looked at."""

    def __init__(self) -> None:
        super().__init__(
            "the data have changed since you looked; look at it once more",
            "您查看之后数据有了变化，请再看一遍",
        )


def may_review(lake: Lake, caller: Caller, pending: Pending) -> bool:
    """Whether the caller may decide on what somebody else has sent.

    Raises:
        LakeError: the lake cannot be read.
    """
    return bool(_reviewed_by(lake, caller, [pending]))


def waiting_seen(lake: Lake, caller: Caller) -> tuple[Pending, ...]:
    """What waits for the caller to decide, the oldest first.

    Raises:
        LakeError: the lake or its journal cannot be read.
    """
    waiting = [one for one in reversed(pendings(lake)) if one.state == "waiting"]
    return tuple(_reviewed_by(lake, caller, waiting))


def _reviewed_by(lake: Lake, caller: Caller, found: Iterable[Pending]) -> list[Pending]:
    """Those of some uploads that the caller may decide on."""
    scope = caller.scopes(Action.REVIEW)
    others = [one for one in found if not _own(caller, one)]
    if scope in (NATION, NOWHERE) or not others:
        return others if scope == NATION else []
    allowed = Grounds(lake, lake.snapshot()).writes(scope)
    return [one for one in others if all(allowed(Where(*place)) for place in one.places)]


def own_sent(lake: Lake, caller: Caller) -> tuple[Pending, ...]:
    """What the caller has sent for review, newest first, also what was decided.

    Raises:
        LakeError: the journal cannot be read.
    """
    return tuple(one for one in pendings(lake) if _own(caller, one))


def pending_seen(lake: Lake, caller: Caller, key: str) -> Pending | None:
    """The one of an id, None where there is none that the caller sent or may decide on.

    Raises:
        LakeError: the lake or its journal cannot be read.
    """
    found = pending_of(lake, key)
    if found is None or not (_own(caller, found) or may_review(lake, caller, found)):
        return None
    return found


def waiting_in_scope(lake: Lake, caller: Caller) -> int:
    """How many uploads wait that touch something the caller sees. No figure counts them.

    Raises:
        LakeError: the journal cannot be read.
    """
    scope = caller.scopes(Action.SEE)
    waiting = [one for one in pendings(lake) if one.state == "waiting"]
    if scope in (NATION, NOWHERE):
        return len(waiting) if scope == NATION else 0

    def touches(one: Pending) -> bool:
        places = (Scope(county, by, school) for _, county, school, by in one.places)
        return _own(caller, one) or any(covers(scope, place) for place in places)

    return sum(map(touches, waiting))


def file_seen(lake: Lake, caller: Caller, pending: Pending) -> bool:
    """Whether the caller may read the file and its findings, which quote whole rows.

    Its sender may, and a reviewer of all that the sender may report on: rows that change nothing
    or are kept out may be of any place of the sender's.

    Raises:
        LakeError: the lake or its journal cannot be read.
    """
    scope = caller.scopes(Action.REVIEW)
    if _own(caller, pending) or scope == NATION:
        return True
    person = person_of(lake, pending.person)
    theirs = parts_of(person.caller.scopes(Action.REPORT)) if person else ()
    places = places_of(lake)
    return bool(theirs) and all(covers(scope, places.whole(part)) for part in theirs)


def on_page(lake: Lake, caller: Caller) -> bool:
    """Whether the page of reviews has anything to do for who has signed in.

    Raises:
        LakeError: the journal cannot be read.
    """
    if not caller.person:
        return False
    reviewing = review_on() and (
        caller.may_somewhere(Action.REVIEW) or bool(own_sent(lake, caller))
    )
    return reviewing or bool(administered(caller))


def prepare_again(lake: Lake, caller: Caller, pending: Pending, **options: Any) -> Prepared:
    """Reads what waits once more and compares it with the newest state, as its reporter may now.

    Args:
        lake: where it is kept.
        caller: who wants to see it: its sender, or who may decide on it.
        pending: what waits.
        options: ``divisions`` and ``progress`` of ``intake.load.prepare``.

    Raises:
        NotAllowedError: the caller may not see it, or its reporter may report nowhere by now.
        IntakeError, LakeError: as ``intake.load.prepare``, or its file is lost.
    """
    if not (_own(caller, pending) or may_review(lake, caller, pending)):
        raise _not_yours()
    try:
        content = original(lake, pending.sha256)
        said = Choices.from_dict(pending.choices)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise LakeError("the file that waits cannot be read", "待审核的文件读不出来") from error
    table = TABLES[pending.table]
    reporter = _reporter(lake, pending)
    return prepare(lake, reporter, table, pending.file_name, content, choices=said, **options)


def accept(
    lake: Lake, caller: Caller, pending: Pending, seen: Prepared, *, note: str = ""
) -> Receipt:
    """Writes what waits as the reporter's own upload, if it still does what was looked at.

    Args:
        lake: where.
        caller: who accepts.
        pending: what waits, as the caller saw it.
        seen: what :func:`prepare_again` gave for it and the caller looked at.
        note: words for the reporter.

    Raises:
        NotAllowedError: the caller may not decide on it, or its reporter may not report there.
        LookAgainError: the data have changed since.
        LakeChangedError: somebody else has decided.
        IntakeError, LakeError: it cannot be written.
    """
    if file_digest(seen.content) != pending.sha256 or seen.table.name != pending.table:
        raise LookAgainError
    if seen.nothing_to_do or not (seen.report.ok or pending.partial):
        return Receipt(False, None, seen.base, seen.report)
    if lake.snapshot().number != seen.base.number:
        raise LookAgainError
    reporter, now = _reporter(lake, pending), fresh(lake, caller)
    _check(lake, now, pending, seen)
    claimed = change_pending(
        lake, pending, "accepted", now.name, reviewer=now.person, reviewed_by=now.name,
        upload=seen.upload_id, note=_cut(note),
    )  # fmt: skip

    def only_if(prepared: Prepared) -> None:
        found = pending_of(lake, claimed.id)
        if prepared is not seen or lake.snapshot().number != seen.base.number:
            raise LookAgainError
        if found is None or found.number != claimed.number:
            raise LakeError("somebody else has decided", "这一批刚刚有人处理过")
        _check(lake, fresh(lake, caller), claimed, prepared)

    reviewed = {"person": now.person, "name": now.name, "pending": pending.id}
    return load.commit(
        lake, seen, who=reporter.name, accept_partial=pending.partial, only_if=only_if,
        by=lambda p: kept_of(lake, reporter, p.base, p.changes) | {"reviewed": reviewed},
    )  # fmt: skip


def send_back(lake: Lake, caller: Caller, pending: Pending, note: str) -> Pending:
    """Returns what waits to its reporter, with a note that says why.

    Raises:
        NotAllowedError: the caller may not decide on it.
        LakeChangedError: somebody else has decided.
        LakeError: there is no note, or the journal cannot be written.
    """
    if not note.strip():
        raise LakeError("say in a note what has to be changed", "请在意见中写明需要修改什么")
    now = fresh(lake, caller)

    def may() -> None:
        if not may_review(lake, fresh(lake, caller), pending):
            raise _not_yours()

    return change_pending(
        lake, pending, "returned", now.name, only_if=may, reviewer=now.person,
        reviewed_by=now.name, note=_cut(note),
    )  # fmt: skip


def withdraw(lake: Lake, caller: Caller, pending: Pending) -> Pending:
    """Takes back what the caller has sent and nobody has decided on.

    Raises:
        NotAllowedError: somebody else has sent it.
        LakeChangedError: somebody has decided.
        LakeError: the journal cannot be written.
    """
    now = fresh(lake, caller)
    if not _own(now, pending):
        raise NotAllowedError("only who sent it may withdraw it", "只有上报人可以撤回")
    return change_pending(lake, pending, "withdrawn", now.name)


def _check(lake: Lake, caller: Caller, pending: Pending, prepared: Prepared) -> None:
    """Raises unless the caller may decide on all of it and the reporter may report all of it."""
    if _own(caller, pending) or not reviews(lake, caller, prepared.base, prepared.changes):
        raise _not_yours()
    reporter = _reporter(lake, pending)
    limits = {"allowed": allowed_for(lake, reporter), "closed": closed_for(lake, reporter)}
    if not within(lake, prepared, **limits):
        raise LookAgainError


def _reporter(lake: Lake, pending: Pending) -> Caller:
    person = person_of(lake, pending.person)
    caller = person.caller if person else Caller(pending.who)
    if not caller.may_somewhere(Action.REPORT):
        raise NotAllowedError(
            f"{pending.who} may report nowhere by now; return it, or grant it again",
            f"{pending.who}现在没有填报权限，请退回，或由管理员恢复其权限",
        )
    return caller


def _own(caller: Caller, pending: Pending) -> bool:
    return bool(caller.person) and caller.person == pending.person


def _not_yours() -> NotAllowedError:
    return NotAllowedError(
        "only somebody else who may review all that it touches decides on it",
        "只能由上报人以外、可审核其全部记录的人员处理",
    )


def _cut(note: str) -> str:
    return note.strip()[:LONGEST_NOTE]
