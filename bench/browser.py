"""What a reader sees in Chromium: time to the first useful picture, and of a filter change.

A filter change is timed inside the page, from the key that chooses an option to the last change
of the document before it stays quiet: charts drawn, numbers in place.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from playwright.sync_api import Browser, Page

QUIET_MILLISECONDS = 500
_WATCH = """() => {
  window.lastChange = performance.now();
  new MutationObserver(() => { window.lastChange = performance.now(); }).observe(
    document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}"""
_SETTLED = f"() => performance.now() - window.lastChange > {QUIET_MILLISECONDS}"
_STATE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_DRAWN = """() => document.querySelectorAll('[data-testid="stMetricValue"]').length >= 8
  && document.querySelectorAll('.choroplethlayer path').length >= 34"""


def first_picture(browser: Browser, url: str, *, warm: bool) -> float:
    """Milliseconds from asking for the overview to its numbers and its map.

    Args:
        browser: Chromium.
        url: address of the server.
        warm: whether the same browser profile has opened the page before.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    try:
        page = context.new_page()
        if warm:
            page.goto(url)
            page.wait_for_function(_DRAWN, timeout=60_000)
        page.goto(url)
        page.wait_for_function(_DRAWN, timeout=60_000)
        return float(page.evaluate("() => performance.now()"))
    finally:
        context.close()


def _choose(page: Page, label: str, option: str) -> float:
    """Chooses an option of a selectbox and gives the milliseconds until the page is quiet."""
    box = page.get_by_label(label, exact=True).first
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).first.wait_for()
    page.evaluate("() => { window.chosenAt = performance.now(); }")
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    page.wait_for_selector(_STATE, timeout=60_000)
    page.wait_for_function(_SETTLED, timeout=60_000)
    return float(page.evaluate("() => window.lastChange - window.chosenAt"))


def filter_changes(
    browser: Browser, url: str, label: str, options: Sequence[str], times: int, seed: int
) -> list[float]:
    """Milliseconds of ``times`` changes among ``options``, none twice in a row.

    Args:
        browser: Chromium.
        url: the page.
        label: label of the selectbox.
        options: what to choose from.
        times: how many changes.
        seed: fixes the order.
    """
    order, previous = random.Random(seed), ""  # noqa: S311
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(_STATE, timeout=60_000)
        page.evaluate(_WATCH)
        page.wait_for_function(_SETTLED, timeout=60_000)
        found: list[float] = []
        for _ in range(times):
            previous = order.choice([option for option in options if option != previous])
            found.append(_choose(page, label, previous))
        return found
    finally:
        context.close()
