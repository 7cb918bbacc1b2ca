"""A click on a mark or a name filters; the same click again takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from tests.lakes import engine_of, names_in, view_of
from xianzhong.access.caller import LOCAL
from xianzhong.model.terms import Term
from xianzhong.query.asof import AsOf
from xianzhong.query.filters import Filters, parse_filters
from xianzhong.ui import charts, navigation
from xianzhong.ui.session import Session


class Clicks:
    """Stands for the URL: what a click wrote into it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.filters = Filters()
        monkeypatch.setattr(charts, "current", self.session)
        monkeypatch.setattr(charts, "go_to", self.go)

    def session(self) -> Session:
        view = replace(view_of("real", {}), filters=self.filters)
        asof = AsOf(view.snapshot, view.snapshot)
        return Session("zh", engine_of("real"), view, names_in("real"), False, (), asof, LOCAL)

    def go(self, filters: Filters) -> None:
        self.filters = filters

    @property
    def params(self) -> Mapping[str, str]:
        return self.filters.to_params()


@pytest.fixture
def clicks(monkeypatch: pytest.MonkeyPatch) -> Clicks:
    return Clicks(monkeypatch)


@pytest.mark.parametrize(
    ("field", "code", "params"),
    [
        ("kind", "guidance", {"kind": "guidance"}),
        ("province", "53", {"province": "53"}),
        ("county", "530622", {"county": "530622"}),
        ("university", "10001", {"university": "10001"}),
        ("scheme", "team", {"scheme": "team"}),
    ],
)
def test_a_second_click_takes_the_first_one_back(
    clicks: Clicks, field: str, code: str, params: dict[str, str]
) -> None:
    click = charts.filter_by(field=field)
    click(code)
    assert clicks.params == params
    click(code)
    assert clicks.params == ({"province": "53"} if field == "county" else {})


def test_a_click_on_another_mark_moves_the_filter(clicks: Clicks) -> None:
    click = charts.filter_by(field="kind")
    click("guidance")
    click("camp")
    assert clicks.params == {"kind": "camp"}


def test_a_month_is_chosen_by_its_days_and_taken_back(clicks: Clicks) -> None:
    charts.filter_by_time("2024-02")
    assert clicks.params == {"from": "2024-02-01", "to": "2024-02-29"}
    assert charts.time_code(clicks.session()) == "2024-02"
    charts.filter_by_time("2024-02")
    assert clicks.params == {}
    assert charts.time_code(clicks.session()) == ""


def test_a_month_takes_the_place_of_a_term_and_a_term_that_of_a_month(clicks: Clicks) -> None:
    charts.filter_by_time("2023-2")
    assert clicks.params == {"term": "2023-2"}
    charts.filter_by_time("2024-03")
    assert clicks.params == {"from": "2024-03-01", "to": "2024-03-31"}
    charts.filter_by_time("2023-2")
    assert clicks.params == {"term": "2023-2"}
    assert charts.time_code(clicks.session()) == "2023-2"


def test_a_cell_chooses_a_kind_and_a_term_together(clicks: Clicks) -> None:
    charts.filter_by_time("guidance|2023-2")
    assert clicks.params == {"term": "2023-2", "kind": "guidance"}
    charts.filter_by_time("camp|2023-2")
    assert clicks.params == {"term": "2023-2", "kind": "camp"}
    charts.filter_by_time("camp|2023-2")
    assert clicks.params == {}


def test_dates_that_are_no_month_are_none(clicks: Clicks) -> None:
    clicks.filters = Filters(date_from=date(2024, 3, 1), date_to=date(2024, 4, 30))
    assert charts.time_code(clicks.session()) == ""
    clicks.filters = Filters(date_to=date(2024, 4, 30))
    assert charts.time_code(clicks.session()) == ""


def test_a_name_in_a_table_leads_to_the_page_with_one_filter_more(
    clicks: Clicks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "page_params", lambda: {"q": "一中"})
    clicks.filters = Filters(term=Term(2023, 2), province="42", school="x")
    session = clicks.session()
    for field, code, expected in (
        ("province", "53", {"province": "53", "term": "2023-2"}),
        ("county", "530622", {"county": "530622", "term": "2023-2"}),
        ("kind", "camp", {"province": "42", "term": "2023-2", "kind": "camp"}),
    ):
        link, nothing = navigation.filter_paths(session, "schools", field, [code, ""], ["甲", ""])
        assert nothing is None
        assert link is not None
        address, _, name = link.partition("#")
        page, _, query = address.partition("?")
        params = dict(part.split("=") for part in query.split("&"))
        assert (page, name, params.pop("q")) == ("schools", "甲", "%E4%B8%80%E4%B8%AD")
        known = SimpleNamespace(
            divisions=session.engine.divisions, has_school=lambda _: True,
            has_university=lambda _: True, school_place=lambda _: "",
        )  # fmt: skip
        if "school" in params:
            assert params.pop("school") == "x"
        assert params == expected
        assert not parse_filters(params, known)[1]
