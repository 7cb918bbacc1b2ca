"""The short names that officials really write, against the programme's own schools."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.intake_lakes import load_real, put_rows, rules, stored, try_rows
from tests.test_intake_names import PLACES
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import Hints
from xianzhong.intake.roster import load_schools, load_universities
from xianzhong.intake.school_cores import stem_of
from xianzhong.lake.store import Lake


@cache
def real() -> Lake:
    folder = TemporaryDirectory(prefix="xianzhong-names-")
    lake = Lake(Path(folder.name))
    lake.folder = folder  # type: ignore[attr-defined]
    for table in ("universities", "schools", "pairings"):
        load_real(lake, table, f"{table}.csv")
    return lake


@cache
def parties() -> Parties:
    lake = real()
    base = lake.snapshot()
    paired: dict[str, set[str]] = {}
    for row in lake.rows("pairings", base).to_pylist():
        paired.setdefault(row["university_code"], set()).add(row["school_code"])
    partners = {code: frozenset(schools) for code, schools in paired.items()}
    return Parties(load_schools(lake, base), load_universities(lake, base), PLACES,
                   register=False, partners=partners)  # fmt: skip


def school(name: str, county: str = "", university: str = "") -> str:
    return parties().school((name,), county, Hints(), university).code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("奉节中学", "500236-01"),
        ("奉节县中学", "500236-01"),
        ("重庆市奉节中学(高中部)", "500236-01"),
        ("垣曲中学", "140827-01"),
        ("延川中学", "610622-01"),
        ("海南省定安中学", "469021-01"),
        ("贵州省岑巩县第一中学", "522626-01"),
        ("青龙满族自治县一中", "130321-01"),
        ("青龙一中", "130321-01"),
        ("都安高中", "451228-01"),
        ("隆林中学", "451031-01"),
        ("马山县中学", "450124-01"),
    ],
)
def test_a_name_without_the_places_in_it_is_the_same_school(written: str, code: str) -> None:
    assert school(written) == code


@pytest.mark.parametrize(
    ("written", "county", "code"),
    [
        ("一中", "522626", "522626-01"),
        ("第一中学", "140623", "140623-01"),
        ("中学", "610622", "610622-01"),
        ("贺龙中学", "430822", "430822-01"),
        ("甘旗卡二中", "150522", "150522-01"),
        ("恩施三高", "422801", "422801-01"),
        ("二中", "522626", ""),
    ],
)
def test_the_rows_county_says_which_school_a_bare_name_means(
    written: str, county: str, code: str
) -> None:
    assert school(written, county) == code


def test_without_place_or_partner_a_bare_name_is_asked_for() -> None:
    for written in ("一中", "贺龙中学", "第一中学", "中学"):
        assert school(written) == "", written
    named = parties().school(("贺龙中学",), "", Hints())
    assert [said.rule for said in named.problems] == ["school_near"]


def test_the_rows_university_says_which_of_its_schools_a_bare_name_means() -> None:
    rows = real().rows("pairings", real().snapshot()).to_pylist()
    pairs = {row["school_code"]: row["university_code"] for row in rows}
    assert school("贺龙中学", "", pairs["430822-01"]) == "430822-01"
    assert school("贺龙中学", "", pairs["610622-01"]) == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("北大", "北京大学"), ("清华", "清华大学"), ("复旦", "复旦大学"), ("南开", "南开大学"),
        ("浙大", "浙江大学"), ("武大", "武汉大学"), ("4111010001", "北京大学"),
    ],
)  # fmt: skip
def test_a_university_is_known_by_its_usual_name_and_its_identifier(
    written: str, name: str
) -> None:
    known = {p.name: p.code for p in parties().universities.by_code.values()}
    expected = known.get(name, "")
    assert parties().university((written,)).code == expected


def test_a_slip_in_a_universitys_name_is_asked_for() -> None:
    (said,) = parties().university(("复但大学",)).problems
    assert said.rule == "university_near"
    assert said.fields["near"] == ("复旦大学",)


def test_two_short_names_in_one_cell_are_offered_as_a_split() -> None:
    (said,) = parties().school(("奉节中学和海南省定安中学",), "", Hints()).problems
    assert said.rule == "school_several"
    assert said.fields["parts"] == ("奉节中学", "海南省定安中学")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("都安瑶族自治县", "都安"), ("青龙满族自治县", "青龙"), ("隆林各族自治县", "隆林"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"), ("重庆市", "重庆"),
        ("新疆维吾尔自治区", "新疆"), ("扎赉特旗", "扎赉特"), ("恩施土家族苗族自治州", "恩施"),
        ("兴安盟", "兴安"), ("吉县", "吉县"),
    ],
)  # fmt: skip
def test_the_stem_of_a_place_is_its_own_name(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_a_school_that_one_of_its_county_may_be_is_not_registered_beside_it(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    load_real(lake, "schools", "schools.csv")
    rows = [["学校名称", "县(市、区)"], ["奉节中学", "奉节县"]]
    refused = try_rows(lake, "schools", rows)
    assert rules(refused) == {"school_exists"}
    assert refused.nothing_to_do
    # With a code of its own it is another one, and said to be alike.
    rows = [["学校代码", "学校名称", "县(市、区)"], ["500236-02", "奉节中学", "奉节县"]]
    assert rules(put_rows(lake, "schools", rows)) == {"similar_name"}
    assert len(stored(lake, "schools")) == 22


def test_a_list_without_codes_finds_the_counties_that_are_listed_already(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    load_real(lake, "weak_counties", "former_poverty_counties.csv")
    rows = [
        ["省份", "县名", "退出年份"],
        ["云南省", "会泽县", "2020"],
        ["四川省", "昭觉县", "2020"],
    ]
    prepared = try_rows(lake, "weak_counties", rows)
    assert prepared.report.ok
    assert prepared.report.counts["new"] == 0
    assert prepared.report.counts["unchanged"] == 2
    assert "listed_code_differs" not in rules(prepared)
    rows.append(["云南省", "昆明市五华区", "2020"])
    assert try_rows(lake, "weak_counties", rows).report.counts["new"] == 1
