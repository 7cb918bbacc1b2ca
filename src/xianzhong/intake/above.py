"""Offers to fill blank parties from the row above, as forms leave them that write a group once.

It is offered, not done: a blank cell may as well have been forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xianzhong.intake.layout import Layout
from xianzhong.intake.values import Row, display
from xianzhong.model.columns import ColumnType

_PARTIES = (ColumnType.SCHOOL, ColumnType.UNIVERSITY, ColumnType.COUNTY)
# Left blank together with the parties, a kind belongs to the group as well.
_GROUPED = (*_PARTIES, ColumnType.CHOICE)


class Said(NamedTuple):
    """What a row above says: its text, and the row's number."""

    text: str
    row: int


class Above:
    """Goes down the rows of one sheet and keeps what the columns of groups said last.

    Args:
        layout: the sheet.
        fills: for a sheet's name and a row's number, the columns that the user fills from above.
    """

    def __init__(self, layout: Layout, fills: Mapping[tuple[str, int], tuple[str, ...]]) -> None:
        columns = [c for c in layout.table.columns if c.required and c.type in _GROUPED]
        self._layout = layout
        self._fills = fills
        self._columns = {c.name: c.type for c in columns if c.name in layout.match.bound}
        self._last: dict[str, Said] = {}

    def next(self, row: Row, texts: Mapping[str, str]) -> tuple[dict[str, Said], dict[str, Said]]:
        """What the user fills from above in this row, and what may be filled so but is not."""
        blank: list[str] = []
        for name in self._columns:
            text = self._text(row, name, texts)
            if text:
                self._last[name] = Said(text, row.number)
            elif name in self._last:
                blank.append(name)
        if not any(self._columns[name] in _PARTIES for name in blank):
            return {}, {}
        wanted = self._fills.get((self._layout.name, row.number), ())
        filled = {name: self._last[name] for name in blank if name in wanted}
        return filled, {name: self._last[name] for name in blank if name not in wanted}

    def _text(self, row: Row, name: str, texts: Mapping[str, str]) -> str:
        if name in texts:
            return texts[name].strip()
        values = (v for v in self._layout.values(row, name) if v is not None)
        return display(next(values, None)).strip()
