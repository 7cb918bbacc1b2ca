"""Files become sheets; hostile and broken ones are refused in words."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_lakes import workbook
from xianzhong.intake import limits, read_archive, read_xlsx
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read import read_file
from xianzhong.intake.values import Row

TEXT = "帮扶高校,受援县中\n示例大学,示例县第一中学\n"


def repacked(content: bytes, members: dict[str, bytes]) -> bytes:
    """The workbook with members replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        kept = {item.filename: old.read(item) for item in old.infolist()}
        for name, data in (kept | members).items():
            new.writestr(name, data)
    return target.getvalue()


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(IntakeError) as caught:
        read_file(content, name)
    assert caught.value.message("zh")
    assert caught.value.message("en") == str(caught.value)
    return caught.value.rule


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", ";").encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_a_csv_is_read_in_every_encoding_and_with_every_delimiter(content: bytes) -> None:
    (sheet,) = read_file(content, "一月.csv")
    assert sheet.name == "一月"
    assert sheet.rows == (
        Row(1, ("帮扶高校", "受援县中")),
        Row(2, ("示例大学", "示例县第一中学")),
    )


def test_quoted_delimiters_and_line_breaks_stay_in_their_cells() -> None:
    (sheet,) = read_file(b'a,b\n"x, y","1\n2"\n\nlast,', "a.csv")
    assert sheet.rows[1:] == (Row(2, ("x, y", "1\n2")), Row(4, ("last",)))


def test_a_semicolon_in_a_text_is_not_taken_for_the_delimiter() -> None:
    (sheet,) = read_file(b"a,b,c\n1,2;2;2;2,3\n", "a.csv")
    assert len(sheet.rows[0].values) == 3


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (b"", "a.csv", "file_empty"),
        (b"\n \n", "a.csv", "file_empty"),
        (b"\x00" * 20, "a.csv", "file_empty"),
        (b"a,b\x00c\n", "a.csv", "file_binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "a.csv", "file_is_other"),
        (b"a,b\n\xff\xff\xff\n", "a.csv", "file_encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "a.xls", "file_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "a.xlsx", "file_broken"),
        (b"PK\x03\x04" + b"x" * 100, "a.xlsx", "file_broken"),
        (b"a\x00b", "a.xlsx", "file_broken"),
        (b"%PDF-1.7\n", "a.xlsx", "file_is_other"),
        (TEXT.encode(), "a.pdf", "file_kind"),
        (TEXT.encode(), "noending", "file_kind"),
        (b"a," + b"x" * (limits.MAX_FIELD + 1), "a.csv", "file_csv"),
        ((",".join("x" * (limits.MAX_COLUMNS + 1))).encode(), "a.csv", "sheet_too_wide"),
        (b"x\n" * (limits.MAX_ROWS + 1), "a.csv", "sheet_too_long"),
        (b"x" * (limits.MAX_FILE + 1), "a.csv", "file_too_big"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_in_words(content: bytes, name: str, rule: str) -> None:
    assert refusal(content, name) == rule


def test_every_sheet_of_a_workbook_is_read_with_its_row_numbers() -> None:
    content = workbook(一=[["a", 1], [None, None], ["b", 2.5]], 二=[[True, "x "]])
    one, two = read_file(content, "x.xlsx")
    assert (one.name, two.name) == ("一", "二")
    assert one.rows == (Row(1, ("a", 1)), Row(3, ("b", 2.5)))
    assert two.rows == (Row(1, (True, "x ")),)


def test_a_date_cell_that_shows_a_month_stays_a_month() -> None:
    book = openpyxl.Workbook()
    for row, shown in enumerate(("yyyy-mm-dd", "yyyy-mm", 'yyyy"年"m"月"', "mmm-yy"), start=1):
        cell = book.active.cell(row, 1, datetime(2024, 3, 1))  # noqa: DTZ001
        cell.number_format = shown
    target = io.BytesIO()
    book.save(target)
    (sheet,) = read_file(target.getvalue(), "x.xlsx")
    day = datetime(2024, 3, 1)  # noqa: DTZ001
    assert [row.values[0] for row in sheet.rows] == [day, "2024-03", "2024-03", "2024-03"]


def test_a_formula_gives_its_stored_value_and_never_runs() -> None:
    (sheet,) = read_file(workbook(s=[["a"], ["=1+1"]]), "x.xlsx")
    # Nothing was stored, because no spreadsheet program has computed it.
    assert sheet.rows == (Row(1, ("a",)),)
    assert sheet.formulas == {(2, 0)}


def far_cell() -> bytes:
    """Two cells in opposite corners: 1.4 KB that kill readers which make a full grid."""
    xml = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        b'2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        b'<c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )
    return _with_sheet(xml)


def _with_sheet(xml: bytes) -> bytes:
    return repacked(workbook(s=[["a"]]), {"xl/worksheets/sheet1.xml": xml})


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def test_a_cell_in_the_farthest_corner_is_refused_and_not_lost() -> None:
    assert refusal(far_cell(), "far.xlsx") == "sheet_too_long"


def test_a_row_far_below_is_refused_and_not_lost() -> None:
    xml = (
        HEAD
        + b'<sheetData><row r="999999"><c r="A999999"><v>2</v></c></row></sheetData></worksheet>'
    )
    assert refusal(_with_sheet(xml), "far.xlsx") == "sheet_too_long"


def test_a_row_number_beyond_any_sheet_does_not_hang() -> None:
    xml = HEAD + b'<sheetData><row r="99999999999"><c><v>2</v></c></row></sheetData></worksheet>'
    assert refusal(_with_sheet(xml), "far.xlsx") == "sheet_too_long"


def test_entities_that_multiply_are_refused() -> None:
    xml = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD
        + b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
        b"</worksheet>"
    )  # fmt: skip
    assert refusal(_with_sheet(xml), "laughs.xlsx") == "file_broken"


