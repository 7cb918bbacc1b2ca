"""The gate: no SQL file reads around the scope, no filter widens it, and DuckDB is locked.

The files are parsed, not searched: a table may come only from the relations that the gate puts
before a question, or from the question's own WITH.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from tests.any_filters import any_filters
from tests.small_lake import (
    A1,
    A2,
    A3,
    C1,
    DATA_DAY,
    U1,
    U2,
    U3,
    U4,
    UNIVERSITIES,
    activity,
    build,
    build_full,
    engine_over,
    put,
)
from tests.spread import THOROUGH, spread
from xianzhong.lake.ledger import Snapshot
from xianzhong.model.alerts import DELIVERED_SHARE, LATE_DAYS, RULE_CODES, SUPPORT_YEARS
from xianzhong.model.kinds import TRAINING_KINDS
from xianzhong.model.tables.support import DUTY, UNPRICED
from xianzhong.model.tables.universities import NO_SCHOOLS
from xianzhong.model.terms import Term
from xianzhong.query.engine import Engine
from xianzhong.query.figures import MEASURE_CODES
from xianzhong.query.filters import Filters
from xianzhong.query.gate import (
    View,
    reference_values,
    scoped_relations,
    sql_text,
    with_relations,
)
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, Scope, Scopes, parts_of, union

SQL = Path(__file__).resolve().parents[1] / "src" / "xianzhong" / "query" / "sql"
QUESTIONS = sorted(path.stem for path in SQL.glob("*.sql"))
BASES = sorted(path.stem for path in (SQL / "base").glob("*.sql"))
# What the callers in query/ bind; a question that needs more must be added here.
BY_COUNTY = {"by_county": False}
SEARCH = {"words": ("示例",), "theme": "", "spread": ""}
CALLS: dict[str, dict[str, Any]] = {
    "alerts": BY_COUNTY
    | {
        "part": "list",
        "rule": "",
        "aside": False,
        "row_limit": 100,
        "row_offset": 0,
        "rules": RULE_CODES,
        "delivered_share": DELIVERED_SHARE,
        "late_days": LATE_DAYS,
        "support_years": SUPPORT_YEARS,
    },
    "activities_by_month": {},
    "activities_by_term": {},
    "activities_by_university": {"row_limit": 100},
    "activity_records": {"row_limit": 100, "row_offset": 0, "since": date(2000, 1, 1)},
    "activity_totals": BY_COUNTY | {"measures": MEASURE_CODES},
    "behind_active_schools": {"measures": MEASURE_CODES},
    "behind_activities": {"kinds": ("training", "guidance")},
    "behind_difficulties": {"part": "overdue", "all_time": True},
    "behind_measures": {"measures": MEASURE_CODES, "wanted": 7, "every": False},
    "behind_pairings": {"state": "ending"},
    "behind_practices": {"spread": ""},
    "behind_schools": {"kinds": ("training",)},
    "behind_silent_schools": {"days": 90},
    "behind_support": {"part": "both"},
    "behind_universities": {"words_for_none": NO_SCHOOLS},
    "behind_weak_counties": {"part": "covered"},
    "coverage": BY_COUNTY,
    "extensions": {},
    "difficulty_board": {"row_limit": 100, "in_charge": "", "all_time": True},
    "difficulty_records": {"row_limit": 100, "in_charge": "", "item": ""},
    "difficulty_totals": BY_COUNTY | {"in_charge": "", "all_time": True},
    "intensity_points": {"row_limit": 100},
    "kinds_by_month": {},
    "measures_by_school": {"measures": MEASURE_CODES, "row_limit": 100, "row_offset": 0}
    | dict.fromkeys(("word_1", "word_2", "word_3"), ""),
    "measures_received": {"measures": MEASURE_CODES, "level": "province"},
    "names": {},
    "nth_start": {"row_limit": 100},
    "pairing_cycles": {},
    "pairing_list": {},
    "pairing_readiness": BY_COUNTY,
    "pairing_records": {},
    "pairing_schools": {},
    "pairing_totals": BY_COUNTY,
    "practice_facets": SEARCH,
    "practice_records": SEARCH | {"row_limit": 100},
    "practice_search": SEARCH | {"row_limit": 100, "row_offset": 0, "item": ""},
    "practice_totals": {},
    "reporting_lag": {},
    "reporting_lags": {"level": "county"},
    "school_list": {"measures": MEASURE_CODES},
    "school_points": {},
    "schools_not_trained": {"training": TRAINING_KINDS},
    "silent_schools": {},
    "span": {},
    "university_list": {"unpaired_too": True, "words_for_none": NO_SCHOOLS},
    "university_readiness": {"words_for_none": NO_SCHOOLS},
    "university_record": {"words_for_none": NO_SCHOOLS},
    "support_by_category": {},
    "support_records": {"row_limit": 100},
    "support_totals": BY_COUNTY | {"duty": DUTY, "unpriced": UNPRICED},
    "weak_county_list": {},
    "starts_by_day": {"year_start": date(2023, 9, 1), "year_end": date(2024, 8, 31)},
    "subjects": {"row_limit": 100},
    "training_by_term": {"training": TRAINING_KINDS},
    "training_totals": {"training": TRAINING_KINDS, "level": "prefecture"},
}
RELATIONS = {
    "schools", "universities", "pairings", "pairings_any", "facts", "facts_any", "activities",
    "activities_any", "support", "support_any", "difficulties", "difficulties_any",
    "difficulties_judged", "practices",
    "practices_any", "put_aside", "weak_counties", "divisions",
}  # fmt: skip
# Functions that sqlglot does not know by a class of its own; each only computes.
PLAIN_FUNCTIONS = {
    "hash",
    "list_contains",
    "list_position",
    "last_day",
    "make_date",
    "date_diff",
    "arg_max",
    "median",
}
FORBIDDEN = (exp.Command, exp.Lateral, exp.Unnest, exp.ReadCSV, exp.ReadParquet)
EVERYTHING = Filters(
    province="53", prefecture="5306", county="530622", school=A1, scheme=("ministry",),
    university=U1, term=Term(2023, 2), kind=("guidance",),
)  # fmt: skip
SCOPES = {
    "nation": NATION,
    "province": Scope(division="53"),
    "corps": Scope(division="66"),
    "without counties": Scope(division="65"),
    "prefecture": Scope(division="5306"),
    "county": Scope(division="429004"),
    "university": Scope(university=U1),
    "idle university": Scope(university=U4),
    "unknown university": Scope(university="nobody"),
    "school": Scope(school=C1),
    "unknown school": Scope(school="nobody"),
    "university in a province": Scope(division="53", university=U2),
    "school outside its division": Scope(division="53", school=C1),
    "nowhere": NOWHERE,
    "two counties": union([Scope(division="429004"), Scope(division="530622")]),
    "university and province": union([Scope(university=U1), Scope(division="42")]),
    "two universities": union([Scope(university=U1), Scope(university=U2)]),
    "school and its county": union([Scope(school=A1), Scope(division="530622")]),
    "all kinds": union(
        [
            Scope(division="66"),
            Scope(division="5325"),
            Scope(university=U3),
            Scope(school=A2),
            Scope(division="53", university=U2),
        ]
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small lake, and one activity of U1 at a school that it has no pairing with."""
    lake = build(tmp_path_factory.mktemp("gate"))
    row = ("a16", U1, A3, "training", "2024-05-06", "", 3, None, None, None)
    put(lake, "activities", [activity(row)])
    return engine_over(lake)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small lake with something in every table."""
    return engine_over(build_full(tmp_path_factory.mktemp("full")))


# What the files may say


def parsed(name: str) -> exp.Expr:
    statements = sqlglot.parse(sql_text(name), dialect="duckdb")
    assert len(statements) == 1, f"{name}.sql holds more than one statement"
    (statement,) = statements
    assert isinstance(statement, exp.Query), f"{name}.sql is no query"
    return statement


def own_names(tree: exp.Expr) -> set[str]:
    return {cte.alias for cte in tree.find_all(exp.CTE)}


def tables(tree: exp.Expr) -> Iterator[str]:
    """Names of the tables read, qualified as they are written; a function stands as its text."""
    for table in tree.find_all(exp.Table):
        if isinstance(table.this, exp.Identifier):
            yield ".".join(part.name for part in table.parts)
        else:
            yield table.sql("duckdb")


def faults(tree: exp.Expr, allowed: set[str]) -> list[str]:
    """What a file may not do: read elsewhere, call what is not plain, do anything but select."""
    found = [f"reads {name}" for name in tables(tree) if name not in allowed | own_names(tree)]
    found += [f"defines {name} anew" for name in own_names(tree) & allowed]
    for node in tree.walk():
        if isinstance(node, exp.Anonymous) and node.name.lower() not in PLAIN_FUNCTIONS:
            found.append(f"calls {node.name}")
        if isinstance(node, FORBIDDEN):
            found.append(f"has a {type(node).__name__}")
    return found


def test_every_file_is_among_the_questions_that_these_tests_ask() -> None:
    assert sorted(CALLS) == QUESTIONS


def test_the_gate_gives_the_relations_that_these_tests_know(engine: Engine) -> None:
    view = View(engine.lake.snapshot(), NATION, Filters())
    relations, _ = scoped_relations(view, "snapshot_0")
    assert set(relations) == RELATIONS


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_reads_only_the_relations_of_the_gate(name: str) -> None:
    assert faults(parsed(name), RELATIONS) == []


@pytest.mark.parametrize("name", BASES)
def test_a_base_reads_only_its_source_other_bases_and_divisions(name: str) -> None:
    bases = {f"base.{other}" for other in (*BASES, "uploads")} - {f"base.{name}"}
    assert faults(parsed(f"base/{name}"), {"source", "reference.divisions"} | bases) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM snapshot_1.activities",
        "SELECT * FROM base.activities",
        "SELECT * FROM memory.snapshot_1.activities",
        "SELECT * FROM reference.divisions",
        "SELECT * FROM uploads",
        "SELECT * FROM read_parquet('x')",
        "SELECT * FROM parquet_scan('x')",
        "SELECT * FROM read_csv('x')",
        "SELECT * FROM read_text('x')",
        "SELECT * FROM glob('*')",
        "SELECT * FROM 'x.parquet'",
        'SELECT * FROM "x.parquet"',
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('snapshot_1.activities')",
        "SELECT * FROM duckdb_tables()",
        "SELECT * FROM information_schema.tables",
        "SELECT (SELECT count(*) FROM snapshot_1.activities) FROM schools",
        "SELECT * FROM schools WHERE school_code IN (SELECT school_code FROM snapshot_1.schools)",
        "WITH schools AS (SELECT 1) SELECT * FROM schools",
        "SELECT getenv('HOME') FROM schools",
        "SELECT * FROM schools, read_text('x')",
        "SELECT * FROM schools UNION ALL SELECT * FROM snapshot_1.schools",
        "FROM snapshot_1.schools",
    ],
)
def test_the_check_itself_sees_every_way_around(sql: str) -> None:
    (tree,) = sqlglot.parse(sql, dialect="duckdb")
    assert tree is not None
    assert faults(tree, RELATIONS)


@pytest.mark.parametrize(
    "sql", ["ATTACH 'x' AS y", "COPY schools TO 'x'", "PRAGMA database_list", "SET threads = 1",
            "INSTALL httpfs", "DROP TABLE schools", "INSERT INTO schools VALUES (1)"],
)  # fmt: skip
def test_the_check_itself_sees_what_is_no_query(sql: str) -> None:
    (tree,) = sqlglot.parse(sql, dialect="duckdb")
    assert not isinstance(tree, exp.Query)


def turned(name: str, values: Sequence[Any]) -> list[Any]:
    """The same values, beginning with another one from question to question."""
    first = QUESTIONS.index(name) % len(values)
    return [*values[first:], *values[:first]]


KINDS_OF_SCOPE = (NATION, Scope("53", U1, A1), SCOPES["all kinds"], NOWHERE)
TEXTS = [
    (name, *given)
    for name in QUESTIONS
    for given in spread(KINDS_OF_SCOPE, turned(name, (Filters(), EVERYTHING)))
]


@pytest.mark.parametrize(("name", "scope", "filters"), TEXTS)
def test_what_reaches_duckdb_reads_tables_only_inside_the_relations(
    name: str, scope: AnyScope, filters: Filters, engine: Engine
) -> None:
    view = View(engine.lake.snapshot(), scope, filters)
    relations, bound = scoped_relations(view, "snapshot_7")
    text = with_relations(sql_text(name), relations)
    (tree,) = sqlglot.parse(text, dialect="duckdb")
    assert tree is not None
    own = own_names(tree)
    qualified = {n for n in tables(tree) if n not in own}
    assert qualified <= {f"snapshot_7.{n}" for n in RELATIONS} | {"reference.divisions"}
    named = {p.name for p in tree.find_all(exp.Parameter)}
    assert named <= set(bound | reference_values(view) | CALLS[name])
    for value in ("53", A1, U1):
        assert f"'{value}'" not in text


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_runs_with_what_is_bound(name: str, engine: Engine) -> None:
    scopes = ("nation", "prefecture", "university in a province", "all kinds", "nowhere")
    some = turned(name, (Filters(), EVERYTHING, Filters(date_from=DATA_DAY)))
    for scope, filters in spread(scopes, some):
        view = View(engine.lake.snapshot(), SCOPES[scope], filters)
        assert isinstance(engine.run(name, view, **CALLS[name]), pd.DataFrame)


def test_only_the_engine_and_the_snapshots_talk_to_duckdb_in_query() -> None:
    talking = set()
    for path in SQL.parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "sql"):
                talking.add(path.stem)
    assert talking == {"engine", "snapshots"}


# What a scope lets through, against the raw tables


@cache
def raw(engine: Engine) -> dict[str, pd.DataFrame]:
    lake, snapshot = engine.lake, engine.lake.snapshot()
    names = ("schools", "pairings", "activities", "weak_counties")
    return {name: lake.rows(name, snapshot).to_pandas() for name in names}


class Truth:
    """The records that a scope may see, worked out with pandas from the lake's own tables."""

    def __init__(self, engine: Engine, scope: AnyScope) -> None:
        read = raw(engine)
        self.places = {row.school_code: row.county_code for row in read["schools"].itertuples()}
        self.divisions = engine.divisions
        self.pairings, self.activities = read["pairings"].iloc[:0], read["activities"].iloc[:0]
        self.schools: set[str] = set()
        self.universities: set[str] = set()
        weak: set[str] = set()
        for part in parts_of(scope):
            weak |= self._add(read, part)
        # Paired by what the whole union shows: a school may be in scope without its pairing.
        self.paired = set(self.pairings["school_code"])
        self.weak = [
            row.county_code for row in read["weak_counties"].itertuples() if row.record_id in weak
        ]

    def _add(self, read: dict[str, pd.DataFrame], scope: Scope) -> set[str]:
        """Adds what one scope lets through; gives the ids of its weak counties."""
        pairings, activities = read["pairings"], read["activities"]
        inside = {code for code, county in self.places.items() if self.lies_in(county, scope)}
        if scope.school:
            inside &= {scope.school}
        chosen = pairings["school_code"].isin(inside)
        done = activities["school_code"].isin(inside)
        own = set(inside)
        if scope.university:
            chosen &= pairings["university_code"] == scope.university
            done &= activities["university_code"] == scope.university
            own &= set(pairings[chosen]["school_code"]) | set(activities[done]["school_code"])
        at_work = set(pairings[chosen]["university_code"])
        at_work |= set(activities[done]["university_code"])
        if not (scope.division or scope.school):
            at_work = set(UNIVERSITIES) & (
                {scope.university} if scope.university else {*UNIVERSITIES}
            )
        self.pairings = pd.concat([self.pairings, pairings[chosen]]).drop_duplicates("record_id")
        self.activities = pd.concat([self.activities, activities[done]])
        self.activities = self.activities.drop_duplicates("record_id")
        self.schools |= own
        self.universities |= at_work
        counties = {self.places[code] for code in own}
        # A county of the list without a code today has the place of its old code.
        return {
            row.record_id
            for row in read["weak_counties"].astype(object).itertuples()
            if self.lies_in(str(row.county_code), scope, row.listed_code)
            and (row.county_code in counties or not (scope.university or scope.school))
        }

    def lies_in(self, county: str, scope: Scope, listed: str = "") -> bool:
        found = self.divisions.get(county)
        above = {
            2: found.province if found else listed[:2],
            4: found.prefecture if found else listed[:4],
            6: county,
        }
        return not scope.division or above[len(scope.division)] == scope.division

    def provinces(self) -> set[str]:
        found = {self.divisions.get(self.places[code]) for code in self.activities["school_code"]}
        return {division.province for division in found if division}


