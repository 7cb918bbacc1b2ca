"""Each format of spreadsheet is read as what it is, whatever its name says."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_files import (
    SHEET,
    biff,
    ods,
    repacked,
    with_rows,
    with_sheet,
    xls,
    xlsb,
    xlsb_cell,
    xlsb_row,
    zipped,
)
from tests.intake_lakes import workbook
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read import ENDINGS, read_file, read_with_notes
from xianzhong.intake.read_formats import built_in, from_serial, shape
from xianzhong.intake.read_xls import OLE
from xianzhong.intake.values import Row, Sheet

TEXT = "帮扶高校,受援县中\r\n示例大学,示例县第一中学\r\n"
DAY = datetime(2024, 3, 5)  # noqa: DTZ001


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def notes(content: bytes, name: str) -> list[str]:
    return [note.rule for note in read_with_notes(content, name).notes]


def only(content: bytes, name: str = "x.xlsx") -> Sheet:
    (sheet,) = read_file(content, name)
    return sheet


def cells(*values: str) -> str:
    """A first row of cells, as XML."""
    return f'<row r="1">{"".join(values)}</row>'


# --- XLSX -------------------------------------------------------------------------------------


def varied() -> openpyxl.Workbook:
    """A workbook with a value of each kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["帮扶高校", "a & b <c>", " 空格 ", "两\n行", "𠮷野", "'=1"])
    sheet.append([1, 2.5, -3, 1e300, True, False, None, 0])
    sheet.append([DAY, datetime(1900, 1, 15), datetime(1999, 12, 31, 23, 59, 59)])  # noqa: DTZ001
    return book


def test_a_workbook_gives_the_values_that_openpyxl_reads_from_it() -> None:
    content = saved(varied())
    theirs = openpyxl.load_workbook(io.BytesIO(content)).active
    expected = [
        tuple(value for value in row)
        for row in theirs.iter_rows(values_only=True)
    ]  # fmt: skip
    for ours, row in zip(only(content).rows, expected, strict=True):
        assert [(v, type(v)) for v in ours.values] == [
            (v, type(v)) for v in row[: len(ours.values)]
        ]
        assert not any(v is not None for v in row[len(ours.values) :])


VALUES = st.one_of(
    st.integers(-(10**14), 10**14),
    st.booleans(),
    st.floats(-1e300, 1e300),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9),
)
ROWS = st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=5)


@given(ROWS)
def test_what_xlsxwriter_writes_is_what_is_read(rows: list[list[object]]) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("s")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                write = {bool: sheet.write_boolean, str: sheet.write_string}
                write.get(type(value), sheet.write_number)(number, column, value)
    read = [list(row.values) for row in only(target.getvalue()).rows]
    # A number has 16 digits in the file.
    expected = [
        [pytest.approx(v, rel=1e-15) if isinstance(v, float) else v for v in row] for row in rows
    ]
    assert read == expected


def test_hidden_sheets_hidden_rows_merged_areas_and_formulas_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A3"], sheet["C3"] = "标题", "值", "=SUM(A1:A2)"
    sheet.merge_cells("A1:D2")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("隐").sheet_state = "hidden"
    book.create_sheet("深").sheet_state = "veryHidden"
    first, *others = read_file(saved(book), "x.xlsx")
    assert first.rows == (Row(1, ("标题",)), Row(3, ("值",)))
    assert (first.hidden, [s.hidden for s in others]) == (False, [True, True])
    assert first.hidden_rows == {3}
    assert first.merged == ((1, 0, 2, 3),)
    assert first.formulas == {(3, 2)}


def test_a_formula_that_a_program_has_computed_gives_its_value() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="a"&"b"', None, "ab")
        sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
    sheet = only(target.getvalue())
    assert sheet.rows == (Row(1, (2, "ab", "#DIV/0!")),)
    assert sheet.formulas == {(1, 0), (1, 1), (1, 2)}


def test_error_cells_come_out_as_their_texts() -> None:
    errors = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
    row = cells(*(f'<c t="e"><v>{error}</v></c>' for error in errors))
    assert only(with_rows(row)).rows == (Row(1, errors),)


