"""Matches the headers of a sheet to the columns of a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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


# What may be said in other words, and what adds nothing: tried after all that is written so.
_LOOSE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:是否|有无)(?:已经?|有)?"), ""),
    (re.compile(r"^(?:成立|建立|出台|制定)"), ""),
    (re.compile(r"^(?:活动|具体)(?=..)"), ""),
    (re.compile(r"时间"), "日期"),
    (re.compile(r"时限"), "期限"),
    (re.compile(r"(?:总人次|总人数|人次数|人次|人数|数量)$"), "数"),
    (re.compile(r"(?<=.)(?:情况|名称|全称|说明)$"), ""),
)


def fold_loose(text: str) -> str:
    """The bare header without 是否, 情况 and the like; 时间 and 日期 are one word in it."""
    bare = fold_bare(text)
    for pattern, into in _LOOSE:
        bare = pattern.sub(into, bare)
    return bare


@dataclass(slots=True)
class Match:
    """How a header row corresponds to a table.

    Attributes:
        bound: for each column of the table, the indexes of its sheet columns.
        ignored: indexes of sheet columns that mean nothing to the table.
        twice: indexes of sheet columns whose table column was bound already.
        parts: for each number that several sheet columns give in parts, to be added, their indexes.
        joined: how many columns were found only by the words of several header rows together.
    """

    bound: dict[str, tuple[int, ...]] = field(default_factory=dict)
    ignored: tuple[int, ...] = ()
    twice: dict[int, str] = field(default_factory=dict)
    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)
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
    (fold_loose, lambda column: column.headers),
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
            wanted = _wanted(table, names, folded)
            for index, spellings in list(free.items()):
                found = wanted.get(folded(spellings[rank])) if rank < len(spellings) else None
                if found is None:
                    continue
                if folded is fold_loose and found.type in SEVERAL and found.name in match.bound:
                    # 学校情况 beside 学校 describes it and does not name it again.
                    continue
                del free[index]
                match.joined += rank < len(spellings) - 1
                _bind(match, found, index)
    match.ignored = tuple(free)
    settle_parts(match, table, {i: ways[0] for i, ways in headers.items()})
    return match


# Asked for every row that may be the headers, of each table that a file may have been made for.
@lru_cache(maxsize=256)
def _wanted(
    table: Table, names: Callable[[Column], Iterable[str]], folded: Callable[[str], str]
) -> Mapping[str, Column]:
    wanted: dict[str, Column] = {}
    twice: set[str] = set()
    for column in table.columns:
        for name in names(column):
            word = fold_loose(name) if folded is fold_loose else fold(name)
            if wanted.setdefault(word, column) is not column:
                twice.add(word)
    if folded is fold_loose:
        # What could be two columns once it is cut is neither.
        return {word: column for word, column in wanted.items() if word not in twice}
    return wanted


# Whom a count is about, where several columns count one thing in parts.
_PART = re.compile(
    r"学生|教师|老师|校长|干部|管理人员|专家|家长|班主任|教研员|男|女|高一|高二|高三|校内|校外"
)


def parts_of(header: str) -> frozenset[str]:
    """Of which part of all people a header speaks; 师生 is no part."""
    return frozenset(_PART.findall(fold(header)))


def settle_parts(match: Match, table: Table, headers: Mapping[int, str]) -> None:
    """Of several columns with one number the total is taken; where there is none, the parts."""
    for name in dict.fromkeys(match.twice.values()):
        if table.column(name).type not in (ColumnType.COUNT, ColumnType.AMOUNT):
            continue
        indexes = [*match.bound[name], *(i for i, n in match.twice.items() if n == name)]
        parts = {i: parts_of(headers.get(i, "")) for i in indexes}
        first = indexes[0]
        total = first if not parts[first] else next((i for i in indexes if not parts[i]), None)
        taken = (total,) if total is not None else _apart(indexes, parts)
        match.bound[name] = taken
        match.twice = {i: n for i, n in match.twice.items() if n != name}
        match.twice |= dict.fromkeys((i for i in indexes if i not in taken), name)
        if len(taken) > 1:
            match.parts[name] = taken


def _apart(indexes: Sequence[int], parts: Mapping[int, frozenset[str]]) -> tuple[int, ...]:
    """The columns whose people are not counted in another of them."""
    taken: list[int] = []
    for index in indexes:
        if all(not (parts[index] <= parts[i] or parts[index] >= parts[i]) for i in taken):
            taken.append(index)
    return tuple(taken)


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
    made.parts = {n: i for n, i in match.parts.items() if made.bound.get(n) == i}
    known = {i for indexes in made.bound.values() for i in indexes} | set(made.twice) | set(named)
    made.ignored = tuple(i for i in filled if i not in known)
    return made
