"""The product's own pages, served over the test lakes, and how a test reads and drives them.

One server for each lake serves all tests of a run. Whatever a page should show is computed here
from the same lake by the functions that the command line uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TimedOut

from tests.browser.serving import running_server
from tests.lakes import (
    ROOT,
    engine_of,
    figures_of,
    lake_of,
    names_in,
    sentence_of,
    view_of,
)
from xianzhong.brief.figures import shown
from xianzhong.brief.overview import HEADLINE
from xianzhong.model.labels import Lang
from xianzhong.query import tables
from xianzhong.ui.navigation import PAGE_BY_NAME

PAGES = ("overview", "schools", "school", "activities", "upload", "history", "definitions")
UNFILTERED = ("upload", "history", "definitions")
SLOW = 60_000
expect.set_options(timeout=20_000)

# The figures that each page shows as cards.
CARDS: Mapping[str, tuple[str, ...]] = {
    "overview": HEADLINE,
    "activities": ("activities", "active_schools", "people_sent", "participants"),
    "school": ("activities", "people_sent", "participants"),
    "support": (
        "support_promised", "support_delivered", "support_share", "management_fee",
        "brand_fee_records", "support_records",
    ),
    "coverage": (
        "weak_counties", "weak_counties_covered", "weak_counties_uncovered", "weak_counties_share",
    ),
}  # fmt: skip

STILL = """(milliseconds) => new Promise((done) => {
  const later = () => setTimeout(() => done(true), milliseconds);
  let timer = later();
  const again = () => { clearTimeout(timer); timer = later(); };
  new MutationObserver(again).observe(document.body, {
    attributes: true, characterData: true, childList: true, subtree: true,
  });
})"""


@dataclass(frozen=True)
class Site:
    """A running server and the name of its lake."""

    lake: str
    url: str

    def address(self, name: str, params: Mapping[str, str]) -> str:
        """The address of a page with the parameters of a link."""
        path = "" if name == "overview" else name
        query = f"?{urlencode(params, safe=',')}" if params else ""
        return f"{self.url}/{path}{query}"


_sites: dict[str, Site] = {}


def site_of(config: pytest.Config, lake: str) -> Site:
    """The server of a lake, started at first use and stopped by its own process at the end."""
    if lake not in _sites:
        servers = ExitStack()
        config.add_cleanup(servers.close)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
            running = running_server(ROOT / "app.py", geo_folder=ROOT / "data" / "geo")
            _sites[lake] = Site(lake, servers.enter_context(running)[0])
    return _sites[lake]


# --- where a page is --------------------------------------------------------------------------


def params_in(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def page_in(url: str) -> str:
    """The name of the page that an address opens."""
    return urlsplit(url).path.strip("/") or "overview"


def wait_for_params(page: Page, params: Mapping[str, str], name: str = "") -> None:
    """Wait until the address has exactly these parameters (on the page of that name)."""

    def there(url: str) -> bool:
        return params_in(url) == params and name in ("", page_in(url))

    try:
        page.wait_for_url(there, timeout=20_000)
    except Exception as error:
        raise AssertionError(
            f"expected {params} on {name or 'the page'}, got {page.url}"
        ) from error
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script has ended and drawn its page."""
    # Waiting for an element looks at every frame; expect() would look ever more rarely.
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(
        timeout=SLOW
    )
    page.locator("h1").wait_for(timeout=SLOW)


def still(page: Page, milliseconds: int = 250) -> None:
    """Wait until charts and tables are drawn and have come to rest, too."""
    settle(page)
    # A place held for what is still to come, a chart whose script is on its way, and one of which
    # only the frame is there. Charts that are far from sight are drawn when they come near.
    undrawn = (
        '[data-testid="stSkeleton"], [data-testid="stBidiComponentRegular"]:not(:has(> * > *)), '
        '[data-testid="stPlotlyChart"]:not(.xz-waiting):not(:has(.main-svg))'
    )
    wait_until_gone(page, undrawn)
    near = chart(page, "map").locator('[data-testid="stPlotlyChart"]:not(.xz-waiting)')
    if near.count():
        # The boundaries come by a request of their own.
        near.locator("g.choroplethlayer path").first.wait_for(state="attached")
    page.evaluate(STILL, milliseconds)


def wait_until_gone(page: Page, selector: str) -> None:
    """Wait until nothing matches a selector of CSS; looks at every frame, as :func:`settle`."""
    page.wait_for_function("(s) => document.querySelector(s) === null", arg=selector, timeout=SLOW)


def open_page(page: Page, site: Site, name: str = "overview", **params: str) -> None:
    """Open a link anew and wait for its page."""
    page.goto(site.address(name, {key.rstrip("_"): value for key, value in params.items()}))
    settle(page)


# The address changes as by the browser's history; done when the script has begun its run.
_GO = """(address) => new Promise((begun) => {
  const app = document.querySelector('[data-testid=stApp]');
  new MutationObserver((_, self) => {
    if (app.dataset.testScriptState === 'notRunning') return;
    self.disconnect();
    begun(true);
  }).observe(app, { attributes: true });
  // A run may have begun and ended before the observer was told of it.
  setTimeout(() => begun(false), 2000);
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
})"""


def move_on(page: Page, site: Site, name: str = "overview", **params: str) -> None:
    """Go to a link within the session that is open, as Back does: nothing is loaded anew.

    Takes half the time of :func:`open_page`, which starts a session of its own.
    """
    page.evaluate(_GO, site.address(name, {key.rstrip("_"): v for key, v in params.items()}))
    settle(page)


# --- what a page says -------------------------------------------------------------------------


def lang_of(params: Mapping[str, str]) -> Lang:
    """The language that a link asks for."""
    return "en" if params.get("lang") == "en" else "zh"


def card(page: Page, label: str) -> Locator:
    """The value of the card with a label (and perhaps a unit behind it)."""
    labelled = page.locator(".xz-name").filter(
        has_text=re.compile(rf"^\s*{re.escape(label)}\s*([(（].*)?$")
    )
    return page.locator(".xz-card").filter(has=labelled).locator(".xz-value")


def expect_page(page: Page, site: Site, name: str, params: Mapping[str, str]) -> None:
    """Expect a page's heading, sentence and numbers to be those of a link, and its address too."""
    assert page_in(page.url) == name
    assert params_in(page.url) == params
    lang = lang_of(params)
    code = params.get("school")
    title = PAGE_BY_NAME[name].title[lang]
    if name == "school" and code:
        title = names_in(site.lake).school(code)
    expect(page.locator("h1")).to_have_text(title)
    if name in UNFILTERED:
        return
    for part in sentence_of(site.lake, params, lang):
        chip = page.locator(".st-key-sentence").get_by_text(part, exact=True)
        expect(chip.locator("visible=true").first).to_be_visible()
    expect_numbers(page, site, name, params)


def expect_numbers(page: Page, site: Site, name: str, params: Mapping[str, str]) -> None:
    """Expect the numbers of a page to be those that the query functions give for its link."""
    lang = lang_of(params)
    found = figures_of(site.lake, params)
    if name == "schools":
        count = len(tables.schools(engine_of(site.lake), view_of(site.lake, params)))
        if count and "q" not in params:
            word = "所学校中的" if lang == "zh" else " of "
            expect(page.get_by_text(f"{count:,}").filter(has_text=word).first).to_be_visible()
        return
    if name == "overview" and not any(
        found[id_].value for id_ in ("pairings", "activities", "weak_counties")
    ):
        expect(page.get_by_test_id("stAlert").first).to_be_visible()
        return
    if name == "activities" and not found["activities"].value:
        expect(page.get_by_test_id("stAlert").first).to_be_visible()
        return
    if name == "school" and "school" not in params:
        return
    for figure in (found[id_] for id_ in CARDS[name]):
        label = figure.indicator.label[lang]
        expect(card(page, label)).to_have_text(shown(figure.value))


