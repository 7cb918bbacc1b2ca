"""The whole road: files in, one commit or none, nothing doubled, nothing lost."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.intake_lakes import (
    ORDER,
    PROGRAMME,
    TODAY,
    csv_bytes,
    load_real,
    programme_rows,
    put_rows,
    rules,
    said,
    stored,
    try_rows,
    workbook,
)
from xianzhong.intake.choices import Choices
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.keys import code_for, natural_key
from xianzhong.intake.load import READER_VERSION, commit, prepare
from xianzhong.intake.values import PartialDate
from xianzhong.lake.kind import mark_demo
from xianzhong.lake.originals import kept_report, original
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import undo
from xianzhong.model.tables import ACTIVITIES, TABLES

HEADERS = [
    "帮扶高校",
    "受援县中",
    "活动类型",
    "活动名称",
    "开始日期",
    "结束日期",
    "参加人数",
    "备注",
]
GOOD = [
    "陕西师范大学",
    "延川县中学",
    "大学生支教",
    "示例实习",
    "2023-03-06",
    "2023-03-10",
    "9人",
    "示例",
]
PAIR_HEADERS = ["帮扶高校", "受援县中", "省份", "县(市、区)", "县级代码", "帮扶类型"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("real") / "lake"
    lake = Lake(root)
    for table, name in ORDER:
        receipt = load_real(lake, table, name)
        assert receipt.committed, said(receipt)
    return root


@pytest.fixture
def lake(loaded: Path, tmp_path: Path) -> Lake:
    shutil.copytree(loaded, tmp_path / "lake")
    return Lake(tmp_path / "lake")


@pytest.fixture
def empty(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "empty")


def one(**changes: str) -> list[list[str]]:
    """A sheet of one good row with some cells changed."""
    return [HEADERS, [changes.get(h, v) for h, v in zip(HEADERS, GOOD, strict=True)]]


# The real programme


def test_the_programmes_own_files_load_without_errors(loaded: Path) -> None:
    lake = Lake(loaded)
    counts = {e.table: (e.new, e.updated, e.unchanged, e.rejected) for e in lake.entries()}
    assert counts == {
        "universities": (15, 0, 0, 0), "schools": (21, 0, 0, 0), "pairings": (21, 0, 0, 0),
        "activities": (22, 0, 0, 0), "weak_counties": (832, 0, 0, 0),
    }  # fmt: skip
    assert lake.snapshot().number == 5


def test_loading_the_programme_again_changes_nothing_and_leaves_no_entry(lake: Lake) -> None:
    for table, name in ORDER:
        receipt = load_real(lake, table, name)
        assert not receipt.committed
        assert receipt.report.ok
        assert receipt.report.counts["unchanged"] == len(programme_rows(name)) - 1
        assert "already_loaded" in rules(receipt)
    assert lake.snapshot().number == 5


def test_dates_known_to_the_month_stay_months(loaded: Path) -> None:
    rows = programme_rows("activities.csv")
    start = rows[0].index("开始日期")
    expected = Counter(row[start] for row in rows[1:])
    found = Counter(
        str(PartialDate(row["start"], row["start_precision"]))  # type: ignore[arg-type]
        for row in stored(Lake(loaded), "activities").values()
    )
    assert found == expected
    assert sum(1 for value in expected if len(value) == 7) == 7


def test_every_fact_keeps_its_source(loaded: Path) -> None:
    for table in ("pairings", "activities", "schools", "universities"):
        assert all(row["source"] for row in stored(Lake(loaded), table).values()), table


def test_a_pairing_sheet_alone_registers_its_universities_and_schools(empty: Lake) -> None:
    receipt = load_real(empty, "pairings", "pairings.csv")
    found = Counter(f.rule for f in receipt.report.findings)
    assert found == {"school_registered": 21, "university_registered": 15}
    assert len(empty.entries()) == 1
    schools = stored(empty, "schools")
    assert set(schools) == {row[0] for row in programme_rows("schools.csv")[1:]}
    assert all(row["source"] and row["county_code"] for row in schools.values())
    assert len(stored(empty, "universities")) == 15
    assert load_real(empty, "activities", "activities.csv").report.counts["new"] == 22


def test_undoing_a_pairing_sheet_takes_back_what_it_registered(empty: Lake) -> None:
    receipt = load_real(empty, "pairings", "pairings.csv")
    assert receipt.entry is not None
    undo(empty, receipt.entry.upload_id, who="test")
    assert not stored(empty, "schools")
    assert not stored(empty, "universities")
    assert load_real(empty, "pairings", "pairings.csv").report.counts["new"] == 21


def test_the_poverty_counties_are_followed_to_today_and_nothing_is_dropped(loaded: Path) -> None:
    lake = Lake(loaded)
    rows = stored(lake, "weak_counties").values()
    assert len(rows) == 832
    assert all(row["county_code"] for row in rows)
    by_name = {row["listed_name"]: row for row in rows}
    assert by_name["冷湖行委"]["listed_code"] == "630104"
    assert by_name["冷湖行委"]["county_code"] == "632803"
    unchanged = sum(1 for row in rows if row["county_code"] == row["listed_code"])
    receipt = load_real(lake, "weak_counties", "former_poverty_counties.csv")
    reported = [f for f in receipt.report.findings if f.row]
    assert len(reported) == 45
    assert unchanged >= 787
    wrong = next(f for f in reported if f.value == "冷湖行委")
    assert (wrong.rule, wrong.severity) == ("listed_code_of_other", "warning")


def test_a_listed_county_that_no_one_knows_is_kept_and_reported(empty: Lake) -> None:
    rows = [
        ["代码", "县名", "省份"],
        ["999999", "示例县", "云南省"],
        ["530326", "会泽县", "云南省"],
    ]
    receipt = put_rows(empty, "weak_counties", rows)
    assert said(receipt) == [(2, "B", "listed_unresolved")]
    codes = {r["listed_name"]: r["county_code"] for r in stored(empty, "weak_counties").values()}
    assert codes == {"示例县": None, "会泽县": "530326"}


def test_the_original_and_the_report_are_kept(lake: Lake) -> None:
    entry = lake.entries()[3]
    assert original(lake, entry.sha256) == (PROGRAMME / "activities.csv").read_bytes()
    report = json.loads((lake.root / "reports" / f"{entry.upload_id}.json").read_text("utf-8"))
    assert report["zh"]["counts"]["new"] == 22
    assert entry.reader == READER_VERSION


# Messy sheets


def test_a_messy_workbook_says_the_same_as_the_clean_file(lake: Lake) -> None:
    rows = programme_rows("activities.csv")
    names = rows[0]
    new = {"开始日期": "活动时间", "受援县中": "受援\n学校（全称）", "派出人数": " 派出人次(人) "}
    headers = ["序号", *(new.get(name, name) for name in reversed(names))]
    messy: list[list[object]] = [["部属高校县中托管帮扶活动统计表"], [], headers]
    for number, row in enumerate(rows[1:], start=1):
        cells: list[object] = list(reversed(row))
        at = len(names) - 1 - names.index("开始日期")
        cells[at] = str(cells[at]).replace("-", "/")
        messy.append([number, *(f" {c} " if c and i != at else c for i, c in enumerate(cells))])
    messy.append(["合计", *[None] * len(names)])
    prepared = prepare(lake, ACTIVITIES, "x.xlsx", workbook(一=messy), today=TODAY)
    assert prepared.report.counts == {"new": 0, "updated": 0, "unchanged": 22, "rejected": 0}
    assert rules(prepared) == {"title_rows", "rows_skipped"}
    assert prepared.nothing_to_do


def test_gb18030_and_utf16_say_the_same(lake: Lake) -> None:
    rows = programme_rows("pairings.csv")
    for encoding in ("gb18030", "utf-16"):
        prepared = prepare(lake, TABLES["pairings"], "p.csv", csv_bytes(rows, encoding))
        assert prepared.report.counts["unchanged"] == 21, encoding


def test_all_errors_come_at_once_with_their_cells(lake: Lake) -> None:
    rows = [HEADERS, GOOD,
            ["", "延川县中学校", "骨干教师到校指到", "", "2023-13-01", "2023-03-01", "很多", ""],
            ["北京大学", "延川县中学", "签约", "示例", "2023-05-02", "2023-05-01", "-1", ""],
            ]  # fmt: skip
    prepared = try_rows(lake, "activities", rows)
    errors = {(f.row, f.column, f.rule) for f in prepared.report.by_severity("error")}
    assert errors == {
        (3, "A", "required_above"), (3, "B", "school_near"), (3, "C", "choice_near"),
        (3, "D", "required"), (3, "E", "no_such_day"), (3, "G", "not_a_number"),
        (4, "F", "end_before_start"), (4, "G", "too_small"),
    }  # fmt: skip
    assert prepared.report.counts == {"new": 1, "updated": 0, "unchanged": 0, "rejected": 2}
    finding = next(f for f in prepared.report.findings if f.rule == "school_near")
    assert finding.to_dict("zh") == {
        "sheet": "表", "row": 3, "column": "B", "header": "受援县中", "value": "延川县中学校",
        "rule": "school_near", "severity": "error",
        "message": "没有登记过这所学校，是不是“延川县中学”？",
        "hint": "若确是另一所，请先在对应的登记表中登记它。",
    }  # fmt: skip
    assert "did you mean" in finding.message("en")


def test_a_file_with_an_error_changes_nothing(lake: Lake) -> None:
    rows = [*one(), ["", *GOOD[1:]]]
    receipt = commit(lake, try_rows(lake, "activities", rows), who="test")
    assert not receipt.committed
    assert len(stored(lake, "activities")) == 22
    assert lake.snapshot().number == 5


def test_good_rows_of_a_file_with_errors_are_taken_where_the_caller_says_so(lake: Lake) -> None:
    prepared = try_rows(lake, "activities", [*one(), ["", *GOOD[1:]]])
    receipt = commit(lake, prepared, who="test", accept_partial=True)
    assert receipt.entry is not None
    assert (receipt.entry.new, receipt.entry.rejected) == (1, 1)
    assert len(stored(lake, "activities")) == 23


def test_preparing_writes_nothing(lake: Lake) -> None:
    before = sorted(p for p in lake.root.rglob("*") if p.is_file())
    assert not try_rows(lake, "activities", one()).nothing_to_do
    assert sorted(p for p in lake.root.rglob("*") if p.is_file()) == before


# Identity and updates


def test_a_changed_value_is_an_update_with_old_and_new(lake: Lake) -> None:
    put_rows(lake, "activities", one())
    prepared = try_rows(lake, "activities", one(参加人数="12", 活动类型="支教"))
    (difference,) = prepared.report.differences
    (change,) = difference.changes
    assert difference.outcome == "updated"
    assert (change.column, change.old, change.new) == ("participants", 9, 12)
    receipt = commit(lake, prepared, who="test")
    row = stored(lake, "activities")[difference.record_id]
    assert row["participants"] == 12
    # First reported by one upload, last changed by another.
    assert row["upload_id"] != row["commit_id"] == receipt.entry.upload_id  # type: ignore[union-attr]


def test_an_empty_cell_or_a_missing_column_keeps_the_stored_value(lake: Lake) -> None:
    put_rows(lake, "activities", one())
    prepared = try_rows(lake, "activities", one(参加人数="", 结束日期="—"))
    assert prepared.report.counts["unchanged"] == 1
    kept = [f for f in prepared.report.findings if f.rule == "empty_keeps"]
    assert {f.header for f in kept} == {"参加人数", "结束日期"}
    shorter = [row[:5] for row in one()]
    assert try_rows(lake, "activities", shorter).report.counts["unchanged"] == 1
    assert "empty_keeps" not in rules(try_rows(lake, "activities", shorter))


def test_a_value_is_erased_by_the_word_for_it(lake: Lake) -> None:
    put_rows(lake, "activities", one())
    put_rows(lake, "activities", one(参加人数="(清空)", 结束日期="(清空)"))
    row = next(r for r in stored(lake, "activities").values() if r["title"] == "示例实习")
    assert (row["participants"], row["end"], row["end_precision"]) == (None, None, None)
    assert row["note"] == "示例"
    refused = try_rows(lake, "activities", one(活动名称="(清空)"))
    assert rules(refused) == {"required"}


def test_a_row_with_its_code_may_change_what_identified_it(lake: Lake) -> None:
    put_rows(lake, "activities", one())
    code = next(k for k, r in stored(lake, "activities").items() if r["title"] == "示例实习")
    rows = [["活动编号", *HEADERS], [code, *one(活动名称="示例实习二期", 开始日期="2023-03-07")[1]]]
    assert put_rows(lake, "activities", rows).report.counts["updated"] == 1
    assert len(stored(lake, "activities")) == 23
    # The record is found by its new natural key as well, although its code was made from the old.
    again = try_rows(lake, "activities", one(活动名称="示例实习二期", 开始日期="2023-03-07"))
    assert again.report.counts["unchanged"] == 1
    assert again.report.differences[0].record_id == code


def test_another_code_for_a_known_record_is_said_and_not_taken(lake: Lake) -> None:
    put_rows(lake, "activities", one())
    rows = [["活动编号", *HEADERS], ["SNNU-2023-01", *GOOD]]
    prepared = try_rows(lake, "activities", rows)
    assert prepared.report.counts["unchanged"] == 1
    assert said(prepared) == [(2, "A", "code_kept")]


def test_a_code_of_its_own_makes_a_later_sheet_an_update(lake: Lake) -> None:
    put_rows(lake, "activities", [["活动编号", *HEADERS], ["SNNU-2023-01", *GOOD]])
    assert "SNNU-2023-01" in stored(lake, "activities")
    rows = [["活动编号", *HEADERS], ["SNNU-2023-01", *one(活动名称="示例改名")[1]]]
    assert put_rows(lake, "activities", rows).report.counts["updated"] == 1


def test_row_numbers_are_not_taken_for_codes(lake: Lake) -> None:
    rows = [["编号", *HEADERS], ["1", *GOOD]]
    receipt = put_rows(lake, "activities", rows)
    assert said(receipt) == [(2, "A", "code_not_ours")]
    assert "1" not in stored(lake, "activities")
    assert put_rows(lake, "activities", one()).report.counts["unchanged"] == 1


def test_a_code_cannot_take_over_another_records_place(lake: Lake) -> None:
    put_rows(lake, "activities", [*one(), one(活动名称="示例二")[1]])
    code = next(k for k, r in stored(lake, "activities").items() if r["title"] == "示例实习")
    rows = [["活动编号", *HEADERS], [code, *one(活动名称="示例二")[1]]]
    assert said(try_rows(lake, "activities", rows)) == [(2, "A", "key_taken")]


def test_repeated_rows_count_once_and_contradicting_ones_are_refused(lake: Lake) -> None:
    rows = [*one(), GOOD, one(活动名称=" 示例、实习 ")[1], one(参加人数="10")[1]]
    prepared = try_rows(lake, "activities", rows)
    assert [d.outcome for d in prepared.report.differences] == [
        "new", "duplicate", "rejected", "rejected",
    ]  # fmt: skip
    assert rules(prepared) == {"duplicate_row", "duplicate_conflict"}
    assert sum(prepared.report.counts.values()) == 4


def test_a_record_gets_the_same_code_on_every_machine() -> None:
    values = {
        "school_code": "610622-01", "university_code": "10718", "kind": "camp",
        "start": PartialDate(date(2024, 3, 1), "month"), "title": "示例 活动",
    }  # fmt: skip
    key = natural_key(ACTIVITIES, values)
    assert key == ("610622-01", "10718", "camp", "2024-03", "示例活动")
    # Another value here would double every record that was loaded without a code.
    assert code_for(ACTIVITIES, key) == "AQNCYKMZQWVJ2"
    day = natural_key(ACTIVITIES, values | {"start": PartialDate(date(2024, 3, 1))})
    assert day != key


def test_a_university_registered_by_a_pairing_keeps_its_code(empty: Lake) -> None:
    load_real(empty, "pairings", "pairings.csv")
    receipt = load_real(empty, "universities", "universities.csv")
    assert receipt.report.counts == {"new": 0, "updated": 15, "unchanged": 0, "rejected": 0}
    assert rules(receipt) == {"code_kept"}
    assert len(stored(empty, "universities")) == 15
    assert not load_real(empty, "universities", "universities.csv").committed


def test_another_upload_in_between_is_compared_with(lake: Lake) -> None:
    prepared = try_rows(lake, "activities", one())
    put_rows(lake, "activities", one(参加人数="20"))
    receipt = commit(lake, prepared, who="test")
    assert receipt.committed
    assert receipt.report.counts == {"new": 0, "updated": 1, "unchanged": 0, "rejected": 0}
    assert len(stored(lake, "activities")) == 23


# Checks


def test_an_activity_without_a_pairing_is_taken_with_a_warning(lake: Lake) -> None:
    receipt = put_rows(lake, "activities", one(帮扶高校="北京大学"))
    (finding,) = receipt.report.findings
    assert (finding.rule, finding.severity) == ("not_paired", "warning")
    assert finding.fields["school"] == "延川县中学"


def test_an_activity_long_before_its_pairing_is_taken_with_a_warning(lake: Lake) -> None:
    assert rules(try_rows(lake, "activities", one(开始日期="2021-12", 结束日期=""))) == {
        "before_pairing"
    }
    assert not rules(try_rows(lake, "activities", one(开始日期="2022-07", 结束日期="")))


def test_an_activity_in_the_future_is_refused(lake: Lake) -> None:
    assert rules(try_rows(lake, "activities", one(开始日期="2026-01-02", 结束日期=""))) == {
        "in_future"
    }
    assert not rules(try_rows(lake, "activities", one(开始日期="2026-01", 结束日期="2026-07")))


def test_a_month_may_end_in_the_month_in_which_a_day_began(lake: Lake) -> None:
    assert not rules(try_rows(lake, "activities", one(结束日期="2023-03")))


def test_a_range_in_one_cell_fills_start_and_end(lake: Lake) -> None:
    put_rows(lake, "activities", one(开始日期="2023年3月6日-10日", 结束日期=""))
    row = next(r for r in stored(lake, "activities").values() if r["title"] == "示例实习")
    assert (row["start"], row["end"]) == (date(2023, 3, 6), date(2023, 3, 10))
    refused = try_rows(lake, "activities", one(结束日期="2023年3月6日-10日"))
    assert "date_range" in rules(refused)


def test_the_precision_column_makes_days_months(lake: Lake) -> None:
    rows = [[*HEADERS, "日期精度"], [*one(开始日期="2023-03-01", 结束日期="2023-04-15")[1], "月"]]
    receipt = put_rows(lake, "activities", rows)
    assert said(receipt) == [(2, "F", "precision_conflict")]
    row = next(r for r in stored(lake, "activities").values() if r["title"] == "示例实习")
    assert (row["start_precision"], row["end_precision"]) == ("month", "month")
    assert row["end"] == date(2023, 4, 1)


def test_a_brand_fee_raises_an_alert(lake: Lake) -> None:
    rows = [["受援县中", "年度", "投入类别", "承诺金额", "落实金额"],
            ["延川县中学", "2023年", "品牌费", "0", "5"],
            ["延川县中学", "2023", "工作经费", "10万元", "12"],
            ["延川县中学", "2023", "管理费", "10", ""]]  # fmt: skip
    receipt = put_rows(lake, "support", rows)
    assert said(receipt) == [(2, "C", "brand_fee"), (3, "E", "delivered_above_promised")]
    assert {r["year"] for r in stored(lake, "support").values()} == {2023}


def test_difficulties_and_practices_load_too(lake: Lake) -> None:
    rows = [["学校", "问题", "状态", "提出日期", "解决日期"],
            ["延川县中学", "示例问题", "已办结", "2023-03", "2023-05-06"]]  # fmt: skip
    assert put_rows(lake, "difficulties", rows).report.counts["new"] == 1
    assert next(iter(stored(lake, "difficulties"))).startswith("D")
    rows = [["学校", "经验做法", "推广范围"], ["延川县中学", "示例经验", "省级"]]
    put_rows(lake, "practices", rows)
    (practice,) = stored(lake, "practices").values()
    assert practice["spread"] == "province"
    assert str(practice["record_id"]).startswith("P")
    late = [["学校", "问题", "状态", "提出日期", "解决日期"],
            ["延川县中学", "示例问题二", "已办结", "2023-03", "2023-02-06"]]  # fmt: skip
    assert rules(try_rows(lake, "difficulties", late)) == {"end_before_start"}


def test_real_and_generated_records_are_never_mixed(empty: Lake) -> None:
    mark_demo(empty.root, {"seed": 1})
    with pytest.raises(IntakeError) as caught:
        load_real(empty, "universities", "universities.csv")
    assert caught.value.rule == "demo_lake"


def test_ten_thousand_rows_are_all_taken_and_found_again(lake: Lake) -> None:
    rows: list[list[object]] = [HEADERS]
    rows += [[*GOOD[:3], f"示例{n}", f"2023-{n % 12 + 1:02d}-{n % 28 + 1:02d}", "", n % 50, ""]
             for n in range(10_000)]  # fmt: skip
    assert put_rows(lake, "activities", rows).report.counts["new"] == 10_000
    again = try_rows(lake, "activities", rows)
    assert again.report.counts["unchanged"] == 10_000
    assert again.nothing_to_do


def test_the_progress_of_a_long_sheet_is_told_in_order(lake: Lake) -> None:
    rows = [HEADERS, *([*GOOD[:3], f"示例{n}", *GOOD[4:]] for n in range(1_600))]
    told: list[float] = []
    prepare(lake, ACTIVITIES, "表.csv", csv_bytes(rows), today=TODAY, progress=told.append)
    assert told == sorted(told)
    assert len(told) == 3
    assert told[-1] <= 1.0


def test_what_was_mended_beyond_the_file_is_kept_with_the_report(lake: Lake) -> None:
    content = csv_bytes([HEADERS, [*GOOD[:4], "某天", *GOOD[5:]]])
    choices = Choices(edits={("表", 2): {"start": "2023-03-06"}})
    prepared = prepare(lake, ACTIVITIES, "表.csv", content, today=TODAY, choices=choices)
    receipt = commit(lake, prepared, who="test")
    assert receipt.entry is not None
    report = json.loads(kept_report(lake, receipt.entry.upload_id))
    assert report["said"]["edits"] == [["表", 2, {"start": "2023-03-06"}]]
