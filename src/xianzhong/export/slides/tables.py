"""Tables as an office program's own: columns as wide as their content, numbers to the right."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from pptx.enum.text import MSO_ANCHOR

from xianzhong.charts.style import INK
from xianzhong.export.clean import in_line
from xianzhong.export.slides.box import POINT, Box, points
from xianzhong.export.slides.measure import fitted, lines_of, width_of
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

ROWS, SLIDES, COLUMNS = 12, 2, 10
_HEADER, _STRIPE, _WHITE = "#e6edf3", "#f6f9fb", "#ffffff"
_PAD = 14.0
_WIDEST = 2.6
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
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    needs: tuple[float, ...] = ()

    def part(self, start: int, count: int) -> Grid:
        """Some of the rows."""
        return replace(self, rows=self.rows[start : start + count])

    def first_columns(self, count: int) -> Grid:
        """The table with its first columns only."""
        rows = tuple(row[:count] for row in self.rows)
        return Grid(self.headers[:count], rows, self.right[:count], self.needs[:count])


def cell(value: object) -> str:
    """A value as a cell shows it: thousands separated, a dash for nothing on record."""
    if value is None or value is pd.NA or value is pd.NaT:
        return "—"
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        number = float(value)
        if math.isnan(number):
            return "—"
        return f"{number:,.0f}" if number.is_integer() else f"{number:,.1f}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return in_line(value)


def grid_of(table: pd.DataFrame, most: int = ROWS * SLIDES) -> Grid:
    """The first rows of a table in words."""
    head = table.head(most)
    right = tuple(_numbers(head.iloc[:, i]) for i in range(head.shape[1]))
    rows = tuple(tuple(map(cell, row)) for row in head.itertuples(index=False, name=None))
    needs = tuple(max(width_of(text, 1) for text in column) for column in zip(*rows, strict=True))
    headers = tuple(in_line(name) for name in head.columns)
    return Grid(headers, rows, right, needs or (0.0,) * len(right))


def _numbers(column: pd.Series[Any]) -> bool:
    """Whether a column holds numbers, or numbers in words such as ``1,234`` and ``—``."""
    known = [value for value in column if cell(value) != "—"]
    words = [str(value).replace(",", "").removesuffix("%").lstrip("+-") for value in known]
    return bool(words) and all(word.replace(".", "", 1).strip().isdecimal() for word in words)


def batches(grid: Grid) -> Iterator[Grid]:
    """The table of each slide; the last is not left with a row alone."""
    count = len(grid.rows)
    slides = min(-(-count // ROWS), SLIDES)
    size = -(-count // slides) if slides else 0
    for number in range(slides):
        yield grid.part(number * size, size)


def draw(slide: Slide, room: Box, grid: Grid, alt: str, lang: Lang, size: float = 0) -> Box:
    """Draws a table; gives the place that it takes."""
    chosen = size or (14 if len(grid.headers) <= 6 and len(grid.rows) <= 10 else 12)
    widths = _widths(grid, room.width / POINT, chosen)
    row = min(points(chosen * 2.1), room.height // (len(grid.rows) + 1))
    header = _header_lines(grid, widths, chosen)
    top = max(row, points(chosen * (1.25 * header + 0.75)))
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
    found = [len(lines_of(name, width - _PAD, size)) for name, width in pairs]
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
            made.margin_left = made.margin_right = points(_PAD / 2)
            made.margin_top = made.margin_bottom = points(2)
            made.vertical_anchor = MSO_ANCHOR.MIDDLE
            shown = fitted(text, widths[column] - _PAD + 1, size, 2 if number == 0 else 1)
            align: Align = "right" if grid.right[column] else "left"
            run = Run(shown, size, INK, bold=number == 0)
            write(made.text_frame, [Paragraph((run,), align)], lang)
