"""The parts of every page: made for every lake, language and filter, and the same as the pages."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LAKES, LANGS, ROOT, engine_of, lake_of, view_of
from xianzhong.brief.brief import report, section_of
from xianzhong.brief.chapters import CHAPTER_BY_PAGE, CHAPTERS, REPORT
from xianzhong.brief.part import Part
from xianzhong.brief.printed import MOST_ROWS
from xianzhong.brief.source import Source, source_of
from xianzhong.charts.places import PLACES
from xianzhong.query.figures import figures

PAGES = [chapter.page for chapter in CHAPTERS]
LINKS: dict[str, dict[str, str]] = {
    "none": {},
    "province": {"province": "53"},
    "term": {"term": "2023-1"},
    "kind": {"kind": "guidance,training"},
    "far": {"province": "71", "term": "2001-1", "kind": "camp"},
}


def _one(lake: str, page: str) -> dict[str, str]:
    """What a page of one school or university needs to be about one."""
    if page not in ("school", "university") or lake == "empty":
        return {}
    names = source_of(engine_of(lake), view_of(lake, {}), "zh").names
    known = names.schools if page == "school" else names.universities
    return {page: sorted(known)[0]}


@cache
def parts(lake: str, lang: str, page: str, link: str) -> tuple[Source, tuple[Part, ...]]:
    """A chapter of a lake, built once."""
    view = view_of(lake, {**LINKS[link], **_one(lake, page)})
    source = source_of(engine_of(lake), view, "en" if lang == "en" else "zh")
    return source, tuple(spec.build(source) for spec in CHAPTER_BY_PAGE[page].parts)


def everywhere(page: str, lake: str) -> list[tuple[Source, Part]]:
    """Every part of a page in both languages under every link."""
    found = []
    for lang in LANGS:
        for link in LINKS:
            source, made = parts(lake, lang, page, link)
            found += [(source, part) for part in made]
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lake", LAKES)
def test_a_part_has_a_table_to_read_whatever_is_on_record(lake, page):
    for source, part in everywhere(page, lake):
        where = (part.id, source.lang, source.filters)
        assert part.title, where
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
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params.update({"province": "53"} | ({"lang": "en"} if lang == "en" else {}))
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
