"""The one gate: every question passes here and sees only what its scope allows.

A ``.sql`` file names no table of the lake. It names the relations that the gate puts before
it: ``schools``, ``pairings``, ``activities`` and so on, each cut down to the scope and then to
the filters. A test holds every file to these names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from xianzhong.lake.ledger import Snapshot
from xianzhong.query.filters import Filters
from xianzhong.query.scope import AnyScope
from xianzhong.query.scoping import place_column, scoped
from xianzhong.settings import TIME_ZONE

_BETWEEN = ",\n"
# A name that no schema stands before.
_NAME = re.compile(r"(?<![\w.])\w+")
_EMPTY_LAKE_DAY = date(2000, 1, 1)
# Difficulties as they stood at the reference day. What was resolved later was not resolved then;
# whether somebody was at work on it already is not known.
_JUDGED = """
SELECT
    *,
    CASE
        WHEN "state" = 'resolved' AND coalesce(resolved_on, $reference_day) <= $reference_day
            THEN 'resolved'
        WHEN "state" = 'in_progress' THEN 'in_progress'
        ELSE 'open'
    END AS standing,
    CASE
        WHEN standing <> 'resolved' AND due_on < $reference_day
            THEN date_diff('day', due_on, $reference_day)
    END AS days_overdue,
    -- With a month's end for both, solving may seem to come before raising.
    CASE WHEN resolved_on < raised_on THEN 0 ELSE date_diff('day', raised_on, resolved_on) END
        AS days_taken
