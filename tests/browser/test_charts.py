"""Charts stay where they are, are drawn when they come near, and say what a click does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import (
    Site,
    chart,
    choose,
    click_mark,
    open_page,
    params_in,
    site_of,
    still,
    wait_for_params,
)
from tests.browser.test_offline import Listener

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# A screen on which the overview's last charts lie far below.
LOW = {"width": 1280, "height": 600}
WAITING = '[data-testid="stPlotlyChart"].xz-waiting'


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(request.config, "demo")


def box_of(page: Page, name: str) -> Locator:
    return chart(page, name).get_by_test_id("stPlotlyChart")


def bars(page: Page, name: str) -> Locator:
    return chart(page, name).locator("g.barlayer g.point path")


def numbers(page: Page, name: str) -> list[str]:
    return chart(page, name).locator("g.barlayer text").all_text_contents()


def test_another_province_draws_the_same_charts_anew_in_their_place(page: Page, site: Site):
    open_page(page, site, province="53")
    still(page)
    names = ("map", "places")
    before = {name: chart(page, name).inner_html() for name in names}
    for name in names:
        box_of(page, name).evaluate("(box, name) => { box.drawnFor = name; }", name)
    choose(page, "f_province", "贵州省")
    wait_for_params(page, {"province": "52"})
    still(page)
    for name in names:
        assert box_of(page, name).evaluate("box => box.drawnFor") == name
        assert chart(page, name).inner_html() != before[name]
    expect(box_of(page, "map")).to_have_count(1)


def test_what_a_click_does_is_said_beside_a_marks_own_words(page: Page, site: Site):
    open_page(page, site)
    still(page)
    bars(page, "places").first.scroll_into_view_if_needed()
    still(page)
    bars(page, "places").first.hover(force=True)
    said = chart(page, "places").locator(".hoverlayer .hovertext")
    expect(said.first).to_contain_text("点击筛选")
    cursor = "e => getComputedStyle(e).cursor"
    assert chart(page, "places").locator(".nsewdrag").evaluate(cursor) == "pointer"


def test_the_marks_do_not_fade_after_a_click(page: Page, site: Site):
    open_page(page, site, "activities")
    still(page)
    faded = "all => all.filter((e) => getComputedStyle(e).opacity !== '1').length"
    click_mark(page, bars(page, "terms").nth(1))
    page.wait_for_url(lambda url: "term" in params_in(url))
    still(page)
    # Terms are shown whatever the period: the others stand beside the one that was chosen.
    assert bars(page, "terms").count() > 1
    assert bars(page, "terms").evaluate_all(faded) == 0


def test_a_chart_far_below_waits_in_its_room_and_comes_near_with_the_view_that_is_then(
    new_page, site: Site
):
    page = new_page(viewport=LOW)
    open_page(page, site)
    still(page)
    waiting = page.locator(f".st-key-kinds_chart_clickable {WAITING}")
    expect(waiting).to_have_count(1)
    expect(bars(page, "kinds")).to_have_count(0)
    held = waiting.bounding_box()
    assert held is not None
    assert held["height"] > 200
    chart(page, "kinds").scroll_into_view_if_needed()
    bars(page, "kinds").first.wait_for()
    expect(waiting).to_have_count(0)
    drawn = box_of(page, "kinds").bounding_box()
    assert drawn is not None
    assert drawn["height"] == held["height"]

    # Left behind, it shows the new view when it comes near again.
    still(page)
    nation = numbers(page, "kinds")
    page.locator("h1").scroll_into_view_if_needed()
    still(page)
    choose(page, "f_province", "贵州省")
    wait_for_params(page, {"province": "52"})
    still(page)
    assert numbers(page, "kinds") == nation
    chart(page, "kinds").scroll_into_view_if_needed()
    expect(page.locator(WAITING).and_(box_of(page, "kinds"))).to_have_count(0)
    still(page)
    assert numbers(page, "kinds") != nation


def test_on_paper_every_chart_is_drawn(new_page, site: Site):
    page = new_page(viewport=LOW)
    open_page(page, site, province="53")
    still(page)
    expect(page.locator(WAITING).first).to_be_attached()
    page.pdf()
    expect(page.locator(WAITING)).to_have_count(0)
    for box in page.get_by_test_id("stPlotlyChart").all():
        expect(box.locator(".main-svg").first).to_be_attached()


def test_a_chart_follows_the_width_of_the_window(new_page, site: Site):
    page = new_page(viewport={"width": 1500, "height": 900})
    open_page(page, site)
    still(page)
    box = box_of(page, "places")
    wide = box.locator(".main-svg").first.bounding_box()
    page.set_viewport_size({"width": 1100, "height": 900})
    still(page)
    narrow, room = box.locator(".main-svg").first.bounding_box(), box.bounding_box()
    assert wide is not None
    assert narrow is not None
    assert room is not None
    assert narrow["width"] < wide["width"]
    assert narrow["width"] == pytest.approx(room["width"], abs=1)


def test_plotly_is_asked_of_this_server_once_and_of_nobody_else(new_page, site: Site):
    page = new_page(cold=True, viewport=LOW)
    heard = Listener(page)
    open_page(page, site)
    still(page)
    choose(page, "f_province", "贵州省")
    wait_for_params(page, {"province": "52"})
    still(page)
    scripts = page.locator('script[src*="/assets/plotly."]')
    expect(scripts).to_have_count(1)
    assert not [url for url in heard.requests if "PlotlyChart" in url]
    assert heard.elsewhere(site) == set()
    assert heard.complaints == []
