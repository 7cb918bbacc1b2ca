"""Where a figure comes from: the records behind it, the statement that computes it, the uploads.

Everything follows from the indicator's declaration and from what was asked when the figure was
computed; nothing here names a figure. How to add a set of records: docs/decisions/0014.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import pandas as pd

from xianzhong.lake.ledger import Entry
from xianzhong.model.indicators import INDICATOR_BY_ID, Indicator
from xianzhong.model.kinds import TRAINING_KINDS
from xianzhong.model.tables import TABLES
from xianzhong.model.tables.universities import NO_SCHOOLS
from xianzhong.query import tables
from xianzhong.query.alerts import open_values
from xianzhong.query.engine import Engine, Statement
from xianzhong.query.figures import MEASURE_CODES, Figure, Number, activity_totals, figures
from xianzhong.query.gate import View, sql_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RecordSet:
    """The records that a figure counts.

    Attributes:
        table: the declared table that gives the headers.
        question: the ``.sql`` file that lists exactly those records, one row each.
        values: what it binds besides the view's own, the same for all views or of each.
    """

    table: str
    question: str
    values: Mapping[str, object] | Callable[[View], Mapping[str, object]] = field(
        default_factory=dict
    )

    def bound(self, view: View) -> Mapping[str, object]:
        """What is bound for a view."""
        return self.values(view) if callable(self.values) else self.values


def _measures(every: bool) -> Callable[[View], Mapping[str, object]]:
    def values(view: View) -> Mapping[str, object]:
        kinds = view.filters.kind
        wanted = sum(not kinds or code in kinds for code in MEASURE_CODES)
        return {"measures": MEASURE_CODES, "wanted": wanted, "every": every}

    return values


def _difficulties(part: str) -> Callable[[View], Mapping[str, object]]:
    return lambda view: {"part": part, "all_time": view.filters.period is None}


RECORD_SETS: Mapping[str, RecordSet] = {
    "pairings": RecordSet("pairings", "behind_pairings", {"state": "all"}),
    "pairings_in_force": RecordSet("pairings", "behind_pairings", {"state": "in_force"}),
    "pairings_ending": RecordSet("pairings", "behind_pairings", {"state": "ending"}),
    "pairings_ended": RecordSet("pairings", "behind_pairings", {"state": "ended"}),
    "pairings_undated": RecordSet("pairings", "behind_pairings", {"state": "undated"}),
    "universities": RecordSet(
        "universities", "behind_universities", {"words_for_none": NO_SCHOOLS}
    ),
    "alerts": RecordSet("put_aside", "alerts", open_values),
    "schools": RecordSet("schools", "behind_schools", {"kinds": TRAINING_KINDS}),
    "schools_trained": RecordSet("schools", "behind_schools", {"kinds": TRAINING_KINDS}),
    "schools_all_measures": RecordSet("schools", "behind_measures", _measures(True)),
    "schools_no_measure": RecordSet("schools", "behind_measures", _measures(False)),
    "active_schools": RecordSet("schools", "behind_active_schools", {"measures": MEASURE_CODES}),
    "silent_schools_90": RecordSet("schools", "behind_silent_schools", {"days": 90}),
    "silent_schools_180": RecordSet("schools", "behind_silent_schools", {"days": 180}),
    "activities": RecordSet("activities", "activity_records"),
    "activities_staff": RecordSet("activities", "behind_activities", {"kinds": ("staff",)}),
    "activities_training": RecordSet("activities", "behind_activities", {"kinds": TRAINING_KINDS}),
    "weak_counties": RecordSet("weak_counties", "behind_weak_counties", {"part": "all"}),
    "weak_counties_covered": RecordSet(
        "weak_counties", "behind_weak_counties", {"part": "covered"}
    ),
    "weak_counties_uncovered": RecordSet(
        "weak_counties", "behind_weak_counties", {"part": "uncovered"}
    ),
    "support": RecordSet("support", "behind_support", {"part": "all"}),
    "support_duty": RecordSet("support", "behind_support", {"part": "duty"}),
    "support_both": RecordSet("support", "behind_support", {"part": "both"}),
    "brand_fee": RecordSet("support", "behind_support", {"part": "brand_fee"}),
    "management_fee": RecordSet("support", "behind_support", {"part": "management_fee"}),
    "difficulties": RecordSet("difficulties", "behind_difficulties", _difficulties("all")),
    "difficulties_open": RecordSet("difficulties", "behind_difficulties", _difficulties("open")),
    "difficulties_overdue": RecordSet(
        "difficulties", "behind_difficulties", _difficulties("overdue")
    ),
    "difficulties_resolved": RecordSet(
        "difficulties", "behind_difficulties", _difficulties("resolved")
    ),
    "practices": RecordSet("practices", "behind_practices", {"spread": ""}),
    "practices_province": RecordSet("practices", "behind_practices", {"spread": "province"}),
    "practices_nation": RecordSet("practices", "behind_practices", {"spread": "nation"}),
}


def records_behind(
    engine: Engine, view: View, name: str, *, limit: int = tables.MOST_RECORDS
) -> pd.DataFrame:
    """The records of a set in a view, as codes; at most ``limit`` of them.

    Args:
        engine: over the lake.
        view: of the figure.
        name: of the set, an indicator's ``records``.
        limit: how many at most.

    Raises:
        KeyError: there is no such set.
        LakeError: the snapshot cannot be read.
    """
    chosen = RECORD_SETS[name]
    if chosen.question == "activity_records":
        return tables.records(engine, view, limit=limit)
    return engine.run(chosen.question, view, **chosen.bound(view)).head(limit)


def count_behind(engine: Engine, view: View, name: str) -> int:
    """How many records a set has in a view.

    Raises:
        KeyError: there is no such set.
        LakeError: the snapshot cannot be read.
    """
    if RECORD_SETS[name].question == "activity_records":
        # A million records with their texts need not be read to be counted.
        totals = activity_totals(engine, view)
        return int(totals.loc[totals["part"] == "all", "activities"].sum())
    return len(records_behind(engine, view, name))


def reckoned(indicator: Indicator, records: pd.DataFrame) -> Number:
    """The value of an indicator anew, from the records behind it.

    Raises:
        ValueError: the declaration says something else than :class:`Indicator` allows.
    """
    match indicator.counted.split():
        case ["rows"]:
            return len(records)
        case ["distinct", column]:
            return int(records[column].nunique())
        case ["count" | "sum" | "median" | "p90" | "mean" as how, column]:
            return _rounded(_OF_A_COLUMN[how](_numbers(records, column)))
        case ["share", flag]:
            return _rounded(100 * _numbers(records, flag).mean(), 1)
        case ["share", part, whole]:
            of = _numbers(records, whole).sum()
            return _rounded(100 * _numbers(records, part).sum() / of, 1) if of else None
    raise ValueError(f"{indicator.id} cannot be counted as {indicator.counted!r}")


_OF_A_COLUMN: Mapping[str, Callable[[pd.Series], float]] = {
    "count": lambda numbers: numbers.sum(min_count=min(1, len(numbers))),
    "sum": lambda numbers: numbers.sum(min_count=1),
    "median": lambda numbers: numbers.median(),
    "p90": lambda numbers: float(numbers.quantile(0.9)),
    "mean": lambda numbers: numbers.mean(),
}


def _numbers(records: pd.DataFrame, column: str) -> pd.Series:
    """A column, or the product of two (``people_sent*days_on_site``), as numbers."""
    numbers = pd.Series(1.0, index=records.index)
    for name in column.split("*"):
        numbers *= pd.to_numeric(records[name].astype("object"), errors="coerce").astype(float)
    return numbers


def _rounded(value: float, digits: int = 2) -> Number:
    if math.isnan(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), digits)


@dataclass(frozen=True, slots=True)
class Reading:
    """A table that a statement reads: its version, and the last commit that touched it."""

    table: str
    version: int
    last: Entry | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where one figure of a view comes from.

    Attributes:
        figure: the indicator, its value and the one before.
        question: the ``.sql`` file as it is written; empty for a published number.
        statement: the same as it is sent to DuckDB; None for a published number, and where the
            filters leave nothing to compute.
        readings: the tables that it reads.
    """

    figure: Figure
    question: str
    statement: Statement | None
    readings: tuple[Reading, ...]


