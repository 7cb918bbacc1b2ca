"""Marks a user's XLSX or XLSM with openpyxl, keeping its formats and nothing that is active."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from copy import copy
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.utils import get_column_letter

from xianzhong.intake.annotate_findings import (
    FILLS,
    INK,
    MAX_COMMENTS,
    Said,
    SheetMarks,
    comment,
    gravest,
    row_text,
)
from xianzhong.intake.annotate_summary import WIDTHS, Summary
from xianzhong.intake.marks import PROBLEM_HEADER, PROBLEM_HEADERS, SUMMARY_SHEET, SUMMARY_SHEETS
from xianzhong.intake.messages import Severity
from xianzhong.model.formulas import FORMULA_STARTS
from xianzhong.model.labels import Lang

AUTHOR = "xianzhong"
PROBLEM_WIDTH = 60
# Stands before our words in a comment that was the user's.
_OURS = "\n—— xianzhong ——\n"
_SEARCHED = 30
# A rule, a list or a name with one of these may reach out of the workbook (other books, DDE,
# the network). Plain ranges and lists stay.
_REACHES_OUT = re.compile(r"[\[|]|WEBSERVICE|HYPERLINK|CALL|EXEC|REGISTER|DDE", re.IGNORECASE)
_FILLS = {severity: PatternFill("solid", fgColor=f"FF{rgb}") for severity, rgb in FILLS.items()}
_INK = Color(f"FF{INK}")
_OUR_COLOURS = {f"FF{rgb}" for rgb in FILLS.values()}


def mark_workbook(content: bytes, marks: Mapping[str, SheetMarks], summary: Summary) -> bytes:
    """The workbook with its bad cells filled and commented, and the two additions.

    Cells hold the values that their formulas had when the file was saved: a formula of unknown
    origin is not handed on, and without a spreadsheet program it would have no value to read.

    Args:
        content: an XLSX or XLSM.
        marks: by the sheet's name.
        summary: for the summary sheet.

    Raises:
        Exception: whatever openpyxl raises for a workbook that it does not understand.
    """
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out; what the reader reads is not among it.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(content), data_only=True, keep_links=False)
    _disarm(book)
    for name in [sheet.title for sheet in book.worksheets if sheet.title in SUMMARY_SHEETS]:
        del book[name]
    pen = _Pen(summary.lang)
    for sheet in book.worksheets:
        _forget_earlier(sheet)
        if sheet.title in marks:
            pen.mark(sheet, marks[sheet.title])
    notes = [("comments", MAX_COMMENTS)] if pen.left_out else []
    _write_summary(book, summary, notes)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _disarm(book: Any) -> None:
    """Takes out what could act or reach out; texts that look like formulas stay texts."""
    for owner in (book, *book.worksheets):
        for name in [n for n, d in owner.defined_names.items() if _acts([d.attr_text])]:
            del owner.defined_names[name]
    for sheet in book.worksheets:
        lists = sheet.data_validations
        lists.dataValidation = [
            rule for rule in lists.dataValidation if not _acts([rule.formula1, rule.formula2])
        ]
        rules = sheet.conditional_formatting._cf_rules  # no public way to remove one
        for area in [a for a, found in rules.items() if any(_acts(r.formula) for r in found)]:
            del rules[area]
        for cell in sheet._cells.values():
            # Links within the workbook have no target of their own.
            if cell.hyperlink is not None and cell.hyperlink.target:
                cell.hyperlink = None
            if cell.data_type == "s" and str(cell.value).startswith(FORMULA_STARTS):
                # As Excel itself marks a text that begins like a formula.
                cell.quotePrefix = True


def _acts(formulas: Iterable[Any]) -> bool:
    return any(_REACHES_OUT.search(str(formula)) for formula in formulas if formula)


def _forget_earlier(sheet: Any) -> None:
    """Takes away what an earlier annotation has put into the sheet."""
    columns = {
        cell.column
        for (row, _), cell in sheet._cells.items()
        if row <= _SEARCHED and cell.value in PROBLEM_HEADERS
    }
    for cell in sheet._cells.values():
        if isinstance(cell, MergedCell):
            continue
        if cell.column in columns:
            cell.value = None
            cell.style = "Normal"
        elif cell.has_style and cell.fill.fgColor.rgb in _OUR_COLOURS:
            cell.fill = PatternFill()
        if cell.comment is not None:
            kept = "" if cell.comment.author == AUTHOR else cell.comment.text.split(_OURS)[0]
            cell.comment = Comment(kept, cell.comment.author) if kept else None


class _Pen:
    """Marks one sheet after the other; counts the comments over all of them."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.comments = 0
        self.left_out = False
        self._styles: dict[tuple[object, ...], Any] = {}

    def mark(self, sheet: Any, marks: SheetMarks) -> None:
        """Fills and comments the cells, and writes the column of problems."""
        for (row, column), found in marks.cells.items():
            cell = _anchor(sheet, row, column + 1)
            self._style(cell, gravest(found), keep=True)
            self._comment(cell, found)
        index = marks.column + 1
        put_text(sheet.cell(marks.header_row, index), PROBLEM_HEADER[self.lang])
        sheet.cell(marks.header_row, index).font = Font(bold=True, color=f"FF{INK}")
        for row, found in marks.rows.items():
            cell = _anchor(sheet, row, index)
            put_text(cell, row_text(found, self.lang))
            self._style(cell, gravest(found), keep=False)
        if marks.rows:
            sheet.column_dimensions[get_column_letter(index)].width = PROBLEM_WIDTH

    def _style(self, cell: Any, severity: Severity, *, keep: bool) -> None:
        """Fills a cell; one of the user's keeps its font and alignment, ours gets its own."""
        # Each style is worked out once: openpyxl compares a new one with all that it has.
        key = (severity, keep, *(cell._style or ()))
        if key not in self._styles:
            cell.fill = _FILLS[severity]
            font = copy(cell.font) if keep else Font()
            font.color = _INK
            cell.font = font
            if not keep:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            self._styles[key] = copy(cell._style)
        cell._style = copy(self._styles[key])

    def _comment(self, cell: Any, found: list[Said]) -> None:
        if self.comments >= MAX_COMMENTS:
            self.left_out = True
            return
        self.comments += 1
        text, author = comment(found, self.lang), AUTHOR
        if cell.comment is not None:
            text, author = f"{cell.comment.text}{_OURS}{text}", cell.comment.author or "?"
        cell.comment = Comment(text, author, height=120, width=320)


def _anchor(sheet: Any, row: int, column: int) -> Any:
    """The cell, or the first one of the merged area that it belongs to: only that one shows."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    areas = (area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    area = next(areas)
    return sheet.cell(area.min_row, area.min_col)


def put_text(cell: Any, text: str) -> None:
    """Writes a text that stays a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def _write_summary(book: Any, summary: Summary, notes: list[tuple[str, int]]) -> None:
    sheet = book.create_sheet(SUMMARY_SHEET[summary.lang], 0)
    for index, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    fonts = {"title": Font(bold=True, size=14), "head": Font(bold=True)}
    for row, line in enumerate(summary.lines(notes), start=1):
        for column, value in enumerate(line.cells, start=1):
            cell = sheet.cell(row, column)
            if isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
            if line.look in fonts:
                cell.font = fonts[line.look]
        if line.look in _FILLS:
            sheet.cell(row, 1).fill = _FILLS[line.look]
    # Two selected sheets would be edited as one.
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
