"""Finds activities that look like one already there under another title.

A day on which a school receives two visits of one kind from one university is rare: a stored
record of that day is always named. Within one file, and for starts known only to the month,
only titles that are alike are named, for several activities a month are common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rapidfuzz import fuzz

from xianzhong.intake.keys import same_words, stored_key
from xianzhong.intake.rows import Record
from xianzhong.intake.values import Problem, problem
from xianzhong.lake.schema import RECORD_ID
from xianzhong.model.columns import Table

ALIKE_TITLES = 75
_NUMBERS = re.compile(r"[\d一二三四五六七八九十甲乙丙上下]")
_TABLES = ("activities",)
_TITLE = "title"
# Stored records and rows that share a key are compared one by one; more would take too long.
_COMPARED = 20

Key = tuple[str, ...]


class Alike:
    """The records of a table by all of their natural key but the title."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._on = table.name in _TABLES
        self._stored: dict[Key, list[tuple[str, str]]] = {}
        self._rows: dict[Key, list[tuple[str, str, int]]] = {}

    def know(self, stored: Iterable[Mapping[str, Any]]) -> None:
        """Takes note of stored records: their id and natural key."""
        for row in stored if self._on else ():
            found = self._stored.setdefault(self._but_title(stored_key(self._table, row)), [])
            found.append((str(row[_TITLE]), str(row[RECORD_ID])))

    def to(self, record: Record, natural: Key) -> Iterator[Problem]:
        """What there is to say of a new record; later rows are compared with it."""
        if not self._on:
            return
        key, title = self._but_title(natural), record.values[_TITLE]
        folded = same_words(title)
        by_day = record.values["start"].precision == "day"
        for known, code in self._stored.get(key, ())[:_COMPARED]:
            if by_day or _alike(folded, same_words(known)):
                yield problem("like_stored", title=known, code=code)
                break
        rows = self._rows.setdefault(key, [])
        for known, shown, number in rows[:_COMPARED]:
            if _alike(folded, known):
                yield problem("like_row", title=shown, first=number)
                break
        if len(rows) < _COMPARED:
            rows.append((folded, title, record.row.number))

    def _but_title(self, key: Key) -> Key:
        at = self._table.natural_key.index(_TITLE)
        return key[:at] + key[at + 1 :]


def _alike(one: str, other: str) -> bool:
    # 第一期 and 第二期, 上 and 下 tell activities apart, however long the rest.
    numbers = _NUMBERS.findall(one) == _NUMBERS.findall(other)
    return numbers and fuzz.ratio(one, other) >= ALIKE_TITLES