@pytest.fixture(params=SCOPES, name="scoped")
def _scoped(request: pytest.FixtureRequest, engine: Engine) -> tuple[Truth, View]:
    scope = SCOPES[request.param]
    return Truth(engine, scope), View(engine.lake.snapshot(), scope, Filters())


Scoped = tuple[Truth, View]


def run(engine: Engine, name: str, view: View) -> pd.DataFrame:
    return engine.run(name, view, **CALLS[name])


def test_the_scopes_of_these_tests_tell_records_apart(engine: Engine) -> None:
    sizes = {name: len(Truth(engine, scope).activities) for name, scope in SCOPES.items()}
    assert sizes == {
        "nation": 16, "province": 10, "corps": 3, "without counties": 0, "prefecture": 7,
        "county": 2, "university": 10, "idle university": 0, "unknown university": 0, "school": 3,
        "unknown school": 0, "university in a province": 3, "school outside its division": 0,
        "nowhere": 0, "two counties": 9, "university and province": 13, "two universities": 13,
        "school and its county": 7, "all kinds": 12,
    }  # fmt: skip


def test_names_are_those_of_the_scope(engine: Engine, scoped: Scoped) -> None:
    truth, view = scoped
    names = run(engine, "names", view)
    assert set(names[names["what"] == "school"]["code"]) == truth.schools
    universities = set(names[names["what"] == "university"]["code"])
    assert universities == truth.universities


