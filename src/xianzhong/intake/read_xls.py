"""Reads the older binary workbooks: XLS, and ET of WPS, which is the same.

xlrd reads them in plain Python, so a damaged one raises and never ends the process. It tells
number formats, errors, hidden rows and merged areas; which cells are formulas is read here.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import (
    XL_CELL_BLANK,
    XL_CELL_BOOLEAN,
    XL_CELL_DATE,
    XL_CELL_EMPTY,
    XL_CELL_ERROR,
    XL_CELL_NUMBER,
    XLRDError,
    error_text_from_code,
)

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_SHEET_NAME, MAX_SHEETS
from xianzhong.intake.read_cells import Cells, check_merged, make_row, plain_number
from xianzhong.intake.read_formats import from_serial, shape
from xianzhong.intake.read_strings import plain
from xianzhong.intake.values import Row, Sheet, Value

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook of Excel 2 to 5 may stand in the file without the OLE box around it.
BARE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00",
        b"\x09\x08\x10\x00")  # fmt: skip
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MACROS = "_VBA_PROJECT".encode("utf-16-le")
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_BEGIN, _END = frozenset({0x0009, 0x0209, 0x0409, 0x0809}), 0x000A


def read_xls(content: bytes) -> Iterator[Sheet]:
    """The sheets of an older workbook.

    Raises:
        IntakeError: damaged, encrypted, no workbook, or larger than may be read.
    """
    if content.startswith(OLE) and ENCRYPTED_PACKAGE in content:
        raise IntakeError("file_encrypted")
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        try:
            book = xlrd.open_workbook(
                file_contents=content, logfile=silence, formatting_info=True,
                on_demand=True, ragged_rows=True,
            )  # fmt: skip
        except XLRDError as error:
            encrypted = "encrypted" in str(error)
            raise IntakeError("file_encrypted" if encrypted else "file_broken") from error
        if book.nsheets > MAX_SHEETS:
            raise IntakeError("file_members")
        cells = Cells()
        for index in range(book.nsheets):
            yield _sheet(book, index, cells)
            book.unload_sheet(index)


def _sheet(book: Any, index: int, cells: Cells) -> Sheet:
    sheet = book.sheet_by_index(index)
    rows = []
    for number in range(sheet.nrows):
        cells.add(sheet.row_len(number))
        row = _row(book, sheet, number)
        if row is not None:
            rows.append(row)
    hidden = (number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden)
    # xlrd counts the row and the column behind the area.
    merged = [(top + 1, left, end, right - 1) for top, end, left, right in sheet.merged_cells]
    return Sheet(
        sheet.name[:MAX_SHEET_NAME], tuple(rows), bool(sheet.visibility), frozenset(hidden),
        check_merged(merged), frozenset(_formulas(book, index)),
    )  # fmt: skip


def _row(book: Any, sheet: Any, number: int) -> Row | None:
    kinds, values = sheet.row_types(number), sheet.row_values(number)
    shown: list[Value] = []
    for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
        if kind in {XL_CELL_EMPTY, XL_CELL_BLANK}:
            shown.append(None)
        elif kind == XL_CELL_NUMBER:
            shown.append(plain_number(value))
        elif kind == XL_CELL_DATE:
            code = book.format_map[book.xf_list[sheet.cell_xf_index(number, column)].format_key]
            found = from_serial(value, shape(code.format_str) or "date", from_1904=book.datemode)
            shown.append(plain_number(found) if isinstance(found, float) else found)
        elif kind == XL_CELL_BOOLEAN:
            shown.append(bool(value))
        elif kind == XL_CELL_ERROR:
            shown.append(error_text_from_code.get(value, "#ERROR!"))
        else:
            shown.append(plain(value))
    return make_row(sheet.name, number + 1, shown)


def _formulas(book: Any, index: int) -> Iterator[tuple[int, int]]:
    """Walks over the sheet's records; one is its kind, its length and as many bytes."""
    stream, place = book.mem, book._sh_abs_posn[index]
    depth = 0
    while 0 <= place <= len(stream) - 4:
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind in _BEGIN:
            # A chart in the sheet has a beginning and an end of its own.
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1 and kind in _FORMULAS and place + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, place + 4)
            yield row + 1, column
        place += 4 + length
