"""A walk over every page: its words, its accessibility, what it asks for and complains of."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.product import PAGES, move_on, open_page, site_of, still
from tests.browser.test_accessibility import broken_outline, faults, unheard_charts
from tests.browser.test_language import CHROME, HAN, LATIN, excused, left_over, page_links
from tests.browser.test_offline import Listener
from tests.spread import THOROUGH

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WALKS = [("real", "zh"), ("demo", "en"), ("empty", "zh"), ("empty", "en")]
CHECKED = WALKS if THOROUGH else [("demo", "en"), ("empty", "zh")]


@pytest.mark.parametrize(("lake", "lang"), WALKS)
def test_no_page_has_a_fault(page: Page, request, lake, lang):
    """One language, nothing serious for the accessibility checker, every chart in words, headings
    in order, no request to another origin and no complaint in the console.

    The checker sees a page once with all its parts and once with none: what the real records leave
    of a page lies between, and is checked, too, where HYPOTHESIS_PROFILE is thorough.
    """
    site, heard = site_of(request.config, lake), Listener(page)
    foreign, where = (LATIN, "") if lang == "zh" else (HAN, CHROME)
    found: list[str] = []
    seen: set[str] = set()
    for name, params in page_links(lake, lang):
        go = move_on if seen else open_page
        go(page, site, name, **params)
        still(page)
        # What records say stays as it was written; of these pages the test knows what that is.
        told = lang == "zh" or name in (*PAGES, "figure")
        words = left_over(page, foreign, where, excused(lake, lang, name)) if told else []
        found += [f"{name} {params}: the other language: {text}" for text in words]
        if name not in seen:
            seen.add(name)
            checked = faults(page) if (lake, lang) in CHECKED else []
            wrong = [*checked, *unheard_charts(page), *broken_outline(page)]
            found += [f"{name}: {fault}" for fault in wrong]
        page.get_by_test_id("stMain").evaluate("(e) => e.scrollTo(0, e.scrollHeight)")
    still(page)
    assert any(urlsplit(url).scheme == "ws" for url in heard.requests), "nothing was listened to"
    found += [f"asked elsewhere: {url}" for url in heard.elsewhere(site)]
    found += [f"complained: {text}" for text in heard.complaints]
    if lake == "real":
        assert any("/geo/" in url for url in heard.requests)
    assert not found, "\n".join(found)
