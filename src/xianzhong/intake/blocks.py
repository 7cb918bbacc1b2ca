"""Finds the rows of a sheet that hold its headers: one row, or two or three read together.

Where a header stands over several columns (派驻人员 over 人数 and 天数), each column is tried
under both words together, then under its own word alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xianzhong.intake.headers import Match, fold, fold_bare, match_spellings
from xianzhong.intake.values import Row, Sheet, Value, display
from xianzhong.model.columns import Table

SEARCHED_ROWS = 10
DEEPEST = 3
# What a header over several columns adds to its own meaning: 参训人员 over 人数 is 参训人数.
_GROUP_WORDS = re.compile(r"(人员|教师|情况|信息|概况|内容|数据|统计)$")
# Words that mean nothing without the word above them.
_NAME_WORDS = frozenset({"名称", "全称", "校名", "代码", "编码", "编号", "name", "code"})

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
    for heading in headings(sheet):
        match = match_spellings(table, heading.spellings)
        if heading.first != heading.row.number and not match.joined:
            # Nothing is gained by reading the line above as part of the headers.
            continue
        rank = match.score(table), match.joined
        if match.bound and (best is None or rank > best[0]):
            best = rank, heading, match
    return best[1:] if best else None


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
    stem = _GROUP_WORDS.sub("", fold_bare(over))
    ways = ["".join(words), over + own]
    if stem:
        ways.append(stem + own)
    if fold_bare(own) in _NAME_WORDS:
        ways.append(over)
    return tuple(dict.fromkeys((*ways, own)))
