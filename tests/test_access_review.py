"""What waits is in no figure; somebody else decides; accepted it is the reporter's own."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake_lakes import csv_bytes
from tests.small_lake import A1, B1, build_full
from tests.some_people import ROOT, person, reporter, viewer
from xianzhong.access import review, waiting
from xianzhong.access.caller import LOCAL, Caller
from xianzhong.access.change import disable, grant, invite, revoke
from xianzhong.access.errors import NotAllowedError
from xianzhong.access.roles import Grant, Role
from xianzhong.access.uploads import uploader_of
from xianzhong.access.writing import commit, plan_undo, prepare, prepare_waiting
from xianzhong.intake.choices import Choices
from xianzhong.intake.load import Receipt
from xianzhong.intake.put_aside import Waiting
from xianzhong.intake.read import read_with_notes
from xianzhong.lake.backup import backup
from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.originals import ORIGINALS, kept_report
from xianzhong.lake.pending import Pending, pending_of, pendings
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import sweep
from xianzhong.lake.undo import UndoRefusedError
from xianzhong.model.tables import TABLES
from xianzhong.query.asof import today
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION, Scope
from xianzhong.settings import Settings

YUNNAN, HUBEI = Scope("53"), Scope("42")
ACTIVITY = ["活动编号", "帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期"]
HERE = ["", "示例大学甲", "示例巧家一中", "签约", "示例新活动", "2024-03-01"]
THERE = ["", "示例大学丙", "示例仙桃一中", "签约", "示例新活动", "2024-03-01"]


@pytest.fixture(autouse=True)
def reviewing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANZHONG_REVIEW", "1")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads with the very function that the reading process runs; the process has own tests."""
    monkeypatch.setattr("xianzhong.intake.load.read_in_child", read_with_notes)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build_full(tmp_path)


def send(lake: Lake, caller: Caller, *rows: list[str], table: str = "activities",
         partial: bool = False, **more: object) -> Receipt:  # fmt: skip
    content = csv_bytes(rows if table != "activities" else [ACTIVITY, *rows])
    prepared = prepare(lake, caller, TABLES[table], "示例.csv", content, **more)
    return commit(lake, caller, prepared, accept_partial=partial)


def sent(lake: Lake, caller: Caller, *rows: list[str], **more: object) -> Pending:
    receipt = send(lake, caller, *rows, **more)
    found = pending_of(lake, receipt.pending)
    assert found is not None, receipt.report.findings
    assert not receipt.committed
    return found


def accepted(lake: Lake, caller: Caller, pending: Pending) -> Receipt:
    return review.accept(lake, caller, pending, review.prepare_again(lake, caller, pending))


def titles(lake: Lake) -> list[object]:
    return lake.rows("activities", lake.snapshot())["title"].to_pylist()


# Waiting


