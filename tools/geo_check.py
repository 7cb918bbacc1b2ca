"""What must hold for the boundary files, whoever made them: used by the builder and the tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import shape

Feature = dict[str, Any]
# Counts of the source (国家地理信息公共服务平台 天地图, 2025-09).
PROVINCES, PROVINCE_POLYGONS = 34, 557
COUNTIES, COUNTY_POLYGONS = 2891, 3577
DASHES, CORPS_CITIES = 10, 12
MACAO_AREA = 0.00220214  # square degrees, unsimplified
# A Xisha islet, 钓鱼岛, 赤尾屿, 曾母暗沙's neighbourhood: what a coarse simplifier loses first.
MUST_BE_COVERED = {
    "Xisha islet": (112.64, 16.58),
    "Diaoyu Dao": (123.47, 25.74),
    "Chiwei Yu": (124.56, 25.92),
    "Zangnan": (94.0, 28.2),
    "Aksai Chin": (79.5, 35.2),
}
NEAR = 0.05


def faults(
    national: list[Feature], inset: list[Feature], counties: dict[str, list[Feature]]
) -> list[str]:
    """Every fault found, as sentences; an empty list where the files are sound."""
    own = [f for code, group in counties.items() if code != "66" for f in group]
    return [
        *_national_faults(national),
        *_inset_faults(inset),
        *_shape_faults([*national, *inset, *own]),
        *_count("counties", own, COUNTIES),
        *_count("county polygons", [p for f in own for p in _parts(f)], COUNTY_POLYGONS),
        *_count("Corps cities", [f for f in counties["66"] if _is(f, "prov", "66")], CORPS_CITIES),
    ]


def _is(feature: Feature, key: str, value: str) -> bool:
    return bool(feature["properties"].get(key) == value)


def _parts(feature: Feature) -> list[Any]:
    return list(shape(feature["geometry"]).geoms)


def _count(what: str, found: Iterable[Any], wanted: int) -> list[str]:
    number = len(list(found))
    return [] if number == wanted else [f"{what}: {number} instead of {wanted}"]


def _national_faults(national: list[Feature]) -> list[str]:
    units = [f for f in national if "code" in f["properties"]]
    land = shapely.union_all([shape(f["geometry"]).buffer(0) for f in units])
    macao = [shape(f["geometry"]).area for f in units if _is(f, "code", "820000")]
    found = [
        *_count("provincial units", units, PROVINCES),
        *_count("provincial polygons", [p for f in units for p in _parts(f)], PROVINCE_POLYGONS),
        *_lines(national, "dashline", DASHES),
        *_lines(national, "undefined_border", 1),
    ]
    if not macao or abs(macao[0] / MACAO_AREA - 1) > 0.01:
        found.append(f"Macao's area is {macao}, not {MACAO_AREA}")
    for name, point in MUST_BE_COVERED.items():
        if land.distance(shapely.Point(point)) > NEAR:
            found.append(f"{name} is not drawn")
    return found


def _inset_faults(inset: list[Feature]) -> list[str]:
    islands = [p for f in inset if _is(f, "code", "460000") for p in _parts(f)]
    found = _lines(inset, "dashline", DASHES)
    if len(islands) < 300:
        found.append(f"the inset has {len(islands)} parts of Hainan")
    return found


def _lines(features: list[Feature], kind: str, wanted: int) -> list[str]:
    return _count(kind, [s for f in features if _is(f, "kind", kind) for s in _parts(f)], wanted)


def _shape_faults(features: list[Feature]) -> list[str]:
    found = []
    for feature in features:
        geometry = shape(feature["geometry"])
        if not geometry.is_valid or geometry.is_empty:
            found.append(f"{feature['id']}: {shapely.is_valid_reason(geometry)}")
        for part in geometry.geoms:
            # A counter-clockwise exterior ring makes d3 fill the whole frame.
            if part.geom_type == "Polygon" and part.exterior.is_ccw:
                found.append(f"{feature['id']}: an exterior ring runs counter-clockwise")
    return found
