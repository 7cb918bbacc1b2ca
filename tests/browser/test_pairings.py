"""Pairings and the comparison in a real browser: what only a click can show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    chart_in_sight,
    click_mark,
    open_page,
    site_of,
    still,
    wait_for_params,
)
from tests.lakes import engine_of, view_of
from xianzhong.query.pairings import pairing_list

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_click_narrows_the_list_filters_by_province_and_opens_a_school(
    page: Page, request: pytest.FixtureRequest
) -> None:
    site = site_of(request.config, "demo")
    open_page(page, site, "pairings", scheme="team")
    still(page)
    # In the order of the page: in force, ending, ended.
    click_mark(page, chart_in_sight(page, "states").locator("g.barlayer g.point path").nth(2))
    wait_for_params(page, {"scheme": "team", "state": "ended"}, "pairings")
    still(page)
    expect(page.get_by_text("清单和记录只显示：")).to_be_visible()
    frame = pairing_list(engine_of("demo"), view_of("demo", {"scheme": "team"}))
    frame = frame[frame["state"] == "ended"]
    matrix = chart_in_sight(page, "matrix")
    cells = matrix.locator("g.barlayer g.point path")
    expect(cells).to_have_count(6 * min(len(frame), 40))
    click_mark(page, cells.first)
    wait_for_params(page, {"scheme": "team", "school": str(frame["school_code"].iloc[0])}, "school")


def test_a_view_leads_to_its_comparison(page: Page, request: pytest.FixtureRequest) -> None:
    site = site_of(request.config, "real")
    open_page(page, site, "overview", province="45")
    still(page)
    page.get_by_role("link", name="对比", exact=True).last.click()
    wait_for_params(page, {"province": "45", "by": "province"}, "compare")
    expect(page.get_by_text("请在上方选定 A、B 两方")).to_be_visible()
