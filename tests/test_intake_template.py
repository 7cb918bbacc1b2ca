"""The template is a sheet that the intake understands."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.intake_lakes import TODAY, load_real, put_rows
from xianzhong.intake.layout import EXAMPLE_MARK
from xianzhong.intake.load import prepare
from xianzhong.intake.template import build_template
from xianzhong.lake.store import Lake
from xianzhong.model.columns import Table
from xianzhong.model.tables import ACTIVITIES, PAIRINGS, SCHOOLS, TABLES


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    lake = Lake(tmp_path_factory.mktemp("template") / "lake")
    load_real(lake, "pairings", "pairings.csv")
    return lake


def opened(table: Table, lake: Lake) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(build_template(table, lake)))


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_template_has_every_column_and_an_example_that_is_not_loaded(
    table: Table, lake: Lake
) -> None:
    book = opened(table, lake)
    sheet = book.worksheets[0]
    assert sheet.title == table.label.zh
    headers = [cell.value for cell in sheet[1]]
    assert headers == [c.label.zh + ("*" if c.required else "") for c in table.columns]
    assert all(cell.comment for cell in sheet[1])
    prepared = prepare(lake, table, "t.xlsx", build_template(table, lake), today=TODAY)
    assert {f.rule for f in prepared.report.findings} == {"rows_skipped", "no_rows"}


def test_the_example_row_is_plainly_no_record(lake: Lake) -> None:
    for table in TABLES.values():
        row = [cell.value for cell in opened(table, lake).worksheets[0][2]]
        assert any(str(value).startswith(EXAMPLE_MARK) for value in row)
        shown = {column.name: value for column, value in zip(table.columns, row, strict=True)}
        for column in table.columns:
            if column.required and not column.choices and column.name in ("name", "title"):
                assert "示例" in shown[column.name], (table.name, column.name)


def test_dropdowns_offer_the_schools_and_universities_of_the_lake(lake: Lake) -> None:
    book = opened(PAIRINGS, lake)
    lists = book["_选项"]
    assert lists.sheet_state == "hidden"
    columns = {cell.value: cell.column for cell in lists[1] if cell.value}
    offered = [
        r[0].value
        for r in lists.iter_rows(
            min_col=columns["受援县中"], max_col=columns["受援县中"], min_row=2
        )
        if r[0].value
    ]
    assert len(offered) == 21
    assert "延川县中学" in offered
    validated = {
        str(v.sqref).split(":")[0] for v in book.worksheets[0].data_validations.dataValidation
    }
    assert {"A2", "B2"} <= validated


def test_schools_of_one_name_are_offered_with_their_codes_and_read_back(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    put_rows(lake, "universities", [["高校名称"], ["示例大学"]])
    rows = [["学校名称", "县级代码"], ["第一中学", "530326"], ["第一中学", "610622"]]
    put_rows(lake, "schools", rows)
    book = opened(ACTIVITIES, lake)
    values = {cell.value for row in book["_选项"].iter_rows() for cell in row}
    assert {"第一中学（530326-01）", "第一中学（610622-01）"} <= values
    sheet = book.worksheets[0]
    by_header = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    row = {"帮扶高校": "示例大学", "受援县中": "第一中学（610622-01）"}
    row |= {"活动类型": "签约", "活动名称": "示例", "开始日期": "2024-03"}
    for header, value in row.items():
        sheet.cell(3, by_header[header], value)
    prepared = prepare(lake, ACTIVITIES, "t.xlsx", saved(book), today=TODAY)
    assert prepared.report.ok
    assert prepared.report.counts["new"] == 1
    (change,) = [c for c in prepared.changes if c.table == "activities"]
    assert change.puts["school_code"].to_pylist() == ["610622-01"]


def test_a_template_says_which_schema_it_is(lake: Lake) -> None:
    sheet = opened(SCHOOLS, lake)["_xianzhong"]
    assert sheet.sheet_state == "veryHidden"
    facts = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert facts["schema"] == "xianzhong.schools"
    assert facts["version"] == "1"


def test_dates_are_typed_as_text_so_that_no_program_changes_them(lake: Lake) -> None:
    sheet = opened(ACTIVITIES, lake).worksheets[0]
    names = [column.name for column in ACTIVITIES.columns]
    letter = sheet.cell(1, names.index("start") + 1).column_letter
    assert sheet.column_dimensions[letter].number_format == "@"


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    put_rows(lake, "universities", [["高校名称"], ["=1+1大学"]])
    values = [c for row in opened(ACTIVITIES, lake)["_选项"].iter_rows() for c in row]
    (cell,) = [c for c in values if c.value == "=1+1大学"]
    assert cell.data_type == "s"
