"""Charts over months, terms, kinds and names: the numbers, the codes of a click, the words."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.heat import heat
from xianzhong.charts.style import BLUE, CHART_CONFIG, PALE, width_of
from xianzhong.charts.trend import (
    every_month,
    month_bars,
    month_ticks,
    term_bars,
    timeline,
)
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KINDS
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.terms import Term

UNIT = INDICATOR_BY_ID["activities"].unit
FIRST, LAST = date(2000, 9, 1), date(2098, 12, 1)
MONTHS = st.dictionaries(
    st.dates(FIRST, LAST).map(lambda day: day.replace(day=1)),
    st.none() | st.integers(0, 1000),
    max_size=24,
)


def months(values: dict[date, int | None]) -> pd.DataFrame:
    ordered = sorted(values.items())
    return pd.DataFrame(
        {
            "month": pd.to_datetime([day for day, _ in ordered]),
            "activities": pd.array([value for _, value in ordered], dtype="Int64"),
        }
    )


YEAR = months({date(2023, 11, 1): 3, date(2024, 1, 1): 2, date(2024, 2, 1): 5})


def bars(figure: Any) -> Any:
    (trace,) = figure.data
    return trace


def words(value: Any) -> list[str]:
    """Every text of a figure that a reader may see; keys, fonts and colours are none."""
    if isinstance(value, dict):
        hidden = {"type", "family", "color", "colorscale", "orientation", "side", "mode", "symbol",
                  "textposition", "constraintext", "tickmode", "tickformat", "hoverformat",
                  "rangemode", "bgcolor", "paper_bgcolor", "plot_bgcolor", "gridcolor",
                  "separators", "autorange", "template", "dtype", "bdata", "barmode",
                  "insidetextanchor", "ticks", "tickcolor"}  # fmt: skip
        return [text for key, held in value.items() if key not in hidden for text in words(held)]
    if isinstance(value, list | tuple):
        return [text for held in value for text in words(held)]
    return [value] if isinstance(value, str) else []


def figures(lang: Lang) -> dict[str, Any]:
    kinds = [(kind.code, kind.label[lang]) for kind in KINDS]
    records = pd.DataFrame(
        {
            "start": [date(2024, 3, 5), date(2024, 5, 1)],
            "start_precision": ["day", "month"],
            "end": [None, None],
            "kind": ["camp", "lab"],
            "title": ["示例一", "示例二"],
            "dates": ["2024-03-05", "2024-05"],
        }
    )
    terms = [(Term(2023, 1), 5), (Term(2023, 2), 5)]
    names = [label for _, label in kinds]
    return {
        "months": month_bars(YEAR, column="activities", unit=UNIT[lang], lang=lang),
        "terms": term_bars(terms, unit=UNIT[lang], lang=lang),
        "kinds": horizontal_bars(
            names, range(len(names)), [code for code, _ in kinds], unit=UNIT[lang]
        ),
        "heat": heat(names, [t.label(lang) for t, _ in terms], [[1, 0]] * len(names)),
        "timeline": timeline(records, kinds),
    }


# Months and terms


@given(MONTHS)
def test_every_month_stands_once_and_in_order(values: dict[date, int | None]) -> None:
    full = every_month(months(values), "activities")
    if not values:
        assert full == []
        return
    days = [day for day, _ in full]
    first, last = min(values), max(values)
    assert days[0] == first
    assert days[-1] == last
    assert len(days) == (last.year - first.year) * 12 + last.month - first.month + 1
    assert all(day.day == 1 for day in days)
    for day, value in full:
        assert value == (values.get(day) or 0)


def test_a_month_without_records_is_a_bar_of_zero() -> None:
    trace = bars(month_bars(YEAR, column="activities", unit="次", lang="zh"))
    assert list(trace.y) == [3, 0, 2, 5]
    assert [str(day)[:7] for day in trace.x] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    codes = [held[0] for held in trace.customdata]
    assert codes == ["2023-11", "2023-12", "2024-01", "2024-02"]
    colours = list(trace.marker.color)
    assert colours[0] == colours[2] != colours[3]


@pytest.mark.parametrize("lang", LANGS)
def test_a_bar_of_a_term_gives_its_code_and_its_full_name(lang: Lang) -> None:
    terms = [(Term(2023, 1), 5), (Term(2023, 2), 1200)]
    trace = bars(term_bars(terms, unit=UNIT[lang], lang=lang))
    assert [list(held) for held in trace.customdata] == [
        [term.code, term.label(lang)] for term, _ in terms
    ]
    assert list(trace.text) == ["5", "1,200"]
    assert len(set(trace.x)) == 2
    colours = list(trace.marker.color)
    assert colours[-1] not in colours[:-1]


def test_a_chosen_term_stands_out_instead_of_the_newest() -> None:
    terms = [(Term(2023, 1), 5), (Term(2023, 2), 3)]
    trace = bars(term_bars(terms, unit="次", lang="zh", chosen=Term(2023, 1)))
    assert list(trace.marker.color) == [BLUE, PALE]
    elsewhere = bars(term_bars(terms, unit="次", lang="zh", chosen=Term(2001, 1)))
    assert list(elsewhere.marker.color) == list(
        bars(term_bars(terms, unit="", lang="zh")).marker.color
    )


def test_two_terms_of_a_century_never_share_a_bar() -> None:
    terms = [(Term(2000 + year, half), 1) for year in range(99) for half in (1, 2)]
    for lang in LANGS:
        assert len(set(bars(term_bars(terms, unit="", lang=lang)).x)) == len(terms)


@given(st.integers(1, 400), st.integers(1, 12))
def test_ticks_are_few_and_begin_with_the_first_month_or_year(count: int, most: int) -> None:
    shown = [date(2000 + n // 12, n % 12 + 1, 1) for n in range(count)]
    ticks = month_ticks(shown, most)
    years = [day for day in shown if day.month == 1]
    assert ticks["tickvals"][0] == (years[0] if len(years) >= 3 else shown[0])
    assert all(day.month == 1 for day in ticks["tickvals"]) or len(years) < 3
    assert len(ticks["tickvals"]) <= most
    assert len(ticks["tickvals"]) == len(ticks["ticktext"])
    assert ticks["range"][0] < shown[0]
    assert ticks["range"][1] > shown[-1]


# Bars, cells and dots


def test_bars_stand_from_the_top_in_the_order_given_and_give_their_code() -> None:
    figure = horizontal_bars(["甲", "乙"], [1200, 0], ["a", "b"], unit="次")
    trace = bars(figure)
    assert list(trace.x) == [1200, 0]
    assert list(trace.customdata) == ["a", "b"]
    assert list(trace.text) == ["1,200", "0"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert list(figure.layout.yaxis.ticktext) == ["甲", "乙"]
    # The number stands right of the longest bar, in the margin.
    assert figure.layout.margin.r > width_of(["1,200"])
    assert trace.hovertemplate.endswith("次<extra></extra>")


def test_chosen_bars_stand_out() -> None:
    trace = bars(horizontal_bars(["甲", "乙"], [1, 2], ["a", "b"], unit="次", chosen=["b"]))
    assert list(trace.marker.color) == [PALE, BLUE]
    alike = bars(horizontal_bars(["甲", "乙"], [1, 2], ["a", "b"], unit="次"))
    assert len(set(alike.marker.color)) == 1


def test_a_cell_without_any_stays_empty_and_every_other_gives_its_code() -> None:
    trace = bars(heat(["甲", "乙"], ["一", "二"], [[0, 1500], [2, 0]], [["a", "b"], ["c", "d"]]))
    assert list(zip(trace.y, trace.base, trace.text, strict=True)) == [
        (0, 1 - 0.47, "1,500"), (1, 0 - 0.47, "2"),
    ]  # fmt: skip
    assert [list(held) for held in trace.customdata] == [["b", "甲", "二"], ["c", "乙", "一"]]
    assert set(trace.marker.line.width) == {0}


def test_the_chosen_cell_has_a_frame() -> None:
    trace = bars(heat(["甲"], ["一", "二"], [[1, 2]], [["a", "b"]], chosen="b"))
    assert list(trace.marker.line.width) == [0, 3]


def test_a_dot_stands_on_the_row_of_its_kind_with_its_dates_and_title() -> None:
    figure = figures("zh")["timeline"]
    trace = bars(figure)
    labels = list(figure.layout.yaxis.ticktext)
    assert [labels[row] for row in trace.y] == ["夏（冬）令营", "实验室开放与科技活动"]
    assert [list(held) for held in trace.customdata] == [
        ["camp|2024-03", "2024-03-05", "示例一"], ["lab|2024-05", "2024-05", "示例二"],
    ]  # fmt: skip
    assert str(trace.x[0]).startswith("2024-03-05")
    assert str(trace.x[1]).startswith("2024-05")


def test_charts_of_nothing_are_charts() -> None:
    nothing = months({})
    assert list(bars(month_bars(nothing, column="activities", unit="", lang="zh")).x or ()) == []
    assert list(bars(term_bars([], unit="", lang="zh")).x or ()) == []
    assert list(bars(horizontal_bars([], [], [], unit="")).x or ()) == []


# Words


@pytest.mark.parametrize("name", list(figures("zh")))
def test_a_chinese_figure_holds_no_english_word(name: str) -> None:
    shown = [re.sub(r"%\{[^}]*\}|<[^>]*>", "", text) for text in words(
        json.loads(figures("zh")[name].to_json())
    )]  # fmt: skip
    codes = {kind.code for kind in KINDS}
    english = [
        text for text in shown
        if re.search("[A-Za-z]{2}", text) and text.partition("|")[0] not in codes
    ]  # fmt: skip
    assert english == []
    assert any(re.search("[\u4e00-\u9fff]", text) for text in shown)


@pytest.mark.parametrize("name", list(figures("en")))
def test_an_english_figure_holds_no_chinese_word_but_what_was_typed(name: str) -> None:
    shown = words(json.loads(figures("en")[name].to_json()))
    assert [t for t in shown if re.search("[\u4e00-\u9fff]", t) and "示例" not in t] == []


@pytest.mark.parametrize("lang", LANGS)
def test_hover_texts_end_with_the_unit_of_the_language(lang: Lang) -> None:
    for name in ("months", "terms", "kinds"):
        assert bars(figures(lang)[name]).hovertemplate.endswith(f" {UNIT[lang]}<extra></extra>")


@pytest.mark.parametrize("lang", LANGS)
def test_no_figure_names_an_address(lang: Lang) -> None:
    for figure in figures(lang).values():
        assert "http" not in figure.to_json()


def test_charts_neither_zoom_nor_catch_the_page() -> None:
    assert CHART_CONFIG["scrollZoom"] is False
    assert CHART_CONFIG["displayModeBar"] is False
    for figure in figures("zh").values():
        assert figure.layout.dragmode is False
        assert figure.layout.xaxis.fixedrange is True
        assert figure.layout.yaxis.fixedrange is True


def test_a_name_is_shown_as_text_and_not_as_markup() -> None:
    figure = horizontal_bars(["<b>甲</b>"], [1], ["a"], unit="次")
    assert figure.data[0].hovertext[0] == "&lt;b&gt;甲&lt;/b&gt;"
    assert figure.layout.yaxis.ticktext[0] == "&lt;b&gt;甲&lt;/b&gt;"
