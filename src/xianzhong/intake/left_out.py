"""Columns that were not taken although they may matter: said aloud, not in a side note.

Also tells by its values which of several columns holds a choice: 帮扶类型 is the scheme in one
sheet and the kind of activity in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from xianzhong.intake.clean.text import folded, is_choice
from xianzhong.intake.headers import Match, fold, fold_loose
from xianzhong.intake.values import Problem, Row, Value, display, letter, problem
from xianzhong.model.columns import Column, ColumnType, Table

if TYPE_CHECKING:
    from xianzhong.intake.layout import Layout

ALIKE_HEADERS = 60
_SEEN_ROWS = 200
_MEASURES = (ColumnType.COUNT, ColumnType.AMOUNT)
# Headers that tell the way of an activity as often as its kind.
_DOUBTFUL = re.compile(r"(形式|方式|措施|举措)$")
_TELLING = 3
_LARGEST_MEASURE = 100_000


def settle_choices(match: Match, table: Table, rows: Sequence[Row], own: Sequence[str]) -> None:
    """Of the columns that may hold a choice, binds the one whose values are such choices.

    Args:
        match: changed in place.
        table: the table.
        rows: the sheet's rows below the headers.
        own: the header of each sheet column.
    """
    for column in table.columns:
        if column.type is not ColumnType.CHOICE or column.name not in match.bound:
            continue
        also = [i for i, name in match.twice.items() if name == column.name]
        held = {i: _share(column, rows, i) for i in (*match.bound[column.name], *also)}
        best = max(held, key=lambda i: held[i])
        # A column of other words is no second one; an empty one says nothing against it.
        other = {i for i, share in held.items() if not share and _any(rows, i)}
        if not _DOUBTFUL.search(fold(own[best])):
            other.discard(best)
        del match.bound[column.name]
        match.twice = {i: n for i, n in match.twice.items() if i not in held}
        match.ignored = tuple(sorted({*match.ignored, *other}))
        if best not in other:
            match.bound[column.name] = (best,)
            left = (i for i in held if i not in other and i != best)
            match.twice |= dict.fromkeys(left, column.name)


def _share(column: Column, rows: Sequence[Row], index: int) -> float:
    values = list(_values(rows, index))
    read = sum(is_choice(folded(value), column) for value in values)
    return read / len(values) if values else 0.0


def _values(rows: Sequence[Row], index: int) -> Iterator[Value]:
    found = (row.values[index] for row in rows if index < len(row.values))
    return islice((value for value in found if value is not None), _SEEN_ROWS)


def _any(rows: Sequence[Row], index: int) -> bool:
    return next(_values(rows, index), None) is not None


def about_ignored(layout: Layout, index: int, rule: str) -> Problem:
    """What to say of a column that was not taken; a warning where it looks like one that lacks."""
    if rule == "column_ignored" and _any(layout.rows, index):
        near = _near(layout, layout.header_of(index))
        if near is not None:
            return problem("column_like", near=near.label)
    return problem(rule)


def _near(layout: Layout, header: str) -> Column | None:
    """The table column that the sheet lacks and whose headers are most like this one."""
    text = fold_loose(header)
    best: tuple[float, Column | None] = float(ALIKE_HEADERS), None
    for column in layout.table.columns:
        if column.name in layout.match.bound or not column.stored:
            continue
        for name in column.headers:
            word = fold_loose(name)
            score = fuzz.ratio(text, word)
            # Two characters at the end are the word for many things: 图片链接, 来源链接.
            short = len(word) < _TELLING and not text.startswith(word)
            if score >= best[0] and not word.isascii() and not short:
                best = score, column
    return best[1]


def about_measures(layout: Layout, ignored: Iterable[int]) -> Iterator[Problem]:
    """A warning where no number of the table was found, and a column of numbers was left out."""
    measures = [c for c in layout.table.columns if c.type in _MEASURES and c.unit]
    if not measures or any(c.name in layout.match.bound for c in measures):
        return
    numbers = [letter(i) for i in ignored if _holds_numbers(layout.rows, i)]
    if numbers:
        labels = tuple(column.label for column in measures)
        yield problem("no_measures", columns=labels, letters=tuple(numbers))


def _holds_numbers(rows: Sequence[Row], index: int) -> bool:
    values = [folded(value) for value in _values(rows, index)]
    # Six digits and more are postcodes and telephones.
    small = [v for v in values if re.match(r"^\d[\d,.]{0,6}\D{0,3}$", v)]
    small = [v for v in small if float(re.sub(r"[^\d.]", "", v).strip(".") or 0) < _LARGEST_MEASURE]
    return len(small) * 2 > len(values)


def headers_of(values: Sequence[Value], width: int) -> list[str]:
    """The header of every sheet column, empty where there is none."""
    return [display(values[i]) if i < len(values) else "" for i in range(width)]
