"""Reads 同上 and 〃 as the value of the row above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianzhong.intake.headers import fold
from xianzhong.intake.sheets import listed
from xianzhong.intake.values import Row, Value, problem

if TYPE_CHECKING:
    from xianzhong.intake.layout import Layout

_MARKS = frozenset(
    {"同上", "同前", "同上行", "同上一行", "〃", "″", '"', "”", "“", "''", "〞", "ditto"}
)
_OPENING = frozenset("同(（〃d")
_LONGEST = max(len(mark) for mark in _MARKS) + 4


def fill_ditto(layout: Layout) -> None:
    """Puts the value above in place of each mark, and says so once for each column.

    The row above is the last row of data: totals and headlines between them do not count. Below
    an empty cell a mark stays as it is, and is refused there.
    """
    bound = sorted({index for indexes in layout.match.bound.values() for index in indexes})
    filled: dict[int, list[int]] = {}
    rows: list[Row] = []
    above: Row | None = None
    for row in layout.rows:
        marked = [i for i in bound if i < len(row.values) and is_ditto(row.values[i])]
        if marked and above is not None:
            values = list(row.values)
            for index in marked:
                if index < len(above.values) and above.values[index] is not None:
                    values[index] = above.values[index]
                    filled.setdefault(index, []).append(row.number)
            row = Row(row.number, tuple(values))  # noqa: PLW2901
        rows.append(row)
        above = row
    layout.rows = rows
    for index, numbers in filled.items():
        said = problem("ditto_filled", count=len(numbers), rows=listed(numbers))
        layout.findings.append(layout.finding(None, index, said))


def is_ditto(value: Value) -> bool:
    """Whether a cell only says that it is the same as the one above."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    text = value.strip()
    # Most cells are neither: only what may be one is folded.
    return text in _MARKS or (text[:1] in _OPENING and fold(text).strip("()") in _MARKS)
