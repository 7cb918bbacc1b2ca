"""A new workbook of a file's values with the same marks, written row by row in little memory."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from xianzhong.intake.annotate_findings import (
    FILLS,
    INK,
    MAX_COMMENTS,
    Said,
    SheetMarks,
    clean,
    comment,
    gravest,
    row_text,
)
from xianzhong.intake.annotate_summary import WIDTHS, Summary
from xianzhong.intake.marks import PROBLEM_HEADER, SUMMARY_SHEET, SUMMARY_SHEETS
from xianzhong.intake.values import Row, Sheet, Value, display
from xianzhong.model.formulas import FORMULA_STARTS

PROBLEM_WIDTH = 60
_WIDEST, _MEASURED = 40, 50
_CELL_TEXT = 32_000
# Excel keeps 15 digits of a number.
_EXACT = 10**15
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME = 31
_STARTS = frozenset(FORMULA_STARTS)


def rebuild(sheets: Sequence[Sheet], marks: Mapping[str, SheetMarks], summary: Summary) -> bytes:
    """A workbook with the values of ``sheets``, the marks, and a summary sheet first."""
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        first = book.add_worksheet(SUMMARY_SHEET[summary.lang])
        pen = _Pen(book, summary)
        for sheet, name in zip(sheets, _names(sheets), strict=True):
            if sheet.name not in SUMMARY_SHEETS:
                pen.write(book.add_worksheet(name), sheet, marks.get(sheet.name))
        pen.write_summary(first)
    return target.getvalue()


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that Excel allows, each once: at most 31 characters, without brackets and slashes."""
    taken, names = {name.casefold() for name in SUMMARY_SHEETS}, []
    for sheet in sheets:
        name = _NOT_IN_NAMES.sub("_", clean(sheet.name)).strip("'")[:_SHEET_NAME] or "Sheet"
        number, tried = 1, name
        # "History" is Excel's own.
        while tried.casefold() in taken or tried.casefold() == "history":
            number += 1
            tried = f"{name[: _SHEET_NAME - 5]}_{number}"
        taken.add(tried.casefold())
        names.append(tried)
    return names


