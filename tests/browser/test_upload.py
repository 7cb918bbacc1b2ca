"""The whole journey of a spreadsheet: dropped, mended, looked at, committed, taken back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import Site, open_page, settle, still
from tests.browser.serving import product_server
from tests.browser.wire import wire_to
from tests.intake_lakes import real_lake, workbook
from xianzhong.lake.ledger import undone
from xianzhong.lake.store import Lake

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TITLE = ["示例大学帮扶活动统计表", None, None, None, None, None]
HEADERS = ["受援\n县中", "帮扶高校", "活动类型", "活动名称", "开始日期", "派出人数(人)"]
GOOD = ["洱源县第一中学", "上海交通大学", "骨干教师到校指导", "示例听评课", "2023年3月5日", "8人"]
BAD = ["洱源县第一中学", "上海交通大学", "骨干教师到校指导", "示例讲座", "明年春天", "3"]
TOTAL = ["合计", None, None, None, None, 11]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return real_lake(tmp_path / "lake", "universities", "schools", "pairings")


@pytest.fixture
def site(lake: Lake) -> Iterator[Site]:
    with product_server(lake.root) as url:
        yield Site("own", url)


def drop(page: Page, name: str, content: bytes) -> None:
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": XLSX, "buffer": content}
    )
    settle(page)


def button(page: Page, prefix: str):
    return page.locator(f'[class*="st-key-{prefix}"] button').first


def name(page: Page) -> None:
    field = page.locator('[class*="st-key-upload_who"] input')
    field.fill("示例员")
    field.press("Enter")
    settle(page)


def titles(lake: Lake) -> set[object]:
    rows = lake.rows("activities", lake.snapshot(), columns=["title"])
    return set(rows["title"].to_pylist())


def test_a_messy_file_is_mended_looked_at_committed_and_taken_back(page, site, lake) -> None:
    open_page(page, site, "upload")
    with page.expect_download() as template:
        button(page, "template_").click()
    assert template.value.suggested_filename.endswith(".xlsx")

    drop(page, "示例 <b>表</b>.xlsx", workbook(表=[TITLE, HEADERS, GOOD, BAD, TOTAL]))
    expect(page.get_by_text("3 · 检查结果")).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="错误").first).to_be_visible()
    expect(page.locator('[class*="st-key-commit_"]')).to_have_count(0)
    with page.expect_download() as marked:
        button(page, "annotated_").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(marked.value.path()).read_bytes()))
    assert any(
        "开始日期" in str(cell.value) or "明年春天" in str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    )

    page.locator('[class*="st-key-partial_"] label').first.click()
    settle(page)
    button(page, "commit_").click()
    expect(page.get_by_text("请先填写您的姓名")).to_be_visible()
    name(page)
    button(page, "commit_").dblclick()
    expect(page.get_by_text("已写入")).to_be_visible()
    assert titles(lake) == {"示例听评课"}
    entry = lake.entries()[-1]
    assert lake.entries()[-2].table == "pairings"
    expect(page.get_by_text(entry.upload_id).first).to_be_visible()
    assert page.locator("b", has_text="表").count() == 0

    page.get_by_role("link", name="查看写入的记录").click()
    page.wait_for_url("**/history?**")
    settle(page)
    expect(page.get_by_role("heading", name="（北京时间）的批次")).to_be_visible()
    expect(page.get_by_text(entry.upload_id).first).to_be_visible()
    with page.expect_download() as kept:
        button(page, "original_").click()
    assert Path(kept.value.path()).read_bytes().startswith(b"PK")
    page.get_by_text("撤销这个批次").click()
    expect(page.locator('[class*="st-key-upload_who"] input')).to_have_value("示例员")
    button(page, "take_").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="已撤销")).to_be_visible()
    assert entry.upload_id in page.url
    assert titles(lake) == set()
    assert entry.upload_id in undone(lake.entries())


def test_a_rejected_row_is_mended_in_the_page(page, site, lake) -> None:
    open_page(page, site, "upload")
    drop(page, "示例.xlsx", workbook(表=[HEADERS, GOOD, BAD]))
    name(page)
    cell = page.locator('[class*="st-key-mend_"]').get_by_label("开始日期")
    cell.fill("2023-04-02")
    page.locator('[class*="st-key-mend_"]').get_by_role("button", name="重新检查").click()
    settle(page)
    expect(page.locator('[class*="st-key-mend_"]')).to_have_count(0)
    button(page, "commit_").click()
    expect(page.get_by_text("已写入")).to_be_visible()
    assert titles(lake) == {"示例听评课", "示例讲座"}


def test_a_wrong_kind_is_refused_in_words_and_the_table_changes_without_a_new_file(
    page, site, lake
) -> None:
    open_page(page, site, "upload")
    page.locator('input[type="file"]').set_input_files(
        {"name": "示例.docx", "mimeType": "", "buffer": b"x"}
    )
    said = page.get_by_test_id("stFileChip").get_by_role("alert")
    expect(said).to_contain_text("不支持这种文件")
    box = said.bounding_box()
    assert box is not None
    assert box["width"] > 100
    drop(page, "高校.xlsx", workbook(表=[["高校名称", "高校代码"], ["上海交通大学", "10248"]]))
    button(page, "as_").click()
    page.wait_for_url("**table=universities**")
    settle(page)
    expect(page.get_by_text("3 · 检查结果")).to_be_visible()


def test_the_history_goes_back_to_the_upload_that_was_chosen_before(page, site, lake) -> None:
    open_page(page, site, "history")

    def choose(row: int) -> str:
        box = page.get_by_test_id("stDataFrame").last.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 16, box["y"] + 53 + 35 * row)
        upload = lake.entries()[::-1][row].upload_id
        page.wait_for_url(f"**upload={upload}**")
        settle(page)
        page.get_by_test_id("stDataFrame").last.scroll_into_view_if_needed()
        return upload

    first = choose(0)
    choose(2)
    page.go_back()
    page.wait_for_url(f"**upload={first}**")
    settle(page)
    expect(page.get_by_text(first).first).to_be_visible()
    assert first in page.url


def test_a_lost_connection_between_preview_and_commit_commits_once(new_page, site, lake) -> None:
    page = new_page()
    with wire_to(site) as (wire, relayed):
        open_page(page, relayed, "upload")
        drop(page, "示例.xlsx", workbook(表=[HEADERS, GOOD]))
        name(page)
        expect(button(page, "commit_")).to_be_enabled()
        wire.cut()
        expect(
            page.get_by_role("dialog").or_(page.get_by_test_id("stConnectionStatus"))
        ).to_be_visible(timeout=60_000)
        wire.mend()
        # The sign of the cut may go before the line is there again, and the page is made anew then.
        expect(
            page.get_by_role("dialog").or_(page.get_by_test_id("stConnectionStatus"))
        ).to_have_count(0, timeout=60_000)
        page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for()
        still(page, 1_000)
        button(page, "commit_").click()
        expect(page.get_by_text("已写入")).to_be_visible()
    assert titles(lake) == {"示例听评课"}
    assert [entry.table for entry in lake.entries()].count("activities") == 1


def test_two_people_commit_at_once_and_nothing_is_lost(new_page, site, lake) -> None:
    pages = [new_page(cold=True), new_page(cold=True)]
    other = [*GOOD[:3], "示例送教", *GOOD[4:]]
    for page, rows in zip(pages, ([HEADERS, GOOD], [HEADERS, other]), strict=True):
        open_page(page, site, "upload")
        drop(page, "示例.xlsx", workbook(表=rows))
        name(page)
        expect(button(page, "commit_")).to_be_enabled()
    for page in pages:
        button(page, "commit_").click(no_wait_after=True)
    expect(pages[0].get_by_text("已写入")).to_be_visible()
    second = pages[1]
    expect(second.get_by_text("已写入").or_(second.get_by_text("别人先写入")).first).to_be_visible()
    if second.get_by_text("别人先写入").count():
        # The words come before the new preview's button, which takes the place of the old one's.
        still(second, 500)
        button(second, "commit_").click()
        expect(second.get_by_text("已写入")).to_be_visible()
    assert titles(lake) == {"示例听评课", "示例送教"}
