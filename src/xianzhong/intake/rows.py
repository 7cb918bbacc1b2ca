"""Turns the rows of a sheet into records: cleaned values, and who and where they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from xianzhong.intake.above import Above, Said
from xianzhong.intake.choices import Choices
from xianzhong.intake.clean.cells import NO_DATA, Cleaner
from xianzhong.intake.clean.dates import with_year
from xianzhong.intake.clean.terms import parse_term
from xianzhong.intake.clean.text import folded, plain, says_nothing
from xianzhong.intake.findings import Finding
from xianzhong.intake.layout import Layout
from xianzhong.intake.messages import RULES
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import Hints
from xianzhong.intake.values import (
    EMPTY,
    Parsed,
    PartialDate,
    Problem,
    Row,
    Value,
    display,
    problem,
)
from xianzhong.intake.weak import resolve_listed
from xianzhong.intake.years import IN_COLUMN, YearHint, hint_in
from xianzhong.model.columns import Column, ColumnType, Table

# Written in a cell, it erases what is stored; an empty cell never does.
CLEAR_WORDS = frozenset({"(清空)", "清空", "(clear)"})
_CLEAR_ENDS = (")", "\uff09", "空")
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
        texts: what stands in place of the row's own cells, by column.
        above: what the rows above say of columns that are blank here and may be filled so.
    """

    layout: Layout
    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    texts: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, Said] = field(default_factory=dict)

    @property
    def rejected(self) -> bool:
        """Whether an error keeps the row out."""
        return bool(self.unread)

    def say(self, column: str, said: Problem, index: int | None = None) -> None:
        """Notes something about a column, or about one of the sheet columns that make it up."""
        if index is None:
            self.findings.append(self.layout.about(self.row, column, said, self.texts))
        else:
            self.findings.append(self.layout.finding(self.row, index, said))
        if RULES[said.rule].severity == "error":
            self.unread.add(column)


