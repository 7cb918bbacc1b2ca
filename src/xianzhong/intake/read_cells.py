"""Gathers the cells of a sheet into rows, and keeps count against the limits."""

from __future__ import annotations

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS
from xianzhong.intake.values import Row, Value

Area = tuple[int, int, int, int]


class Cells:
    """The count of a workbook's cells, over all its sheets."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, count: int) -> None:
        """Counts cells.

        Raises:
            IntakeError: the workbook has more than it may.
        """
        self.count += count
        if self.count > MAX_CELLS:
            raise IntakeError("file_many_cells", limit=MAX_CELLS)


def trimmed(values: list[Value]) -> tuple[Value, ...]:
    """The values without the empty ones at the end."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return tuple(values[:end])


def make_row(sheet: str, number: int, values: list[Value]) -> Row | None:
    """The row, or None where it holds nothing.

    Raises:
        IntakeError: it stands below the last row, or beyond the last column, that is read. It is
            refused because leaving it out would lose it.
    """
    kept = trimmed(values)
    if not kept:
        return None
    if number > MAX_ROWS:
        raise IntakeError("sheet_too_long", sheet=sheet, limit=MAX_ROWS)
    if len(kept) > MAX_COLUMNS:
        raise IntakeError("sheet_too_wide", sheet=sheet, limit=MAX_COLUMNS)
    return Row(number, kept)


def check_merged(areas: list[Area]) -> tuple[Area, ...]:
    """The merged areas, as they may be kept.

    Raises:
        IntakeError: there are more than anybody makes.
    """
    if len(areas) > MAX_MERGED:
        raise IntakeError("file_too_heavy")
    return tuple(areas)


def plain_number(value: float) -> int | float:
    """A number without a fraction as a whole number, as the sheet shows it."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
