"""What a sheet says beyond the cells: hidden rows, merged cells, formulas."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xianzhong.intake.values import Row, Sheet, Value, problem
from xianzhong.model.columns import ColumnType

if TYPE_CHECKING:
    from xianzhong.intake.layout import Layout

_LISTED = 12
# A number in a merged cell stands for all its rows together: it counts once.
_NUMBERS = (ColumnType.COUNT, ColumnType.AMOUNT)


def listed(numbers: Sequence[int]) -> str:
    """Row numbers in words, the first dozen of many."""
    shown = ", ".join(map(str, numbers[:_LISTED]))
    return shown + ("…" if len(numbers) > _LISTED else "")


def fill_merged(layout: Layout, sheet: Sheet) -> None:
    """Gives the value of a cell merged over several rows to each of them, and says so."""
    types = _types(layout)
    numbers = [row.number for row in layout.rows]
    filled: dict[int, dict[int, Value]] = {}
    rows_of: dict[tuple[str, int], list[int]] = {}
    for top, left, bottom, value in _areas(layout, sheet):
        below = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        if left not in types or not below or value is None:
            continue
        rule = "merged_number" if types[left] in _NUMBERS else "merged_filled"
        rows_of.setdefault((rule, left), []).extend(below)
        if rule == "merged_filled":
            for number in below:
                filled.setdefault(number, {})[left] = value
    layout.rows = [_with(row, filled[row.number]) if row.number in filled else row
                   for row in layout.rows]  # fmt: skip
    for (rule, index), below in rows_of.items():
        said = problem(rule, count=len(below), rows=listed(sorted(below)))
        layout.findings.append(layout.finding(None, index, said))


def _areas(layout: Layout, sheet: Sheet) -> Iterable[tuple[int, int, int, Value]]:
    """First row, column, last row and value of what is merged downwards among the data."""
    tall = sorted(
        (left, top, bottom)
        for top, left, bottom, _ in sheet.merged
        if bottom > top > layout.header.number
    )
    rows = {row.number: row.values for row in sheet.rows} if tall else {}
    done = (-1, 0)
    for left, top, bottom in tall:
        # A broken file may let areas overlap, or claim a million rows.
        if top in rows and (left, top) > done:
            last = min(bottom, sheet.rows[-1].number)
            done = left, last
            yield top, left, last, rows[top][left] if left < len(rows[top]) else None


def _types(layout: Layout) -> dict[int, ColumnType]:
    table = layout.table
    return {i: table.column(name).type for name, at in layout.match.bound.items() for i in at}


def _with(row: Row, cells: dict[int, Value]) -> Row:
    values = list(row.values) + [None] * (max(cells) + 1 - len(row.values))
    for index, value in cells.items():
        if values[index] is None:
            values[index] = value
    return Row(row.number, tuple(values))


def note_formulas(layout: Layout, sheet: Sheet) -> None:
    """Says once for each column how many values came from formulas; keeps those without one."""
    if not sheet.formulas:
        return
    rows, types = {row.number: row.values for row in layout.rows}, _types(layout)
    counts: Counter[int] = Counter()
    for number, index in sheet.formulas:
        if number not in rows or index not in types:
            continue
        values = rows[number]
        if index < len(values) and values[index] is not None:
            counts[index] += 1
        else:
            layout.uncached.add((number, index))
    for index, count in sorted(counts.items()):
        said = problem("formula_values", count=count)
        layout.findings.append(layout.finding(None, index, said))


def note_hidden(layout: Layout, sheet: Sheet) -> None:
    """Names the sheet, or the rows of data, that the spreadsheet program hides."""
    if sheet.hidden:
        layout.findings.append(layout.finding(None, None, problem("sheet_hidden", name=sheet.name)))
    numbers = [row.number for row in layout.rows if row.number in sheet.hidden_rows]
    if numbers:
        said = problem("rows_hidden", count=len(numbers), rows=listed(numbers))
        layout.findings.append(layout.finding(None, None, said))
