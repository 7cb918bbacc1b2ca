"""Clicks in the heat maps of the measures page: into a place, into a school, onto a day."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    SLOW,
    chart_in_sight,
    chip,
    click_mark,
    open_page,
    page_in,
    params_in,
    settle,
    site_of,
    wait_for_params,
)
from tests.lakes import engine_of, view_of
from xianzhong.query import measures

pytestmark = pytest.mark.browser


def test_a_click_goes_into_a_place_and_then_into_a_school(page: Page, request) -> None:
    site = site_of(request.config, "demo")
    open_page(page, site, "measures")
    frame = measures.received(engine_of("demo"), view_of("demo", {}))
    places = frame[frame["part"] == "place"].copy()
    places["mean"] = places["measures"].astype(float) / places["schools"].astype(float)
    least = places.sort_values(["mean", "code"])["code"].iloc[0]
    cells = chart_in_sight(page, "received").locator("g.barlayer g.point path")
    cells.first.wait_for(timeout=SLOW)
    click_mark(page, cells.first)
    wait_for_params(page, {"province": least}, "measures")
    expect(chip(page, "province")).to_be_visible()
    open_page(page, site, "measures", rows="schools", province="53")
    rows = measures.received_by_school(engine_of("demo"), view_of("demo", {"province": "53"}))
    last = rows.dropna(subset=["kind"]).drop_duplicates("school_code", keep="last").iloc[-1]
    cells.last.wait_for(timeout=SLOW)
    click_mark(page, cells.last)
    page.wait_for_url(lambda url: page_in(url) == "school", timeout=20_000)
    settle(page)
    found = params_in(page.url)
    assert found["school"] == last["school_code"]
    assert set(found) <= {"kind", "province", "school"}


def test_a_day_of_the_calendar_becomes_the_period(page: Page, request) -> None:
    site = site_of(request.config, "demo")
    open_page(page, site, "measures", part="time", term="2024-1")
    first = chart_in_sight(page, "calendar").locator("g.barlayer g.point path").first
    first.wait_for(timeout=SLOW)
    click_mark(page, first)
    wait_for_params(page, {"part": "time", "from": "2024-09-01", "to": "2024-09-01"}, "measures")
