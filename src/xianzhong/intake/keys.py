"""What makes a record the same record: its code, else its natural key.

These functions are the only place that knows; whatever writes records uses them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from xianzhong.intake.values import PartialDate
from xianzhong.lake.identifiers import code_of
from xianzhong.lake.schema import precision_name
from xianzhong.model.columns import ColumnType, Table
from xianzhong.model.tables import TABLES

PREFIXES = {
    "universities": "U",
    "activities": "A",
    "difficulties": "D",
    "practices": "P",
}
_OTHERS = "R"
# Our own numbers stand in these tables; elsewhere a code comes from an official list.
OWN_CODES = ("activities", "difficulties", "practices")
_RUNNING_NUMBER = re.compile(r"^\d{1,4}$")
_NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=200_000)
def same_words(text: str) -> str:
    """A text without what does not change its meaning: width, case, spaces, punctuation."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def natural_key(table: Table, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The natural key of cleaned values, as strings."""
    return tuple(_part(values.get(name), kind) for name, kind in _key_columns(table.name))


@lru_cache(maxsize=64)
def _key_columns(table: str) -> tuple[tuple[str, ColumnType], ...]:
    """Name and type of the columns of a table's natural key; asked for every row."""
    declared = TABLES[table]
    return tuple((name, declared.column(name).type) for name in declared.natural_key)


def stored_key(table: Table, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The natural key of a stored row: equal to that of the values it was made from."""
    values = {}
    for name, kind in _key_columns(table.name):
        value = row.get(name)
        if kind is ColumnType.DATE and value is not None:
            value = PartialDate(value, row.get(precision_name(name)) or "day")
        values[name] = value
    return natural_key(table, values)


def _part(value: Any, kind: ColumnType) -> str:
    if value is None:
        return ""
    return same_words(value) if kind is ColumnType.TEXT else str(value)


def code_for(table: Table, key: Iterable[str]) -> str:
    """The code of a record that came without one: the same for the same natural key."""
    return code_of(PREFIXES.get(table.name, _OTHERS), key)


def is_running_number(table: Table, code: str) -> bool:
    """Whether a code in one of our own code columns is just a row's number in its sheet.

    Two sheets that both number their rows 1, 2, 3 must not overwrite each other.
    """
    return table.name in OWN_CODES and bool(_RUNNING_NUMBER.match(code))
