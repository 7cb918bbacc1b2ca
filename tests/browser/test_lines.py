"""The line between browser and server: cut for a while, or its proxy started anew.

The longest cut of three minutes is tried where HYPOTHESIS_PROFILE is thorough; ten seconds always.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.product import Site, choose, open_page, still, wait_for_params
from tests.browser.test_upload import GOOD, HEADERS, button, drop, lake, name, site, titles
from tests.browser.wire import wire_to
from tests.intake_lakes import workbook
from tests.lakes import ROOT
from tests.signed_in_server import free_port
from tests.spread import THOROUGH

__all__ = ["lake", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

CUTS = (10, 180) if THOROUGH else (10,)
PROXY = ROOT / "deploy" / "nginx" / "proxy.conf"


def connected(page: Page) -> None:
    """Waits until the line is there again, and the page is made anew where it has to be."""
    page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for(
        timeout=120_000
    )
    still(page, 1_000)


@pytest.mark.parametrize("seconds", CUTS)
def test_after_a_cut_all_that_was_begun_is_still_there(new_page, site, lake, seconds) -> None:
    page = new_page()
    with wire_to(site) as (wire, relayed):
        open_page(page, relayed, "upload")
        drop(page, "示例.xlsx", workbook(表=[HEADERS, GOOD]))
        name(page)
        expect(button(page, "commit_")).to_be_enabled()
        wire.cut()
        # The cut itself is what is tried, so its length is waited for.
        time.sleep(seconds)
        sign = page.get_by_role("dialog").or_(page.get_by_test_id("stConnectionStatus"))
        expect(sign).to_be_visible()
        assert page.get_by_text("示例.xlsx").first.is_visible()
        wire.mend()
        connected(page)
        expect(page.locator('[class*="st-key-upload_who"] input')).to_have_value("示例员")
        button(page, "commit_").click()
        expect(page.get_by_text("已写入")).to_be_visible()
    assert titles(lake) == {"示例听评课"}
    assert [entry.table for entry in lake.entries()].count("activities") == 1


@contextmanager
def nginx_before(target: Site, folder: Path, port: int) -> Iterator[None]:
    """nginx in a process of its own, with the proxy's settings that are shipped."""
    host = target.url.removeprefix("http://")
    conf = folder / "nginx.conf"
    conf.write_text(
        f"""
pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}
http {{
  access_log off;
  {"".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)}
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://{host}; include {PROXY}; }}
  }}
}}
""",
        encoding="utf-8",
    )
    command = [shutil.which("nginx") or "", "-p", folder, "-c", conf, "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def test_when_nginx_is_started_anew_the_page_comes_back_as_it_was(new_page, site, tmp_path) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("no nginx here")
    page, port = new_page(), free_port()
    before = Site("own", f"http://127.0.0.1:{port}")
    with nginx_before(site, tmp_path, port):
        open_page(page, before, "schools", province="53")
        expect(page.locator(".st-key-sentence")).to_contain_text("云南省")
        still(page, 1_000)
    sign = page.get_by_role("dialog").or_(page.get_by_test_id("stConnectionStatus"))
    expect(sign).to_be_visible(timeout=60_000)
    with nginx_before(site, tmp_path, port):
        connected(page)
        expect(page.locator(".st-key-sentence")).to_contain_text("云南省")
        choose(page, "f_province", "四川省")
        wait_for_params(page, {"province": "51"}, "schools")


def test_a_part_of_the_frontend_that_did_not_come_is_fetched_again(new_page, site) -> None:
    page, missed = new_page(cold=True), []

    def miss(route: Route) -> None:
        if missed:
            route.continue_()
        else:
            missed.append(route.request.url)
            route.abort()

    page.route(re.compile(r"/static/js/Button\..*\.js$"), miss)
    open_page(page, site, "schools", province="53")
    expect(page.locator(".st-key-sentence")).to_contain_text("云南省")
    still(page)
    assert len(missed) == 1
    expect(page.get_by_text("dynamically imported module")).to_have_count(0)
