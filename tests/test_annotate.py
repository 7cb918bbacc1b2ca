"""The user's own file back: what is marked, what stays, what never gets in."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.intake_lakes import TODAY, csv_bytes, stored
from tests.lakes import ROOT
from tests.small_lake import build
from tests.spread import THOROUGH
from xianzhong.intake import annotate as annotating
from xianzhong.intake import annotate_summary, annotate_workbook
from xianzhong.intake.annotate import annotate, annotate_in_child, annotated_name
from xianzhong.intake.annotate_findings import FILLS, INK
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.findings import Finding
from xianzhong.intake.load import Prepared, commit, prepare
from xianzhong.intake.marks import PROBLEM_HEADER, SUMMARY_SHEET
from xianzhong.intake.report import Report
from xianzhong.intake.values import Row, Sheet
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES

TITLE = "2024年帮扶活动"
HEADERS = ["序号", "帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期", "派出人数", "备注"]
GOOD = [1, "示例大学甲", "示例巧家一中", "到校指导", "听评课", "2024-03-18", 4, ""]
BAD_DAY = [2, "示例大学甲", "示例巧家一中", "到校指导", "讲座", "2024-02-30", 3, ""]
ABOUT = [3, "示例大学甲", "示例巧家一中", "大学生支教", "支教", "2024-04-01", "10余人", ""]
ROWS = [GOOD, BAD_DAY, ABOUT]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def book_of(rows: list[list[Any]], name: str = "活动") -> Any:
    """A workbook as people make them: a merged title, headers, rows from the third one on."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append([TITLE])
    sheet.merge_cells("A1:H1")
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(row)
    return book


def saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def check(lake: Lake, content: bytes, name: str = "活动.xlsx") -> Prepared:
    return prepare(lake, TABLES["activities"], name, content, today=TODAY)


def marked(lake: Lake, content: bytes, name: str = "活动.xlsx", lang: Any = "zh") -> Any:
    """The annotated workbook, opened."""
    made, _ = annotate(content, name, check(lake, content, name).report, lang)
    return openpyxl.load_workbook(io.BytesIO(made))


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[2:] if cell.fill.fill_type else ""


