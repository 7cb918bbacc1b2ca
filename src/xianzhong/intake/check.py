"""The rules for a whole record: one small function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xianzhong.intake.rows import Record
from xianzhong.intake.values import PartialDate, Problem, problem
from xianzhong.model.alerts import LONGEST_ASIDE
from xianzhong.model.columns import Table
from xianzhong.model.labels import Label, bracketed
from xianzhong.model.tables.difficulties import DIFFICULTY_STATES
from xianzhong.model.terms import Term

# What stands before a pairing by less than this is its preparation. Our rule, not an official one.
PREPARATION = timedelta(days=183)
_ORDERED: dict[str, tuple[tuple[str, str], ...]] = {
    "activities": (("start", "end"),),
    "pairings": (("agreement_date", "end_date"),),
    "difficulties": (("raised", "due"), ("raised", "resolved")),
}
# An end or a due date may lie ahead; these cannot.
_PAST: dict[str, tuple[str, ...]] = {
    "activities": ("start",),
    "pairings": ("agreement_date",),
    "difficulties": ("raised", "resolved"),
    "practices": ("published",),
}
# The programme's activities are visits, trainings, camps; a longer one has a slip in its year.
LONGEST_ACTIVITY = timedelta(days=366)
# What happened in a term stands in its figures; agreements and difficulties live on across terms.
HAPPENED: dict[str, str] = {"activities": "start", "practices": "published"}
_BRAND_FEE = "brand_fee"
_RESOLVED = "resolved"
# A policy may cost nothing.
_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a record belongs, by what it says, as far as its table has it; codes, else empty.

    Attributes:
        table: its table.
        county: its county, or that of its school.
        school: its school; of a school, itself.
        university: its university; of a university, itself.
        term: code of the school term in which it happened, where ``HAPPENED`` names a date.
    """

    table: str
    county: str = ""
    school: str = ""
    university: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know beyond the record.

    Attributes:
        table: the table that is filled.
        today: the day in the country's own time.
        pairings: for each (school, university) the day on which the earliest began, None
            where it is not known.
        names: names of schools and universities by code.
        scope: whether the user may change records that belong somewhere; None where everything
            may be changed.
        closed: whether a record belongs to a term that is closed to the user; None for never.
        county_of: the county of each school; grows as a sheet registers schools.
        county_label: a county's name by its code.
    """

    table: Table
    today: date
    pairings: Mapping[tuple[str, str], date | None]
    names: Mapping[str, str]
    scope: Callable[[Where], bool] | None = None
    closed: Callable[[Where], bool] | None = None
    county_of: Callable[[str], str] = str
    county_label: Callable[[str], Label] = lambda code: Label(code, code)


Said = Iterator[tuple[str, Problem]]


def required(record: Record, facts: Facts) -> Said:
    """A required column has a value."""
    for column in facts.table.columns:
        name = column.name
        if not column.required or name in record.values or name in record.unread:
            continue
        if name in record.above:
            text, row = record.above[name]
            fields = {"column": column.label, "name": name, "above": text, "first": row}
            yield name, problem("required_above", **fields)
        else:
            yield name, problem("required", column=column.label)


def in_order(record: Record, facts: Facts) -> Said:
    """No end before its start; a month counts to its last day."""
    for first, second in _ORDERED.get(facts.table.name, ()):
        start, end = record.values.get(first), record.values.get(second)
        if isinstance(start, PartialDate) and isinstance(end, PartialDate) and end.last < start.day:
            labels = {"start": facts.table.column(first).label}
            yield (
                second,
                problem("end_before_start", end=facts.table.column(second).label, **labels),
            )


def not_too_long(record: Record, facts: Facts) -> Said:
    """An activity of more than a year is looked at."""
    start, end = record.values.get("start"), record.values.get("end")
    if facts.table.name != "activities":
        return
    if isinstance(start, PartialDate) and isinstance(end, PartialDate):
        length = end.day - start.day
        if length > LONGEST_ACTIVITY:
            yield "end", problem("long_activity", days=length.days)


def in_scope(record: Record, facts: Facts) -> Said:
    """The record belongs where the user may change records.

    Schools and universities are looked at once it is known which of them a row is about.
    """
    if facts.scope is None or facts.table.name in PARTIES:
        return
    where = where_of(facts.table, record.values, facts.county_of)
    column = place_column(facts.table)
    if column not in record.unread and not facts.scope(where):
        yield column, problem("out_of_scope", place=where_label(where, facts))


PARTIES = ("schools", "universities")


def place_column(table: Table) -> str:
    """The column that says where a record of a table belongs."""
    names = {column.name for column in table.columns if column.stored}
    return next(name for name in ("county_code", "school_code", "name") if name in names)


def where_of(table: Table, values: Mapping[str, object], county_of: Callable[[str], str]) -> Where:
    """Where a record belongs, from its values: cleaned ones, or a stored row."""
    school, university = (str(values.get(f"{w}_code") or "") for w in ("school", "university"))
    county = str(values.get("county_code") or "") or (county_of(school) if school else "")
    return Where(table.name, county, school, university, _term(table, values))


def _term(table: Table, values: Mapping[str, object]) -> str:
    value = values.get(HAPPENED.get(table.name, ""))
    day = value.day if isinstance(value, PartialDate) else value
    return Term.of(day).code if isinstance(day, date) else ""


def where_label(where: Where, facts: Facts) -> Label:
    """What a place is called: the school with its county, else the county or the university."""
    name = facts.names.get(where.school) or facts.names.get(where.university)
    if not (where.school or where.county) and name:
        return Label(name, name)
    county = facts.county_label(where.county)
    school = facts.names.get(where.school)
    if not school:
        return county
    return Label(bracketed(school, county.zh), bracketed(school, county.en, "en"))


def not_ahead(record: Record, facts: Facts) -> Said:
    """What has happened did not happen after today."""
    for name in _PAST.get(facts.table.name, ()):
        value = record.values.get(name)
        if isinstance(value, PartialDate) and value.day > facts.today:
            yield name, problem("in_future", today=facts.today.isoformat())


def paired(record: Record, facts: Facts) -> Said:
    """An activity's school and university have a pairing, and it had begun or was near."""
    school, university = record.values.get("school_code"), record.values.get("university_code")
    if facts.table.name != "activities" or not school or not university:
        return
    if (school, university) not in facts.pairings:
        names = {"school": facts.names.get(school, school)}
        names["university"] = facts.names.get(university, university)
        yield "university_code", problem("not_paired", **names)
        return
    began, start = facts.pairings[school, university], record.values.get("start")
    if began and isinstance(start, PartialDate) and start.last < began - PREPARATION:
        yield "start", problem("before_pairing", start=began.isoformat())


