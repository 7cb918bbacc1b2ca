"""Training of principals and teachers, worked out by hand.

The small lake (small_lake.py) has a13 (C1, 40 persons), a05 (A1, 30) and the shadowing a12 (C1, 8),
none of which names an audience. Here come besides:

| code | school | kind      | audience              | persons | begins     |
| ---- | ------ | --------- | --------------------- | ------- | ---------- |
| t1   | A1     | training  | principals            | 10      | 2024-05-06 |
| t2   | A1     | training  | teachers              | 20      | 2024-05-07 |
| t3   | A3     | training  | principals, teachers  | 15      | 2023-09-04 |
| t4   | C1     | shadowing | teachers              | none    | 2024-05-08 |
| t5   | B1     | training  | students              | 7       | 2024-05-09 |
| t6   | A2     | guidance  | teachers              | 99      | 2024-05-10 |

t6 is no training. So 8 sessions; principals 10, teachers 20 (of two sessions one gave a number),
together 15, neither 40 + 30 + 8 + 7 = 85; A1, A3, B1 and C1 of six schools, 66.7 %.
"""

from __future__ import annotations

import pytest

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
    U3,
    activity,
    build,
    engine_over,
    put,
    view,
)
from xianzhong.lake.store import Lake
from xianzhong.query import tables, training
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Number, figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, Scope

ORDER = (
    "training_sessions", "principals_trained", "teachers_trained", "both_trained",
    "unsplit_trained", "schools_trained", "schools_trained_share",
)  # fmt: skip
MORE = [
    ("t1", U1, A1, "training", "2024-05-06", "principals", 10),
    ("t2", U1, A1, "training", "2024-05-07", "teachers", 20),
    ("t3", U2, A3, "training", "2023-09-04", "principals_teachers", 15),
    ("t4", U1, C1, "shadowing", "2024-05-08", "teachers", None),
    ("t5", U3, B1, "training", "2024-05-09", "students", 7),
    ("t6", U1, A2, "guidance", "2024-05-10", "teachers", 99),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    lake = build(tmp_path_factory.mktemp("training"))
    rows = [
        activity((code, university, school, kind, start, "", None, persons, None, None),
                 audience=audience)
        for code, university, school, kind, start, audience, persons in MORE
    ]  # fmt: skip
    put(lake, "activities", rows, SECOND_UPLOAD)
    return engine_over(lake)


def values(engine: Engine, seen: View) -> tuple[Number, ...]:
    return tuple(figure.value for figure in figures(engine, seen, ORDER))


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, (8, 10, 20, 15, 85, 4, 66.7)),
        # a05, t1, t2, t3; A1 and A3 of three.
        ({"province": "53"}, (4, 10, 20, 15, 30, 2, 66.7)),
        # a12, a13, t4, which gave no number: that is no zero.
        ({"province": "66"}, (3, None, None, None, 48, 1, 100.0)),
        ({"county": "429004"}, (1, None, None, None, 7, 1, 100.0)),
        # P1, P2, P4, P7 touch it, so A1, A3, C1; a05, t1, t2, t4, t5; B1 has no pairing in it.
        ({"term": "2023-2"}, (5, 10, 20, None, 37, 2, 66.7)),
        # a12, a13, t3; A1, A2, A3, C1 are paired.
        ({"term": "2023-1"}, (3, None, None, 15, 48, 2, 50.0)),
        # a12, a13, t1, t2, t4 of U1 at A1 and C1; A2 is not reached.
        ({"scheme": "ministry"}, (5, 10, 20, None, 48, 2, 66.7)),
        ({"university": U2}, (2, None, None, 15, 30, 2, 100.0)),
        ({"kind": "shadowing"}, (2, None, None, None, 8, 1, 16.7)),
        ({"kind": "guidance"}, (0, None, None, None, None, 0, 0.0)),
        ({"school": A1}, (3, 10, 20, None, 30, 1, 100.0)),
        ({"province": "65"}, (0, None, None, None, None, 0, None)),
    ],
    ids=str,
)
def test_the_values_are_those_worked_out_by_hand(
    engine: Engine, params: dict[str, str], expected: tuple[Number, ...]
) -> None:
    assert values(engine, view(engine, **params)) == expected


