"""The HTML shell in a real browser: language, words, links, history, print, accessibility."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import INTRANET, watch
from tests.browser.serving import running_server, stop
from tests.spread import spread

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("shell_page.py")

# Everything on the page that is made of Latin letters, by where it stands.
LATIN_WORDS = """() => {
  const found = [], latin = /[A-Za-z]{2,}/;
  const skip = 'script, style, noscript, [data-testid="stIconMaterial"]';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.trim();
    if (latin.test(text) && !walker.currentNode.parentElement.closest(skip)) found.push(text);
  }
  const names = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'data-title'];
  for (const name of names) for (const element of document.querySelectorAll(`[${name}]`)) {
    const value = element.getAttribute(name);
    if (latin.test(value)) found.push(`${name}=${value}`);
  }
  return found;
}"""

# The table is drawn first; its cells for those who listen come a moment later.
CELLS = ".st-key-frame canvas [role=gridcell]"

# What the stand-in page itself writes in Latin letters.
OWN_WORDS = {
    "Search",
    "Open",
    "None",
    "Stop",
    "Upload",
    "Zoom",
    "Reset axes",
    "Open None Upload Stop",
    "zh",
    "en",
    "• XLSX, CSV",
    "单个文件不超过 20 MB",
    "下载 CSV",
    "aria-label=下载 CSV：学校表",
    "按 Ctrl+回车键应用",
    "用方向键移动日期，回车选择，Esc 关闭。",
}


@pytest.fixture
def url(serve_script: Callable[[Path], str]) -> str:
    return serve_script(SCRIPT)


@pytest.fixture(scope="module")
def seen(shared_context: BrowserContext, serve_script: Callable[[Path], str]) -> Iterator[Page]:
    """The overview in Chinese, opened once for all tests that look and leave it as it was."""
    elsewhere: list[str] = []
    page = watch(shared_context.new_page(), elsewhere)
    open_page(page, serve_script(SCRIPT))
    yield page
    page.close()
    assert elsewhere == [], "a page asked another origin"


def open_page(page: Page, address: str, heading: str = "概览") -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=30_000)
    if heading == "概览":
        # What comes last: the end of the page, the chart, the table.
        for place in (".stAlert >> text=错误", ".st-key-chart .xtick", CELLS):
            expect(page.locator(place).first).to_be_attached(timeout=30_000)
    settle(page)


STILL = """(milliseconds) => new Promise((done) => {
  const later = () => setTimeout(() => done(true), milliseconds);
  let timer = later();
  const again = () => { clearTimeout(timer); timer = later(); };
  new MutationObserver(again).observe(document.body, {
    attributes: true, characterData: true, childList: true, subtree: true,
  });
})"""


def settle(page: Page) -> None:
    """Wait until the script has ended and the page has stopped loading and changing."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-testid$=Skeleton]")).to_have_count(0, timeout=30_000)
    page.evaluate(STILL, 300)


def foreign_words(page: Page) -> set[str]:
    return set(page.evaluate(LATIN_WORDS)) - OWN_WORDS


def switch_language(page: Page, language: str) -> None:
    page.get_by_test_id("stSidebar").get_by_text(language, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN", "en": "en"}[language])
    expect(page.locator(CELLS).first).to_be_attached()
    settle(page)


# --- language of the page --------------------------------------------------------------------


def test_the_page_is_in_chinese_unless_its_address_asks_for_english(page, url):
    open_page(page, url)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    open_page(page, f"{url}/?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_deep_link_opens_its_page_with_its_parameters(page, url):
    open_page(page, f"{url}/state?province=53", heading="地址")
    expect(page.get_by_text("第 1 次运行:53")).to_be_visible()


def test_the_language_of_the_document_follows_the_switch_without_a_reload(page, url):
    open_page(page, url)
    page.evaluate("window.notReloaded = true")
    switch_language(page, "en")
    assert "lang=en" in page.url
    switch_language(page, "zh")
    assert page.evaluate("window.notReloaded") is True


def test_the_chosen_language_survives_a_click_in_the_navigation(page, url):
    open_page(page, f"{url}/?lang=en")
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    expect(page.get_by_role("heading", name="地址")).to_be_visible()
    assert "lang=en" in page.url
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("browsers_language", "query"), spread(["en-US", "zh-CN", "de-DE"], ["", "?lang=en"])
)
def test_the_calendar_speaks_the_pages_language_whatever_the_browsers(
    new_page, url, browsers_language, query
):
    page = new_page(locale=browsers_language)
    open_page(page, f"{url}/{query}")
    page.locator(".st-key-days").get_by_test_id("stDateInputCalendarButton").click()
    month = page.get_by_test_id("stDateInputCalendar").locator("h2").first
    expect(month).to_contain_text("September 2024" if query else "2024年9月")


# --- Streamlit's own words -------------------------------------------------------------------


def test_nothing_of_streamlits_own_is_in_english_on_a_chinese_page(seen):
    assert foreign_words(seen) == set()


def test_open_lists_menus_and_calendars_are_in_chinese_too(page, url):
    open_page(page, url)
    seen: set[str] = set()

    def look() -> None:
        settle(page)
        seen.update(foreign_words(page))
        page.keyboard.press("Escape")

    for key in ("province_unbound", "kinds"):
        page.locator(f".st-key-{key} input").click()
        look()
        page.locator(f".st-key-{key} input").fill("查无此项")
        look()
        page.locator(f".st-key-{key} input").fill("")
    for key in ("day", "days"):
        page.locator(f".st-key-{key}").get_by_test_id("stDateInputCalendarButton").click()
        look()
    page.get_by_test_id("stTextInputField").fill("一些字")
    look()
    page.locator(".st-key-long_words textarea").fill("一些字")
    look()
    page.locator(".st-key-number input").fill("3")
    look()
    for place in range(3):
        page.locator(".st-key-frame").hover()
        page.locator(".st-key-frame").get_by_test_id("stElementToolbarButton").nth(place).hover()
        settle(page)
        seen.update(foreign_words(page))
    assert seen == set()


def test_the_menus_of_a_table_are_in_chinese(page, url):
    open_page(page, url)
    frame = page.locator(".st-key-frame")
    frame.scroll_into_view_if_needed()
    frame.hover()
    frame.get_by_role("button", name="显示或隐藏列：学校表").click()
    expect(page.get_by_test_id("stDataFrameColumnVisibilityMenu")).to_contain_text("全选")
    page.keyboard.press("Escape")
    menu = open_column_menu(page, frame)
    for words in ("升序", "降序", "统计", "格式", "自动列宽", "固定", "隐藏此列"):
        expect(menu).to_contain_text(words)
    for name in ("统计", "格式"):
        menu.get_by_role("menuitem").filter(has_text=name).click()
        settle(page)
        assert foreign_words(page) == set()


def open_column_menu(page: Page, frame: Locator) -> Locator:
    """Click along the header, which is drawn on a canvas, until the menu's button is hit."""
    menu = page.get_by_test_id("stDataFrameColumnMenu")
    box = frame.locator("canvas").first.bounding_box()
    assert box is not None
    for across in range(40, int(box["width"]), 12):
        page.mouse.move(box["x"] + across, box["y"] + 15)
        page.mouse.click(box["x"] + across, box["y"] + 15)
        page.wait_for_timeout(50)
        if menu.count():
            return menu
    raise AssertionError("no column menu opened")


def test_a_file_of_the_wrong_kind_is_refused_in_chinese(page, url, tmp_path):
    (tmp_path / "报表.py").write_text("x")
    open_page(page, url)
    page.locator(".st-key-upload input[type=file]").set_input_files(tmp_path / "报表.py")
    expect(page.get_by_test_id("stFileChip")).to_contain_text("不支持")
    settle(page)
    assert "Error:" not in foreign_words(page)


def test_what_the_page_writes_is_never_translated(seen):
    assert seen.get_by_text("Open None Upload Stop").count() == 1
    expect(seen.get_by_role("heading", name="Search")).to_be_visible()
    expect(seen.get_by_test_id("stMetricLabel")).to_have_text("Upload")
    expect(seen.get_by_test_id("stTable")).to_contain_text("Stop")
    assert seen.locator(".st-key-chart .xtick text").all_text_contents() == ["Upload", "Zoom"]
    seen.locator(".st-key-province_unbound input").click()
    options = seen.get_by_role("option").all_inner_texts()
    seen.keyboard.press("Escape")
    assert options == ["Open", "None", "甲"]


def test_english_comes_back_with_the_language_and_goes_again(page, url):
    open_page(page, f"{url}/?lang=en")
    before = set(page.evaluate(LATIN_WORDS))
    assert "placeholder=Choose an option" in before
    switch_language(page, "zh")
    assert foreign_words(page) == set()
    switch_language(page, "en")
    assert set(page.evaluate(LATIN_WORDS)) == before


def test_the_translation_comes_to_rest(seen):
    replaced = seen.evaluate("xianzhong.translation.counts.replaced")
    seen.wait_for_timeout(700)
    assert replaced > 20
    assert seen.evaluate("xianzhong.translation.counts.replaced") == replaced


def test_a_rerun_reads_only_what_it_changed(page, url):
    open_page(page, f"{url}/many", heading="许多")
    before = page.evaluate("xianzhong.translation.counts.texts")
    page.locator(".st-key-turn input").fill("2")
    page.locator(".st-key-turn input").press("Enter")
    expect(page.get_by_text("第 2 次,第 249 段")).to_be_visible()
    settle(page)
    read = page.evaluate("xianzhong.translation.counts.texts") - before
    # 250 paragraphs of two texts each, and a little of Streamlit's own.
    assert 250 <= read < 2_000


def test_every_english_word_of_the_list_is_in_the_installed_frontend(page, url):
    page.goto(url)
    listed = page.evaluate(
        """() => [
          ...Object.keys(xianzhong.words.attributes.words),
          ...xianzhong.words.places.flatMap((place) => Object.keys(place.words || {})),
        ]"""
    )
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    # The great libraries for charts that no page uses are left out; Plotly is used.
    read = [path for path in scripts.glob("*.js") if path.stat().st_size < 800_000]
    read += [*scripts.glob("PlotlyChart.*.js")]
    read += [Path(streamlit.__file__).parent / "elements" / "exception.py"]
    source = b"\n".join(path.read_bytes() for path in read)
    assert len(listed) > 150
    missing = {words for words in set(listed) if not known(words, source)}
    assert missing == set()


def known(words: str, source: bytes) -> bool:
    """Whether the source writes these words, which it may put together from parts."""
    if words.startswith("Press "):
        parts = ["Press ", words.rsplit(" to ", 1)[1]]
    elif words.startswith("The page that you have requested"):
        parts = [part.rstrip(".") for part in words.split(". ")]
    elif words.startswith("This app has encountered"):
        parts = ["This app has encountered an error", "recorded in the logs"]
    else:
        parts = [words]
    return all(part.encode() in source for part in parts)


def test_an_error_shows_no_details_and_speaks_chinese(page, url):
    open_page(page, f"{url}/fault", heading="出错")
    page.locator(".st-key-fault button").click()
    expect(page.get_by_test_id("stException")).to_contain_text("页面出错了")
    settle(page)
    assert "secret path" not in page.content()
    assert foreign_words(page) == set()


def test_an_unknown_page_says_so_in_chinese(page, url):
    open_page(page, f"{url}/no-such-page")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("没有这个页面")
    expect(dialog).to_contain_text("已为您打开首页")


def test_a_lost_server_is_announced_in_chinese(page, tmp_path):
    shutil.copy(SCRIPT, tmp_path / "page.py")
    with running_server(tmp_path / "page.py") as (address, process):
        open_page(page, address)
        stop(process)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("连接中断", timeout=60_000)
        expect(dialog).to_contain_text("服务")
        assert "Streamlit" not in dialog.inner_text()


def test_nobody_is_offered_to_deploy_or_to_see_a_developers_menu(seen):
    assert seen.get_by_test_id("stAppDeployButton").count() == 0
    assert seen.get_by_test_id("stMainMenu").count() == 0


# --- copying ---------------------------------------------------------------------------------


def pasted(page: Page) -> str:
    field = page.get_by_test_id("stTextInputField")
    field.click()
    page.keyboard.press("Control+V")
    return field.input_value()


@pytest.mark.parametrize("host", ["127.0.0.1", INTRANET])
def test_the_link_is_copied_as_it_is_now_in_a_secure_context_and_without_one(new_page, url, host):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    address = url.replace("127.0.0.1", host)
    open_page(page, f"{address}/?province=53")
    assert page.evaluate("window.isSecureContext") is (host == "127.0.0.1")
    page.locator(".st-key-copy_link button").click()
    expect(page.get_by_role("status").filter(has_text="链接已复制")).to_be_visible()
    assert pasted(page) == f"{address}/?province=53"


def test_any_element_can_offer_its_own_text_for_copying(new_page, url):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, f"{url}/?lang=en")
    page.evaluate(
        "document.querySelector('[data-testid=stMetric]').setAttribute('data-copy', '电话 12345')"
    )
    page.get_by_test_id("stMetric").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert pasted(page) == "电话 12345"


# --- the address and the history: what Streamlit does, and pages rely on ----------------------


def test_setting_a_parameter_adds_to_the_history_and_back_runs_with_the_older_one(page, url):
    open_page(page, f"{url}/state?province=11", heading="地址")
    page.locator(".st-key-place input").click()
    page.get_by_role("option", name="53").click()
    expect(page.get_by_text("第 2 次运行:53")).to_be_visible()
    assert "province=53" in page.url
    page.go_back()
    expect(page.get_by_text("第 3 次运行:11")).to_be_visible()
    page.go_forward()
    expect(page.get_by_text("第 4 次运行:53")).to_be_visible()


def test_a_click_in_the_navigation_drops_parameters_that_no_widget_is_bound_to(page, url):
    open_page(page, f"{url}/?province=53&lang=en")
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    expect(page.get_by_text("次运行:-")).to_be_visible()
    assert "province" not in page.url


# --- looks -----------------------------------------------------------------------------------


def test_the_theme_is_found_from_any_working_directory(seen):
    style = "e => [getComputedStyle(e).fontFamily, getComputedStyle(e).color]"
    family, colour = seen.get_by_test_id("stApp").evaluate(style)
    assert family.startswith(('"Microsoft YaHei"', "Microsoft YaHei"))
    assert colour == "rgb(31, 41, 51)"


def test_paper_shows_the_page_and_not_the_controls(seen):
    seen.emulate_media(media="print")
    expect(seen.get_by_test_id("stSidebar")).to_be_hidden()
    expect(seen.locator(".st-key-copy_link")).to_be_hidden()
    expect(seen.get_by_role("heading", name="概览", level=1)).to_be_visible()
    expect(seen.locator(".st-key-chart .xtick text").first).to_be_visible()
    seen.emulate_media(media="null")


BAR = """() => getComputedStyle(document.querySelector('[data-testid="stApp"]'), '::before')"""


def test_a_long_run_shows_that_the_page_is_at_work(page, url):
    open_page(page, f"{url}/state", heading="地址")
    page.locator(".st-key-slow button").click()
    page.wait_for_function(f"{BAR}.opacity === '1'")
    settle(page)
    assert page.evaluate(f"{BAR}.content") in {"none", "normal"}


def test_the_page_has_the_products_icon(seen):
    href = seen.locator("link[rel~=icon]").first.evaluate("e => e.href")
    assert re.search(r"/assets/favicon\.[0-9a-f]{12}\.svg$", href)
    assert seen.request.get(href).status == 200


# The row numbers' header of a table that is drawn on a canvas: it has a name (repair.js), but the
# rule wants text, which would be Streamlit's to write.
NOT_CHECKED = {"empty-table-header": {"enabled": False}}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_checker_finds_nothing_wrong_and_the_page_never_scrolls_sideways(new_page, url, width):
    page = new_page(viewport={"width": width, "height": 900})
    open_page(page, url)
    found = Axe().run(page, options={"rules": NOT_CHECKED}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_browser_has_nothing_to_complain_about(page, url):
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    open_page(page, url)
    page.locator(".st-key-chart").hover()
    with page.expect_download() as download:
        page.locator(".st-key-chart").get_by_role("button", name="下载图片").click()
    assert download.value.suggested_filename.endswith(".png")
    assert said == []
