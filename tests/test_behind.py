"""Where every figure comes from: the records behind it add up to it, in every view.

An indicator that is added without its records, or whose records say something else than its
value, fails here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pytest

from tests.lakes import engine_of, names_in, view_of
from tests.small_lake import (
    A1,
    A3,
    C1,
    SECOND_UPLOAD,
    U1,
    U2,
    build,
    engine_over,
    names,
    put,
    view,
)
from tests.spread import THOROUGH
from xianzhong.brief.readable import FURTHER, readable_listing
from xianzhong.model.indicators import INDICATORS, Indicator
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.tables import TABLES
from xianzhong.query.behind import (
    RECORD_SETS,
    count_behind,
    explain,
    reckoned,
    records_behind,
    tables_read,
)
from xianzhong.query.engine import Engine
from xianzhong.query.figures import figures
from xianzhong.query.gate import View, sql_text
from xianzhong.query.report import explained_report, figures_report
from xianzhong.query.scope import NATION, Scope

EVERY = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
COMPUTED = pytest.mark.parametrize(
    "indicator", [i for i in INDICATORS if not i.published], ids=lambda indicator: indicator.id
)
SMALL: tuple[Mapping[str, str], ...] = (
    {}, {"province": "53"}, {"county": "530622"}, {"province": "66"}, {"province": "11"},
    {"term": "2023-1"}, {"term": "2023-2"}, {"date_from": "2023-07-01", "date_to": "2023-12-31"},
    {"scheme": "ministry"}, {"university": U2}, {"school": A1}, {"kind": "guidance,training"},
    {"province": "53", "scheme": "provincial", "term": "2023-2", "kind": "online"},
)  # fmt: skip
DEMO: tuple[Mapping[str, str], ...] = (
    {}, {"province": "53"}, {"term": "2024-1"}, {"scheme": "ministry,team", "kind": "guidance"},
)  # fmt: skip
SCOPES = (Scope(division="53"), Scope(university=U1), Scope(school=C1))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small lake."""
    return engine_over(build(tmp_path_factory.mktemp("behind")))


def fault(engine: Engine, seen: View, indicator: Indicator) -> str:
    """What differs between a figure and the records behind it, or nothing."""
    found = explain(engine, seen, indicator.id)
    value = found.figure.value
    if found.statement is None:
        return "" if value is None else f"{value} is on the page and was never asked for"
    records = records_behind(engine, seen, indicator.records)
    again = reckoned(indicator, records)
    if again != value:
        return f"{value} is on the page, its {len(records)} records say {again}"
    if count_behind(engine, seen, indicator.records) != len(records):
        return "the records are counted as another number than there are"
    return ""


def some(links: Sequence[Mapping[str, str]], indicator: Indicator) -> Sequence[Mapping[str, str]]:
    """Every other link, these or those from one indicator to the next; all in a thorough run."""
    return links if THOROUGH else links[INDICATORS.index(indicator) % 2 :: 2]


# The declarations


@EVERY
def test_every_indicator_says_how_it_is_computed_or_who_published_it(indicator: Indicator) -> None:
    assert bool(indicator.question) == bool(indicator.records)
    if indicator.published:
        assert "公布数" in indicator.formula.zh
        return
    assert indicator.records in RECORD_SETS
    assert sql_text(indicator.question)


@pytest.mark.parametrize("name", RECORD_SETS)
def test_every_set_of_records_has_a_declared_table_and_a_question(name: str) -> None:
    assert RECORD_SETS[name].table in TABLES
    assert sql_text(RECORD_SETS[name].question)


# The records add up


@COMPUTED
def test_the_records_add_up_to_the_figure_in_the_small_lake(
    engine: Engine, indicator: Indicator
) -> None:
    faults = {
        str(dict(params)): found
        for params in some(SMALL, indicator)
        if (found := fault(engine, view(engine, **params), indicator))
    }
    assert not faults


@COMPUTED
def test_the_records_add_up_to_the_figure_in_the_demo_lake(indicator: Indicator) -> None:
    faults = {
        str(dict(params)): found
        for params in some(DEMO, indicator)
        if (found := fault(engine_of("demo"), view_of("demo", params), indicator))
    }
    assert not faults


@COMPUTED
def test_the_records_add_up_to_the_figure_in_every_scope(
    engine: Engine, indicator: Indicator
) -> None:
    faults = {
        scope: found for scope in SCOPES if (found := fault(engine, view(engine, scope), indicator))
    }
    assert not faults


def test_the_schools_that_are_silent_are_named_with_their_last_day(engine: Engine) -> None:
    """In force on 2024-06-20 are the pairings of A1, A3 and C1. A1 had a training on 20 April and
    C1 a visit on 22 March, the first of the 90 days; the last of A3 was on 1 February."""
    silent = records_behind(engine, view(engine), "silent_schools_90")
    assert silent["school_code"].tolist() == [A3]
    assert pd.Timestamp(silent["last_day"].iloc[0]).date() == date(2024, 2, 1)
    assert records_behind(engine, view(engine), "silent_schools_180").empty


def test_the_pairings_are_those_of_each_state(engine: Engine) -> None:
    """P1, P2, P4 and P7 are in force, of these P4 ends in 100 days; P3 has ended."""

    def found(name: str) -> set[tuple[str, str]]:
        frame = records_behind(engine, view(engine), name)
        return set(zip(frame["school_code"], frame["university_code"], strict=True))

    assert found("pairings_in_force") == {(A1, U1), (A1, U2), (A3, U2), (C1, U1)}
    assert found("pairings_ending") == {(A3, U2)}
    assert found("pairings_ended") == {("530622-02", U1)}


