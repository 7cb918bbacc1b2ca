"""As of when a view is: the newest snapshot, that of a pinned link, or that of a day.

Two parameters of a link say it on every page: ``pin`` (a shared link's id: the view is that of
its snapshot) and ``base`` (a shared link's id or a day: the state that the view is compared with).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.links import SharedLink, shared_link, snapshot_of
from xianzhong.lake.store import Lake
from xianzhong.model.labels import Label
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.query.gate import china_day

PIN, BASE = "pin", "base"
STANDING = (PIN, BASE)
_LIVE = Label("这个链接没有固定数据", "this link is not pinned to any data")
_GONE = Label("这个链接已过期或已收回", "this link has expired or was taken back")
_EMPTY_THEN = Label("那一天还没有任何数据", "there were no data yet on that day")


@dataclass(frozen=True, slots=True)
class AsOf:
    """What a link says of time.

    Attributes:
        snapshot: the state to show.
        newest: the newest state.
        asked: the id of the link that shall pin the view, empty for a live one.
        pin: that link, whatever its state; None where there is no such pinned link.
        base: the state to compare with, None for none.
        base_link: the link that named it, None where a day did.
        problems: parameters that are not followed.
    """

    snapshot: Snapshot
    newest: Snapshot
    asked: str = ""
    pin: SharedLink | None = None
    base: Snapshot | None = None
    base_link: SharedLink | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the pinned link does not open any more, or never was one.

        Then no numbers may be shown: they would be others than those that were sent.
        """
        return bool(self.asked) and (self.pin is None or self.pin.state(today()) != "open")


def today() -> date:
    """The present day in China."""
    return china_day(datetime.now(UTC))


def as_of(lake: Lake, params: Mapping[str, str]) -> AsOf:
    """What the parameters of a link say of time; what they say wrong is named and passed over.

    Raises:
        LakeError: the lake cannot be read, or a pinned snapshot is not there any more.
    """
    newest = lake.snapshot()
    asked = params.get(PIN, "")
    pin = shared_link(lake, asked) if asked else None
    if pin is not None and pin.snapshot is None:
        pin = None
    shows = pin is not None and pin.state(today()) == "open"
    snapshot = snapshot_of(lake, pin) if pin is not None and shows else newest
    base, base_link, problem = _base(lake, params.get(BASE, ""))
    return AsOf(snapshot, newest, asked, pin, base, base_link, (problem,) if problem else ())


def _base(lake: Lake, asked: str) -> tuple[Snapshot | None, SharedLink | None, Problem | None]:
    if not asked:
        return None, None, None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        link = shared_link(lake, asked)
        if link is None or link.snapshot is None:
            return None, None, Problem(BASE, asked[:80], UNKNOWN if link is None else _LIVE)
        if link.state(today()) != "open":
            return None, None, Problem(BASE, asked[:80], _GONE)
        return snapshot_of(lake, link), link, None
    found = snapshot_on(lake, day)
    if found is None:
        return None, None, Problem(BASE, asked[:80], _EMPTY_THEN)
    return found, None, None


def snapshot_on(lake: Lake, day: date) -> Snapshot | None:
    """The state at the end of a day in China, None where nothing was loaded by then.

    Raises:
        LakeError: the lake cannot be read.
    """
    past = [entry for entry in lake.entries() if china_day(entry.at) <= day]
    return past[-1].snapshot if past else None


def uploads_between(lake: Lake, first: Snapshot, last: Snapshot) -> tuple[Entry, ...]:
    """The uploads and undos after one state up to another, oldest first.

    Raises:
        LakeError: the lake cannot be read.
    """
    return tuple(e for e in lake.entries() if first.number < e.number <= last.number)
