"""One cleaner per column: the parser of its type, its limits, and a memory of what it saw."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.cell.cell import ERROR_CODES

from xianzhong.intake.clean.dates import parse_date
from xianzhong.intake.clean.numbers import parse_number
from xianzhong.intake.clean.terms import parse_term
from xianzhong.intake.clean.text import (
    parse_choice,
    parse_code,
    parse_flag,
    parse_link,
    parse_text,
    plain,
    says_no_data,
)
from xianzhong.intake.values import Parsed, Problem, Value, failed, problem
from xianzhong.model.columns import Column, ColumnType

# Said once for a column, not for each cell.
NO_DATA = "no_data"

Parser = Callable[[Value, Column], Parsed]
# Places, schools and universities are text here; what they name needs the whole row.
PARSERS: dict[ColumnType, Parser] = {
    ColumnType.CODE: parse_code,
    ColumnType.TEXT: parse_text,
    ColumnType.CHOICE: parse_choice,
    ColumnType.COUNT: parse_number,
    ColumnType.AMOUNT: parse_number,
    ColumnType.DATE: parse_date,
    ColumnType.TERM: parse_term,
    ColumnType.FLAG: parse_flag,
    ColumnType.LINK: parse_link,
    ColumnType.COUNTY: parse_text,
    ColumnType.SCHOOL: parse_text,
    ColumnType.UNIVERSITY: parse_text,
}
# Here 无 or 不详 says that there are no data; 无 in a column of yes and no is a no.
_DATA = frozenset(
    (ColumnType.COUNT, ColumnType.AMOUNT, ColumnType.DATE, ColumnType.TERM, ColumnType.CHOICE)
)


class Cleaner:
    """Reads the cells of one column. Equal cells are read once."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._parser = PARSERS[column.type]
        self._seen: dict[tuple[type, Value], Parsed] = {}

    def __call__(self, value: Value) -> Parsed:
        """What the cell means, checked against the column's limits."""
        key = (type(value), value)
        parsed = self._seen.get(key)
        if parsed is None:
            parsed = self._seen[key] = self._read(value)
        return parsed

    def _read(self, value: Value) -> Parsed:
        if isinstance(value, str) and value.strip() in ERROR_CODES:
            return failed("formula_error")
        if self.column.type in _DATA and isinstance(value, str) and says_no_data(plain(value)):
            return Parsed(None, (problem(NO_DATA),))
        return self._limited(self._parser(value, self.column))

    def _limited(self, parsed: Parsed) -> Parsed:
        number, column = parsed.value, self.column
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            return parsed
        if column.minimum is not None and number < column.minimum:
            return failed("too_small", limit=f"{column.minimum:g}")
        if column.maximum is not None and number > column.maximum:
            return failed("too_large", limit=f"{column.maximum:.15g}")
        unusual: tuple[Problem, ...] = ()
        if column.unusual_above is not None and number > column.unusual_above:
            unusual = (problem("unusual", limit=f"{column.unusual_above:.15g}"),)
        return Parsed(number, parsed.problems + unusual)
