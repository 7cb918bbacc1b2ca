"""The maps: every province drawn, zero and missing told apart, nothing asked of another origin."""

import hashlib
import json
import math
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from xianzhong.charts.classes import COLORS, MISSING, MISSING_COLOR, ZERO, ZERO_COLOR, classes_of
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.maps import Measure, national_map, province_map
from xianzhong.charts.places import CORPS, NAMED_AT_SEA, PLACES
from xianzhong.model.labels import Label
from xianzhong.reference import load_divisions

GEO = Path(__file__).resolve().parents[1] / "data/geo"
SERVED = Boundaries(GEO, "/geo")
MEASURE = Measure(Label("受援县中（所）", "Supported schools"), Label("所", "schools"))
VALUES = pd.DataFrame({"province": ["53", "52", "11", "66"], "value": [5.0, 2.0, 0.0, 1.0]})
POINTS = pd.DataFrame(
    {"lon": [100.0], "lat": [25.0], "name": ["<b>甲</b>中学"], "text": ["乙大学"], "code": ["s1"]}
)


def areas(figure: go.Figure, geo: str = "geo") -> go.Choropleth:
    return next(t for t in figure.data if t.type == "choropleth" and t.geo == geo)


def hover_of(figure: go.Figure, code: str) -> str:
    trace = areas(figure)
    return trace.hovertext[list(trace.customdata).index(code)]


def color_of(figure: go.Figure, code: str) -> str:
    trace = areas(figure)
    z = trace.z[list(trace.customdata).index(code)]
    at = (z - trace.zmin) / (trace.zmax - trace.zmin)
    return next(c for edge, c in reversed(trace.colorscale) if edge <= at)


def county_values(province: str) -> pd.DataFrame:
    counties = [d for d in load_divisions().counties(province) if d.has_polygon]
    return pd.DataFrame(
        {
            "county": [d.code for d in counties],
            "name": [d.name for d in counties],
            "value": [float(i % 4) if i % 3 else math.nan for i in range(len(counties))],
        }
    )


def test_the_national_map_draws_all_34_units_and_marks_the_corps():
    figure = national_map(VALUES, SERVED, measure=MEASURE)
    trace = areas(figure)
    assert list(trace.locations) == [f"{code}0000" for code in PLACES if code != CORPS]
    corps = [t for t in figure.data if t.customdata is not None and "66" in t.customdata]
    assert len(corps) == 1
    assert corps[0].marker.symbol == "square"


def test_a_click_on_a_province_or_a_school_gives_its_code():
    figure = national_map(VALUES, SERVED, measure=MEASURE, points=POINTS)
    assert areas(figure).customdata[0] == "11"
    assert list(areas(figure, "geo2").customdata) == list(areas(figure).customdata)
    assert any(t.customdata is not None and list(t.customdata) == ["s1"] for t in figure.data)


def test_zero_missing_and_positive_values_have_different_colours():
    figure = national_map(VALUES, SERVED, measure=MEASURE)
    colors = [color_of(figure, code) for code in ("11", "12", "52", "53")]
    assert colors == [ZERO_COLOR, MISSING_COLOR, COLORS[2], COLORS[4]]


def test_a_province_without_data_says_that_no_source_was_found():
    figure = national_map(VALUES, SERVED, measure=MEASURE)
    assert hover_of(figure, "12") == "<b>天津</b><br>未找到来源"
    assert hover_of(figure, "11") == "<b>北京</b><br>0 所"
    english = national_map(VALUES, SERVED, measure=MEASURE, lang="en")
    assert hover_of(english, "12") == "<b>Tianjin</b><br>no source found"


def test_what_a_user_typed_is_shown_as_text():
    figure = national_map(VALUES, SERVED, measure=MEASURE, points=POINTS)
    hover = next(t.hovertext[0] for t in figure.data if t.customdata == ("s1",))
    assert hover == "<b>&lt;b&gt;甲&lt;/b&gt;中学</b><br>乙大学"
    assert unescape(hover).startswith("<b><b>甲")


def test_ten_dashes_are_drawn_on_the_map_and_in_the_inset():
    figure = national_map(VALUES, SERVED, measure=MEASURE)
    lines = [t for t in figure.data if t.type == "scattergeo" and t.mode == "lines"]
    for geo in ("geo", "geo2"):
        solid = [t for t in lines if t.geo == geo and t.line.dash == "solid"]
        assert len(solid) == 1
        assert sum(lon is None for lon in solid[0].lon) == 10
    assert [t.geo for t in lines if t.line.dash == "dash"] == ["geo"]


def test_the_inset_is_a_named_box_that_reaches_from_taiwan_to_zengmu():
    figure = national_map(VALUES, SERVED, measure=MEASURE)
    assert figure.layout.geo2.showframe is True
    assert any(t.text == ("南海诸岛",) for t in figure.data)
    south, north = figure.layout.geo2.lataxis.range
    assert south < 3.4
    assert north > 25.3


