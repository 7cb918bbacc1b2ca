"""A link that is sent before a meeting: pinned, opened after an upload, revoked, expired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import Site, menu_link, open_page, params_in, settle, still
from tests.browser.serving import running_server
from tests.lakes import ROOT
from tests.small_lake import A1, SECOND_UPLOAD, U1, activity, build, put
from xianzhong.lake.links import SharedLink, change_link, share, shared_link
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NEW = ("a20", U1, A1, "guidance", "2024-06-10", "", 7, None, None, None)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


@pytest.fixture
def site(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
    with running_server(ROOT / "app.py", geo_folder=ROOT / "data" / "geo") as (url, _):
        yield Site("own", url)


def cards(page: Page) -> list[str]:
    """The headline numbers, as they are read once they are drawn."""
    still(page)
    return page.locator(".xz-value").all_inner_texts()


def open_short(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_url(lambda url: "pin=" in url)
    settle(page)


def test_a_pinned_link_shows_the_same_after_an_upload_until_it_is_taken_back(
    page: Page, site: Site, lake: Lake
) -> None:
    open_page(page, site, "overview", province="53")
    seen = cards(page)
    page.locator(".st-key-share button").first.click()
    page.locator(".st-key-share_who input").fill("示例人")
    page.locator(".st-key-share_who input").press("Enter")
    settle(page)
    page.locator(".st-key-share_make button").click()
    address = page.get_by_test_id("stCode").locator("code").inner_text()
    assert re.fullmatch(re.escape(site.url) + r"/s/[2-9a-km-np-z]{12}", address)
    expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()

    put(lake, "activities", [activity(NEW)], SECOND_UPLOAD + timedelta(hours=1))
    open_short(page, address)
    assert params_in(page.url)["province"] == "53"
    assert cards(page) == seen
    line = page.locator(".st-key-pinned")
    expect(line).to_contain_text("第 6 版")
    expect(line).to_contain_text("此后上报 1 次")
    expect(line).to_contain_text("活动 9 → 10")
    # It stays pinned on the way to another page, and the way to today's numbers is one click.
    menu_link(page, "activities").click()
    page.wait_for_url(re.compile("/activities"))
    settle(page)
    assert "pin" in params_in(page.url)
    page.locator(".st-key-pinned").get_by_role("button", name="本视图的最新数据").click()
    page.wait_for_url(lambda url: "pin" not in params_in(url))
    settle(page)
    assert "10" in cards(page)


def test_a_link_that_was_taken_back_opens_for_nobody(page: Page, site: Site, lake: Lake) -> None:
    link = SharedLink("", "示例", "示例人", "overview", {"province": "53"}, 6, today())
    key = share(lake, link).id
    open_page(page, site, "links", link=key)
    page.locator(".st-key-link_who input").fill("另一人")
    page.locator(".st-key-link_who input").press("Enter")
    settle(page)
    page.locator(".st-key-link_revoke_ask button").first.click()
    page.locator(".st-key-link_revoke button").first.click()
    expect(page.locator(".st-key-link_revoke_ask")).to_have_count(0)
    assert shared_link(lake, key).revoked == "另一人"  # type: ignore[union-attr]
    answer = page.goto(f"{site.url}/s/{key}")
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("heading")).to_have_text("这个链接已收回")
    # The long address, of which somebody may have kept a copy, shows no numbers either.
    open_page(page, site, "overview", pin=key)
    expect(page.get_by_test_id("stAlert")).to_contain_text("收回")
    assert cards(page) == []


def test_a_link_that_expired_or_never_was_says_so(page: Page, site: Site, lake: Lake) -> None:
    link = SharedLink("", "示例", "示例人", "schools", {"lang": "en"}, 6, today())
    open_short(page, f"{site.url}/s/{share(lake, link).id}")
    assert page.locator("html").get_attribute("lang") == "en"
    late = share(lake, replace(link, expires=today() - timedelta(days=1)))
    answer = page.goto(f"{site.url}/s/{late.id}")
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("heading")).to_have_text("This link has expired")
    answer = page.goto(f"{site.url}/s/<script>alert(1)</script>")
    assert answer is not None
    assert answer.status == 404


def test_a_live_link_follows_the_data_and_a_chat_reads_what_it_shows(
    page: Page, site: Site, lake: Lake
) -> None:
    link = SharedLink(
        "", '示例"><b>会议', "示例人", "activities", {"province": "53", "kind": "guidance"}, None,
        today(),
    )  # fmt: skip
    made = share(lake, link)
    html = page.request.get(f"{site.url}/s/{made.id}").text()
    assert '<meta property="og:title" content="示例&quot;&gt;&lt;b&gt;会议">' in html
    assert "始终是最新数据" in html
    page.goto(f"{site.url}/s/{made.id}")
    page.wait_for_url(lambda url: "/activities" in url)
    settle(page)
    assert params_in(page.url) == {"province": "53", "kind": "guidance"}
    live = page.request.get(f"{site.url}/activities?province=53&lang=en").text()
    assert "<title>Activities · Yunnan · All time · County High School Support</title>" in live
    assert "snapshot 6" in live
    change_link(lake, made, "revoked", "示例人", revoked="示例人")
    assert page.request.get(f"{site.url}/s/{made.id}").status == 410
