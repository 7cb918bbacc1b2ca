"""A chart for the wall: the same marks with letters that are read from the last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from xianzhong.charts.plain import PlainFigure

# On a picture that is 1280 pixels wide.
FACTOR, LEAST = 1.45, 18
MOST_ROWS = 16
_PIXELS = ("xshift", "yshift", "ticklabelstandoff", "standoff")
# Of a map: an address or the boundaries themselves.
_UNTOUCHED = ("geojson", "customdata", "x", "y", "z", "lon", "lat", "text", "hovertext")
_LONG = ("x", "y", "text", "customdata", "hovertext", "base", "width")


def large(figure: go.Figure, size: float = 1.0) -> PlainFigure:
    """The figure with larger letters, marks and margins, and the height of what holds it.

    Args:
        figure: any chart.
        size: how many times as large as 1280 by 720 the screen is.
    """
    plain, grow = figure.to_plotly_json(), _Growth(size)
    layout = grow.part(plain["layout"])
    layout.pop("height", None)
    if "margin" in layout:
        layout["margin"] = {
            side: round(grow.factor * room) for side, room in layout["margin"].items()
        }
    return PlainFigure([grow.part(trace) for trace in plain["data"]], layout)


def first_rows(figure: go.Figure, most: int = MOST_ROWS) -> tuple[PlainFigure | go.Figure, int]:
    """The figure with the first of its lying bars where there are too many, and their number.

    Args:
        figure: any chart; what is not lying bars stays as it is, and so do few bars.
        most: rows that have room.

    Returns:
        The figure, and how many rows it had in all; 0 where none was left out.
    """
    plain = figure.to_plotly_json()
    rows = max((_rows(trace) for trace in plain["data"]), default=0)
    if rows <= most or not all(_rows(trace) for trace in plain["data"]):
        return figure, 0
    layout = dict(plain["layout"])
    axis = dict(layout.get("yaxis", {}))
    for name in ("tickvals", "ticktext"):
        if isinstance(axis.get(name), Sequence):
            axis[name] = list(axis[name])[:most]
    layout["yaxis"] = axis
    return PlainFigure([_cut(trace, rows, most) for trace in plain["data"]], layout), rows


def _rows(trace: Mapping[str, Any]) -> int:
    """How many lying bars a trace has, counted from the top down."""
    if trace.get("type") != "bar" or trace.get("orientation") != "h":
        return 0
    places = list(trace.get("y", ()))
    return len(places) if places == list(range(len(places))) else 0


def _cut(trace: Mapping[str, Any], rows: int, most: int) -> dict[str, Any]:
    cut = dict(trace)
    for name in _LONG:
        if _is_list(cut.get(name), rows):
            cut[name] = list(cut[name])[:most]
    marker = dict(cut.get("marker", {}))
    if _is_list(marker.get("color"), rows):
        marker["color"] = list(marker["color"])[:most]
    return {**cut, "marker": marker}


def _is_list(value: Any, length: int) -> bool:
    return isinstance(value, list | tuple) and len(value) == length


class _Growth:
    """Makes the letters and marks of a part of a figure larger."""

    def __init__(self, size: float) -> None:
        self.factor, self.least = FACTOR * size, LEAST * size

    def part(self, part: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(name, value) for name, value in part.items()}

    def _value(self, name: str, value: Any) -> Any:
        if name in _UNTOUCHED:
            return value
        if name in _PIXELS and isinstance(value, int | float):
            return self.factor * value
        if isinstance(value, Mapping):
            grown = self.part(value)
            if name.endswith("font"):
                return {**grown, **self._bigger(value, self.least)}
            return {**grown, **self._bigger(value, 0)} if name == "marker" else grown
        if isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
            return [self.part(one) if isinstance(one, Mapping) else one for one in value]
        return value

    def _bigger(self, holder: Mapping[str, Any], least: float) -> dict[str, Any]:
        """The size of a font or a mark from now on; none where it takes that of the whole."""
        size = holder.get("size")
        if isinstance(size, int | float):
            return {"size": max(least, round(self.factor * size, 1))}
        if isinstance(size, list | tuple):
            return {"size": [max(least, round(self.factor * one, 1)) for one in size]}
        return {}