def test_inline_rich_and_escaped_texts_are_whole_and_reading_aids_are_left_out() -> None:
    rich = "<is><r><t>示例</t></r><r><t>大学</t></r><rPh><t>shili</t></rPh></is>"
    row = cells(
        f'<c t="inlineStr">{rich}</c>',
        '<c t="inlineStr"><is><t>一_x000D_\n二_x005F_</t></is></c>',
        '<c t="inlineStr"><is><t>a<![CDATA[<b>]]>c</t></is></c>',
        '<c t="str"><v>算出</v></c>',
    )
    assert only(with_rows(row)).rows == (Row(1, ("示例大学", "一\r\n二_", "a<b>c", "算出")),)


def test_a_sheet_with_prefixed_names_and_without_references_is_read() -> None:
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/><x:c><x:v>3</x:v></x:c></x:row>'
        "<x:row><x:c><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )  # fmt: skip
    assert only(with_sheet(xml)).rows == (Row(1, (1, None, 3)), Row(2, (4,)))


def test_rows_and_cells_out_of_order_are_put_in_order() -> None:
    rows = '<row r="5"><c r="C5"><v>3</v></c><c r="A5"><v>1</v></c></row><row r="2"><c><v>9</v></c></row>'  # noqa: E501
    assert only(with_rows(rows)).rows == (Row(2, (9,)), Row(5, (1, None, 3)))


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    book = varied()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A3"] = DAY
    sheet = only(saved(book))
    assert sheet.rows[2].values[0] == DAY


def test_iso_dates_times_and_spans_are_read() -> None:
    book = openpyxl.Workbook()
    book.iso_dates = True
    book.active.append([DAY])
    assert only(saved(book)).rows[0].values == (DAY,)
    book = openpyxl.Workbook()
    book.active.append([time(8, 30), timedelta(hours=30)])
    assert only(saved(book)).rows[0].values == ("08:30:00", "1 day, 6:00:00")


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("General", ""), ("0.00", ""), ("@", ""), ('0"年"', ""), ("#,##0;[Red]-#,##0", ""),
        ("0.00E+00", ""), ("G/通用格式", ""), ("yyyy-mm-dd", "date"), ("m/d", "date"),
        ('yyyy"年"m"月"d"日"', "date"), ("[$-804]yyyy\\年m\\月d\\日;@", "date"),
        ('yyyy"年"m"月"', "month"), ("mmm-yy", "month"), ("yyyy/m;@", "month"),
        ("h:mm:ss", "time"), ("上午/下午h:mm", "time"), ("[h]:mm", "span"), ("aaaa", "date"),
        ("yyyy-mm-dd hh:mm", "date"), ('[DBNum1]yyyy"年"m"月"', "month"),
    ],
)  # fmt: skip
def test_a_number_format_tells_what_is_shown(code: str, meant: str) -> None:
    assert shape(code) == meant


def test_the_chinese_formats_that_have_only_a_number_are_known() -> None:
    # ECMA-376 part 1, 18.8.30, zh-cn: 27 yyyy"年"m"月", 31 yyyy"年"m"月"d"日", 32 h"时"mm"分".
    assert [built_in(n) for n in ("27", "31", "32", "57", "58", "0", "14")] == [
        "month", "date", "time", "month", "date", "", "date",
    ]  # fmt: skip


@given(st.integers(1, 2_958_465))
def test_a_serial_number_is_the_day_that_openpyxl_takes_it_for(serial: int) -> None:
    assert from_serial(serial, "date") == openpyxl.utils.datetime.from_excel(serial)


