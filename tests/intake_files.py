"""Makes the files that the tests of the reader read: each format, sound or hostile."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

import xlwt

from tests.intake_lakes import workbook

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
)


def zipped(members: Mapping[str, bytes | str], *, level: int = 1) -> bytes:
    """A ZIP file with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    """The members of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {item.filename: archive.read(item) for item in archive.infolist()}


def repacked(content: bytes, members: Mapping[str, bytes | str]) -> bytes:
    """The workbook with members replaced or added."""
    return zipped(members_of(content) | dict(members))


def with_sheet(xml: str, **more: str) -> bytes:
    """An XLSX workbook with this XML as its only sheet."""
    return repacked(workbook(s=[["a"]]), {"xl/worksheets/sheet1.xml": xml, **more})


def with_rows(rows: str, after: str = "") -> bytes:
    """An XLSX workbook with these rows, as XML, in its only sheet."""
    return with_sheet(f"{SHEET}<sheetData>{rows}</sheetData>{after}</worksheet>")


def xls() -> bytes:
    """An XLS workbook with a value of each kind, a merged area, a hidden row and sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("活动")
    for column, header in enumerate(("帮扶高校", "日期", "月份", "人次", "是否", "错误")):
        sheet.write(0, column, header)
    day, month = (xlwt.easyxf(num_format_str=code) for code in ("yyyy/m/d", 'yyyy"年"m"月"'))
    sheet.write(1, 0, "示例大学")
    sheet.write(1, 1, datetime(2024, 3, 5), day)  # noqa: DTZ001
    sheet.write(1, 2, datetime(2024, 3, 1), month)  # noqa: DTZ001
    sheet.write(1, 3, 30)
    sheet.row(1).set_cell_boolean(4, True)
    sheet.row(1).set_cell_error(5, "#REF!")
    sheet.write(2, 3, xlwt.Formula("D2*2"))
    sheet.write_merge(3, 4, 0, 2, "合并")
    sheet.row(4).hidden = True
    hidden = book.add_sheet("旧")
    hidden.write(0, 0, 2.5)
    hidden.visibility = 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(tables: str, styles: str = "", **members: str) -> bytes:
    """An ODS workbook with these tables and automatic styles, both as XML."""
    content = (
        f"{_ODS_HEAD}<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": ODS_MIME, "content.xml": content, **members})


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | 0x80 if size else low])
        if not size:
            return head + length + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_row(number: int, cells: Iterable[bytes], *, hidden: bool = False) -> bytes:
    """A row with this number from 1, of :func:`xlsb_cell`."""
    head = struct.pack("<IIHBBB", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0)
    return _record(0, head + struct.pack("<I", 0)) + b"".join(cells)


def xlsb_cell(column: int, value: object, *, formula: bool = False) -> bytes:
    """A cell: a text, a number, a bool, or an error by its number as bytes."""
    kinds = {str: 6, float: 5, bool: 4, bytes: 3}
    packed = {
        str: lambda: _wide(value),
        float: lambda: struct.pack("<d", value),
        bool: lambda: bytes([value]),
        bytes: lambda: value,
    }[type(value)]()
    kind = {6: 8, 5: 9, 4: 10, 3: 11}[kinds[type(value)]] if formula else kinds[type(value)]
    # A formula has flags, its tokens by their length (here an empty text), and nothing more.
    tail = struct.pack("<HI", 0, 2) + b"\x17\x00" + struct.pack("<I", 0) if formula else b""
    return _record(kind, struct.pack("<II", column, 0) + packed + tail)


def xlsb(rows: bytes, merged: Iterable[tuple[int, int, int, int]] = (), *, state: int = 0) -> bytes:
    """A minimal XLSB workbook after MS-XLSB 2.1.7; merged areas with all numbers from 0."""
    areas = b"".join(_record(176, struct.pack("<4I", *area)) for area in merged)
    sheet = (
        _record(129) + _record(148, struct.pack("<4I", 0, 9, 0, 9)) + _record(145) + rows
        + _record(146) + _record(177, struct.pack("<I", 1)) + areas + _record(178) + _record(130)
    )  # fmt: skip
    listed = _record(156, struct.pack("<II", state, 1) + _wide("rId1") + _wide("活动"))
    book = (
        _record(131) + _record(153, b"\0" * 12) + _record(143) + listed + _record(144)
        + _record(132)
    )  # fmt: skip
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relation,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def biff(*records: tuple[int, bytes]) -> bytes:
    """A stream of an older workbook without a box, from its records."""
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
