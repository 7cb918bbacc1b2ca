"""What has to wait for review: decided here alone, for every way into the lake."""

from __future__ import annotations

from collections.abc import Sequence

from xianzhong.access.caller import Caller
from xianzhong.access.grounds import Grounds
from xianzhong.access.roles import Action
from xianzhong.access.touched import outside, touched
from xianzhong.intake.choices import Choices
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.lake.identifiers import file_digest
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.originals import keep_original
from xianzhong.lake.pending import Pending, add_pending, pendings
from xianzhong.lake.store import Change, Lake
from xianzhong.query.scope import NATION, NOWHERE
from xianzhong.settings import Settings
from xianzhong.watch import counts
from xianzhong.watch.logs import log

_log = log("access")


def review_on() -> bool:
    """Whether uploads are reviewed here (``XIANZHONG_REVIEW``)."""
    return Settings.from_environment().review


def must_wait(lake: Lake, caller: Caller, base: Snapshot, changes: Sequence[Change]) -> bool:
    """Whether changes of a caller wait for somebody else's eyes.

    They do not for who sits at the machine itself, nor for who may review all that they touch.

    Raises:
        LakeError: the lake cannot be read.
    """
    return review_on() and not reviews(lake, caller, base, changes)


def reviews(lake: Lake, caller: Caller, base: Snapshot, changes: Sequence[Change]) -> bool:
    """Whether the caller may review all that changes touch, as it is and as it would be.

    Raises:
        LakeError: the lake cannot be read.
    """
    scope = caller.scopes(Action.REVIEW)
    if scope in (NATION, NOWHERE):
        return scope == NATION
    return not outside(lake, base, changes, Grounds(lake, base).writes(scope))


def submit(lake: Lake, caller: Caller, prepared: Prepared, *, partial: bool) -> Receipt:
    """Keeps what was prepared until it is reviewed; nothing of it is in any table.

    The same file, sent again while it waits, is not kept twice.

    Args:
        lake: the lake that it was prepared against.
        caller: whose upload it is.
        prepared: what would be written.
        partial: whether the rows without errors are wanted although others have some.

    Raises:
        LakeError: the lake cannot be read or written.
    """
    report, wanted = prepared.report, partial and not prepared.choices.replaces
    if prepared.nothing_to_do or not (report.ok or wanted):
        return Receipt(False, None, prepared.base, report)
    sent = Pending(
        id="", table=prepared.table.name, file_name=prepared.file_name,
        sha256=file_digest(prepared.content), choices=prepared.choices.to_dict(),
        partial=wanted, person=caller.person, who=caller.name,
        places=tuple(_places(lake, prepared)), counts=report.counts,
    )  # fmt: skip
    known = next((one for one in pendings(lake) if _same(one, sent)), None)
    if known is None:
        # The file comes first: whatever waits has its bytes.
        keep_original(lake, prepared.content)
        known = add_pending(lake, sent)
    counts.UPLOADS.labels(sent.table, "waiting").inc()
    _log.info("upload", table=sent.table, outcome="waiting", upload_id=known.id)
    return Receipt(False, None, prepared.base, report, pending=known.id)


def _places(lake: Lake, prepared: Prepared) -> list[tuple[str, str, str, str]]:
    found = (t.where for t in touched(lake, prepared.base, prepared.changes))
    return sorted({(w.table, w.county, w.school, w.university) for w in found})


def _same(one: Pending, sent: Pending) -> bool:
    def said(it: Pending) -> tuple[object, ...]:
        return it.person, it.table, it.sha256, it.partial, Choices.from_dict(it.choices)

    return one.state == "waiting" and said(one) == said(sent)
