"""Matches the headers of a sheet to the columns of a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xianzhong.intake.traditional import simplified
from xianzhong.intake.values import Value, display
from xianzhong.model.columns import Column, ColumnType, Table

# Columns that a sheet may carry twice, as code and as name: both are read and cross-checked.
SEVERAL = (ColumnType.COUNTY, ColumnType.SCHOOL, ColumnType.UNIVERSITY)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_DROPPED = re.compile(r"[\s\u200b\u200c\u200d\ufeff*:_]+")


def fold(text: str) -> str:
    """A text without what may differ: width, case, spaces, marks like ``*``, old characters."""
    before = None
    # More than once: what was parted by a space may join when the space is gone (A´ -> Á).
    while text != before:
        before = text
        text = simplified(_DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold())
    return text


def fold_outer(text: str) -> str:
    """The folded header without the brackets at its end: those before may be part of its name."""
    folded = fold(text)
    starts = [found.start() for found in _BRACKETS.finditer(folded) if found.end() == len(folded)]
    return folded[: starts[-1]] if starts else folded


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
        joined: how many columns were found only by the words of several header rows together.
    """

    bound: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ignored: tuple[int, ...] = ()
    twice: dict[int, str] = field(default_factory=dict)
    joined: int = 0

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
    (fold_outer, _labels),
    (fold_bare, _labels),
    (fold, lambda column: column.synonyms),
    (fold_outer, lambda column: column.synonyms),
    (fold_bare, lambda column: column.synonyms),
)


def match_headers(table: Table, headers: Sequence[Value]) -> Match:
    """Binds sheet columns to table columns: labels first, then synonyms, left to right."""
    return match_spellings(
        table, {i: (display(h),) for i, h in enumerate(headers) if h is not None}
    )


def match_spellings(table: Table, headers: Mapping[int, Sequence[str]]) -> Match:
    """Binds sheet columns, each of which may be called in several ways, the best first."""
    match, free = Match(), dict(headers)
    for rank in range(max((len(spellings) for spellings in free.values()), default=0)):
        for folded, names in _PASSES:
            wanted = _wanted(table, names)
            for index, spellings in list(free.items()):
                found = wanted.get(folded(spellings[rank])) if rank < len(spellings) else None
                if found is None:
                    continue
                del free[index]
                match.joined += rank < len(spellings) - 1
                _bind(match, found, index)
    match.ignored = tuple(free)
    return match


def _wanted(table: Table, names: Callable[[Column], Iterable[str]]) -> dict[str, Column]:
    wanted: dict[str, Column] = {}
    for column in table.columns:
        for name in names(column):
            wanted.setdefault(fold(name), column)
    return wanted


def _bind(match: Match, column: Column, index: int) -> None:
    if column.name not in match.bound:
        match.bound[column.name] = (index,)
    elif column.type in SEVERAL:
        match.bound[column.name] += (index,)
    else:
        match.twice[index] = column.name


def override(match: Match, table: Table, said: Mapping[int, str], filled: Iterable[int]) -> Match:
    """The match with what somebody said of single columns: a table column, or nothing.

    Args:
        match: what was recognised.
        table: the table; a name that is none of its columns says nothing.
        said: table column, or an empty text, by index of the sheet column.
        filled: the indexes of all the sheet's columns.
    """
    columns = {column.name: column for column in table.columns}
    named = {i: name for i, name in said.items() if not name or name in columns}
    single = {n for n in named.values() if n and columns[n].type not in SEVERAL}
    made = Match(joined=match.joined)
    for index, name in sorted(named.items()):
        if name:
            _bind(made, columns[name], index)
    for name, indexes in match.bound.items():
        kept = tuple(i for i in indexes if i not in named)
        if kept and name not in single:
            made.bound[name] = tuple(sorted(made.bound.get(name, ()) + kept))
    made.twice |= {i: n for i, n in match.twice.items() if i not in named and n in made.bound}
    known = {i for indexes in made.bound.values() for i in indexes} | set(made.twice) | set(named)
    made.ignored = tuple(i for i in filled if i not in known)
    return made
