"""Bars: one number for each of some names."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import BLUE, PALE, axis, in_two_lines, layout, numbers_outside, width_of

ROW_HEIGHT, TALL_ROW, DENSE_ROW = 30, 38, 22


def horizontal_bars(
    names: Sequence[str],
    values: Sequence[float],
    codes: Sequence[str],
    *,
    unit: str,
    chosen: Sequence[str] = (),
    row_height: int = ROW_HEIGHT,
) -> PlainFigure:
    """Bars from the top down, each with its number; a click gives the bar's code.

    Args:
        names: labels of the bars.
        values: their lengths.
        codes: stable codes, handed back by a click as ``customdata``.
        unit: unit of the values, for the hover text.
        chosen: codes that stand out while the others step back; all stand out if empty.
        row_height: pixels of a row.
    """
    labels = [in_two_lines(name) for name in names]
    lines = [line for label in labels for line in label.split("\n")]
    height = max(row_height, TALL_ROW) if len(lines) > len(labels) else row_height
    colours = [BLUE if not chosen or code in chosen else PALE for code in codes]
    bars = {
        "type": "bar",
        "x": list(values),
        "y": list(range(len(names))),
        "orientation": "h",
        "customdata": list(codes),
        "hovertext": [escape(name, quote=False) for name in names],
        "marker": {"color": colours},
        **numbers_outside(values),
        "hovertemplate": "%{hovertext}<br>%{x:,} " + unit + "<extra></extra>",
    }
    most = max(values, default=1) or 1
    right = width_of([f"{most:,.0f}"])
    return PlainFigure(
        [bars],
        layout(
            height * len(names) + 24,
            left=width_of(lines) + 6,
            right=right,
            bargap=0.35,
            # One bar alone says little: it need not fill the page.
            xaxis=axis(
                range=[0, most * (1 + (len(names) == 1))], showticklabels=False, showgrid=False
            ),
            yaxis=_names_of(labels),
        ),
    )


def _names_of(labels: Sequence[str]) -> dict[str, Any]:
    return axis(
        autorange="reversed",
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=[escape(label, quote=False).replace("\n", "<br>") for label in labels],
        showgrid=False,
    )
