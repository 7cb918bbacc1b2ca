"""The committed boundary files: whole, valid, drawable, and what meta.json says they are."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import shape

from tools.geo_check import faults

GEO = Path(__file__).resolve().parents[1] / "data/geo"


def features(name: str) -> list[dict[str, Any]]:
    return json.loads((GEO / name).read_text("utf-8"))["features"]


META = json.loads((GEO / "meta.json").read_text("utf-8"))
NATIONAL = features("national.geojson")
INSET = features("inset.geojson")
COUNTIES = {p.stem: features(f"county/{p.name}") for p in sorted((GEO / "county").iterdir())}


def test_the_boundaries_are_whole_valid_and_clockwise():
    assert faults(NATIONAL, INSET, COUNTIES) == []


def without(kind: str, national: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [f for f in national if f["id"] != kind]


@pytest.fixture(scope="module")
def few() -> tuple[dict[str, list[dict[str, Any]]], set[str]]:
    """One province's counties, which are soon looked through, and what is found lacking then."""
    counties = {code: COUNTIES[code] for code in ("66", "46")}
    return counties, set(faults(NATIONAL, INSET, counties))


@pytest.mark.parametrize("lost", ["710000", "820000", "dashline", "undefined_border", "460000"])
def test_the_check_notices_a_lost_feature(lost: str, few):
    counties, lacking = few
    assert set(faults(without(lost, NATIONAL), INSET, counties)) > lacking


def test_the_check_notices_a_lost_islet(few):
    national = copy.deepcopy(NATIONAL)
    hainan = next(f for f in national if f["id"] == "460000")
    hainan["geometry"]["coordinates"].pop()
    assert "provincial polygons: 556 instead of 557" in faults(national, INSET, few[0])


def test_the_check_notices_a_ring_that_runs_the_wrong_way(few):
    national = copy.deepcopy(NATIONAL)
    taiwan = next(f for f in national if f["id"] == "710000")
    taiwan["geometry"]["coordinates"][0][0].reverse()
    assert "710000: an exterior ring runs counter-clockwise" in faults(national, INSET, few[0])


def test_every_file_has_the_version_that_meta_says():
    for name, version in META["versions"].items():
        assert hashlib.sha256((GEO / name).read_bytes()).hexdigest()[:12] == version, name
    assert len(META["versions"]) == 2 + 35


def test_source_and_approval_number_are_recorded():
    assert META["approval"] == "GS(2024)0650号"
    assert "天地图" in META["source"]
    assert META["terms"] == "该数据仅供地图可视化使用"


def test_every_feature_has_its_code_as_id_and_a_point_inside():
    for group in [NATIONAL, *COUNTIES.values()]:
        for f in group:
            if "code" in f["properties"]:
                p = f["properties"]
                assert f["id"] == p["code"]
                box = shape(f["geometry"]).bounds
                assert box[0] <= p["cx"] <= box[2], p
                assert box[1] <= p["cy"] <= box[3], p


def test_a_county_lies_in_the_file_of_its_province():
    for code, group in COUNTIES.items():
        wanted = {"65": {"65", "66"}, "66": {"66", "65"}}.get(code, {code})
        assert {f["properties"]["prov"] for f in group} <= wanted


def test_every_province_has_a_frame_and_hainans_is_its_main_island():
    assert set(META["views"]) == set(COUNTIES)
    assert META["views"]["46"][1] > 17
    for west, south, east, north in META["views"].values():
        assert west < east
        assert south < north


def test_the_files_stay_small_enough_to_send():
    assert (GEO / "national.geojson").stat().st_size < 360_000
    assert (GEO / "inset.geojson").stat().st_size < 100_000
    assert max(p.stat().st_size for p in (GEO / "county").iterdir()) < 400_000