def test_a_figure_says_how_many_sessions_gave_a_number(engine: Engine) -> None:
    found = {f.indicator.id: f for f in figures(engine, view(engine), ORDER)}
    teachers, unsplit = found["teachers_trained"], found["unsplit_trained"]
    assert (teachers.known, teachers.total) == (1, 2)
    assert (unsplit.known, unsplit.total) == (4, 4)
    assert found["training_sessions"].total == 0


def test_a_term_is_compared_with_the_term_before_it(engine: Engine) -> None:
    found = {f.indicator.id: f for f in figures(engine, view(engine, term="2023-2"), ORDER)}
    assert found["training_sessions"].previous == 3
    assert found["both_trained"].previous == 15


@pytest.mark.parametrize(
    "params", [{}, {"province": "53"}, {"term": "2023-2"}, {"scheme": "ministry"}], ids=str
)
def test_audiences_kinds_and_places_add_up(engine: Engine, params: dict[str, str]) -> None:
    seen = view(engine, **params)
    frame = training.totals(engine, seen)
    whole = training.trained(frame)
    for column, codes in (
        ("audience", training.AUDIENCES),
        ("kind", ("training", "shadowing")),
        ("code", tuple(set(frame["code"]))),
    ):
        parts = [training.trained(frame, **{column: code}) for code in codes]
        assert sum(part.sessions for part in parts) == whole.sessions
        assert sum(part.persons or 0 for part in parts) == (whole.persons or 0)
    records = tables.records(engine, training.only_training(seen), limit=100)
    assert len(records) == whole.sessions
    assert records["participants"].sum() == (whole.persons or 0)
    assert records["audience"].notna().sum() <= whole.sessions


def test_reached_and_not_reached_are_the_paired_schools(engine: Engine) -> None:
    for params in ({}, {"province": "53"}, {"term": "2023-1"}, {"university": U1}):
        seen = view(engine, **params)
        schools, reached = training.schools(training.totals(engine, seen))
        assert len(training.not_reached(engine, seen)) == schools - reached, params


def test_the_schools_not_reached_say_when_they_last_were(engine: Engine) -> None:
    found = training.not_reached(engine, view(engine)).set_index("school_code")
    assert list(found.index) == [B2, A2]
    assert list(found.loc[A2, "universities"]) == [U1]
    assert found["last_start"].isna().all()
    autumn = training.not_reached(engine, view(engine, term="2023-1")).set_index("school_code")
    # A1 was reached only in the spring that followed; A2 never.
    assert list(autumn.index) == [A1, A2]
    assert str(autumn.loc[A1, "last_start"].date()) == "2024-05-07"


def test_terms_are_shown_whatever_the_period(engine: Engine) -> None:
    frame = training.by_term(engine, view(engine, term="2001-1"))
    assert list(zip(frame["year"], frame["half"], frame["sessions"], strict=True)) == [
        (2023, 1, 3),
        (2023, 2, 5),
    ]
    assert frame["principals"].fillna(0).tolist() == [0, 10]
    assert frame["principals_teachers"].fillna(0).tolist() == [15, 0]
    assert frame["unsplit"].tolist() == [48, 37]
    assert frame["schools"].tolist() == [2, 3]
    assert (
        int(frame["sessions"].sum())
        == training.trained(training.totals(engine, view(engine))).sessions
    )


def test_only_the_chosen_kind_of_training_is_kept(engine: Engine) -> None:
    assert training.training_kinds(Filters()) == ("training", "shadowing")
    assert training.training_kinds(Filters(kind=("camp", "shadowing"))) == ("shadowing",)
    assert training.training_kinds(Filters(kind=("camp",))) == ()
    seen = training.only_training(view(engine, kind="guidance,training"))
    assert set(tables.records(engine, seen, limit=100)["kind"]) == {"training"}


def test_a_scope_counts_no_other_school(engine: Engine) -> None:
    seen = View(engine.lake.snapshot(), Scope(division="66"), Filters())
    assert values(engine, seen) == (3, None, None, None, 48, 1, 100.0)
    own = View(engine.lake.snapshot(), Scope(university=U3), Filters())
    assert values(engine, own) == (1, None, None, None, 7, 1, 50.0)
    assert list(training.not_reached(engine, own)["school_code"]) == [B2]


def test_an_empty_lake_has_no_training_and_no_error(tmp_path) -> None:
    empty = engine_over(Lake(tmp_path))
    seen = View(empty.lake.snapshot(), NATION, Filters())
    assert values(empty, seen) == (0, None, None, None, None, 0, None)
    assert training.not_reached(empty, seen).empty
    assert training.by_term(empty, seen).empty
