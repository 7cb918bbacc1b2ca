"""Meetings: views in an order, each with its own title and note, to be shown on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.journal import Event, journal_of, new_key
from xianzhong.lake.links import LONGEST_NAME, LONGEST_TITLE, kept_snapshots
from xianzhong.lake.store import Lake

KIND = "meeting"
LONGEST_NOTE = 4000
MOST_SLIDES = 100
# Adding does not undo what others do, so it is tried again on what they made.
_TRIES = 5
Action = Literal["renamed", "added", "removed", "moved", "edited", "pinned", "live", "deleted"]


@dataclass(frozen=True, slots=True)
class Slide:
    """One part of one view.

    Attributes:
        page, part: name of the page, and id of its part.
        params: the view's parameters; neither language nor pin.
        title: what its maker called it, empty for the part's own title.
        note: for the speaker alone.
        snapshot: number of the snapshot that it shows for ever, None for the newest one.
        id: of the slide within its meeting, given when it is added.
    """

    page: str
    part: str
    params: Mapping[str, str]
    title: str = ""
    note: str = ""
    snapshot: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Slides in their order.

    Attributes:
        id: in its address.
        title: what it is called.
        who: the name that its maker gave.
        slides: in the order of the meeting.
        deleted: who deleted it, empty while nobody has.
        by: id of the person who made it, empty where no sign-in told.
        scope: what its maker could see, part by part; None for everything.
        made_at, changed_at: moments (UTC) of the first and the newest event.
        number: of the newest event.
    """

    id: str
    title: str
    who: str
    slides: tuple[Slide, ...] = ()
    deleted: str = ""
    by: str = ""
    scope: Sequence[Mapping[str, str]] | None = None
    made_at: datetime | None = None
    changed_at: datetime | None = None
    number: int = 0

    def body(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        slides = [asdict(slide) | {"params": dict(slide.params)} for slide in self.slides]
        scope = None if self.scope is None else [dict(part) for part in self.scope]
        return {
            "title": self.title, "who": self.who, "slides": slides, "deleted": self.deleted,
            "by": self.by, "scope": scope,
        }  # fmt: skip


# What is done to slides ------------------------------------------------------------------------


def removed(slides: Sequence[Slide], key: str) -> tuple[Slide, ...]:
    """The slides without the one of an id."""
    return tuple(slide for slide in slides if slide.id != key)


def moved(slides: Sequence[Slide], key: str, steps: int) -> tuple[Slide, ...]:
    """The slides with one of them so many steps nearer to the end (or, below zero, to the start).

    At either end it stays; an unknown id changes nothing.
    """
    order = list(slides)
    at = next((n for n, slide in enumerate(order) if slide.id == key), None)
    if at is None:
        return tuple(order)
    slide = order.pop(at)
    order.insert(min(max(at + steps, 0), len(order)), slide)
    return tuple(order)


def edited(slides: Sequence[Slide], key: str, **changes: Any) -> tuple[Slide, ...]:
    """The slides with some attributes of one of them changed."""
    return tuple(
        _fitting(replace(slide, **changes)) if slide.id == key else slide for slide in slides
    )


def pinned(slides: Sequence[Slide], snapshot: int | None) -> tuple[Slide, ...]:
    """The slides, all at one snapshot or, for None, all at the newest one."""
    return tuple(replace(slide, snapshot=snapshot) for slide in slides)


def _fitting(slide: Slide) -> Slide:
    return replace(
        slide, title=slide.title.strip()[:LONGEST_TITLE], note=slide.note.strip()[:LONGEST_NOTE]
    )


# Kept meetings ---------------------------------------------------------------------------------


def meetings(lake: Lake) -> tuple[Meeting, ...]:
    """Every meeting that was not deleted, the one changed last first.

    Raises:
        LakeError: the journal cannot be read.
    """
    journal = journal_of(lake)
    made = {event.key: event.at for event in journal.events(KIND) if event.number == 1}
    found = [_of(event, made[event.key]) for event in journal.newest(KIND).values()]
    standing = [meeting for meeting in found if not meeting.deleted]
    return tuple(sorted(standing, key=_changed, reverse=True))


def meeting(lake: Lake, key: str) -> Meeting | None:
    """The meeting of an id, also a deleted one; None where there never was one.

    Raises:
        LakeError: the journal cannot be read.
    """
    newest = journal_of(lake).newest(KIND).get(key)
    if newest is None:
        return None
    return _of(newest, journal_of(lake).events(KIND, key)[0].at)


def make_meeting(
    lake: Lake, title: str, who: str, slides: Iterable[Slide] = (), *, by: str = "",
    scope: Sequence[Mapping[str, str]] | None = None,
) -> Meeting:  # fmt: skip
    """Keeps a new meeting under an id of its own; its parts as in :class:`Meeting`.

    Raises:
        LakeError: a snapshot does not exist, there are too many slides, or the journal cannot be
            written.
    """
    new = Meeting(
        new_key(),
        title.strip()[:LONGEST_TITLE],
        who.strip()[:LONGEST_NAME],
        _added(lake, slides),
        by=by,
        scope=scope,
    )
    event = journal_of(lake).append(KIND, new.id, "made", new.who, new.body(), after=0)
    return _of(event, event.at)


def change_meeting(lake: Lake, seen: Meeting, action: Action, who: str, **changes: Any) -> Meeting:
    """Changes a meeting that is still as the caller saw it; the states before stay in the journal.

    Args:
        lake: where it is kept.
        seen: as the caller saw it.
        action: what is done.
        who: the name that was given.
        changes: the attributes that become others.

    Raises:
        LakeChangedError: somebody else has changed it since.
        LakeError: it was deleted, or the journal cannot be written.
    """
    if seen.deleted:
        raise LakeError("a meeting that was deleted stays so", "已经删除的会议不能再改")
    changed = replace(seen, **changes)
    if len(changed.slides) > MOST_SLIDES:
        raise LakeError(
            f"a meeting has at most {MOST_SLIDES} slides", f"一个会议最多 {MOST_SLIDES} 页"
        )
    event = journal_of(lake).append(
        KIND, seen.id, action, who.strip()[:LONGEST_NAME], changed.body(), after=seen.number
    )
    return _of(event, seen.made_at or event.at)


def add_slides(lake: Lake, key: str, slides: Sequence[Slide], who: str) -> Meeting:
    """Adds slides behind those that a meeting has by now, whoever else changes it meanwhile.

    Raises:
        LakeError: there is no such meeting, it was deleted, has too many slides, or the journal
            cannot be written.
    """
    new = _added(lake, slides)
    tries = 0
    while True:
        seen = meeting(lake, key)
        if seen is None:
            raise LakeError("there is no such meeting", "没有这个会议")
        try:
            return change_meeting(lake, seen, "added", who, slides=(*seen.slides, *new))
        except LakeChangedError:
            tries += 1
            if tries == _TRIES:
                raise


def kept(lake: Lake, day: date) -> frozenset[int]:
    """Numbers of the snapshots that some open link or some meeting shows.

    No clearing may take them.

    Args:
        lake: where.
        day: in China; links that have expired by then keep nothing.

    Raises:
        LakeError: the journal cannot be read.
    """
    shown = (slide.snapshot for found in meetings(lake) for slide in found.slides)
    return kept_snapshots(lake, day) | {number for number in shown if number is not None}


def _changed(found: Meeting) -> tuple[float, str]:
    return (found.changed_at.timestamp() if found.changed_at else 0.0, found.id)


def _added(lake: Lake, slides: Iterable[Slide]) -> tuple[Slide, ...]:
    """The slides with an id each; their snapshots must exist."""
    new = tuple(_fitting(replace(slide, id=new_key())) for slide in slides)
    for number in {slide.snapshot for slide in new} - {None}:
        lake.snapshot(number)
    return new


def _of(event: Event, made_at: datetime) -> Meeting:
    body = event.body
    return Meeting(
        id=event.key, title=body["title"], who=body["who"],
        slides=tuple(Slide(**slide) for slide in body["slides"]), deleted=body["deleted"],
        by=body.get("by", ""), scope=body.get("scope"), made_at=made_at, changed_at=event.at,
        number=event.number,
    )  # fmt: skip
