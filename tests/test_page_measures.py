"""The pages of measures and of training, without a browser, and what their charts draw."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import (
    DEMO_SCHOOLS,
    LANGS,
    engine_of,
    figures_of,
    lake_of,
    names_in,
    view_of,
)
from tests.opening import charts_of, page_to_run
from tests.spread import THOROUGH
from xianzhong.brief.figures import shown
from xianzhong.brief.measures import NUMBERS
from xianzhong.charts.cells import GAP, Cell, cell_grid, shade
from xianzhong.charts.intensity import points, ranges
from xianzhong.charts.shares import shares
from xianzhong.charts.style import SEQUENTIAL
from xianzhong.model.kinds import MEASURES
from xianzhong.query import measures, training
from xianzhong.ui.measures.headline import PARTS
from xianzhong.ui.training import NUMBERS as TRAINING_NUMBERS

Open = Callable[..., AppTest]
FILTERS = (
    {"province": "53"}, {"prefecture": "5301"}, {"province": "11"}, {"province": "66"},
    {"term": "2024-1"}, {"kind": "guidance,camp"}, {"kind": "meeting"}, {"scheme": "team"},
    {"from": "2025-01-01", "to": "2025-03-31"}, {"province": "53", "term": "2001-1"},
)  # fmt: skip


@pytest.fixture(name="open_page")
def _open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(lake: str, page: str, lang: str = "zh", /, **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def cards(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def charts(app: AppTest) -> list[str]:
    """The descriptions of the charts on the page."""
    return [chart.alt for chart in charts_of(app)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["measures", "training"])
def test_an_empty_lake_is_explained(open_page: Open, page: str, lang: str) -> None:
    app = open_page("empty", page, lang)
    assert len(app.info) == 1
    assert not app.metric
    assert not app.dataframe


def _bare(label: str) -> str:
    """A label without its unit."""
    return re.split("[(（]", label)[0]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
@pytest.mark.parametrize(("page", "ids"), [("measures", NUMBERS), ("training", TRAINING_NUMBERS)])
def test_the_cards_are_the_figures_of_the_lake(
    open_page: Open, page: str, ids: tuple[str, ...], lake: str, lang: str
) -> None:
    found, expected = cards(open_page(lake, page, lang)), figures_of(lake, {})
    assert len(found) == len(ids)
    for name in ids:
        label = expected[name].indicator.label[lang]
        (card,) = [key for key in found if _bare(key) == _bare(label)] or [""]
        assert found.get(card) == shown(expected[name].value), name


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_both_languages(
    open_page: Open, part: str, lake: str, lang: str
) -> None:
    app = open_page(lake, "measures", lang, part=part)
    assert len(app.metric) == len(NUMBERS)
    assert app.session_state["choice_part"] == part
    empty = lake == "real" and part in ("intensity", "subjects")
    assert bool(charts(app)) != empty
    if empty:
        table = "schools" if part == "intensity" else "activities"
        (link,) = [x for x in app.get("page_link") if f"table={table}" in str(x.proto)]
        assert "upload" in str(link.proto)


@pytest.mark.parametrize("params", FILTERS, ids=str)
def test_no_filter_breaks_a_part(open_page: Open, params: dict[str, str]) -> None:
    # One part after the other, by half of the links each.
    for part in PARTS if THOROUGH else list(PARTS)[FILTERS.index(params) % 2 :: 2]:
        for rows in ("places", "schools"):
            app = open_page("demo", "measures", part=part, rows=rows, **params)
            assert len(app.warning) == 1, (part, [w.value for w in app.warning])
            if part != "received":
                break
    open_page("demo", "training", **params)


def test_the_rows_are_places_where_there_are_many_schools_and_schools_where_few(
    open_page: Open,
) -> None:
    assert open_page("demo", "measures").session_state["choice_rows"] == "places"
    assert open_page("real", "measures").session_state["choice_rows"] == "schools"
    assert "choice_rows" not in open_page("demo", "measures", county="530129").session_state


def test_a_page_of_schools_is_turned_in_the_link(open_page: Open) -> None:
    app = open_page("demo", "measures", rows="schools")
    assert f"1—40 所，共 {DEMO_SCHOOLS} 所" in words(app)
    app.get_by_key("page_next").click().run()
    assert app.query_params == {"rows": "schools", "page": "2"}
    assert "41—80 所" in words(app)
    app.get_by_key("page_before").click().run()
    assert app.query_params == {"rows": "schools"}
    last = open_page("demo", "measures", rows="schools", page="9999")
    assert f"所，共 {DEMO_SCHOOLS} 所" in words(last)
    assert last.get_by_key("page_next").disabled


def test_schools_are_searched_in_the_link(open_page: Open) -> None:
    name = next(iter(names_in("demo").schools.values()))
    app = open_page("demo", "measures", rows="schools", q=name)
    assert len(charts(app)) == 1
    none = open_page("demo", "measures", rows="schools", q="没有这样的学校")
    assert "没有这样的学校" in none.info[0].value
    assert not charts(none)


@pytest.mark.parametrize(
    "params",
    [{"part": "weather"}, {"rows": "columns"}, {"rows": "schools", "page": "two"},
     {"part": "time", "year": "1066"}],
    ids=str,
)  # fmt: skip
def test_what_a_link_has_wrong_is_named(open_page: Open, params: dict[str, str]) -> None:
    app = open_page("real" if "rows" not in params else "demo", "measures", **params)
    said = [w.value for w in app.warning if "=" in w.value]
    name, value = list(params.items())[-1]
    assert len(said) == 1
    assert name in said[0]
    assert value in said[0]


def test_kinds_that_are_no_measures_leave_their_cards_out_and_say_so(open_page: Open) -> None:
    app = open_page("demo", "measures", kind="meeting")
    assert "所选活动类型都不属于七类帮扶措施" in words(app)
    assert not [label for label in cards(app) if "七类" in label or "派驻人员" in label]
    chosen = open_page("demo", "measures", kind="guidance")
    assert "按所选的措施计" in words(chosen)


def test_a_school_year_is_chosen_in_the_link(open_page: Open) -> None:
    app = open_page("demo", "measures", part="time")
    years = app.get_by_key("calendar_year").options
    app.get_by_key("calendar_year").set_value(2024).run()
    assert app.query_params == {"part": "time", "year": "2024"}
    assert len(years) > 2
    # One term lies in one school year: nothing to choose.
    term = open_page("demo", "measures", part="time", term="2024-1")
    assert not [s for s in term.selectbox if s.key == "calendar_year"]


def test_the_schools_not_reached_are_listed_with_links(open_page: Open) -> None:
    app = open_page("real", "training")
    expected = training.not_reached(engine_of("real"), view_of("real", {}))
    (listed,) = app.dataframe
    assert len(listed.value) == len(expected) == 18
    for code, link in zip(expected["school_code"], listed.value.iloc[:, 0], strict=True):
        assert f"school={code}" in link
    assert "参加对象" in app.info[0].value


def test_training_without_a_kind_of_training_says_so(open_page: Open) -> None:
    app = open_page("demo", "training", kind="camp")
    assert len(app.info) == 1
    assert "不含校长教师培训" in app.info[0].value
    app.get_by_key("clear_empty").click().run()
    assert app.metric


def test_where_nothing_was_trained_every_school_is_still_listed(open_page: Open) -> None:
    params = {"province": "45", "kind": "training"}
    app = open_page("real", "training", **params)
    assert len(app.dataframe[0].value) == figures_of("real", params)["schools"].value
    assert cards(app)["培训（次）"] == "0"


# --- what the charts draw ---------------------------------------------------------------------


def test_cells_carry_their_code_and_cut_names_that_are_too_long() -> None:
    cells = [
        Cell(0, 0, "3", shade(3, 3), "A|staff", ("<b>", "x")),
        Cell(1, 0, "–", GAP, "B", ("y",)),
    ]
    figure = cell_grid(["甲" * 30, "乙<i>"], [(0.5, "派驻<br>团队")], cells, widest=130).full()
    (bars,) = figure.data
    assert list(bars.customdata) == ["A|staff", "B"]
    assert list(bars.hovertext) == ["&lt;b&gt;<br>x", "y"]
    assert list(bars.marker.color) == [SEQUENTIAL[2], GAP]
    first, second = figure.layout.yaxis.ticktext
    assert first == "甲" * 9 + "…"
    assert second == "乙&lt;i&gt;"


def test_shades_go_from_light_to_dark() -> None:
    assert shade(0, 10) == SEQUENTIAL[0]
    assert shade(5, 10) == SEQUENTIAL[1]
    assert shade(10, 10) == shade(99, 10) == SEQUENTIAL[2]
    assert shade(1, 0) == SEQUENTIAL[0]


def test_shares_of_a_bar_make_a_hundred() -> None:
    figure = shares(
        ["甲", "乙"], [[1, 1, 2, 0], [0, 0, 0, 0]], ["11", "12"], list("abcd"), unit="次"
    )
    whole = [sum(trace.x[row] for trace in figure.full().data) for row in (0, 1)]
    assert whole == [100, 0]
    assert [trace.name for trace in figure.data] == list("abcd")


def test_schools_are_points_or_ranges() -> None:
    dots = points(
        [500, 900], [1.5, 0.0], ["A", "B"], [["<x>"], ["y"]], across="students", up="per 100"
    ).full()
    assert list(dots.data[0].marker.symbol) == ["circle", "circle-open"]
    assert dots.data[0].hovertext[0] == "&lt;x&gt;"
    boxes = ranges(["< 1,000"], [(1.0, 2.0, 4.0)], ["h"], across="students", up="per 100").full()
    assert (boxes.data[0].base[0], boxes.data[0].y[0], boxes.data[1].y[0]) == (1, 3, 2)


def test_the_matrix_of_the_demo_holds_every_paired_school_once() -> None:
    frame = measures.received_by_school(engine_of("demo"), view_of("demo", {}))
    schools = frame.drop_duplicates("school_code")
    assert len(schools) == DEMO_SCHOOLS
    counted = frame.dropna(subset=["kind"]).groupby("school_code").size()
    expected = schools.set_index("school_code")["measures"]
    assert counted.reindex(expected.index, fill_value=0).tolist() == expected.tolist()
    assert expected.max() <= len(MEASURES)
    assert pd.Series(expected.tolist()).is_monotonic_increasing