FROM difficulties
WHERE coalesce(raised, $reference_day) <= $reference_day
"""

# What each relation keeps of its records where a period is chosen.
_IN_PERIOD = {
    "pairings": " WHERE cycle_start <= $last_day AND cycle_end >= $first_day",
    "facts": ' WHERE "start" BETWEEN $first_day AND $last_day',
    "activities": ' WHERE "start" BETWEEN $first_day AND $last_day',
    "support": ' WHERE "year" BETWEEN year($first_day) AND year($last_day)',
    "difficulties": " WHERE coalesce(raised, $first_day) <= $last_day"
    " AND coalesce(resolved_on, $last_day) >= $first_day",
    "practices": " WHERE published BETWEEN $first_day AND $last_day",
}


def china_day(moment: datetime | None) -> date:
    """The day in China at a moment; a day before every record where there is none."""
    return moment.astimezone(ZoneInfo(TIME_ZONE)).date() if moment else _EMPTY_LAKE_DAY


@dataclass(frozen=True, slots=True)
class View:
    """What a question is asked of: a snapshot, a scope and filters. Hashable, a cache key."""

    snapshot: Snapshot
    scope: AnyScope
    filters: Filters

    @property
    def data_day(self) -> date:
        """The day, in China, of the snapshot: "data as of"."""
        return china_day(self.snapshot.at)

    @property
    def reference_day(self) -> date:
        """The day at which agreements and silence are judged.

        The earlier of the snapshot's day and the last day of the chosen period.
        """
        period = self.filters.period
        return min(self.data_day, period[1]) if period else self.data_day


@lru_cache(maxsize=128)
def sql_text(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return (files("xianzhong.query") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Conditions:
    """Conditions of the filters on the columns that a relation may have, and bound values."""

    place: list[str]
    school: list[str]
    university: list[str]
    scheme: list[str]
    kind: list[str]
    values: dict[str, object]

    @classmethod
    def of(cls, filters: Filters) -> _Conditions:
        values: dict[str, object] = {}
        place = filters.county or filters.prefecture or filters.province
        return cls(
            _equal(place_column(place), "place", place, values),
            _equal("school_code", "school", filters.school, values),
            _equal("university_code", "university", filters.university, values),
            _among("scheme", filters.scheme, values),
            _among("kind", filters.kind, values),
            values,
        )


def _equal(column: str, name: str, value: str, values: dict[str, object]) -> list[str]:
    if not value:
        return []
    values[name] = value
    return [f"{column} = ${name}"]


def _among(column: str, codes: tuple[str, ...], values: dict[str, object]) -> list[str]:
    if not codes:
        return []
    values[column] = list(codes)
    return [f"list_contains(${column}, {column})"]


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _numbered(conditions: list[str], table: str, number: str) -> list[str]:
    """Conditions on a code as conditions on the running number that facts have for it."""
    return [
        f"{number} IN (SELECT {number} FROM {table} WHERE {condition})" for condition in conditions
    ]


def scoped_relations(view: View, schema: str) -> tuple[dict[str, str], dict[str, object]]:
    """The relations, each as a query over ``schema``, and the bound values.

    Only names and conditions of the product go into the text; every value is bound. The scope
    comes from ``scoping`` alone: a table that has no rule there cannot be read.
    """
    on = _Conditions.of(view.filters)
    seen, bound = scoped(view.scope, schema)

    def cut(table: str, conditions: list[str]) -> str:
        return f"SELECT * FROM {schema}.{table}{_where(seen[table] + conditions)}"

    if view.filters.period:
        on.values["first_day"], on.values["last_day"] = view.filters.period
    within = _IN_PERIOD if view.filters.period else dict.fromkeys(_IN_PERIOD, "")
    by_school = [*on.place, *on.school, *_supported(view)]
    return {
        "schools": cut("schools", on.place + on.school),
        "universities": cut("universities", on.university),
        "pairings_any": cut("pairings", on.place + on.school + on.university + on.scheme),
        "pairings": f"SELECT * FROM pairings_any{within['pairings']}",
        "facts_any": cut("facts", _of_facts(on, schema)),
        "facts": f"SELECT * FROM facts_any{within['facts']}",
        "activities_any": cut("activities", _of_activities(on)),
        "activities": f"SELECT * FROM activities_any{within['activities']}",
        "support_any": cut("support", by_school),
        "support": f"SELECT * FROM support_any{within['support']}",
        "difficulties_any": cut("difficulties", by_school),
        "difficulties": f"SELECT * FROM difficulties_any{within['difficulties']}",
        "difficulties_judged": _JUDGED,
        "practices_any": cut("practices", by_school),
        "practices": f"SELECT * FROM practices_any{within['practices']}",
        "put_aside": cut("put_aside", by_school),
        "weak_counties": cut("weak_counties", on.place),
        "divisions": "SELECT * FROM reference.divisions",
    }, on.values | bound


def _supported(view: View) -> list[str]:
    """Where a supporter or a scheme is chosen: the schools that have it."""
    if not (view.filters.university or view.filters.scheme):
        return []
    return ["school_code IN (SELECT school_code FROM pairings_any)"]


def _of_facts(on: _Conditions, schema: str) -> list[str]:
    scheme = "(school_no, university_no) IN (SELECT (school_no, university_no) FROM pairings_any)"
    return [
        *on.place,
        *_numbered(on.school, f"{schema}.schools", "school_no"),
        *_numbered(on.university, f"{schema}.universities", "university_no"),
        *([scheme] if on.scheme else []),
        *on.kind,
    ]


def _of_activities(on: _Conditions) -> list[str]:
    scheme = (
        "(school_code, university_code) IN "
        "(SELECT (school_code, university_code) FROM pairings_any)"
    )
    return [
        *(["school_code IN (SELECT school_code FROM schools)"] if on.place else []),
        *on.school,
        *on.university,
        *([scheme] if on.scheme else []),
        *on.kind,
    ]


def with_relations(question: str, relations: Mapping[str, str]) -> str:
    """The question behind the relations that it names, directly or through another one."""
    return _with_relations(question, tuple(relations.items()))


# Texts have no values in them, so pages ask in few of them: one for each kind of filter.
@lru_cache(maxsize=1024)
def _with_relations(question: str, given: tuple[tuple[str, str], ...]) -> str:
    relations = dict(given)
    # The comment above a question may speak of relations that it does not read.
    body = re.sub(r"\A(\s*--[^\n]*\n|\s+)*", "", question)
    needed: set[str] = set()
    waiting = [body]
    while waiting:
        named = relations.keys() & set(_NAME.findall(waiting.pop()))
        waiting += [relations[name] for name in named - needed]
        needed |= named
    listed = [
        f"{name} AS NOT MATERIALIZED ({text})" for name, text in relations.items() if name in needed
    ]
    own = re.match(r"(?i)WITH\s+", body)
    separator = "," if own and listed else ""
    start = f"WITH {_BETWEEN.join(listed)}{separator}\n" if listed else ""
    return start + (body[own.end() :] if own and listed else body)


def reference_values(view: View) -> dict[str, object]:
    """Values that files may bind besides their own: the reference day and the days around."""
    day = view.reference_day
    return {
        "reference_day": day,
        "day_90": day - timedelta(days=90),
        "day_180": day - timedelta(days=180),
        "day_in_180": day + timedelta(days=180),
    }
