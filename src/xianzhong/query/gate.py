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
from xianzhong.lake.schema import LEDGER
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


def _school(filters: Filters, scope: Scope, values: dict[str, object]) -> list[str]:
    conditions: list[str] = []
    if scope.school:
        conditions.append("school_code = $scope_school")
        values["scope_school"] = scope.school
    if filters.school:
        conditions.append("school_code = $school")
        values["school"] = filters.school
    return conditions


def _university(filters: Filters, scope: Scope, values: dict[str, object]) -> list[str]:
    conditions: list[str] = []
    if scope.university:
        conditions.append("university_code = $scope_university")
        values["scope_university"] = scope.university
    if filters.university:
        conditions.append("university_code = $university")
        values["university"] = filters.university
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
    school = _school(filters, scope, values)
    university = _university(filters, scope, values)
    scheme: list[str] = []
    if filters.scheme:
        scheme = ["list_contains($scheme, scheme)"]
        values["scheme"] = list(filters.scheme)
    schools = place + school
    if scope.university:
        schools = [*schools, f"school_code IN (SELECT school_code FROM {schema}.pairings"
                             " WHERE university_code = $scope_university)"]  # fmt: skip
    activity = [*school, *university]
    if place:
        activity.append("school_code IN (SELECT school_code FROM schools)")
    if scheme:
        activity.append(
            "(school_code, university_code) IN "
            "(SELECT (school_code, university_code) FROM pairings_any)"
        )
    if filters.kind:
        activity.append("list_contains($kind, kind)")
        values["kind"] = list(filters.kind)
    in_force, in_period = "", ""
    if filters.period:
        values["first_day"], values["last_day"] = filters.period
        in_force = " WHERE cycle_start <= $last_day AND cycle_end >= $first_day"
        in_period = ' WHERE "start" BETWEEN $first_day AND $last_day'
    relations = {
        "schools": f"SELECT * FROM {schema}.schools{_where(schools)}",
        "universities": f"SELECT * FROM {schema}.universities{_where(university)}",
        "pairings_any": f"SELECT * FROM {schema}.pairings"
        f"{_where(place + school + university + scheme)}",
        "pairings": f"SELECT * FROM pairings_any{in_force}",
        "activities_any": f"SELECT * FROM {schema}.activities{_where(activity)}",
        "activities": f"SELECT * FROM activities_any{in_period}",
        "weak_counties": f"SELECT * FROM {schema}.weak_counties{_where(place)}",
        "divisions": "SELECT * FROM reference.divisions",
        "uploads": f"SELECT * FROM {schema}.{LEDGER}",
    }
    return relations, values


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