def test_records_are_those_of_the_scope_and_none_is_missing(engine: Engine, scoped: Scoped) -> None:
    truth, view = scoped
    records = run(engine, "activity_records", view)
    assert sorted(records["activity_code"]) == sorted(truth.activities["activity_code"])
    pairings = run(engine, "pairing_records", view)
    found = sorted(zip(pairings["university_code"], pairings["scheme"], strict=True))
    wanted = zip(truth.pairings["university_code"], truth.pairings["scheme"], strict=True)
    assert found == sorted(wanted)


def test_school_lists_are_those_of_the_scope(engine: Engine, scoped: Scoped) -> None:
    truth, view = scoped
    listed = run(engine, "school_list", view)
    assert sorted(listed["school_code"]) == sorted(truth.paired)
    assert set(run(engine, "school_points", view)["school_code"]) <= truth.paired
    done = truth.activities["school_code"].value_counts()
    for row in listed.itertuples():
        assert row.activities == done.get(row.school_code, 0)
        partners = truth.pairings[truth.pairings["school_code"] == row.school_code]
        assert set(row.universities) == set(partners["university_code"])


def test_sums_are_those_of_the_scope(engine: Engine, scoped: Scoped) -> None:
    truth, view = scoped
    totals = run(engine, "activity_totals", view)
    whole = totals[totals["part"] == "all"]
    assert int(whole["activities"].fillna(0).sum()) == len(truth.activities)
    assert int(whole["active_schools"].sum()) == truth.activities["school_code"].nunique()
    assert set(totals[totals["part"] == "place"]["code"]) == truth.provinces()
    for name in ("activities_by_month", "activities_by_university", "kinds_by_month", "span"):
        assert int(run(engine, name, view)["activities"].sum()) == len(truth.activities), name
    by_university = run(engine, "activities_by_university", view)
    assert set(by_university["code"]) == set(truth.activities["university_code"])
    pairs = run(engine, "pairing_totals", view)
    assert int(pairs[pairs["part"] == "all"]["pairings"].sum()) == len(truth.pairings)
    assert bool(run(engine, "reporting_lag", view)["median_days"].isna().all()) == (
        truth.activities.empty
    )


