"""What a user says of a file is applied, shown, kept at a commit, and applied to its like."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.intake_corpus import GOOD, HEADERS, book, record, row
from tests.intake_lakes import ORDER, TODAY, load_real, put_rows, rules, said
from tests.test_intake_corpus import written
from xianzhong.intake.check import Where
from xianzhong.intake.choices import Choices
from xianzhong.intake.load import Prepared, commit, fill_rows, prepare, rejected_rows, split_rows
from xianzhong.intake.remembered import FOLDER, KEPT, Remembered, remember
from xianzhong.intake.suggest import suggestions
from xianzhong.lake.originals import kept_report
from xianzhong.lake.store import Lake
from xianzhong.model.tables import ACTIVITIES, SCHOOLS

ODD = ("帮扶高校", "受援县中", "活动类型", "干了什么", "开始日期", "结束日期", "来了多少")
NAMED = {"一": {3: "title", 6: "participants"}}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lake = Lake(tmp_path_factory.mktemp("choices") / "lake")
    for table, name in ORDER[:3]:
        load_real(lake, table, name)
    return lake.root


@pytest.fixture
def lake(loaded: Path, tmp_path: Path) -> Lake:
    shutil.copytree(loaded, tmp_path / "lake")
    return Lake(tmp_path / "lake")


def tried(lake: Lake, *rows: object, choices: Choices | None = None, **more: object) -> Prepared:
    content = book({"一": rows})  # type: ignore[dict-item]
    return prepare(
        lake, ACTIVITIES, "示例.xlsx", content, today=TODAY, choices=choices, **more
    )  # type: ignore[arg-type]  # fmt: skip


def test_columns_that_the_user_names_are_read(lake: Lake) -> None:
    refused = tried(lake, ODD, GOOD)
    assert "missing_column" in rules(refused)
    (sheet,) = refused.recognised
    assert (sheet.sheet, sheet.header_row, sheet.rows, sheet.used) == ("一", 1, 1, True)
    assert sheet.columns[2:4] == ((2, "活动类型", "kind"), (3, "干了什么", ""))
    prepared = tried(lake, ODD, GOOD, choices=Choices(columns=NAMED))
    assert prepared.report.findings == ()
    assert written(prepared) == [record()]
    assert prepared.recognised[0].columns[3] == (3, "干了什么", "title")


def test_a_column_can_be_left_aside_or_taken_for_another(lake: Lake) -> None:
    aside = tried(lake, HEADERS, GOOD, choices=Choices(columns={"一": {6: ""}}))
    assert written(aside) == [record(participants=None)]
    assert not aside.report.findings
    other = tried(lake, HEADERS, GOOD, choices=Choices(columns={"一": {6: "people_sent"}}))
    assert written(other) == [record(participants=None, people_sent=9)]
    # A column that is named twice is the one that the user means.
    end = tried(lake, HEADERS, GOOD, choices=Choices(columns={"一": {4: "end"}}))
    assert rules(end) == {"missing_column", "column_ignored"}


def test_headers_that_nobody_recognises_can_be_pointed_out(lake: Lake) -> None:
    rows = [("示例", "事项", "三"), tuple("甲乙丙丁戊己庚"), GOOD]
    refused = tried(lake, *rows)
    assert rules(refused) == {"no_header"}
    assert not refused.recognised[0].used
    columns = {0: "university_code", 1: "school_code", 2: "kind", 3: "title", 4: "start"}
    said_so = Choices(columns={"一": columns}, headers={"一": 2})
    prepared = tried(lake, *rows, choices=said_so)
    assert written(prepared) == [record(end=None, participants=None)]


def test_a_sheet_that_nobody_recognises_is_shown_with_its_rows_and_a_row_of_headers(
    lake: Lake,
) -> None:
    notes = [(f"说明{n}",) for n in range(12)]
    refused = tried(lake, *notes, tuple("甲乙丙丁戊己庚"), GOOD)
    (sheet,) = refused.recognised
    assert not sheet.used
    assert sheet.top[12] == (13, tuple("甲乙丙丁戊己庚"))
    assert sheet.top[13][1][0] == GOOD[0]


def test_a_row_of_headers_that_was_pointed_out_is_found_again_however_far_down(
    lake: Lake,
) -> None:
    notes = [(f"说明{n}",) for n in range(16)]
    columns = {0: "university_code", 1: "school_code", 2: "kind", 3: "title", 4: "start"}
    said_so = Choices(columns={"一": columns}, headers={"一": 17})
    odd = tuple("甲乙丙丁戊己庚")
    assert commit(lake, tried(lake, *notes, odd, GOOD, choices=said_so), who="a").committed
    again = tried(lake, *notes, odd, row(活动名称="示例二"))
    assert [r["title"] for r in written(again)] == ["示例二"]
    assert again.recognised[0].header_row == 17
    # Headers that are known, only too far down: pointing at the row is enough, and kept as well.
    lower = [(f"说明{n}",) for n in range(30)]
    assert commit(
        lake, tried(lake, *lower, HEADERS, row(活动名称="示例三"), choices=Choices(
            headers={"一": 31})), who="a",
    ).committed  # fmt: skip
    last = tried(lake, *lower, HEADERS, row(活动名称="示例四"))
    assert [r["title"] for r in written(last)] == ["示例四"]
    assert "layout_remembered" in rules(last)


def test_another_table_is_named_where_the_headers_fit_it_better(lake: Lake) -> None:
    pairing = (("帮扶高校", "受援县中", "县级代码", "协议日期"),)
    assert (
        tried(lake, *pairing, ("陕西师范大学", "延川县中学", "610622", "2022-01-01")).better
        == "pairings"
    )
    # An activity sheet without dates names a university too, and is no list of universities.
    assert tried(lake, HEADERS[:4], GOOD[:4]).better == ""
    assert tried(lake, HEADERS, GOOD).better == ""


def test_a_doubtful_name_is_settled_once_for_all_its_rows(lake: Lake) -> None:
    wrong = [row(受援县中="延川县中学校", 活动名称=f"示例{n}") for n in "甲乙丙"]
    refused = tried(lake, HEADERS, *wrong, row(活动类型="支教教"))
    first, *_ = suggestions(ACTIVITIES, refused.recognised, refused.report.findings)
    assert (first.column, first.value, len(first.places)) == ("school_code", "延川县中学校", 3)
    assert first.options[0].text == "610622-01"
    mended = tried(lake, HEADERS, *wrong, choices=Choices(edits=first.edits(first.options[0])))
    assert not mended.report.findings
    assert len(written(mended)) == 3


def test_said_columns_are_remembered_for_the_next_sheet_of_the_same_headers(lake: Lake) -> None:
    assert commit(lake, tried(lake, ODD, GOOD, choices=Choices(columns=NAMED)), who="a").committed
    other = (" 帮扶高校*", *ODD[1:])
    prepared = tried(
        lake, ("示例统计表",), other, row(活动名称="示例活动二", 结束日期="", 开始日期="2023-03-07")
    )
    assert {"layout_remembered", "title_rows"} == rules(prepared)
    assert prepared.recognised[0].remembered
    assert written(prepared) == [record(title="示例活动二", start="2023-03-07", end=None)]
    # What the user says now counts more than what somebody said before.
    now = tried(lake, other, GOOD, choices=Choices(columns={"一": {6: ""}}))
    assert written(now) == []
    assert now.report.counts["unchanged"] == 1
    # Other headers, or another table, are another layout.
    assert "layout_remembered" not in rules(tried(lake, (*ODD, "天气"), GOOD))
    assert Remembered(lake.root, SCHOOLS).columns(["帮扶高校"]) is None


def test_nothing_is_remembered_of_a_file_that_was_not_committed(lake: Lake) -> None:
    tried(lake, ODD, GOOD, choices=Choices(columns=NAMED))
    assert not (lake.root / FOLDER).exists()


def test_a_broken_memory_is_passed_over_and_it_stays_small(lake: Lake) -> None:
    remember(lake.root, ACTIVITIES, ["a"], {0: "title"})
    (kept,) = (lake.root / FOLDER).iterdir()
    assert Remembered(lake.root, ACTIVITIES).columns(["a"]) == {0: "title"}
    for broken in (
        "{",
        "[]",
        '{"headers": ["a"], "columns": {"x": 1}}',
        json.dumps({"headers": 1}),
    ):
        kept.write_text(broken, "utf-8")
        assert Remembered(lake.root, ACTIVITIES).columns(["a"]) is None
    for number in range(KEPT + 3):
        remember(lake.root, ACTIVITIES, [str(number)], {0: "title"})
    assert len(list((lake.root / FOLDER).iterdir())) == KEPT
    assert Remembered(lake.root, ACTIVITIES).columns([str(KEPT + 2)]) == {0: "title"}


def test_rejected_rows_are_shown_as_the_file_has_them_and_can_be_mended(lake: Lake) -> None:
    rows = [HEADERS, GOOD, row(活动名称="示例二", 受援县中="延川中学", 参加人数="很多")]
    refused = tried(lake, *rows)
    (shown,) = rejected_rows(refused)
    assert (shown.sheet, shown.row, shown.edited) == ("一", 3, frozenset())
    assert shown.texts["school_code"] == "延川中学"
    assert shown.texts["participants"] == "很多"
    first = Choices(edits={("一", 3): {"school_code": "延川县中学"}})
    half = tried(lake, *rows, choices=first)
    assert said(half) == [(3, "G", "not_a_number")]
    (shown,) = rejected_rows(half)
    assert shown.texts["school_code"] == "延川县中学"
    assert shown.edited == {"school_code"}
    edits = {"school_code": "延川县中学", "participants": "12人", "note": "示例"}
    mended = tried(lake, *rows, choices=Choices(edits={("一", 3): edits}))
    assert written(mended)[1] == record(title="示例二", participants=12, note="示例")


def test_findings_show_the_mended_text_in_the_cell_of_the_file(lake: Lake) -> None:
    edits = Choices(edits={("一", 2): {"participants": "许多", "days_on_site": "三年"}})
    findings = tried(lake, HEADERS, GOOD, choices=edits).report.findings
    assert {(f.column, f.header, f.value) for f in findings} == {
        ("", "驻校天数", "三年"), ("G", "参加人数", "许多"),
    }  # fmt: skip


def test_a_mended_cell_can_be_emptied(lake: Lake) -> None:
    edits = Choices(edits={("一", 2): {"participants": "", "title": " "}})
    prepared = tried(lake, HEADERS, GOOD, choices=edits)
    assert said(prepared) == [(2, "D", "required")]
    assert prepared.report.findings[0].value == " "


def test_a_row_of_several_schools_is_split_and_its_numbers_count_once(lake: Lake) -> None:
    rows = [HEADERS, row(受援县中="延川县中学、华池县第一中学")]
    refused = tried(lake, *rows)
    (finding,) = refused.report.findings
    assert finding.fields["parts"] == ("延川县中学", "华池县第一中学")
    choices = split_rows(refused)
    assert choices.splits == {("一", 2): "school_code"}
    prepared = tried(lake, *rows, choices=choices)
    assert said(prepared) == [(2, "B", "split_row")]
    assert written(prepared) == [record(), record(school_code="621023-01", participants=None)]
    assert commit(lake, prepared, who="a").entry.new == 2  # type: ignore[union-attr]


def test_a_split_row_is_taken_whole_or_not_at_all(lake: Lake) -> None:
    rows = [HEADERS, row(受援县中="延川县中学、完全不同的示例学校")]
    prepared = tried(lake, *rows, choices=split_rows(tried(lake, *rows)))
    assert rules(prepared) == {"split_row", "school_unknown"}
    assert written(prepared) == []
    assert len(rejected_rows(prepared)) == 1


def test_blank_parties_are_filled_from_above_if_the_user_says_so(lake: Lake) -> None:
    second = ("", "", "", "示例活动二", "2023-03-07", "2023-03-10", 9)
    third = ("", "", "签约", "示例活动三", "2023-03-08", "", "")
    rows = [HEADERS, GOOD, second, ("", "小计"), third]
    refused = tried(lake, *rows)
    assert written(refused) == [record()]
    choices = fill_rows(refused)
    parties = ("university_code", "school_code")
    assert choices.fills == {("一", 3): (*parties, "kind"), ("一", 5): parties}
    prepared = tried(lake, *rows, choices=choices)
    assert rules(prepared) == {"filled_above", "rows_skipped"}
    assert written(prepared) == [
        record(), record(title="示例活动二", start="2023-03-07"),
        record(title="示例活动三", kind="signing", start="2023-03-08", end=None,
               participants=None),
    ]  # fmt: skip
    assert commit(lake, prepared, who="a").committed
    kept = json.loads(kept_report(lake, prepared.upload_id))
    assert ["一", 5, list(parties)] in kept["said"]["fills"]


def test_what_was_written_in_a_cell_is_what_the_rows_below_are_filled_with(lake: Lake) -> None:
    rows = [HEADERS, row(受援县中="延川中学"), row(受援县中="", 活动名称="示例活动二")]
    refused = tried(lake, *rows)
    assert {f.fields["above"] for f in refused.report.findings if f.row == 3} == {"延川中学"}
    edits = {("一", 2): {"school_code": "延川县中学"}}
    prepared = tried(lake, *rows, choices=replace(fill_rows(refused), edits=edits))
    assert [one["school_code"] for one in written(prepared)] == ["610622-01"] * 2


def test_choices_hold_when_another_upload_came_first(lake: Lake) -> None:
    prepared = tried(lake, ODD, GOOD, choices=Choices(columns=NAMED))
    put_rows(lake, "activities", [HEADERS, row(参加人数=20)])
    receipt = commit(lake, prepared, who="a")
    assert receipt.committed
    assert receipt.report.counts["updated"] == 1


def test_a_record_of_another_region_is_neither_written_nor_moved(lake: Lake) -> None:
    def ours(where: Where) -> bool:
        return where.county.startswith("61")

    put_rows(lake, "activities", [HEADERS, row(受援县中="华池县第一中学")])
    code = next(iter(lake.rows("activities", lake.snapshot()).to_pylist()))["record_id"]
    moved = tried(lake, (*HEADERS, "活动编号"), (*GOOD, code), allowed=ours)
    assert rules(moved) == {"out_of_scope"}
    assert written(moved) == []
    prepared = tried(lake, HEADERS, row(受援县中="华池县第一中学"), allowed=ours)
    assert rules(prepared) == {"out_of_scope"}
    assert "华池县" in prepared.report.findings[0].message("zh")
    assert not commit(lake, prepared, who="a", accept_partial=True).committed
