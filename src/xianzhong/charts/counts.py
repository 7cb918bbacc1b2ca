"""A table of counts in shades whose cells can be clicked: places by rules."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import sqrt
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import INK, PALE, QUIET, SEQUENTIAL, TICK_ROOM, axis, layout, width_of

ROW_HEIGHT = 28
_GAP = 0.03
# Light enough for dark numbers on every shade.
_LIGHTEST, _DARKEST = SEQUENTIAL[0], SEQUENTIAL[2]


def cells(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    counts: Sequence[Sequence[int]],
    *,
    total: str,
    names: Sequence[str] = (),
    chosen: str = "",
) -> PlainFigure:
    """Counts as shaded cells with their number, and each row's sum behind them.

    A cell without any stays empty. A click gives ``row|column`` as ``customdata``, and of a sum
    ``row|``. Drawn as bars, because Plotly tells of no click on a heat map's cell.

    Args:
        rows: (code, label) from the top.
        columns: (code, label) from the left.
        counts: one list of numbers per row.
        total: label of the column of sums.
        names: of the columns in full, for the hover text; their labels by default.
        chosen: code of a column that stands out while the others step back.
    """
    marks = _marks(rows, columns, counts, total, names or [label for _, label in columns], chosen)
    bars = _bars(marks)
    ends = [label for _, label in columns] + [total]
    return PlainFigure(
        [bars],
        layout(
            ROW_HEIGHT * len(rows) + TICK_ROOM + 16,
            left=width_of(label for _, label in rows) + 6,
            top=TICK_ROOM,
            barmode="overlay",
            # Labels turn where there is little room: only Plotly knows how high they are then.
            xaxis=axis(
                range=[0, len(ends)], side="top", showgrid=False, automargin=True,
                tickmode="array", tickvals=[x + 0.5 for x in range(len(ends))],
                ticktext=[escape(label, quote=False) for label in ends],
            ),
            yaxis=axis(
                range=[len(rows) - 0.5, -0.5], showgrid=False, tickmode="array",
                tickvals=list(range(len(rows))),
                ticktext=[escape(label, quote=False) for _, label in rows],
                tickfont={"color": QUIET, "size": 13},
            ),
        ),
    )  # fmt: skip


_Mark = tuple[int, int, str, str, str, str]


def _marks(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    counts: Sequence[Sequence[int]],
    total: str,
    names: Sequence[str],
    chosen: str,
) -> list[_Mark]:
    """Column, row, code, colour, number and hover text of each cell and each sum."""
    most = max((max(row, default=0) for row in counts), default=0) or 1
    marks: list[_Mark] = []
    for y, ((row, place), numbers) in enumerate(zip(rows, counts, strict=True)):
        for x, ((column, _), count) in enumerate(zip(columns, numbers, strict=True)):
            if count:
                shade = PALE if chosen not in ("", column) else _shade(sqrt(count / most))
                said = f"{place} · {names[x]}"
                marks.append((x, y, f"{row}|{column}", shade, f"{count:,}", said))
        said = f"{place} · {total}"
        marks.append((len(columns), y, f"{row}|", "#ffffff", f"<b>{sum(numbers):,}</b>", said))
    return marks


def _bars(marks: Sequence[_Mark]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [mark[0] + _GAP for mark in marks],
        "x": [1 - 2 * _GAP] * len(marks),
        "y": [mark[1] for mark in marks],
        "width": 0.86,
        "customdata": [mark[2] for mark in marks],
        "marker": {"color": [mark[3] for mark in marks]},
        "text": [mark[4] for mark in marks],
        "hovertext": [escape(mark[5], quote=False) for mark in marks],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        # A long number shrinks into its cell where the page is narrow.
        "constraintext": "inside",
        "textfont": {"color": INK, "size": 13},
        "hovertemplate": "%{hovertext}<br>%{text}<extra></extra>",
    }


def _shade(share: float) -> str:
    """A colour between the lightest and the darkest, by a share from 0 to 1."""
    parts = [
        round(int(_LIGHTEST[i : i + 2], 16) * (1 - share) + int(_DARKEST[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)
