"""A person signs in at a provider, lands on the link they had opened, works, and signs out."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests.browser.product import Site, chart, open_page, page_in, params_in, settle, still
from tests.lakes import lake_of
from tests.oidc_provider import HTTP, running_provider
from tests.signed_in_server import invited_to_all, signed_in_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NAME = "示例用户"
CLAIMS = {"name": NAME, "email": "a@example.org", "email_verified": True}
# Streamlit's protobuf tries WebAssembly and does without it; its frontend looks for the server
# below the address of the page first, where there is none.
HARMLESS = re.compile(
    r"^policy script-src wasm-eval .*/protobuf|/\w+/_stcore/(health|host-config)$"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product behind oidc-provider-mock, a provider that others have written."""
    with running_provider("-m", "oidc_provider_mock", "-p", "0") as provider:
        HTTP.put(f"{provider.issuer}/users/official", json=CLAIMS).raise_for_status()
        # One to write to.
        lake = shutil.copytree(lake_of("real"), tmp_path_factory.mktemp("signed_in") / "lake")
        invited_to_all(lake, NAME, CLAIMS["email"])
        with signed_in_server(provider.issuer, "any", "any", lake, PROVIDER="示例单位") as server:
            yield Site("real", server.url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own browser: the provider's pages ask the internet for their looks."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.route(re.compile(r"^https://"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def sign_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="请先登录")).to_be_visible()
    page.get_by_role("link", name="用示例单位登录").click()
    page.locator("input[name=sub]").fill("official")
    page.get_by_role("button", name="Authorize").click()
    settle(page)


def test_who_signs_in_lands_on_the_filters_of_the_link_and_is_out_after_signing_out(page, site):
    page.goto(site.address("schools", {"province": "53", "q": "第一中学"}))
    sign_in(page)
    assert page_in(page.url) == "schools"
    assert params_in(page.url) == {"province": "53", "q": "第一中学"}
    chips = page.locator(".st-key-sentence")
    expect(chips.get_by_text("云南省", exact=True).locator("visible=true").first).to_be_visible()
    expect(page.locator(".st-key-signed_in")).to_contain_text(NAME)

    other = page.context.new_page()
    open_page(other, site, "definitions")
    page.locator(".st-key-signed_in").get_by_role("link", name="退出登录").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("heading", name="已退出登录")).to_be_visible()
    # A page that was open elsewhere says so at the next touch, and keeps where it was.
    other.get_by_role("button", name="English").click()
    expect(other.get_by_role("heading", name=re.compile("请先登录|Please sign in"))).to_be_visible()
    assert quote("/definitions", safe="") in other.url


def test_the_content_policy_breaks_nothing_that_a_person_does(page, site):
    page.goto(site.address("overview", {}))
    sign_in(page)
    complaints = listen(page)
    expect(chart(page, "map").locator("g.choroplethlayer path").first).to_be_attached()
    still(page)
    page.locator(".st-key-add button").first.click()
    page.locator(".st-key-add_part_overview_months label").click()
    settle(page)
    expect(page.locator(".st-key-add_who input")).to_have_value(NAME)
    expect(page.locator(".st-key-add_who input")).to_be_disabled()
    page.locator(".st-key-add_title input").fill("示例会议")
    page.locator(".st-key-add_make button").click()
    page.get_by_role("link", name="打开会议").click()
    page.wait_for_url("**/meeting?**")
    still(page)
    expect(page.get_by_text(f"{NAME}建立").first).to_be_visible()
    page.get_by_role("link", name="从这一页放映").first.click()
    still(page)

    open_page(page, site, "upload")
    with page.expect_download() as template:
        page.locator('[class*="st-key-template_"] button').first.click()
    assert template.value.suggested_filename.endswith(".xlsx")
    book = Workbook()
    book.active.append(["帮扶活动", "日期"])
    content = io.BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").first.set_input_files(
        {"name": "示例.xlsx", "mimeType": kind, "buffer": content.getvalue()}
    )
    expect(page.get_by_test_id("stAlert").first).to_be_visible()

    assert complaints == []


def listen(page: Page) -> list[str]:
    """What the browser complains of from now on; a request that a new page cut short is none."""
    heard: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            heard.append(f"{request.failure}: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not HARMLESS.search(
            f"{message.text} {message.location.get('url', '')}"
        ):
            heard.append(message.text)

    page.on("requestfailed", failed)
    page.on("console", said)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " (e) => console.error('policy', e.violatedDirective, e.blockedURI, e.sourceFile))"
    )
    return heard