def test_macros_and_links_are_left_alone_and_said() -> None:
    content = repacked(
        workbook(s=[["a"]]),
        {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/externalLinks/externalLink1.xml": "<x/>"},
    )
    read = read_with_notes(content, "宏.xlsm")
    assert read.sheets[0].rows == (Row(1, ("a",)),)
    assert [note.rule for note in read.notes] == ["macros_ignored", "links_ignored"]
    assert [f.rule for f in read.findings] == ["macros_ignored", "links_ignored"]
    assert all(f.severity == "info" and f.message("zh") for f in read.findings)


# --- XLS and ET -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["活动.xls", "活动.et"])
def test_an_older_workbook_is_read_with_all_that_it_tells(name: str) -> None:
    first, second = read_file(xls(), name)
    assert notes(xls(), name) == []
    assert first.name == "活动"
    assert first.rows == (
        Row(1, ("帮扶高校", "日期", "月份", "人次", "是否", "错误")),
        Row(2, ("示例大学", DAY, "2024-03", 30, True, "#REF!")),
        Row(4, ("合并",)),
    )
    assert (first.hidden, second.hidden) == (False, True)
    assert first.hidden_rows == {5}
    assert first.merged == ((4, 0, 5, 2),)
    assert first.formulas == {(3, 3)}
    assert second.rows == (Row(1, (2.5,)),)


def test_calamine_reads_the_same_places_from_an_older_workbook() -> None:
    theirs = python_calamine.load_workbook(io.BytesIO(xls())).get_sheet_by_index(0)
    found = theirs.to_python(skip_empty_area=False)
    assert found[0] == list(read_file(xls(), "a.xls")[0].rows[0].values)
    assert (found[1][0], found[1][3], found[3][0]) == ("示例大学", 30, "合并")
    # What calamine leaves out is why it does not read these files here.
    assert found[1][5] == ""


# --- XLSB -------------------------------------------------------------------------------------


def test_a_binary_workbook_is_read_with_all_that_it_tells() -> None:
    rows = xlsb_row(1, [xlsb_cell(0, "帮扶高校"), xlsb_cell(1, "人次")]) + xlsb_row(
        3,
        [
            xlsb_cell(0, "示例大学"), xlsb_cell(1, 30.0), xlsb_cell(2, True),
            xlsb_cell(3, b"\x17"), xlsb_cell(4, 2.5, formula=True),
            xlsb_cell(5, b"\x07", formula=True), xlsb_cell(8, b"\x2a"),
        ],
        hidden=True,
    )  # fmt: skip
    sheet = only(xlsb(rows, [(4, 5, 0, 2)], state=1), "活动.xlsb")
    values = ("示例大学", 30, True, "#REF!", 2.5, "#DIV/0!", None, None, "#N/A")
    assert sheet.rows == (Row(1, ("帮扶高校", "人次")), Row(3, values))
    assert (sheet.name, sheet.hidden, sheet.hidden_rows) == ("活动", True, {3})
    assert sheet.merged == ((5, 0, 6, 2),)
    assert sheet.formulas == {(3, 4), (3, 5)}


# --- ODS --------------------------------------------------------------------------------------

ODS_STYLES = (
    '<number:date-style style:name="N1"><number:year/><number:month/></number:date-style>'
    '<number:date-style style:name="N2"><number:year/><number:month/><number:day/>'
    "</number:date-style>"
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="hid" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
ODS_TABLE = (
    '<table:tracked-changes><table:table-cell><text:p>旧</text:p></table:table-cell>'
    '</table:tracked-changes><table:table table:name="活动" table:style-name="hid">'
    '<table:table-column table:number-columns-repeated="16384"/>'
    '<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>批注'
    "</text:p></office:annotation><text:p>帮<text:span>扶</text:span></text:p><text:p>高<text:s/>校"
    '</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/>'
    '<table:table-cell office:value-type="float" office:value="30"><text:p>30</text:p>'
    "</table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="3"/>'
    '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
    '<table:table-cell table:style-name="day" office:value-type="date"'
    ' office:date-value="2024-03-05"><text:p>x</text:p></table:table-cell>'
    '<table:table-cell table:style-name="month" office:value-type="date"'
    ' office:date-value="2024-03-01"><text:p>x</text:p></table:table-cell>'
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    '<table:table-cell office:value-type="percentage" office:value="0.065"/></table:table-row>'
    '<table:table-row><table:table-cell table:number-columns-spanned="2"'
    ' table:number-rows-spanned="3" office:value-type="string"><text:p>合并</text:p>'
    "</table:table-cell>"
    "<table:covered-table-cell/></table:table-row>"
    '<table:table-row table:number-rows-repeated="1048569"><table:table-cell'
    ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
)  # fmt: skip


def test_an_opendocument_sheet_is_read_with_all_that_it_tells() -> None:
    sheet = only(ods(ODS_TABLE, ODS_STYLES), "活动.ods")
    shown = (DAY, "2024-03", "#DIV/0!", True, 0.065)
    assert sheet.rows == (
        Row(1, ("帮扶\n高 校", None, None, 30)), Row(5, shown), Row(6, shown), Row(7, ("合并",)),
    )  # fmt: skip
    assert (sheet.name, sheet.hidden, sheet.hidden_rows) == ("活动", True, {5, 6})
    assert sheet.merged == ((7, 0, 9, 1),)
    assert sheet.formulas == {(5, 2), (6, 2)}


def test_calamine_reads_the_same_numbers_from_an_opendocument_sheet() -> None:
    kept = ODS_TABLE[ODS_TABLE.index("<table:table-row table:visibility") :]
    rows = kept.partition('<table:table-row table:number-rows-repeated="1048569">')[0]
    table = f'<table:table table:name="s">{rows}</table:table>'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    content = ods(table, ODS_STYLES, **{"META-INF/manifest.xml": manifest})
    theirs = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ours = [list(row.values) for row in only(content, "a.ods").rows]
    assert [row[3:5] for row in theirs[:2]] == [row[3:5] for row in ours[:2]] == [[True, 0.065]] * 2
    assert theirs[2][0] == ours[2][0] == "合并"


# --- texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"), TEXT.encode("utf-16"),
        TEXT.encode("gbk"), TEXT.encode("gb18030"), TEXT.encode(), TEXT.encode("utf-8-sig"),
        TEXT.replace(",", "\t").encode("utf-16-le"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["一.csv", "一.tsv.txt", "一.txt"])
def test_a_text_is_read_in_every_encoding(content: bytes, name: str) -> None:
    assert [row.values for row in only(content, name).rows] == [
        ("帮扶高校", "受援县中"), ("示例大学", "示例县第一中学"),
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1),
                min_size=2, max_size=8), st.sampled_from(["utf-16-le", "utf-16-be"]))  # fmt: skip