def test_silence_and_coverage_are_those_of_the_scope(engine: Engine, scoped: Scoped) -> None:
    truth, view = scoped
    silent = run(engine, "silent_schools", view)["schools_in_force"].iloc[0]
    in_force = {("530622-01", U1), ("530622-01", U2), ("532527-01", U2), ("659001-01", U1)}
    pairs = set(zip(truth.pairings["school_code"], truth.pairings["university_code"], strict=True))
    assert silent == len({school for school, _ in pairs & in_force})
    covered = run(engine, "coverage", view)
    whole = covered[covered["part"] == "all"]
    assert int(whole["weak_counties"].sum()) == len(truth.weak)
    counties = {truth.places[code] for code in truth.paired}
    assert int(whole["weak_counties_covered"].sum()) == sum(c in counties for c in truth.weak)


@settings(max_examples=40 if THOROUGH else 20, derandomize=True)
@given(scope=st.sampled_from(list(SCOPES.values())), filters=any_filters())
def test_no_filter_shows_more_than_the_scope(
    scope: AnyScope, filters: Filters, engine: Engine
) -> None:
    truth, view = Truth(engine, scope), View(engine.lake.snapshot(), scope, filters)
    records = run(engine, "activity_records", view)
    assert set(records["activity_code"]) <= set(truth.activities["activity_code"])
    pairings = run(engine, "pairing_records", view)
    assert set(pairings["university_code"]) <= set(truth.pairings["university_code"])
    assert len(pairings) <= len(truth.pairings)
    names = run(engine, "names", view)
    assert set(names[names["what"] == "school"]["code"]) <= truth.schools
    assert set(run(engine, "school_list", view)["school_code"]) <= truth.paired
    totals = run(engine, "activity_totals", view)
    assert totals[totals["part"] == "kind"]["activities"].sum() == len(records)


def test_no_value_that_a_caller_binds_replaces_one_of_the_gate(engine: Engine) -> None:
    scope = Scope(division="66", university=U1, school=C1)
    view = View(engine.lake.snapshot(), scope, Filters())
    _, bound = scoped_relations(view, "snapshot_0")
    others = {"division": "53", "university": U3, "school": A1}
    wide = {name: value for name in bound for key, value in others.items() if key in name}
    assert len(wide) == len(bound) == 3
    records = engine.run("activity_records", view, **CALLS["activity_records"], **wide)
    assert set(records["school_code"]) == {C1}


# Unions


SINGLE = st.builds(
    Scope,
    st.sampled_from(["", "", "53", "5306", "530622", "5325", "42", "429004", "65", "66"]),
    st.sampled_from(["", "", *UNIVERSITIES]),
    st.sampled_from(["", "", A1, A3, C1]),
)
BY_RECORD = {
    "schools": "school_code", "universities": "university_code", "pairings_any": "record_id",
    "facts_any": "hash(COLUMNS(*))", "activities_any": "record_id", "support_any": "record_id",
    "difficulties_any": "record_id", "practices_any": "record_id", "put_aside": "record_id",
    "weak_counties": "record_id",
}  # fmt: skip


def seen_rows(engine: Engine, relation: str, view: View) -> set[tuple[object, ...]]:
    asked = engine.statement(f"SELECT {BY_RECORD[relation]} FROM {relation}", view, {})
    with engine._connection.cursor() as cursor:
        return set(cursor.execute(asked.text, dict(asked.values)).fetchall())


