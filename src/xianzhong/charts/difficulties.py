"""Open difficulties as bars, those past their due date first in each bar."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import AMBER, BLUE, TICK_SIZE, axis, layout, width_of

ROW_HEIGHT = 30


def open_bars(
    names: Sequence[str],
    overdue: Sequence[int],
    others: Sequence[int],
    codes: Sequence[str],
    *,
    ends: Sequence[str],
    words: tuple[str, str],
    chosen: str = "",
) -> PlainFigure:
    """Bars from the top down: overdue in amber, then the others; a click gives the bar's code.

    Args:
        names: labels of the bars.
        overdue: the first part of each bar.
        others: the rest of it.
        codes: stable codes, handed back by a click as ``customdata``.
        ends: what stands at the end of each bar; it says how many are overdue, for not everybody
            tells the colours apart.
        words: what the two parts are called.
        chosen: code of the bar that stands out; all do if empty.
    """
    faded = [1.0 if not chosen or code == chosen else 0.35 for code in codes]
    at = list(range(len(names)))
    sums = [a + b for a, b in zip(overdue, others, strict=True)]

    def part(values: Sequence[int], colour: str, word: str) -> dict[str, Any]:
        return {
            "type": "bar", "orientation": "h", "x": list(values), "y": at, "name": word,
            "customdata": list(codes), "hovertext": [escape(name, quote=False) for name in names],
            "marker": {"color": colour, "opacity": faded},
            "hovertemplate": "%{hovertext}<br>" + word + " %{x:,}<extra></extra>",
        }  # fmt: skip

    last = part(others, BLUE, words[1]) | {
        "text": list(ends), "textposition": "outside", "textfont": {"size": TICK_SIZE},
        "constraintext": "none", "cliponaxis": False,
    }  # fmt: skip
    return PlainFigure(
        [part(overdue, AMBER, words[0]), last],
        layout(
            ROW_HEIGHT * len(names) + 24,
            left=width_of(names) + 6,
            right=width_of(ends),
            barmode="stack",
            bargap=0.35,
            xaxis=axis(range=[0, max(sums, default=1) or 1], showticklabels=False, showgrid=False),
            yaxis=_names_axis(names),
        ),
    )


def _names_axis(names: Sequence[str]) -> dict[str, Any]:
    return axis(
        autorange="reversed", tickmode="array", tickvals=list(range(len(names))),
        ticktext=[escape(name, quote=False) for name in names], showgrid=False,
    )  # fmt: skip