def money(record: Record, facts: Facts) -> Said:
    """An amount, but for policies; no brand fee; more delivered than promised is looked at."""
    if facts.table.name != "support":
        return
    said = record.values.keys() | record.cleared | record.unread
    if not said & {"promised", "delivered"} and record.values.get("category") != _POLICY:
        yield "promised", problem("no_amount")
    promised = record.values.get("promised") or 0
    delivered = record.values.get("delivered") or 0
    if record.values.get("category") == _BRAND_FEE and (promised > 0 or delivered > 0):
        yield "category", problem("brand_fee")
    if promised and delivered > promised:
        yield "delivered", problem("delivered_above_promised")


def not_forgotten(record: Record, facts: Facts) -> Said:
    """An alert is put aside for a year at most."""
    until = record.values.get("until")
    if facts.table.name != "put_aside" or not isinstance(until, PartialDate):
        return
    if until.last > facts.today + timedelta(days=LONGEST_ASIDE):
        yield "until", problem("aside_too_long", days=LONGEST_ASIDE)


def settled(record: Record, facts: Facts) -> Said:
    """A difficulty has a date of its solution if it is resolved, and only then."""
    state = record.values.get("state")
    if facts.table.name != "difficulties" or not state:
        return
    dated = "resolved" in record.values
    if state != _RESOLVED and dated:
        yield "resolved", problem("resolved_but_open", state=_state_label(state))
    # An empty cell keeps a stored date: only where there is nothing to keep would it be an error.
    if state == _RESOLVED and not dated and "resolved" not in record.unread:
        yield "resolved", problem("resolved_undated")


def _state_label(code: str) -> Label:
    return next((s.label for s in DIFFICULTY_STATES if s.code == code), Label(code, code))


RULES: tuple[Callable[[Record, Facts], Said], ...] = (
    required, in_order, not_too_long, not_ahead, in_scope, paired, money, settled,
    not_forgotten,
)  # fmt: skip


def check(record: Record, facts: Facts) -> None:
    """Applies every rule and notes what it says in the record."""
    for rule in RULES:
        for column, said in rule(record, facts):
            record.say(column, said)