def test_what_waits_is_written_as_the_reporters_once_a_reviewer_accepts_it(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    before = lake.snapshot()
    pending = sent(lake, caller, HERE)
    assert (pending.state, pending.who, pending.counts["new"]) == ("waiting", caller.name, 1)
    assert lake.snapshot() == before
    assert review.waiting_seen(lake, reviewer) == (pending,)
    receipt = accepted(lake, reviewer, pending)
    assert receipt.entry is not None
    assert (receipt.entry.who, receipt.entry.new) == (caller.name, 1)
    assert uploader_of(lake, receipt.entry) == caller.person
    by = json.loads(kept_report(lake, receipt.entry.upload_id))["by"]
    assert by["reviewed"]["person"] == reviewer.person
    assert "示例新活动" in titles(lake)
    after = pending_of(lake, pending.id)
    assert after is not None
    assert (after.state, after.reviewed_by) == ("accepted", reviewer.name)
    assert review.waiting_seen(lake, reviewer) == ()
    assert review.own_sent(lake, caller) == (after,)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_figure_counts_what_waits(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lake = _shared(tmp_path_factory)
    caller = next(iter(_callers(lake)))
    engine = open_engine(Settings(lake=lake.root))
    scope = data.draw(st.sampled_from([NATION, YUNNAN, HUBEI, Scope(school=A1)]))
    rows = data.draw(st.lists(st.sampled_from([HERE, THERE]), min_size=1, max_size=2, unique_by=id))
    title = data.draw(st.text("甲乙丙丁", min_size=1, max_size=8))

    def counted() -> list[tuple[str, object]]:
        view = View(lake.snapshot(), scope, Filters())
        return [(f.indicator.id, f.value) for f in figures(engine, view)]

    before = counted(), lake.snapshot(), len(lake.entries())
    sent(lake, caller, *([*row[:4], title, row[5]] for row in rows))
    assert (counted(), lake.snapshot(), len(lake.entries())) == before


_MADE: dict[str, Lake] = {}


def _shared(factory: pytest.TempPathFactory) -> Lake:
    if "lake" not in _MADE:
        _MADE["lake"] = build_full(factory.mktemp("waiting"))
    return _MADE["lake"]


def _callers(lake: Lake) -> list[Caller]:
    from xianzhong.access.people import people

    known = [one.caller for one in people(lake)]
    return known or [reporter(lake, NATION)]


def test_who_may_review_it_or_sits_at_the_machine_does_not_wait(lake: Lake) -> None:
    both = [Grant(Role.REPORTER, NATION), Grant(Role.REVIEWER, YUNNAN)]
    caller = invite(lake, ROOT, "示例两职", ["b@example.org"], both).caller
    assert send(lake, caller, HERE).committed
    assert send(lake, caller, THERE).pending
    assert send(lake, LOCAL, THERE).committed


def test_nothing_waits_where_review_is_off(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = reporter(lake, YUNNAN)
    monkeypatch.setenv("XIANZHONG_REVIEW", "0")
    assert send(lake, caller, HERE).committed


def test_alerts_that_are_put_aside_wait_too(lake: Lake) -> None:
    caller = reporter(lake, HUBEI)
    alerts = [Waiting("silent_90", B1, "", today(), "示例理由")]
    receipt = commit(lake, caller, prepare_waiting(lake, caller, alerts))
    assert receipt.pending
    assert not receipt.committed
    reviewer = person(lake, "示例审核", Role.REVIEWER, HUBEI)
    assert accepted(lake, reviewer, pendings(lake)[0]).committed


def test_the_same_file_does_not_wait_twice(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    assert sent(lake, caller, HERE).id == sent(lake, caller, HERE).id
    assert sent(lake, caller, HERE).id != sent(lake, caller, [*HERE[:5], "2024-03-02"]).id
    assert len(pendings(lake)) == 2


def test_a_file_with_errors_or_without_news_does_not_wait(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    assert not send(lake, caller, HERE, THERE).pending
    assert sent(lake, caller, HERE, THERE, partial=True).counts["rejected"] == 1
    assert send(lake, LOCAL, HERE).committed
    assert not send(lake, caller, HERE).pending


def test_a_reporter_takes_nothing_back_that_was_reviewed(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    entry = accepted(lake, reviewer, sent(lake, caller, HERE)).entry
    assert entry is not None
    with pytest.raises(UndoRefusedError, match="reviewed"):
        plan_undo(lake, caller, entry.upload_id)
    assert plan_undo(lake, reviewer, entry.upload_id).removed == 1


def test_the_file_that_waits_outlives_a_sweep_and_is_in_a_backup(
    lake: Lake, tmp_path: Path
) -> None:
    caller = reporter(lake, YUNNAN)
    pending = sent(lake, caller, HERE)
    path = lake.root / ORIGINALS / pending.sha256
    os.utime(path, (time.time() - 9_999, time.time() - 9_999))
    sweep(lake)
    assert path.is_file()
    copy = backup(lake, tmp_path / "copy")
    assert (copy.where / ORIGINALS / pending.sha256).is_file()
    review.withdraw(lake, caller, pending)
    sweep(lake)
    assert not path.exists()


def test_what_was_said_of_a_file_is_kept_with_it() -> None:
    said = Choices(
        columns={"表": {0: "kind", 3: ""}}, edits={("表", 4): {"title": "示例"}},
        headers={"表": 2}, splits={("表", 5): "school_code"}, fills={("表", 6): ("kind",)},
        left_out=frozenset({"别表"}), replaces=True,
    )  # fmt: skip
    assert Choices.from_dict(json.loads(json.dumps(said.to_dict()))) == said


# Deciding


def test_only_who_may_review_all_of_it_sees_and_decides(lake: Lake) -> None:
    caller = reporter(lake, NATION)
    pending = sent(lake, caller, HERE, THERE)
    seen, before = review.prepare_again(lake, caller, pending), lake.snapshot()
    for other in (
        person(lake, "示例云南", Role.REVIEWER, YUNNAN), viewer(lake, NATION),
        person(lake, "示例管理", Role.ADMINISTRATOR, NATION), caller,
    ):  # fmt: skip
        assert review.waiting_seen(lake, other) == ()
        assert (review.pending_seen(lake, other, pending.id) is None) == (other is not caller)
        with pytest.raises(NotAllowedError):
            review.accept(lake, other, pending, seen)
        with pytest.raises(NotAllowedError):
            review.send_back(lake, other, pending, "示例")
    assert lake.snapshot() == before
    both = person(lake, "示例两省", Role.REVIEWER, YUNNAN, HUBEI)
    assert accepted(lake, both, pending).committed


def test_nobody_decides_on_their_own(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    pending = sent(lake, caller, HERE)
    now = grant(lake, ROOT, caller.person, Grant(Role.REVIEWER, NATION)).caller
    with pytest.raises(NotAllowedError):
        accepted(lake, now, pending)
    with pytest.raises(NotAllowedError):
        review.send_back(lake, now, pending, "示例")
    assert review.waiting_seen(lake, now) == ()


def test_it_is_compared_with_the_newest_state(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending = sent(lake, caller, HERE)
    seen = review.prepare_again(lake, reviewer, pending)
    assert send(lake, LOCAL, THERE).committed
    with pytest.raises(review.LookAgainError):
        review.accept(lake, reviewer, pending, seen)
    still = pending_of(lake, pending.id)
    assert still is not None
    assert still.state == "waiting"
    assert accepted(lake, reviewer, still).committed


def test_it_is_judged_by_what_its_reporter_may_now(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN, HUBEI)
    reviewer = person(lake, "示例审核", Role.REVIEWER, NATION)
    pending = sent(lake, caller, HERE, THERE)
    seen = review.prepare_again(lake, reviewer, pending)
    revoke(lake, ROOT, caller.person, Role.REPORTER, HUBEI)
    with pytest.raises(review.LookAgainError):
        review.accept(lake, reviewer, pending, seen)
    again = review.prepare_again(lake, reviewer, pending)
    assert [f.row for f in again.report.findings if f.rule == "out_of_scope"] == [3]
    assert not review.accept(lake, reviewer, pending, again).committed
    disable(lake, ROOT, caller.person)
    with pytest.raises(NotAllowedError, match="may report nowhere"):
        review.prepare_again(lake, reviewer, pending)
    assert review.send_back(lake, reviewer, pending, "示例").state == "returned"


def test_it_is_decided_once(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending = sent(lake, caller, HERE)
    assert accepted(lake, reviewer, pending).committed
    assert not accepted(lake, reviewer, pending).committed
    with pytest.raises(LakeChangedError):
        review.send_back(lake, reviewer, pending, "示例")
    with pytest.raises(LakeChangedError):
        review.withdraw(lake, caller, pending)
    assert titles(lake).count("示例新活动") == 1


def test_an_acceptance_that_was_cut_off_leaves_it_waiting(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending = sent(lake, caller, HERE)

    def dies(*_: object) -> None:
        raise OSError("power")

    with monkeypatch.context() as patch:
        patch.setattr(Lake, "record", dies)
        with pytest.raises(LakeError):
            accepted(lake, reviewer, pending)
    (still,) = review.waiting_seen(lake, reviewer)
    assert still.number > pending.number
    assert accepted(lake, reviewer, still).committed


def test_it_is_returned_with_a_note_and_sent_anew(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending = sent(lake, caller, HERE)
    with pytest.raises(LakeError, match="note"):
        review.send_back(lake, reviewer, pending, " ")
    back = review.send_back(lake, reviewer, pending, "请核对日期")
    assert (back.state, back.note, back.reviewed_by) == ("returned", "请核对日期", reviewer.name)
    assert review.own_sent(lake, caller) == (back,)
    assert sent(lake, caller, HERE).id != pending.id


def test_only_its_sender_withdraws(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    pending = sent(lake, caller, HERE)
    with pytest.raises(NotAllowedError):
        review.withdraw(lake, reporter(lake, YUNNAN, name="示例别人"), pending)
    assert review.withdraw(lake, caller, pending).state == "withdrawn"


def test_how_many_wait_is_told_to_who_sees_something_of_them(lake: Lake) -> None:
    caller = reporter(lake, NATION)
    sent(lake, caller, HERE)
    counts = {
        scope: review.waiting_in_scope(lake, viewer(lake, scope, name=f"示例{n}"))
        for n, scope in enumerate((NATION, YUNNAN, HUBEI, Scope(school=A1), Scope(school=B1)))
    }
    assert list(counts.values()) == [1, 1, 0, 1, 0]
    assert waiting.review_on()


def test_findings_are_for_the_sender_and_who_may_review_all_of_the_senders(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN, HUBEI)
    pending = sent(lake, caller, HERE)
    one = person(lake, "示例云南", Role.REVIEWER, YUNNAN)
    both = person(lake, "示例两省", Role.REVIEWER, YUNNAN, HUBEI)
    seen = [review.file_seen(lake, who, pending) for who in (caller, one, both)]
    assert seen == [True, False, True]


def test_what_is_withdrawn_while_it_is_accepted_is_not_written(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending, before = sent(lake, caller, HERE), lake.snapshot()
    write = Lake.commit

    def first_withdrawn(self: Lake, *args: object, **named: object) -> object:
        claimed = pending_of(lake, pending.id)
        assert claimed is not None
        review.withdraw(lake, caller, claimed)
        return write(self, *args, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Lake, "commit", first_withdrawn)
        with pytest.raises(LakeError, match="decided"):
            accepted(lake, reviewer, pending)
    assert lake.snapshot() == before
    assert pendings(lake)[0].state == "withdrawn"
