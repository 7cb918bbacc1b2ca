"""Reads XLSX and XLSM workbooks row by row, within limits, after a look at the ZIP directory.

openpyxl reads in a stream (``read_only``) with defusedxml in place of the plain parser, and
with explicit limits: the sheet's own statement of its size is never believed. A workbook of
1.4 KB with one cell in the last row and column is known to kill eager readers.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.styles.numbers import is_date_format

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import (
    MAX_COLUMNS,
    MAX_MEMBERS,
    MAX_ROWS,
    MAX_UNPACKED,
    MEGABYTE,
)
from xianzhong.intake.values import Row, Sheet, Value

EXCEL_ROWS = 1_048_576


def check_archive(content: bytes) -> None:
    """Looks at the ZIP directory, without unpacking anything.

    Raises:
        IntakeError: not a workbook, too many members, unsafe names, or too large unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise IntakeError("file_broken") from error
    names = [member.filename for member in members]
    if "xl/workbook.xml" not in names:
        raise IntakeError("file_broken")
    unsafe = any(n.startswith("/") or "\\" in n or ".." in n.split("/") for n in names)
    if len(members) > MAX_MEMBERS or unsafe or len(set(names)) != len(names):
        raise IntakeError("file_members")
    # zipfile stops at the size that the directory states, so a false one cannot unpack more.
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise IntakeError("file_unpacks", limit=MAX_UNPACKED // MEGABYTE)


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, each with its non-empty rows.

    Raises:
        IntakeError: see :func:`check_archive`; also where a sheet is too long or too wide.
    """
    check_archive(content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out (dropdowns, pictures); none of it is data.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                return tuple(
                    Sheet(sheet.title, tuple(_rows(sheet)))
                    for sheet in book.worksheets
                    if hasattr(sheet, "iter_rows")
                )
            finally:
                book.close()
    except IntakeError:
        raise
    except Exception as error:
        # A damaged workbook fails in as many ways as it has parts.
        raise IntakeError("file_broken") from error


def _rows(sheet: Any) -> Iterator[Row]:
    cells = sheet.iter_rows(max_col=MAX_COLUMNS + 1, max_row=EXCEL_ROWS)
    blank: object = None
    for number, row in enumerate(cells, start=1):
        # openpyxl fills gaps with one and the same row: a million of them must cost nothing.
        if row is blank:
            continue
        values = tuple(_value(cell) for cell in row)
        if not any(value is not None for value in values):
            blank = row
            continue
        if number > MAX_ROWS:
            raise IntakeError("sheet_too_long", sheet=sheet.title, limit=MAX_ROWS)
        if len(values) > MAX_COLUMNS and values[MAX_COLUMNS] is not None:
            raise IntakeError("sheet_too_wide", sheet=sheet.title, limit=MAX_COLUMNS)
        yield Row(number, _trimmed(values))


def _trimmed(values: tuple[Value, ...]) -> tuple[Value, ...]:
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return values[:end]


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        # A cell that shows only year and month says only year and month.
        return value if _shows_day(cell.number_format) else f"{value:%Y-%m}"
    if isinstance(value, (str, bool, int, float, date)):
        return value
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


def _shows_day(number_format: str) -> bool:
    shown = number_format.lower().split(";")[0]
    return not is_date_format(number_format) or "d" in shown or "y" not in shown
