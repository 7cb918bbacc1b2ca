"""Whatever the filters, no figure raises, parts add up to the whole, and narrower is never more.

Asked of the small lake, with county support, difficulties and practices put into it, and of the
generated one, which fills every table. A place's part is compared twice: the row of the place in
the frame of the wider view, and the view of the place itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.any_filters import filters_of
from tests.lakes import engine_of
from tests.small_lake import SECOND_UPLOAD, build, engine_over, put
from tests.some_difficulties import put_difficulties, put_practices
from tests.test_county_support import ROWS, support_row
from xianzhong.lake.ledger import Snapshot
from xianzhong.model.indicators import INDICATORS
from xianzhong.model.kinds import KINDS
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.terms import Term
from xianzhong.query import (
    alerts,
    by_term,
    county_support,
    difficulties,
    measures,
    practices,
    tables,
    training,
    universities,
)
from xianzhong.query.engine import Engine
from xianzhong.query.figures import (
    ALL,
    Number,
    _values,
    activity_totals,
    coverage,
    difficulty_totals,
    figures,
    pairing_totals,
    support_totals,
)
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION

MOST = 1_000_000
DONE = ("activities", "people_sent", "participants", "days_on_site", "lessons")
# Of activities, and of nothing else.
OF_ACTIVITIES = (
    *DONE, "staff_sent", "person_days", "training_sessions", "principals_trained",
    "teachers_trained", "both_trained", "unsplit_trained",
)  # fmt: skip
OF_PAIRINGS = ("pairings", "schools", "counties", "agreements_in_force", "agreements_ending_180",
               "agreements_ended")  # fmt: skip
OF_SUPPORT = ("support_promised", "support_delivered", "support_records", "brand_fee_records",
              "management_fee")  # fmt: skip
OF_DIFFICULTIES = ("difficulties_open", "difficulties_overdue", "difficulties_resolved")
OF_PRACTICES = ("practices_recorded", "practices_province", "practices_nation")
COUNTED_BY_PLACE = frozenset(
    {
        *OF_ACTIVITIES, *OF_PAIRINGS, *OF_SUPPORT, *OF_DIFFICULTIES, *OF_PRACTICES,
        "active_schools", "schools_all_measures", "schools_no_measure", "schools_trained",
        "silent_schools_90", "silent_schools_180", "open_alerts", "weak_counties",
        "weak_counties_covered", "weak_counties_uncovered", "agreements_undated",
    }
)  # fmt: skip
# A supporter may be active in several places; the rest are means, medians and shares.
NOT_BY_PLACE = frozenset(
    {
        "universities", "universities_affiliated", "pairings_announced", "kinds_received",
        "reporting_lag", "reporting_lag_p90", "difficulties_days", "schools_trained_share",
        "weak_counties_share", "universities_leading_group", "universities_incentives",
        "support_share", *(i.id for i in INDICATORS if i.group == "readiness" and i.unit.en == "%"),
    }
)  # fmt: skip
# No part of a whole: a county may deliver more than it promised.
SHARES = tuple(
    i.id for i in INDICATORS if i.unit.en in ("%", "per cent") and i.id != "support_share"
)
# What each restriction can only make less. Silence is judged by the activities that are left, and
# a period moves the day at which agreements, alerts and difficulties are judged.
_RECORDS = frozenset({*OF_ACTIVITIES, "active_schools", "schools_trained"})
SHRINKS: dict[str, frozenset[str]] = {
    "place": COUNTED_BY_PLACE | {"universities"},
    "school": (COUNTED_BY_PLACE | {"universities"}) - {"weak_counties_uncovered"},
    "university": _RECORDS.union(
        OF_PAIRINGS, OF_SUPPORT, OF_DIFFICULTIES, OF_PRACTICES,
        {"universities", "weak_counties_covered"},
    ),
    "scheme": _RECORDS.union(
        OF_PAIRINGS, OF_SUPPORT, OF_DIFFICULTIES, OF_PRACTICES,
        {"universities", "weak_counties_covered"},
    ),
    "kind": _RECORDS,
    "period": _RECORDS.union(
        OF_PRACTICES, {"pairings", "schools", "counties", "universities", "weak_counties_covered",
                       "support_records", "support_promised", "support_delivered"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=["small", "demo"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    if request.param == "demo":
        return engine_of("demo")
    lake = build(tmp_path_factory.mktemp("sums"))
    put_difficulties(lake)
    put_practices(lake)
    put(lake, "support", [support_row(row) for row in ROWS])
    # The snapshot's day is that of its last upload.
    put(lake, "put_aside", [], SECOND_UPLOAD)
    return engine_over(lake)


@cache
def newest(engine: Engine) -> Snapshot:
    return engine.lake.snapshot()


def seen(engine: Engine, filters: Filters) -> View:
    return View(newest(engine), NATION, filters)


def values(engine: Engine, filters: Filters, ids: Iterable[str] = ALL) -> dict[str, Number]:
    """The figures themselves: those of the period before are not asked for."""
    found = _values(engine, seen(engine, filters), tuple(ids))
    return {name: found[name] for name in ids}


def total(numbers: Iterable[Number]) -> float:
    return float(sum(number or 0 for number in numbers))


def same(found: float, wanted: float, parts: int = 1) -> bool:
    """Whether they are equal but for amounts of money that are rounded part by part."""
    return abs(found - wanted) <= 0.005 * (parts + 1) + 1e-9 * abs(wanted)


def summed(frame: pd.DataFrame, part: str, column: str) -> float:
    rows = frame[frame["part"] == part] if part else frame
    return float(rows[column].fillna(0).sum())


def numbers(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns if name not in ("part", "code")]


def test_every_figure_is_a_count_by_place_or_said_not_to_be() -> None:
    assert {*COUNTED_BY_PLACE, *NOT_BY_PLACE} == {i.id for i in INDICATORS}
    assert not COUNTED_BY_PLACE & NOT_BY_PLACE
    assert len(SHARES) == 10


# Everything that a page asks: none may raise, whatever the filters.
QUESTIONS: tuple[Callable[[Engine, View], object], ...] = (
    lambda e, v: alerts.alerts(e, v, limit=50),
    by_term.newest_term,
    by_term.activities_by_term,
    lambda e, v: by_term.sums_by_term(e, v, "participants"),
    county_support.support_by_category,
    county_support.support_records,
    county_support.weak_county_list,
    lambda e, v: difficulties.board(e, v, limit=5),
    difficulties.records,
    lambda e, v: difficulties.owner_figures(e, v, difficulties.NOBODY),
    measures.received,
    lambda e, v: measures.received_by_school(e, v, limit=40),
    measures.intensity_points,
    lambda e, v: measures.starts_by_day(e, v, date(2023, 9, 1), date(2024, 8, 31)),
    measures.subjects,
    lambda e, v: measures.lag_buckets(measures.lags(e, v)),
    lambda e, v: practices.found(e, v, practices.Search.of("集体"), limit=10),
    tables.kinds_by_month,
    tables.pairings,
    lambda e, v: tables.records(e, v, limit=20),
    tables.school_points,
    tables.schools,
    tables.span,
    training.by_term,
    training.not_reached,
    universities.extensions,
    universities.pairing_schools,
    universities.university_list,
    universities.university_record,
)


@settings(max_examples=4, derandomize=True)
@given(data=st.data())
def test_no_combination_makes_a_question_fail(data: st.DataObject, engine: Engine) -> None:
    filters = data.draw(filters_of(engine))
    view = seen(engine, filters)
    for figure in figures(engine, view):
        for value in (figure.value, figure.previous):
            assert value is None or value >= 0, figure.indicator.id
            if figure.indicator.id in SHARES:
                assert value is None or value <= 100, figure.indicator.id
    for question in QUESTIONS:
        question(engine, view)


def frames(engine: Engine, view: View) -> Mapping[str, pd.DataFrame]:
    """The frames with parts by place and a row of all."""
    return {
        "activities": activity_totals(engine, view),
        "pairings": pairing_totals(engine, view)[["part", "code", "pairings"]],
        "coverage": coverage(engine, view),
        "difficulties": difficulty_totals(engine, view).drop(columns="difficulties_days"),
        "support": support_totals(engine, view),
    }


@settings(max_examples=5, derandomize=True)
@given(data=st.data())
def test_the_parts_of_a_view_add_up_to_it(data: st.DataObject, engine: Engine) -> None:
    filters = data.draw(filters_of(engine))
    view, figure = seen(engine, filters), values(engine, filters)
    for name, frame in frames(engine, view).items():
        for column in numbers(frame):
            whole = summed(frame, "all", column)
            parts = len(frame)
            assert same(summed(frame, "place", column), whole, parts), (name, column)
            if name == "difficulties":
                assert summed(frame, "owner", column) == whole, column
            if name == "activities" and column not in ("active_schools", "measures_received"):
                assert summed(frame, "kind", column) == whole, column
            if column in COUNTED_BY_PLACE:
                assert same(whole, figure[column] or 0), (name, column)
    trained = training.totals(engine, view)
    assert summed(trained, "session", "sessions") == figure["training_sessions"]
    assert summed(trained, "school", "reached") == figure["schools_trained"]
    assert summed(trained, "school", "schools") == figure["schools"]
    for audience, name in (("principals", "principals_trained"), ("unsplit", "unsplit_trained")):
        assert (training.trained(trained, audience=audience).persons or 0) == (figure[name] or 0)
    had = measures.received(engine, view)
    for part in ("place", "number", "size"):
        assert summed(had, part, "schools") == figure["schools"], part
    of_number = had[had["part"] == "number"]
    counted = float((of_number["code"].astype(int) * of_number["schools"]).sum())
    assert summed(had, "place", "measures") == summed(had, "had", "schools") == counted
    by_rule = alerts.by_rule(engine, view)
    for aside in (False, True):
        placed = alerts.by_place(engine, view, aside=aside).groupby("rule")["alerts"].sum()
        for rule, count in by_rule.items():
            assert int(placed.get(rule, 0)) == (count.aside if aside else count.open), rule
    assert sum(count.open for count in by_rule.values()) == figure["open_alerts"]
    here = alerts.of_the_place(view)
    assert alerts.open_in_place(engine, view) == alerts.open_alerts(engine, here)


@settings(max_examples=4, derandomize=True)
@given(data=st.data())
def test_a_list_has_the_rows_that_its_figure_counts(data: st.DataObject, engine: Engine) -> None:
    filters = data.draw(filters_of(engine))
    view, figure = seen(engine, filters), values(engine, filters)
    rows = {
        "activities": len(tables.records(engine, view, limit=MOST)),
        # A list of pairings has those of other periods too.
        "pairings": figure["pairings"] if filters.period else len(tables.pairings(engine, view)),
        "schools": len(tables.schools(engine, view)),
        "support_records": len(county_support.support_records(engine, view)),
        "weak_counties": len(county_support.weak_county_list(engine, view)),
        "open_alerts": len(alerts.alerts(engine, view)),
        "practices_recorded": len(practices.records(engine, view, practices.Search())),
    }
    assert rows == {name: figure[name] or 0 for name in rows}
    listed = difficulties.records(engine, view)
    assert len(listed) == (difficulties.totals(engine, view) or {"difficulties": 0})["difficulties"]
    facets = practices.facets(engine, view, practices.Search())
    for part in ("all", "theme", "spread"):
        assert summed(facets, part, "practices") == figure["practices_recorded"], part
    by_university = tables.universities(engine, view, limit=MOST)
    assert int(by_university["activities"].sum()) == figure["activities"]
    not_reached = len(training.not_reached(engine, view))
    assert not_reached + int(figure["schools_trained"] or 0) == figure["schools"]


def parts_of(engine: Engine, filters: Filters) -> list[Filters]:
    """The views of the places below that have records: provinces of the nation, else counties."""
    divisions, known = engine.divisions, counties(engine)
    if not filters.province:
        there = {known[code] for code in known} | {"65"}
        return [replace(filters, province=code) for code in sorted(there)]
    below = divisions.counties(filters.province, filters.prefecture)
    # Of the counties where nothing is on record one stands for all.
    idle = next((county for county in below if county.code not in known), None)
    return [
        replace(filters, prefecture=county.prefecture, county=county.code)
        for county in below
        if county.code in known or county is idle
    ]


@cache
def counties(engine: Engine) -> dict[str, str]:
    """The counties that a record of a lake is about, each with its province."""
    lake, divisions = engine.lake, engine.divisions
    found: dict[str, str] = {}
    for table in ("schools", "weak_counties"):
        rows = lake.rows(table, lake.snapshot(), columns=["county_code"])
        for code in rows["county_code"].to_pylist():
            if division := divisions.get(code or ""):
                found[code] = division.province
    return found


def without_a_place(engine: Engine, view: View) -> dict[str, float]:
    """What belongs to no place below: of schools that are gone, of counties without a code."""
    found: dict[str, float] = {}
    for frame in frames(engine, view).values():
        nowhere = frame[(frame["part"] == "place") & (frame["code"] == "")]
        found |= {column: summed(nowhere, "", column) for column in numbers(frame)}
    found["support_promised"] = found.pop("promised", 0)
    found["support_delivered"] = found.pop("delivered", 0)
    found["support_records"] = found.pop("records", 0)
    found["weak_counties_uncovered"] = found["weak_counties"] - found["weak_counties_covered"]
    at = alerts.by_place(engine, view)
    return found | {"open_alerts": float(at[at["code"] == ""]["alerts"].sum())}


def check_places(engine: Engine, filters: Filters) -> None:
    ids = sorted(COUNTED_BY_PLACE)
    whole = values(engine, filters, ids)
    alone = [values(engine, part, ids) for part in parts_of(engine, filters)]
    nowhere = without_a_place(engine, seen(engine, filters))
    for name in ids:
        found = total(part[name] for part in alone) + nowhere.get(name, 0)
        assert same(found, whole[name] or 0, len(alone)), (name, found, whole[name])


@pytest.mark.parametrize(
    ("engine", "filters"),
    [
        ("small", Filters()),
        ("small", Filters(term=Term(2023, 2), kind=("training", "guidance"))),
        ("small", Filters(scheme=("ministry",), date_from=date(2023, 7, 1))),
        ("demo", Filters(scheme=("ministry", "provincial"), date_from=date(2023, 7, 1))),
    ],
    ids=["all", "a term and kinds", "a scheme and dates", "a generated lake"],
    indirect=["engine"],
)
def test_the_provinces_add_up_to_the_nation(filters: Filters, engine: Engine) -> None:
    check_places(engine, filters)


@pytest.mark.parametrize(
    ("engine", "filters"),
    [
        ("small", Filters(province="53")),
        ("small", Filters(province="66")),
        ("small", Filters(province="53", prefecture="5306", term=Term(2023, 1))),
        ("small", Filters(province="42", scheme=("team", "city_school"))),
        ("demo", Filters(province="35")),
    ],
    ids=["all", "no prefectures", "a prefecture in a term", "schemes", "a generated lake"],
    indirect=["engine"],
)
def test_the_counties_add_up_to_their_province(filters: Filters, engine: Engine) -> None:
    check_places(engine, filters)


@settings(max_examples=6, derandomize=True)
@given(data=st.data())
def test_a_place_says_of_itself_what_the_wider_view_says_of_it(
    data: st.DataObject, engine: Engine
) -> None:
    filters = replace(data.draw(filters_of(engine)), prefecture="", county="", school="")
    wide = frames(engine, seen(engine, filters))
    codes = sorted({code for frame in wide.values() for code in frame["code"]} & {
        part.county or part.province for part in parts_of(engine, filters)
    })  # fmt: skip
    if not codes:
        return
    code = data.draw(st.sampled_from(codes))
    inside = replace(filters, county=code) if filters.province else replace(filters, province=code)
    for name, alone in frames(engine, seen(engine, inside)).items():
        row = wide[name][(wide[name]["part"] == "place") & (wide[name]["code"] == code)]
        for column in numbers(alone):
            assert same(summed(alone, "all", column), summed(row, "", column)), (name, column)


@settings(max_examples=2, derandomize=True)
@given(data=st.data())
def test_months_add_up_to_the_year_and_terms_to_all_time(
    data: st.DataObject, engine: Engine
) -> None:
    drawn = data.draw(filters_of(engine))
    filters = replace(drawn, term=None, date_from=None, date_to=None)
    year = data.draw(st.integers(2022, 2026))
    first, last = date(year, 1, 1), date(year, 12, 31)
    of_year = replace(filters, date_from=first, date_to=last)
    whole, ever = values(engine, of_year), values(engine, filters)
    months = tables.months(engine, seen(engine, of_year))
    alone = [
        activity_totals(engine, seen(engine, replace(of_year, date_from=day, date_to=end)))
        for day, end in ((date(year, m, 1), month_end(year, m)) for m in range(1, 13))
    ]
    for name in DONE:
        said = float(whole[name] or 0)
        assert sum(summed(frame, "all", name) for frame in alone) == said, name
        if name in months.columns:
            assert float(months[name].fillna(0).sum()) == said, name
    days = measures.starts_by_day(engine, seen(engine, filters), first, last)
    assert int(days["activities"].sum()) == whole["activities"]
    terms = by_term.terms(engine, seen(engine, filters))
    kinds = tables.kinds_by_month(engine, seen(engine, filters))
    for name in ("activities", "people_sent", "participants"):
        assert float(terms[name].fillna(0).sum()) == float(ever[name] or 0), name
        assert float(kinds[name].fillna(0).sum()) == float(ever[name] or 0), name
    sessions = training.by_term(engine, seen(engine, filters))["sessions"].sum()
    assert int(sessions) == ever["training_sessions"]
    for row in terms.to_dict("records"):
        term = Term(int(row["year"]), int(row["half"]))
        view = seen(engine, replace(filters, term=term))
        assert summed(activity_totals(engine, view), "all", "activities") == row["activities"]
    support = county_support.support_by_category(engine, seen(engine, filters))
    assert int(support["records"].sum()) == ever["support_records"]


def month_end(year: int, month: int) -> date:
    return (pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd(0)).date()


@settings(max_examples=3, derandomize=True)
@given(data=st.data())
def test_the_kinds_add_up_to_all_activities(data: st.DataObject, engine: Engine) -> None:
    filters = replace(data.draw(filters_of(engine)), kind=())
    ids = OF_ACTIVITIES
    whole = values(engine, filters, ids)
    alone = [values(engine, replace(filters, kind=(kind.code,)), ids) for kind in KINDS]
    for name in ids:
        assert total(part[name] for part in alone) == (whole[name] or 0), name


def narrower(data: st.DataObject, engine: Engine, filters: Filters, by: str) -> Filters:
    """The same filters with one restriction more, drawn from those of another combination."""
    other = data.draw(filters_of(engine))
    if by == "place":
        parts = parts_of(engine, replace(filters, county=""))
        return data.draw(st.sampled_from(parts)) if parts and not filters.county else filters
    if by == "kind":
        return replace(filters, kind=tuple(data.draw(st.sampled_from(
            [(code,) for code in filters.kind] or [(kind.code,) for kind in KINDS]))))  # fmt: skip
    if by == "scheme":
        return replace(filters, scheme=tuple(data.draw(st.sampled_from(
            [(c,) for c in filters.scheme] or [(s.code,) for s in SCHEMES]))))  # fmt: skip
    if by == "period":
        return filters if filters.period else replace(
            filters, term=other.term, date_from=other.date_from, date_to=other.date_to
        )  # fmt: skip
    return replace(filters, **{by: getattr(filters, by) or getattr(other, by)})


@pytest.mark.parametrize("by", SHRINKS)
@settings(max_examples=3, derandomize=True)
@given(data=st.data())
def test_a_narrower_filter_never_gives_more(data: st.DataObject, by: str, engine: Engine) -> None:
    filters = data.draw(filters_of(engine))
    wide = values(engine, filters, SHRINKS[by])
    cut = values(engine, narrower(data, engine, filters, by), SHRINKS[by])
    for name in sorted(SHRINKS[by]):
        assert (cut[name] or 0) <= (wide[name] or 0), name
