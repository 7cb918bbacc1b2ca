"""Somebody without an account opens a link in a browser, and finds one page and no way on."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.product import chart, chart_in_sight, params_in, settle, still
from tests.browser.test_sign_in import listen
from tests.lakes import lake_of
from tests.signed_in_server import COOKIE_SECRET, signed_in_server
from tests.some_people import viewer
from xianzhong.lake.links import SharedLink, change_link, share
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION
from xianzhong.signin.guests import Tickets
from xianzhong.signin.secret import Secret

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_guest_sees_the_pinned_view_and_finds_no_way_beyond_it(
    browser: Browser, tmp_path: Path
) -> None:
    lake = Lake(shutil.copytree(lake_of("real"), tmp_path / "lake"))
    maker = viewer(lake, NATION)
    wanted = SharedLink(
        id="", title="示例会前参考", who=maker.name, page="overview", params={"province": "53"},
        snapshot=lake.snapshot().number, expires=today() + timedelta(days=7),
        by=maker.person, guests=True,
    )  # fmt: skip
    link = share(lake, wanted)
    address = Tickets(Secret(COOKIE_SECRET), time.time).address(link.id, link.expires)
    # No provider is there: nobody signs in.
    with signed_in_server("http://127.0.0.1:9", "any", "any", lake.root) as server:
        page = browser.new_context(locale="zh-CN").new_page()
        complaints = listen(page)
        page.goto(f"{server.url}/g/{address}")
        settle(page)
        still(page)
        assert params_in(page.url) == {"province": "53", "pin": link.id}
        expect(page.locator(".st-key-pinned")).to_contain_text("示例会前参考")
        expect(chart(page, "map").locator("g.choroplethlayer path").first).to_be_attached()
        for gone in ("menu_see", "share", "add", "briefing", "copy_link", "filters"):
            expect(page.locator(f".st-key-{gone}")).to_have_count(0)

        # Another address, or a click on the map, leads back to the link's own.
        page.goto(f"{server.url}/?province=51")
        settle(page)
        still(page)
        assert params_in(page.url) == {"province": "53", "pin": link.id}
        chart_in_sight(page, "map").locator("g.choroplethlayer path").first.click(force=True)
        still(page)
        assert params_in(page.url) == {"province": "53", "pin": link.id}
        assert complaints == []

        page.goto(f"{server.url}/schools")
        expect(page.get_by_role("heading", name="这个链接只能查看一个页面")).to_be_visible()
        page.get_by_role("link", name="回到可以查看的页面").click()
        settle(page)
        still(page)
        change_link(lake, link, "revoked", "示例", revoked="示例")
        page.get_by_role("button", name="English").click()
        expect(
            page.get_by_text("这个链接已收回").or_(page.get_by_text("taken back"))
        ).to_be_visible()
        page.context.close()
