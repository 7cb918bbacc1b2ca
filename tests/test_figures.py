"""The indicators' values on the small lake, each worked out by hand from its tables.

The tables stand in small_lake.py. All time, on 20 June 2024 (day_90 is 22 March 2024, day_180 is
23 December 2023):

* 7 pairings of 3 universities (U1, U2, U3) with 6 schools in 5 counties. In force: P1, P2, P4, P7.
  Ending within 180 days: P4. Ended: P3. P5 has no dates and P6 has not begun.
* 15 activities. People sent, where a source says: 3+1+4+2+5+6+2+2+0+9+1 = 35, from 11 records;
  participants 60+50+30+30+100+80+8+40 = 398, from 8; days 200+4; lessons 8+6.5.
* Measures: A1 staff, guidance, training; A2 camp, guidance; A3 lab; C1 shadowing, training,
  student teaching; B1 and B2 none: 9 over 6 active schools = 1.5.
* Days from end to report: 578, 265, 152, 23, 244, 60, 107, 212, 121, 81, 609 for the first upload
  and 61, 140, 19, 90 for the second; the middle one of 15 is 121.
* Silent: of A1, A3, C1 (in force) A3, last active on 1 February. C1 was active exactly 90 days
  before, which still counts.
* Weak: 5 on the list, 530622 and 422822 of them with a paired school.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.any_filters import any_filters
from tests.small_lake import (
    A1,
    B1,
    DATA_DAY,
    U1,
    U2,
    U4,
    build,
    engine_over,
    view,
)
from tests.spread import THOROUGH
from xianzhong.lake.kind import mark_demo
from xianzhong.lake.store import Lake
from xianzhong.model.indicators import INDICATORS
from xianzhong.query import tables
from xianzhong.query.engine import Engine
from xianzhong.query.figures import (
    Figure,
    Number,
    activity_totals,
    coverage,
    figures,
    pairing_totals,
)
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, Scope

ORDER = (
    "pairings", "pairings_announced", "universities", "schools", "counties",
    "agreements_in_force", "agreements_ending_180", "agreements_ended", "activities",
    "people_sent", "participants", "days_on_site", "lessons", "active_schools", "kinds_received",
    "reporting_lag", "silent_schools_90", "silent_schools_180", "weak_counties",
    "weak_counties_covered",
)  # fmt: skip
# Worked out in tests of their own.
ELSEWHERE = frozenset(
    {
        "weak_counties_uncovered", "weak_counties_share", "support_promised", "support_delivered",
        "support_share", "support_records", "brand_fee_records", "management_fee",
    }
)  # fmt: skip
# Each row in the order above.
EXPECTED: dict[str, tuple[dict[str, str], tuple[Number, ...]]] = {
    "all": ({}, (7, 115, 3, 6, 5, 4, 1, 1, 15, 35, 398, 204, 14.5, 6, 1.5, 121, 1, 0, 5, 2)),
    # P1-P4; a01-a09: people 3+1+4+2+5+6, participants 60+50+30+30+100+80; 6 measures over 3;
    # days 578, 265, 152, 23, 244, 60, 107, 61, 140; A3 is silent; two coded counties and 539999.
    "province 53": (
        {"province": "53"},
        (4, None, 2, 3, 2, 3, 1, 1, 9, 21, 350, 204, 14.5, 3, 2, 140, 1, 0, 3, 1),
    ),
    # P7; a12, a13, a14; the province of 659001 is 66.
    "the Corps": (
        {"province": "66"},
        (1, None, 1, 1, 1, 1, 0, 0, 3, 9, 48, None, None, 1, 3, 90, 0, 0, 0, 0),
    ),
    "province 65": (
        {"province": "65"},
        (0, None, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0, None, None, 0, 0, 0, 0),
    ),
    # P5 is undated: on record, but in no state.
    "a county without a prefecture": (
        {"county": "429004"},
        (1, None, 1, 1, 1, 0, 0, 0, 2, 4, None, None, None, 1, 0, 115.5, 0, 0, 0, 0),
    ),
    # P1-P3; a01-a07; A1 alone is in force, active on 20 April.
    "a prefecture": (
        {"prefecture": "5306"},
        (3, None, 2, 2, 1, 2, 0, 1, 7, 15, 170, 204, 14.5, 2, 2.5, 152, 0, 0, 2, 1),
    ),
    # P1, P3, P7 and what U1 did at A1, A2, C1; A1 without U2's training is silent.
    "the ministry's scheme": (
        {"scheme": "ministry"},
        (3, 115, 1, 3, 2, 2, 0, 1, 9, 22, 188, 204, 14.5, 3, 2.33, 121, 1, 0, 5, 1),
    ),
    "two schemes": (
        {"scheme": "ministry,provincial"},
        (5, None, 2, 4, 3, 4, 1, 1, 12, 30, 398, 204, 14.5, 4, 2.25, 114, 1, 0, 5, 1),
    ),
    # a03, a04, a07; seen by guidance alone, A1 was last active on 5 March.
    "a kind": (
        {"kind": "guidance"},
        (7, 115, 3, 6, 5, 4, 1, 1, 3, 9, 110, 4, 14.5, 2, 1, 60, 3, 2, 5, 2),
    ),
    # P2, P4; a05, a08, a09.
    "a university": (
        {"university": U2},
        (2, None, 1, 2, 2, 2, 1, 0, 3, 8, 210, None, None, 2, 1, 107, 1, 0, 5, 1),
    ),
    "a university without pairings": (
        {"university": U4},
        (0, None, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0, None, None, 0, 0, 5, 0),
    ),
    # P1, P2; a01-a05.
    "a school": (
        {"school": A1},
        (2, None, 2, 1, 1, 2, 0, 0, 5, 10, 140, 204, 14.5, 1, 3, 152, 0, 0, 5, 1),
    ),
    # P1, P2, P4, P7 touch the term; a04, a05, a08, a11, a14. Judged on 20 June.
    "spring term": (
        {"term": "2023-2"},
        (4, 115, 2, 3, 3, 4, 1, 0, 5, 17, 180, 4, 6.5, 4, 0.75, 61, 1, 0, 5, 1),
    ),
    # P1-P4, P7; a03, a07, a09, a10, a12, a13. Judged on 31 January: P3 ends that very day;
    # A1's last activity is of October, before 2 November.
    "autumn term": (
        {"term": "2023-1"},
        (5, 115, 2, 4, 3, 5, 1, 0, 6, 13, 188, None, 8, 5, 1, 114, 1, 0, 5, 1),
    ),
    # a03, a06, a09, a10, a12. Judged on 31 December 2023: A1 (some day of October, so perhaps after
    # the 2nd) is not silent, A2 (July) is for 90 days but not for 180; P3 ends on 31 January.
    "dates": (
        {"date_from": "2023-07-01", "date_to": "2023-12-31"},
        (5, 115, 2, 4, 3, 5, 1, 0, 5, 8, 178, None, 8, 5, 0.8, 152, 1, 0, 5, 1),
    ),
    # Nothing was in force on 31 August 2021 but P3; no activity is that old.
    "before all activities": (
        {"term": "2020-2"},
        (1, 115, 1, 1, 1, 1, 0, 0, 0, None, None, None, None, 0, None, None, 1, 1, 5, 1),
    ),
    # P3 is ten weeks old on 10 April 2021: too young to have been silent for 90 days.
    "a young agreement": (
        {"date_from": "2021-02-01", "date_to": "2021-04-10"},
        (1, 115, 1, 1, 1, 1, 0, 0, 0, None, None, None, None, 0, None, None, 0, 0, 5, 1),
    ),
    # A term that has not come: P6 begins, P4 has just four weeks left; judged on 20 June 2024.
    "a term to come": (
        {"term": "2024-1"},
        (5, 115, 3, 4, 4, 4, 1, 0, 0, None, None, None, None, 0, None, None, 1, 0, 5, 2),
    ),
    # P1-P4; A1's a05, A3's a08 and so on, cut to one province and one term.
    "a province in a term": (
        {"province": "53", "term": "2023-2"},
        (3, None, 2, 2, 2, 3, 1, 0, 3, 6, 180, 4, 6.5, 2, 1, 61, 1, 0, 3, 1),
    ),
}
ADDITIVE = ("activities", "people_sent", "participants", "days_on_site", "lessons")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(build(tmp_path_factory.mktemp("figures")))


def by_id(engine: Engine, seen: View) -> dict[str, Figure]:
    return {figure.indicator.id: figure for figure in figures(engine, seen, ORDER)}


def values(engine: Engine, seen: View) -> dict[str, Number]:
    """The values of the indicators in ORDER; the others have tests of their own."""
    return {f.indicator.id: f.value for f in figures(engine, seen, ORDER)}


def test_the_expected_values_name_indicators_in_their_order() -> None:
    """Those of the other tables have tests of their own."""
    assert tuple(i.id for i in INDICATORS if i.id in ORDER) == ORDER


@pytest.mark.parametrize("name", EXPECTED)
def test_the_values_are_those_worked_out_by_hand(engine: Engine, name: str) -> None:
    params, expected = EXPECTED[name]
    assert values(engine, view(engine, **params)) == dict(zip(ORDER, expected, strict=True))


def test_a_term_is_compared_with_the_term_before_it(engine: Engine) -> None:
    found = by_id(engine, view(engine, term="2023-2"))
    autumn = dict(zip(ORDER, EXPECTED["autumn term"][1], strict=True))
    for name in ORDER:
        figure = found[name]
        assert figure.previous == (autumn[name] if figure.indicator.period else None), name
    assert found["activities"].previous == 6
    assert found["weak_counties"].previous is None


def test_a_range_is_compared_with_as_many_days_before_it(engine: Engine) -> None:
    found = by_id(engine, view(engine, date_from="2023-12-01", date_to="2024-01-31"))
    # 62 days, so from 30 September to 30 November: a03 counts from its first day, and is out.
    assert (found["activities"].value, found["activities"].previous) == (3, 2)
    assert found["people_sent"].value == 11
    assert found["people_sent"].previous is None


@pytest.mark.parametrize("params", [{}, {"date_from": "2023-07-01"}, {"date_to": "2023-07-01"}])
def test_without_a_closed_period_nothing_is_compared(
    engine: Engine, params: dict[str, str]
) -> None:
    assert all(f.previous is None for f in figures(engine, view(engine, **params)))


def test_a_sum_says_how_many_records_gave_a_number(engine: Engine) -> None:
    found = by_id(engine, view(engine))
    assert (found["people_sent"].known, found["people_sent"].total) == (11, 15)
    assert (found["participants"].known, found["participants"].total) == (8, 15)
    assert (found["days_on_site"].known, found["days_on_site"].total) == (2, 15)
    assert (found["pairings"].known, found["pairings"].total) == (0, 0)


def test_no_source_is_not_zero_and_a_zero_that_was_said_is(engine: Engine) -> None:
    training = by_id(engine, view(engine, province="66", kind="training"))
    assert (training["people_sent"].value, training["people_sent"].known) == (0, 1)
    shadowing = by_id(engine, view(engine, province="66", kind="shadowing"))
    assert (shadowing["people_sent"].value, shadowing["people_sent"].known) == (None, 0)


def test_the_announced_number_stands_only_where_it_was_published(engine: Engine) -> None:
    announced = {
        name: values(engine, view(engine, **params))["pairings_announced"]
        for name, params in {
            "all": {}, "ministry": {"scheme": "ministry"}, "term": {"term": "2023-2"},
            "team": {"scheme": "team"}, "province": {"province": "53"}, "school": {"school": A1},
            "university": {"university": U1},
        }.items()
    }  # fmt: skip
    assert announced == {
        "all": 115, "ministry": 115, "term": 115, "team": None, "province": None, "school": None,
        "university": None,
    }  # fmt: skip
    scoped = View(engine.lake.snapshot(), Scope(division="53"), Filters())
    assert values(engine, scoped)["pairings_announced"] is None


def test_beside_generated_data_no_published_number_stands(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    lake = build(tmp_path_factory.mktemp("marked"))
    mark_demo(lake.root, {"seed": 1})
    made = engine_over(lake)
    assert values(made, view(made))["pairings_announced"] is None


def test_an_empty_lake_has_zeros_and_unknowns_and_no_error(tmp_path: Path) -> None:
    empty = engine_over(Lake(tmp_path))
    found = values(empty, View(empty.lake.snapshot(), NATION, Filters()))
    unknown = {name for name, value in found.items() if value is None}
    assert unknown == {*ADDITIVE[1:], "kinds_received", "reporting_lag"}
    assert set(found.values()) == {None, 0, 115}


def test_only_the_figures_that_are_asked_for_are_computed(engine: Engine) -> None:
    found = figures(engine, view(engine), ("people_sent", "pairings"))
    assert [(f.indicator.id, f.value) for f in found] == [("pairings", 7), ("people_sent", 35)]
    assert found[1].total == 15


def test_an_older_snapshot_keeps_its_own_answers(engine: Engine) -> None:
    past = View(engine.lake.snapshot(5), NATION, Filters())
    assert past.data_day == date(2024, 3, 31)
    assert values(engine, past)["activities"] == 11
    assert values(engine, view(engine))["activities"] == 15
    before_pairings = View(engine.lake.snapshot(2), NATION, Filters())
    assert values(engine, before_pairings)["pairings"] == 0


def test_the_day_of_the_data_is_the_day_in_china(engine: Engine) -> None:
    assert view(engine).data_day == DATA_DAY
    assert view(engine).reference_day == DATA_DAY
    assert view(engine, term="2023-1").reference_day == date(2024, 1, 31)
    assert view(engine, term="2023-2").reference_day == DATA_DAY


# What must add up


def parts(frame: pd.DataFrame, part: str) -> pd.DataFrame:
    return frame[frame["part"] == part]


def whole(frame: pd.DataFrame, column: str) -> float:
    return float(parts(frame, "all")[column].fillna(0).sum())


PERIODS: tuple[Mapping[str, str], ...] = (
    {}, {"term": "2023-2"}, {"term": "2023-1"}, {"province": "53"}, {"scheme": "ministry"},
    {"university": U1}, {"date_from": "2023-07-01"},
)  # fmt: skip
ALL_PERIODS = pytest.mark.parametrize("params", PERIODS, ids=[str(dict(p)) for p in PERIODS])


@ALL_PERIODS
@pytest.mark.parametrize("part", ["place", "kind"])
def test_places_and_kinds_add_up_to_the_whole(
    engine: Engine, params: dict[str, str], part: str
) -> None:
    frame = activity_totals(engine, view(engine, **params))
    assert whole(frame, "activities") > 0
    for column in (*ADDITIVE, *(f"{name}_known" for name in ADDITIVE[1:])):
        assert float(parts(frame, part)[column].fillna(0).sum()) == whole(frame, column), column


@ALL_PERIODS
def test_pairings_and_weak_counties_of_the_places_add_up(
    engine: Engine, params: dict[str, str]
) -> None:
    pairs = pairing_totals(engine, view(engine, **params))
    assert whole(pairs, "pairings") > 0
    assert float(parts(pairs, "place")["pairings"].sum()) == whole(pairs, "pairings")
    weak = coverage(engine, view(engine, **params))
    for column in ("weak_counties", "weak_counties_covered", "unmatched"):
        assert float(parts(weak, "place")[column].sum()) == whole(weak, column), column


@ALL_PERIODS
def test_months_kinds_universities_and_records_add_up(
    engine: Engine, params: dict[str, str]
) -> None:
    seen = view(engine, **params)
    found = values(engine, seen)
    months = tables.months(engine, seen)
    for column in ("activities", "people_sent", "participants"):
        assert months[column].sum() == (found[column] or 0), column
    records = tables.records(engine, seen, limit=100)
    assert len(records) == found["activities"]
    assert records["people_sent"].sum() == (found["people_sent"] or 0)
    assert tables.universities(engine, seen)["activities"].sum() == found["activities"]


def test_the_view_of_a_place_says_what_its_row_in_the_nation_says(engine: Engine) -> None:
    for frame, names in (
        (activity_totals(engine, view(engine)), (*ADDITIVE, "active_schools")),
        (pairing_totals(engine, view(engine)), ("pairings",)),
        (coverage(engine, view(engine)), ("weak_counties", "weak_counties_covered")),
    ):
        for row in parts(frame, "place").to_dict("records"):
            alone = values(engine, view(engine, province=row["code"]))
            for name in names:
                said = None if pd.isna(row[name]) else row[name]
                assert alone[name] == said, (row["code"], name)


def test_the_counties_of_a_province_stand_for_themselves(engine: Engine) -> None:
    frame = activity_totals(engine, view(engine, province="53"))
    counties = parts(frame, "place").set_index("code")["activities"].to_dict()
    assert counties == {"530622": 7, "532527": 2}
    weak = coverage(engine, view(engine, province="53"))
    listed = parts(weak, "place").set_index("code")["weak_counties"].to_dict()
    assert listed == {"530622": 1, "530623": 1, "": 1}


# No combination fails


@settings(max_examples=60 if THOROUGH else 25, derandomize=True)
@given(filters=any_filters())
def test_no_combination_of_filters_fails_or_shows_what_cannot_be(
    filters: Filters, engine: Engine
) -> None:
    seen = View(engine.lake.snapshot(), NATION, filters)
    found = values(engine, seen)
    for name, value in found.items():
        assert value is None or value >= 0, name
    assert (found["active_schools"] or 0) <= (found["activities"] or 0)
    assert (found["counties"] or 0) <= (found["schools"] or 0) <= (found["pairings"] or 0)
    assert (found["agreements_ending_180"] or 0) <= (found["agreements_in_force"] or 0)
    assert (found["silent_schools_180"] or 0) <= (found["silent_schools_90"] or 0)
    assert (found["weak_counties_covered"] or 0) <= (found["weak_counties"] or 0)
    assert (found["activities"] or 0) <= 15
    assert (found["kinds_received"] or 0) <= 7


def test_silence_is_counted_from_the_day_of_the_data(engine: Engine) -> None:
    assert timedelta(days=90) == DATA_DAY - date(2024, 3, 22)
    assert timedelta(days=180) == DATA_DAY - date(2023, 12, 23)
    assert values(engine, view(engine, school=B1))["silent_schools_90"] == 0
