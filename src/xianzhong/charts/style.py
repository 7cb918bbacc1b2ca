"""Colours and the common layout of all charts: calm, and told apart by colour-blind readers."""

from __future__ import annotations

from typing import Any

from xianzhong.model.labels import Lang

BLUE, AMBER, SKY = "#1f5f8b", "#d98a1f", "#6fb1dd"
INK, QUIET, GRID, PALE = "#1f2933", "#52606d", "#e1e7ec", "#dbe5ee"
SEQUENTIAL = ("#e3eff6", "#b3d3e5", "#74accb", "#3a7fa9", "#18527a")
FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif"
CHART_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}


def layout(height: int, lang: Lang, **further: Any) -> dict[str, Any]:
    """The layout that every chart starts from; ``height`` in pixels."""
    return {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
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


def axis(**further: Any) -> dict[str, Any]:
    """An axis with a quiet grid, automatic margin and no zoom."""
    return {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": {"color": QUIET, "size": 13},
        **further,
    }
