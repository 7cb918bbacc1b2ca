"""Colours and the common layout of all charts: calm, and told apart by colour-blind readers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

BLUE, AMBER, SKY = "#1f5f8b", "#d98a1f", "#6fb1dd"
# What must not be overlooked: told from BLUE with any colour blindness, and in grey.
LOUD = "#d55e00"
INK, QUIET, GRID, PALE = "#1f2933", "#52606d", "#e1e7ec", "#dbe5ee"
SEQUENTIAL = ("#e3eff6", "#b3d3e5", "#74accb", "#3a7fa9", "#18527a")
TICK_SIZE = 13
TICK_ROOM = 20
FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif"
CHART_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}


def layout(
    height: int, *, left: int = 0, right: int = 8, top: int = 0, bottom: int = 0, **further: Any
) -> dict[str, Any]:
    """The layout that every chart starts from: height, and room for labels, in pixels."""
    return {
        "height": height,
        "margin": {"l": 8 + left, "r": 8 + right, "t": 8 + top, "b": 8 + bottom},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": 14}, "bgcolor": "white"},
        "separators": ".,",
        **further,
    }


def count_axis(most: float, **further: Any) -> dict[str, Any]:
    """A vertical axis of whole numbers from zero: no tick between two of them."""
    few = {"dtick": 1} if most < 5 else {"nticks": 5}
    return axis(rangemode="tozero", tickformat=",d", **few, **further)


def width_of(labels: Iterable[str], size: int = TICK_SIZE) -> int:
    """Pixels that the longest label takes at most: a Chinese character is as wide as high.

    Margins are reckoned, not left to Plotly, which draws a chart again for each guess of its own.
    """
    wide = (sum(1.0 if ord(letter) > 0x2E80 else 0.56 for letter in text) for text in labels)
    return math.ceil(size * max(wide, default=0))


def in_two_lines(label: str, most: int = 150, size: int = TICK_SIZE) -> str:
    """A label that is wider than ``most`` pixels on two lines, cut where that is not enough."""
    if width_of([label], size) <= most:
        return label
    words = label.split(" ") if " " in label else list(label)
    joint = " " if " " in label else ""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}{joint}{word}" if lines[-1] else word
        if lines[-1] and width_of([longer], size) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    cut = len(lines) > 2
    return f"{lines[0]}\n{lines[1]}{'…' if cut else ''}" if len(lines) > 1 else lines[0]


def numbers_outside(values: Iterable[float]) -> dict[str, Any]:
    """The numbers at the ends of bars, all of one size, in the margin if need be."""
    return {
        "text": [f"{value:,.0f}" for value in values],
        "textposition": "outside",
        "textfont": {"size": TICK_SIZE},
        "constraintext": "none",
        "cliponaxis": False,
    }


def axis(**further: Any) -> dict[str, Any]:
    """An axis with a quiet grid and no zoom; the chart's margin leaves room for its labels."""
    return {
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": {"color": QUIET, "size": TICK_SIZE},
        **further,
    }
