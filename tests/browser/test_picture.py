"""A chart saved as a picture, and a page printed: what the browser makes by itself."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.product import chart, open_page, site_of, still

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    small = picture.convert("RGB").resize((200, 200), Image.Resampling.NEAREST)
    return set(small.get_flattened_data())


def test_a_chart_and_a_map_are_saved_with_title_filters_and_moment(
    page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(page, site_of(request.config, "demo"), "overview", province="53")
    still(page)
    for name, title in (("map", "地图"), ("months", "各月活动")):
        button = chart(page, name).locator(".xz-picture")
        expect(button).to_have_text("存为图片")
        with page.expect_download() as saved:
            button.click()
        assert saved.value.suggested_filename.startswith(title)
        assert "云南省" in saved.value.suggested_filename
        picture = Image.open(Path(saved.value.path()))
        assert picture.format == "PNG"
        drawn = page.locator(f'.stPlotlyChart[aria-label*="{title}"] .svg-container').first
        box = drawn.bounding_box()
        assert box is not None
        # Three times the screen's, with room for words above and below.
        assert picture.width >= 3 * max(box["width"], 640)
        assert picture.height > 3 * (box["height"] + 100)
        # The blues of the product, and the grey of the words: it is not an empty sheet.
        assert len(colours(picture)) > 10


def test_a_page_prints_its_filters_and_no_controls(
    page: Page, request: pytest.FixtureRequest
) -> None:
    open_page(page, site_of(request.config, "demo"), "overview", province="53")
    still(page)
    page.emulate_media(media="print")
    for hidden in ("stSidebar", "stPopover", "stDownloadButton"):
        expect(page.get_by_test_id(hidden).locator("visible=true")).to_have_count(0)
    expect(page.locator(".xz-picture").locator("visible=true")).to_have_count(0)
    expect(page.locator(".st-key-sentence").get_by_text("云南省").first).to_be_visible()
    expect(page.get_by_text("数据截至").first).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert BytesIO(printed).read(5) == b"%PDF-"
    # A4 in points, not the letter of another country.
    assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed
