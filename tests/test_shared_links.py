"""Links that are shared: kept beside the records, pinned, renamed, extended, revoked."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.small_lake import A1, B1, SECOND_UPLOAD, U1, activity, build, engine_over, put, view
from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.journal import journal_of, new_key
from xianzhong.lake.links import (
    SharedLink,
    change_link,
    kept_snapshots,
    share,
    shared_link,
    shared_links,
)
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import sweep
from xianzhong.lake.undo import undo
from xianzhong.query.asof import as_of, snapshot_on, today, uploads_between
from xianzhong.query.changes import Changes, figures_between, records_between

LATER = SECOND_UPLOAD + timedelta(days=3)
NEW = ("a20", U1, A1, "guidance", "2024-06-10", "", 7, None, None, None)
UPDATED = ("a01", U1, A1, "signing", "2022-08-31", "", 5, None, None, None)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def a_link(snapshot: int | None = 6, days: int = 30, **values: object) -> SharedLink:
    link = SharedLink(
        id="", title="示例会议", who="示例人", page="overview", params={"province": "53"},
        snapshot=snapshot, expires=today() + timedelta(days=days),
    )  # fmt: skip
    return replace(link, **values)  # type: ignore[arg-type]


def test_a_link_is_kept_and_makes_no_snapshot(lake: Lake) -> None:
    before = lake.snapshot()
    made = share(lake, a_link())
    assert lake.snapshot() == before
    again = Lake(lake.root)
    assert shared_link(again, made.id) == made
    assert (made.title, made.who, made.number) == ("示例会议", "示例人", 1)
    assert shared_link(lake, new_key()) is None


def test_a_link_to_a_snapshot_that_is_not_there_is_not_made(lake: Lake) -> None:
    with pytest.raises(LakeError, match="no snapshot 99"):
        share(lake, a_link(snapshot=99))
    assert shared_links(lake) == ()


def test_the_newest_link_stands_first_and_each_has_an_id_of_its_own(lake: Lake) -> None:
    moments = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 3, 2)]
    made = [share(lake, a_link(), now=moment) for moment in moments]
    assert [link.id for link in shared_links(lake)] == [made[1].id, made[2].id, made[0].id]


def test_what_is_done_to_a_link_stays_on_record(lake: Lake) -> None:
    link = share(lake, a_link())
    link = change_link(lake, link, "renamed", "另一人", title="新名称")
    link = change_link(lake, link, "extended", "另一人", expires=date(2099, 1, 1))
    link = change_link(lake, link, "revoked", "第三人", revoked="第三人")
    told = [(e.number, e.action, e.who) for e in journal_of(lake).events("link", link.id)]
    assert told == [
        (1, "made", "示例人"), (2, "renamed", "另一人"), (3, "extended", "另一人"),
        (4, "revoked", "第三人"),
    ]  # fmt: skip
    assert (link.title, link.expires, link.state(today())) == (
        "新名称",
        date(2099, 1, 1),
        "revoked",
    )
    with pytest.raises(LakeError, match="taken back stays so"):
        change_link(lake, link, "extended", "示例人", expires=date(2100, 1, 1))


def test_two_people_who_change_a_link_at_once_do_not_overwrite_each_other(lake: Lake) -> None:
    link = share(lake, a_link())
    change_link(lake, link, "renamed", "一人", title="甲")
    with pytest.raises(LakeChangedError):
        change_link(lake, link, "renamed", "另一人", title="乙")
    assert shared_link(lake, link.id).title == "甲"  # type: ignore[union-attr]


def test_links_made_by_many_threads_are_all_there(lake: Lake) -> None:
    threads = [threading.Thread(target=share, args=(lake, a_link())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({link.id for link in shared_links(lake)}) == 8


def test_an_open_link_keeps_its_snapshot_and_others_do_not(lake: Lake) -> None:
    kept = share(lake, a_link(snapshot=5))
    share(lake, a_link(snapshot=4, expires=today() - timedelta(days=1)))
    share(lake, a_link(snapshot=None))
    gone = share(lake, a_link(snapshot=3))
    change_link(lake, gone, "revoked", "示例人", revoked="示例人")
    assert kept_snapshots(lake, today()) == {5}
    assert kept_snapshots(lake, kept.expires) == {5}
    assert kept_snapshots(lake, kept.expires + timedelta(days=1)) == frozenset()


def test_a_sweep_leaves_the_links(lake: Lake) -> None:
    link = share(lake, a_link())
    sweep(lake, older=timedelta(0))
    assert shared_link(Lake(lake.root), link.id) == link


def test_a_pinned_view_is_that_of_its_snapshot_until_its_last_day(lake: Lake) -> None:
    pinned = share(lake, a_link(snapshot=5))
    asof = as_of(lake, {"pin": pinned.id})
    assert (asof.snapshot, asof.newest.number, asof.closed) == (lake.snapshot(5), 6, False)
    late = share(lake, a_link(snapshot=5, expires=today() - timedelta(days=1)))
    assert as_of(lake, {"pin": late.id}).closed
    assert not as_of(lake, {"pin": share(lake, a_link(expires=today())).id}).closed


@pytest.mark.parametrize("asked", ["", "abc", "2024-01-01", "' OR 1=1", "示例" * 90])
def test_no_other_numbers_are_shown_for_a_pin_that_is_none(lake: Lake, asked: str) -> None:
    assert as_of(lake, {"pin": asked}).closed is bool(asked)
    assert as_of(lake, {"base": asked}).base is None


def test_a_live_link_pins_nothing(lake: Lake) -> None:
    live = share(lake, a_link(snapshot=None))
    assert as_of(lake, {"pin": live.id}).closed
    (problem,) = as_of(lake, {"base": live.id}).problems
    assert "not pinned" in problem.reason["en"]


def test_a_day_stands_for_the_state_at_its_end_in_china(lake: Lake) -> None:
    # The first five uploads came on 31 March 2024, the sixth at one in the morning of 20 June.
    assert snapshot_on(lake, date(2024, 3, 30)) is None
    assert snapshot_on(lake, date(2024, 3, 31)) == lake.snapshot(5)
    assert snapshot_on(lake, date(2024, 6, 19)) == lake.snapshot(5)
    assert snapshot_on(lake, date(2024, 6, 20)) == lake.snapshot(6)
    asof = as_of(lake, {"base": "2024-06-19"})
    assert (asof.base, asof.snapshot) == (lake.snapshot(5), lake.snapshot(6))
    assert [e.number for e in uploads_between(lake, lake.snapshot(5), lake.snapshot())] == [6]
    (problem,) = as_of(lake, {"base": "2024-03-30"}).problems
    assert problem.parameter == "base"


def test_what_changed_is_told_record_by_record_and_figure_by_figure(lake: Lake) -> None:
    before = lake.snapshot()
    put(lake, "activities", [activity(NEW), activity(UPDATED)], LATER)
    engine = engine_over(lake)
    nation = view(engine)
    assert records_between(engine, nation, before) == (
        Changes("activities", new=("a20",), changed=("a01",)),
    )
    moved = {e.indicator.id: (e.before, e.after) for e in figures_between(engine, nation, before)}
    # 15 activities and one more; people sent: 3+1+4+5+6+2+0+1 and 2+2+9, then 7 and 2 more.
    assert moved["activities"] == (15, 16)
    assert moved["people_sent"] == (35, 44)
    assert "pairings" not in moved


def test_only_what_lies_in_the_view_is_told(lake: Lake) -> None:
    before = lake.snapshot()
    put(lake, "activities", [activity(NEW)], LATER)
    engine = engine_over(lake)
    assert records_between(engine, view(engine, province="42"), before) == ()
    assert records_between(engine, view(engine, province="53", kind="camp"), before) == ()
    (found,) = records_between(engine, view(engine, province="53", kind="guidance"), before)
    assert found == Changes("activities", new=("a20",))


def test_a_record_that_moves_out_of_the_view_is_gone_from_it(lake: Lake) -> None:
    before = lake.snapshot()
    put(lake, "activities", [activity(("a01", U1, B1, *UPDATED[3:]))], LATER)
    engine = engine_over(lake)
    assert records_between(engine, view(engine, province="53"), before) == (
        Changes("activities", gone=("a01",)),
    )
    assert records_between(engine, view(engine, province="42"), before) == (
        Changes("activities", new=("a01",)),
    )


def test_what_is_taken_back_differs_from_before_and_not_from_the_state_before_that(
    lake: Lake,
) -> None:
    first = lake.snapshot()
    second = put(lake, "activities", [activity(NEW), activity(UPDATED)], LATER)
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    engine = engine_over(lake)
    assert records_between(engine, view(engine), first) == ()
    assert records_between(engine, view(engine), second) == (
        Changes("activities", gone=("a20",), changed=("a01",)),
    )


def test_a_state_compared_with_itself_shows_no_change(lake: Lake) -> None:
    engine = engine_over(lake)
    assert records_between(engine, view(engine), lake.snapshot()) == ()
    assert figures_between(engine, view(engine), lake.snapshot()) == ()


def test_a_relation_is_named_by_its_name_alone(lake: Lake) -> None:
    engine = engine_over(lake)
    with pytest.raises(ValueError, match="x; DROP"):
        engine.differences("x; DROP", view(engine), view(engine))
