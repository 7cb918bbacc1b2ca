"""The parts of every page: made for every lake, language and filter, and the same as the pages."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd
import pytest

from tests.lakes import DEMO_SCHOOLS, LAKES, LANGS, engine_of, lake_of, view_of
from tests.opening import page_to_run
from tests.spread import THOROUGH, spread
from xianzhong.brief.brief import report, section_of
from xianzhong.brief.chapters import CHAPTER_BY_PAGE, CHAPTERS, REPORT
from xianzhong.brief.part import Part
from xianzhong.brief.printed import MOST_ROWS, without_gaps
from xianzhong.brief.raw import raw_tables
from xianzhong.brief.source import Source, source_of
from xianzhong.charts.places import PLACES
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.query.figures import figures

PAGES = [chapter.page for chapter in CHAPTERS]
LINKS: dict[str, dict[str, str]] = {
    "none": {},
    "province": {"province": "53"},
    "term": {"term": "2023-1"},
    "kind": {"kind": "guidance,training"},
    "far": {"province": "71", "term": "2001-1", "kind": "camp"},
}


def _params(lake: str, page: str, link: str) -> dict[str, str]:
    """The link of a page; that of one school or university is about one, and no place besides."""
    if page not in ("school", "university") or lake == "empty":
        return LINKS[link]
    names = source_of(engine_of(lake), view_of(lake, {}), "zh").names
    known = names.schools if page == "school" else names.universities
    kept = {name: value for name, value in LINKS[link].items() if name != "province"}
    return {**kept, page: sorted(known)[0]}


@cache
def parts(lake: str, lang: str, page: str, link: str) -> tuple[Source, tuple[Part, ...]]:
    """A chapter of a lake, built once."""
    view = view_of(lake, _params(lake, page, link))
    source = source_of(engine_of(lake), view, "en" if lang == "en" else "zh")
    return source, tuple(spec.build(source) for spec in CHAPTER_BY_PAGE[page].parts)


def links(page: str, lake: str) -> list[tuple[str, str]]:
    """Every link with a language, which changes from link to link, page to page, lake to lake."""
    number = PAGES.index(page)
    turned = (number + LAKES.index(lake)) % 2
    grid = spread(tuple(LINKS), LANGS[::-1] if turned else LANGS)
    if THOROUGH or lake == "demo":
        return grid
    # Where little or nothing is on record, few links do: others from page to page.
    first = 1 + number % (len(grid) - 1)
    return [grid[0], *[*grid[1:], *grid[1:]][first : first + (2 if lake == "real" else 1)]]


def everywhere(page: str, lake: str) -> list[tuple[Source, Part]]:
    """Every part of a page under every link."""
    found = []
    for link, lang in links(page, lake):
        source, made = parts(lake, lang, page, link)
        found += [(source, part) for part in made]
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lake", LAKES)
def test_a_part_has_a_table_to_read_whatever_is_on_record(lake, page):
    for source, part in everywhere(page, lake):
        where = (part.id, source.lang, source.filters)
        assert part.title, where
        assert part.origin in ("", *INDICATOR_BY_ID), where
        assert "**" not in " ".join([part.title, *part.notes]), where
        names = list(part.table.columns)
        assert all(isinstance(name, str) and name for name in names), where
        assert len(set(names)) == len(names), where
        drawn = part.native.columns if part.native else ()
        for name in set(names) - set(drawn):
            assert not part.table[name].isna().any(), (*where, name)
        assert part.rows == 0 or part.rows > len(part.table), where
        series = part.native and part.native.kind not in ("bar", "stacked_bar")
        assert series or len(part.table) <= MOST_ROWS, where


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lake", LAKES)
def test_what_an_office_program_draws_is_a_number_of_the_table(lake, page):
    for source, part in everywhere(page, lake):
        if part.native is None or part.empty:
            continue
        where = (part.id, source.lang, source.filters)
        assert part.native.category in ("", *part.table.columns), where
        assert part.native.columns, where
        for name in part.native.columns:
            assert pd.api.types.is_numeric_dtype(part.table[name]), (*where, name)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lake", LAKES)
def test_the_figures_of_a_part_are_those_of_the_view(lake, page):
    for source, part in everywhere(page, lake):
        if part.id != "figures":
            continue
        ids = [figure.indicator.id for figure in part.figures]
        assert ids
        expected = {f.indicator.id: f for f in figures(source.engine, source.view, ids)}
        for figure in part.figures:
            assert figure.value == expected[figure.indicator.id].value, figure.indicator.id
            assert figure.previous == expected[figure.indicator.id].previous


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_within_a_chapter_and_those_of_its_parts(page):
    chapter = CHAPTER_BY_PAGE[page]
    ids = [spec.id for spec in chapter.parts]
    assert len(set(ids)) == len(ids)
    for lake in LAKES:
        assert [part.id for part in parts(lake, "zh", page, "none")[1]] == ids
    for spec in chapter.parts:
        assert spec.label.zh
        assert spec.label.en


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lake", LAKES)
def test_a_map_has_the_values_that_the_page_colours(lake, page):
    for source, part in everywhere(page, lake):
        if part.places is None:
            continue
        values = dict(zip(part.places.values["code"], part.places.values["value"], strict=True))
        province = source.filters.province
        assert part.places.province == province
        if not province:
            assert set(values) == set(PLACES)
            assert len(values) == 35
        assert part.figure is not None
        traces = part.figure.to_plotly_json()["data"]
        drawn = next(t for t in traces if t["type"] == "choropleth" and t.get("geo") == "geo"
                     and t["hoverinfo"] != "skip")  # fmt: skip
        codes = [str(code).removesuffix("0000") for code in drawn["locations"]]
        assert set(codes) == set(values) - (set() if province else {"66"})
        for code, text in zip(codes, drawn["hovertext"], strict=True):
            value = values[code]
            if not math.isnan(value) and not part.places.measure.palette.words:
                assert f"{value:,.10g}" in text.replace("\u2009", ""), (part.id, code, text)


@pytest.mark.parametrize("lake", LAKES)
def test_the_months_add_up_to_the_activities(lake):
    for source, part in everywhere("activities", lake):
        if part.id == "months":
            (total,) = figures(source.engine, source.view, ("activities",))
            assert part.table.iloc[:, 1].sum() == total.value


@pytest.mark.parametrize("lake", LAKES)
def test_a_report_goes_through_its_pages(lake):
    source = source_of(engine_of(lake), view_of(lake, {}), "zh")
    brief = report(source, REPORT)
    assert [section.page for section in brief.sections] == list(REPORT)
    some = section_of(source, "overview", only=("months", "map_pairings", "unknown"))
    assert {part.id for part in some.parts} == {"months", "map_pairings"}


def _as_read(table: pd.DataFrame) -> list[list[str]]:
    """Headers and cells as text; numbers alike whatever holds them, missing values empty."""
    cells = [
        ["" if pd.isna(value) else f"{float(value):g}" if isinstance(value, int | float) else
         str(value) for value in row]
        for row in table.astype(object).to_numpy().tolist()
    ]  # fmt: skip
    return [list(table.columns), *cells]


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_behind_a_chart_is_that_of_its_part(monkeypatch, lang):
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of("demo")))
    app = page_to_run("overview", lang, province="53")
    names = ("map", "places", "months", "terms", "kinds")
    for name in names:
        app.session_state[f"twin_{name}"] = True
    app.run()
    shown = [_as_read(frame.value) for frame in app.dataframe]
    _, made = parts("demo", lang, "overview", "province")
    wanted = {"map_pairings", "places_pairings", "months", "terms", "kinds"}
    tables = [part.table for part in made if part.id in wanted]
    assert len(tables) == len(shown) == len(names)
    for table in tables:
        assert _as_read(table) in shown


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lake", LAKES)
def test_the_records_behind_a_page_can_be_written_whatever_there_is(lake, page):
    for link, lang in links(page, lake):
        source, _ = parts(lake, lang, page, link)
        found = raw_tables(source, page)
        assert found
        assert len({table.name for table in found}) == len(found)
        for table in found:
            pieces = list(table.pieces)
            assert table.title
            assert pieces, (table.name, link)
            columns = list(pieces[0].columns)
            assert all(isinstance(name, str) for name in columns)
            assert len(set(columns)) == len(columns)
            assert all(list(piece.columns) == columns for piece in pieces)


def test_the_records_of_activities_are_all_of_them():
    for lake in LAKES:
        source, _ = parts(lake, "zh", "activities", "none")
        (table,) = raw_tables(source, "activities")
        (total,) = figures(source.engine, source.view, ("activities",))
        assert sum(len(piece) for piece in table.pieces) == total.value


def test_a_report_of_a_province_has_no_map_twice():
    for link, count in (("none", 2), ("province", 1)):
        source, _ = parts("demo", "zh", "coverage", link)
        shown = section_of(source, "coverage").parts
        assert sum(part.places is not None for part in shown) == count
    some = section_of(source, "coverage", only=("map_share",)).parts
    assert [part.id for part in some] == ["map_share"]


def test_the_share_of_counties_covered_comes_from_coverage_and_not_from_support():
    _, made = parts("real", "zh", "coverage", "none")
    (part,) = [part for part in made if part.id == "map_share"]
    assert part.origin == "weak_counties_share"


def test_whole_numbers_stay_whole_where_some_are_missing():
    table = pd.DataFrame({"a": [371.0, None], "b": [1.5, None], "c": [2.0, 3.0]})
    assert without_gaps(table).to_numpy().tolist() == [[371, 1.5, 2.0], ["", "", 3.0]]
    assert isinstance(without_gaps(table)["a"].iloc[0], int)
    assert without_gaps(table, ("a",))["a"].isna().any()


def test_a_list_of_many_says_how_many_there_are():
    source, made = parts("demo", "zh", "schools", "none")
    (part,) = made
    assert len(part.table) == MOST_ROWS
    assert part.rows == DEMO_SCHOOLS
    assert part.rows == figures(source.engine, source.view, ("schools",))[0].value
