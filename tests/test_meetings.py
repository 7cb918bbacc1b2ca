"""Meetings in the journal: made, changed by several people, never lost."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_lake import build
from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.journal import journal_of
from xianzhong.lake.links import SharedLink, change_link, share
from xianzhong.lake.meetings import (
    KIND,
    LONGEST_NOTE,
    MOST_SLIDES,
    Slide,
    add_slides,
    change_meeting,
    edited,
    kept,
    make_meeting,
    meeting,
    meetings,
    moved,
    pinned,
    removed,
)
from xianzhong.lake.store import Lake

DAY = date(2024, 6, 20)
MAP = Slide("overview", "months", {"province": "53"})
KINDS = Slide("activities", "kinds", {}, title="  各类活动  ", note="先讲培训")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def test_a_meeting_is_kept_with_its_slides_in_their_order(lake):
    made = make_meeting(lake, " 六月调度会 ", "李", [MAP, KINDS])
    found = meeting(lake, made.id)
    assert found == made
    assert (found.title, found.who, found.number) == ("六月调度会", "李", 1)
    assert [(s.page, s.part, dict(s.params)) for s in found.slides] == [
        ("overview", "months", {"province": "53"}),
        ("activities", "kinds", {}),
    ]
    assert [s.title for s in found.slides] == ["", "各类活动"]
    assert len({s.id for s in found.slides} | {made.id}) == 3
    assert meeting(Lake(lake.root), made.id) == made


def test_an_unknown_meeting_is_none(lake):
    assert meeting(lake, "nothing") is None
    with pytest.raises(LakeError, match="no such meeting"):
        add_slides(lake, "nothing", [MAP], "李")


def test_two_editors_never_overwrite_each_other(lake):
    seen = make_meeting(lake, "会", "李", [MAP, KINDS])
    change_meeting(lake, seen, "renamed", "王", title="新名")
    with pytest.raises(LakeChangedError):
        change_meeting(lake, seen, "removed", "李", slides=())
    newest = meeting(lake, seen.id)
    assert (newest.title, len(newest.slides), newest.number) == ("新名", 2, 2)


def test_what_several_people_add_at_once_is_all_there(lake):
    made = make_meeting(lake, "会", "李")

    def add(part: str) -> None:
        add_slides(lake, made.id, [Slide("overview", part, {})], part)

    names = ["a", "b", "c", "d"]
    threads = [threading.Thread(target=add, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(s.part for s in meeting(lake, made.id).slides) == names


def test_every_state_stays_in_the_journal(lake):
    made = make_meeting(lake, "会", "李", [MAP])
    renamed = change_meeting(lake, made, "renamed", "王", title="新名")
    noted = change_meeting(
        lake,
        renamed,
        "edited",
        "王",
        slides=edited(renamed.slides, made.slides[0].id, note="x" * 9999),
    )
    assert len(noted.slides[0].note) == LONGEST_NOTE
    gone = change_meeting(lake, noted, "deleted", "赵", deleted="赵")
    events = journal_of(lake).events(KIND, made.id)
    assert [(e.action, e.who) for e in events] == [
        ("made", "李"), ("renamed", "王"), ("edited", "王"), ("deleted", "赵"),
    ]  # fmt: skip
    assert [e.body["title"] for e in events] == ["会", "新名", "新名", "新名"]
    assert meetings(lake) == ()
    assert meeting(lake, made.id).deleted == "赵"
    with pytest.raises(LakeError, match="stays so"):
        change_meeting(lake, gone, "renamed", "王", title="又")
    with pytest.raises(LakeError, match="stays so"):
        add_slides(lake, made.id, [MAP], "王")


def test_meetings_are_listed_with_the_one_changed_last_first(lake):
    first, second = make_meeting(lake, "一", "李"), make_meeting(lake, "二", "李")
    assert [m.id for m in meetings(lake)] == [second.id, first.id]
    change_meeting(lake, first, "renamed", "李", title="三")
    assert [m.title for m in meetings(lake)] == ["三", "二"]


def test_there_is_an_end_to_the_slides_of_a_meeting(lake):
    made = make_meeting(lake, "会", "李", [MAP] * MOST_SLIDES)
    with pytest.raises(LakeError, match="at most"):
        add_slides(lake, made.id, [MAP], "李")


def test_a_slide_of_a_snapshot_that_does_not_exist_is_refused(lake):
    with pytest.raises(LakeError):
        make_meeting(lake, "会", "李", [Slide("overview", "months", {}, snapshot=99)])


def test_what_meetings_and_open_links_show_is_kept_together(lake):
    link = share(
        lake, SharedLink("", "链接", "李", "overview", {}, snapshot=1, expires=date(2025, 1, 1))
    )
    made = make_meeting(lake, "会", "李", [MAP, KINDS])
    assert kept(lake, DAY) == {1}
    fixed = change_meeting(lake, made, "pinned", "李", slides=pinned(made.slides, 2))
    assert [s.snapshot for s in fixed.slides] == [2, 2]
    assert kept(lake, DAY) == {1, 2}
    change_link(lake, link, "revoked", "李", revoked="李")
    assert kept(lake, DAY) == {2}
    free = change_meeting(lake, fixed, "live", "李", slides=pinned(fixed.slides, None))
    assert kept(lake, DAY) == frozenset()
    fixed = change_meeting(lake, free, "pinned", "李", slides=pinned(free.slides, 2))
    change_meeting(lake, fixed, "deleted", "李", deleted="李")
    assert kept(lake, DAY) == frozenset()


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


def slides_of(ids: list[str]) -> tuple[Slide, ...]:
    return tuple(Slide("overview", "months", {}, id=key) for key in ids)


@given(IDS, st.sampled_from("abcdefghz"), st.integers(-9, 9))
def test_a_move_changes_the_place_of_one_slide_and_the_order_of_no_others(ids, key, steps):
    after = [s.id for s in moved(slides_of(ids), key, steps)]
    assert sorted(after) == sorted(ids)
    assert [k for k in after if k != key] == [k for k in ids if k != key]
    if key in ids:
        at = min(max(ids.index(key) + steps, 0), len(ids) - 1)
        assert after[at] == key


@given(IDS, st.integers(0, 7), st.sampled_from([1, -1]))
def test_a_step_and_its_reverse_leave_the_order_as_it_was(ids, at, step):
    if not 0 <= at < len(ids) or not 0 <= at + step < len(ids):
        return
    there = moved(slides_of(ids), ids[at], step)
    assert moved(there, ids[at], -step) == slides_of(ids)


@given(IDS, st.sampled_from("abcdefghz"))
def test_removing_takes_one_slide_and_no_other(ids, key):
    assert [s.id for s in removed(slides_of(ids), key)] == [k for k in ids if k != key]
