"""Links that were shared: short addresses of views, live or pinned to a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from xianzhong.lake.errors import LakeError
from xianzhong.lake.journal import Event, journal_of, new_key
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.store import Lake

KIND = "link"
LONGEST_TITLE = 80
LONGEST_NAME = 60
# As long as snapshots are kept at least; a link's life keeps its own snapshot longer.
DEFAULT_DAYS = 365
LONGEST_DAYS = 5 * 366
# A link that opens without an account ends sooner.
LONGEST_GUEST_DAYS = 90
State = Literal["open", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A view that was given a short address.

    Attributes:
        id: the last part of the address.
        title: what its maker called it.
        who: the name that was given.
        page: the page that it opens.
        params: the page's parameters, language among them.
        snapshot: number of the snapshot that it shows for ever, None for the newest one.
        expires: the last day (in China) on which it opens.
        revoked: who took it back, empty while nobody has.
        values: figures of the view when it was pinned, by the indicator's id: what must be seen.
        by: id of the person who made it, empty where no sign-in told.
        scope: what its maker could see, part by part; None for everything.
        guests: whether it opens for people without an account, at an address of its own.
        made_at, changed_at: moments (UTC) of the first and the newest event.
        number: of the newest event.
    """

    id: str
    title: str
    who: str
    page: str
    params: Mapping[str, str]
    snapshot: int | None
    expires: date
    revoked: str = ""
    values: Mapping[str, float | None] | None = None
    by: str = ""
    scope: Sequence[Mapping[str, str]] | None = None
    guests: bool = False
    made_at: datetime | None = None
    changed_at: datetime | None = None
    number: int = 0

    def state(self, day: date) -> State:
        """Whether it opens on a day in China."""
        if self.revoked:
            return "revoked"
        return "expired" if day > self.expires else "open"

    def body(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        kept = asdict(self) | {"expires": self.expires.isoformat()}
        for name in ("id", "made_at", "changed_at", "number"):
            del kept[name]
        return kept


def _of(event: Event, made_at: datetime) -> SharedLink:
    body = dict(event.body) | {"expires": date.fromisoformat(event.body["expires"])}
    return SharedLink(
        id=event.key, made_at=made_at, changed_at=event.at, number=event.number, **body
    )


def shared_links(lake: Lake) -> tuple[SharedLink, ...]:
    """Every link that was ever made, newest first.

    Raises:
        LakeError: the journal cannot be read.
    """
    journal = journal_of(lake)
    made = {event.key: event.at for event in journal.events(KIND) if event.number == 1}
    newest = sorted(journal.newest(KIND).values(), key=lambda event: made[event.key], reverse=True)
    return tuple(_of(event, made[event.key]) for event in newest)


def shared_link(lake: Lake, key: str) -> SharedLink | None:
    """The link of an id, None where there is none.

    Raises:
        LakeError: the journal cannot be read.
    """
    events = journal_of(lake).events(KIND, key)
    return _of(events[-1], events[0].at) if events else None


def share(lake: Lake, link: SharedLink, *, now: datetime | None = None) -> SharedLink:
    """Keeps a new link under an id of its own.

    Args:
        lake: where.
        link: what to keep; its id is given here.
        now: the moment, the present one by default.

    Raises:
        LakeError: its snapshot does not exist, it would open for guests for longer than
            ``LONGEST_GUEST_DAYS`` or without a snapshot, or the journal cannot be written.
    """
    at = now or datetime.now(UTC)
    _check_guests(link, at)
    if link.snapshot is not None:
        lake.snapshot(link.snapshot)
    made = replace(
        link, id=new_key(), title=link.title.strip()[:LONGEST_TITLE],
        who=link.who.strip()[:LONGEST_NAME],
    )  # fmt: skip
    event = journal_of(lake).append(KIND, made.id, "made", made.who, made.body(), after=0, now=at)
    return _of(event, event.at)


def change_link(
    lake: Lake,
    link: SharedLink,
    action: Literal["renamed", "extended", "revoked"],
    who: str,
    **changes: Any,
) -> SharedLink:
    """Renames, extends or revokes a link; the event before stays in the journal.

    Args:
        lake: where it is kept.
        link: as the caller saw it.
        action: what is done.
        who: the name that was given.
        changes: the attributes that become others.

    Raises:
        LakeChangedError: somebody else has changed it since.
        LakeError: it was taken back, it would open for guests for too long, or the journal cannot
            be written.
    """
    if link.revoked:
        raise LakeError("a link that was taken back stays so", "已经收回的链接不能再改")
    changed = replace(link, **changes)
    if not changed.revoked:
        _check_guests(changed, datetime.now(UTC))
    event = journal_of(lake).append(
        KIND, link.id, action, who.strip()[:LONGEST_NAME], changed.body(), after=link.number
    )
    return _of(event, link.made_at or event.at)


def _check_guests(link: SharedLink, now: datetime) -> None:
    if not link.guests:
        return
    if link.snapshot is None:
        raise LakeError(
            "a link without an account shows pinned numbers only", "免登录链接只能展示固定的数据"
        )
    # A day of the clock's own more: the last day is counted in China.
    if link.expires > now.date() + timedelta(days=LONGEST_GUEST_DAYS + 1):
        raise LakeError(
            f"a link without an account opens for {LONGEST_GUEST_DAYS} days at most",
            f"免登录链接最长有效 {LONGEST_GUEST_DAYS} 天",
        )


def kept_snapshots(lake: Lake, day: date) -> frozenset[int]:
    """Numbers of the snapshots that some open link shows: no clearing may take them.

    Raises:
        LakeError: the journal cannot be read.
    """
    return frozenset(
        link.snapshot
        for link in shared_links(lake)
        if link.snapshot is not None and link.state(day) == "open"
    )


def snapshot_of(lake: Lake, link: SharedLink) -> Snapshot:
    """The snapshot that a link shows.

    Raises:
        LakeError: it is not there any more.
    """
    return lake.snapshot(link.snapshot)