def texts(sheet: Any) -> list[str]:
    return [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


def every_cell(book: Any) -> Iterator[Any]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from row


@pytest.fixture(params=["xlsx", "csv"])
def file(request: pytest.FixtureRequest) -> tuple[bytes, str]:
    if request.param == "xlsx":
        return saved(book_of(ROWS)), "活动.xlsx"
    return csv_bytes([[TITLE], HEADERS, *ROWS]), "活动.csv"


# What is marked


def test_each_bad_cell_is_filled_by_gravity_and_says_why(
    lake: Lake, file: tuple[bytes, str]
) -> None:
    sheet = marked(lake, *file)["活动"]
    assert colour(sheet["F4"]) == FILLS["error"]
    assert "没有这一天" in sheet["F4"].comment.text
    assert sheet["F4"].comment.text.startswith("错误")
    assert colour(sheet["G5"]) == FILLS["warning"]
    assert sheet["G5"].comment.text.startswith("提醒")
    filled = {c.coordinate for row in sheet.iter_rows() for c in row if colour(c)}
    assert filled == {"F4", "I4", "G5", "I5"}
    commented = {c.coordinate for row in sheet.iter_rows() for c in row if c.comment}
    assert commented == {"F4", "G5"}


def test_a_column_right_of_the_data_says_what_each_row_has(
    lake: Lake, file: tuple[bytes, str]
) -> None:
    sheet = marked(lake, *file)["活动"]
    assert sheet["I2"].value == PROBLEM_HEADER.zh
    assert sheet["I3"].value is None
    assert sheet["I4"].value.startswith("【错误】开始日期：")
    assert "没有这一天" in sheet["I4"].value
    assert sheet["I5"].value.startswith("【提醒】派出人数：")


def test_a_row_with_several_faults_has_them_all_in_its_one_cell(lake: Lake) -> None:
    row = [2, "示例大学戊", "示例巧家一中", "到校指导", "讲座", "2024-02-30", "若干", ""]
    sheet = marked(lake, saved(book_of([GOOD, row])))["活动"]
    lines = sheet["I4"].value.splitlines()
    assert [line.split("：")[0] for line in lines] == [
        "【错误】帮扶高校", "【错误】开始日期", "【错误】派出人数"
    ]  # fmt: skip
    assert {colour(sheet[at]) for at in ("B4", "F4", "G4", "I4")} == {FILLS["error"]}


def test_the_summary_counts_and_lists_every_finding(lake: Lake, file: tuple[bytes, str]) -> None:
    report = check(lake, *file).report
    book = marked(lake, *file)
    assert book.sheetnames[0] == SUMMARY_SHEET.zh
    rows = [[c.value for c in row] for row in book.worksheets[0].iter_rows()]
    assert ["错误", len(report.by_severity("error"))] in [row[:2] for row in rows]
    assert ["提醒", len(report.by_severity("warning"))] in [row[:2] for row in rows]
    assert ["错误", "no_such_day", 1] in [row[:3] for row in rows]
    listed = rows[[row[1] for row in rows].index("工作表") + 1 :]
    assert len(listed) == len(report.findings)
    assert ["错误", "活动", 4, "F", "开始日期", "2024-02-30"] in [row[:6] for row in listed]


def test_words_are_english_where_the_user_reads_english(lake: Lake) -> None:
    content = saved(book_of(ROWS))
    report = check(lake, content).report
    made, name = annotate(content, "活动.xlsx", report, "en")
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert name == "活动-problems.xlsx"
    assert book.sheetnames == [SUMMARY_SHEET.en, "活动"]
    assert book["活动"]["I2"].value == PROBLEM_HEADER.en
    assert book["活动"]["F4"].comment.text.startswith("Error: ")


def test_dark_text_on_each_fill_can_be_read() -> None:
    def light(rgb: str) -> float:
        parts = [int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for fill in FILLS.values():
        assert (light(fill) + 0.05) / (light(INK) + 0.05) > 7
    assert len(set(FILLS.values())) == len(FILLS)


def test_comments_end_at_their_limit_and_the_summary_says_so(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotate_workbook, "MAX_COMMENTS", 1)
    book = marked(lake, saved(book_of(ROWS)))
    assert len([c for c in every_cell(book) if c.comment]) == 1
    assert book["活动"]["I5"].value
    assert any("批注太多" in text for text in texts(book.worksheets[0]))


def test_the_list_ends_at_its_limit_and_says_so(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotate_summary, "MAX_LISTED", 1)
    summary = marked(lake, saved(book_of(ROWS))).worksheets[0]
    assert any(text.startswith("只列出前 1 条") for text in texts(summary))
    assert [c.value for c in summary["C"]].count(5) == 0, "row 5 is beyond the limit"


# What stays


def test_widths_formats_merged_titles_and_dropdowns_of_the_user_survive(lake: Lake) -> None:
    book = book_of(ROWS)
    sheet = book["活动"]
    sheet.column_dimensions["E"].width = 41
    sheet.row_dimensions[2].height = 33
    sheet["F3"] = datetime(2024, 3, 18)  # noqa: DTZ001 - cells have no zone
    sheet["F3"].number_format = "yyyy年m月d日"
    sheet["A1"].font = Font(name="SimHei", size=20, color="FF112233")
    sheet.freeze_panes = "A3"
    rule = DataValidation(type="list", formula1='"到校指导,大学生支教"')
    rule.add("D3:D9")
    sheet.add_data_validation(rule)
    book.create_sheet("隐藏").sheet_state = "hidden"
    after = marked(lake, saved(book))
    kept = after["活动"]
    assert kept.column_dimensions["E"].width == 41
    assert kept.row_dimensions[2].height == 33
    assert (kept["F3"].value, kept["F3"].number_format) == (
        datetime(2024, 3, 18),  # noqa: DTZ001
        "yyyy年m月d日",
    )
    assert (kept["A1"].font.name, kept["A1"].font.sz) == ("SimHei", 20)
    assert kept.freeze_panes == "A3"
    assert [str(area) for area in kept.merged_cells.ranges] == ["A1:H1"]
    assert [str(r.sqref) for r in kept.data_validations.dataValidation] == ["D3:D9"]
    assert after["隐藏"].sheet_state == "hidden"
    assert kept.column_dimensions["I"].width > 40


def test_only_the_summary_is_selected_so_that_no_two_sheets_are_edited_as_one(lake: Lake) -> None:
    book = marked(lake, saved(book_of(ROWS)))
    assert [s.sheet_view.tabSelected for s in book.worksheets] == [True, False]


def test_a_comment_of_the_users_own_is_kept_before_ours(lake: Lake) -> None:
    book = book_of(ROWS)
    book["活动"]["F4"].comment = Comment("请张老师核对", "示例")
    made = marked(lake, saved(book))["活动"]["F4"].comment.text
    assert made.startswith("请张老师核对")
    assert "没有这一天" in made


def test_values_come_back_as_they_were(lake: Lake) -> None:
    long = "长" * 40_000
    row = Row(1, ("007", 7, 7.5, True, date(2024, 3, 5), date(1812, 3, 5), 10**17, long, "\x01x"))
    sheet = Sheet("a", (row,), hidden=True)
    made, _ = annotate(b"", "a.csv", Report(), "zh", sheets=[sheet])
    book = openpyxl.load_workbook(io.BytesIO(made))
    values = [cell.value for cell in book["a"][1]]
    assert values[:4] == ["007", 7, 7.5, True]
    assert values[4] == datetime(2024, 3, 5)  # noqa: DTZ001
    assert values[5:7] == ["1812-03-05", str(10**17)]
    assert len(values[7]) == 32_000
    assert values[8] == "x"
    assert any("1 个单元格的文字超过" in text for text in texts(book.worksheets[0]))
    assert book["a"].sheet_state == "hidden"


# Uploaded again


def mend(made: bytes) -> bytes:
    """What the user does: mends the coloured cells and saves."""
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book["活动"]
    sheet["F4"], sheet["G5"] = "2024-02-28", 10
    return saved(book)


def test_the_mended_file_is_taken_and_nothing_is_said_of_what_was_added(
    lake: Lake, file: tuple[bytes, str]
) -> None:
    content, name = file
    before = len(stored(lake, "activities"))
    first = check(lake, content, name)
    made, again = annotate(content, name, first.report, "zh")
    second = check(lake, mend(made), again)
    assert not second.report.by_severity("error")
    assert not second.report.by_severity("warning")
    words = " ".join(f.message("zh") + f.value + f.sheet for f in second.report.findings)
    assert SUMMARY_SHEET.zh not in words
    assert PROBLEM_HEADER.zh not in words
    assert not {f.rule for f in second.report.findings} & {"sheet_ignored", "column_ignored"}
    assert second.report.counts["new"] == 3
    assert commit(lake, second, who="示例").committed
    assert len(stored(lake, "activities")) == before + 3


def test_a_file_marked_twice_has_one_column_one_summary_and_only_todays_marks(lake: Lake) -> None:
    book = book_of(ROWS)
    book["活动"]["F4"].comment = Comment("请张老师核对", "示例")
    content = saved(book)
    made, name = annotate(content, "活动.xlsx", check(lake, content).report, "zh")
    half = openpyxl.load_workbook(io.BytesIO(made))
    half["活动"]["F4"] = "2024-02-28"
    content = saved(half)
    made, again = annotate(content, name, check(lake, content, name).report, "zh")
    after = openpyxl.load_workbook(io.BytesIO(made))
    assert again == name
    assert after.sheetnames == [SUMMARY_SHEET.zh, "活动"]
    sheet = after["活动"]
    assert [c.value for c in sheet[2]] == [*HEADERS, PROBLEM_HEADER.zh]
    assert colour(sheet["F4"]) == ""
    assert sheet["F4"].comment.text == "请张老师核对"
    assert sheet["I4"].value is None
    assert colour(sheet["I4"]) == ""
    assert colour(sheet["G5"]) == FILLS["warning"]
    assert sheet["I5"].value


# What never gets in

FORMULAS = ["=1+1", "=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1",
            "＝1+1", "<script>alert(1)</script>", "<b>粗</b>"]  # fmt: skip


def formulas_in(made: bytes) -> list[str]:
    """Formulas anywhere in the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")]
    return [found for part in parts for found in re.findall(r"<(?:x:)?f[ >][^<]*", part)]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_looks_like_a_formula_or_a_page_stays_text(kind: str, text: str) -> None:
    """In a cell, as the name of a sheet and a header, and in the value that a finding quotes."""
    row = [*GOOD[:7], text]
    if kind == "xlsx":
        book = book_of([])
        for index, value in enumerate(row, start=1):
            cell = book["活动"].cell(3, index)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
        content = saved(book)
    else:
        content = b""
    finding = Finding("活动", 3, "H", text, text, "not_a_link", {})
    numbered = [Row(1, (TITLE,)), Row(2, tuple(HEADERS)), Row(3, tuple(row))]
    made, _ = annotate(
        content, text + ".xlsx", Report((), (finding,)), "zh",
        sheets=[Sheet("活动", tuple(numbered))],
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert formulas_in(made) == []
    assert not [cell for cell in every_cell(book) if cell.data_type == "f"]
    assert book["活动"]["H3"].value == text
    assert book["活动"]["H3"].quotePrefix == (text[0] != "<")
    assert text in texts(book.worksheets[0])


def test_a_formula_is_replaced_by_the_value_that_it_had(lake: Lake) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("活动")
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, BAD_DAY)
        sheet.write_formula(1, 6, "=1+2", None, 3)
        sheet.write_formula(1, 4, '="讲"&"座"', None, "讲座")
        sheet.write_formula(1, 7, '=WEBSERVICE("http://x.example/"&B2)', None, "=1+1")
    content = target.getvalue()
    made, _ = annotate(content, "a.xlsx", check(lake, content, "a.xlsx").report, "zh")
    after = openpyxl.load_workbook(io.BytesIO(made))
    assert formulas_in(made) == []
    row = [cell.value for cell in after["活动"][2]]
    assert (row[4], row[6], row[7]) == ("讲座", 3, "=1+1")


def test_names_rules_links_and_macros_that_reach_out_are_gone() -> None:
    book = book_of([GOOD])
    sheet = book["活动"]
    book.defined_names["bad"] = DefinedName("bad", attr_text="cmd|'/c calc'!A0")
    book.defined_names["good"] = DefinedName("good", attr_text="'活动'!$A$1")
    for formula, area in (("'[other.xlsx]S'!$A$1:$A$3", "D3"), ("=$Z$1:$Z$3", "E3")):
        rule = DataValidation(type="list", formula1=formula)
        rule.add(area)
        sheet.add_data_validation(rule)
    sheet["E3"].hyperlink = "file:///C:/secret"
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"macro")
    rows = (Row(1, (TITLE,)), Row(2, tuple(HEADERS)), Row(3, tuple(GOOD)))
    made, name = annotate(
        content.getvalue(), "a.xlsm", Report(), "zh", sheets=[Sheet("活动", rows)]
    )
    after = openpyxl.load_workbook(io.BytesIO(made))
    assert name == "a-问题.xlsx"
    assert list(after.defined_names) == ["good"]
    assert [str(r.sqref) for r in after["活动"].data_validations.dataValidation] == ["E3"]
    assert after["活动"]["E3"].hyperlink is None
    assert after["活动"].merged_cells.ranges, "it is the user's own workbook, not a new one"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not [n for n in archive.namelist() if "vba" in n.lower() or "external" in n.lower()]
        assert not [n for n in archive.namelist() if b"secret" in archive.read(n)]


@pytest.mark.parametrize(
    ("given", "zh"),
    [
        ("活动.xlsx", "活动-问题.xlsx"),
        ("活动-问题.xlsx", "活动-问题.xlsx"),
        ("活动-problems.xlsx", "活动-问题.xlsx"),
        ("a.b.csv", "a.b-问题.xlsx"),
        ("../../etc/passwd", "passwd-问题.xlsx"),
        ("C:\\a\\b.xls", "b-问题.xlsx"),
        ("a\r\nb\u202e.xlsx", "a_b_-问题.xlsx"),
        ("", "upload-问题.xlsx"),
        ("x" * 300 + ".csv", "x" * 80 + "-问题.xlsx"),
    ],
)
def test_the_name_is_safe_wherever_it_is_saved(given: str, zh: str) -> None:
    assert annotated_name(given, "zh") == zh


@pytest.mark.parametrize("name", ["[a]:*?/\\b", "x" * 200, "History", "''", SUMMARY_SHEET.zh])
def test_sheets_of_any_name_can_be_written(name: str) -> None:
    finding = Finding(name, 1, "A", "a", "a", "not_a_link", {})
    sheets = [Sheet(name, (Row(1, ("a",)),)), Sheet(name.upper(), (Row(1, ("b",)),))]
    made, _ = annotate(b"", "a.csv", Report((), (finding,)), "zh", sheets=sheets)
    book = openpyxl.load_workbook(io.BytesIO(made))
    own = [] if name == SUMMARY_SHEET.zh else sheets
    assert len(book.sheetnames) == 1 + len(own)
    assert all(len(name) <= 31 for name in book.sheetnames)


# Large and hostile ones


def many(count: int) -> list[list[Any]]:
    """Rows of activities, each of its own title; every twentieth has a day that does not exist."""
    return [
        [n, "示例大学甲", "示例巧家一中", "到校指导", f"活动{n}",
         "2024-02-30" if n % 20 == 0 else f"2024-03-{n % 28 + 1:02d}", n % 50 + 1, ""]
        for n in range(1, count + 1)
    ]  # fmt: skip


def test_many_rows_are_marked_each_in_its_place(lake: Lake) -> None:
    count = 10_000 if THOROUGH else 2_000
    content = saved(book_of(many(count)))
    report = check(lake, content).report
    made, _ = annotate(content, "活动.xlsx", report, "zh")
    sheet = openpyxl.load_workbook(io.BytesIO(made), read_only=True)["活动"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == count
    bad = [row[0] for row in rows if row[8] and "【错误】" in row[8]]
    assert bad == [n for n in range(1, count + 1) if n % 20 == 0]


def test_too_many_rows_make_a_new_workbook_which_says_so(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = saved(book_of(many(60)))
    assert not any("新建的工作簿" in t for t in texts(marked(lake, content).worksheets[0]))
    monkeypatch.setattr(annotating, "FULL_ROWS", 50)
    book = marked(lake, content)
    assert any("新建的工作簿" in text for text in texts(book.worksheets[0]))
    sheet = book["活动"]
    assert [c.value for c in sheet[2]] == [*HEADERS, PROBLEM_HEADER.zh]
    assert [c.coordinate for c in sheet["F"] if colour(c)] == ["F22", "F42", "F62"]
    assert sheet["G61"].value == 10


def test_a_workbook_that_openpyxl_does_not_understand_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    sheets = [Sheet("a", (Row(1, ("b",)),))]
    made, _ = annotate(content.getvalue(), "a.xlsx", Report(), "zh", sheets=sheets)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book["a"]["A1"].value == "b"
    assert any("新建的工作簿" in text for text in texts(book.worksheets[0]))


def test_the_process_of_its_own_gives_the_same(lake: Lake) -> None:
    content = saved(book_of(ROWS))
    report = check(lake, content).report
    made, name = annotate_in_child(content, "活动.xlsx", report, "zh")
    book, other = openpyxl.load_workbook(io.BytesIO(made)), marked(lake, content)
    assert name == "活动-问题.xlsx"
    assert [(c.coordinate, c.value, colour(c)) for c in every_cell(book)] == [
        (c.coordinate, c.value, colour(c)) for c in every_cell(other)
    ]


def test_a_question_that_names_candidates_travels_to_the_process(lake: Lake) -> None:
    near = [*GOOD[:2], "示例巧家第一中学校", *GOOD[3:]]
    content = saved(book_of([near]))
    report = check(lake, content).report
    assert any(finding.fields.get("candidates") for finding in report.findings)
    made, _ = annotate_in_child(content, "活动.xlsx", report, "zh")
    assert SUMMARY_SHEET["zh"] in openpyxl.load_workbook(io.BytesIO(made)).sheetnames


def test_what_findings_are_made_of_knows_no_lake() -> None:
    """The process that marks has too little memory for the lake's libraries."""
    code = (
        "import sys\n"
        "import xianzhong.intake.annotate, xianzhong.intake.report, xianzhong.intake.findings\n"
        "assert not {'deltalake', 'duckdb', 'pandas'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_workbook_that_kills_what_opens_it_is_made_anew() -> None:
    """One merged area over the whole sheet: 17 billion cells for openpyxl, two for the reader."""
    book = book_of([GOOD])
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b'"A1:H1"', b'"A1:XFD1048576"')
            new.writestr(name, part)
    sheets = [Sheet("活动", (Row(1, (TITLE,)), Row(2, tuple(HEADERS)), Row(3, tuple(GOOD))))]
    made, _ = annotate_in_child(content.getvalue(), "a.xlsx", Report(), "zh", sheets=sheets)
    after = openpyxl.load_workbook(io.BytesIO(made))
    assert [cell.value for cell in after["活动"][3]][:5] == GOOD[:5]
    assert any("新建的工作簿" in text for text in texts(after.worksheets[0]))


def test_what_is_no_file_at_all_is_refused_in_words() -> None:
    with pytest.raises(IntakeError) as refused:
        annotate_in_child(b"\x00\x01nothing", "a.xlsx", Report(), "zh")
    assert refused.value.message("zh")
