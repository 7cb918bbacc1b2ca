"""The maps as polygons on a sheet, for files that draw their own shapes: slides and documents.

The same boundaries, projections and frames as on the screen (see layers.py), so that a map in a
file is the map of the page. Neighbours stay joined: points are rounded to one grid for all, so
a border that two areas share remains one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xianzhong.charts.clipping import Box, ring_within, stroke_within
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.layers import INSET_FRAME
from xianzhong.charts.projections import Point, Projection, conic_equal_area, mercator

Ring = tuple[Point, ...]
# South of this the sea is the inset's, as on the screen (layers.national_geo).
NATION_BOX: Box = (70.0, 17.5, 140.0, 56.0)
HAINAN = "46"
# Of the sheet's longer side: a quarter of a point on a slide ten inches wide.
GRID = 1 / 2880
_EDGE = 0.02


@dataclass(frozen=True, slots=True)
class Outline:
    """One area.

    Attributes:
        code: of the province (two digits) or county (six digits).
        name: in Chinese, in full, as the boundary file has it.
        rings: closed contours without a repeated last point, holes among them, to be filled by
            the even-odd rule; in units of the sheet's longer side, y downwards.
    """

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Sheet:
    """A map ready to be drawn.

    Attributes:
        width, height: of the sheet; the longer one is 1.
        areas: what is filled, in the order of drawing.
        lines: strokes of the ``dashline`` and the ``undefined_border``.
        backdrop: the outline behind the areas, None where there is none.
        project: where longitude and latitude stand on the sheet.
    """

    width: float
    height: float
    areas: tuple[Outline, ...]
    lines: Mapping[str, tuple[Ring, ...]]
    backdrop: Outline | None
    project: Projection


@lru_cache(maxsize=8)
def nation(boundaries: Boundaries) -> Sheet:
    """The 34 provincial units, the dash line and the undefined border, north of the inset.

    Raises:
        FileNotFoundError: the boundary files are not there.
    """
    project = conic_equal_area(25, 47, 105)
    return _sheet(boundaries.features("national.geojson"), project, NATION_BOX, short_codes=True)


@lru_cache(maxsize=8)
def south_china_sea(boundaries: Boundaries) -> Sheet:
    """The inset that belongs beside the nation and beside Hainan; draw a frame around it.

    Raises:
        FileNotFoundError: the boundary files are not there.
    """
    features = boundaries.features("inset.geojson")
    return _sheet(features, mercator, INSET_FRAME, short_codes=True, full=True)


@lru_cache(maxsize=8)
def counties(boundaries: Boundaries, province: str) -> Sheet:
    """The counties of a province by its two-digit code; 66 has Xinjiang's outline behind it.

    Beside 46 (Hainan) belongs the inset, which alone shows the islands.

    Raises:
        KeyError: there is no such province.
        FileNotFoundError: the boundary files are not there.
    """
    west, south, east, north = boundaries.view(province)
    height, width = north - south, east - west
    project = conic_equal_area(south + height / 6, north - height / 6, (west + east) / 2)
    box = (
        west - _EDGE * width, south - _EDGE * height, east + _EDGE * width, north + _EDGE * height
    )  # fmt: skip
    return _sheet(boundaries.features(f"county/{province}.geojson"), project, box)


def has_inset(province: str) -> bool:
    """Whether the inset belongs beside the map: of the nation (empty code) and of Hainan."""
    return province in ("", HAINAN)


def _sheet(
    features: Sequence[Mapping[str, Any]],
    project: Projection,
    box: Box,
    *,
    short_codes: bool = False,
    full: bool = False,
) -> Sheet:
    """Features in a box, projected and scaled; with ``full`` the whole box is the sheet."""
    flat = [(f["properties"], _projected(f["geometry"], project, box)) for f in features]
    points = [point for _, parts in flat for part in parts for point in part]
    if full:
        points = [project(box[0], box[1]), project(box[2], box[3])]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    scale = 1 / max(right - left, bottom - top)

    def place(longitude: float, latitude: float) -> Point:
        x, y = project(longitude, latitude)
        return (x - left) * scale, (y - top) * scale

    def placed(part: Sequence[Point]) -> list[Point]:
        return [((x - left) * scale, (y - top) * scale) for x, y in part]

    areas, lines, backdrop = [], {}, None
    for properties, parts in flat:
        kind = properties.get("kind", "")
        rings = [placed(part) for part in parts]
        if kind in ("dashline", "undefined_border"):
            lines[kind] = tuple(_rounded(ring) for ring in rings)
            continue
        code = properties["prov"] if short_codes else properties["code"]
        outline = Outline(code, properties["name"], tuple(_whole(rings)))
        if kind == "backdrop":
            backdrop = outline
        elif outline.rings:
            areas.append(outline)
    width, height = (right - left) * scale, (bottom - top) * scale
    return Sheet(width, height, tuple(areas), lines, backdrop, place)


def _projected(geometry: Mapping[str, Any], project: Projection, box: Box) -> list[list[Point]]:
    """The rings or strokes of a geometry within a box, on the projection's plane."""
    found: list[list[Point]] = []
    for part in geometry["coordinates"]:
        if geometry["type"] == "MultiLineString":
            found += stroke_within([(x, y) for x, y in part], box)
        else:
            rings = part if geometry["type"] == "MultiPolygon" else [part]
            found += [ring_within([(x, y) for x, y in ring], box) for ring in rings]
    return [[project(x, y) for x, y in part] for part in found if len(part) > 1]


def _rounded(part: Iterable[Point]) -> Ring:
    """A part on the grid, without points that fall together."""
    found: list[Point] = []
    for x, y in part:
        point = (round(x / GRID) * GRID, round(y / GRID) * GRID)
        if not found or found[-1] != point:
            found.append(point)
    return tuple(found)


def _whole(rings: Iterable[Sequence[Point]]) -> Iterable[Ring]:
    """The rings on the grid; an islet smaller than its meshes keeps its shape."""
    for ring in rings:
        rounded = _rounded(ring)
        if rounded and rounded[0] == rounded[-1]:
            rounded = rounded[:-1]
        if len(set(rounded)) > 2:
            yield rounded
        elif len(ring) > 2:
            yield tuple(ring[:-1] if ring[0] == ring[-1] else ring)
