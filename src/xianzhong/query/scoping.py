"""Which rows of each table a scope lets through: the only place that says so, as conditions.

A place sees what lies in it; a university what names it and what its own schools have; a school
what names it. Reference lists are cut too: of universities, those at work among the schools in
scope; of weak counties, those in the place, or of the schools in scope. A table without a rule
here cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable

from xianzhong.query.scope import NATION, AnyScope, Scope, parts_of

_COLUMN = {0: "", 2: "province", 4: "prefecture", 6: "county_code"}
NOTHING = "false"


class _Part:
    """The conditions of one scope of a union, on the tables of a snapshot's schema."""

    def __init__(self, scope: Scope, name: str, schema: str, values: dict[str, object]) -> None:
        self.schema, self.university = schema, scope.university
        self._name, self._values = name, values
        self.place = self._equal(place_column(scope.division), "division", scope.division)
        self.school = self._equal("school_code", "school", scope.school)
        self.by = self._equal("university_code", "university", scope.university)

    def _equal(self, column: str, what: str, value: str) -> list[str]:
        if not value:
            return []
        name = f"{self._name}_{what}"
        self._values[name] = value
        return [f"{column} = ${name}"]

    def _numbers(self, table: str, number: str, conditions: list[str]) -> list[str]:
        """Conditions on a code as conditions on the running number that facts have for it."""
        return [
            f"{number} IN (SELECT {number} FROM {self.schema}.{table} WHERE {condition})"
            for condition in conditions
        ]

    def schools(self) -> list[str]:
        return [*self.place, *self.school, *self._own_schools()]

    def _own_schools(self) -> list[str]:
        """A university's schools: paired with it, or where it acted without a pairing."""
        if not self.university:
            return []
        (own,) = self._numbers("universities", "university_no", self.by)
        return [
            f"school_no IN (SELECT school_no FROM {self.schema}.pairings WHERE {own}"
            f" UNION SELECT school_no FROM {self.schema}.facts WHERE {own})"
        ]

    def pairings(self) -> list[str]:
        return [*self.place, *self.school, *self.by]

    def facts(self) -> list[str]:
        return [
            *self.place,
            *self._numbers("schools", "school_no", self.school),
            *self._numbers("universities", "university_no", self.by),
        ]

    def activities(self) -> list[str]:
        # They have no place of their own in the lake's files.
        return [
            *self._numbers("schools", "school_code", self.place),
            *self.school,
            *self.by,
        ]

    def universities(self) -> list[str]:
        """Those at work there; of a whole university, or the nation, its record in any case."""
        if not (self.place or self.school):
            return self.by
        return [
            f"university_no IN (SELECT university_no FROM {self.schema}.pairings"
            f" WHERE {' AND '.join(self.pairings())}"
            f" UNION SELECT university_no FROM {self.schema}.facts"
            f" WHERE {' AND '.join(self.facts())})"
        ]

    def weak_counties(self) -> list[str]:
        if not (self.university or self.school):
            return self.place
        return [*self.place, *self._numbers("schools", "county_code", self._schools_alone())]

    def _schools_alone(self) -> list[str]:
        return [" AND ".join([*self.school, *self._own_schools()])]


_RULES: dict[str, Callable[[_Part], list[str]]] = {
    "schools": _Part.schools,
    "universities": _Part.universities,
    "pairings": _Part.pairings,
    "facts": _Part.facts,
    "activities": _Part.activities,
    "support": _Part.schools,
    "difficulties": _Part.schools,
    "practices": _Part.schools,
    "put_aside": _Part.schools,
    "weak_counties": _Part.weak_counties,
}


def place_column(code: str) -> str:
    """The column that holds codes as long as this one."""
    return _COLUMN[len(code)]


def scoped(scope: AnyScope, schema: str) -> tuple[dict[str, list[str]], dict[str, object]]:
    """For each table of ``schema`` the conditions that all must hold, and their bound values.

    One condition at most: none for the whole nation; ``false`` for no scope at all.
    """
    if scope == NATION:
        return {table: [] for table in _RULES}, {}
    values: dict[str, object] = {}
    parts = [
        _Part(part, f"scope_{number}", schema, values)
        for number, part in enumerate(parts_of(scope))
    ]
    return {table: [_any(rule, parts)] for table, rule in _RULES.items()}, values


def _any(rule: Callable[[_Part], list[str]], parts: list[_Part]) -> str:
    each = [" AND ".join(rule(part)) for part in parts]
    return f"({' OR '.join(f'({one})' for one in each)})" if each else NOTHING
