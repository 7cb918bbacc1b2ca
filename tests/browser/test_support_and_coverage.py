"""Clicks that filter on the pages of county support and of coverage."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.product import (
    chart_in_sight,
    click_mark,
    expect_page,
    move_on,
    open_page,
    site_of,
    wait_for_params,
)
from tests.lakes import engine_of, view_of
from xianzhong.model.schemes import SCHEMES
from xianzhong.query.county_support import support_by_category, weak_county_list

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BARS = "g.barlayer g.point path"


def test_a_click_on_a_year_chooses_that_year_and_leaves_the_others_to_click(
    page: Page, request: pytest.FixtureRequest
) -> None:
    demo = site_of(request.config, "demo")
    last = int(support_by_category(engine_of("demo"), view_of("demo", {}))["year"].max())
    open_page(page, demo, "support")
    bars = (
        chart_in_sight(page, "support_years").locator("g.trace.bars").nth(1).locator("g.point path")
    )
    click_mark(page, bars.last)
    link = {"from": f"{last}-01-01", "to": f"{last}-12-31"}
    wait_for_params(page, link, "support")
    expect_page(page, demo, "support", link)
    click_mark(page, bars.first)
    page.wait_for_url(lambda url: f"{last}-01-01" not in url)


def test_a_click_on_a_province_short_of_the_goal_or_on_a_scheme_filters_by_it(
    page: Page, request: pytest.FixtureRequest
) -> None:
    demo = site_of(request.config, "demo")
    frame = weak_county_list(engine_of("demo"), view_of("demo", {}))
    reached = (frame["schemes"] != "").groupby(frame["province"])
    widest = reached.mean()[reached.mean() == reached.mean().min()].index
    open_page(page, demo, "coverage")
    click_mark(
        page, chart_in_sight(page, "goal").locator("g.trace.bars").nth(1).locator(".point").first
    )
    page.wait_for_url(lambda url: "province=" in url)
    (province,) = [code for code in widest if f"province={code}" in page.url]
    expect_page(page, demo, "coverage", {"province": province})

    move_on(page, demo, "coverage")
    codes = [scheme.code for scheme in SCHEMES]
    click_mark(page, chart_in_sight(page, "schemes").locator(BARS).nth(codes.index("team")))
    wait_for_params(page, {"scheme": "team"}, "coverage")
    expect_page(page, demo, "coverage", {"scheme": "team"})
