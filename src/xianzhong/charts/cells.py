"""A grid of cells that can be clicked: schools by measures, days by months.

Plotly's heat maps hand no click to Streamlit, bars do: each cell is a bar that begins where the
one before it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import INK, QUIET, SEQUENTIAL, axis, layout, width_of

# Light enough for dark numbers on every shade.
LIGHT = SEQUENTIAL[:3]
GAP, NOTHING = "#fce8cf", "#f1f4f6"
ROW = 32
_TEXT = 13


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        row: its number from the top.
        left: where it begins, in columns.
        text: what stands in it.
        color: its colour.
        code: handed back by a click as ``customdata``; empty for a cell that does nothing.
        hover: the lines shown under the mouse, plain text.
        width: in columns.
    """

    row: int
    left: float
    text: str
    color: str
    code: str
    hover: tuple[str, ...]
    width: float = 1.0


def shade(value: float, most: float) -> str:
    """The colour of a number above zero, between light and the darkest that dark text allows."""
    place = min(max(value / most if most else 0.0, 0.0), 1.0) * (len(LIGHT) - 1)
    low = min(int(place), len(LIGHT) - 2)
    parts = zip(_rgb(LIGHT[low]), _rgb(LIGHT[low + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (place - low)):02x}" for a, b in parts)


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(escape(line, quote=False) for line in lines)


def cell_grid(
    rows: Sequence[str],
    columns: Sequence[tuple[float, str]],
    cells: Sequence[Cell],
    *,
    widest: int = 0,
    upright: bool = False,
    row_height: int = ROW,
    text_size: int = _TEXT,
) -> PlainFigure:
    """Cells in rows, with the names of the columns above.

    Args:
        rows: names from the top.
        columns: the middle of each named column, and its name; ``<br>`` breaks a line.
        cells: in any order.
        widest: pixels that the names of rows may take; longer ones are cut with an ellipsis.
        upright: whether the columns' names stand upright, where there is no room for them.
        row_height: in pixels.
        text_size: of the text in the cells.
    """
    names = [_cut(name, widest) for name in rows]
    lines = max((name.count("<br>") + 1 for _, name in columns), default=1)
    tall = width_of((part for _, name in columns for part in name.split("<br>")), 12)
    head = tall + 10 if upright else 18 * lines + 8
    right = max((cell.left + cell.width for cell in cells), default=1.0)
    return PlainFigure(
        [_bars(cells, text_size)],
        layout(
            16 + head + row_height * len(rows),
            left=width_of(names) + 8,
            top=head,
            bargap=0,
            xaxis=axis(
                side="top", range=[0, right], showgrid=False, tickmode="array",
                tickvals=[at for at, _ in columns],
                ticktext=[name.replace("<br>", " ") if upright else name for _, name in columns],
                tickangle=-90 if upright else 0,
                tickfont={"size": 12, "color": QUIET},
            ),
            yaxis=axis(
                range=[len(rows) - 0.5, -0.5], showgrid=False, tickmode="array",
                tickvals=list(range(len(rows))),
                ticktext=[escape(name, quote=False) for name in names],
            ),
        ),
    )  # fmt: skip


def _cut(name: str, widest: int) -> str:
    if not widest or width_of([name]) <= widest:
        return name
    while name and width_of([name + "…"]) > widest:
        name = name[:-1]
    return name + "…"


def _bars(cells: Sequence[Cell], text_size: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [cell.left + 0.03 for cell in cells],
        "x": [cell.width - 0.06 for cell in cells],
        "y": [cell.row for cell in cells],
        "width": 0.9,
        "marker": {"color": [cell.color for cell in cells]},
        "customdata": [cell.code for cell in cells],
        "text": [cell.text for cell in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": text_size, "color": INK},
        "hovertext": [_lines(cell.hover) for cell in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        # A click filters; what was not clicked must not fade meanwhile.
        "unselected": {"marker": {"opacity": 1}},
    }
