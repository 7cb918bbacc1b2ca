"""The pieces of a map: areas, lines, names, points, legend, and the frames they are drawn in."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd

from xianzhong.charts.classes import MISSING, ZERO, Classes
from xianzhong.charts.geometry import Boundaries, Frame, Geometry
from xianzhong.charts.places import NAMED_AT_SEA, NO_ROOM_IN_ENGLISH, PLACES
from xianzhong.charts.style import AMBER, FONT, INK, QUIET
from xianzhong.model.divisions import Division
from xianzhong.model.labels import Label, Lang

Trace = dict[str, Any]
HEIGHT, COMPACT_HEIGHT = 480, 510
BORDER, COAST = "#8296a5", "#5b6b7a"
LIGHT_HALO, DARK_HALO = "0 0 2px #ffffff, 0 0 2px #ffffff", "0 0 2px #0d3b5e"
SEA_LABEL = Label("南海诸岛", "South China Sea Is.")
NO_SOURCE = Label("未找到来源", "no source found")
LONGEST_LINE = 58
INSET_FRAME: Frame = (106.0, 0.4, 123.5, 25.5)

# Nothing of Plotly's own world is drawn: the base is ours alone.
_BARE: dict[str, Any] = {"visible": False, "bgcolor": "rgba(0,0,0,0)"}
_NATIONAL_GEO = _BARE | {
    "projection": {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": 105}},
    "lonaxis": {"range": [74.6, 133.2]},
    "lataxis": {"range": [17.5, 54]},
}
_INSET_GEO = _BARE | {
    "projection": {"type": "mercator"},
    "lonaxis": {"range": [INSET_FRAME[0], INSET_FRAME[2]]},
    "lataxis": {"range": [INSET_FRAME[1], INSET_FRAME[3]]},
    "bgcolor": "#ffffff",
    "showframe": True,
    "framecolor": COAST,
    "framewidth": 1,
}


def national_geo(compact: bool) -> Trace:
    """The frame of the nation; on a narrow screen with room below for legend and inset."""
    return _NATIONAL_GEO | {"domain": {"x": [0, 1], "y": [0.45 if compact else 0.04, 1]}}


def inset_geo(compact: bool) -> Trace:
    """The box of the South China Sea, bottom right."""
    x, y = ([0.66, 1], [0.08, 0.42]) if compact else ([0.82, 1], [0.02, 0.34])
    return _INSET_GEO | {"domain": {"x": x, "y": y}}


@dataclass(frozen=True)
class Regions:
    """Areas to colour: ids in the boundary file, codes for a click, class and hover of each."""

    ids: list[str]
    codes: list[str]
    fills: list[int]
    hover: list[str]

    def _pick(self, keep: Callable[[str], bool]) -> Regions:
        at = [i for i, code in enumerate(self.codes) if keep(code)]
        columns = (self.ids, self.codes, self.fills, self.hover)
        ids, codes, fills, hover = ([column[i] for i in at] for column in columns)
        return Regions(ids, codes, fills, hover)  # type: ignore[arg-type]

    def at(self, code: str) -> Regions:
        """The one area with this code."""
        return self._pick(lambda c: c == code)

    def without(self, code: str) -> Regions:
        """All areas but one."""
        return self._pick(lambda c: c != code)

    def with_ids(self, make: Callable[[str], str]) -> Regions:
        """The same areas, with ids made from their codes."""
        return replace(self, ids=[make(code) for code in self.codes])


def regions(
    codes: Iterable[str],
    names: Iterable[str],
    table: pd.DataFrame,
    classes: Classes,
    unit: Label,
    lang: Lang,
) -> Regions:
    """The areas of a table with the columns ``value`` and, where it has one, ``text``."""
    found = list(codes)
    values = [float(v) for v in table["value"]]
    texts = table["text"] if "text" in table else [""] * len(found)
    hover = [
        _hover(name, said(value, classes, unit, lang), text)
        for name, value, text in zip(names, values, texts, strict=True)
    ]
    return Regions(found, found, [classes.of(v) for v in values], hover)


def said(value: float, classes: Classes, unit: Label, lang: Lang) -> str:
    """A value in words: its class where that has some, or the number and its unit."""
    if words := classes.palette.word(classes.of(value), lang):
        return words
    return NO_SOURCE[lang] if math.isnan(value) else f"{value:,g} {unit[lang]}"


def _hover(name: str, said: str, text: object) -> str:
    more = f"<br>{escape(text)}" if isinstance(text, str) and text else ""
    return f"<b>{escape(name)}</b><br>{said}{more}"


def choropleth(geometry: Geometry, areas: Regions, classes: Classes, geo: str) -> Trace:
    """Areas filled with the colour of their class."""
    numbers = range(MISSING, len(classes.limits))
    low, count = MISSING - 0.5, len(numbers)
    scale = [
        (edge / count, classes.color(number))
        for step, number in enumerate(numbers)
        for edge in (step, step + 1)
    ]
    return {
        "type": "choropleth",
        "geo": geo,
        "geojson": geometry,
        "locations": areas.ids,
        "z": areas.fills,
        "zmin": low,
        "zmax": low + count,
        "colorscale": scale,
        "showscale": False,
        "marker": {"line": {"color": BORDER, "width": 0.7}},
        # A click sets a filter and is done: what was not clicked does not fade.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": areas.codes,
        "hovertext": areas.hover,
        "hoverinfo": "text",
    }


def backdrop(geometry: Geometry, code: str) -> Trace:
    """One area behind the others, without a value and without a hover."""
    quiet = Regions([code], [code], [0], [""])
    plain = choropleth(geometry, quiet, Classes((1.0,), whole=True), "geo")
    return plain | {"colorscale": [(0, "#f3f6f9"), (1, "#f3f6f9")], "hoverinfo": "skip"}


def lines(boundaries: Boundaries, kinds: Sequence[str], geo: str) -> list[Trace]:
    """The dash line and the undefined border, as the map has them."""
    return [_line(boundaries, kind, geo) for kind in kinds]


def _line(boundaries: Boundaries, kind: str, geo: str) -> Trace:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for stroke in boundaries.lines[kind]:
        # None lifts the pen between strokes.
        lon += [*(x for x, _ in stroke), None]
        lat += [*(y for _, y in stroke), None]
    dash = "solid" if kind == "dashline" else "dash"
    width = 1.6 if geo == "geo" and dash == "solid" else 1.2
    line = {"color": COAST, "width": width, "dash": dash}
    return _quiet(geo) | {"lon": lon, "lat": lat, "mode": "lines", "line": line}


def _quiet(geo: str) -> Trace:
    return {"type": "scattergeo", "geo": geo, "hoverinfo": "skip", "showlegend": False}


def labels(areas: Regions, classes: Classes, lang: Lang) -> Trace:
    """The short names of the provincial units, light on dark areas.

    In English the names of the smallest are left to the hover: they would cover each other.
    """
    named = [
        (code, number)
        for code, number in zip(areas.codes, areas.fills, strict=True)
        if lang == "zh" or code not in NO_ROOM_IN_ENGLISH
    ]
    places = [PLACES[code] for code, _ in named]
    dark = [classes.is_dark(number) and code not in NAMED_AT_SEA for code, number in named]
    font = {
        "size": 10 if lang == "zh" else 9,
        "color": ["#ffffff" if d else INK for d in dark],
        "shadow": [DARK_HALO if d else LIGHT_HALO for d in dark],
    }
    return _quiet("geo") | {
        "lon": [lon for _, lon, _ in places],
        "lat": [lat for _, _, lat in places],
        "mode": "text",
        "text": [name[lang] for name, _, _ in places],
        "textfont": font,
    }


def corps(area: Regions, around: Regions, classes: Classes, lang: Lang, *, named: bool) -> Trace:
    """The Corps, which has no area of its own on the national map, as a square mark.

    Its name is light where the area around it, Xinjiang, is dark.
    """
    dark = classes.is_dark(around.fills[0])
    name, lon, lat = PLACES[area.codes[0]]
    outline = {"color": "#ffffff" if dark else COAST, "width": 1.5}
    mark = {"symbol": "square", "size": 10, "color": classes.color(area.fills[0]), "line": outline}
    font = {
        "size": 10,
        "color": "#ffffff" if dark else INK,
        "shadow": DARK_HALO if dark else LIGHT_HALO,
    }
    words = {"mode": "markers+text", "text": [name[lang]], "textposition": "middle right"}
    marks = _marks([lon], [lat], area.codes, area.hover, mark)
    return marks | (words | {"textfont": font} if named else {})


def points(table: pd.DataFrame | None, size: int, name: str | None) -> list[Trace]:
    """Marks at ``lon``, ``lat`` with ``name`` and ``text`` on hover and ``code`` for a click.

    With a ``name`` they have an entry in the legend.
    """
    if table is None or table.empty:
        return []
    hover = [
        f"<b>{escape(str(name))}</b><br>{escape(str(text))}"
        for name, text in zip(table["name"], table["text"], strict=True)
    ]
    mark = {"size": size, "color": AMBER, "line": {"color": "#ffffff", "width": 1}}
    marks = _marks(list(table["lon"]), list(table["lat"]), list(table["code"]), hover, mark)
    return [marks | ({"showlegend": True, "name": name, "legendrank": 2000} if name else {})]


def _marks(
    lon: list[float], lat: list[float], codes: list[str], hover: list[str], mark: Trace
) -> Trace:
    steady = {"marker": {"opacity": 1}}
    return _quiet("geo") | {
        "lon": lon,
        "lat": lat,
        "mode": "markers",
        "marker": mark,
        "customdata": codes,
        "hovertext": hover,
        "hoverinfo": "text",
        "selected": steady,
        "unselected": steady,
    }


def outlined(geometry: Geometry, code: str) -> Trace:
    """A strong line around one area, over what fills it; a click goes to what is below."""
    one = Regions([code], [code], [0], [""])
    frame = choropleth(geometry, one, Classes((1.0,), whole=True), "geo")
    nothing = "rgba(0,0,0,0)"
    return frame | {
        "colorscale": [(0, nothing), (1, nothing)],
        "hoverinfo": "skip",
        "marker": {"line": {"color": AMBER, "width": 3}},
    }


def framed(geometry: Geometry, place: Division, lang: Lang) -> list[Trace]:
    """The frame around one place, and its name."""
    return [outlined(geometry, place.code), named(place, lang)]


def named(place: Division, lang: Lang) -> Trace:
    """The name of one place, above a point inside it."""
    name, lon, lat = place.label(lang), place.longitude, place.latitude
    font = {"size": 13, "color": INK, "shadow": LIGHT_HALO, "weight": 700}
    where = {"lon": [lon], "lat": [lat], "text": [name], "textposition": "top center"}
    return _quiet("geo") | where | {"mode": "text", "textfont": font}


def sea_label(lang: Lang) -> Trace:
    """The name of the inset, inside its box."""
    font = {"size": 10, "color": INK}
    place = {"lon": [114.75], "lat": [1.5], "text": [SEA_LABEL[lang]]}
    return _quiet("geo2") | place | {"mode": "text", "textfont": font}


def legend(fills: Iterable[int], classes: Classes, lang: Lang) -> list[Trace]:
    """A legend entry for each class, dark to light, then zero and missing where they occur."""
    return [_entry(color, label) for color, label in legend_entries(fills, classes, lang)]


def legend_entries(fills: Iterable[int], classes: Classes, lang: Lang) -> list[tuple[str, str]]:
    """Colour and words of each entry of the legend."""
    present = set(fills)
    numbers = [*reversed(range(len(classes.limits)))] if any(f >= 0 for f in present) else []
    numbers += [number for number in (ZERO, MISSING) if number in present]
    return [(classes.color(n), classes.label(n, lang)) for n in numbers]


def _entry(color: str, name: str) -> Trace:
    outline = {"color": BORDER, "width": 1}
    mark = {"symbol": "square", "size": 12, "color": color, "line": outline}
    nowhere = {"lon": [None], "lat": [None], "mode": "markers", "marker": mark}
    return _quiet("geo") | nowhere | {"showlegend": True, "name": name}


def province_geo(view: Frame, compact: bool) -> Trace:
    """The frame of one province, equal-area about its own middle."""
    west, south, east, north = view
    height = north - south
    middle = (west + east) / 2
    parallels = [south + height / 6, north - height / 6]
    projection = {"type": "conic equal area", "parallels": parallels, "rotation": {"lon": middle}}
    edge = 0.02
    return _BARE | {
        # The legend stands left of the map, or below it on a narrow screen.
        "domain": {"x": [0 if compact else 0.16, 1], "y": [0.45 if compact else 0.08, 1]},
        "projection": projection,
        "lonaxis": {"range": [west - edge * (east - west), east + edge * (east - west)]},
        "lataxis": {"range": [south - edge * height, north + edge * height]},
    }


def layout(title: str, credit: str, compact: bool) -> dict[str, Any]:
    """Everything about a map's figure but its frames."""
    return {
        "template": None,
        "height": COMPACT_HEIGHT if compact else HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": INK},
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": BORDER, "font": {"color": INK}},
        # A map that stays where it is and lets a finger scroll the page. Streamlit takes False
        # for unset and pans; a mode that no flat map knows is kept, and does nothing here.
        "dragmode": "turntable",
        # Otherwise a click within 20 pixels of a point is the point's, and small areas are lost.
        "hoverdistance": 3,
        "annotations": [_note(credit)],
        "legend": _key(title),
        "showlegend": True,
    }


def _note(credit: str) -> Trace:
    at = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 11, "color": QUIET}
    # The credit's ideographic space parts source and approval number; no line reaches the inset.
    text = "<br>".join(line for part in credit.split("　") for line in wrap(part, LONGEST_LINE))
    return at | {"text": text, "showarrow": False, "align": "left", "font": font}


def _key(title: str) -> Trace:
    at = {"orientation": "v", "x": 0, "y": 0.1, "xanchor": "left", "yanchor": "bottom"}
    still = {"itemclick": False, "itemdoubleclick": False}
    heading = {"text": title, "font": {"size": 12}}
    bare = {"bgcolor": "rgba(255,255,255,0)", "font": {"size": 12}}
    return at | still | bare | {"title": heading}
