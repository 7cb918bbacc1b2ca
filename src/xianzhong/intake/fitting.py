"""Which table a file was made for, where it was uploaded as another."""

from __future__ import annotations

from collections.abc import Sequence

from xianzhong.intake.blocks import SEARCHED_ROWS, find_heading
from xianzhong.intake.values import Sheet
from xianzhong.model.columns import Table
from xianzhong.model.tables import TABLES

# To match headers takes time; a file with more than this is of no common layout.
_MOST_SHEETS = 8
_MOST_COLUMNS = 100


def better_table(table: Table, sheets: Sequence[Sheet]) -> str:
    """The table that the headers of the sheets fit better than the one chosen; empty for none.

    Only where the chosen one lacks required columns. The other must find more columns there, or
    as many and all it requires: an activity sheet without dates names universities too, and is
    no list of universities.
    """
    sheets = [sheet for sheet in sheets[:_MOST_SHEETS] if _narrow(sheet)]
    here, complete = _best(table, sheets)
    if complete:
        return ""
    found = {name: _best(other, sheets) for name, other in TABLES.items() if other is not table}
    better = {name: best for name, best in found.items() if best > (here, False)}
    return max(better, key=lambda name: better[name], default="")


def _narrow(sheet: Sheet) -> bool:
    widest = max((len(row.values) for row in sheet.rows[:SEARCHED_ROWS]), default=0)
    return 0 < widest <= _MOST_COLUMNS


def _best(table: Table, sheets: Sequence[Sheet]) -> tuple[int, bool]:
    """Most columns found in a sheet, and whether any sheet has all the required ones."""
    matches = [found[1] for sheet in sheets if (found := find_heading(table, sheet))]
    most = max((len(match.bound) for match in matches), default=0)
    return most, any(not match.missing(table) for match in matches)
