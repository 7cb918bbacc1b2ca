"""Single rows are judged as the gate judges whole tables, whatever the scope."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_lake import (
    A1,
    A2,
    A3,
    B1,
    C1,
    U1,
    U2,
    UNIVERSITIES,
    build_full,
    engine_over,
    partial,
    put,
)
from tests.spread import THOROUGH
from xianzhong.access.grounds import Grounds
from xianzhong.intake.check import Where
from xianzhong.lake.schema import RECORD_ID
from xianzhong.model.tables import TABLES
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, NOWHERE, Scope, union

GONE = "530622-99"
SINGLE = st.builds(
    Scope,
    st.sampled_from(["", "", "53", "5306", "530622", "5325", "42", "429004", "65", "66", "62"]),
    st.sampled_from(["", "", *UNIVERSITIES, "nobody"]),
    st.sampled_from(["", "", A1, A3, C1, GONE]),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The full lake, and records of a school that is not on record."""
    lake = build_full(tmp_path_factory.mktemp("grounds"))
    both = {"school_code": GONE, "university_code": U1}
    put(lake, "pairings", [{RECORD_ID: "gone", "scheme": "ministry", **both}])
    day = partial("start", "2024-05-06")
    put(lake, "activities", [{RECORD_ID: "gone", "kind": "camp", "title": "示例", **both, **day}])
    put(lake, "support", [{RECORD_ID: "gone", "school_code": GONE, "category": "operating"}])
    return engine_over(lake)


@cache
def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.lake.rows(table, engine.lake.snapshot()).to_pylist()
    assert found, table
    return found


@settings(max_examples=40 if THOROUGH else 20, derandomize=True)
@given(scopes=st.lists(SINGLE, max_size=3))
def test_a_row_is_seen_just_where_the_gate_shows_it(scopes: list[Scope], engine: Engine) -> None:
    scope, snapshot = union(scopes), engine.lake.snapshot()
    grounds = Grounds(engine.lake, snapshot)
    for table in TABLES:
        question = f"SELECT record_id FROM {table}"
        asked = engine.statement(question, View(snapshot, scope, Filters()), {})
        with engine._connection.cursor() as cursor:
            shown = {key for (key,) in cursor.execute(asked.text, dict(asked.values)).fetchall()}
        seen = {row[RECORD_ID] for row in rows(engine, table) if grounds.sees(scope, table, row)}
        assert seen == shown, table


AT_A1 = Where("activities", "530622", A1, U1)


@pytest.mark.parametrize(
    ("scope", "where", "may"),
    [
        (NATION, Where("universities", "", "", U2), True),
        (NOWHERE, AT_A1, False),
        (Scope("53"), AT_A1, True),
        (Scope("5325"), AT_A1, False),
        (Scope("53"), Where("support", "", GONE), False),
        (Scope("53"), Where("universities", "", "", U1), False),
        (Scope("53"), Where("weak_counties", "530623"), True),
        (Scope("53"), Where("weak_counties"), False),
        (Scope(school=A1), AT_A1, True),
        (Scope(school=A2), AT_A1, False),
        (Scope(school=A1), Where("schools", "530622", A1), True),
        # A school does not move itself into another county.
        (Scope(school=A1), Where("schools", "429004", A1), False),
        (Scope(school=A1), Where("weak_counties", "530622"), False),
        (Scope("", U1), AT_A1, True),
        (Scope("", U2), AT_A1, False),
        (Scope("", U1), Where("universities", "", "", U1), True),
        (Scope("", U1), Where("universities", "", "", U2), False),
        (Scope("", U1), Where("pairings", "530622", A1, U1), True),
        # What it could write there would open the school to it.
        (Scope("", U1), Where("pairings", "429004", B1, U1), False),
        (Scope("", U1), Where("activities", "532527", A3, U1), False),
        (Scope("", U1), Where("difficulties", "530622", A1), False),
        (union([Scope("42"), Scope(school=A1)]), AT_A1, True),
    ],
)
def test_writing_is_narrower_than_seeing(
    scope: Any, where: Where, may: bool, engine: Engine
) -> None:
    assert Grounds(engine.lake, engine.lake.snapshot()).writes(scope)(where) is may