def test_source_and_approval_number_stand_in_every_map():
    for figure in (
        national_map(VALUES, SERVED, measure=MEASURE),
        province_map(county_values("53"), SERVED, "53", measure=MEASURE),
    ):
        words = figure.layout.annotations[0].text
        assert "GS(2024)0650号" in words
        assert "天地图" in words
    assert "GS(2024)0650号" in SERVED.credit("en")


def test_boundaries_are_named_by_an_address_that_changes_with_the_file():
    address = areas(national_map(VALUES, SERVED, measure=MEASURE)).geojson
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "/geo/national.geojson")
    content = (GEO / "national.geojson").read_bytes()
    assert parse_qs(parts.query)["v"] == [hashlib.sha256(content).hexdigest()[:12]]


def test_without_an_address_the_boundaries_travel_in_the_figure():
    figure = national_map(VALUES, Boundaries(GEO), measure=MEASURE)
    assert len(areas(figure).geojson["features"]) == 36


def test_a_figure_with_served_boundaries_stays_small():
    figure = national_map(VALUES, SERVED, measure=MEASURE, points=POINTS)
    assert len(figure.to_json()) < 40_000


def test_every_county_with_a_polygon_is_drawn_in_its_province():
    for province in PLACES:
        drawn = {
            f["id"]
            for f in json.loads((GEO / f"county/{province}.geojson").read_text("utf-8"))["features"]
        }
        figure = province_map(county_values(province), SERVED, province, measure=MEASURE)
        wanted = [t for t in figure.data if t.type == "choropleth" and t.geo == "geo"][-1]
        assert set(wanted.locations) <= drawn, province


def test_hainans_map_has_the_south_china_sea_inset():
    figure = province_map(county_values("46"), SERVED, "46", measure=MEASURE)
    assert "460303" in areas(figure, "geo2").locations
    assert figure.layout.geo2.showframe is True
    assert figure.layout.geo.lataxis.range[0] > 17


def test_the_corps_cities_lie_on_the_outline_of_xinjiang():
    figure = province_map(county_values("66"), SERVED, "66", measure=MEASURE)
    backdrop, cities = (t for t in figure.data if t.type == "choropleth")
    assert list(backdrop.locations) == ["650000"]
    assert backdrop.hoverinfo == "skip"
    assert len(cities.locations) == 12


def test_an_unknown_province_is_refused():
    with pytest.raises(KeyError):
        province_map(county_values("53"), SERVED, "99", measure=MEASURE)


def test_a_map_for_a_narrow_screen_has_no_names_on_it():
    def names(compact: bool) -> bool:
        figure = national_map(VALUES, SERVED, measure=MEASURE, compact=compact)
        return any(t.text and "河南" in t.text for t in figure.data)

    assert names(compact=False)
    assert not names(compact=True)


def test_every_province_is_named_on_its_own_land_or_beside_it():
    units = {
        f["properties"].get("prov"): shape(f["geometry"])
        for f in json.loads((GEO / "national.geojson").read_text("utf-8"))["features"]
    }
    for code, (name, lon, lat) in PLACES.items():
        official = next(d for d in load_divisions().provinces if d.province == code)
        assert name["zh"] in official.name
        land = units["65" if code == CORPS else code]
        assert land.distance(Point(lon, lat)) < (1.5 if code in NAMED_AT_SEA else 1e-9), name


def test_the_legend_names_the_classes_that_occur_and_missing():
    figure = national_map(
        VALUES, SERVED, measure=MEASURE, points=POINTS, points_label=MEASURE.title
    )
    entries = [t.name for t in figure.data if t.showlegend]
    assert entries == ["受援县中（所）", "3–5", "2", "1", "0", "无记录"]


@given(st.lists(st.none() | st.integers(0, 10_000) | st.floats(0, 1e6), max_size=60))
def test_every_value_is_in_a_class_whose_limits_hold_it(values: list[float | None]):
    classes = classes_of(values)
    assert 1 <= len(classes.limits) <= len(COLORS)
    assert list(classes.limits) == sorted(set(classes.limits))
    for value in values:
        number = classes.of(value)
        if value is None:
            assert number == MISSING
        elif value == 0:
            assert number == ZERO
        else:
            below = classes.limits[number - 1] if number else 0
            assert below < value <= classes.limits[number]


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=60))
def test_no_class_of_a_legend_is_empty(values: list[int]):
    classes = classes_of(values)
    assert {classes.of(v) for v in values} == set(range(len(classes.limits)))


def test_classes_read_as_whole_numbers_for_counts():
    classes = classes_of([1, 2, 3, 7, 9, 14, 15, 22, 31, 36])
    labels = [classes.label(i, "zh") for i in range(len(classes.limits))]
    assert labels[-1].endswith("–36")
    assert all("." not in label for label in labels)


def test_given_limits_are_used():
    assert classes_of([0.1, 0.9], [0.25, 0.5, 0.75, 1.0]).limits == (0.25, 0.5, 0.75, 1.0)


def test_darker_means_more():
    lightness = [sum(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in COLORS]
    assert lightness == sorted(lightness, reverse=True)
