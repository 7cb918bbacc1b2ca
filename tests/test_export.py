"""Exports: safe in a spreadsheet, readable by people, and accepted again by the intake."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_lake import (
    A1,
    DATA_DAY,
    SCHOOLS,
    U1,
    activity,
    build,
    engine_over,
    names,
    put,
    view,
)
from xianzhong.brief.readable import (
    kind_labels,
    partial_date,
    partial_dates,
    readable_records,
    readable_schools,
)
from xianzhong.export.files import to_csv, to_xlsx
from xianzhong.intake.load import Prepared, prepare
from xianzhong.lake.store import Lake
from xianzhong.model.formulas import FORMULA_STARTS, neutral, unmarked
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.tables import ACTIVITIES, TABLES
from xianzhong.query import tables
from xianzhong.query.engine import Engine
from xianzhong.query.sentence import sentence

HEADING = ["县中帮扶监测 · 帮扶活动", '=HYPERLINK("http://example.org")', "数据截至 2024-06-20"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM"]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return build(tmp_path_factory.mktemp("export"))


@pytest.fixture(scope="module")
def engine(lake: Lake) -> Engine:
    return engine_over(lake)


def records(engine: Engine, lang: Lang = "zh", **params: str) -> pd.DataFrame:
    frame = tables.records(engine, view(engine, **params), limit=100)
    return readable_records(frame, names(engine), lang)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


# Safe in a spreadsheet


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_like_a_formula_is_never_one(text: str) -> None:
    table = pd.DataFrame({text: [text, "x"]})
    for row in rows_of(to_csv(table, [text, "x"])):
        assert row[0] in (f"'{text}", "x")
    sheet = sheet_of(to_xlsx(table, [text, "x"], sheet="示例"))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}


@given(st.text(max_size=20))
def test_what_is_neutralised_is_only_marked_and_never_changed(text: str) -> None:
    marked = neutral(text)
    assert marked in (text, f"'{text}")
    assert (marked == text) == (not text.startswith(FORMULA_STARTS))
    assert not str(marked).startswith(FORMULA_STARTS)
    assert unmarked(str(marked)) == text or text.startswith("'")


@pytest.mark.parametrize("value", [-1, -0.5, None, True, date(2024, 1, 1)])
def test_a_number_is_no_formula(value: object) -> None:
    assert neutral(value) is value


def test_no_cell_of_a_workbook_holds_a_formula_or_a_link(engine: Engine) -> None:
    table = records(engine)
    table["x"] = "=1+1"
    table["y"] = "http://example.org"
    sheet = sheet_of(to_xlsx(table, HEADING, sheet="示例"))
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n"), cell.coordinate
            assert cell.hyperlink is None, cell.coordinate


# CSV


def test_a_csv_opens_in_a_spreadsheet_with_its_chinese_and_its_heading_lines(
    engine: Engine,
) -> None:
    content = to_csv(records(engine), HEADING)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    rows = rows_of(content)
    assert [row[0] for row in rows[:3]] == [HEADING[0], f"'{HEADING[1]}", HEADING[2]]
    assert rows[3] == list(records(engine).columns)
    assert len(rows) == 4 + 15
    assert b"\r\n" in content


def test_empty_cells_stay_empty_and_numbers_stay_numbers(engine: Engine) -> None:
    rows = rows_of(to_csv(records(engine), []))
    by_code = {row[rows[0].index("活动编号")]: dict(zip(rows[0], row, strict=True)) for row in rows}
    assert (by_code["a01"]["派出人数"], by_code["a01"]["参加人数"]) == ("3", "")
    assert by_code["a13"]["派出人数"] == "0"
    assert by_code["a04"]["课时"] == "6.5"
    assert not {"nan", "NaN", "None", "<NA>", "NaT"} & {cell for row in rows for cell in row}


def test_line_breaks_and_quotes_in_a_text_come_back_as_they_were() -> None:
    text = '他说"好"\n第二行,逗号'
    assert rows_of(to_csv(pd.DataFrame({"备注": [text]}), []))[1] == [text]


# XLSX


def test_a_workbook_keeps_headers_in_sight_and_types_as_they_are(engine: Engine) -> None:
    table = records(engine)
    sheet = sheet_of(to_xlsx(table, HEADING, sheet="帮扶活动"))
    assert sheet.title == "帮扶活动"
    assert sheet.freeze_panes == "A5"
    assert [cell.value for cell in sheet[4]] == list(table.columns)
    assert [sheet.cell(n, 1).value for n in (1, 2, 3)] == HEADING
    assert sheet.max_row == 4 + len(table)
    assert sheet.auto_filter.ref.startswith("A4:")
    column = {cell.value: cell.column for cell in sheet[4]}
    code, sent = column["活动编号"], column["派出人数"]
    found = {sheet.cell(n, code).value: sheet.cell(n, sent) for n in range(5, sheet.max_row + 1)}
    assert (found["a01"].value, found["a01"].data_type) == (3, "n")
    assert found["a13"].value == 0
    assert found["a03"].value in (None, "")
    starts = {sheet.cell(n, column["开始日期"]).value for n in range(5, sheet.max_row + 1)}
    assert {"2023-07", "2024-03-05"} <= starts


def test_a_code_of_digits_keeps_its_leading_zero_as_text() -> None:
    sheet = sheet_of(to_xlsx(pd.DataFrame({"代码": ["00123"]}), [], sheet="x"))
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("00123", "s")


@pytest.mark.parametrize("table", [pd.DataFrame({"甲": []}), pd.DataFrame({"甲": ["x"]})])
def test_even_an_empty_table_is_a_whole_file(table: pd.DataFrame) -> None:
    assert len(rows_of(to_csv(table, HEADING))) == 4 + len(table)
    assert sheet_of(to_xlsx(table, HEADING, sheet="很长的工作表名称" * 8)).max_row == 4 + len(table)


# Readable


def test_a_date_is_written_as_far_as_it_is_known() -> None:
    day = date(2022, 7, 18)
    assert partial_date(day, "day") == "2022-07-18"
    assert partial_date(day, "month") == "2022-07"
    assert partial_date(None, None) == partial_date(pd.NaT, "month") == ""
    days = pd.Series([day, None, day])
    assert partial_dates(days, pd.Series(["month", None, "day"])) == ["2022-07", "", "2022-07-18"]
    assert partial_dates(pd.Series([], dtype=object), pd.Series([], dtype=object)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_records_have_the_headers_of_the_sheet_and_names_beside_codes(
    engine: Engine, lang: Lang
) -> None:
    table = records(engine, lang)
    labels = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    not_shown = {"date_precision"}
    assert {label for name, label in labels.items() if name not in not_shown} <= set(table.columns)
    assert len(set(table.columns)) == len(table.columns)
    row = table[table[labels["activity_code"]] == "a04"].iloc[0].tolist()
    kind = KIND_BY_CODE["guidance"].label[lang]
    for shown in ("示例大学甲", U1, "示例巧家一中", A1, kind, "530622", "巧家县", "2024-03-05"):
        assert shown in row
    assert ("云南省" if lang == "zh" else "Yunnan") in row


@pytest.mark.parametrize("lang", LANGS)
def test_schools_are_listed_with_names_beside_codes(engine: Engine, lang: Lang) -> None:
    table = readable_schools(tables.schools(engine, view(engine)), names(engine), lang)
    assert len(table) == len(SCHOOLS)
    assert len(set(table.columns)) == len(table.columns)
    row = table[table.iloc[:, 1] == A1].iloc[0].tolist()
    joined = "示例大学甲、示例大学乙" if lang == "zh" else "示例大学甲, 示例大学乙"
    assert joined in row
    assert "2026-02-28" in row
    last = dict(zip(table.iloc[:, 1], table.iloc[:, 4], strict=True))
    assert (last[A1], last["422822-01"]) == ("2024-04-20", "2022-07")


def test_every_kind_has_its_label_in_both_languages() -> None:
    for lang in LANGS:
        assert kind_labels(lang) == {code: kind.label[lang] for code, kind in KIND_BY_CODE.items()}


# The way back


def loaded_again(lake: Lake, content: bytes, name: str) -> Prepared:
    return prepare(lake, TABLES["activities"], name, content, today=DATA_DAY)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_is_uploaded_again_changes_nothing(
    engine: Engine, lake: Lake, kind: str, lang: Lang
) -> None:
    heading = ["县中帮扶监测", sentence(view(engine).filters, names(engine), lang), "数据截至"]
    table = records(engine, lang)
    content = to_csv(table, heading) if kind == "csv" else to_xlsx(table, heading, sheet="活动")
    prepared = loaded_again(lake, content, f"export.{kind}")
    assert [f.to_dict("en") for f in prepared.report.by_severity("error")] == []
    assert prepared.report.counts == {"new": 0, "updated": 0, "unchanged": 15, "rejected": 0}
    assert prepared.nothing_to_do


def test_a_correction_in_an_exported_file_updates_that_record_alone(
    engine: Engine, lake: Lake
) -> None:
    table = records(engine)
    table.loc[table["活动编号"] == "a04", "派出人数"] = 5
    prepared = loaded_again(lake, to_xlsx(table, HEADING, sheet="活动"), "corrected.xlsx")
    assert prepared.report.counts == {"new": 0, "updated": 1, "unchanged": 14, "rejected": 0}
    (change,) = [c for d in prepared.report.differences for c in d.changes]
    assert (change.column, change.old, change.new) == ("people_sent", 4, 5)


def test_texts_like_formulas_survive_the_way_through_a_workbook(tmp_path: Path) -> None:
    lake = build(tmp_path)
    row = activity(("f", U1, A1, "lab", "2024-05-01", "", 1, None, None, None))
    put(lake, "activities", [row | {"title": "=1+1", "note": "-备注", "place": "@校"}])
    content = to_xlsx(records(engine_over(lake)), HEADING, sheet="活动")
    assert loaded_again(lake, content, "export.xlsx").report.counts["unchanged"] == 16


def test_a_table_in_pieces_is_the_same_file_as_the_whole_one() -> None:
    whole = pd.DataFrame({"甲": ["=1", "b", "c", None], "乙": [1, 2, 3, 4]})
    pieces = [whole.iloc[:3], whole.iloc[3:]]
    assert to_csv(iter(pieces), ["题"]) == to_csv(whole, ["题"])
    books = [
        list(openpyxl.load_workbook(io.BytesIO(to_xlsx(given, ["题"], sheet="表"))).active.values)
        for given in (whole, iter(pieces))
    ]
    assert books[0] == books[1]
    assert len(books[0]) == 6
