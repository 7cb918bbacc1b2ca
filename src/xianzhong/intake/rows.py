"""Turns the rows of a sheet into records: cleaned values, and who and where they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xianzhong.intake.clean.cells import Cleaner
from xianzhong.intake.clean.text import folded, plain, says_nothing
from xianzhong.intake.findings import Finding
from xianzhong.intake.layout import Layout
from xianzhong.intake.messages import RULES
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import Hints
from xianzhong.intake.values import PartialDate, Problem, Row, Value, problem
from xianzhong.intake.weak import resolve_listed
from xianzhong.model.columns import Column, ColumnType, Table

# Written in a cell, it erases what is stored; an empty cell never does.
CLEAR_WORDS = frozenset({"(清空)", "清空", "(clear)"})
_RESOLVED = (ColumnType.COUNTY, ColumnType.SCHOOL, ColumnType.UNIVERSITY)
_HELPERS = ("province", "prefecture", "county")


@dataclass(slots=True)
class Record:
    """One row, read.

    Attributes:
        layout, row: where it stands.
        values: what it says, by column; empty cells are absent.
        cleared: columns whose stored value it erases.
        findings: what there is to say about it.
        unread: columns that have an error.
    """

    layout: Layout
    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @property
    def rejected(self) -> bool:
        """Whether an error keeps the row out."""
        return bool(self.unread)

    def say(self, column: str, said: Problem) -> None:
        """Notes something about a column."""
        self.findings.append(self.layout.about(self.row, column, said))
        if RULES[said.rule].severity == "error":
            self.unread.add(column)


class RowReader:
    """Reads rows of one table. Keeps one cleaner per column, over all sheets of the file."""

    def __init__(self, table: Table, parties: Parties) -> None:
        self.table = table
        self.parties = parties
        self.places = parties.places
        self._cleaners = {column.name: Cleaner(column) for column in table.columns}
        self._dates = [c for c in table.columns if c.type is ColumnType.DATE]
        self._types = {column.name: column.type for column in table.columns}

    def read(self, layout: Layout) -> Iterator[Record]:
        """The records of a sheet, in its order."""
        bound = [self.table.column(name) for name in layout.match.bound]
        for row in layout.rows:
            record = Record(layout, row)
            for column in bound:
                self._read_cell(record, column)
            self._settle_dates(record)
            self._settle_names(record)
            yield record

    def _read_cell(self, record: Record, column: Column) -> None:
        for value in record.layout.values(record.row, column.name):
            if value is None:
                continue
            if _clears(value):
                record.cleared.add(column.name)
                continue
            parsed = self._cleaners[column.name](value)
            for said in parsed.problems:
                record.say(column.name, said)
            if parsed.value is None:
                continue
            if column.type in _RESOLVED:
                record.values.setdefault(column.name, []).append(parsed.value)
            else:
                record.values[column.name] = parsed.value

    def _settle_dates(self, record: Record) -> None:
        """Applies the precision column and spreads a range over start and end."""
        to_month = record.values.pop("date_precision", "") == "month"
        for column in self._dates:
            value = record.values.get(column.name)
            if not isinstance(value, PartialDate):
                continue
            if value.until is not None:
                self._spread(record, column, value)
                value = record.values[column.name]
            if to_month and column.name in ("start", "end") and value.precision == "day":
                month = PartialDate(value.day.replace(day=1), "month")
                if value.day.day != 1:
                    record.say(column.name, problem("precision_conflict", value=str(month)))
                record.values[column.name] = month

    def _spread(self, record: Record, column: Column, value: PartialDate) -> None:
        record.values[column.name] = replace(value, until=None)
        if column.name != "start" or "end" not in self._types:
            record.say(column.name, problem("date_range"))
        elif "end" not in record.values and value.until is not None:
            record.values["end"] = value.until

    def _settle_names(self, record: Record) -> None:
        """Replaces the names of county, university and school by their codes."""
        values = record.values
        province, prefecture = (plain(values.get(helper)) for helper in ("province", "prefecture"))
        hints = Hints(province, prefecture)
        county = self._county(record, hints)
        if self._types.get("university_code") is ColumnType.UNIVERSITY:
            texts = _texts(values.pop("university_code", ()))
            if texts:
                named = self.parties.university(texts)
                self._named(record, "university_code", named.code, named.problems)
        if self._types.get("school_code") is ColumnType.SCHOOL:
            texts = _texts(values.pop("school_code", ()))
            if texts and not record.unread & {"county_code", "county", "province"}:
                named = self.parties.school(texts, county, hints)
                self._named(record, "school_code", named.code, named.problems)
            elif texts:
                record.unread.add("school_code")
        for helper in _HELPERS:
            values.pop(helper, None)

    def _named(self, record: Record, column: str, code: str, problems: Sequence[Problem]) -> None:
        for said in problems:
            record.say(column, said)
        if code:
            record.values[column] = code

    def _county(self, record: Record, hints: Hints) -> str:
        values = record.values
        texts = [*(values.pop("county_code", None) or ())]
        if self.table.name == "weak_counties" and not texts:
            name, code = values.get("listed_name", ""), values.get("listed_code", "")
            place = resolve_listed(self.places, code, name, hints)
        else:
            if county := values.get("county"):
                texts.append(county)
            place = self.places.find(_texts(texts), hints)
        own = "county_code" if "county_code" in record.layout.match.bound else "county"
        columns = {"county": own, "listed": "listed_name"}
        for where, said in place.problems:
            record.say(columns.get(where, where), said)
        if place.code and "county_code" in self._types:
            values["county_code"] = place.code
        return place.code


def _clears(value: Value) -> bool:
    # The length is looked at first: this is asked of every cell.
    short = isinstance(value, str) and len(value) < 12
    return short and folded(value).casefold() in CLEAR_WORDS


def _texts(texts: Sequence[object]) -> tuple[str, ...]:
    cleaned = (plain(str(text)) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if not says_nothing(text)))
