"""The page of what needs attention: a click that filters, ticks in the table, one press."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    Site,
    chart_in_sight,
    click_mark,
    menu_link,
    open_page,
    settle,
    still,
    wait_for_params,
)
from tests.browser.serving import product_server
from tests.intake_lakes import real_lake
from xianzhong.lake.store import Lake

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """The real pairings: every agreement has ended, five of them in one region."""
    return real_lake(tmp_path / "lake", "universities", "schools", "pairings")


@pytest.fixture
def site(lake: Lake) -> Iterator[Site]:
    with product_server(lake.root) as url:
        yield Site("own", url)


def test_a_bar_filters_and_ticked_alerts_are_put_aside_by_one_entry(
    page: Page, site: Site, lake: Lake
) -> None:
    open_page(page, site, "attention")
    menu = menu_link(page, "attention")
    expect(menu).to_contain_text("21")
    click_mark(page, chart_in_sight(page, "cells").locator(".bars path").first)
    wait_for_params(page, {"province": "15", "rule": "agreement_ended"}, "attention")
    expect(menu).to_contain_text("5")

    table = page.get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    still(page)
    box = table.bounding_box()
    assert box is not None
    for row in range(2):
        page.mouse.click(box["x"] + 17, box["y"] + 52 + 35 * row)
        settle(page)
    expect(page.get_by_text("暂缓所选 2 条提醒")).to_be_visible()
    page.locator(".st-key-aside_reason input").fill("示例:续签正在会签")
    page.locator(".st-key-upload_who input").fill("示例人")
    page.locator("[class*='st-key-aside_press'] button").dblclick()
    expect(page.get_by_text("已暂缓 2 条提醒")).to_be_visible()
    expect(menu).to_contain_text("3")
    assert [entry.table for entry in lake.entries()].count("put_aside") == 1
    assert lake.entries()[-1].new == 2
