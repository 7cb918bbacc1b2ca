"""Two sides on equal axes: months one above the other, groups of bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    AMBER,
    BLUE,
    INK,
    TICK_ROOM,
    TICK_SIZE,
    axis,
    count_axis,
    in_two_lines,
    layout,
    width_of,
)  # fmt: skip

SIDES = (BLUE, AMBER)
PANEL = 190
MOST_TICKS = 8
HEAD = 0.17
ROW = 44


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its name, and a value for each label, None where nothing is on record."""

    name: str
    labels: Sequence[str]
    values: Sequence[float | None]


def month_panels(sides: Sequence[Side], *, unit: str, ticks: int = MOST_TICKS) -> PlainFigure:
    """A panel a side, one above the other, with as many months and the same height of a number.

    Args:
        sides: each with its own months, of the same number.
        unit: of the values, for the hover text.
        ticks: how many months are named at most.
    """
    most = max((value or 0 for side in sides for value in side.values), default=0) or 1
    share = 1 / max(len(sides), 1)
    axes: dict[str, Any] = {}
    traces, titles = [], []
    for number, side in enumerate(sides):
        top, place = 1 - number * share, f"{number + 1 if number else ''}"
        low, high = top - share * 0.84, top - share * HEAD
        axes[f"yaxis{place}"] = count_axis(most, domain=[low, high]) | {"range": [0, most * 1.05]}
        step = -(-len(side.labels) // ticks) or 1
        axes[f"xaxis{place}"] = axis(
            type="category", showgrid=False, tickangle=0, ticklabelstandoff=6, anchor=f"y{place}",
            tickmode="array", tickvals=list(side.labels)[::step],
        )  # fmt: skip
        titles.append(_title(side.name, top))
        traces.append(
            {
                "type": "bar",
                "x": list(side.labels),
                "y": [value or 0 for value in side.values],
                "xaxis": f"x{place}",
                "yaxis": f"y{place}",
                "marker": {"color": SIDES[number % 2]},
                "hovertemplate": "%{x}<br>%{y:,} " + unit + "<extra></extra>",
            }
        )
    return PlainFigure(
        traces,
        layout(
            PANEL * len(sides), left=width_of([f"{most:,.0f}"]) + 6, bottom=4, bargap=0.25,
            annotations=titles, **axes,
        ),
    )  # fmt: skip


def _title(text: str, top: float) -> dict[str, Any]:
    return {
        "text": escape(text, quote=False), "xref": "paper", "yref": "paper", "x": 0, "y": top,
        "xanchor": "left", "yanchor": "top", "showarrow": False, "font": {"size": 14, "color": INK},
    }  # fmt: skip


def grouped_bars(
    sides: Sequence[Side], codes: Sequence[str], *, unit: str, most: float = 0
) -> PlainFigure:
    """Bars of the sides next to each other for each label; a click gives the label's code.

    Args:
        sides: with the same labels from the top.
        codes: of the labels.
        unit: of the values.
        most: the end of the axis; the largest value if 0.
    """
    labels = [in_two_lines(label) for label in sides[0].labels]
    most = most or max((v or 0 for side in sides for v in side.values), default=0) or 1
    # The first side stands above the second: bars are drawn from below on a reversed axis.
    traces = [_group(side, SIDES[n % 2], codes, unit) for n, side in enumerate(sides)]
    return PlainFigure(
        traces,
        layout(
            ROW * len(labels) + 48,
            left=width_of(line for label in labels for line in label.split("\n")) + 6,
            right=width_of([f"{most:,.0f}%"]) + 6,
            top=TICK_ROOM + 8,
            bargap=0.28,
            barmode="group",
            showlegend=True,
            legend={
                "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal",
                "itemclick": False, "itemdoubleclick": False, "font": {"size": TICK_SIZE},
            },
            xaxis=axis(range=[0, most], showticklabels=False, showgrid=False),
            yaxis=axis(
                autorange="reversed", tickmode="array", tickvals=list(range(len(labels))),
                ticktext=[escape(label, quote=False).replace("\n", "<br>") for label in labels],
                showgrid=False,
            ),
        ),
    )  # fmt: skip


def _group(side: Side, colour: str, codes: Sequence[str], unit: str) -> dict[str, Any]:
    sign = "%" if unit == "%" else ""
    return {
        "type": "bar",
        "orientation": "h",
        "name": escape(side.name, quote=False),
        "x": [value or 0 for value in side.values],
        "y": list(range(len(side.labels))),
        "customdata": list(codes),
        "marker": {"color": colour},
        "text": ["—" if value is None else f"{value:,.0f}{sign}" for value in side.values],
        "textposition": "outside",
        "textfont": {"size": TICK_SIZE},
        "constraintext": "none",
        "cliponaxis": False,
        "hovertext": [escape(label, quote=False) for label in side.labels],
        "hovertemplate": f"%{{hovertext}}<br>{escape(side.name, quote=False)}: %{{text}}"
        f"{'' if sign else ' ' + unit}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }
