"""What officials do, from the link in a message to the file in a meeting, in a real browser."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    PAGES,
    Site,
    card,
    chart,
    chart_in_sight,
    chip,
    choose,
    click_area,
    click_mark,
    expect_page,
    move_on,
    open_page,
    page_in,
    params_in,
    settle,
    site_of,
    still,
    wait_for_params,
)
from tests.browser.serving import product_server
from tests.browser.wire import wire_to
from tests.lakes import engine_of, figures_of, lake_of, names_in, sentence_of, view_of
from tests.spread import THOROUGH
from xianzhong.model.kinds import KINDS
from xianzhong.model.terms import Term
from xianzhong.query import tables

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

YUNNAN = {"province": "53"}


@pytest.fixture
def real(request: pytest.FixtureRequest) -> Site:
    return site_of(request.config, "real")


@pytest.fixture
def demo(request: pytest.FixtureRequest) -> Site:
    return site_of(request.config, "demo")


def a_school(lake: str) -> str:
    schools = tables.schools(engine_of(lake), view_of(lake, {}))
    ranked = schools.sort_values(["activities", "school_code"], ascending=[False, True])
    return str(ranked["school_code"].iloc[0])


# --- a link that someone sent -----------------------------------------------------------------


@pytest.mark.parametrize("lake", ["real", "demo"] if THOROUGH else ["real"])
def test_a_link_opened_for_the_first_time_shows_what_was_sent(new_page, request, lake):
    site = site_of(request.config, lake)
    page = new_page(cold=True, viewport={"width": 1280, "height": 900})
    filters = {"province": "53", "term": "2022-1"} if lake == "real" else {"kind": "guidance,camp"}
    for name in PAGES if lake == "real" else ("overview", "activities"):
        own = {"school": a_school(lake)} if name == "school" else {}
        params = {**({} if own else filters), **own}
        open_page(page, site, name, **params)
        expect_page(page, site, name, params)


def test_a_link_to_an_inner_page_may_be_the_first_thing_a_new_server_is_asked(page):
    with product_server(lake_of("real")) as url:
        fresh = Site("real", url)
        open_page(page, fresh, "schools", **YUNNAN)
        expect_page(page, fresh, "schools", YUNNAN)


def test_an_empty_lake_says_what_to_do(page: Page, request):
    site = site_of(request.config, "empty")
    go = open_page
    for name in ("overview", "schools", "school", "activities"):
        go(page, site, name)
        go = move_on
        expect(page.get_by_test_id("stAlert").first).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0


def test_what_a_link_has_wrong_is_named_as_it_was_written(page: Page, real):
    params = {"province": "53", "county": "<b>110101</b>", "kind": "guidance,*dance*"}
    open_page(page, real, "overview", **params)
    said = page.get_by_test_id("stAlert")
    expect(said.filter(has_text="<b>110101</b>")).to_be_visible()
    expect(said.filter(has_text="*dance*")).to_be_visible()
    expect(card(page, "在册结对")).to_have_text(
        str(figures_of("real", {"province": "53", "kind": "guidance"})["pairings"].value)
    )


def test_copy_link_puts_this_very_view_on_the_clipboard(new_page, real):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, real, "activities", **YUNNAN)
    chip(page, "province").click()
    wait_for_params(page, {})
    choose(page, "f_period", Term(2022, 1).label("zh"))
    wait_for_params(page, {"term": "2022-1"})
    page.locator(".st-key-copy_link button").locator("visible=true").first.click()
    expect(page.get_by_role("status").filter(has_text="链接已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url == real.address("activities", {"term": "2022-1"})
    page.goto("about:blank")
    page.goto(copied)
    settle(page)
    expect_page(page, real, "activities", {"term": "2022-1"})


# --- the map and the bars ---------------------------------------------------------------------


def test_a_click_on_a_province_shows_its_counties_and_its_schools(page: Page, real):
    open_page(page, real)
    click_area(page, "530000")
    wait_for_params(page, YUNNAN, "overview")
    expect_page(page, real, "overview", YUNNAN)
    counties = [d for d in engine_of("real").divisions.counties("53") if d.has_polygon]
    areas = chart(page, "map").locator("g.choroplethlayer").first.locator("path")
    expect(areas).to_have_count(len(counties))
    points = tables.school_points(engine_of("real"), view_of("real", YUNNAN))
    expect(chart(page, "map").locator(".scatterlayer path.point")).to_have_count(len(points))


def test_a_click_on_a_county_filters_by_it_and_back_leaves_it(page: Page, real):
    open_page(page, real, **YUNNAN)
    county = next(
        d for d in engine_of("real").divisions.counties("53") if d.name == "玉龙纳西族自治县"
    )
    click_area(page, county.code)
    wait_for_params(page, {"county": county.code}, "overview")
    expect_page(page, real, "overview", {"county": county.code})
    page.go_back()
    wait_for_params(page, YUNNAN, "overview")


def test_a_click_on_a_schools_point_opens_the_school_and_back_returns_to_the_map(page: Page, real):
    points = tables.school_points(engine_of("real"), view_of("real", YUNNAN))
    open_page(page, real, **YUNNAN)
    marks = chart(page, "map").locator(".scatterlayer path.point")
    expect(marks).to_have_count(len(points))
    click_mark(page, marks.first)
    page.wait_for_url(lambda url: page_in(url) == "school")
    settle(page)
    params = params_in(page.url)
    assert params["school"] in set(points["school_code"])
    expect(page.locator("h1")).to_have_text(names_in("real").school(params["school"]))
    # The filters of the map come along; the school's own page answers to them, too.
    assert params["province"] == "53"
    page.go_back()
    page.wait_for_url(lambda url: page_in(url) == "overview")
    settle(page)
    assert params_in(page.url) == YUNNAN


def test_a_click_on_a_kind_filters_by_it_and_on_a_term_by_that(page: Page, real):
    open_page(page, real)
    bars = chart_in_sight(page, "kinds").locator("g.barlayer g.point path")
    done = tables.records(engine_of("real"), view_of("real", {}), limit=1000)
    kinds = [kind.code for kind in KINDS if kind.code in set(done["kind"])]
    expect(bars).to_have_count(len(kinds))
    click_mark(page, bars.nth(kinds.index("guidance")))
    wait_for_params(page, {"kind": "guidance"})
    expect_page(page, real, "overview", {"kind": "guidance"})

    move_on(page, real, "activities")
    starts = tables.months(engine_of("real"), view_of("real", {}))["month"]
    first, last = (Term.of(day.date()) for day in (starts.min(), starts.max()))
    columns = chart_in_sight(page, "terms").locator("g.barlayer g.point path")
    expect(columns.first).to_be_attached()
    click_mark(page, columns.first)
    page.wait_for_url(lambda url: "term" in params_in(url))
    settle(page)
    chosen = params_in(page.url)
    assert first <= Term.parse(chosen["term"]) <= last
    expect_page(page, real, "activities", chosen)
    # The bars do not shrink to the chosen term: the others can still be clicked.
    assert chart_in_sight(page, "terms").locator("g.barlayer g.point path").count() > 1


# --- tables and files -------------------------------------------------------------------------


def cells_of(page: Page) -> list[str]:
    """The cells of the page's first table, as assistive technology reads them."""
    grid = page.get_by_test_id("stDataFrame").first.locator("table[role=grid] td, [role=gridcell]")
    expect(grid.first).to_be_attached()
    return grid.all_inner_texts()


def test_the_table_of_schools_names_every_school_on_record(page: Page, real):
    open_page(page, real, "schools", **YUNNAN)
    expected = tables.schools(engine_of("real"), view_of("real", YUNNAN))
    still(page)
    seen = " ".join(cells_of(page))
    for school in expected["school"]:
        assert school in seen


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_downloads_hold_every_record_under_the_sentence(page: Page, demo, tmp_path, lang):
    params = {"kind": "guidance", "term": "2024-1", **({"lang": "en"} if lang == "en" else {})}
    open_page(page, demo, "activities", **params)
    expected = figures_of("demo", params)["activities"].value
    assert expected
    for kind, read in (("xlsx", rows_of_workbook), ("csv", rows_of_csv)):
        with page.expect_download() as waiting:
            page.locator(f".st-key-{kind}_activities button").locator("visible=true").first.click()
        file = tmp_path / waiting.value.suggested_filename
        assert file.suffix == f".{kind}"
        waiting.value.save_as(file)
        rows = read(file)
        header = next(i for i, row in enumerate(rows) if sum(bool(cell) for cell in row) > 5)
        top = " ".join(cell for row in rows[:header] for cell in row if cell)
        for part in sentence_of("demo", params, lang):
            assert part in top
        assert ("示例数据" if lang == "zh" else "Demonstration") in top
        assert len(rows) - header - 1 == expected
        assert len(set(rows[header])) == len(rows[header])


def rows_of_workbook(file: Path) -> list[list[str]]:
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [
        [str(v) if v is not None else "" for v in row] for row in sheet.iter_rows(values_only=True)
    ]


def rows_of_csv(file: Path) -> list[list[str]]:
    text = file.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), "without the mark Excel shows Chinese as noise"
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def test_every_chart_has_its_numbers_as_a_table(page: Page, real):
    for name in ("overview", "activities"):
        open_page(page, real, name)
        still(page)
        charts = page.get_by_test_id("stPlotlyChart").count()
        twins = page.locator('[class*="st-key-twin_"]').get_by_text("看表格")
        assert charts == twins.count() > 2
        before = page.get_by_test_id("stDataFrame").count()
        twins.last.click()
        expect(page.get_by_test_id("stDataFrame")).to_have_count(before + 1)


# --- a phone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_shows_every_page_without_scrolling_sideways(new_page, demo, lang):
    page = phone(new_page)
    extra = {"lang": "en"} if lang == "en" else {}
    go = open_page
    # English words are the longer ones.
    for name in PAGES if lang == "en" else ("overview", "school"):
        own = {"school": a_school("demo")} if name == "school" else {}
        go(page, demo, name, **own, **extra)
        go = move_on
        still(page)
        for element in (
            "document.scrollingElement",
            "document.querySelector('[data-testid=stMain]')",
        ):
            assert page.evaluate(f"{element}.scrollWidth") <= 390, f"{name}: {element}"


def test_a_phone_filters_by_the_bar_behind_its_button(new_page, demo):
    page = phone(new_page)
    open_page(page, demo)
    expect(page.locator(".st-key-f_kind")).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator(".st-key-f_kind").scroll_into_view_if_needed()
    expect(page.locator(".st-key-f_kind")).to_be_in_viewport()
    choose(page, "f_kind", KINDS[1].label.zh)
    wait_for_params(page, {"kind": KINDS[1].code})
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect_page(page, demo, "overview", {"kind": KINDS[1].code})


def phone(new_page) -> Page:  # type: ignore[no-untyped-def]
    return new_page(
        viewport={"width": 390, "height": 844},
        device_scale_factor=1,
        is_mobile=True,
        has_touch=True,
    )


# --- a connection that is lost ----------------------------------------------------------------


def test_a_lost_connection_comes_back_to_the_same_view(new_page, demo):
    page = new_page()
    params = {"kind": "guidance"}
    with wire_to(demo) as (wire, site):
        open_page(page, site, "overview", **params)
        expect_page(page, site, "overview", params)
        wire.cut()
        expect(
            page.get_by_role("dialog").or_(page.get_by_test_id("stConnectionStatus"))
        ).to_be_visible(timeout=60_000)
        wire.mend()
        expect(page.get_by_role("dialog")).to_have_count(0, timeout=60_000)
        expect_page(page, site, "overview", params)
        choose(page, "f_period", Term(2024, 1).label("zh"))
        wait_for_params(page, {**params, "term": "2024-1"})
        expect_page(page, site, "overview", {**params, "term": "2024-1"})
