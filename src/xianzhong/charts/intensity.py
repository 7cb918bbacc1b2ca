"""How much is done against the size of a school: points, or ranges by size where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    AMBER,
    BLUE,
    INK,
    QUIET,
    SKY,
    TICK_ROOM,
    TICK_SIZE,
    axis,
    layout,
    width_of,
)  # fmt: skip

HEIGHT = 380


def _titled(title: str) -> dict[str, Any]:
    return {"text": title, "font": {"size": 13, "color": QUIET}, "standoff": 8}


def points(
    sizes: Sequence[float],
    values: Sequence[float],
    codes: Sequence[str],
    hovers: Sequence[Sequence[str]],
    *,
    across: str,
    up: str,
) -> PlainFigure:
    """One point a school; those without anything are hollow. A click gives the school's code.

    Args:
        sizes: students of each.
        values: how much was done for each, by its size.
        codes: of the schools.
        hovers: lines shown under the mouse.
        across: title of the axis of sizes.
        up: title of the axis of values.
    """
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": list(sizes),
        "y": list(values),
        "customdata": list(codes),
        "marker": {
            "size": 11,
            "color": BLUE,
            "opacity": 0.7,
            "symbol": ["circle" if value else "circle-open" for value in values],
        },
        "cliponaxis": False,
        "hovertext": ["<br>".join(escape(x, quote=False) for x in lines) for lines in hovers],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.7}},
    }
    return PlainFigure([dots], _layout(max(values, default=0), across=across, up=up, x={
        "rangemode": "tozero", "tickformat": ",d", "nticks": 6,
    }))  # fmt: skip


def ranges(
    names: Sequence[str],
    quartiles: Sequence[tuple[float, float, float]],
    hovers: Sequence[str],
    *,
    across: str,
    up: str,
) -> PlainFigure:
    """For each size a bar over the middle half of its schools, and a line at the middle one.

    Args:
        names: of the classes of size, in order.
        quartiles: (lower, middle, upper) of each.
        hovers: the line shown under the mouse.
        across: title of the axis of sizes.
        up: title of the axis of values.
    """
    at = list(range(len(names)))
    halves = {
        "type": "bar",
        "x": at,
        "base": [low for low, _, _ in quartiles],
        "y": [high - low for low, _, high in quartiles],
        "width": 0.5,
        "marker": {"color": SKY},
        "hovertext": [escape(line, quote=False) for line in hovers],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    middles = {
        "type": "scatter",
        "mode": "markers+text",
        "x": at,
        "y": [middle for _, middle, _ in quartiles],
        "marker": {"symbol": "line-ew", "size": 44, "line": {"width": 4, "color": AMBER}},
        "text": [f"<b>{middle:,.1f}</b>" for _, middle, _ in quartiles],
        "textposition": "top center",
        "textfont": {"size": TICK_SIZE, "color": INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    most = max((high for _, _, high in quartiles), default=0)
    x = {"tickmode": "array", "tickvals": at, "ticktext": list(names), "showgrid": False,
         "range": [-0.5, len(names) - 0.5]}  # fmt: skip
    return PlainFigure([halves, middles], _layout(most, across=across, up=up, x=x))


def _layout(most: float, *, across: str, up: str, x: dict[str, Any]) -> dict[str, Any]:
    digits = ",.0f" if most >= 10 else ",.1f"
    return layout(
        HEIGHT,
        left=width_of([format(most, digits)]) + 34,
        bottom=2 * TICK_ROOM + 10,
        top=6,
        xaxis=axis(title=_titled(across), tickangle=0, **x),
        yaxis=axis(
            title=_titled(up),
            tickformat=digits,
            nticks=5,
            range=[0, most * 1.12 or 1],
        ),
    )
