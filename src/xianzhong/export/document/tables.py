"""Tables of three lines, as statistics are printed: none between columns, the header repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Pt

from xianzhong.export.clean import in_line
from xianzhong.export.document.layout import CELL, HEAD_CELL, NOTE, SIZE_5, SMALL_5
from xianzhong.export.document.page import TABLE, WIDTH, Paper
from xianzhong.export.slides.measure import width_of
from xianzhong.export.slides.tables import cell

MOST_ROWS = 20
# From so many columns on, the letters are one size smaller.
_MANY_COLUMNS = 7
_POINT = 12_700
_PAD, _LEAST, _WIDEST = 11.0, 34.0, 190.0


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
    words = tuple(tuple(map(cell, row)) for row in head.itertuples(index=False, name=None))
    columns = range(head.shape[1])
    right = tuple(_numeric([row[i] for row in words]) for i in columns)
    left_out = max(rows, len(table)) - len(head)
    return Grid(tuple(in_line(name) for name in head.columns), words, right, left_out)


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
            "{count} more rows: see the workbook or the link.", count=f"{grid.left_out:,}"
        )
        paper.paragraph(more, NOTE)


def draw(paper: Paper, grid: Grid, alt: str) -> None:
    """Adds the table itself."""
    made = paper.document.add_table(len(grid.rows) + 1, len(grid.headers))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    size = SIZE_5 if len(grid.headers) < _MANY_COLUMNS else SMALL_5
    widths = _widths(grid, size)
    _properties(made, alt, widths)
    rows = made._tbl.tr_lst
    _row(rows[0], grid.headers, HEAD_CELL, [False] * len(widths), widths, size)
    for row, texts in zip(rows[1:], grid.rows, strict=True):
        _row(row, texts, CELL, grid.right, widths, size)
    _header(rows[0])
    _rules(rows[0], grid.headers)


def _widths(grid: Grid, size: float) -> list[int]:
    """EMU of each column: as wide as its words, together the width of the text."""
    wanted = []
    for index, header in enumerate(grid.headers):
        texts = [header, *(row[index] for row in grid.rows)]
        widest = max(width_of(text, size) for text in texts) + _PAD
        wanted.append(min(max(widest, _LEAST), _WIDEST))
    total = sum(wanted)
    return [round(WIDTH * width / total) for width in wanted]


def _row(
    row: Any, texts: Sequence[str], style: str, right: Sequence[bool], widths: Sequence[int],
    size: float,
) -> None:  # fmt: skip
    from docx.table import _Cell

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    for element, text, number, width in zip(row.tc_lst, texts, right, widths, strict=True):
        field = _Cell(element, None)  # type: ignore[arg-type]
        field.width = Emu(width)
        paragraph = field.paragraphs[0]
        paragraph.paragraph_format.element.get_or_add_pPr().style = style.replace(" ", "")
        run = paragraph.add_run(text)
        if size != SIZE_5:
            run.font.size = Pt(size)
        if number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        centred = OxmlElement("w:vAlign")
        centred.set(qn("w:val"), "center")
        element.get_or_add_tcPr().append(centred)


def _header(row: Any) -> None:
    """Repeats the row at the top of each page."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _properties(made: Any, alt: str, widths: Sequence[int]) -> None:
    """The first and last of the three lines, the margins of cells, and the words for a reader."""
    properties = made._tbl.tblPr
    for name in ("w:tblStyle", "w:tblLook"):
        found = properties.find(qn(name))
        if found is not None:
            properties.remove(found)
    for xml in (
        f'<w:tblBorders {nsdecls("w")}><w:top w:val="single" w:sz="12" w:space="0" '
        'w:color="000000"/><w:bottom w:val="single" w:sz="12" w:space="0" w:color="000000"/>'
        "</w:tblBorders>",
        f'<w:tblCellMar {nsdecls("w")}><w:top w:w="40" w:type="dxa"/><w:left w:w="80" '
        'w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar>",
    ):
        properties.append(parse_xml(xml))
    order = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
    rank = {qn(f"w:{name}"): place for place, name in enumerate(order)}
    properties[:] = sorted(properties, key=lambda element: rank.get(element.tag, len(order)))
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), in_line(alt)[:1000])
    properties.append(described)
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(width)


def _rules(row: Any, headers: Sequence[str]) -> None:
    """The second of the three lines, under the header."""
    for element in row.tc_lst[: len(headers)]:
        borders = parse_xml(
            f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" '
            'w:color="000000"/></w:tcBorders>'
        )
        element.get_or_add_tcPr().find(qn("w:vAlign")).addprevious(borders)
