"""Reads XLSB workbooks. Their values come from calamine, which leaves errors and formulas unsaid.

What it leaves out is taken from the sheet's records (MS-XLSB 2.1.4: a kind of one or two bytes, a
length of one to four, as many bytes). calamine tells no number formats either: a cell that shows
only a month is read as the month's first day.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_SHEET_NAME, MAX_SHEETS
from xianzhong.intake.read_cells import Area, Cells, check_merged, make_row, plain_number
from xianzhong.intake.read_strings import plain
from xianzhong.intake.read_xml import Attributes, parse
from xianzhong.intake.values import Sheet, Value

WORKBOOK = "xl/workbook.bin"
_ROW, _ERROR, _FORMULAS, _FORMULA_ERROR = 0, 3, range(8, 12), 11
_SHEET, _MERGED = 156, 176
_HIDDEN = 0x10
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


@dataclass(slots=True)
class _Marks:
    """What the records tell beyond the values."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


class _Relations:
    """The members that the sheets stand in, by the id of the relation."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        target = posixpath.join("/xl", attributes.get("Target", ""))
        self.found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    def end(self, name: str) -> None:
        """Nothing to do."""


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    try:
        while place < len(content):
            kind, place = content[place], place + 1
            if kind & 0x80:
                kind, place = (kind & 0x7F) | content[place] << 7, place + 1
            length = 0
            for shift in (0, 7, 14, 21):
                part, place = content[place], place + 1
                length |= (part & 0x7F) << shift
                if part < 0x80:
                    break
            yield kind, content[place : place + length]
            place += length
    except IndexError as error:
        raise IntakeError("file_broken") from error


def _marks(content: bytes) -> _Marks:
    marks, row = _Marks(), 0
    for kind, data in _records(content):
        if kind == _ROW:
            row = struct.unpack_from("<I", data)[0] + 1
            if data[11] & _HIDDEN:
                marks.hidden.add(row)
        elif kind == _MERGED:
            top, end, left, right = struct.unpack_from("<4I", data)
            marks.merged.append((top + 1, left, end + 1, right))
        elif kind == _ERROR or kind in _FORMULAS:
            column = struct.unpack_from("<I", data)[0]
            if kind in _FORMULAS:
                marks.formulas.add((row, column))
            if kind in {_ERROR, _FORMULA_ERROR}:
                marks.errors[row, column] = _ERRORS.get(data[8], "#ERROR!")
    return marks


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    relations = _Relations()
    parse(archive, "xl/_rels/workbook.bin.rels", relations)
    parts = []
    for kind, data in _records(archive.read(WORKBOOK)):
        if kind == _SHEET:
            # BrtBundleSh: state, id, then the relation as a counted text of UTF-16.
            length = struct.unpack_from("<I", data, 8)[0]
            parts.append(relations.found.get(data[12 : 12 + 2 * length].decode("utf-16-le"), ""))
    return parts


def read_xlsb(content: bytes, archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The sheets of a binary workbook.

    Raises:
        IntakeError: damaged, or larger than may be read.
    """
    parts = _sheet_parts(archive)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    if len(parts) > MAX_SHEETS or len(parts) != len(book.sheet_names):
        raise IntakeError("file_members")
    cells = Cells()
    for index, (about, part) in enumerate(zip(book.sheets_metadata, parts, strict=True)):
        if not part.startswith("xl/worksheets/"):
            continue
        marks = _marks(archive.read(part))
        hidden = about.visible != SheetVisibleEnum.Visible
        yield _sheet(book.get_sheet_by_index(index), marks, cells, hidden=hidden)


def _sheet(sheet: Any, marks: _Marks, cells: Cells, *, hidden: bool) -> Sheet:
    first_row, first_column = sheet.start or (0, 0)
    errors: dict[int, dict[int, str]] = {}
    for (line, column), text in marks.errors.items():
        errors.setdefault(line, {})[column] = text
    rows = []
    for number, found in enumerate(sheet.iter_rows(), start=first_row + 1):
        cells.add(len(found))
        values: list[Value] = [None] * first_column + [_value(value) for value in found]
        for column, text in errors.get(number, {}).items():
            values += [None] * (column + 1 - len(values))
            values[column] = text
        row = make_row(sheet.name, number, values)
        if row is not None:
            rows.append(row)
    return Sheet(
        sheet.name[:MAX_SHEET_NAME], tuple(rows), hidden, frozenset(marks.hidden),
        check_merged(marks.merged), frozenset(marks.formulas),
    )  # fmt: skip


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, (bool, int, datetime)):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return str(value)