class _Pen:
    """Writes sheets from top to bottom; holds the formats and counts over all sheets."""

    def __init__(self, book: Any, summary: Summary) -> None:
        self.summary, self.lang = summary, summary.lang
        self.comments, self.left_out, self.cut = 0, False, 0
        shapes: dict[str, dict[str, Any]] = {
            "": {},
            "day": {"num_format": "yyyy-mm-dd"},
            "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
            "quoted": {"quote_prefix": True},
            "wrapped": {"text_wrap": True, "valign": "top"},
        }
        self._formats = {
            (look, shape): book.add_format({**fields, **_coloured(look)})
            for look in ("", *FILLS)
            for shape, fields in shapes.items()
        }
        self._formats["", ""] = None
        self._bold = book.add_format({"bold": True})
        self._title = book.add_format({"bold": True, "font_size": 14})

    def write(self, page: Any, sheet: Sheet, marks: SheetMarks | None) -> None:
        """One sheet of the user's."""
        if sheet.hidden:
            page.hide()
        _set_widths(page, sheet, marks)
        marked = marks or SheetMarks(header_row=0, column=-1)
        looks = {at: gravest(found) for at, found in marked.cells.items()}
        for row in _with_gaps(sheet, marked):
            if row.number in sheet.hidden_rows:
                page.set_row(row.number - 1, None, None, {"hidden": True})
            for index, value in enumerate(row.values):
                if value is not None and index != marked.column:
                    self._put(page, row.number, index, value, looks.get((row.number, index), ""))
            # A row that is written is out of reach: its comments go with it.
            for index in marked.columns_at(row.number):
                self._put_comment(page, row.number, index, marked.cells[row.number, index])
            self._put_problems(page, row.number, marked)

    def _put(self, page: Any, number: int, index: int, value: Value, look: str) -> None:
        row = number - 1
        if isinstance(value, str):
            self._put_text(page, row, index, value, look)
        elif isinstance(value, bool):
            page.write_boolean(row, index, value, self._formats[look, ""])
        elif isinstance(value, (int, float)):
            if math.isfinite(value) and abs(value) < _EXACT:
                page.write_number(row, index, value, self._formats[look, ""])
            else:
                self._put_text(page, row, index, display(value), look)
        elif isinstance(value, datetime):
            shape = (
                "moment" if value.time().isoformat("microseconds") > "00:00:00.000000" else "day"
            )
            self._put_day(page, row, index, value, self._formats[look, shape])
        elif isinstance(value, date):
            self._put_day(page, row, index, value, self._formats[look, "day"])

    def _put_day(self, page: Any, row: int, index: int, day: date, shape: Any) -> None:
        if day.year >= 1900:
            page.write_datetime(row, index, day, shape)
        else:
            self._put_text(page, row, index, display(day), "")

    def _put_text(self, page: Any, row: int, index: int, text: str, look: str) -> None:
        if len(text) > _CELL_TEXT:
            self.cut += 1
        shape = "quoted" if text[:1] in _STARTS else ""
        page.write_string(row, index, clean(text, _CELL_TEXT), self._formats[look, shape])

    def _put_problems(self, page: Any, number: int, marks: SheetMarks) -> None:
        if number == marks.header_row:
            page.write_string(number - 1, marks.column, PROBLEM_HEADER[self.lang], self._bold)
        elif number in marks.rows:
            found = marks.rows[number]
            shape = self._formats[gravest(found), "wrapped"]
            page.write_string(number - 1, marks.column, row_text(found, self.lang), shape)

    def _put_comment(self, page: Any, number: int, index: int, found: list[Said]) -> None:
        if self.comments >= MAX_COMMENTS:
            self.left_out = True
            return
        self.comments += 1
        size = {"x_scale": 2.5, "y_scale": 1.5, "author": "xianzhong"}
        page.write_comment(number - 1, index, comment(found, self.lang), size)

    def write_summary(self, page: Any) -> None:
        """The summary sheet."""
        notes = [("rebuilt", 0)]
        if self.left_out:
            notes.append(("comments", MAX_COMMENTS))
        if self.cut:
            notes.append(("cut", self.cut))
        for index, width in enumerate(WIDTHS):
            page.set_column(index, index, width)
        fonts = {"title": self._title, "head": self._bold}
        for row, line in enumerate(self.summary.lines(notes)):
            for column, value in enumerate(line.cells):
                shape = fonts.get(line.look)
                if column == 0 and line.look in FILLS:
                    shape = self._formats[line.look, ""]
                if isinstance(value, str):
                    page.write_string(row, column, value, shape)
                else:
                    page.write_number(row, column, value, shape)
        page.activate()


def _with_gaps(sheet: Sheet, marks: SheetMarks) -> list[Row]:
    """The rows in order, with the empty ones that have something to show after all."""
    shown = {number for number, _ in marks.cells} | set(marks.rows) | {marks.header_row} - {0}
    gaps = shown - {row.number for row in sheet.rows}
    rows = [*sheet.rows, *(Row(number, ()) for number in gaps)]
    return sorted(rows, key=lambda row: row.number)


def _coloured(look: str) -> dict[str, Any]:
    if not look:
        return {}
    return {"bg_color": f"#{FILLS[look]}", "font_color": f"#{INK}"}  # type: ignore[index]


def _set_widths(page: Any, sheet: Sheet, marks: SheetMarks | None) -> None:
    """Columns as wide as what stands in the first rows; Chinese characters count double."""
    widths: dict[int, int] = {}
    for row in sheet.rows[:_MEASURED]:
        for index, value in enumerate(row.values):
            text = display(value)[:_WIDEST]
            width = sum(2 if ord(c) > 0x2E7F else 1 for c in text) + 2
            widths[index] = max(widths.get(index, 0), width)
    for index, width in widths.items():
        page.set_column(index, index, min(width, _WIDEST))
    if marks and marks.rows:
        page.set_column(marks.column, marks.column, PROBLEM_WIDTH)