def explain(engine: Engine, view: View, name: str) -> Explanation:
    """Computes a figure and says how.

    Args:
        engine: over the lake.
        view: of the figure.
        name: the indicator's id.

    Raises:
        KeyError: there is no such indicator.
        LakeError: the snapshot cannot be read.
    """
    indicator = INDICATOR_BY_ID[name]
    heard = _Listener(engine)
    (figure,) = figures(cast(Engine, heard), view, (name,))
    if indicator.published:
        return Explanation(figure, "", None, ())
    question = sql_text(indicator.question)
    if not heard.asked(indicator.question) and figure.value is None:
        return Explanation(figure, question, None, ())
    statement = engine.statement(question, view, heard.values(indicator.question, view))
    read = tables_read(statement.text, engine.schema(view.snapshot))
    return Explanation(figure, question, statement, _readings(engine, view, read))


class _Listener:
    """An engine that remembers what it was asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked: list[tuple[str, View, dict[str, object]]] = []

    def run(self, name: str, view: View, **values: object) -> pd.DataFrame:
        self._asked.append((name, view, values))
        return self._engine.run(name, view, **values)

    def remember(self, _key: Hashable, make: Callable[[], T]) -> T:
        """Makes it anew: what is remembered would not say what was asked for it."""
        return make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def asked(self, question: str) -> bool:
        """Whether a question was asked at all."""
        return any(name == question for name, _, _ in self._asked)

    def values(self, question: str, view: View) -> dict[str, object]:
        """What was bound when a question was asked of a view, or of any."""
        asked = [(seen, values) for name, seen, values in self._asked if name == question]
        if not asked:
            raise KeyError(f"{question}.sql was not asked: the declaration names another question")
        return next((values for seen, values in asked if seen == view), asked[0][1])


def tables_read(statement: str, schema: str) -> tuple[str, ...]:
    """The tables of the lake that a statement reads, directly or through what was made of them."""
    found: set[str] = set()
    waiting = set(re.findall(rf"\b{schema}\.(\w+)", statement))
    while waiting:
        name = waiting.pop()
        made_of = set(re.findall(r"\bbase\.(\w+)", sql_text(f"base/{name}")))
        own = {"activities"} if name == "facts" else {name}
        found |= own
        waiting |= (made_of | own) & (set(TABLES) | {"facts"}) - found - {name}
    return tuple(name for name in TABLES if name in found)


def _readings(engine: Engine, view: View, read: tuple[str, ...]) -> tuple[Reading, ...]:
    last: dict[str, Entry] = {}
    before: Mapping[str, int] = {}
    for entry in engine.lake.entries():
        if entry.number > view.snapshot.number:
            break
        for table, version in entry.versions.items():
            if version != before.get(table, 0):
                last[table] = entry
        before = entry.versions
    return tuple(Reading(name, view.snapshot.version(name), last.get(name)) for name in read)
