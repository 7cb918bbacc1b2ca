"""The one gate: every question passes here and sees only what its scope allows.

A ``.sql`` file names no table of the lake. It names the relations that the gate puts before
it: ``schools``, ``pairings``, ``activities`` and so on, each cut down to the scope and then to
the filters. A test holds every file to these names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from xianzhong.lake.ledger import Snapshot
from xianzhong.query.filters import Filters
from xianzhong.query.scope import Scope
from xianzhong.settings import TIME_ZONE

_EMPTY_LAKE_DAY = date(2000, 1, 1)


def china_day(moment: datetime | None) -> date:
    """The day in China at a moment; a day before every record where there is none."""
    return moment.astimezone(ZoneInfo(TIME_ZONE)).date() if moment else _EMPTY_LAKE_DAY


@dataclass(frozen=True, slots=True)
class View:
    """What a question is asked of: a snapshot, a scope and filters. Hashable, a cache key."""

    snapshot: Snapshot
    scope: Scope
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


def _place(filters: Filters, scope: Scope, values: dict[str, object]) -> list[str]:
    """Conditions on province, prefecture, county_code and school_code."""
    conditions: list[str] = []
    columns = {2: "province", 4: "prefecture", 6: "county_code"}
    if scope.division:
        conditions.append(f"{columns[len(scope.division)]} = $scope_division")
        values["scope_division"] = scope.division
    place = filters.county or filters.prefecture or filters.province
    if place:
        conditions.append(f"{columns[len(place)]} = $place")
        values["place"] = place
    return conditions


def _party(
    column: str, scope: str, chosen: str, schema: str, values: dict[str, object]
) -> list[str]:
    """Conditions on a school's or university's code; an unknown code matches nothing."""
    conditions: list[str] = []
    for prefix, code in (("scope_", scope), ("", chosen)):
        if code:
            conditions.append(f"{column} = TRY_CAST(${prefix}{column} AS {schema}.{column})")
            values[f"{prefix}{column}"] = code
    return conditions


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def scoped_relations(view: View, schema: str) -> tuple[dict[str, str], dict[str, object]]:
    """The relations, each as a query over ``schema``, and the bound values.

    Only names and conditions from this module go into the text; every value is bound.
    """
    values: dict[str, object] = {}
    filters, scope = view.filters, view.scope
    place = _place(filters, scope, values)
    school = _party("school_code", scope.school, filters.school, schema, values)
    university = _party("university_code", scope.university, filters.university, schema, values)
    scheme = _listed("scheme", filters.scheme, "VARCHAR", values)
    kind = _listed("kind", filters.kind, f"{schema}.kind", values)
    schools = [*place, *school]
    if scope.university:
        # Those it is paired with, and those where it did something without a pairing on record.
        own = (
            f"WHERE university_code = TRY_CAST($scope_university_code AS {schema}.university_code)"
        )
        schools.append(
            f"school_code IN (SELECT school_code FROM {schema}.pairings {own}"
            f" UNION SELECT school_code FROM {schema}.facts {own})"
        )
    activity = [*school, *university, *kind]
    if place:
        activity.append("school_code IN (SELECT school_code FROM schools)")
    if scheme:
        activity.append(
            "(school_code, university_code) IN "
            "(SELECT (school_code, university_code) FROM pairings_any)"
        )
    in_force, in_period = "", ""
    if filters.period:
        values["first_day"], values["last_day"] = filters.period
        in_force = " WHERE cycle_start <= $last_day AND cycle_end >= $first_day"
        in_period = ' WHERE "start" BETWEEN $first_day AND $last_day'
    pairing = _where(place + school + university + scheme)
    return {
        "schools": f"SELECT * FROM {schema}.schools{_where(schools)}",
        "universities": f"SELECT * FROM {schema}.universities{_where(university)}",
        "pairings_any": f"SELECT * FROM {schema}.pairings{pairing}",
        "pairings": f"SELECT * FROM pairings_any{in_force}",
        "facts_any": f"SELECT * FROM {schema}.facts{_where(activity)}",
        "facts": f"SELECT * FROM facts_any{in_period}",
        "activities_any": f"SELECT * FROM {schema}.activities{_where(activity)}",
        "activities": f"SELECT * FROM activities_any{in_period}",
        "weak_counties": f"SELECT * FROM {schema}.weak_counties{_where(place)}",
        "divisions": "SELECT * FROM reference.divisions",
    }, values


def _listed(column: str, codes: tuple[str, ...], kind: str, values: dict[str, object]) -> list[str]:
    """A condition that a column has one of some codes, if any are chosen."""
    if not codes:
        return []
    values[column] = list(codes)
    return [f"list_contains(${column}::{kind}[], {column})"]


def with_relations(question: str, relations: dict[str, str]) -> str:
    """The question behind the relations that it names, directly or through another one."""
    needed: list[str] = []
    waiting = [question]
    while waiting:
        text = waiting.pop()
        for name, relation in relations.items():
            if name not in needed and re.search(rf"(?<!\.)\b{name}\b", text):
                needed.append(name)
                waiting.append(relation)
    listed = [
        f"{name} AS NOT MATERIALIZED ({text})" for name, text in relations.items() if name in needed
    ]
    body = re.sub(r"\A(\s*--[^\n]*\n|\s+)*", "", question)
    own = re.match(r"(?i)WITH\s+", body)
    separator = "," if own and listed else ""
    start = f"WITH {', '.join(listed)}{separator}\n" if listed else ""
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
