"""A click filters, a second one takes it back, and a link of ours stays in its tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    chart,
    chip,
    click_mark,
    expect_page,
    move_on,
    open_page,
    params_in,
    settle,
    site_of,
    still,
    wait_for_params,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_a_click_on_a_month_becomes_a_chip_in_sight_that_takes_it_back(page: Page, request):
    site = site_of(request.config, "real")
    open_page(page, site)
    still(page)
    bars = chart(page, "months").locator("g.barlayer g.point path")
    count = bars.count()
    assert count > 1
    click_mark(page, bars.first)
    page.wait_for_url(lambda url: "from" in params_in(url))
    settle(page)
    chosen = params_in(page.url)
    assert chosen["from"][:7] == chosen["to"][:7]
    expect_page(page, site, "overview", chosen)
    # The page is still scrolled down to the chart: the chip stands in sight all the same.
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollTop") > 300
    expect(chip(page, "dates")).to_be_in_viewport(ratio=1)
    expect(bars).to_have_count(1)
    click_mark(page, bars.first)
    wait_for_params(page, {})
    expect(bars).to_have_count(count)
    click_mark(page, bars.first)
    wait_for_params(page, chosen)
    chip(page, "dates").click()
    wait_for_params(page, {})


def test_from_a_card_to_its_records_and_back_in_one_tab(page: Page, request):
    site = site_of(request.config, "real")
    open_page(page, site, "overview", province="53")
    page.get_by_role("link", name="数字来源").first.click()
    wait_for_params(page, {"id": "pairings", "province": "53"}, "figure")
    expect(page.locator("h1")).to_have_text("在册结对")
    page.locator(".st-key-twin_records").get_by_text("显示记录").click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)
    page.go_back()
    wait_for_params(page, {"province": "53"}, "overview")
    # A name in a table of the page: on the grid the browser itself would open a tab.
    move_on(page, site, "schools", province="53")
    still(page)
    box = page.get_by_test_id("stDataFrame").locator("canvas").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 58, box["y"] + 50)
    page.mouse.move(box["x"] + 60, box["y"] + 53, steps=3)
    page.mouse.click(box["x"] + 60, box["y"] + 53)
    page.wait_for_url(lambda url: "/school?" in url)
    settle(page)
    assert len(page.context.pages) == 1
