"""A table of counts in shades: kinds by terms."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import AMBER, INK, SEQUENTIAL, axis, layout, width_of

# Light enough for dark numbers on every shade.
LIGHT = SEQUENTIAL[:3]
# Room for so many columns, however few there are: one cell does not fill the page.
FEWEST = 3


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    codes: Sequence[Sequence[str]] = (),
    *,
    chosen: str = "",
) -> PlainFigure:
    """Counts as shaded cells with their number; a cell without any stays white.

    The cells are bars: Plotly gives no click for the cells of its own heat maps.

    Args:
        rows: labels from the top.
        columns: labels from the left, on two lines where a line ends within.
        counts: one list of numbers per row.
        codes: one code per cell, handed back by a click as ``customdata``.
        chosen: code of the cell that has a frame.
    """
    most = max((value for row in counts for value in row), default=0)
    found = [
        (row, column, value, codes[row][column] if codes else "")
        for row, line in enumerate(counts)
        for column, value in enumerate(line)
        if value
    ]
    words = [
        [
            code,
            escape(rows[row], quote=False),
            escape(columns[column].replace("\n", " "), quote=False),
        ]
        for row, column, _, code in found
    ]
    cells = _cells(found, most, chosen) | {"customdata": words}
    return PlainFigure([cells], _grid(rows, columns))


def _cells(found: Sequence[tuple[int, int, int, str]], most: int, chosen: str) -> dict[str, object]:
    """Cells (row, column, count, code) as bars, in shades up to that of the highest count."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row for row, *_ in found],
        "base": [column - 0.47 for _, column, *_ in found],
        "x": [0.94] * len(found),
        "width": 0.9,
        "marker": {
            "color": [value for *_, value, _ in found],
            "colorscale": [[i / (len(LIGHT) - 1), colour] for i, colour in enumerate(LIGHT)],
            "cmin": 0,
            "cmax": most,
            "line": {
                "color": AMBER,
                "width": [3 if chosen and code == chosen else 0 for *_, code in found],
            },
        },
        "text": [f"{value:,}" for *_, value, _ in found],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": INK, "size": 14},
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}<br>%{text}<extra></extra>",
    }


def _grid(rows: Sequence[str], columns: Sequence[str]) -> dict[str, object]:
    ends = {"showgrid": False, "tickmode": "array"}
    return layout(
        60 + 32 * len(rows),
        left=width_of(rows) + 6,
        barmode="overlay",
        # Names of terms turn where there is little room: only Plotly knows how high they are.
        xaxis=axis(
            **ends, side="top", automargin=True, range=[-0.5, max(len(columns), FEWEST) - 0.5],
            tickvals=list(range(len(columns))),
            ticktext=[escape(name, quote=False).replace("\n", "<br>") for name in columns],
            **({"tickangle": 0} if any("\n" in name for name in columns) else {}),
        ),
        yaxis=axis(
            **ends, range=[len(rows) - 0.5, -0.5], tickvals=list(range(len(rows))),
            ticktext=[escape(name, quote=False) for name in rows],
        ),
    )  # fmt: skip
