"""Headers are found and matched; what is no data is passed over and said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_cases import HEADERS
from xianzhong.intake.findings import Finding
from xianzhong.intake.headers import fold, match_headers
from xianzhong.intake.layout import EXAMPLE_MARK, Layout
from xianzhong.intake.layout import lay_out as lay_out_all
from xianzhong.intake.values import Row, Sheet, letter
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, SCHOOLS, TABLES, WEAK_COUNTIES

REQUIRED = ("帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期")
ROW = ("示例大学", "示例县第一中学", "签约", "示例活动", "2024-03-05")


def sheet(*rows: tuple[object, ...], name: str = "Sheet1") -> Sheet:
    return Sheet(name, tuple(Row(n, tuple(r)) for n, r in enumerate(rows, start=1) if any(r)))


def lay_out(*arguments: Any) -> tuple[list[Layout], list[Finding]]:
    laid = lay_out_all(*arguments)
    return laid.layouts, laid.findings


def said(layouts: list[Layout], findings: list[object]) -> list[str]:
    return [f.rule for f in findings] + [f.rule for x in layouts for f in x.findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("header", "column"), HEADERS)
def test_a_header_is_matched_however_it_is_written(header: str, column: str) -> None:
    assert match_headers(ACTIVITIES, (header,)).bound == {column: (0,)}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_declared_label_names_its_own_column(table: object) -> None:
    for column in table.columns:  # type: ignore[attr-defined]
        for header in (column.label.zh, column.name):
            match = match_headers(table, (header,))  # type: ignore[arg-type]
            assert match.bound == {column.name: (0,)}, header


@given(st.permutations(list(enumerate(ACTIVITIES.columns))))
def test_the_order_of_columns_does_not_matter(columns: list[tuple[int, object]]) -> None:
    match = match_headers(ACTIVITIES, [c.label.zh for _, c in columns])  # type: ignore[attr-defined]
    assert {n: columns[i[0]][1].name for n, i in match.bound.items()} == {  # type: ignore[attr-defined]
        c.name: c.name for c in ACTIVITIES.columns
    }


@given(st.text(max_size=30))
def test_folding_a_header_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_exact_label_beats_a_synonym_wherever_it_stands() -> None:
    match = match_headers(ACTIVITIES, ("人数", "参加人数"))
    assert match.bound == {"participants": (1,)}
    assert match.twice == {0: "participants"}


def test_code_and_name_of_a_school_are_both_kept() -> None:
    match = match_headers(PAIRINGS, ("学校代码", "受援县中", "县级代码", "县"))
    assert set(match.bound["school_code"]) == {0, 1}
    assert match.bound["county_code"] == (2,)
    assert match.bound["county"] == (3,)
    schools = match_headers(SCHOOLS, ("县(市、区)", "区划代码"))
    assert set(schools.bound["county_code"]) == {0, 1}


def test_the_columns_of_the_list_of_poverty_counties_are_known() -> None:
    match = match_headers(WEAK_COUNTIES, ("code", "county", "province", "prefecture"))
    assert match.bound == {
        "listed_code": (0,), "listed_name": (1,), "province": (2,), "prefecture": (3,),
    }  # fmt: skip


def test_title_lines_above_the_headers_are_passed_over_and_said() -> None:
    layouts, findings = lay_out(
        ACTIVITIES, [sheet(("2024年帮扶活动统计表",), ("单位:示例大学",), REQUIRED, ROW)]
    )
    assert layouts[0].header.number == 3
    assert [row.number for row in layouts[0].rows] == [4]
    assert said(layouts, findings) == ["title_rows"]


def test_totals_blank_rows_repeated_headers_and_footers_are_not_data() -> None:
    numbered = ("序号", *REQUIRED, "参加人数")
    rows = (
        numbered,
        (1, *ROW, 5),
        ("小计", None, None, None, None, None, 5),
        (2, None, None, None, None, None, None),
        numbered,
        (3, *ROW, 7),
        (None, "合 计", None, None, None, None, 12),
        ("填表人:示例",),
        ("注:以上为示例",),
    )
    layouts, findings = lay_out(ACTIVITIES, [sheet(*rows)])
    assert [row.number for row in layouts[0].rows] == [2, 6]
    assert set(said(layouts, findings)) == {"rows_skipped"}
    skipped = {f.fields["what"].zh: f.fields["rows"] for f in layouts[0].findings}
    assert skipped == {
        "合计、小计行": "3, 7", "没有内容的行": "4", "重复的表头": "5", "表尾说明": "8, 9",
    }  # fmt: skip


def test_a_school_called_like_a_footer_word_stays_data() -> None:
    layouts, _ = lay_out(ACTIVITIES, [sheet(REQUIRED, ("说明大学", *ROW[1:]))])
    assert len(layouts[0].rows) == 1


def test_the_templates_example_row_is_passed_over() -> None:
    headers = (*REQUIRED, "备注")
    layouts, _ = lay_out(ACTIVITIES, [sheet(headers, (*ROW, f"{EXAMPLE_MARK},可删除"), (*ROW, ""))])
    assert [row.number for row in layouts[0].rows] == [3]


def test_a_missing_column_is_an_error_that_names_the_accepted_headers() -> None:
    layouts, _ = lay_out(ACTIVITIES, [sheet(REQUIRED[:4], ROW[:4])])
    (finding,) = layouts[0].findings
    assert (finding.rule, finding.severity, finding.header) == (
        "missing_column",
        "error",
        "开始日期",
    )
    assert "活动时间" in finding.hint("zh")
    assert "Start" in finding.hint("en")


def test_unknown_columns_are_said_and_serial_numbers_are_not() -> None:
    layouts, findings = lay_out(ACTIVITIES, [sheet((*REQUIRED, "天气", "序号"), (*ROW, "晴", "1"))])
    (finding,) = layouts[0].findings
    assert not findings
    assert (finding.rule, finding.column, finding.header) == ("column_ignored", "F", "天气")


def test_all_sheets_with_the_headers_are_read_and_others_named() -> None:
    sheets = [
        sheet(("随便写写",), name="封面"),
        sheet(REQUIRED, ROW, name="上半年"),
        sheet(REQUIRED, ROW, ROW, name="下半年"),
    ]
    layouts, findings = lay_out(ACTIVITIES, sheets)
    assert [(x.name, len(x.rows)) for x in layouts] == [("上半年", 1), ("下半年", 2)]
    assert [f.fields["name"] for f in findings] == ["封面"]


def test_a_sheet_of_another_kind_is_refused() -> None:
    _, findings = lay_out(ACTIVITIES, [sheet(("a", "b"), (1, 2))])
    assert [f.rule for f in findings] == ["no_header"]


def test_headers_without_rows_are_refused() -> None:
    _, findings = lay_out(ACTIVITIES, [sheet(REQUIRED)])
    assert [f.rule for f in findings] == ["no_rows"]


def test_headers_far_down_are_found_where_theirs_is_the_fullest_row() -> None:
    rows = [(f"第{n}行",) for n in range(12)]
    laid, findings = lay_out(ACTIVITIES, [sheet(*rows, REQUIRED, ROW)])
    assert [layout.header.number for layout in laid] == [13]
    assert not findings
    lower = [(f"第{n}行",) for n in range(45)]
    _, findings = lay_out(ACTIVITIES, [sheet(*lower, REQUIRED, ROW)])
    assert [f.rule for f in findings] == ["no_header"]


def test_column_letters_count_as_spreadsheets_do() -> None:
    assert [letter(i) for i in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
