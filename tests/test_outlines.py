"""Maps as polygons: whole, joined, in the screen's projection and colours."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box
from shapely.ops import unary_union

from xianzhong.charts.classes import MISSING_COLOR, classes_of
from xianzhong.charts.clipping import ring_within, stroke_within
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.maps import Measure
from xianzhong.charts.outlines import GRID, Sheet, counties, nation, south_china_sea
from xianzhong.charts.painted import painted
from xianzhong.charts.places import PLACES
from xianzhong.charts.projections import conic_equal_area, mercator
from xianzhong.model.labels import Label

GEO = Path(__file__).resolve().parents[1] / "data/geo"
# With an address, as the pages have it: files need the shapes all the same.
BOUNDARIES = Boundaries(GEO, "/geo")
MEASURE = Measure(Label("受援县中", "Supported schools"), Label("所", "schools"))


def area(sheet: Sheet, code: str) -> float:
    (found,) = [a for a in sheet.areas if a.code == code]
    return sum(Polygon(ring).area for ring in found.rings)


def test_the_nation_has_all_34_units_the_dashes_and_the_undefined_border() -> None:
    sheet = nation(BOUNDARIES)
    assert {a.code for a in sheet.areas} == set(PLACES) - {"66"}
    assert all(a.name and a.rings for a in sheet.areas)
    assert len(sheet.lines["undefined_border"]) == 1
    assert len(sheet.lines["dashline"]) >= 2
    assert max(sheet.width, sheet.height) == pytest.approx(1)


def test_the_inset_has_ten_dashes_and_every_islet() -> None:
    sheet = south_china_sea(BOUNDARIES)
    assert len(sheet.lines["dashline"]) == 10
    (hainan,) = [a for a in sheet.areas if a.code == "46"]
    # 328 islands, two of them with a lagoon.
    assert len(hainan.rings) == 330


@pytest.mark.parametrize("province", sorted(p.stem for p in (GEO / "county").iterdir()))
def test_every_county_is_on_its_provinces_sheet(province: str) -> None:
    sheet = counties(BOUNDARIES, province)
    features = BOUNDARIES.features(f"county/{province}.geojson")
    codes = {f["properties"]["code"] for f in features if "kind" not in f["properties"]}
    drawn = {a.code for a in sheet.areas}
    # The islands far south of Hainan are the inset's.
    assert codes - drawn <= ({"460301", "460302", "460303"} if province == "46" else set())
    assert (sheet.backdrop is not None) == (province == "66")


def test_nothing_leaves_the_sheet() -> None:
    for sheet in (nation(BOUNDARIES), south_china_sea(BOUNDARIES), counties(BOUNDARIES, "51")):
        points = [p for a in sheet.areas for ring in a.rings for p in ring]
        assert min(min(x, y) for x, y in points) > -2 * GRID
        assert max(x for x, _ in points) < sheet.width + 2 * GRID
        assert max(y for _, y in points) < sheet.height + 2 * GRID


def test_areas_keep_their_proportions() -> None:
    sheet = nation(BOUNDARIES)
    # Equal-area: 新疆 1.6649 and 山东 0.1579 million km² (yearbooks) stand about ten to one.
    assert 9.5 < area(sheet, "65") / area(sheet, "37") < 11.5


def test_neighbours_stay_joined() -> None:
    sheet = counties(BOUNDARIES, "14")
    shapes = []
    for county in sheet.areas:
        shape = Polygon()
        for ring in county.rings:
            shape = shape.symmetric_difference(Polygon(ring).buffer(0))
        shapes.append(shape)
    whole = unary_union(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, rel=0.001)
    holes = sum(Polygon(i).area for i in getattr(whole, "interiors", []))
    assert holes < whole.area * 0.001


def test_the_conic_projection_gives_the_manuals_numbers() -> None:
    # Snyder, p. 291: parallels 29.5 and 45.5, origin 23 N 96 W, point 35 N 75 W, radius 1.
    project = conic_equal_area(29.5, 45.5, -96)
    x, y = project(-75, 35)
    assert x == pytest.approx(0.2952720, abs=1e-7)
    assert project(-96, 23)[1] - y == pytest.approx(0.2416774, abs=1e-7)


def test_mercators_projection_gives_the_manuals_numbers() -> None:
    # Snyder, p. 266: 35 N 75 W from 180 W, radius 1.
    assert mercator(105, 35) == (pytest.approx(1.8325957), pytest.approx(-0.6528366))


coordinate = st.floats(-2, 2, allow_nan=False).map(lambda v: round(v, 3))


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=3, unique=True))
def test_a_clipped_triangle_is_the_triangles_part(ring: list[tuple[float, float]]) -> None:
    found = ring_within(ring, (-1.0, -1.0, 1.0, 1.0))
    clipped = Polygon(found).area if len(found) > 2 else 0.0
    assert clipped == pytest.approx(Polygon(ring).intersection(box(-1, -1, 1, 1)).area, abs=1e-9)


def test_a_stroke_is_cut_at_the_edges() -> None:
    stroke = [(-2, 0), (2, 0), (2, 0.5), (0, 0.5)]
    pieces = stroke_within(stroke, (-1, -1, 1, 1))
    assert pieces == [[(-1, 0), (1, 0)], [(1, 0.5), (0, 0.5)]]


def test_the_colours_are_those_of_the_classes() -> None:
    sheet = nation(BOUNDARIES)
    codes = [code for code in PLACES if code != "11"]
    numbers = [float(i % 13) for i, _ in enumerate(codes)]
    numbers[1] = math.nan
    frame = pd.DataFrame({"code": codes, "value": numbers, "text": ""})
    found = painted(frame, MEASURE, sheet, "zh")
    classes = classes_of(numbers)
    for code, number in zip(codes, numbers, strict=True):
        assert found.paints[code].color == classes.color(classes.of(number)), code
    assert found.paints["11"].color == MISSING_COLOR
    assert found.paints[codes[2]].said == "2 所"
    assert found.legend[-1] == (MISSING_COLOR, "无记录")
    (guangdong,) = [a for a in sheet.areas if a.code == "44"]
    assert found.described(guangdong).startswith("广东省：")
