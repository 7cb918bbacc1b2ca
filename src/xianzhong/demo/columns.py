"""From NumPy draws to Arrow columns, all without a Python loop over rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from xianzhong.lake.identifiers import code_of
from xianzhong.lake.schema import RECORD_ID, SOURCE_ROW, UPLOAD_ID, lake_schema
from xianzhong.model.columns import Table

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SOURCE = "示例数据（随机生成）"
_ALPHABET = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", np.uint8)
_MASK = np.uint64((1 << 60) - 1)


def _scramble(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Another number of 60 bits for each; two numbers never give the same one.

    Each step can be undone (an odd factor, an exclusive or with the upper half), so that the
    whole is a permutation. The factors are the ones of splitmix64.
    """
    mixed = numbers & _MASK
    for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB):
        mixed ^= mixed >> np.uint64(30)
        mixed = (mixed * np.uint64(factor)) & _MASK
    return mixed ^ (mixed >> np.uint64(30))


def running_codes(prefix: str, first: int, count: int, seed: int) -> pa.Array:
    """Codes that look like those of ``code_of``, made from running numbers.

    Hashing ten million keys one by one would take longer than all the rest. These are unique
    by construction, the same for the same number and seed, and scattered like hashes, so that
    a lookup costs what it costs in a real lake.
    """
    numbers = np.arange(first, first + count, dtype=np.uint64)
    numbers += _scramble(np.array([seed], np.uint64))
    mixed = _scramble(numbers)
    text = np.empty((count, len(prefix) + 12), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode("ascii"), np.uint8)
    for place in range(12):
        digit = (mixed >> np.uint64(55 - 5 * place)) & np.uint64(31)
        text[:, len(prefix) + place] = _ALPHABET[digit.astype(np.intp)]
    offsets = np.arange(count + 1, dtype=np.int32) * text.shape[1]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    return pa.Array.from_buffers(pa.string(), count, buffers)


def words(choices: Sequence[str], index: NDArray[Any], missing: Flags | None = None) -> pa.Array:
    """The choice of each index; null where ``missing``."""
    return pa.array(choices, pa.string()).take(pa.array(index, mask=missing))


def dates(days: NDArray[Any], missing: Flags | None = None) -> pa.Array:
    """Dates of days since 1970-01-01; null where ``missing``."""
    return pa.array(days.astype(np.int32), pa.date32(), mask=missing)


def precisions(monthly: Flags, missing: Flags | None = None) -> pa.Array:
    """``month`` or ``day`` for each date; null where the date is."""
    return words(("day", "month"), monthly.astype(np.int8), missing)


def month_starts(days: NDArray[Any]) -> Ints:
    """First day of the month of each day."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def natural_ids(table: Table, columns: Mapping[str, Any]) -> pa.Array:
    """Record ids of a small table, from its natural key."""
    keys = zip(*(_texts(columns[name]) for name in table.natural_key), strict=True)
    return pa.array([code_of(table.name[0].upper(), key) for key in keys], pa.string())


def _texts(values: Any) -> list[str]:
    return ["" if value is None else str(value) for value in pa.array(values).to_pylist()]


def filled(table: Table, columns: Mapping[str, Any], upload_id: str, first_row: int = 1) -> Any:
    """A table of the lake's schema: what is given, the rest null.

    Without a ``record_id`` among the columns it is the table's own code, or made from the
    natural key where the table has no code.
    """
    given = dict(columns)
    if RECORD_ID not in given:
        own = given.get(table.identity) if table.identity else None
        given[RECORD_ID] = natural_ids(table, given) if own is None else own
    count = len(given[RECORD_ID])
    given[UPLOAD_ID] = pa.repeat(upload_id, count)
    given[SOURCE_ROW] = np.arange(first_row, first_row + count)
    if "source" not in given:
        given["source"] = pa.repeat(SOURCE, count)
    schema = lake_schema(table)
    if unknown := set(given) - set(schema.names):
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    arrays = [
        pc.cast(pa.array(given[field.name]), field.type)
        if field.name in given
        else pa.nulls(count, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
