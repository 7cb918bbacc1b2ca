"""Every page with every filter: the link decides the view, and the view writes its link.

What is the same piece on every page is tried on those pages that are drawn soonest, and on the
school's, where it differs; on all of them where HYPOTHESIS_PROFILE is thorough.
"""

from __future__ import annotations

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    Site,
    chip,
    choose,
    expect_numbers,
    expect_page,
    menu_link,
    move_on,
    open_page,
    params_in,
    settle,
    site_of,
    type_date,
    wait_for_params,
)
from tests.lakes import engine_of, names_in, view_of
from tests.spread import THOROUGH
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.terms import Term
from xianzhong.query import tables
from xianzhong.query.filters import FIELDS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FILTERED = ("overview", "schools", "school", "activities")
MENU = ("overview", "schools", "activities", "definitions")


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(request.config, "demo")


@pytest.fixture(scope="module")
def codes() -> dict[str, str]:
    """Codes that have records in common: those of the school with the most activities."""
    schools = tables.schools(engine_of("demo"), view_of("demo", {}))
    whole = schools[schools["universities"].map(len) == 1]
    top = whole.sort_values(["activities", "school_code"], ascending=[False, True]).iloc[0]
    county = str(top["county_code"])
    division = engine_of("demo").divisions.get(county)
    records = tables.records(
        engine_of("demo"), view_of("demo", {"school": top["school_code"]}), limit=1000
    )
    start = pd.Timestamp(records["start"].iloc[0]).date()
    assert division is not None
    return {
        "province": division.province,
        "prefecture": division.prefecture,
        "county": county,
        "school": str(top["school_code"]),
        "university": str(top["universities"][0]),
        "scheme": str(top["schemes"][0]),
        "kind": str(records["kind"].iloc[0]),
        "term": Term.of(start).code,
    }


def every_filter(codes: dict[str, str]) -> list[dict[str, str]]:
    """Links that together have every filter, with one value and with several."""
    links = [
        {"province": codes["province"], "term": codes["term"], "kind": "guidance,camp"},
        {"prefecture": codes["prefecture"], "scheme": "provincial,team", "from": "2024-03-05"},
        {"county": codes["county"], "university": codes["university"], "kind": codes["kind"]},
        {"school": codes["school"], "from": "2024-03-05", "to": "2025-06-30"},
        {"scheme": codes["scheme"], "to": "2025-06-30", "lang": "en"},
    ]
    filters = {name for link in links for name in link}
    assert filters == {*FIELDS, "lang"}, "a filter is missing from the links of this test"
    return links


@pytest.mark.parametrize("name", FILTERED)
def test_a_link_with_any_filter_shows_it_and_keeps_its_address(page: Page, site, codes, name):
    own = {
        "overview": [{"map": "activities"}, {"map": "coverage", "lang": "en"}],
        "schools": [{"q": "示例"}],
    }
    links = every_filter(codes)
    if not THOROUGH and name in ("overview", "school"):
        # Each reads the filters as the lists do, and takes longer to draw what they leave.
        links = [links[2], links[4]] if name == "overview" else links[:2]
    go = open_page
    for params in [*links, *own.get(name, [])]:
        link = {"school": codes["school"], **params} if name == "school" else params
        go(page, site, name, **link)
        expect_page(page, site, name, link)
        go = move_on


@pytest.mark.parametrize("name", FILTERED if THOROUGH else ("schools", "school"))
def test_every_widget_writes_its_code_into_the_link(page: Page, site, codes, name):
    here = {"school": codes["school"]} if name == "school" else {}
    open_page(page, site, name, **here)
    divisions, names = names_in("demo").divisions, names_in("demo")
    steps = [
        ("f_period", Term.parse(codes["term"]).label("zh"), {"term": codes["term"]}),
        ("f_kind", KIND_BY_CODE["guidance"].label.zh, {"kind": "guidance"}),
        ("f_scheme", SCHEME_BY_CODE[codes["scheme"]].label.zh, {"scheme": codes["scheme"]}),
        (
            "f_university",
            names.university(codes["university"]),
            {"university": codes["university"]},
        ),
    ]
    places = [
        ("f_province", "province"),
        ("f_prefecture", "prefecture"),
        ("f_county", "county"),
    ]
    expected = dict(here)
    for key, label, adds in steps:
        choose(page, key, label)
        expected |= adds
        wait_for_params(page, expected, name)
    if expected.pop("school", None):
        # The boxes show where the school is; another place is another school.
        choose(page, "f_province", "全国")
        wait_for_params(page, expected, name)
    for key, level in places:
        choose(page, key, divisions.label(codes[level], "zh"))
        expected = {k: v for k, v in expected.items() if k not in ("province", "prefecture")}
        expected[level] = codes[level]
        wait_for_params(page, expected, name)
    expect_page(page, site, name, expected)
    page.reload()
    settle(page)
    expect_page(page, site, name, expected)


def all_of(codes: dict[str, str]) -> dict[str, str]:
    return {
        "county": codes["county"],
        "scheme": codes["scheme"],
        "university": codes["university"],
        "term": codes["term"],
        "kind": "guidance",
    }


