"""Places, schools and universities: found, followed to today, suggested, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake_lakes import put_rows, real_lake, rules, said, stored, try_rows
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import Hints, Place, Places
from xianzhong.intake.roster import Party, Roster, canonical
from xianzhong.intake.values import Candidate
from xianzhong.intake.weak import resolve_listed
from xianzhong.lake.store import Lake
from xianzhong.reference import load_divisions

PLACES = Places(load_divisions())
COUNTIES = [d for d in PLACES.divisions if d.level == "county"]
PAIR = ["帮扶高校", "受援县中", "省份", "县(市、区)", "县级代码", "帮扶类型"]


def found(*names: str, province: str = "", prefecture: str = "") -> tuple[str, list[str]]:
    place = PLACES.find(names, Hints(province, prefecture))
    return place.code, [said.rule for _, said in place.problems]


def listed(code: str, name: str, province: str = "") -> tuple[str, list[str]]:
    place: Place = resolve_listed(PLACES, code, name, Hints(province))
    return place.code, [said.rule for _, said in place.problems]


@pytest.mark.parametrize(
    ("names", "hints", "expected"),
    [
        (["会泽县"], {}, ("530326", [])),
        (["530326"], {}, ("530326", [])),
        (["会 泽 县"], {"province": "云南省"}, ("530326", [])),
        (["530326", "会泽县"], {"province": "云南", "prefecture": "曲靖"}, ("530326", [])),
        (["云南省曲靖市会泽县"], {}, ("530326", [])),
        (["曲靖市会泽县"], {}, ("530326", [])),
        (["会泽"], {"province": "云南省"}, ("530326", ["county_short"])),
        (["会泽线"], {}, ("", ["county_unknown"])),
        (["扎赉特其"], {}, ("", ["county_near"])),
        (["999999"], {}, ("", ["county_unknown"])),
        (["530300"], {}, ("", ["county_unknown"])),
        (["城关区"], {}, ("", ["county_ambiguous"])),
        (["城关区"], {"province": "西藏"}, ("540102", [])),
        (["新华区"], {"province": "河北省"}, ("", ["county_ambiguous"])),
        (["新华区"], {"province": "河北省", "prefecture": "石家庄市"}, ("130105", [])),
        (["会泽县"], {"province": "贵州省"}, ("530326", ["province_mismatch"])),
        (["会泽县"], {"province": "滇省"}, ("530326", ["province_unknown"])),
        (["会泽县"], {"prefecture": "昭通市"}, ("530326", ["prefecture_mismatch"])),
        (["定安县"], {"province": "海南省", "prefecture": "省直辖县级"}, ("469021", [])),
        (["奉节县"], {"province": "重庆市", "prefecture": "重庆市"}, ("500236", [])),
        (["石河子市"], {"province": "新疆维吾尔自治区"}, ("659001", [])),
        (["石河子市"], {"province": "新疆生产建设兵团"}, ("659001", [])),
        (["530326", "宣威市"], {}, ("", ["county_conflict"])),
        (["东莞市"], {"province": "广东省", "prefecture": "东莞市"}, ("441900", [])),
        ([], {"province": "云南省"}, ("", [])),
    ],
)
def test_a_county_is_found_by_code_and_name(
    names: list[str], hints: dict[str, str], expected: tuple[str, list[str]]
) -> None:
    assert found(*names, **hints) == expected


def test_a_former_name_is_followed_to_todays_county_and_said() -> None:
    former = [f for f in PLACES.divisions.former if f.change == "renamed" and f.current_code]
    # Many cities once had a 郊区 or a 东区: such a name alone says nothing.
    plain = [f for f in former if len(f.name) > 3 or f.name[-1] in "县旗"]
    assert len(plain) > 20
    for f in plain:
        province = PLACES.divisions.get(f.current_code).province  # type: ignore[union-attr]
        assert found(f.name, province=province) == (f.current_code, ["county_former"]), f
        assert found(f.current_code, f.name, province=province) == (f.current_code, []), f


def test_a_former_name_of_the_province_comes_before_a_county_elsewhere() -> None:
    assert found("新市区", province="河北省") == ("130602", ["county_former"])
    assert found("新市区", province="新疆")[0] == "650104"


@given(st.sampled_from(COUNTIES))
def test_every_county_is_found_with_its_province_and_prefecture(county: object) -> None:
    divisions, c = PLACES.divisions, county
    province = divisions.get(c.province).name  # type: ignore[attr-defined, union-attr]
    above = divisions.get(c.prefecture)  # type: ignore[attr-defined]
    hints = {"province": province, "prefecture": above.name if above else ""}
    assert found(c.code, c.name, **hints) == (c.code, [])  # type: ignore[attr-defined]
    assert found(c.name, **hints) == (c.code, [])  # type: ignore[attr-defined]


@given(st.sampled_from(PLACES.divisions.provinces))
def test_every_province_is_known_by_name_code_and_short_name(province: object) -> None:
    p = province
    forms = [p.name, p.code, p.code + "0000", p.name[:3]]  # type: ignore[attr-defined]
    assert {PLACES.province(form) for form in forms[:3]} == {p.code}  # type: ignore[attr-defined]
    if p.code != "66":  # type: ignore[attr-defined]
        assert PLACES.province(forms[3]) == p.code  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "name", "province", "expected"),
    [
        ("530326", "会泽县", "云南省", ("530326", [])),
        ("630104", "冷湖行委", "青海省", ("632803", ["listed_code_of_other"])),
        ("532600", "文山市", "云南省", ("532601", ["listed_code_differs"])),
        ("622927", "积石山自治县", "甘肃省", ("622927", ["county_short"])),
        ("", "会泽县", "云南省", ("530326", [])),
        ("530326", "示例县", "云南省", ("", ["listed_unresolved"])),
        ("999999", "示例县", "", ("", ["listed_unresolved"])),
    ],
)
def test_a_listed_county_is_followed_to_today(
    code: str, name: str, province: str, expected: tuple[str, list[str]]
) -> None:
    assert listed(code, name, province) == expected


# Schools and universities


def parties(*, register: bool = False) -> Parties:
    schools = Roster(
        [
            Party("530326-01", "会泽县第一中学", ("会泽一高",), "530326"),
            Party("530326-02", "会泽县第二中学", (), "530326"),
            Party("540102-01", "第一中学", (), "540102"),
            Party("530326-03", "第一中学", (), "530326"),
            Party("360821-01", "吉安县第一中学", (), "360821"),
        ]
    )
    universities = Roster(
        [
            Party("10269", "华东师范大学", ("华东师大",)),
            Party("10001", "北京大学"),
            Party("10027", "北京师范大学"),
        ]
    )
    return Parties(schools, universities, PLACES, register=register)


def school(*texts: str, county: str = "", province: str = "") -> tuple[str, list[str]]:
    named = parties().school(texts, county, Hints(province))
    return named.code, [said.rule for said in named.problems]


def university(*texts: str, register: bool = False) -> tuple[str, list[str]]:
    named = parties(register=register).university(texts)
    return named.code, [said.rule for said in named.problems]


@pytest.mark.parametrize(
    ("texts", "where", "expected"),
    [
        (["会泽县第一中学"], {}, ("530326-01", [])),
        (["会泽县 第一中学"], {}, ("530326-01", [])),
        (["会泽一高"], {}, ("530326-01", ["school_alias"])),
        (["會澤縣第一中學"], {}, ("530326-01", [])),
        (["会泽县一中"], {}, ("530326-01", ["school_short"])),
        (["会泽一中"], {}, ("530326-01", ["school_short"])),
        (["530326-01", "会泽一中"], {}, ("530326-01", [])),
        (["会泽一中", "530326-02"], {}, ("", ["school_conflict"])),
        # The city and the county of one name may each have a school of this number.
        (["吉安一中"], {}, ("", ["school_near"])),
        (["吉安一中"], {"county": "360821"}, ("360821-01", ["school_short"])),
        (["会泽县第一中学、会泽县第二中学"], {}, ("", ["school_several"])),
        (["会泽县第一中学和会泽县第二中学"], {}, ("", ["school_several"])),
        (["会泽一中,示例中学"], {}, ("", ["school_several"])),
        (["会泽县第一中学(东校区、西校区)"], {}, ("", ["school_unknown"])),
        (["530326-01"], {}, ("530326-01", [])),
        (["530326-01", "会泽一高"], {}, ("530326-01", [])),
        (["会泽县第一中学(530326-01)"], {}, ("530326-01", [])),
        (["会泽第一中学校"], {}, ("", ["school_near"])),
        (["会泽县第三中学"], {}, ("", ["school_unknown"])),
        (["999999-01"], {}, ("", ["school_unknown"])),
        (["999999-01", "会泽县第一中学"], {}, ("530326-01", ["party_code_unknown"])),
        (["530326-02", "会泽县第一中学"], {}, ("", ["school_conflict"])),
        (["第一中学"], {}, ("", ["school_ambiguous"])),
        (["第一中学"], {"county": "540102"}, ("540102-01", [])),
        (["第一中学"], {"province": "云南省"}, ("530326-03", [])),
        (["会泽县第一中学"], {"county": "540102"}, ("", ["school_elsewhere"])),
        (["会泽县第一中学"], {"province": "贵州省"}, ("", ["province_mismatch"])),
    ],
)
def test_a_school_is_found_or_suggested_and_never_guessed(
    texts: list[str], where: dict[str, str], expected: tuple[str, list[str]]
) -> None:
    assert school(*texts, **where) == expected


@pytest.mark.parametrize(
    ("texts", "register", "expected"),
    [
        (["华东师范大学"], False, ("10269", [])),
        (["华东师大"], False, ("10269", ["university_alias"])),
        (["華東師範大學"], False, ("10269", [])),
        (["北京师大"], False, ("10027", ["university_short"])),
        (["北京师大"], True, ("10027", ["university_short"])),
        (["北师大"], False, ("10027", ["university_short"])),
        (["华师大"], False, ("", ["university_near"])),
        (["北京大学、北京师范大学"], False, ("", ["university_several"])),
        (["北京大学、北京师范大学"], True, ("", ["university_several"])),
        (["10269"], False, ("10269", [])),
        (["华东师范大学", "10269"], False, ("10269", [])),
        (["华东师范大学", "10001"], False, ("", ["university_conflict"])),
        (["华东示范大学"], False, ("", ["university_near"])),
        (["华东师范大"], False, ("", ["university_near"])),
        (["清华大学"], False, ("", ["university_unknown"])),
        # One character exchanged makes another university; one lost is a slip.
        (["华中师范大学"], True, None),
        (["华东师范大"], True, ("", ["university_near"])),
        (["北京工大学"], True, ("", ["university_near"])),
    ],
)
def test_a_university_is_found_or_suggested_and_never_guessed(
    texts: list[str], register: bool, expected: tuple[str, list[str]] | None
) -> None:
    code, said_rules = university(*texts, register=register)
    if expected is None:
        assert code.startswith("U")
        assert said_rules == ["university_registered"]
    else:
        assert (code, said_rules) == expected


def test_a_doubtful_name_offers_those_it_may_mean() -> None:
    (said,) = parties().university(("华师大",)).problems
    assert said.fields["candidates"] == (Candidate("华东师范大学", "10269"),)
    (said,) = parties().school(("第一中学",), "", Hints()).problems
    assert [c.code for c in said.fields["candidates"]] == ["540102-01", "530326-03"]
    assert [c.place for c in said.fields["candidates"]] == ["城关区", "会泽县"]
    (said,) = parties().school(("会泽一中、示例中学",), "", Hints()).problems
    assert said.fields["parts"] == ("会泽一中", "示例中学")


@given(st.sampled_from("一二三四五六七八九"), st.sampled_from("一二三四五六七八九"))
def test_numbers_in_names_tell_schools_apart(one: str, other: str) -> None:
    roster = Roster([Party("1", f"会泽县第{one}中学", (), "530326")])
    near = roster.near_school(f"会泽{other}中")
    assert (near is not None) == (one == other)


def test_ways_of_writing_a_numbered_school_are_the_same_words() -> None:
    assert len({canonical(n) for n in ("会泽县第一中学", "会泽县一中", "会泽县第1中学")}) == 1
    assert canonical("会泽县第十一中学") != canonical("会泽县第一中学")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return real_lake(tmp_path / "lake", "pairings")


def pair(school_name: str, **more: str) -> list[list[str]]:
    row = {"帮扶高校": "示例大学", "受援县中": school_name, "帮扶类型": "地方高校托管"} | more
    return [PAIR, [row.get(header, "") for header in PAIR]]


def test_a_new_school_is_registered_with_the_next_number_of_its_county(lake: Lake) -> None:
    rows = [
        *pair("示例实验学校", 省份="陕西", **{"县(市、区)": "延川县"}),
        pair("另一所示例学校", 县级代码="610622")[1],
    ]
    receipt = put_rows(lake, "pairings", rows)
    assert rules(receipt) == {"school_registered", "university_registered"}
    schools = stored(lake, "schools")
    assert schools["610622-02"]["name"] == "示例实验学校"
    assert schools["610622-03"]["name"] == "另一所示例学校"
    assert receipt.report.counts["new"] == 2
    assert put_rows(lake, "pairings", rows).report.counts["unchanged"] == 2


def test_a_new_school_needs_its_county(lake: Lake) -> None:
    prepared = try_rows(lake, "pairings", pair("示例实验学校"))
    assert (2, "B", "school_needs_county") in said(prepared)


def test_a_school_like_one_of_the_same_county_is_suggested(lake: Lake) -> None:
    refused = try_rows(lake, "pairings", pair("延川县中学校", 县级代码="610622"))
    assert "school_near" in rules(refused)
    # Registered on purpose in the schools' own sheet, with a warning, it can be paired.
    schools = [["学校名称", "县级代码"], ["延川县中学校", "610622"]]
    assert rules(put_rows(lake, "schools", schools)) == {"similar_name"}
    assert try_rows(lake, "pairings", pair("延川县中学校", 县级代码="610622")).report.ok


def test_the_same_name_in_another_county_is_another_school(lake: Lake) -> None:
    receipt = put_rows(lake, "pairings", pair("延川县中学", 县级代码="530326"))
    assert stored(lake, "schools")["530326-01"]["name"] == "延川县中学"
    assert receipt.report.counts["new"] == 1


def test_only_accepted_rows_register_what_they_name(lake: Lake) -> None:
    rows = pair("示例实验学校", 县级代码="610622", 帮扶类型="不知道")
    prepared = try_rows(lake, "pairings", rows)
    assert not prepared.report.ok
    assert prepared.nothing_to_do


def test_a_school_keeps_its_code_when_it_is_renamed(lake: Lake) -> None:
    rows = [["学校代码", "学校名称", "县(市、区)"], ["610622-01", "延川县第一中学", "延川县"]]
    receipt = put_rows(lake, "schools", rows)
    assert rules(receipt) == {"renamed"}
    assert stored(lake, "schools")["610622-01"]["name"] == "延川县第一中学"


def test_code_and_county_of_a_school_must_agree(lake: Lake) -> None:
    rows = [["学校名称", "县(市、区)", "区划代码"], ["示例中学", "会泽县", "610622"]]
    assert rules(try_rows(lake, "schools", rows)) == {"county_conflict"}


def test_codes_given_in_a_sheet_are_not_given_to_its_other_schools(lake: Lake) -> None:
    rows = [["学校代码", "学校名称", "县级代码"],
            ["", "示例甲校", "530326"], ["530326-01", "示例乙校", "530326"]]  # fmt: skip
    put_rows(lake, "schools", rows)
    schools = stored(lake, "schools")
    assert schools["530326-01"]["name"] == "示例乙校"
    assert schools["530326-02"]["name"] == "示例甲校"
