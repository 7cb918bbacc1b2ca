"""Tables as an office program's own: columns as wide as their content, numbers to the right."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from pptx.enum.text import MSO_ANCHOR

from xianzhong.charts.style import INK
from xianzhong.export.clean import in_line
from xianzhong.export.slides.box import POINT, Box, points
from xianzhong.export.slides.measure import BOLD, fitted, lines_of, width_of
from xianzhong.export.slides.text import (
    Align,
    Paragraph,
    Run,
    Slide,
    color_of,
    described,
    write,
)
from xianzhong.model.labels import Lang

ROWS, LOW_ROWS, SLIDES, COLUMNS = 12, 7, 2, 10
_HEADER, _STRIPE, _WHITE = "#e6edf3", "#f6f9fb", "#ffffff"
# Margins of a cell in points, and what it keeps free beside them.
_MARGINS, _PAD = 14.0, 19.0
_WIDEST = 2.6
# A column may be cut down to so many points, and a table to so many columns.
_READABLE, _FEWEST = 112.0, 3
_SMALLER = 12
_YEARS = (1949, 2099)
# No style of the program's gallery shows through.
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Grid:
    """A table in words.

    Attributes:
        headers: of the columns.
        rows: the cells.
        right: of each column, whether it holds numbers.
        needs: of each column, the width of its longest cell in ems, on all slides together.
        lines: that a cell may take.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    needs: tuple[float, ...] = ()
    lines: int = 1

    def part(self, start: int, count: int) -> Grid:
        """Some of the rows."""
        return replace(self, rows=self.rows[start : start + count])

    def first_columns(self, count: int) -> Grid:
        """The table with its first columns only."""
        return self.columns(range(min(count, len(self.headers))))

    def columns(self, kept: Iterable[int]) -> Grid:
        """The table with some of its columns."""
        at = list(kept)
        rows = tuple(tuple(row[i] for i in at) for row in self.rows)
        headers = tuple(self.headers[i] for i in at)
        return Grid(
            headers, rows, tuple(self.right[i] for i in at), tuple(self.needs[i] for i in at)
        )

    def said(self) -> Grid:
        """The table without columns in which nothing is written."""
        return self.columns(i for i, need in enumerate(self.needs) if need)

    def readable(self, width: float) -> Grid:
        """The table with as many columns as can be read beside each other in some points."""
        count = min(len(self.headers), COLUMNS)
        while count > _FEWEST:
            widths = _widths(self.first_columns(count), width, _SMALLER)
            needs = [need * _SMALLER + _PAD for need in self.needs[:count]]
            if all(has >= min(need, _READABLE) for has, need in zip(widths, needs, strict=True)):
                break
            count -= 1
        kept = self.first_columns(count)
        widths = _widths(kept, width, _SMALLER)
        return replace(kept, lines=2 if kept.cut(widths) else 1)

    def cut(self, widths: Sequence[float]) -> bool:
        """Whether more than a few cells would have to be shortened to one line."""
        cells = [
            width_of(text, _SMALLER) > width - _PAD + 1.5
            for row in self.rows
            for text, width in zip(row, widths, strict=True)
        ]
        return sum(cells) * 12 > len(cells)


def cell(value: object, decimals: int | None = None) -> str:
    """A value as a cell shows it: thousands separated, a dash for nothing on record.

    Args:
        value: of the table.
        decimals: of a number; as it needs by default, one at most.
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return "—"
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        number = float(value)
        if math.isnan(number):
            return "—"
        places = (0 if number.is_integer() else 1) if decimals is None else decimals
        return f"{number:,.{places}f}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return in_line(value)


def grid_of(table: pd.DataFrame, most: int = ROWS * SLIDES) -> Grid:
    """The first rows of a table in words."""
    head = table.head(most)
    right = tuple(_numbers(head.iloc[:, i]) for i in range(head.shape[1]))
    columns = [_cells(head.iloc[:, i]) for i in range(head.shape[1])]
    rows = tuple(zip(*columns, strict=True))
    needs = tuple(max(width_of(text, 1) for text in column) for column in zip(*rows, strict=True))
    headers = tuple(in_line(name) for name in head.columns)
    return Grid(headers, rows, right, needs or (0.0,) * len(right))


def _cells(column: pd.Series[Any]) -> list[str]:
    """A column in words; where one number has a decimal, all have."""
    known = [v for v in column if isinstance(v, (float, np.floating)) and math.isfinite(v)]
    if column.map(_is_year).all():
        return [str(value) for value in column]
    broken = any(not float(value).is_integer() for value in known)
    return [cell(value, 1 if broken else None) for value in column]


def _is_year(value: object) -> bool:
    """Whether a number is a year, which has no thousands."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    return whole and _YEARS[0] <= int(str(value)) <= _YEARS[1]


