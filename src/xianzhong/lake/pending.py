"""Uploads that wait for review, in the journal: nothing of them is in any table.

The file lies among the originals; here stands whose it is, what was said about it, and what
became of it. An acceptance is noted before its upload is written, with the upload's id: it
holds once the ledger has that upload, so that a writer that dies in between leaves it waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from xianzhong.lake.errors import LakeChangedError
from xianzhong.lake.journal import Event, journal_of, new_key
from xianzhong.lake.store import Lake

KIND = "pending"
LONGEST_NOTE = 500
State = Literal["waiting", "accepted", "returned", "withdrawn"]
# Table, county, school and university of a record, empty where it has none.
Place = tuple[str, str, str, str]
_OF_EVENT = ("id", "state", "made_at", "changed_at", "number")


@dataclass(frozen=True, slots=True)
class Pending:
    """An upload that somebody has sent and nobody has accepted yet, or what became of it.

    Attributes:
        id: in the journal.
        table, file_name, sha256: what was sent, its bytes among the originals.
        choices: what the reporter said of it, as ``intake.choices.Choices.to_dict`` gives it.
        partial: whether the reporter wants the good rows alone.
        person: id of the reporter, ``who`` their name.
        who: see ``person``.
        places: where the records belong that it would change, each once.
        counts: what it would have done when it was sent.
        reviewer: id of who decided, ``reviewed_by`` their name; empty while nobody has.
        reviewed_by: see ``reviewer``.
        note: the reviewer's words.
        upload: id of the upload that an acceptance writes.
        state: what became of it.
        made_at, changed_at: moments (UTC) of the first and the newest event.
        number: of the newest event.
    """

    id: str
    table: str
    file_name: str
    sha256: str
    choices: Mapping[str, Any]
    partial: bool
    person: str
    who: str
    places: tuple[Place, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    reviewer: str = ""
    reviewed_by: str = ""
    note: str = ""
    upload: str = ""
    state: State = "waiting"
    made_at: datetime | None = None
    changed_at: datetime | None = None
    number: int = 0

    def body(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        return {name: value for name, value in asdict(self).items() if name not in _OF_EVENT}


def pendings(lake: Lake) -> tuple[Pending, ...]:
    """Every upload that was ever sent for review, newest first.

    Raises:
        LakeError: the journal or the ledger cannot be read.
    """
    events = len(journal_of(lake).events(KIND))
    return _pendings(lake, events, len(lake.entries())) if events else ()


@lru_cache(maxsize=4)
def _pendings(lake: Lake, _events: int, _entries: int) -> tuple[Pending, ...]:
    # Each page asks; neither the journal nor the ledger ever loses a row.
    journal = journal_of(lake)
    made = {event.key: event.at for event in journal.events(KIND) if event.number == 1}
    written = {entry.upload_id for entry in lake.entries()}
    found = [_of(event, made[event.key], written) for event in journal.newest(KIND).values()]
    return tuple(sorted(found, key=lambda one: (made[one.id], one.id), reverse=True))


def pending_of(lake: Lake, key: str) -> Pending | None:
    """The one of an id, None where there is none.

    Raises:
        LakeError: the journal or the ledger cannot be read.
    """
    return next((one for one in pendings(lake) if one.id == key), None)


def add_pending(lake: Lake, pending: Pending, *, now: datetime | None = None) -> Pending:
    """Keeps a new one under an id of its own. Its file must be among the originals already.

    Raises:
        LakeError: the journal cannot be written.
    """
    made = replace(pending, id=new_key())
    event = journal_of(lake).append(KIND, made.id, "sent", made.who, made.body(), after=0, now=now)
    return _of(event, event.at, set())


def change_pending(
    lake: Lake,
    pending: Pending,
    action: Literal["accepted", "returned", "withdrawn"],
    who: str,
    *,
    only_if: Callable[[], object] = lambda: None,
    **changes: Any,
) -> Pending:
    """Notes what becomes of one that still waits as the caller saw it.

    Args:
        lake: where it is kept.
        pending: as the caller saw it.
        action: what is done.
        who: the name of who does it.
        only_if: as :meth:`Journal.append` has it.
        changes: the attributes that become others.

    Raises:
        LakeChangedError: somebody else has decided since.
        LakeError: the journal cannot be written.
    """

    def waits() -> None:
        # An acceptance of which nobody knows yet whether it was written leaves it waiting.
        if pending.state != "waiting" or any(e.upload_id == pending.upload for e in lake.entries()):
            raise LakeChangedError(
                "it does not wait any more: somebody has decided already", "这一批已经有人处理过"
            )
        only_if()

    changed = replace(pending, **changes)
    event = journal_of(lake).append(
        KIND, pending.id, action, who, changed.body(), after=pending.number, only_if=waits
    )
    return _of(event, pending.made_at or event.at, {e.upload_id for e in lake.entries()})


def kept_files(lake: Lake) -> frozenset[str]:
    """SHA-256 of the originals that still matter: of what waits, and of what was returned.

    Raises:
        LakeError: the journal or the ledger cannot be read.
    """
    return frozenset(one.sha256 for one in pendings(lake) if one.state in ("waiting", "returned"))


def _of(event: Event, made_at: datetime, written: set[str]) -> Pending:
    body = dict(event.body) | {"places": _places(event.body["places"])}
    return Pending(
        id=event.key, state=_state(event, written), made_at=made_at, changed_at=event.at,
        number=event.number, **body,
    )  # fmt: skip


def _places(kept: Sequence[Sequence[str]]) -> tuple[Place, ...]:
    return tuple((table, county, school, by) for table, county, school, by in kept)


def _state(event: Event, written: set[str]) -> State:
    if event.action == "returned":
        return "returned"
    if event.action == "withdrawn":
        return "withdrawn"
    return "accepted" if event.body["upload"] in written else "waiting"
