"""Difficulties and good practice in the browser: a click on a bar, one commit, the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    Site,
    chart_in_sight,
    click_mark,
    open_page,
    settle,
    wait_for_params,
)
from tests.browser.serving import product_server
from tests.small_lake import SECOND_UPLOAD, build, put
from tests.some_difficulties import put_difficulties, put_practices
from xianzhong.lake.store import Lake

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = build(tmp_path / "lake")
    put_difficulties(made)
    put_practices(made)
    put(made, "put_aside", [], SECOND_UPLOAD)
    return made


@pytest.fixture
def site(lake: Lake) -> Iterator[Site]:
    with product_server(lake.root) as url:
        yield Site("own", url)


def test_a_bar_filters_a_title_opens_and_a_double_click_saves_once(
    page: Page, site: Site, lake: Lake
) -> None:
    number = lake.snapshot().number
    open_page(page, site, "difficulties")
    click_mark(page, chart_in_sight(page, "difficulty_owners").locator(".bars .point").first)
    wait_for_params(page, {"owner": "县局"})
    page.get_by_role("button", name="示例问题d1").click()
    wait_for_params(page, {"owner": "县局", "item": "d1"})
    page.locator('[class*="st-key-upload_who"] input').fill("示例人")
    page.keyboard.press("Tab")
    settle(page)
    page.locator('[class*="st-key-owner_"] input').fill("市局")
    page.get_by_role("button", name="保存修改").dblclick()
    expect(page.get_by_text("已保存")).to_be_visible()
    settle(page)
    assert lake.snapshot().number == number + 1
    expect(page.get_by_text("县局 → 市局")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.locator('[class*="st-key-owner_"] input')).to_have_value("市局")


def test_a_search_is_read_and_left_by_the_browsers_own_back(page: Page, site: Site) -> None:
    open_page(page, site, "practices")
    box = page.locator(".st-key-search input")
    box.fill("体备")
    box.press("Enter")
    wait_for_params(page, {"q": "体备"})
    page.get_by_role("button", name="青蓝结对").click()
    wait_for_params(page, {"q": "体备", "item": "p2"})
    expect(page.get_by_role("heading", name="青蓝结对")).to_be_visible()
    page.go_back()
    wait_for_params(page, {"q": "体备"})
    expect(page.locator(".st-key-hits").get_by_role("button")).to_have_count(4)
