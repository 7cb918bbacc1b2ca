"""The page that says where a number comes from, and the links that lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LAKES, LANGS, engine_of, figures_of, lake_of, view_of
from tests.opening import charts_of, html_of, page_to_run
from tests.spread import spread
from xianzhong.brief.figures import shown
from xianzhong.model.indicators import INDICATOR_BY_ID, INDICATORS
from xianzhong.query.behind import explain, records_behind

Open = Callable[..., AppTest]
FILTERED = {"province": "53", "term": "2024-1"}


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A function that opens a page of a lake, in a language, with the parameters of a link."""

    def opened(lake: str, page: str = "figure", lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", LAKES)
def test_every_figure_has_its_page(open_page: Open, lake: str, lang: str) -> None:
    app = open_page(lake, lang=lang, id="pairings")
    grid = spread(INDICATORS, [(one, other) for one in LAKES for other in LANGS])
    for indicator in (figure for figure, where in grid if where == (lake, lang)):
        app.query_params["id"] = indicator.id
        app.run()
        assert not app.exception, indicator.id
        assert app.title[0].value.replace("\\", "") == indicator.label[lang]
        assert len(app.metric) == 1
        assert len(app.download_button) == (0 if indicator.published else 2), indicator.id


@pytest.mark.parametrize("name", ["silent_schools_90", "people_sent", "weak_counties_covered"])
def test_the_page_says_what_the_declaration_and_the_command_line_say(
    open_page: Open, name: str
) -> None:
    app = open_page("demo", id=name, **FILTERED)
    found = explain(engine_of("demo"), view_of("demo", FILTERED), name)
    (metric,) = app.metric
    assert metric.value == shown(figures_of("demo", FILTERED)[name].value)
    cells = {str(v) for table in app.table for v in table.value.reset_index().to_numpy().ravel()}
    said = "".join(cells).replace("\\", "")
    indicator = INDICATOR_BY_ID[name]
    for words in (indicator.definition, indicator.formula, indicator.source, indicator.unit):
        assert words.zh in said
    assert ("含本系统自定的规则" in said) == indicator.own_rule
    assert app.code[0].value == found.question.strip()
    for reading in found.readings:
        assert reading.last is not None
        assert f"history?upload={reading.last.upload_id}" in said


def test_the_whole_statement_and_the_records_are_there_when_they_are_opened(
    open_page: Open,
) -> None:
    app = open_page("demo", id="silent_schools_90", **FILTERED)
    assert len(app.code) == 1
    assert not app.dataframe
    app.session_state["twin_statement"] = True
    app.session_state["twin_records"] = True
    app.run()
    view = view_of("demo", FILTERED)
    found = explain(engine_of("demo"), view, "silent_schools_90")
    assert found.statement is not None
    assert app.code[1].value == found.statement.text.strip()
    bound = app.table[1].value
    assert set(bound.index) == {f"${name}" for name in found.statement.values}
    (listed,) = app.dataframe
    records = records_behind(engine_of("demo"), view, "silent_schools_90")
    assert len(listed.value) == len(records) == found.figure.value
    assert any(f"{len(records)} 条" in caption.value for caption in app.caption)


def test_a_link_without_a_figure_lists_them_all(open_page: Open) -> None:
    for lang in LANGS:
        app = open_page("real", lang=lang, province="53")
        assert len(app.info) == 1
        listed = "\n".join(markdown.value for markdown in app.markdown)
        for indicator in INDICATORS:
            assert f"[{indicator.label[lang]}](figure?id={indicator.id}&province=53" in listed


def test_a_figure_that_does_not_exist_is_named(open_page: Open) -> None:
    app = open_page("real", id="<b>nothing</b>")
    (warning,) = app.warning
    assert "nothing" in warning.value
    assert len(app.info) == 1


@pytest.mark.parametrize(("page", "params"), [("overview", {}), ("activities", {"province": "53"})])
def test_every_number_and_chart_of_a_page_leads_to_where_it_comes_from(
    open_page: Open, page: str, params: dict[str, str]
) -> None:
    app = open_page("demo", page, **params)
    kept = "".join(f"&{name}={value}" for name, value in params.items())
    links = [e.get("href") for e in html_of(app) if e.tag == "a"]
    for metric in app.metric:
        name = next(
            i.id for i in INDICATORS
            if metric.label in (f"{i.label.zh}（{i.unit.zh}）", i.label.zh)
        )  # fmt: skip
        address = f"figure?id={name}{kept}"
        # Those of the newest term lead to that term.
        assert any(link == address or link.startswith(f"{address}&term=") for link in links)
    charts = charts_of(app)
    assert len(charts) == len([e for e in app.expander if "看表格" in e.label]) > 3
    for chart in charts:
        assert chart.origin is not None
        address, words = chart.origin
        assert words == "数字来源"
        assert address.startswith("figure?id=")
        assert address.endswith(kept)


def test_the_numbers_of_the_newest_term_lead_to_those_of_that_term(open_page: Open) -> None:
    app = open_page("demo", "overview")
    (newest,) = (e for e in html_of(app) if "xz-newest" in e.classes)
    links = [link.get("href") for link in newest.iter("a")]
    assert all("term=" in link for link in links)
    assert len([link for link in links if link.startswith("figure?id=")]) == 4