class RowReader:
    """Reads rows of one table. Keeps one cleaner per column, over all sheets of the file.

    Args:
        table: what the rows fill.
        parties: who may be named.
        choices: texts that stand in place of cells, and rows to be split.
        file_year: the year that the file's name gives to dates without one.
    """

    def __init__(
        self,
        table: Table,
        parties: Parties,
        choices: Choices | None = None,
        file_year: YearHint | None = None,
    ) -> None:
        self.table = table
        self.parties = parties
        self.places = parties.places
        self._choices = choices or Choices()
        self._file_year = file_year
        self._cleaners = {column.name: Cleaner(column) for column in table.columns}
        self._dates = [c for c in table.columns if c.type is ColumnType.DATE]
        self._terms = [c for c in table.columns if c.type is ColumnType.TERM]
        self._types = {column.name: column.type for column in table.columns}
        self._no_data: dict[str, tuple[Layout, Counter[str]]] = {}

    def read(self, layout: Layout) -> Iterator[list[Record]]:
        """For each row of a sheet, in its order, its record, or several where it is split."""
        bound = [(self.table.column(name), at) for name, at in layout.match.bound.items()]
        edits, splits = self._choices.edits, self._choices.splits
        years, above = layout.year_columns, Above(layout, self._choices.fills)
        for row in layout.rows:
            place = layout.name, row.number
            texts = edits.get(place, {}) if edits else {}
            filled, offered = above.next(row, texts)
            if filled:
                texts = dict(texts) | {name: said.text for name, said in filled.items()}
            if splits and place in splits:
                records = self._split(layout, row, texts, splits[place])
            else:
                records = [Record(layout, row, texts=texts, above=offered)]
                self._read(records[0], bound, years)
            for name, said in filled.items():
                fields = {"above": said.text, "first": said.row}
                records[0].say(name, problem("filled_above", **fields))
            yield records

    def notes(self) -> Iterator[Finding]:
        """What there is to say of whole columns, once their rows are read."""
        for layout, counts in self._no_data.values():
            for name, count in counts.items():
                indexes = layout.match.bound.get(name)
                said = problem(NO_DATA, count=count)
                yield layout.finding(None, indexes[0] if indexes else None, said)

    def _split(
        self, layout: Layout, row: Row, texts: Mapping[str, str], column: str
    ) -> list[Record]:
        """One record for each of the names in a cell. Numbers stand in the first record alone.

        Their sum over the records stays what the row says. A code can be only one record's.
        """
        bound = [(self.table.column(name), at) for name, at in layout.match.bound.items()]
        own_texts = [display(v) for v in layout.values(row, column) if v is not None]
        said = [texts[column]] if column in texts else own_texts
        parts = next((found for text in said if (found := self._parts(column, text))), ())
        if not parts:
            parts = tuple(said[:1]) or ("",)
        records: list[Record] = []
        for part in parts:
            own = dict(texts) | {column: part}
            if records:
                own |= dict.fromkeys(_once(self.table), "")
            record = Record(layout, row, texts=own)
            self._read(record, bound, layout.year_columns)
            records.append(record)
        if len(parts) > 1:
            records[0].say(column, problem("split_row", parts=parts, count=len(parts)))
        return records

    def _parts(self, column: str, text: str) -> tuple[str, ...]:
        if self._types.get(column) is ColumnType.SCHOOL:
            return self.parties.parts("school", plain(text))
        if self._types.get(column) is ColumnType.UNIVERSITY:
            return self.parties.parts("university", plain(text))
        return ()

    def _read(
        self,
        record: Record,
        bound: Sequence[tuple[Column, tuple[int, ...]]],
        years: Sequence[int],
    ) -> None:
        cells, texts = record.row.values, record.texts
        width = len(cells)
        for column, indexes in bound:
            if texts and column.name in texts:
                continue
            if column.name in record.layout.match.parts:
                self._add_up(record, column, indexes)
                continue
            for index in indexes:
                if index < width and (value := cells[index]) is not None:
                    self._read_cell(record, column, value, years)
        for name, text in texts.items():
            if text.strip() and name in self._types:
                self._read_cell(record, self.table.column(name), text, years)
        if record.layout.uncached:
            self._without_value(record, bound)
        self._settle_dates(record)
        self._settle_names(record)

    def _add_up(self, record: Record, column: Column, indexes: Sequence[int]) -> None:
        """The sum of a number that stands in parts in several cells."""
        found = []
        for index in indexes:
            value = record.row.values[index] if index < len(record.row.values) else None
            parsed = self._cleaners[column.name](value) if value is not None else EMPTY
            for said in parsed.problems:
                if said.rule == NO_DATA:
                    self._count_no_data(record, column)
                else:
                    record.say(column.name, said, index)
            if parsed.value is not None:
                found.append(parsed.value)
        if found:
            record.values[column.name] = sum(found)

    def _count_no_data(self, record: Record, column: Column) -> None:
        layout = record.layout
        _, counts = self._no_data.setdefault(layout.name, (layout, Counter()))
        counts[column.name] += 1

    def _read_cell(
        self, record: Record, column: Column, value: Value, years: Sequence[int]
    ) -> None:
        if isinstance(value, str) and _clears(value):
            record.cleared.add(column.name)
            return
        parsed = self._cleaners[column.name](value)
        if parsed.problems:
            if parsed.problems[0].rule == NO_DATA:
                self._count_no_data(record, column)
                return
            if column.type is ColumnType.DATE and parsed.value is None:
                parsed = self._dated(record, value, parsed, years)
            for said in parsed.problems:
                record.say(column.name, said)
        if parsed.value is None:
            return
        if column.type in _RESOLVED:
            record.values.setdefault(column.name, []).append(parsed.value)
        else:
            record.values[column.name] = parsed.value

    def _dated(self, record: Record, value: Value, parsed: Parsed, years: Sequence[int]) -> Parsed:
        """A date that says too little by itself, with what its surroundings add."""
        rule = parsed.problems[0].rule
        if rule == "date_no_year":
            row = record.row.values
            own = [row[index] for index in years if index < len(row)]
            hint = hint_in(own, IN_COLUMN, bare=True) or record.layout.year or self._file_year
            return with_year(value, hint) if hint else parsed
        if rule == "date_is_term" and len(self._terms) == 1:
            term = self._terms[0]
            found = parse_term(value, term)
            free = not any(v is not None for v in record.layout.values(record.row, term.name))
            if found.value and free and term.name not in record.values:
                record.values[term.name] = found.value
                said = problem("date_term_moved", column=term.label, value=found.value)
                return Parsed(None, (said,))
        return parsed

    def _without_value(
        self, record: Record, bound: Sequence[tuple[Column, tuple[int, ...]]]
    ) -> None:
        number, uncached = record.row.number, record.layout.uncached
        for column, indexes in bound:
            if column.name not in record.texts and any((number, i) in uncached for i in indexes):
                record.say(column.name, problem("formula_no_value"))

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
                partner = str(record.values.get("university_code") or "")
                named = self.parties.school(texts, county, hints, partner)
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


def _once(table: Table) -> Iterator[str]:
    """What only one of several records made from a row may carry."""
    for column in table.columns:
        number = column.type in (ColumnType.COUNT, ColumnType.AMOUNT)
        if column.name == table.identity or (number and column.name not in table.natural_key):
            yield column.name


def _clears(value: str) -> bool:
    # Looked at before it is folded: this is asked of every cell.
    likely = len(value) < 12 and value.rstrip()[-1:] in _CLEAR_ENDS
    return likely and folded(value).casefold() in CLEAR_WORDS


def _texts(texts: Iterable[object]) -> tuple[str, ...]:
    return _cleaned(tuple(map(str, texts)))


@lru_cache(maxsize=50_000)
def _cleaned(texts: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = (plain(text) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if not says_nothing(text)))
