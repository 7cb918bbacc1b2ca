"""The small things that travel down the road: cells, rows, sheets, problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

Value = str | int | float | bool | date | datetime | None
Precision = Literal["day", "month"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date that is known to the day or only to the month.

    Attributes:
        day: the day, or the month's first day.
        precision: which of the two.
        until: the second date where the cell holds a range.
    """

    day: date
    precision: Precision = "day"
    until: PartialDate | None = None

    def __str__(self) -> str:
        return f"{self.day:%Y-%m}" if self.precision == "month" else self.day.isoformat()

    @property
    def last(self) -> date:
        """The last day that the value may mean."""
        if self.precision == "day":
            return self.day
        after = self.day.replace(day=28).toordinal() + 4
        return date.fromordinal(date.fromordinal(after).replace(day=1).toordinal() - 1)


class Row(NamedTuple):
    """One row of a sheet: its number as the spreadsheet program shows it, and its values."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file, top to bottom. Rows without any value may be left out.

    Attributes:
        name: as the file has it.
        rows: its rows.
        hidden: whether the spreadsheet program hides the sheet.
        hidden_rows: numbers of the rows that it hides.
        merged: merged areas as first row, first column, last row, last column; rows by number,
            columns by index from 0. Only the first cell of an area holds its value.
        formulas: cells whose value a formula gave, as row number and column index.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong or worth knowing: a rule of the catalogue and the words to fill in."""

    rule: str
    fields: Mapping[str, Any] = field(default_factory=dict)


class Parsed(NamedTuple):
    """What a cell means (None: nothing, or unreadable) and what there is to say about it."""

    value: Any
    problems: tuple[Problem, ...] = ()


EMPTY = Parsed(None)


class Candidate(NamedTuple):
    """One that a doubtful name may mean; ``place`` is the county of a school."""

    name: str
    code: str
    place: str = ""


def problem(rule: str, **fields: Any) -> Problem:
    """A problem with its words."""
    return Problem(rule, fields)


def failed(rule: str, **fields: Any) -> Parsed:
    """A cell that cannot be read."""
    return Parsed(None, (Problem(rule, fields),))


def display(value: Value) -> str:
    """The value as the sheet would show it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def letter(index: int) -> str:
    """Letters of the column with this index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
