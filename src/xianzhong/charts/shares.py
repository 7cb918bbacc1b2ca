"""Shares of a whole, one bar a name: how soon activities were reported, province by province."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import AMBER, INK, axis, layout, width_of

# From light to dark, the last one in another colour; each tells itself apart in grey, too.
STEPS = ("#cfe2ef", "#94bfd9", "#4a8db8", AMBER)
_ON_STEP = (INK, INK, "#ffffff", INK)
ROW = 28
_ROOM_FOR_TEXT = 9
_LEGEND = {
    "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom",
    "traceorder": "normal", "itemclick": False, "itemdoubleclick": False,
    "font": {"size": 12},
}  # fmt: skip


def shares(
    names: Sequence[str],
    counts: Sequence[Sequence[int]],
    codes: Sequence[str],
    parts: Sequence[str],
    *,
    unit: str,
) -> PlainFigure:
    """Bars of the same length divided into parts, with a legend above.

    Args:
        names: of the bars, from the top.
        counts: one list a bar: how many belong to each part.
        codes: stable code of each bar, handed back by a click.
        parts: names of the parts, at most four.
        unit: of the counts, for the hover text.
    """
    traces = [_part(number, part, names, counts, codes, unit) for number, part in enumerate(parts)]
    return PlainFigure(
        traces,
        layout(
            50 + ROW * len(names) + 16,
            left=width_of(names) + 6,
            top=42,
            barmode="stack",
            bargap=0.25,
            showlegend=True,
            legend=_LEGEND,
            xaxis=axis(range=[0, 100], showticklabels=False, showgrid=False),
            yaxis=axis(
                range=[len(names) - 0.5, -0.5], tickmode="array",
                tickvals=list(range(len(names))), showgrid=False,
                ticktext=[escape(name, quote=False) for name in names],
            ),
        ),
    )  # fmt: skip


def _part(
    number: int,
    part: str,
    names: Sequence[str],
    counts: Sequence[Sequence[int]],
    codes: Sequence[str],
    unit: str,
) -> dict[str, Any]:
    """One part of every bar."""
    share = [100 * row[number] / (sum(row) or 1) for row in counts]
    return {
        "type": "bar",
        "orientation": "h",
        "name": part,
        "x": share,
        "y": list(range(len(names))),
        "customdata": list(codes),
        "marker": {"color": STEPS[number], "line": {"color": "#ffffff", "width": 1}},
        "text": [f"{value:.0f}%" if value >= _ROOM_FOR_TEXT else "" for value in share],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12, "color": _ON_STEP[number]},
        "hovertext": [
            f"{escape(name, quote=False)}<br>{part}: {row[number]:,} {unit} ({value:.0f}%)"
            for name, row, value in zip(names, counts, share, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }
