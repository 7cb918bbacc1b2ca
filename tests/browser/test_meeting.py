"""A meeting from its making to the wall: keys, remote control, a lost line, and who cannot see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import Site, move_on, open_page, params_in, settle, still
from tests.browser.serving import product_server
from tests.browser.test_accessibility import faults, unheard_charts
from tests.browser.wire import wire_to
from tests.lakes import lake_of
from tests.spread import THOROUGH
from xianzhong.lake.meetings import Meeting, Slide, make_meeting, meetings
from xianzhong.lake.store import Lake

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SLIDES = [
    Slide("overview", "figures", {}, note="先讲总数"),
    Slide("overview", "months", {"province": "53"}, note="再讲云南"),
    Slide("activities", "kinds", {}),
    Slide("activities", "universities", {}),
]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    root: Path = tmp_path_factory.mktemp("meetings") / "lake"
    shutil.copytree(lake_of("demo"), root)
    return Lake(root)


@pytest.fixture(scope="module")
def site(lake: Lake) -> Iterator[Site]:
    with product_server(lake.root) as url:
        yield Site("meetings", url)


@pytest.fixture
def meeting(lake: Lake) -> Meeting:
    return make_meeting(lake, "二季度调度会", "王丽", SLIDES)


def present(page: Page, site: Site, meeting: Meeting, **params: str) -> None:
    go = move_on if page.url.startswith(site.url) else open_page
    go(page, site, "meeting", id=meeting.id, present="1", **params)
    expect_presenting(page)


def expect_presenting(page: Page) -> None:
    """Wait until keys move the slides: the buttons they press come last on a slide."""
    page.locator(".st-key-slide_leave button").wait_for(state="attached")
    settle(page)


def expect_slide(page: Page, number: int, of: int = len(SLIDES)) -> None:
    """Expect a slide by its number on the screen and in the address; 0 is the title."""
    foot = page.locator(".st-key-slide_number")
    if number:
        expect(foot).to_have_text(f"{number} / {of}")
    else:
        expect(foot).to_have_count(0)
    page.wait_for_url(
        lambda url: params_in(url).get("slide", "") == (str(number) if number else "")
    )
    settle(page)


def add_part(page: Page, part: str) -> None:
    page.locator(".st-key-add button").first.click()
    page.locator(f".st-key-add_part_{part} label").click()
    settle(page)


def gather(page: Page, site: Site, title: str) -> None:
    """Make a meeting of a chart of the overview, add one of the activities', and open it."""
    open_page(page, site, province="53")
    add_part(page, "overview_months")
    page.locator(".st-key-add_title input").fill(title)
    page.locator(".st-key-add_who input").fill("李")
    page.locator(".st-key-add_make button").click()
    expect(page.get_by_text(f"“{title}”现有 1 页")).to_be_visible()

    open_page(page, site, "activities")
    add_part(page, "activities_kinds")
    page.locator(".st-key-add_meeting input").click()
    page.get_by_role("option", name=title).click()
    settle(page)
    page.locator(".st-key-add_who input").fill("李")
    page.locator(".st-key-add_make button").click()
    expect(page.get_by_text(f"“{title}”现有 2 页")).to_be_visible()
    page.get_by_role("link", name="打开会议").click()
    page.wait_for_url("**/meeting?**")
    settle(page)


def test_a_meeting_is_gathered_from_two_pages_put_in_order_noted_and_shown(
    page: Page, site, lake, elsewhere
):
    title = f"走访前的会{len(meetings(lake))}"  # Another when the test is run again.
    gather(page, site, title)
    made = next(m for m in meetings(lake) if m.title == title)
    months, kinds = (slide.id for slide in made.slides)
    page.locator(".st-key-meeting_who input").fill("李")
    page.locator(".st-key-meeting_who input").press("Enter")
    settle(page)
    page.locator(f".st-key-up_{kinds} button").click()
    expect(page.locator(f".st-key-up_{kinds} button")).to_be_disabled()
    page.locator(f".st-key-edit_{months} button").first.click()
    page.locator(f".st-key-note_{months} textarea").fill("问问十一月")
    page.locator(f".st-key-save_{months} button").click()
    expect(page.locator(f".st-key-slide_{months}").get_by_text("问问十一月").first).to_be_visible()

    page.locator(".st-key-present button").click()
    expect_presenting(page)
    expect_slide(page, 0)
    expect(page.locator("h1")).to_have_text(title)
    page.keyboard.press("ArrowRight")
    expect_slide(page, 1, 2)
    expect(page.locator("h1")).to_have_text("各类活动")
    page.keyboard.press("ArrowRight")
    expect_slide(page, 2, 2)
    expect(page.locator(".st-key-slide_head")).to_contain_text("云南省")
    expect(page.locator(".st-key-slide_foot")).to_contain_text("数据截至")
    expect(page.get_by_text("问问十一月")).to_have_count(0)


def test_keys_and_a_presenters_remote_move_the_slides_and_back_works(page: Page, site, meeting):
    present(page, site, meeting)
    for key, number in (
        ("PageDown", 1), (" ", 2), ("n", 3), ("PageUp", 2), ("ArrowLeft", 1), ("End", 4),
        ("ArrowRight", 4), ("Home", 0), ("ArrowDown", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect_slide(page, number)
    page.go_back()
    expect_slide(page, 0)
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "present" not in params_in(url))
    settle(page)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect(page.locator("h1")).to_have_text(meeting.title)


def test_no_press_is_lost_however_fast_they_come(page: Page, site, meeting):
    present(page, site, meeting)
    for _ in range(3):
        page.keyboard.press("PageDown")
    expect_slide(page, 3)


def test_b_makes_the_screen_black_and_any_key_brings_the_slide_back(page: Page, site, meeting):
    present(page, site, meeting, slide="1")
    black = "getComputedStyle(document.querySelector('.st-key-slide'), '::after').content"
    page.keyboard.press("b")
    assert page.evaluate(black) == '""'
    page.keyboard.press("ArrowRight")
    assert page.evaluate(black) == "none"
    expect_slide(page, 1)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (844, 390)])
def test_a_slide_fills_the_screen_and_has_nothing_else_on_it(
    new_page, site, meeting, width, height
):
    page = new_page(viewport={"width": width, "height": height})
    for number in range(1, len(SLIDES) + 1):
        present(page, site, meeting, slide=str(number))
        scale = page.evaluate(
            "Number(getComputedStyle(document.documentElement).getPropertyValue('--xz-scale'))"
        )
        told = page.locator(f".st-key-slide_size_is_{round(100 * scale)}")
        expect(told).to_be_attached()
        still(page)
        for name in ("stHeader", "stSidebar", "stToolbar"):
            expect(page.get_by_test_id(name).locator("visible=true")).to_have_count(0)
        box = page.locator(".st-key-slide").bounding_box()
        assert box == {"x": 0, "y": 0, "width": width, "height": height}
        body = page.locator(".st-key-slide_body")
        assert body.evaluate("(e) => e.scrollHeight - e.clientHeight") <= 4
        title = page.locator("h1").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
        assert title >= 40 * scale
        letters = page.locator(".js-plotly-plot text").evaluate_all(
            "(all) => all.filter((e) => e.textContent.trim())"
            ".map((e) => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert min(letters, default=99) >= 18 * scale - 0.1


def test_the_speakers_telephone_moves_the_screen_and_follows_it(
    page: Page, new_page, site, meeting
):
    present(page, site, meeting)
    page.keyboard.press("r")
    code = page.locator(".st-key-slide_cover strong").inner_text()
    assert re.fullmatch("[2-9a-z]{6}", code)
    phone = new_page(**PHONE)
    present(phone, site, meeting, speaker="1", room=code)
    phone.locator(".st-key-slide_next button").click()
    expect_slide(page, 1)
    expect(phone.get_by_text("先讲总数")).to_be_visible()
    expect(phone.locator(".st-key-speaker_next")).to_contain_text("再讲云南")
    page.keyboard.press("PageDown")
    expect(phone.locator(".st-key-speaker_now")).to_contain_text("再讲云南")
    for button in ("next", "previous"):
        box = phone.locator(f".st-key-slide_{button} button").bounding_box()
        assert min(box["width"], box["height"]) >= 80
    found = faults(phone)
    assert not found, "\n".join(found)


def test_a_line_that_was_cut_for_ten_seconds_leads_back_to_the_slide(page: Page, site, meeting):
    with wire_to(site) as (wire, relayed):
        present(page, relayed, meeting, slide="2")
        wire.cut()
        page.wait_for_timeout(10_000)
        wire.mend()
        page.wait_for_timeout(3_000)
        settle(page)
        expect_slide(page, 2)
        page.keyboard.press("PageDown")
        expect_slide(page, 3)
        page.reload()
        expect_slide(page, 3)


def test_a_finger_moves_the_slides(new_page, site, meeting):
    page = new_page(viewport={"width": 844, "height": 390}, is_mobile=True, has_touch=True)
    present(page, site, meeting)
    swipe = """([from, to]) => {
      const one = { identifier: 1, target: document.body, clientY: 200 };
      const at = (x) => new Touch({ ...one, clientX: x });
      const tell = (type, lists) =>
        document.body.dispatchEvent(new TouchEvent(type, { bubbles: true, ...lists }));
      tell("touchstart", { touches: [at(from)], changedTouches: [at(from)] });
      tell("touchend", { touches: [], changedTouches: [at(to)] });
    }"""
    page.evaluate(swipe, [600, 200])
    expect_slide(page, 1)
    page.evaluate(swipe, [200, 600])
    expect_slide(page, 0)


@pytest.mark.parametrize("lang", ["zh", "en"] if THOROUGH else ["zh"])
def test_the_checker_finds_nothing_serious_on_slides_and_on_the_meetings_page(
    page: Page, site, meeting, lang
):
    more = {"lang": "en"} if lang == "en" else {}
    open_page(page, site, "meeting", id=meeting.id, **more)
    still(page)
    found = faults(page)
    for number in ("", "1", "2"):
        present(page, site, meeting, **more, **({"slide": number} if number else {}))
        still(page)
        found += faults(page) + unheard_charts(page)
    assert not found, "\n".join(found)
