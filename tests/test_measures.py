"""Which measures schools have had, how much and how soon reported, worked out by hand.

The small lake (small_lake.py), with students for four of its schools and three activities more
whose subjects are named:

* Measures: A1 staff, guidance, training; A2 camp, guidance; A3 lab; C1 shadowing, training,
  student teaching; B1 and B2 none. So two schools have none, one has 1, one has 2, two have 3.
* Province 53: three schools with 3 + 2 + 1 measures; 42: two with none; 66: one with three.
* Students: A1 1,200, A2 800, B1 5,000, C1 3,000; A3 and B2 unknown. Activities per 100 students:
  A1 5/1,200 = 0.4167, A2 2/800 = 0.25, B1 2/5,000 = 0.04, C1 3/3,000 = 0.1.
* Staff: a02 sent one person, for 200 days; a04 four for four days: 200 + 16 = 216 person-days.
* Days from end to report, in order: 19, 23, 60, 61, 81, 90, 107, 121, 140, 152, 212, 244, 265,
  578, 609. Nine in ten: between the 13th (265) and the 14th (578), at 0.6 of the way: 452.8.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_lake import (
    A1,
    A2,
    A3,
    B1,
    B2,
    C1,
    SECOND_UPLOAD,
    U1,
    U2,
    activity,
    build,
    engine_over,
    put,
    view,
)
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.query import measures
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure, figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, Scope

STUDENTS = {A1: 1200, A2: 800, B1: 5000, C1: 3000}
COUNTIES = {A1: "530622", A2: "530622", B1: "429004", C1: "659001"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    lake = build(tmp_path_factory.mktemp("measures"))
    rows = [
        {
            RECORD_ID: code,
            "school_code": code,
            "name": f"示例{code}",
            "county_code": COUNTIES[code],
            "students": count,
        }
        for code, count in STUDENTS.items()
    ]
    put(lake, "schools", rows, SECOND_UPLOAD)
    return engine_over(lake)


def found(engine: Engine, **params: str) -> dict[str, Figure]:
    ids = (
        "schools", "schools_all_measures", "schools_no_measure", "staff_sent", "person_days",
        "reporting_lag", "reporting_lag_p90",
    )  # fmt: skip
    return {f.indicator.id: f for f in figures(engine, view(engine, **params), ids)}


def part(engine: Engine, name: str, **params: str) -> dict[str, int]:
    frame = measures.received(engine, view(engine, **params))
    rows = frame[frame["part"] == name]
    return dict(zip(rows["code"], rows["schools"], strict=True))


def test_schools_are_counted_by_how_many_measures_they_have_had(engine: Engine) -> None:
    assert part(engine, "number") == {"0": 2, "1": 1, "2": 1, "3": 2}
    values = found(engine)
    assert values["schools_all_measures"].value == 0
    assert values["schools_no_measure"].value == 2


def test_with_kinds_chosen_all_and_none_are_those_of_the_kinds(engine: Engine) -> None:
    guidance = found(engine, kind="guidance")
    assert guidance["schools_all_measures"].value == 2, "A1 and A2"
    assert guidance["schools_no_measure"].value == 4
    two = found(engine, kind="guidance,camp,meeting")
    assert two["schools_all_measures"].value == 1, "A2 alone had both; a meeting is no measure"
    assert two["schools_no_measure"].value == 4


def test_where_no_chosen_kind_is_a_measure_nothing_is_said(engine: Engine) -> None:
    meeting = found(engine, kind="meeting")
    assert meeting["schools_all_measures"].value is None
    assert meeting["schools_no_measure"].value is None
    assert measures.measures_of(Filters(kind=("meeting",))) == ()


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, {"53": 3, "42": 2, "66": 1}),
        # Nothing in the province 53 has a prefecture in common but A1 and A2.
        ({"province": "53"}, {"5306": 2, "5325": 1}),
        # A county right under its province stands for itself among the prefectures.
        ({"province": "42"}, {"429004": 1, "4228": 1}),
        ({"province": "66"}, {"659001": 1}),
        ({"prefecture": "5306"}, {"530622": 2}),
        # Those of the ministry's scheme: A1, A2, C1.
        ({"scheme": "ministry"}, {"53": 2, "66": 1}),
        ({"university": U2}, {"53": 2}),
        # P1-P4 and P7 touch the autumn of 2023.
        ({"term": "2023-1"}, {"53": 3, "66": 1}),
        ({"school": A3}, {"53": 1}),
    ],
    ids=str,
)
def test_places_are_those_right_below_the_chosen_one(
    engine: Engine, params: dict[str, str], expected: dict[str, int]
) -> None:
    assert part(engine, "place", **params) == expected


def test_a_place_says_which_measures_how_many_of_its_schools_had(engine: Engine) -> None:
    frame = measures.received(engine, view(engine))
    had = frame[frame["part"] == "had"]
    counts = dict(zip(zip(had["code"], had["kind"], strict=True), had["schools"], strict=True))
    assert counts == {
        ("53", "staff"): 1, ("53", "guidance"): 2, ("53", "training"): 1, ("53", "camp"): 1,
        ("53", "lab"): 1, ("66", "shadowing"): 1, ("66", "training"): 1,
        ("66", "student_teaching"): 1,
    }  # fmt: skip
    places = frame[frame["part"] == "place"].set_index("code")["measures"].to_dict()
    assert places == {"53": 6, "42": 0, "66": 3}


@pytest.mark.parametrize(
    "params",
    [{}, {"term": "2023-1"}, {"province": "53"}, {"scheme": "ministry"}, {"kind": "camp,lab"},
     {"university": U1}, {"date_from": "2023-07-01"}],
    ids=str,
)  # fmt: skip
def test_every_part_adds_up_to_the_paired_schools(engine: Engine, params: dict[str, str]) -> None:
    schools = found(engine, **params)["schools"].value
    for name in ("place", "number", "size"):
        assert sum(part(engine, name, **params).values()) == schools, name
    frame = measures.received(engine, view(engine, **params))
    had = int(frame[frame["part"] == "had"]["schools"].sum())
    assert had == int(frame[frame["part"] == "place"]["measures"].sum())
    numbers = part(engine, "number", **params)
    assert had == sum(int(number) * count for number, count in numbers.items())


def test_schools_with_the_fewest_measures_come_first_a_page_at_a_time(engine: Engine) -> None:
    frame = measures.received_by_school(engine, view(engine))
    order = list(dict.fromkeys(frame["school_code"]))
    assert order == [B2, B1, A3, A2, A1, C1]
    assert set(frame["matching"]) == {6}
    second = measures.received_by_school(engine, view(engine), limit=2, offset=2)
    assert list(dict.fromkeys(second["school_code"])) == [A3, A2]
    first = frame[frame["school_code"] == A1].set_index("kind")
    assert first["activities"].to_dict() == {"guidance": 2, "staff": 1, "training": 1}
    assert first.loc["guidance", "first_start"].date() == date(2023, 10, 1)
    none = frame[frame["school_code"] == B1]
    assert len(none) == 1
    assert none["kind"].isna().all()
    assert none["activities"].tolist() == [0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("泸西", [A3]),
        ("云南 示例大学乙", [A3, A1]),
        ("530622-01", [A1]),
        ("昭通 巧家 530622", [A2, A1]),
        ("示例大学丙", [B2, B1]),
        ("% _", []),
        ("nowhere", []),
    ],
)
def test_schools_are_found_by_name_place_code_and_supporter(
    engine: Engine, words: str, expected: list[str]
) -> None:
    frame = measures.received_by_school(engine, view(engine), words=words)
    assert list(dict.fromkeys(frame["school_code"])) == expected


def test_a_scope_shows_no_other_school(engine: Engine) -> None:
    seen = View(engine.lake.snapshot(), Scope(division="66"), Filters())
    assert set(measures.received_by_school(engine, seen)["school_code"]) == {C1}
    assert set(measures.intensity_points(engine, seen)["school_code"]) == {C1}
    own = View(engine.lake.snapshot(), Scope(university=U2), Filters())
    assert set(measures.received_by_school(engine, own)["school_code"]) == {A1, A3}


def test_intensity_is_activities_per_100_students_by_size(engine: Engine) -> None:
    frame = measures.received(engine, view(engine))
    sizes = frame[frame["part"] == "size"].set_index("code")
    assert sizes["schools"].to_dict() == {"": 2, "0": 1, "1": 1, "3": 1, "4": 1}
    middle = sizes["middle"].drop("").to_dict()
    assert middle == pytest.approx({"0": 0.25, "1": 500 / 1200, "3": 0.1, "4": 0.04})
    points = measures.intensity_points(engine, view(engine)).set_index("school_code")
    assert points["activities"].to_dict() == {A1: 5, A2: 2, B1: 2, C1: 3}
    assert points["students"].to_dict() == STUDENTS


def test_staff_and_person_days_leave_out_what_was_not_reported(engine: Engine) -> None:
    values = found(engine)
    staff, days = values["staff_sent"], values["person_days"]
    assert (staff.value, staff.known, staff.total) == (1, 1, 1)
    assert (days.value, days.known, days.total) == (216, 2, 15)
    spring = found(engine, term="2023-2")
    assert (spring["staff_sent"].value, spring["staff_sent"].total) == (None, 0)
    assert (spring["person_days"].value, spring["person_days"].known) == (16, 1)
    assert found(engine, province="66")["person_days"].value is None


def test_nine_in_ten_were_reported_within_so_many_days(engine: Engine) -> None:
    assert found(engine)["reporting_lag_p90"].value == 452.8
    # One record: a15 of B2, whose end is the end of its month.
    assert found(engine, school=B2)["reporting_lag_p90"].value == 609
    assert found(engine, term="2001-1")["reporting_lag_p90"].value is None


def test_lags_fall_into_buckets_and_add_up(engine: Engine) -> None:
    frame = measures.lags(engine, view(engine))
    assert measures.lag_buckets(frame) == [2, 1, 3, 9]
    corps = frame[frame["code"] == "66"]
    # a12 121 days, a13 81, a14 90.
    assert measures.lag_buckets(corps) == [0, 0, 2, 1]
    assert sum(frame["activities"]) == 15


def test_what_is_reported_while_it_runs_is_within_30_days(tmp_path_factory) -> None:
    lake = build(tmp_path_factory.mktemp("running"))
    row = ("r01", U1, C1, "staff", "2024-06-01", "2024-12-31", 1, None, None, None)
    put(lake, "activities", [activity(row)], SECOND_UPLOAD)
    running = engine_over(lake)
    frame = measures.lags(running, view(running))
    assert int(frame["days"].min()) < 0
    assert measures.lag_buckets(frame) == [3, 1, 3, 9]


@given(st.lists(st.integers(-50, 400), min_size=1, max_size=60), st.floats(0, 1))
def test_the_weighted_quantile_is_that_of_the_values_one_by_one(
    values: list[int], share: float
) -> None:
    distinct = sorted(set(values))
    counts = [values.count(value) for value in distinct]
    expected = float(np.quantile(values, share))
    assert measures.weighted_quantile(distinct, counts, share) == pytest.approx(expected, abs=1e-6)


def test_the_calendar_keeps_apart_what_is_known_only_to_the_month(engine: Engine) -> None:
    frame = measures.starts_by_day(engine, view(engine), date(2023, 9, 1), date(2024, 8, 31))
    monthly = frame[frame["monthly"]]
    assert [(d.date(), n) for d, n in zip(monthly["day"], monthly["activities"], strict=True)] == [
        (date(2023, 10, 1), 1)
    ]
    # All of 2023-09-01 on but a06 (July 2023) and what was before: 11 of 15.
    assert int(frame["activities"].sum()) == 11
    term = measures.starts_by_day(
        engine, view(engine, term="2023-2"), date(2023, 9, 1), date(2024, 8, 31)
    )
    assert int(term["activities"].sum()) == 5


def test_subjects_written_together_count_once_each(tmp_path_factory) -> None:
    lake = build(tmp_path_factory.mktemp("subjects"))
    texts = ["数学、物理", "数学", "物理,化学;数学", "、", " 语文 "]
    rows = [
        activity(
            (f"s{n}", U1, A1, "guidance", f"2024-05-0{n + 1}", "", None, None, None, None),
            subject=text,
        )
        for n, text in enumerate(texts)
    ]
    put(lake, "activities", rows, SECOND_UPLOAD)
    made = engine_over(lake)
    counts, without = measures.subjects(made, view(made))
    assert counts == {"数学": 3, "物理": 2, "化学": 1, "语文": 1}
    assert list(counts) == ["数学", "物理", "化学", "语文"]
    # The fifteen of the small lake, and the one that is nothing but a mark.
    assert without == 16
    assert measures.subjects(made, view(made, school=C1)) == ({}, 3)


def test_an_empty_lake_has_no_measures_and_no_error(tmp_path) -> None:
    empty = engine_over(Lake(tmp_path))
    seen = View(empty.lake.snapshot(), NATION, Filters())
    for ask in (
        measures.received, measures.received_by_school, measures.intensity_points, measures.lags,
    ):  # fmt: skip
        assert ask(empty, seen).empty, ask.__name__
    assert measures.subjects(empty, seen) == ({}, 0)
    today = date(2024, 1, 1)
    assert measures.starts_by_day(empty, seen, today, today + timedelta(days=9)).empty
