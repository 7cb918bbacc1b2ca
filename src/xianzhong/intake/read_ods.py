"""Reads ODS workbooks as a stream.

No library tells errors, formulas, hidden rows and merged areas of them. Repeated cells and rows are
written once with a count, so what they unfold to is counted before it is made.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator
from datetime import datetime

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import (
    MAX_COLUMNS,
    MAX_FIELD,
    MAX_ROWS,
    MAX_SHEET_NAME,
    MAX_SHEETS,
    MEGABYTE,
)
from xianzhong.intake.read_cells import Area, Cells, check_merged, make_row, plain_number
from xianzhong.intake.read_ods_styles import Styles
from xianzhong.intake.read_strings import plain
from xianzhong.intake.read_xml import Attributes, parse
from xianzhong.intake.values import Row, Sheet, Value

CONTENT = "content.xml"
MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_TRUE_KINDS = frozenset({"float", "currency", "percentage"})
# What stands in these is no value of the sheet.
_ASIDE = frozenset({"office:annotation", "table:tracked-changes", "table:shapes", "text:ruby-text"})


def is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether an archive with a ``content.xml`` is a spreadsheet, and no letter or drawing."""
    if "mimetype" not in archive.namelist():
        return True
    with archive.open("mimetype") as stream:
        return stream.read(len(MIME)) == MIME


def read_ods(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The sheets of an OpenDocument workbook.

    Raises:
        IntakeError: damaged, encrypted, or larger than may be read.
    """
    names = archive.namelist()
    if _MANIFEST in names:
        with archive.open(_MANIFEST) as stream:
            if b"encryption-data" in stream.read(4 * MEGABYTE):
                raise IntakeError("file_encrypted")
    styles = Styles()
    if "styles.xml" in names:
        parse(archive, "styles.xml", styles)
    reader = _Content(styles)
    parse(archive, CONTENT, reader)
    yield from reader.sheets


def _repeat(attributes: Attributes, what: str) -> int:
    stated = attributes.get(f"table:number-{what}-repeated", "1")
    if not (stated.isascii() and stated.isdigit() and len(stated) < 10):
        raise IntakeError("file_broken")
    return max(int(stated), 1)


def _span(attributes: Attributes, what: str) -> int:
    stated = attributes.get(f"table:number-{what}-spanned", "1")
    return max(int(stated), 1) if stated.isascii() and stated.isdigit() and len(stated) < 8 else 1


class _Content:
    """Gathers sheets from ``content.xml``; its styles come before its tables."""

    def __init__(self, styles: Styles) -> None:
        self.parts: list[str] = []
        self.sheets: list[Sheet] = []
        self._styles, self._cells = styles, Cells()
        self._aside = 0
        self._tables = 0
        self._cell: Attributes | None = None
        self._text: list[str] = []
        self._row: Attributes = {}
        self._begin_sheet({})

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._aside or name in _ASIDE:
            self._aside += 1
            return
        if name in _CELLS:
            self._cell, self._text = attributes, []
        elif self._cell is not None:
            self._inside(name)
        elif name == "table:table-row":
            self._values.clear()
            self._said.clear()
            self._row = attributes
            self.parts.clear()
        elif name == "table:table":
            self._tables += 1
            if self._tables == 1:
                self._begin_sheet(attributes)
        elif name == "table:table-column":
            default = attributes.get("table:default-cell-style-name", "")
            room = MAX_COLUMNS - len(self._columns)
            self._columns += [default] * min(_repeat(attributes, "columns"), room)
        elif not self._tables:
            self._styles.start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._aside:
            self._aside -= 1
            self.parts.clear()
        elif name in {"text:p", "text:h"}:
            if self._cell is not None:
                self._text += self.parts
            self.parts.clear()
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self._tables -= 1
            if self._tables == 0:
                self._end_sheet()

    def _inside(self, name: str) -> None:
        """Spaces, tabs and line breaks are elements of their own."""
        if name in {"text:p", "text:h"}:
            self.parts.clear()
            if self._text:
                self._text.append("\n")
        elif name == "text:s":
            self.parts.append(" ")
        elif name == "text:tab":
            self.parts.append("\t")
        elif name == "text:line-break":
            self.parts.append("\n")

    def _begin_sheet(self, attributes: Attributes) -> None:
        self._name = attributes.get("table:name", "")[:MAX_SHEET_NAME]
        self._hides = attributes.get("table:style-name", "") in self._styles.hidden_tables
        self._columns: list[str] = []
        self._rows: list[Row] = []
        self._hidden: set[int] = set()
        self._merged: list[Area] = []
        self._formulas: set[tuple[int, int]] = set()
        self._number = 1
        self._row = {}
        self._values: list[Value] = []
        self._said: list[int] = []

    def _end_sheet(self) -> None:
        if len(self.sheets) >= MAX_SHEETS:
            raise IntakeError("file_members")
        self.sheets.append(
            Sheet(
                self._name, tuple(self._rows), self._hides, frozenset(self._hidden),
                check_merged(self._merged), frozenset(self._formulas),
            )
        )  # fmt: skip

    def _end_cell(self, cell: Attributes) -> None:
        column = len(self._values)
        repeat = _repeat(cell, "columns")
        wide, high = _span(cell, "columns"), _span(cell, "rows")
        if wide > 1 or high > 1:
            area = (self._number, column, self._number + high - 1, column + wide - 1)
            self._merged.append(area)
        value = self._value(cell, column)
        # One more than is allowed is enough to be refused for it.
        repeat = min(repeat, max(MAX_COLUMNS + 1 - column, 1))
        if "table:formula" in cell:
            self._said += range(column, column + repeat)
        self._values += [value] * repeat

    def _end_row(self) -> None:
        repeat, number = _repeat(self._row, "rows"), self._number
        self._number += repeat
        # Refuses where the last of the repeated rows is too far below.
        row = make_row(self._name, self._number - 1, self._values)
        numbers = range(number, min(self._number, MAX_ROWS + 1))
        self._cells.add(len(numbers) * max(len(row.values) if row else 0, len(self._said)))
        if self._row.get("table:visibility") in {"collapse", "filter"}:
            self._hidden.update(numbers)
        self._formulas.update((n, column) for n in numbers for column in self._said)
        if row is not None:
            self._rows += [Row(n, row.values) for n in numbers]

    def _value(self, cell: Attributes, column: int) -> Value:
        kind = cell.get("office:value-type", "")
        text = "".join(self._text)
        if cell.get("calcext:value-type") == "error" or kind in {"string", ""}:
            return plain(text or cell.get("office:string-value", ""))
        if kind in _TRUE_KINDS:
            return _number(cell.get("office:value", ""), text)
        if kind == "boolean":
            return cell.get("office:boolean-value") == "true"
        if kind == "date":
            return self._date(cell, column, text)
        return plain(text or cell.get("office:time-value", ""))

    def _date(self, cell: Attributes, column: int, text: str) -> Value:
        try:
            found = datetime.fromisoformat(cell.get("office:date-value", "")).replace(tzinfo=None)
        except ValueError:
            return plain(text)
        style = cell.get("table:style-name")
        if style is None and column < len(self._columns):
            style = self._columns[column]
        return f"{found:%Y-%m}" if style in self._styles.months else found


def _number(stated: str, text: str) -> Value:
    try:
        value = float(stated) if len(stated) < MAX_FIELD else math.nan
    except ValueError:
        return plain(text)
    return plain_number(value) if math.isfinite(value) else plain(text)
