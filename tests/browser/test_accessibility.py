"""Every page for everyone: what an accessibility checker finds, and what a keyboard reaches."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.product import (
    choose,
    open_page,
    params_in,
    settle,
    site_of,
    still,
    wait_for_params,
)
from tests.lakes import engine_of, view_of
from xianzhong.model.kinds import KINDS
from xianzhong.query import tables

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# Faults of Streamlit's own markup that neither the page nor the shell can mend, each with the
# rule and the one kind of node it stands at.
STREAMLITS_OWN: frozenset[tuple[str, str]] = frozenset()


def link_of(lake: str, name: str, lang: str) -> dict[str, str]:
    params = {"lang": "en"} if lang == "en" else {}
    if name == "school":
        schools = tables.schools(engine_of(lake), view_of(lake, {}))
        ranked = schools.sort_values(["activities", "school_code"], ascending=[False, True])
        params["school"] = str(ranked["school_code"].iloc[0])
    return params


def faults(page: Page) -> list[str]:
    """Serious and critical faults, each as rule, node and how to mend it."""
    found = []
    for violation in Axe().run(page).response["violations"]:
        if violation["impact"] not in ("serious", "critical"):
            continue
        for node in violation["nodes"]:
            target = " ".join(map(str, node["target"]))
            if (violation["id"], target) not in STREAMLITS_OWN:
                mend = " ".join(node["failureSummary"].split())
                found.append(f"{violation['id']} at {target}: {mend}")
    return found


def unheard_charts(page: Page) -> list[str]:
    """Charts without words for those who do not see them."""
    charts = page.get_by_test_id("stPlotlyChart")
    labels = (
        "(all) => all.map((e) => [e, ...e.querySelectorAll('*')].map((n) => n.ariaLabel || ''))"
    )
    said = charts.evaluate_all(labels)
    return [f"chart {n} without words" for n, words in enumerate(said) if not any(words)]


def broken_outline(page: Page) -> list[str]:
    """Headings out of order: one of the first level, and no level left out on the way down."""
    main = page.get_by_test_id("stMain").locator("h1, h2, h3, h4, h5, h6")
    levels = [int(tag[1]) for tag in main.evaluate_all("(all) => all.map((e) => e.tagName)")]
    whole = levels[:1] == [1] and levels.count(1) == 1
    steps = all(after <= before + 1 for before, after in pairwise(levels))
    return [] if whole and steps else [f"headings of the levels {levels}"]


def test_the_checker_finds_nothing_with_messages_filters_and_open_tables(page: Page, request):
    site = site_of(request.config, "demo")
    open_page(
        page, site, province="53", **{"from": "2024-01-01", "to": "2025-01-01"}, kind="nonsense"
    )
    page.locator('[class*="st-key-twin_"] summary').first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    still(page)
    found = faults(page)
    assert not found, "\n".join(found)


def test_the_checker_finds_nothing_on_a_phone_with_the_menu_open(new_page, request):
    site = site_of(request.config, "demo")
    page = new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    open_page(page, site)
    page.get_by_test_id("stExpandSidebarButton").click()
    # The menu comes first; a finger scrolls to the filters below it.
    page.locator(".st-key-f_kind").scroll_into_view_if_needed()
    expect(page.locator(".st-key-f_kind")).to_be_in_viewport()
    still(page)
    found = faults(page)
    assert not found, "\n".join(found)


def test_a_filter_is_chosen_and_removed_with_the_keyboard_alone(page: Page, request):
    site = site_of(request.config, "demo")
    open_page(page, site)
    page.locator(".st-key-f_kind input").focus()
    page.keyboard.type(KINDS[1].label.zh)
    expect(page.get_by_role("option", name=KINDS[1].label.zh)).to_be_visible()
    if not page.locator("[role=option][aria-selected=true], [role=option][data-focused]").count():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "kind" in params_in(url))
    settle(page)
    page.locator(".st-key-remove_kind button").locator("visible=true").first.focus()
    page.keyboard.press("Enter")
    wait_for_params(page, {})


def test_the_keyboard_reaches_the_menu_the_filters_and_the_content_in_that_order(
    page: Page, request
):
    site = site_of(request.config, "real")
    open_page(page, site, "schools")
    still(page)
    order: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                """() => {
                  const e = document.activeElement;
                  if (e.closest('[data-testid=stSidebar]')) {
                    return e.closest('.xz-menu') ? 'menu' : 'filters';
                  }
                  return e.closest('[data-testid=stMain]') ? 'content' : 'frame';
                }"""
            )
        )
    first = {place: order.index(place) for place in ("menu", "filters", "content")}
    assert first["menu"] < first["filters"] < first["content"]


def test_the_choice_of_a_filter_does_not_throw_the_focus_away(page: Page, request):
    site = site_of(request.config, "demo")
    open_page(page, site)
    choose(page, "f_kind", KINDS[1].label.zh)
    wait_for_params(page, {"kind": KINDS[1].code})
    assert page.evaluate("document.activeElement.closest('.st-key-f_kind') !== null")
