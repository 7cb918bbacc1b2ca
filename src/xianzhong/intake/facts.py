"""What the checks need to know beyond a record, gathered from the lake and the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from xianzhong.intake.check import Facts, Where
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import division_label
from xianzhong.model.columns import Table
from xianzhong.model.labels import Label
from xianzhong.model.terms import Term

_NO_COUNTY = Label("没有县的记录", "a record without a county")


def partners(paired: Sequence[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """The schools that each university is paired with, by codes."""
    found: dict[str, set[str]] = {}
    for row in paired:
        found.setdefault(row["university_code"], set()).add(row["school_code"])
    return {university: frozenset(schools) for university, schools in found.items()}


def facts_for(
    paired: Sequence[Mapping[str, Any]],
    table: Table,
    parties: Parties,
    today: date,
    allowed: Callable[[Where], bool] | None,
    closed: Callable[[Where], bool] | None = None,
) -> Facts:
    """The facts for a file that fills ``table``.

    Args:
        paired: the stored pairings: school, university, date of the agreement, first term.
        table: what is filled.
        parties: the schools and universities on record; grows while the file is read.
        today: the day in the country's own time.
        allowed: where the user may change records; None for everywhere.
        closed: what belongs to a term that is closed to the user; None for nothing.
    """
    began: dict[tuple[str, str], date | None] = {}
    if table.name == "activities":
        for row in paired:
            key = row["school_code"], row["university_code"]
            days = [row["agreement_date"]] if row["agreement_date"] else []
            if row["start_term"]:
                days.append(Term.parse(row["start_term"]).first_day)
            if key in began:
                days += [day for day in (began[key],) if day]
            began[key] = min(days) if days else None
    names = {
        party.code: party.name
        for roster in (parties.schools, parties.universities)
        for party in roster.by_code.values()
    }
    schools, divisions = parties.schools.by_code, parties.places.divisions

    def county_of(code: str) -> str:
        return schools[code].county if code in schools else ""

    def county_label(code: str) -> Label:
        found = divisions.get(code) if code else None
        return division_label(found) if found else _NO_COUNTY

    return Facts(table, today, began, names, allowed, closed, county_of, county_label)
