"""Finds the rows of a sheet that hold its headers: one row, or two or three read together.

Where a header stands over several columns (派驻人员 over 人数 and 天数), each column is tried
under both words together, then under its own word alone. Cells merged over two lines, or a second
line of nothing but words where the first is empty, prove that the headers go over both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from xianzhong.intake.headers import Match, fold, fold_bare, match_spellings, parts_of
from xianzhong.intake.limits import MAX_COLUMNS
from xianzhong.intake.values import Row, Sheet, Value, display
from xianzhong.model.columns import Table

SEARCHED_ROWS = 10
DEEPEST = 3
# What a header over several columns adds to its own meaning: 参训人员 over 人数 is 参训人数.
_GROUP_WORDS = re.compile(r"(人员|教师|情况|信息|概况|内容|数据|统计)$")
# Words that mean nothing without the word above them.
_NAME_WORDS = frozenset({"名称", "全称", "校名", "代码", "编码", "编号", "name", "code"})

# What a word below 活动时间 says of it.
_STARTS = frozenset({"开始", "起", "自", "从", "起始", "始"})
_ENDS = frozenset({"结束", "止", "至", "到", "终", "截止", "终止", "迄"})
_OVER_DATES = re.compile(r"(时间|日期|期限|年限|起止|期间)$")
_TOTALS = frozenset({"合计", "小计", "总计", "总数", "总人数", "共计"})
_LONGEST_WORD = 8

Cells = Mapping[int, Value]


@dataclass(frozen=True, slots=True)
class Heading:
    """One or several rows, read as headers.

    Attributes:
        first: number of the first of them.
        row: number of the last, and for each column the words of all, joined by a slash.
        spellings: for each column the ways to read it, the best first.
    """

    first: int
    row: Row
    spellings: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def folded(self) -> tuple[str, ...]:
        """The headers in order, without what may differ between two sheets of one layout."""
        return tuple(fold(display(value)) for value in self.row.values)


def find_heading(table: Table, sheet: Sheet) -> tuple[Heading, Match] | None:
    """The heading among the first ten rows that looks most like the table's, if any does."""
    best: tuple[tuple[tuple[int, int], int], Heading, Match] | None = None
    halves = set(_first_halves(sheet))
    for heading in headings(sheet):
        if heading.row.number in halves:
            # The line below belongs to the headers as well.
            continue
        match = match_spellings(table, heading.spellings)
        proved = any(n in halves for n in range(heading.first, heading.row.number))
        if heading.first != heading.row.number and not match.joined and not proved:
            # Nothing is gained by reading the line above as part of the headers.
            continue
        rank = match.score(table), match.joined
        if match.bound and (best is None or rank > best[0]):
            best = rank, heading, match
    return best[1:] if best else None


def _first_halves(sheet: Sheet) -> Iterator[int]:
    """Numbers of the rows below which the headers certainly go on."""
    rows = sheet.rows[: SEARCHED_ROWS + 1]
    searched = [area for area in sheet.merged if rows and area[0] <= rows[-1].number]
    tall = {(top, left) for top, left, bottom, _ in searched if 0 < bottom - top < DEEPEST}
    wide = {
        (top, i)
        for top, left, bottom, right in searched
        if top == bottom
        for i in range(left, min(right, MAX_COLUMNS) + 1)
        if right > left
    }
    for upper, lower in pairwise(rows):
        over, under = _filled(upper), _filled(lower)
        if lower.number != upper.number + 1 or len(over) < 2 or not _short_words(under.values()):
            continue
        columns = {i for top, i in tall if top == upper.number}
        grouped = {i for top, i in wide if top == upper.number}
        if (columns and grouped and set(under) <= grouped) or (
            not columns and not grouped and _under_gaps(over, under)
        ):
            yield upper.number


def _filled(row: Row) -> dict[int, Value]:
    return {i: value for i, value in enumerate(row.values) if value is not None}


def _short_words(values: Iterable[Value]) -> bool:
    texts = [value for value in values if isinstance(value, str)]
    return (
        len(texts) > 1
        and len(texts) == len(list(values))
        and all(len(fold(text)) <= _LONGEST_WORD and not re.search(r"\d", text) for text in texts)
    )


def _under_gaps(over: Mapping[int, Value], under: Mapping[int, Value]) -> bool:
    """Whether each word of the second line stands under a gap of the first, or left of one."""
    last = max(over)
    gaps = {i for i in under if i not in over}
    groups = {i for i in under if i in over and (i + 1 in gaps or i == last)}
    # Under most of the headers there is nothing: no record looks so.
    return bool(gaps) and set(under) == gaps | groups and len(groups) * 2 <= len(over)


