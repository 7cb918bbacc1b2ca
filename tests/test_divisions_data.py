"""The committed division files: complete, consistent, and able to place a former county."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tools.division_history import Former, build_former, names_by_province, resolve

ROOT = Path(__file__).resolve().parents[1]


def read(name: str) -> list[dict[str, str]]:
    with (ROOT / "data/divisions" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DIVISIONS = read("divisions.csv")
FORMER = read("former.csv")
COUNTIES = {r["code"]: r for r in DIVISIONS if r["level"] == "county"}
CURRENT = {code: r["name"] for code, r in COUNTIES.items()}


def test_there_are_34_provincial_units_and_the_corps():
    codes = {r["code"] for r in DIVISIONS if r["level"] == "province"}
    assert len(codes) == 35
    assert {"710000", "810000", "820000", "660000"} <= codes


def test_every_code_stands_once_per_level():
    assert max(Counter((r["level"], r["code"]) for r in DIVISIONS).values()) == 1


def test_every_parent_exists_one_level_up_or_at_the_province():
    prefectures = {r["code"] for r in DIVISIONS if r["level"] == "prefecture"}
    provinces = {r["code"] for r in DIVISIONS if r["level"] == "province"}
    allowed = {"province": {""}, "prefecture": provinces, "county": provinces | prefectures}
    assert [r for r in DIVISIONS if r["parent"] not in allowed[r["level"]]] == []


def test_every_unit_is_in_the_province_of_its_parent():
    province = {r["code"]: r["province"] for r in DIVISIONS if r["level"] != "county"}
    assert [r for r in DIVISIONS if r["parent"] and province[r["parent"]] != r["province"]] == []


def test_the_civil_list_is_whole():
    kinds = Counter(r["kind"] for r in COUNTIES.values())
    assert kinds["ordinary"] + kinds["managed_directly"] == 2847
    assert sum(r["level"] == "prefecture" for r in DIVISIONS) == 333


def test_a_city_without_counties_is_its_own_county():
    alone = {code for code, r in COUNTIES.items() if r["kind"] == "no_counties"}
    assert alone == {"441900", "442000", "460400", "620200"}
    prefectures = {r["code"]: r["name"] for r in DIVISIONS if r["level"] == "prefecture"}
    assert all(prefectures[c] == CURRENT[c] for c in alone)


def test_the_corps_has_its_thirteen_cities():
    cities = [r for r in COUNTIES.values() if r["province"] == "66"]
    assert len(cities) == 13
    assert {r["parent"] for r in cities} == {"660000"}
    assert all(r["code"].startswith("6590") for r in cities)


def test_only_five_new_counties_lack_a_polygon_and_a_point():
    lacking = {code for code, r in COUNTIES.items() if r["has_polygon"] == "0"}
    assert lacking == {"500157", "653132", "653228", "653229", "659013"}
    assert {code for code, r in COUNTIES.items() if not r["lon"]} == lacking


def test_points_lie_in_china():
    for r in DIVISIONS:
        if r["lon"]:
            assert 73 < float(r["lon"]) < 136, r
            assert 3 < float(r["lat"]) < 54, r


def test_provinces_alone_have_english_names():
    named = {r["level"] for r in DIVISIONS if r["name_en"]}
    assert named == {"province"}
    english = [r["name_en"] for r in DIVISIONS if r["level"] == "province"]
    assert all(english)
    assert len(set(english)) == 35


def test_former_units_lead_to_units_of_today():
    assert len(FORMER) == len({(r["code"], r["name"]) for r in FORMER})
    for r in FORMER:
        assert CURRENT.get(r["current_code"], "") == r["current_name"], r
        assert (r["code"], r["name"]) != (r["current_code"], r["current_name"])
        assert r["source"], r


def test_no_former_unit_changes_province_but_by_chongqings_founding():
    far = {
        (r["code"][:2], r["current_code"][:2])
        for r in FORMER
        if r["code"] and r["current_code"] and r["code"][:2] != r["current_code"][:2]
    }
    assert far == {("51", "50")}


@pytest.mark.parametrize(
    ("code", "name", "today"),
    [
        ("540530", "错那县", "540581"),
        ("540422", "米林县", "540481"),
        ("632825", "大柴旦行委", "632857"),
        ("532600", "文山市", "532601"),
        ("622900", "临夏市", "622901"),
        ("630104", "冷湖行委", "632803"),
        ("632803", "茫崖行委", "632803"),
        ("130881", "平泉县", "130881"),
        ("520522", "黔西县", "520581"),
        ("520581", "黔西县", "520581"),
        ("632121", "平安县", "630203"),
        ("610928", "旬阳县", "610981"),
        ("622927", "积石山自治县", "622927"),
    ],
)
def test_a_county_written_in_an_earlier_year_is_found(code: str, name: str, today: str):
    former = [Former(**r) for r in FORMER]
    assert resolve(code, name, CURRENT, former, names_by_province(CURRENT))[1] == today


def test_an_invented_county_is_not_resolved():
    former = [Former(**r) for r in FORMER]
    index = names_by_province(CURRENT)
    assert resolve("539999", "示例县", CURRENT, former, index) == ("unresolved", "")


def test_chains_are_followed_and_a_code_given_away_is_not():
    def event(year: int, kind: str, old: tuple[str, str], new: tuple[str, str]):
        return {
            "year": year,
            "type": kind,
            "level": 3,
            "source": "test",
            "old": {"code": old[0] + "000000", "name": old[1]},
            "new": {"code": new[0] + "000000", "name": new[1]},
        }

    events = [
        event(1997, "同名改码", ("999901", "甲县"), ("999801", "甲县")),
        event(2005, "撤县设市", ("999801", "甲县"), ("999881", "甲市")),
        event(2006, "码位改派", ("999801", "甲县"), ("999801", "乙县")),
        event(2007, "撤销", ("999701", "丙县"), ("889701", "丙区")),
    ]
    current = {"999881": "甲市", "999801": "乙县", "889701": "丙区"}
    found = {(f.code, f.name): f for f in build_former(events, current)}
    assert found["999901", "甲县"].current_code == "999881"
    assert found["999801", "甲县"].current_code == "999881"
    assert found["999701", "丙县"].current_code == ""
    assert found["999701", "丙县"].change == "abolished"