def test_each_page_hands_the_filters_on_to_the_next_of_the_menu(page: Page, site, codes):
    expected = all_of(codes)
    open_page(page, site, "definitions", **expected)
    for name in MENU:
        menu_link(page, name).click()
        wait_for_params(page, expected, name)
        expect_page(page, site, name, expected)


@pytest.mark.parametrize("name", ["overview", "schools"] if THOROUGH else ["schools"])
def test_every_chip_takes_its_filter_away(page: Page, site, codes, name):
    english = {**all_of(codes), "lang": "en"}
    open_page(page, site, name, **english)
    gone = {
        "county": {"prefecture": codes["prefecture"]},
        "prefecture": {"province": codes["province"]},
        "province": {},
        "scheme": {},
        "university": {},
        "kind": {},
        "term": {},
    }
    for parameter, becomes in gone.items():
        chip(page, parameter).click()
        english.pop(parameter)
        english |= becomes
        wait_for_params(page, english, name)
    assert english == {"lang": "en"}
    expect_numbers(page, site, name, english)


@pytest.mark.parametrize("name", ["overview", "school"] if THOROUGH else ["school"])
def test_dates_are_chosen_in_the_bar_and_taken_away_by_their_chip(page: Page, site, codes, name):
    here = {"school": codes["school"]} if name == "school" else {}
    open_page(page, site, name, **here)
    choose(page, "f_period", "自选日期")
    page.wait_for_url(lambda url: {"from", "to"} <= set(params_in(url)))
    settle(page)
    type_date(page, "start", "2024-03-05")
    type_date(page, "end", "2025-06-30")
    page.locator("h1").click()
    expected = {**here, "from": "2024-03-05", "to": "2025-06-30"}
    wait_for_params(page, expected, name)
    expect_page(page, site, name, expected)
    chip(page, "dates").click()
    wait_for_params(page, here, name)
    expect_page(page, site, name, here)


def test_back_and_forward_walk_through_the_filters(page: Page, site, codes):
    open_page(page, site, "schools")
    steps: list[dict[str, str]] = [{}]
    choices = [
        ("f_province", names_in("demo").divisions.label(codes["province"], "zh"), "province"),
        ("f_period", Term.parse(codes["term"]).label("zh"), "term"),
        ("f_kind", KIND_BY_CODE["guidance"].label.zh, "kind"),
    ]
    for key, label, parameter in choices:
        choose(page, key, label)
        steps.append({**steps[-1], parameter: {**codes, "kind": "guidance"}[parameter]})
        wait_for_params(page, steps[-1], "schools")
    for params in reversed(steps[:-1]):
        page.go_back()
        wait_for_params(page, params, "schools")
        expect_page(page, site, "schools", params)
    for params in steps[1:]:
        page.go_forward()
        wait_for_params(page, params, "schools")
        expect_page(page, site, "schools", params)


def test_back_returns_from_another_page_to_the_filters_that_were_there(page: Page, site, codes):
    params = {"province": codes["province"], "kind": "guidance"}
    open_page(page, site, "activities", **params)
    menu_link(page, "schools").click()
    wait_for_params(page, params, "schools")
    chip(page, "kind").click()
    wait_for_params(page, {"province": codes["province"]}, "schools")
    page.go_back()
    wait_for_params(page, params, "schools")
    page.go_back()
    wait_for_params(page, params, "activities")
    expect_page(page, site, "activities", params)


def test_two_tabs_with_different_filters_leave_each_other_alone(new_page, site, codes):
    first = new_page()
    second = first.context.new_page()
    one, two = {"province": codes["province"]}, {"kind": "camp", "lang": "en"}
    open_page(first, site, "schools", **one)
    open_page(second, site, "schools", **two)
    first.bring_to_front()
    choose(first, "f_kind", KIND_BY_CODE["guidance"].label.zh)
    wait_for_params(first, {**one, "kind": "guidance"})
    expect_page(second, site, "schools", two)
    second.bring_to_front()
    chip(second, "kind").click()
    wait_for_params(second, {"lang": "en"})
    expect_page(second, site, "schools", {"lang": "en"})
    expect_page(first, site, "schools", {**one, "kind": "guidance"})
    first.reload()
    settle(first)
    expect_page(first, site, "schools", {**one, "kind": "guidance"})


def test_the_chosen_map_is_part_of_the_link(page: Page, site):
    open_page(page, site)
    control = page.locator(".st-key-map_by")
    control.get_by_text("活动", exact=True).first.click()
    wait_for_params(page, {"map": "activities"})
    page.reload()
    settle(page)
    expect(control.locator("[aria-checked=true], [kind*=Active]").first).to_contain_text("活动")
    page.go_back()
    wait_for_params(page, {})


def test_what_is_searched_is_part_of_the_link(page: Page, site):
    open_page(page, site, "schools")
    box = page.locator(".st-key-search input")
    box.fill("示例第二")
    box.press("Enter")
    wait_for_params(page, {"q": "示例第二"}, "schools")
    page.reload()
    settle(page)
    expect(box).to_have_value("示例第二")
    box.fill("")
    box.press("Enter")
    wait_for_params(page, {}, "schools")