def menu_link(page: Page, name: str, lang: Lang = "zh") -> Locator:
    """The link of the menu to a page."""
    # What the mouse rested on may show its help over the menu.
    page.mouse.move(700, 450)
    title = PAGE_BY_NAME[name].title[lang]
    # A number may stand behind the title: how much needs attention.
    named = re.compile(rf"^{re.escape(title)}\s*[\d,]*$")
    links = page.get_by_test_id("stSidebar").get_by_role("link", name=named)
    return links.locator("visible=true").first


# --- the widgets of the filter bar ------------------------------------------------------------


def choose(page: Page, key: str, label: str) -> None:
    """Choose an option of a select box or add one to a multiple choice."""
    settle(page)
    field = page.locator(f".st-key-{key} input").first
    option = page.get_by_role("option", name=label, exact=True).first
    for patience in (5_000, 20_000):
        field.click()
        field.fill(label)
        # A run that ends just now may make the field anew, and its list is closed then.
        with suppress(TimedOut):
            option.click(timeout=patience)
            break
    else:
        raise AssertionError(f"{label} is not offered by {key}")
    page.keyboard.press("Escape")


def chip(page: Page, parameter: str) -> Locator:
    """The part of the sentence that removes a filter."""
    return page.locator(f".st-key-remove_{parameter} button").locator("visible=true").first


def type_date(page: Page, end: str, day: str) -> None:
    """Write a date into the ``start`` or ``end`` of the range, part by part."""
    field = page.locator(f".st-key-f_dates [data-range-field={end}]")
    for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
        field.locator(f"[data-type={part}]").click()
        page.keyboard.type(text)


# --- charts -----------------------------------------------------------------------------------

_INSIDE = """(path) => {
  const box = path.getBBox(), matrix = path.getScreenCTM(), svg = path.ownerSVGElement;
  const plot = path.closest('.js-plotly-plot');
  const points = [...plot.querySelectorAll('.scatterlayer path.point')]
    .map((e) => e.getBoundingClientRect());
  let best = null, widest = -1;
  const parts = 24;
  for (let i = 1; i < parts; i++) for (let j = 1; j < parts; j++) {
    const at = svg.createSVGPoint();
    at.x = box.x + (box.width * i) / parts;
    at.y = box.y + (box.height * j) / parts;
    if (!path.isPointInFill(at)) continue;
    const s = at.matrixTransform(matrix);
    const far = (p) => Math.hypot(p.x + p.width / 2 - s.x, p.y + p.height / 2 - s.y);
    const room = Math.min(99, ...points.map(far));
    if (room > widest) { widest = room; best = [s.x, s.y]; }
  }
  return best;
}"""


def chart(page: Page, name: str) -> Locator:
    """A chart by its name on the page."""
    named = page.locator(f'[class*="st-key-{name}_"]')
    return named.filter(has=page.get_by_test_id("stPlotlyChart")).first


def chart_in_sight(page: Page, name: str) -> Locator:
    """A chart, scrolled to: what is far from sight is drawn when it comes near."""
    found = chart(page, name)
    found.scroll_into_view_if_needed(timeout=SLOW)
    found.locator(".main-svg").first.wait_for(timeout=SLOW)
    return found


def click_area(page: Page, feature: str) -> None:
    """Click inside an area of the map, as far from every school's point as can be."""
    areas = chart(page, "map").locator("g.choroplethlayer").first.locator("path")
    expect(areas.first).to_be_attached()
    still(page)
    number = areas.evaluate_all("(all, id) => all.findIndex((e) => e.__data__.loc === id)", feature)
    assert number >= 0, f"{feature} is not on the map"
    areas.nth(number).scroll_into_view_if_needed()
    x, y = areas.nth(number).evaluate(_INSIDE)
    click_at(page, x, y)


def click_at(page: Page, x: float, y: float) -> None:
    """Come with the mouse, as charts look at what lies under it, and click."""
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=3)
    expect(page.locator(".hoverlayer .hovertext").first).to_be_visible()
    page.mouse.click(x, y)


def click_mark(page: Page, mark: Locator) -> None:
    """Click the middle of a bar or a point."""
    mark.scroll_into_view_if_needed()
    still(page)
    box = mark.bounding_box()
    assert box is not None
    click_at(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