def test_a_text_in_utf_16_without_mark_is_told_by_its_zero_bytes(
    words: list[str], encoding: str
) -> None:
    text = f"序号,名称,数量\r\n1,{','.join(words)}\r\n"
    assert only(text.encode(encoding), "a.csv").rows[1].values == ("1", *words)


# --- the content decides ----------------------------------------------------------------------

PAGE = (
    '<html><head><meta charset="gb2312"><title>导出</title></head><body><script>x<y</script>'
    "<table border=1><tr><th rowspan=2>帮扶<br>高校<th colspan=2>活动</tr><tr><td>日期<td>人次</tr>"
    "<tr><td>示例大学 &amp; 附中</td><td> 2024-3-5 </td><td>30</td></tr></table>"
    "<table><tr><td>第二张</td></tr></table></body></html>"
)


def test_a_page_under_the_name_of_a_workbook_gives_its_tables() -> None:
    read = read_with_notes(PAGE.encode("gbk"), "导出.xls")
    first, second = read.sheets
    assert first.rows == (
        Row(1, ("帮扶\n高校", "活动")),
        Row(2, (None, "日期", "人次")),
        Row(3, ("示例大学 & 附中", "2024-3-5", "30")),
    )
    assert first.merged == ((1, 0, 2, 0), (1, 1, 1, 2))
    assert (first.name, second.name) == ("导出", "导出 2")
    assert read.notes[0].rule == "read_as"
    assert dict(read.notes[0].fields) == {"ending": ".xls", "kind": "HTML"}


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (workbook(s=[["a"]]), "a.xls", "XLSX"),
        (workbook(s=[["a"]]), "a.csv", "XLSX"),
        (workbook(s=[["a"]]), "a.dat", "XLSX"),
        (workbook(s=[["a"]]), "没有后缀", "XLSX"),
        (xls(), "a.xlsx", "XLS"),
        (ods(ODS_TABLE), "a.xlsx", "ODS"),
        (TEXT.encode("gbk"), "a.xlsx", "CSV"),
        (TEXT.replace(",", "\t").encode("utf-16"), "a.xls", "CSV"),
    ],
)
def test_a_wrong_ending_is_said_and_the_content_is_read(
    content: bytes, name: str, kind: str
) -> None:
    read = read_with_notes(content, name)
    assert read.sheets[0].rows
    assert [(note.rule, note.fields["kind"]) for note in read.notes] == [("read_as", kind)]