def test_a_workbook_that_unpacks_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_archive, "MAX_UNPACKED", 10_000)
    monkeypatch.setattr(read_xlsx, "parse", lambda *_a, **_k: pytest.fail("opened"))
    content = _with_sheet(HEAD + b" " * 50_000 + b"</worksheet>")
    assert refusal(content, "bomb.xlsx") == "file_unpacks"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "a\\b"])
def test_unsafe_names_in_the_archive_are_refused(name: str) -> None:
    content = repacked(workbook(s=[["a"]]), {name: b"x"})
    assert refusal(content, "x.xlsx") == "file_members"


def test_too_many_members_are_refused() -> None:
    extra = {f"x{n}": b"" for n in range(limits.MAX_MEMBERS)}
    assert refusal(repacked(workbook(s=[["a"]]), extra), "x.xlsx") == "file_members"


def test_a_quotation_mark_without_a_partner_is_named_with_its_row() -> None:
    content = b'a,b\n1,2\n3,"' + b"x\n" * limits.MAX_FIELD
    with pytest.raises(IntakeError) as refused:
        read_file(content, "a.csv")
    assert refused.value.fields["row"] == 3
    assert "field" not in refused.value.message("zh")


def test_another_kind_of_archive_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(target.getvalue(), "x.xlsx") == "file_is_other"
    assert refusal(target.getvalue(), "x.docx") == "file_kind"


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.tsv", "a.txt", "a.xlsx", "a.xlsm"]))
def test_no_bytes_escape_a_reading_or_a_refusal(content: bytes, name: str) -> None:
    try:
        sheets = read_file(content, name)
    except IntakeError:
        return
    assert all(row.values for sheet in sheets for row in sheet.rows)


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(place: int, damage: bytes) -> None:
    content = bytearray(GOOD)
    place %= len(content)
    content[place : place + len(damage)] = damage
    with contextlib.suppress(IntakeError):
        read_file(bytes(content), "x.xlsx")


GOOD = workbook(s=[["a", 1], ["b", 2]])
