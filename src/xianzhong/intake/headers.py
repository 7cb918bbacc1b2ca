"""Matches the headers of a sheet to the columns of a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from xianzhong.intake.values import Row, Sheet, Value, display
from xianzhong.model.columns import Column, ColumnType, Table

SEARCHED_ROWS = 10
# Columns that a sheet may carry twice, as code and as name: both are read and cross-checked.
SEVERAL = (ColumnType.COUNTY, ColumnType.SCHOOL, ColumnType.UNIVERSITY)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_DROPPED = re.compile(r"[\s\u200b\u200c\u200d\ufeff*:_]+")


def fold(text: str) -> str:
    """A header without what may differ: width, case, spaces, line breaks, marks like ``*``."""
    before = None
    # More than once: what was parted by a space may join when the space is gone (A´ -> Á).
    while text != before:
        before, text = text, _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return text


def fold_bare(text: str) -> str:
    """The folded header without what stands in brackets, such as a unit."""
    return _BRACKETS.sub("", fold(text))


@dataclass(slots=True)
class Match:
    """How a header row corresponds to a table.

    Attributes:
        bound: for each column of the table, the indexes of its sheet columns.
        ignored: indexes of sheet columns that mean nothing to the table.
        twice: indexes of sheet columns whose table column was bound already.
    """

    bound: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ignored: tuple[int, ...] = ()
    twice: dict[int, str] = field(default_factory=dict)

    def score(self, table: Table) -> tuple[int, int]:
        """How good the match is: required columns found, then columns found."""
        required = sum(1 for column in table.columns if column.required)
        lacking = sum(1 for c in table.columns if c.required and c.name not in self.bound)
        return required - lacking, len(self.bound)

    def missing(self, table: Table) -> tuple[Column, ...]:
        """The required columns that the sheet lacks."""
        return tuple(c for c in table.columns if c.required and c.name not in self.bound)


def _labels(column: Column) -> Iterable[str]:
    return column.label.zh, column.label.en, column.name


# Tried one after the other: an exact label beats a synonym, and both beat a cut header.
_PASSES: tuple[tuple[Callable[[str], str], Callable[[Column], Iterable[str]]], ...] = (
    (fold, _labels),
    (fold_bare, _labels),
    (fold, lambda column: column.synonyms),
    (fold_bare, lambda column: column.synonyms),
)


def match_headers(table: Table, headers: Sequence[Value]) -> Match:
    """Binds sheet columns to table columns: labels first, then synonyms, left to right."""
    match, free = Match(), {i: display(h) for i, h in enumerate(headers) if h is not None}
    for folded, names in _PASSES:
        wanted: dict[str, Column] = {}
        for column in table.columns:
            for name in names(column):
                wanted.setdefault(fold(name), column)
        for index in list(free):
            found = wanted.get(folded(free[index]))
            if found is None:
                continue
            del free[index]
            if found.name not in match.bound:
                match.bound[found.name] = (index,)
            elif found.type in SEVERAL:
                match.bound[found.name] += (index,)
            else:
                match.twice[index] = found.name
    match.ignored = tuple(free)
    return match


def find_header(table: Table, sheet: Sheet) -> tuple[Row, Match] | None:
    """The row among the first ten that looks most like the table's headers, if any does."""
    best: tuple[Row, Match] | None = None
    for row in sheet.rows[:SEARCHED_ROWS]:
        match = match_headers(table, row.values)
        if match.bound and (best is None or match.score(table) > best[1].score(table)):
            best = row, match
    return best
