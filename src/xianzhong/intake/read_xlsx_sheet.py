"""Reads one sheet of an XLSX workbook: values, formulas, hidden rows and merged areas at once."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS, MEGABYTE
from xianzhong.intake.read_cells import Area, Cells, check_merged, make_row
from xianzhong.intake.read_formats import Shape, from_serial
from xianzhong.intake.read_strings import plain
from xianzhong.intake.read_xml import Attributes, local
from xianzhong.intake.values import Row, Sheet, Value

_CELL, _VALUE, _ROW, _TEXT, _FORMULA, _MERGED, _AID = range(1, 8)
_KINDS = {
    "c": _CELL, "v": _VALUE, "row": _ROW, "t": _TEXT, "f": _FORMULA, "mergeCell": _MERGED,
    "rPh": _AID,
}  # fmt: skip
_DIGITS = "0123456789"
_COUNTED_FROM = 20 * MEGABYTE
_PIECE = 1 << 20
_COUNTED = (b"<c ", b"<c>", b"<row")
_OVERLAP = 2


class _Kinds(dict[str, int]):
    """Which element a name means, whatever its prefix; 0 for those that do not matter."""

    def __missing__(self, name: str) -> int:
        self[name] = kind = _KINDS.get(local(name), 0)
        return kind


class _Columns(dict[str, int]):
    """Indexes of columns by their letters, reckoned once each."""

    def __missing__(self, letters: str) -> int:
        number = 0
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise IntakeError("file_broken")
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        self[letters] = number - 1
        return number - 1


_columns = _Columns()


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share: texts, and which formats make dates of numbers."""

    strings: Sequence[str | None]
    shapes: dict[str, Shape]
    from_1904: bool


def check_cells(archive: zipfile.ZipFile, parts: Sequence[str]) -> None:
    """Counts the cells of large sheets before any is read; a tenth of the work of reading.

    Raises:
        IntakeError: there are more than may be read.
    """
    if sum(archive.getinfo(p).file_size for p in parts if p in archive.NameToInfo) < _COUNTED_FROM:
        return
    cells = 0
    for part in parts:
        with archive.open(part) as stream:
            tail = b""
            while piece := stream.read(_PIECE):
                piece = tail + piece
                # An empty row costs as much as a cell.
                cells += sum(piece.count(mark) for mark in _COUNTED)
                tail = piece[-_OVERLAP:]
                if cells > MAX_CELLS:
                    raise IntakeError("file_many_cells", limit=MAX_CELLS)


class SheetReader:
    """Gathers a sheet from the elements of its part.

    Both methods are called for millions of elements: what is common in them calls nothing else.
    """

    def __init__(self, name: str, book: Book, cells: Cells) -> None:
        self.parts: list[str] = []
        self._name, self._book, self._cells = name, book, cells
        self._strings, self._shapes = book.strings, book.shapes
        self._kinds = _Kinds()
        self._dates: dict[tuple[str, str], Value] = {}
        self._rows: list[Row] = []
        self._hidden: set[int] = set()
        self._merged: list[Area] = []
        self._formulas: set[tuple[int, int]] = set()
        self._number = 0
        self._values: list[Value] = []
        self._next = 0
        self._cell: Attributes = {}
        self._text: str | None = None
        self._aid = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        kind = self._kinds[name]
        if kind == _CELL:
            self._cell = attributes
            self._text = None
            return
        self.parts.clear()
        if kind == _ROW:
            self._begin_row(attributes)
        elif kind == _MERGED:
            self._merge(attributes.get("ref", ""))
        elif kind == _AID:
            self._aid = True

    def end(self, name: str) -> None:
        """An element ends."""
        kind = self._kinds[name]
        if kind == _VALUE:
            parts = self.parts
            self._text = parts[0] if len(parts) == 1 else "".join(parts)
        elif kind == _CELL:
            cell = self._cell
            reference = cell.get("r")
            index = _columns[reference.rstrip(_DIGITS)] if reference else self._next
            self._next = index + 1
            text = self._text
            if text is not None:
                form = cell.get("t")
                value: Value
                if form == "s":
                    value = self._strings[int(text)]
                elif form is None and cell.get("s") not in self._shapes:
                    value = int(text) if text.isdigit() and len(text) < 16 else _number(text)
                else:
                    value = self._value(text)
                if index == len(self._values):
                    self._values.append(value)
                else:
                    self._put(index, value)
        elif kind:
            self._end_other(kind)

    def _end_other(self, kind: int) -> None:
        if kind == _ROW:
            self._end_row()
        elif kind == _FORMULA:
            reference = self._cell.get("r")
            index = _columns[reference.rstrip(_DIGITS)] if reference else self._next
            self._formulas.add((self._number, index))
        elif kind == _TEXT and not self._aid:
            self._text = (self._text or "") + "".join(self.parts)
        elif kind == _AID:
            self._aid = False

    def sheet(self, *, hidden: bool) -> Sheet:
        """What was gathered. Rows that stand out of order are put in order."""
        rows = self._rows
        if any(one.number > two.number for one, two in pairwise(rows)):
            rows.sort(key=lambda row: row.number)
        return Sheet(
            self._name, tuple(rows), hidden, frozenset(self._hidden),
            tuple(self._merged), frozenset(self._formulas),
        )  # fmt: skip

    def _begin_row(self, attributes: Attributes) -> None:
        stated = attributes.get("r", "")
        if stated and not (stated.isascii() and stated.isdigit() and len(stated) < 12):
            raise IntakeError("file_broken")
        self._number = int(stated) if stated else self._number + 1
        self._next = 0
        self._values = []
        if self._number <= MAX_ROWS and attributes.get("hidden") in {"1", "true"}:
            self._hidden.add(self._number)

    def _end_row(self) -> None:
        self._cells.add(len(self._values))
        row = make_row(self._name, self._number, self._values)
        if row is not None:
            self._rows.append(row)
        self._values = []

    def _put(self, index: int, value: Value) -> None:
        """Puts a value that does not simply follow the one before."""
        values = self._values
        gap = index - len(values)
        if value is None:
            return
        if gap < 0:
            values[index] = value
        else:
            # A cell too far to the right is refused with its row; the gap need not be filled.
            values += [None] * min(gap, MAX_COLUMNS)
            values.append(value)

    def _value(self, text: str) -> Value:
        cell = self._cell
        kind = cell.get("t", "n")
        if kind == "n":
            # Most dates come many times.
            key = (text, cell.get("s", "0"))
            value = self._dates.get(key)
            if value is None:
                value = self._dates[key] = self._number_of(*key)
            return value
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "d":
            return _iso(text)
        return plain(text)

    def _number_of(self, text: str, style: str) -> Value:
        number = _number(text)
        how = self._shapes.get(style)
        if not how or not isinstance(number, (int, float)):
            return number
        return from_serial(number, how, from_1904=self._book.from_1904)

    def _merge(self, area: str) -> None:
        corners = [
            (int(digits), _columns[corner[: -len(digits)]])
            for corner in area.replace("$", "").split(":")
            if (digits := corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
            and digits.isascii() and digits.isdigit() and len(digits) < 12
        ]  # fmt: skip
        if len(corners) == 2:
            self._merged.append((*corners[0], *corners[1]))
            if len(self._merged) > MAX_MERGED:
                check_merged(self._merged)


def _number(text: str) -> int | float | str | None:
    try:
        value = float(text)
    except ValueError:
        return plain(text)
    if value.is_integer() and -1e15 < value < 1e15:
        return int(value)
    return value if math.isfinite(value) else text


def _iso(text: str) -> Value:
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return plain(text)
