"""A university's page in a real browser: what only a click can show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import (
    chart_in_sight,
    click_mark,
    open_page,
    params_in,
    site_of,
    still,
    wait_for_params,
)
from tests.lakes import engine_of, names_in, view_of
from xianzhong.query.by_term import activities_by_term
from xianzhong.query.universities import pairing_schools

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
UNIVERSITY = "10718"


def test_a_click_on_a_term_chooses_it_and_a_name_opens_school_and_university(
    page: Page, request: pytest.FixtureRequest
) -> None:
    site = site_of(request.config, "real")
    view = view_of("real", {"university": UNIVERSITY})
    terms = [term for term, _ in activities_by_term(engine_of("real"), view)]
    open_page(page, site, "university", university=UNIVERSITY)
    still(page)
    bars = chart_in_sight(page, "terms").locator("g.barlayer g.point path")
    expect(bars).to_have_count(3 * len(terms))
    # The panel of people sent: the same terms, and the same click.
    click_mark(page, bars.nth(len(terms) + terms.index(terms[1])))
    here = {"university": UNIVERSITY, "term": terms[1].code}
    wait_for_params(page, here, "university")
    school = pairing_schools(engine_of("real"), view).iloc[0]
    page.get_by_role("link", name=str(school["school"]), exact=True).first.click()
    wait_for_params(page, here | {"school": str(school["school_code"])}, "school")
    link = page.get_by_role("link", name=names_in("real").university(UNIVERSITY))
    assert params_in(f"/{link.first.get_attribute('href')}") == here