@settings(max_examples=40 if THOROUGH else 15, derandomize=True)
@given(scopes=st.lists(SINGLE, max_size=4), filters=any_filters())
def test_a_union_sees_exactly_what_its_parts_see(
    scopes: list[Scope], filters: Filters, full: Engine
) -> None:
    snapshot = full.lake.snapshot()
    for relation in BY_RECORD:
        together = seen_rows(full, relation, View(snapshot, union(scopes), filters))
        apart = (seen_rows(full, relation, View(snapshot, one, filters)) for one in scopes)
        assert together == set().union(*apart), relation


def test_a_union_is_the_same_however_it_is_put_together() -> None:
    county, province, nowhere = Scope("530622"), Scope("53"), NOWHERE
    assert union([]) == union([nowhere]) == NOWHERE
    assert union([county]) == union([county, county, nowhere]) == county
    assert union([county, NATION, Scope(university=U1)]) == NATION
    assert union([county, province]) == union([union([province, county]), county])
    assert union([Scope("53", U1), province]) == province
    # The corps' cities have codes that begin with 65 and do not lie there: no prefix decides.
    assert union([Scope("65"), Scope("659001")]) == Scopes((Scope("65"), Scope("659001")))


@pytest.mark.parametrize("code", ["5", "530", "53062", "5306220", "ab", "５３", "53%"])
def test_a_code_that_is_no_division_is_no_scope(code: str) -> None:
    with pytest.raises(ValueError, match="no code of a division"):
        Scope(division=code)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("filters", [Filters(), EVERYTHING])
