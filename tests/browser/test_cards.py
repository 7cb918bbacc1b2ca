"""Cards and menu, which are HTML of our own: by key as by mouse, and within the session."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import menu_link, open_page, site_of, wait_for_params
from xianzhong.model.indicators import INDICATOR_BY_ID

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_what_a_number_means_opens_by_key_and_closes_the_one_before(
    page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(page, site_of(request.config, "demo"), "activities", province="53")
    signs, told = page.locator(".xz-about summary"), page.locator(".xz-told")
    signs.nth(0).focus()
    page.keyboard.press("Enter")
    expect(told.nth(0)).to_be_visible()
    expect(told.nth(0)).to_contain_text(INDICATOR_BY_ID["activities"].definition.zh)
    signs.nth(1).click()
    expect(told.nth(1)).to_be_visible()
    expect(told.nth(0)).to_be_hidden()
    signs.nth(1).click()
    expect(told.nth(1)).to_be_hidden()


def test_the_menu_stays_in_the_session_marks_the_page_and_opens_another_tab_on_request(
    page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(page, site_of(request.config, "demo"), "activities", province="53")
    page.evaluate("window.loadedOnce = true")
    assert menu_link(page, "activities").get_attribute("aria-current") == "page"
    menu_link(page, "schools").click()
    wait_for_params(page, {"province": "53"}, "schools")
    expect(menu_link(page, "schools")).to_have_attribute("aria-current", "page")
    assert menu_link(page, "activities").get_attribute("aria-current") is None
    assert page.evaluate("window.loadedOnce"), "the page was loaded anew"
    with page.context.expect_page() as opened:
        menu_link(page, "activities").click(modifiers=["Control"])
    wait_for_params(opened.value, {"province": "53"}, "activities")
    opened.value.close()
    wait_for_params(page, {"province": "53"}, "schools")
