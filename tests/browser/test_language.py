"""Two languages, each whole: no word of the one is left standing in the other."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    Site,
    choose,
    expect_page,
    menu_link,
    move_on,
    open_page,
    site_of,
    still,
    wait_for_params,
)
from tests.lakes import engine_of, names_in, view_of
from xianzhong.model.indicators import INDICATORS
from xianzhong.model.kinds import KINDS
from xianzhong.model.labels import LANGS
from xianzhong.model.programme import (
    PAIRINGS_ANNOUNCED,
    PROVINCES_ANNOUNCED,
    UNIVERSITIES_ANNOUNCED,
)
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import TABLES
from xianzhong.query import tables
from xianzhong.query.gate import china_day
from xianzhong.ui.navigation import PAGE_BY_NAME, PRODUCT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# Everything on the page that can be read or is read out, with the place where it stands.
READABLE = """(selector) => {
  // What computes a number is shown as it is written.
  const found = [], skip = 'script, style, noscript, [data-testid=stCode]';
  // The name of an icon is drawn as its picture and hidden from those who listen.
  const icon = (e) => getComputedStyle(e).fontFamily.includes('Material Symbols');
  const inside = (e) => (selector === '' || e.closest(selector) !== null)
    && !e.closest(skip) && !icon(e);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.trim();
    if (text && inside(walker.currentNode.parentElement)) found.push(text);
  }
  const names = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext',
    'aria-description', 'aria-roledescription'];
  for (const name of names) for (const element of document.querySelectorAll(`[${name}]`)) {
    if (inside(element) && element.getAttribute(name)) found.push(element.getAttribute(name));
  }
  found.push(document.title);
  return found;
}"""

# The frame of a page in which nothing but the product speaks: no names, titles or sources.
CHROME = ", ".join(
    (
        "h1, h2, h3, h4, label, th, summary",
        "[data-testid=stSidebar]",
        "[data-testid=stCaptionContainer]",
        "[data-testid=stAlert]",
        "[data-testid=stButton], [data-testid=stDownloadButton], [data-testid=stButtonGroup]",
        "[data-testid=stMetric], .xz-card, .xz-newest, .xz-note, .xz-title",
        "[data-testid=stBadge]",
        ".xtick, .ytick, .legend, .annotation",
        "[data-testid=stElementToolbar], [data-testid=stHeader], [data-testid=stToolbar]",
    )
)

LATIN = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u3400-\u9fff]")

# What belongs into the text of either language: kinds of files, commands, the number under which
# the map was approved, addresses, the name of a link's parameter, the link behind a name in a
# table of links, of which the table shows the name, and the file of a question.
ALLOWED = re.compile(
    r"\b(?:XLSX|XLSM|XLS|ET|XLSB|ODS|CSV|TSV|TXT|Excel|WPS|MB|GB/T|URL|Esc)\b"
    r"|(?<!\w)\.(?:xlsx|xlsm|xls|et|xlsb|ods|csv|tsv|txt)\b"
    r"|\bmake run\b|\bxianzhong load activities\b"
    r"|GS\(\d{4}\)\d+号|https?://\S+|\b\w+\?\w+=[^#\s]+#|\b\w+\.sql\b|链接中的 \w+ ="
)
SWITCH = ["English", "中文", "切换到中文"]


@pytest.fixture
def real(request: pytest.FixtureRequest) -> Site:
    return site_of(request.config, "real")


def declared() -> set[str]:
    """Names for scripts and links on the page of definitions: the same in both languages."""
    names = {i.id for i in INDICATORS} | {k.code for k in KINDS} | {s.code for s in SCHEMES}
    for table in TABLES.values():
        names.add(table.name)
        for column in table.columns:
            names |= {column.name, *column.headers}
            names |= {choice.code for choice in column.choices}
    return names


def recorded(lake: str) -> list[str]:
    """What the records themselves say: names, titles, subjects, sources, quotes."""
    said: set[str] = set(names_in(lake).universities.values()) | set(
        names_in(lake).schools.values()
    )
    for frame in (
        tables.records(engine_of(lake), view_of(lake, {}), limit=10_000),
        tables.pairings(engine_of(lake), view_of(lake, {})),
    ):
        for column in frame.columns:
            said |= {value for value in frame[column] if isinstance(value, str)}
    for item in (PAIRINGS_ANNOUNCED, UNIVERSITIES_ANNOUNCED, PROVINCES_ANNOUNCED):
        said |= {item.source[lang] for lang in LANGS}
    # Codes are not what a reader sees; a short one would excuse parts of English words.
    return [text for text in said if HAN.search(text) or len(text) > 12]


def page_links(lake: str, lang: str) -> list[tuple[str, dict[str, str]]]:
    """All pages of the real lake, in several states; of the others those that differ."""
    base = {"lang": "en"} if lang == "en" else {}
    if lake == "empty":
        unlike = ("school", "university", "meeting", "figure", "definitions")
        return [(name, base) for name in PAGE_BY_NAME if name not in unlike]
    schools = tables.schools(engine_of(lake), view_of(lake, {}))
    ranked = schools.sort_values(["activities", "school_code"], ascending=[False, True])
    first = engine_of(lake).lake.entries()[0].at
    further = {
        "school": {"school": str(ranked["school_code"].iloc[0])},
        "university": {"university": str(ranked["universities"].iloc[0][0])},
        "figure": {"id": "silent_schools_90", "province": "53"},
        "compare": {"by": "province", "province": "53", "with": "52"},
        "changes": {"base": china_day(first).isoformat()},
    }
    pages = [(name, {**base, **further.get(name, {})}) for name in PAGE_BY_NAME]
    if lake == "demo":
        return pages
    return [
        *pages,
        ("overview", {**base, "province": "53", "map": "coverage"}),
        ("activities", {**base, "from": "2022-01-01", "to": "2023-12-31"}),
        ("schools", {**base, "q": "0000"}),
        ("activities", {**base, "term": "2001-1"}),
        ("overview", {**base, "kind": "0", "county": "0", "from": "0"}),
    ]


def excused(lake: str, lang: str, name: str) -> list[str]:
    """What a page may say in the other language, longest first."""
    said = SWITCH + recorded(lake) + (divisions() if lang == "en" else [])
    # Who uploaded is whoever ran the tests, and a file is named as it was.
    said += [entry.who for entry in engine_of(lake).lake.entries()] if name == "history" else []
    if name in ("history", "figure"):
        said += [entry.file_name for entry in engine_of(lake).lake.entries()]
    said += [e.upload_id for e in engine_of(lake).lake.entries()] if name == "history" else []
    return sorted({*said, *(declared() if name == "definitions" else [])}, key=len, reverse=True)


def left_over(page: Page, foreign: re.Pattern[str], where: str, excused: list[str]) -> set[str]:
    """Texts with foreign words after everything that is excused was taken out, longest first."""
    found = set()
    for text in page.evaluate(READABLE, where):
        rest = ALLOWED.sub(" ", text)
        for known in excused:
            if known in rest:
                rest = rest.replace(known, " ")
        if foreign.search(rest):
            found.add(text)
    return found


def test_the_words_of_either_language_would_be_found(page: Page, real):
    """The walk over every page looks where words stand: Latin in English, Han in Chinese."""
    open_page(page, real, lang="en")
    still(page)
    assert len(left_over(page, LATIN, "", [])) > 50
    assert left_over(page, LATIN, CHROME, []) >= {"Overview", "Province", "Copy link"}
    open_page(page, real)
    still(page)
    assert left_over(page, HAN, CHROME, []) >= {"总览", "省份", "复制链接"}


def divisions() -> list[str]:
    """Names of places, which have no official English form below the province."""
    known = engine_of("real").divisions
    return list(
        {
            d.name
            for province in known.provinces
            for d in (province, *known.prefectures(province.code), *known.counties(province.code))
        }
    )


def test_open_lists_and_calendars_are_chinese_too(page: Page, real):
    open_page(page, real, province="53", **{"from": "2022-01-01", "to": "2023-12-31"})
    seen: set[str] = set()
    for key in ("f_province", "f_period", "f_kind", "f_scheme", "f_university"):
        page.locator(f".st-key-{key} input").first.click()
        still(page)
        seen |= left_over(page, LATIN, "", SWITCH)
        page.locator(f".st-key-{key} input").first.fill("没有这一项")
        still(page)
        seen |= left_over(page, LATIN, "", SWITCH)
        page.keyboard.press("Escape")
    page.locator(".st-key-f_dates").get_by_test_id("stDateInputCalendarButton").click()
    still(page)
    seen |= left_over(page, LATIN, "", SWITCH)
    assert seen == set()


def test_the_switch_keeps_the_filters_and_changes_the_language_of_the_document(page: Page, real):
    params = {"province": "53", "term": "2022-1", "kind": "signing"}
    open_page(page, real, **params)
    for name in ("overview", "schools", "activities"):
        if name != "overview":
            move_on(page, real, name, **params)
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        page.locator(".st-key-language button").locator("visible=true").first.click()
        wait_for_params(page, {**params, "lang": "en"}, name)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect_page(page, real, name, {**params, "lang": "en"})
        page.locator(".st-key-language button").locator("visible=true").first.click()
        wait_for_params(page, params, name)
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        expect_page(page, real, name, params)


def test_english_stays_through_filters_and_the_menu(page: Page, real):
    open_page(page, real, lang="en")
    choose(page, "f_kind", KINDS[1].label.en)
    expected = {"kind": KINDS[1].code, "lang": "en"}
    wait_for_params(page, expected, "overview")
    menu_link(page, "schools", "en").click()
    wait_for_params(page, expected, "schools")
    expect_page(page, real, "schools", expected)
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("value", ["EN", "en-US", "fr"])
def test_the_page_and_the_document_agree_on_any_language_that_a_link_asks_for(
    page: Page, real, value
):
    open_page(page, real, "definitions", lang=value)
    said = page.locator("h1").inner_text()
    document = page.locator("html").get_attribute("lang")
    assert document == ("zh-CN" if HAN.search(said) else "en")


def test_the_title_of_the_window_is_in_the_language_of_the_page(page: Page, real):
    for params in ({}, {"lang": "en"}):
        open_page(page, real, **params)
        expect(page).to_have_title(re.compile(re.escape(PRODUCT["en" if params else "zh"])))
