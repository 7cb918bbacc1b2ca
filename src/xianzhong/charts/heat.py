"""A table of counts in shades: kinds by terms."""

from __future__ import annotations

from collections.abc import Sequence

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import INK, SEQUENTIAL, axis, layout, width_of

# Light enough for dark numbers on every shade.
LIGHT = SEQUENTIAL[:3]


def heat(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> PlainFigure:
    """Counts as shaded cells with their number; a cell without any stays white.

    Args:
        rows: labels from the top.
        columns: labels from the left.
        counts: one list of numbers per row.
    """
    shown = [[value or None for value in row] for row in counts]
    scale = [[i / (len(LIGHT) - 1), colour] for i, colour in enumerate(LIGHT)]
    cells = {
        "type": "heatmap",
        "z": shown,
        "x": list(columns),
        "y": list(rows),
        "colorscale": scale,
        "zmin": 0,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "text": [[f"{value:,}" if value else "" for value in row] for row in counts],
        "texttemplate": "%{text}",
        "textfont": {"color": INK, "size": 14},
        "hovertemplate": "%{y}<br>%{x}<br>%{z:,}<extra></extra>",
    }
    return PlainFigure(
        [cells],
        layout(
            60 + 32 * len(rows),
            left=width_of(rows) + 6,
            # Names of terms turn where there is little room: only Plotly knows how high they are.
            xaxis=axis(type="category", side="top", showgrid=False, automargin=True),
            yaxis=axis(type="category", autorange="reversed", showgrid=False),
        ),
    )