def test_every_way_of_counting_gives_what_it_says() -> None:
    frame = pd.DataFrame(
        {"flag": [True, None, False, False], "part": [1.0, None, 3, 2], "whole": [4, 4, 8, 9]}
    )

    def found(counted: str, of: pd.DataFrame = frame) -> object:
        return reckoned(_counted(INDICATORS[0], counted), of)

    assert found("rows") == 4
    assert found("distinct whole") == 3
    assert found("count flag") == 1
    assert found("sum part") == 6
    assert found("sum part*whole") == 46
    assert found("median whole") == 6
    assert found("p90 whole") == 8.7
    assert found("mean part") == 2
    assert found("share flag") == 33.3
    assert found("share part whole") == 24
    nothing = frame.head(0)
    assert [found(f"{how} part", nothing) for how in ("sum", "median", "p90", "mean", "share")] == [
        None
    ] * 5
    assert found("share part whole", nothing) is None
    with pytest.raises(ValueError, match="guess"):
        found("guess flag")


def _counted(indicator: Indicator, counted: str) -> Indicator:
    values = {name: getattr(indicator, name) for name in Indicator.__slots__}
    return Indicator(**{**values, "counted": counted})


def test_fewer_records_than_there_are_can_be_asked_for(engine: Engine) -> None:
    for name in RECORD_SETS:
        assert len(records_behind(engine, view(engine), name, limit=1)) <= 1, name


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", RECORD_SETS)
def test_records_have_declared_headers_and_names(engine: Engine, name: str, lang: Lang) -> None:
    table = TABLES[RECORD_SETS[name].table]
    records = records_behind(engine, view(engine), name)
    listed = readable_listing(table, records, names(engine), lang)
    assert len(listed) == len(records)
    declared = {column.label[lang] for column in table.columns}
    declared |= {label[lang] for label in FURTHER.values()}
    codes = {"帮扶高校代码", "受援县中代码", "县级区划代码", "University code", "School code",
             "County code"}  # fmt: skip
    assert set(listed.columns) <= declared | codes
    shown = set(listed.astype(str).to_numpy().ravel())
    assert not shown & {"True", "False", "NaT", "ministry", "provincial"}


# What computes it


@COMPUTED
def test_the_statement_gives_the_figure_with_no_value_in_its_text(
    engine: Engine, indicator: Indicator
) -> None:
    found = explain(engine, view(engine, province="53", kind="guidance"), indicator.id)
    assert found.question == sql_text(indicator.question)
    assert found.statement is not None
    asked = set(re.findall(r"\$(\w+)", found.statement.text))
    assert asked == set(found.statement.values)
    assert "'53'" not in found.statement.text
    assert found.statement.values.get("place", "53") == "53"


def test_a_published_number_has_neither_statement_nor_records(engine: Engine) -> None:
    found = explain(engine, view(engine), "pairings_announced")
    assert (found.figure.value, found.statement, found.readings) == (115, None, ())


def test_the_tables_read_are_named_with_the_upload_that_last_touched_each(engine: Engine) -> None:
    """The activities came in the fifth and, from 20 June on, the sixth upload; facts are made of
    them, of the schools and of the universities."""
    found = {r.table: r for r in explain(engine, view(engine), "activities").readings}
    assert set(found) == {"universities", "schools", "activities"}
    activities, schools = found["activities"].last, found["schools"].last
    assert activities is not None
    assert schools is not None
    assert (activities.number, activities.at) == (6, SECOND_UPLOAD)
    assert schools.number == 2
    assert found["activities"].version == engine.lake.snapshot().version("activities")


def test_an_older_snapshot_names_the_upload_of_its_own_time(engine: Engine) -> None:
    past = View(engine.lake.snapshot(5), NATION, view(engine).filters)
    (activities,) = (
        r for r in explain(engine, past, "activities").readings if r.table == "activities"
    )
    assert activities.last is not None
    assert activities.last.number == 5


def test_a_table_that_nothing_was_loaded_into_has_no_upload(tmp_path) -> None:  # type: ignore[no-untyped-def]
    lake = build(tmp_path)
    engine = engine_over(lake)
    assert tables_read("SELECT * FROM s.support", "s") == ("schools", "support")
    put(lake, "support", [{"record_id": "x", "school_code": A1, "year": 2024, "category": "other"}])
    assert len(records_behind(engine, view(engine), "support")) == 1


# The command line says the same


@EVERY
def test_the_explained_figure_is_that_of_the_list_of_figures(indicator: Indicator) -> None:
    query = "province=53&term=2024-1"
    listed = figures_report(engine_of("demo"), query, "zh")
    report = explained_report(engine_of("demo"), indicator.id, query, "zh")
    (same,) = (figure for figure in listed["figures"] if figure["id"] == indicator.id)
    assert {name: report["figure"][name] for name in same} == same
    assert report["filters"] == listed["filters"]
    assert report["figure"]["definition"] == indicator.definition.zh
    if not indicator.published:
        assert report["records"]["value"] == same["value"]
        assert report["sql"]["question"] == sql_text(indicator.question)
    assert names_in("demo").divisions.label("53", "zh") in report["filters"]["sentence"]


def test_a_figure_that_was_made_before_still_tells_how() -> None:
    engine, view = engine_of("real"), view_of("real", {"province": "53"})
    (shown,) = figures(engine, view, ("pairings",))
    first, second = (explain(engine, view, "pairings") for _ in range(2))
    assert first.figure == second.figure == shown
    assert first.statement is not None
    assert first.statement == second.statement