def test_a_right_ending_is_not_said() -> None:
    book = workbook(s=[["a"]])
    for content, name in (
        (book, "a.xlsx"), (book, "a.XLSM"), (book, "a.et"), (xls(), "a.et"), (xls(), "a.xls"),
        (ods(ODS_TABLE), "a.ods"), (TEXT.encode(), "a.txt"), (xlsb(b""), "a.xlsb"),
    ):  # fmt: skip
        assert notes(content, name) == []


def test_every_ending_that_is_offered_is_one_that_is_read() -> None:
    for ending in ENDINGS:
        assert read_file(TEXT.encode(), f"a{ending}")


XML_SHEET = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (XML_SHEET, "a.xls", "file_xml_sheet"),
        (b"<html><body><p>Not found</p></body></html>", "a.xls", "html_no_table"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
         "a.odt", "file_kind"),
        (zipped({"word/document.xml": "<x/>"}), "a.docx", "file_kind"),
        (zipped({"word/document.xml": "<x/>"}), "a.xlsx", "file_is_other"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a.xlsx", "file_is_other"),
        (zipped({"照片/1.txt": "x"}), "a.xlsx", "file_is_other"),
        (zipped({"xl/styles.xml": "<x/>"}), "a.xlsx", "file_broken"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
         "a.ods", "file_is_other"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "a.xls", "file_is_other"),
        (b"{\\rtf1 ...", "a.xls", "file_is_other"),
        (b"\x89PNG\r\n\x1a\n....", "a.xlsx", "file_is_other"),
        (b"\xff\xd8\xff\xe0....", "a.csv", "file_is_other"),
        (b"%PDF-1.4 ...", "a.csv", "file_is_other"),
        (b"MZ\x90\x00\x03\x00", "a.exe", "file_kind"),
    ],
)  # fmt: skip
def test_another_kind_of_file_is_refused_with_its_own_words(
    content: bytes, name: str, rule: str
) -> None:
    with pytest.raises(IntakeError) as caught:
        read_file(content, name)
    assert caught.value.rule == rule


# --- files with a password --------------------------------------------------------------------


def test_a_file_with_a_password_is_told_as_such() -> None:
    box = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    plain = bytearray(workbook(s=[["a"]]))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = plain.find(mark)
        while place >= 0:
            plain[place + flags] |= 1
            place = plain.find(mark, place + 4)
    manifest = "<manifest:encryption-data/>"
    # Excel 97: the beginning, then FILEPASS (0x2F) with the standard encryption.
    older = biff(
        (0x0809, b"\x00\x06\x05\x00" + b"\x00" * 12), (0x002F, b"\x01\x00\x01\x00\x01\x00" * 9),
        (0x000A, b""),
    )  # fmt: skip
    for content, name in (
        (box, "a.xlsx"), (bytes(plain), "a.xlsx"), (older, "a.xls"),
        (ods(ODS_TABLE, **{"META-INF/manifest.xml": manifest}), "a.ods"),
    ):  # fmt: skip
        with pytest.raises(IntakeError) as caught:
            read_file(content, name)
        assert caught.value.rule == "file_encrypted"
        assert "密码" in caught.value.message("zh") + caught.value.hint("zh")


def test_the_sheet_is_found_where_the_relations_say() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="/xl/other/here.xml" Type="http://purl.oclc.org/ooxml/'
        'officeDocument/relationships/worksheet"/><Relationship Id="rId9" TargetMode="External"'
        ' Target="file:///etc/passwd" Type="http://x/worksheet"/></Relationships>'
    )
    xml = f"{SHEET}<sheetData><row><c><v>7</v></c></row></sheetData></worksheet>"
    content = repacked(
        workbook(s=[["a"]]), {"xl/_rels/workbook.xml.rels": rels, "xl/other/here.xml": xml}
    )
    assert only(content).rows == (Row(1, (7,)),)
