"""A chart for the wall: the same marks with letters that are read from the last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from xianzhong.charts.places import NAMED_AT_SEA, PLACES
from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import width_of

# On a picture that is 1280 pixels wide.
FACTOR, LEAST = 1.45, 18
MOST_ROWS = 16
# Pixels of a degree on such a map of the nation.
_ACROSS, _DOWN = 10.0, 12.0
# Higher charts would have their rows on one another.
HIGHEST = 560
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
    traces = [_on_map(trace) if "geo" in layout else trace for trace in plain["data"]]
    layout.pop("height", None)
    if "margin" in layout:
        layout["margin"] = {
            side: round(grow.factor * room) for side, room in layout["margin"].items()
        }
    return PlainFigure([grow.part(trace) for trace in traces], layout)


def _on_map(trace: Mapping[str, Any]) -> Mapping[str, Any]:
    """A map's trace for the wall: marks stay small, and no name lies on another."""
    if trace.get("mode") == "markers" and list(trace.get("lon", ())) not in ([], [None]):
        marker = trace["marker"]
        return {**trace, "marker": {**marker, "size": marker["size"] / 2, "opacity": 0.8}}
    if trace.get("mode") == "text" and len(trace["text"]) > 1:
        return _apart(trace)
    return trace


def _apart(trace: Mapping[str, Any]) -> Mapping[str, Any]:
    """Names of which those that would cover another one are left to the colours.

    Names at sea come first: what they stand for is too small to be seen otherwise.
    """
    # Taiwan's name always stands on a map of China, as those beside the coast do.
    kept_codes = (*NAMED_AT_SEA, "71")
    at_sea = {name for code in kept_codes for name in (PLACES[code][0].zh, PLACES[code][0].en)}
    names, kept = list(trace["text"]), list[int]()
    for at in sorted(range(len(names)), key=lambda n: names[n] not in at_sea):
        if names[at] in at_sea or not any(_cover(trace, at, other) for other in kept):
            kept.append(at)
    kept.sort()
    font = {
        name: [value[n] for n in kept] if _is_list(value, len(names)) else value
        for name, value in trace["textfont"].items()
    }
    picked = {name: [trace[name][n] for n in kept] for name in ("lon", "lat", "text")}
    return {**trace, **picked, "textfont": font}


def _cover(trace: Mapping[str, Any], one: int, other: int) -> bool:
    """Whether two names cover each other on a map of the nation as high as a slide has room."""
    across = abs(trace["lon"][one] - trace["lon"][other]) * _ACROSS
    down = abs(trace["lat"][one] - trace["lat"][other]) * _DOWN
    wide = (width_of([trace["text"][one]], LEAST) + width_of([trace["text"][other]], LEAST)) / 2
    return bool(across < wide and down < LEAST)


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
    if rows <= most or not _only_bars(plain):
        return figure, 0
    layout = dict(plain["layout"])
    axis = dict(layout.get("yaxis", {}))
    for name in ("tickvals", "ticktext"):
        if isinstance(axis.get(name), Sequence):
            axis[name] = list(axis[name])[:most]
    layout["yaxis"] = axis
    return PlainFigure([_cut(trace, rows, most) for trace in plain["data"]], layout), rows


def fits(figure: go.Figure) -> bool:
    """Whether a chart has room on a slide; what does not is better read as a table."""
    plain = figure.to_plotly_json()
    height = plain["layout"].get("height", 0)
    return bool("geo" in plain["layout"] or _only_bars(plain) or height <= HIGHEST)


def _only_bars(plain: Mapping[str, Any]) -> bool:
    """Whether all that a chart has are lying bars, of which some can be left out."""
    if plain["layout"].get("annotations"):
        return False
    return all(_rows(trace) > 0 for trace in plain["data"])


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