def headings(sheet: Sheet) -> Iterator[Heading]:
    """Every heading that the first rows may be, single rows first."""
    rows = sheet.rows[: SEARCHED_ROWS + DEEPEST - 1]
    wide, down = _spread(sheet, rows, wide=True), _spread(sheet, rows, wide=False)
    for depth in range(1, DEEPEST + 1):
        for start in range(min(SEARCHED_ROWS, len(rows) - depth + 1)):
            block = rows[start : start + depth]
            if block[-1].number - block[0].number == depth - 1:
                above: list[tuple[Cells, Cells]] = [
                    (wide[row.number], down[row.number]) for row in block[:-1]
                ]
                yield from _heading(block[0], block[-1], above, down[block[-1].number])


def heading_at(sheet: Sheet, number: int) -> Heading | None:
    """The heading whose last row has this number, of one row; None where it is empty."""
    found = next((row for row in sheet.rows if row.number == number), None)
    return next(_heading(found, found, [], dict(enumerate(found.values))), None) if found else None


def single_headings(sheet: Sheet, count: int) -> Iterator[Heading]:
    """Each of the first ``count`` rows as headers by itself."""
    for row in sheet.rows[:count]:
        yield from _heading(row, row, [], dict(enumerate(row.values)))


def likely_heading(sheet: Sheet, count: int) -> Heading | None:
    """The first of the rows with most texts, where no header was recognised."""
    rows = sheet.rows[:count]
    best = max(rows, key=lambda row: sum(isinstance(v, str) for v in row.values), default=None)
    return heading_at(sheet, best.number) if best else None


def _spread(sheet: Sheet, rows: tuple[Row, ...], *, wide: bool) -> dict[int, dict[int, Value]]:
    """The cells of the first rows, each merged area filled downwards, if wide to the right too."""
    cells = {row.number: dict(enumerate(row.values)) for row in rows}
    widest = max((len(row.values) for row in rows), default=0)
    for top, left, bottom, right in sheet.merged:
        value = cells.get(top, {}).get(left)
        if value is None:
            continue
        # An area may claim more than the sheet has.
        indexes = range(left, min(right, widest) + 1 if wide else left + 1)
        for number in range(top, min(bottom, rows[-1].number) + 1):
            if number in cells:
                cells[number] |= dict.fromkeys(indexes, value)
    return cells


def _heading(
    first: Row, row: Row, above: list[tuple[Cells, Cells]], last: Cells
) -> Iterator[Heading]:
    if any(len({v for v in wide.values() if v is not None}) < 2 for wide, _ in above):
        # A line of one text is a title.
        return
    indexes = [i for cells in (last, *(down for _, down in above)) for i in cells]
    parts = [_parts(above, last, index) for index in range(max(indexes, default=-1) + 1)]
    if above and not any(len(words) > 1 for words in parts):
        return
    values = tuple("/".join(words) if words else None for words in parts)
    spellings = {i: _spellings(words) for i, words in enumerate(parts) if words}
    if spellings:
        yield Heading(first.number, Row(row.number, values), spellings)


def _parts(above: list[tuple[Cells, Cells]], last: Cells, index: int) -> list[str]:
    """The words over a column, top down, each once."""
    words: list[str] = []
    own = last.get(index)
    for wide, down in above:
        value = wide.get(index) if own is not None else down.get(index)
        if value is None and own is not None:
            # A sheet without merged cells writes the common word only over the first column.
            value = next((wide[i] for i in range(index, -1, -1) if wide.get(i) is not None), None)
        if value is not None:
            words.append(display(value))
    if own is not None:
        words.append(display(own))
    return [word for i, word in enumerate(words) if word not in words[:i]]


def _spellings(words: list[str]) -> tuple[str, ...]:
    if len(words) == 1:
        return (words[0],)
    over, own = words[-2], words[-1]
    bare, word = fold_bare(over), fold_bare(own)
    stem = _GROUP_WORDS.sub("", bare)
    ways = ["".join(words), over + own]
    if stem:
        ways.append(stem + own)
    if _OVER_DATES.search(bare) and word in _STARTS | _ENDS:
        ways.append("开始日期" if word in _STARTS else "结束日期")
    if word in _NAME_WORDS | _TOTALS or not word or parts_of(own):
        ways.append(over)
    return tuple(dict.fromkeys((*ways, own)))