def test_nowhere_is_answered_like_an_empty_lake(name: str, filters: Filters, full: Engine) -> None:
    snapshot = full.lake.snapshot()
    answer = full.run(name, View(snapshot, NOWHERE, filters), **CALLS[name])
    empty = View(Snapshot(0, snapshot.at, ()), NATION, filters)
    pd.testing.assert_frame_equal(answer, full.run(name, empty, **CALLS[name]))


def test_the_lake_that_nowhere_is_tested_on_has_records_in_every_table(full: Engine) -> None:
    view = View(full.lake.snapshot(), NATION, Filters())
    assert all(seen_rows(full, relation, view) for relation in BY_RECORD)


# DuckDB is locked


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_text('{root}/../outside.txt')",
        "SELECT * FROM read_text('{root}-beside/outside.txt')",
        "SET memory_limit = '64GB'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "RESET lock_configuration",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH '{root}-beside/x.duckdb' AS x",
        "COPY (SELECT 1) TO '{root}-beside/x.csv'",
        "SELECT * FROM visible_frame",
    ],
)
def test_duckdb_refuses_what_no_question_needs(engine: Engine, sql: str) -> None:
    root = engine.lake.root
    beside = root.with_name(f"{root.name}-beside")
    beside.mkdir(exist_ok=True)
    for folder in (root.parent, beside):
        (folder / "outside.txt").write_text("outside")
    visible_frame = pd.DataFrame({"a": [1]})
    with engine._connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(root=root)).fetchall()
    assert len(visible_frame) == 1
    assert not list(beside.glob("x.*"))
