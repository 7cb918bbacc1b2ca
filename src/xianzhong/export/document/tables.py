"""Tables of three lines, as statistics are printed: none between columns, the header repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from xianzhong.export.clean import in_line
from xianzhong.export.document.layout import (
    CELL,
    HEAD_CELL,
    NOTE,
    SIZE_5,
    SMALL_5,
    WIDTH_MM,
    style_id,
)  # fmt: skip
from xianzhong.export.document.page import TABLE, Paper
from xianzhong.export.slides.measure import width_of
from xianzhong.export.slides.tables import cell

MOST_ROWS = 20
# From so many columns on, the letters are one size smaller.
_MANY_COLUMNS = 7
# In points: the width of the text, half of it, and of columns.
_PAGE = WIDTH_MM / 25.4 * 72
_HALF = _PAGE * 0.6
_STRETCH = 1.3
_PAD, _LEAST, _WIDEST = 12.0, 30.0, 700.0
_YEARS = ("年度", "年份", "Year")
_RIGHT = '<w:jc w:val="right"/>'
_RULES = (
    '<w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="000000"/></w:tblBorders>'
)
_MARGINS = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
)


@dataclass(frozen=True)
class Grid:
    """A table in words.

    Attributes:
        headers: of the columns.
        rows: the cells.
        right: of each column, whether it holds numbers.
        left_out: how many rows there are beyond these.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    left_out: int = 0


def grid_of(table: pd.DataFrame, rows: int = 0) -> Grid:
    """The first twenty rows of a table in words.

    Args:
        table: readable headers and values.
        rows: how many rows there are in all where the table has only the first.
    """
    head = table.head(MOST_ROWS)
    # A column in which nothing is written would only make the others narrow.
    head = head.loc[
        :, [bool((head.iloc[:, i].map(cell) != "").any()) for i in range(head.shape[1])]
    ]
    columns = range(head.shape[1])
    written = [_column(head.iloc[:, i], str(head.columns[i])) for i in columns]
    words = tuple(zip(*written, strict=True))
    right = tuple(_numeric([row[i] for row in words]) for i in columns)
    left_out = max(rows, len(table)) - len(head)
    return Grid(tuple(in_line(name) for name in head.columns), words, right, left_out)


def _column(values: pd.Series, header: str) -> list[str]:
    """A column in words: with one decimal for all where one has it, and years without a comma."""
    texts = [cell(value) for value in values]
    if header in _YEARS:
        return [text.replace(",", "") for text in texts]
    if pd.api.types.is_numeric_dtype(values) and any("." in text for text in texts):
        return [text if text == "—" or "." in text else f"{text}.0" for text in texts]
    return texts


def _numeric(texts: Sequence[str]) -> bool:
    """Whether a column holds numbers, signs, shares and dashes for what is not on record."""
    known = [text for text in texts if text not in ("—", "")]
    bare = [t.replace(",", "").removesuffix("%").strip().lstrip("+-") for t in known]
    return bool(known) and all(text.replace(".", "", 1).isdecimal() for text in bare)


def add(paper: Paper, grid: Grid, title: str, alt: str = "", *, captioned: bool = True) -> None:
    """Adds a table with its caption above, and below it how many rows are left out."""
    if captioned:
        paper.caption(TABLE, title)
    draw(paper, grid, alt or title)
    if grid.left_out:
        more = paper.source.say(
            "{count} more rows: see the workbook or the link", count=f"{grid.left_out:,}"
        )
        paper.paragraph(more, NOTE)


def draw(paper: Paper, grid: Grid, alt: str) -> None:
    """Adds the table itself; with less in it than the page is wide, it is narrower."""
    size = SIZE_5 if len(grid.headers) < _MANY_COLUMNS else SMALL_5
    widths = _widths(grid, size)
    shown = "" if size == SIZE_5 else f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    head = _row(grid.headers, HEAD_CELL, grid.right, widths, shown, first=True)
    body = [_row(texts, CELL, grid.right, widths, shown) for texts in grid.rows]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    # As a string: cell by cell python-docx would take most of the time of a report.
    made = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/>{_RULES}<w:tblLayout w:type="fixed"/>{_MARGINS}'
        f"<w:tblDescription w:val={quoteattr(in_line(alt)[:1000])}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{''.join(body)}</w:tbl>"
    )
    paper.document.element.body.insert_element_before(made, "w:sectPr")


def _row(
    texts: Sequence[str], style: str, right: Sequence[bool], widths: Sequence[int], shown: str, *,
    first: bool = False,
) -> str:  # fmt: skip
    """A row, not split between pages; the first is repeated on each, over the second line."""
    rule = (
        '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        "</w:tcBorders>"
    )
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{rule if first else ""}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>'
        f'{_RIGHT if number else ""}</w:pPr><w:r>{shown}<w:t xml:space="preserve">'
        f"{escape(text)}</w:t></w:r></w:p></w:tc>"
        for text, number, width in zip(texts, right, widths, strict=True)
    ]
    header = "<w:tblHeader/>" if first else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def _widths(grid: Grid, size: float) -> list[int]:
    """Twips of each column: its words in one line, or less where the page has no room for that.

    What cannot be broken, such as a date or a number, keeps its width.
    """
    columns = [
        (header, [row[index] for row in grid.rows]) for index, header in enumerate(grid.headers)
    ]
    wanted = [
        max(max((width_of(text, size) for text in (header, *texts)), default=0) + _PAD, _LEAST)
        for header, texts in columns
    ]
    if sum(wanted) <= _PAGE:
        stretch = min(_PAGE / sum(wanted), max(_STRETCH, _HALF / sum(wanted)))
        return [round(width * stretch * 20) for width in wanted]
    needed = [
        max(_LEAST, *(_unbroken(text, size) + _PAD for text in (header, *texts)))
        for header, texts in columns
    ]
    wanted = [max(min(width, _WIDEST), need) for width, need in zip(wanted, needed, strict=True)]
    if sum(needed) >= _PAGE:
        return [round(need / sum(needed) * _PAGE * 20) for need in needed]
    share = (_PAGE - sum(needed)) / max(sum(wanted) - sum(needed), 1)
    return [
        round((need + (width - need) * min(share, 1)) * 20)
        for width, need in zip(wanted, needed, strict=True)
    ]


def _unbroken(text: str, size: float) -> float:
    """The widest piece that stays in a line: a number, a date, three Chinese characters."""
    pieces = re.findall(r"[!-~]+|[^!-~]{1,3}", text)
    return max((width_of(piece, size) for piece in pieces), default=0)
