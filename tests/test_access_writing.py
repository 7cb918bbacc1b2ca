"""Nothing is written outside the caller's scope, by no road, and what is refused is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.intake_lakes import csv_bytes
from tests.small_lake import A1, B1, U1, U2, build_full
from tests.some_people import ROOT, person, reporter, viewer
from xianzhong.access.caller import LOCAL, NOBODY, Caller
from xianzhong.access.change import disable, revoke
from xianzhong.access.errors import NotAllowedError
from xianzhong.access.roles import Role
from xianzhong.access.uploads import uploader_of
from xianzhong.access.writing import (
    UndoOutsideError,
    commit,
    plan_undo,
    prepare,
    prepare_waiting,
    template,
    undo,
)
from xianzhong.intake.choices import Choices
from xianzhong.intake.load import Prepared, Receipt
from xianzhong.intake.put_aside import Waiting
from xianzhong.lake.ledger import Entry
from xianzhong.lake.originals import kept_report
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import UndoRefusedError
from xianzhong.model.tables import TABLES
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION, Scope

YUNNAN, HUBEI = Scope("53"), Scope("42")
ACTIVITY = ["活动编号", "帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期"]
PAIRING = ["帮扶高校", "受援县中", "县", "帮扶类型", "省份"]
HERE = ["", "示例大学甲", "示例巧家一中", "签约", "示例新活动", "2024-03-01"]
THERE = ["", "示例大学丙", "示例仙桃一中", "签约", "示例新活动", "2024-03-01"]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build_full(tmp_path)


def prepared(lake: Lake, caller: Caller, table: str, *rows: list[str], **more: object) -> Prepared:
    return prepare(lake, caller, TABLES[table], "示例.csv", csv_bytes(rows), **more)


def written(lake: Lake, caller: Caller, table: str, *rows: list[str], **more: object) -> Entry:
    receipt = commit(lake, caller, prepared(lake, caller, table, *rows, **more))
    assert receipt.entry is not None, receipt.report.findings
    return receipt.entry


def outside(found: Prepared | Receipt) -> list[int]:
    return [f.row for f in found.report.findings if f.rule == "out_of_scope"]


def record(lake: Lake, table: str, key: str) -> dict[str, object]:
    (row,) = lake.rows(table, lake.snapshot(), match=(RECORD_ID, [key])).to_pylist()
    return row


# Files


def test_a_row_outside_keeps_the_whole_file_out_and_the_finding_says_why(lake: Lake) -> None:
    caller, before = reporter(lake, YUNNAN), lake.snapshot()
    found = prepared(lake, caller, "activities", ACTIVITY, HERE, THERE)
    assert outside(found) == [3]
    (finding,) = [f for f in found.report.findings if f.rule == "out_of_scope"]
    assert finding.message("zh") == "示例仙桃一中（仙桃市）不在您的权限范围内。"
    assert "示例仙桃一中" in finding.message("en")
    assert not commit(lake, caller, found).committed
    assert lake.snapshot() == before


def test_the_rows_inside_are_written_where_the_caller_says_so(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    found = prepared(lake, caller, "activities", ACTIVITY, HERE, THERE)
    receipt = commit(lake, caller, found, accept_partial=True)
    assert receipt.entry is not None
    assert (receipt.entry.new, receipt.entry.rejected, receipt.entry.who) == (1, 1, caller.name)
    assert uploader_of(lake, receipt.entry) == caller.person


def test_several_grants_let_a_file_of_both_places_in(lake: Lake) -> None:
    caller = reporter(lake, Scope("429004"), Scope(school=A1))
    assert written(lake, caller, "activities", ACTIVITY, HERE, THERE).new == 2


@pytest.mark.parametrize(
    ("code", "school"), [("a01", "示例仙桃一中"), ("a10", "示例巧家一中")], ids=["away", "in"]
)
def test_no_update_moves_a_record_away_or_in(code: str, school: str, lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    stored = record(lake, "activities", code)
    row = [code, "示例大学甲", school, "签约", "示例新活动", "2024-03-01"]
    found = prepared(lake, caller, "activities", ACTIVITY, row)
    assert outside(found) == [2]
    assert not commit(lake, caller, found, accept_partial=True).committed
    assert record(lake, "activities", code) == stored
    # Who may in both places, may move it.
    both = reporter(lake, YUNNAN, HUBEI, name="示例两省")
    assert written(lake, both, "activities", ACTIVITY, row).updated == 1


@pytest.mark.parametrize(("code", "county"), [(A1, "429004"), (B1, "530622")], ids=["away", "in"])
def test_no_school_is_moved_away_or_in(code: str, county: str, lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    rows = ["学校代码", "学校名称", "县"], [code, "示例改名中学", county]
    found = prepared(lake, caller, "schools", *rows)
    assert outside(found) == [2]
    assert not commit(lake, caller, found, accept_partial=True).committed


def test_a_list_that_is_replaced_takes_nothing_away_outside(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    rows = ["名单代码", "名单名称"], ["530622", "巧家县"]
    found = prepared(lake, caller, "weak_counties", *rows, choices=Choices(replaces=True))
    assert "removes_out_of_scope" in {f.rule for f in found.report.findings}
    assert not commit(lake, caller, found, accept_partial=True).committed


def test_a_universitys_reporter_writes_what_names_it_at_its_schools(lake: Lake) -> None:
    caller = reporter(lake, Scope(university=U1))
    found = prepared(
        lake, caller, "activities", ACTIVITY, HERE,
        ["", "示例大学乙", "示例巧家一中", "签约", "示例新活动", "2024-03-02"],
        ["", "示例大学甲", "示例泸西一中", "签约", "示例新活动", "2024-03-03"],
    )  # fmt: skip
    assert outside(found) == [3, 4]
    name = ["高校名称", "主管部门"]
    assert written(lake, caller, "universities", name, ["示例大学甲", "示例部门"]).updated == 1
    for row in (["示例大学乙", "示例部门"], ["示例大学戊", "示例部门"]):
        assert outside(prepared(lake, caller, "universities", name, row)) == [2]
    pair = ["示例大学甲", "示例仙桃一中", "仙桃市", "地方高校托管", "湖北省"]
    assert outside(prepared(lake, caller, "pairings", PAIRING, pair)) == [2]


def test_a_pairing_registers_a_school_and_university_where_the_caller_may(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    here = ["示例新大学", "示例新建中学", "巧家县", "地方高校托管", "云南省"]
    there = ["示例新大学", "示例新建中学", "建始县", "地方高校托管", "湖北省"]
    assert outside(prepared(lake, caller, "pairings", PAIRING, there)) == [2]
    entry = written(lake, caller, "pairings", PAIRING, here)
    assert undo(lake, caller, entry.upload_id).undoes == entry.upload_id
    again = lake.entries()[-1]
    assert undo(lake, caller, again.upload_id).undoes == again.upload_id
    assert "示例新大学" in lake.rows("universities", lake.snapshot())["name"].to_pylist()


def test_an_alert_is_put_aside_where_the_caller_may(lake: Lake) -> None:
    caller = reporter(lake, HUBEI)
    alerts = [Waiting("silent_90", school, "", today(), "示例理由") for school in (A1, B1)]
    assert outside(prepare_waiting(lake, caller, alerts)) == [2]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_no_other_role_writes_files(role: Role, lake: Lake) -> None:
    found = prepared(lake, LOCAL, "activities", ACTIVITY, HERE)
    for caller in (person(lake, "示例甲", role, NATION), NOBODY):
        with pytest.raises(NotAllowedError):
            prepared(lake, caller, "activities", ACTIVITY, HERE)
        with pytest.raises(NotAllowedError):
            commit(lake, caller, found)
        with pytest.raises(NotAllowedError):
            template(lake, caller, TABLES["activities"])


def test_what_somebody_else_prepared_is_checked_for_who_commits_it(lake: Lake) -> None:
    found = prepared(lake, LOCAL, "activities", ACTIVITY, HERE)
    assert not outside(found)
    receipt = commit(lake, reporter(lake, HUBEI), found)
    assert not receipt.committed
    assert outside(receipt) == [2]
    assert commit(lake, LOCAL, found, who="示例").committed
    assert lake.entries()[-1].who == "示例"


def test_grants_count_as_they_are_when_it_is_written(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN, HUBEI)
    found = prepared(lake, caller, "activities", ACTIVITY, HERE)
    revoke(lake, ROOT, caller.person, Role.REPORTER, YUNNAN)
    receipt = commit(lake, caller, found)
    assert (receipt.committed, outside(receipt)) == (False, [2])
    disable(lake, ROOT, caller.person)
    with pytest.raises(NotAllowedError):
        commit(lake, caller, found)


def test_a_school_that_moved_in_the_meantime_is_judged_where_it_is_now(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    found = prepared(lake, caller, "activities", ACTIVITY, HERE)
    written(lake, LOCAL, "schools", ["学校代码", "学校名称", "县"], [A1, "示例巧家一中", "429004"])
    receipt = commit(lake, caller, found)
    assert (receipt.committed, outside(receipt)) == (False, [2])


def test_the_scope_is_kept_with_the_report_but_without_sign_in_nothing_is(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    entry = written(lake, caller, "activities", ACTIVITY, HERE)
    by = json.loads(kept_report(lake, entry.upload_id))["by"]
    assert by["person"] == caller.person
    assert by["scopes"] == [{"division": "53", "university": "", "school": ""}]
    entry = written(lake, LOCAL, "activities", ACTIVITY, THERE)
    assert "by" not in json.loads(kept_report(lake, entry.upload_id))
    assert uploader_of(lake, entry) == ""


# Undo


def test_an_undo_is_refused_where_a_record_lies_outside(lake: Lake) -> None:
    entry = written(lake, LOCAL, "activities", ACTIVITY, HERE, THERE)
    before = lake.snapshot()
    for caller in (reporter(lake, YUNNAN), reporter(lake, HUBEI, name="示例湖北")):
        for way in (plan_undo, undo):
            with pytest.raises(UndoOutsideError) as refused:
                way(lake, caller, entry.upload_id)
            assert len(refused.value.outside) == 1
            assert "不在您的权限范围内" in refused.value.said.zh
    assert lake.snapshot() == before
    both = reporter(lake, YUNNAN, HUBEI, name="示例两省")
    done = undo(lake, both, entry.upload_id)
    assert (done.who, uploader_of(lake, done)) == (both.name, both.person)


def test_who_reviews_may_take_back_and_who_only_looks_may_not(lake: Lake) -> None:
    entry = written(lake, reporter(lake, YUNNAN), "activities", ACTIVITY, HERE)
    with pytest.raises(NotAllowedError):
        undo(lake, viewer(lake, NATION), entry.upload_id)
    with pytest.raises(UndoOutsideError):
        undo(lake, person(lake, "示例审核甲", Role.REVIEWER, HUBEI), entry.upload_id)
    reviewer = person(lake, "示例审核乙", Role.REVIEWER, YUNNAN)
    assert plan_undo(lake, reviewer, entry.upload_id).removed == 1
    assert undo(lake, reviewer, entry.upload_id).undoes == entry.upload_id


def test_an_undo_that_would_move_a_record_back_outside_is_refused(lake: Lake) -> None:
    row = ["a10", "示例大学丙", "示例巧家一中", "工作会商", "示例活动10", "2023-09-01"]
    entry = written(lake, LOCAL, "activities", ACTIVITY, row)
    with pytest.raises(UndoOutsideError):
        undo(lake, reporter(lake, YUNNAN), entry.upload_id)


def test_an_undo_that_cannot_be_is_refused_as_ever(lake: Lake) -> None:
    with pytest.raises(UndoRefusedError, match="no upload"):
        plan_undo(lake, reporter(lake, YUNNAN), "nothing")


# Templates


def test_a_template_offers_the_schools_of_the_caller_and_every_university(lake: Lake) -> None:
    def offered(caller: Caller) -> set[str]:
        content = template(lake, caller, TABLES["pairings"])
        book = openpyxl.load_workbook(io.BytesIO(content))
        return {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value}

    universities = {"示例大学甲", "示例大学丁"}
    all_words = offered(LOCAL)
    assert {"示例仙桃一中", "示例巧家一中", *universities} <= all_words
    words = offered(reporter(lake, YUNNAN))
    assert {"示例巧家一中", *universities} <= words
    assert not words & {"示例仙桃一中", "示例石河子一中"}
    words = offered(reporter(lake, Scope(university=U2), name="示例高校"))
    assert {"示例泸西一中"} <= words
    assert not words & {"示例仙桃一中", "示例巧家二中"}
