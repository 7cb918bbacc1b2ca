"""No page asks another origin for anything, and none complains in the browser's console."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.product import Site, chart, click_area, open_page, site_of, still

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# The frontend looks for its server under the address of the inner page first, where there is
# none, and then at the root. Harmless, and part of Streamlit.
PROBES = ("/_stcore/health", "/_stcore/host-config")


class Listener:
    """What a page asks for and what it complains of."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        path = urlsplit(message.location.get("url", "")).path
        probed = path.endswith(PROBES) and path.count("/") == 3
        if probed and message.text.startswith("Failed to load resource"):
            return
        self.complaints.append(f"{message.type}: {message.text} ({path})")

    def elsewhere(self, site: Site) -> set[str]:
        """Requests to any other host or port."""
        own = urlsplit(site.url).netloc
        seen = [url for url in self.requests if urlsplit(url).scheme not in ("data", "blob")]
        return {url for url in seen if urlsplit(url).netloc != own}


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(request.config, "real")


def test_using_a_page_asks_no_other_origin_either(new_page, site):
    page = new_page(cold=True, viewport={"width": 1280, "height": 900})
    heard = Listener(page)
    open_page(page, site)
    click_area(page, "530000")
    page.wait_for_url("**province=53**")
    still(page)
    expect(chart(page, "map").locator("g.choroplethlayer path").first).to_be_attached()
    page.locator(".st-key-f_kind input").click()
    page.keyboard.press("Escape")
    page.locator('[class*="st-key-twin_"] summary').first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    still(page)
    assert heard.elsewhere(site) == set()
    assert heard.complaints == []


def test_every_map_is_drawn_from_this_servers_own_boundaries(new_page, site):
    """Without the address of a world map of its own, Plotly would ask its makers' server."""
    page = new_page(cold=True, viewport={"width": 1280, "height": 900})
    heard = Listener(page)
    for province in ("46", "66", "71"):
        open_page(page, site, **({"province": province} if province else {}))
        expect(chart(page, "map").locator("g.choroplethlayer path").first).to_be_attached()
    assert heard.elsewhere(site) == set()
    assert heard.complaints == []