def _numbers(column: pd.Series[Any]) -> bool:
    """Whether a column holds numbers, or numbers in words such as ``1,234`` and ``—``."""
    known = [value for value in column if cell(value) not in ("", "—")]
    words = [str(value).replace(",", "").removesuffix("%").lstrip("+-") for value in known]
    return bool(words) and all(word.replace(".", "", 1).strip().isdecimal() for word in words)


def batches(grid: Grid) -> Iterator[Grid]:
    """The table of each slide; the last is not left with a row alone."""
    most = ROWS if grid.lines == 1 else LOW_ROWS
    count = min(len(grid.rows), most * SLIDES)
    slides = -(-count // most)
    size = -(-count // slides) if slides else 0
    for number in range(slides):
        yield grid.part(number * size, min(size, count - number * size))


def draw(slide: Slide, room: Box, grid: Grid, alt: str, lang: Lang, size: float = 0) -> Box:
    """Draws a table; gives the place that it takes."""
    chosen = size or (14 if len(grid.headers) <= 6 and len(grid.rows) <= 10 else 12)
    widths = _widths(grid, room.width / POINT, chosen)
    header = _header_lines(grid, widths, chosen)
    top = points(chosen * (1.35 * header + 0.75))
    tall = 2.1 if grid.lines == 1 else 3.1
    row = min(points(chosen * tall), (room.height - top) // max(len(grid.rows), 1))
    height = top + row * len(grid.rows)
    frame = slide.shapes.add_table(
        len(grid.rows) + 1, len(grid.headers), room.left, room.top,
        points(sum(widths)), height,
    )  # fmt: skip
    frame.name = "Table"
    described(frame, alt)
    _style(frame.table, widths, [top] + [row] * len(grid.rows))
    _fill(frame.table, grid, widths, chosen, lang)
    return Box(room.left, room.top, points(sum(widths)), height)


def _header_lines(grid: Grid, widths: Sequence[float], size: float) -> int:
    """How many lines the headers take, two at most."""
    pairs = zip(grid.headers, widths, strict=True)
    found = [len(lines_of(name, width - _PAD, size * BOLD)) for name, width in pairs]
    return min(max(found, default=1), 2)


def _widths(grid: Grid, room: float, size: float) -> list[float]:
    """Points of each column: what it needs, the longest giving way where all do not fit."""
    needed = []
    for index, header in enumerate(grid.headers):
        # A header may take two lines.
        words = max((width_of(word, size) for word in header.split()), default=0)
        title = max(width_of(header, size) / 2 + size, min(words, 90.0))
        needed.append(max(title, grid.needs[index] * size, 2.5 * size) + _PAD)
    if sum(needed) > room:
        return _narrowed(needed, room)
    # Wide enough to fill the room, unless the eye would lose the line.
    return [width * min(room / sum(needed), _WIDEST) for width in needed]


def _narrowed(needed: list[float], room: float) -> list[float]:
    """Cuts the widest columns to one width, so that all of them together fit."""
    low, high = 0.0, max(needed)
    for _ in range(40):
        middle = (low + high) / 2
        if sum(min(width, middle) for width in needed) > room:
            high = middle
        else:
            low = middle
    return [min(width, low) for width in needed]


def _style(table: Any, widths: Sequence[float], heights: Sequence[int]) -> None:
    properties = table._tbl.tblPr
    style = properties.find("{*}tableStyleId")
    if style is not None:
        style.text = _PLAIN_STYLE
    for column, width in zip(table.columns, widths, strict=True):
        column.width = points(width)
    for row, height in zip(table.rows, heights, strict=True):
        row.height = height


def _fill(table: Any, grid: Grid, widths: Sequence[float], size: float, lang: Lang) -> None:
    for number, words in enumerate((grid.headers, *grid.rows)):
        color = _HEADER if number == 0 else _WHITE if number % 2 else _STRIPE
        for column, text in enumerate(words):
            made = table.cell(number, column)
            made.fill.solid()
            made.fill.fore_color.rgb = color_of(color)
            made.margin_left = made.margin_right = points(_MARGINS / 2)
            made.margin_top = made.margin_bottom = points(2)
            made.vertical_anchor = MSO_ANCHOR.MIDDLE
            wide = size * (BOLD if number == 0 else 1)
            lines = 2 if number == 0 else grid.lines
            shown = fitted(text, widths[column] - _PAD + 1.5, wide, lines)
            align: Align = "right" if grid.right[column] else "left"
            run = Run(shown, size, INK, bold=number == 0)
            write(made.text_frame, [Paragraph((run,), align)], lang)
