"""What the reading process writes and the server reads: lines of JSON, which can run nothing.

A first line with the notes, or with the reason for a refusal; for each sheet a line about it and
lines of rows; a last line that says that this was all. Dates travel as text, with their places.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import orjson

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read import Read
from xianzhong.intake.values import Problem, Row, Sheet
from xianzhong.model.labels import Label

_ROWS = 500
_PLAIN = frozenset({str, int, float, bool, type(None)})
_DATES = frozenset({date, datetime})
_END = b'"end"'


class GarbageError(Exception):
    """The answer is not one that the reading process writes."""


def write_refusal(out: BinaryIO, error: IntakeError) -> None:
    """Writes why a file was refused."""
    out.write(orjson.dumps({"error": error.rule, "fields": error.fields}) + b"\n" + _END + b"\n")


def write_read(out: BinaryIO, read: Read) -> None:
    """Writes what was read.

    Raises:
        OSError: the answer is larger than it may be.
    """
    notes = [[note.rule, dict(note.fields)] for note in read.notes]
    out.write(orjson.dumps({"notes": notes, "sheets": len(read.sheets)}) + b"\n")
    for sheet in read.sheets:
        about = {
            "name": sheet.name,
            "rows": len(sheet.rows),
            "hidden": sheet.hidden,
            "hidden_rows": sorted(sheet.hidden_rows),
            "merged": sheet.merged,
            "formulas": _by_row(sheet.formulas),
        }
        out.write(orjson.dumps(about) + b"\n")
        for first in range(0, len(sheet.rows), _ROWS):
            rows = [_packed(row) for row in sheet.rows[first : first + _ROWS]]
            out.write(orjson.dumps(rows) + b"\n")
    out.write(_END + b"\n")


def _packed(row: Row) -> tuple[Any, ...]:
    dates = [index for index, value in enumerate(row.values) if type(value) in _DATES]
    return (row.number, row.values, dates) if dates else (row.number, row.values)


def _by_row(formulas: frozenset[tuple[int, int]]) -> list[list[int]]:
    rows: dict[int, list[int]] = {}
    for row, column in formulas:
        rows.setdefault(row, [row]).append(column)
    return list(rows.values())


def read_answer(answer: BinaryIO) -> Read:
    """What the reading process wrote.

    Raises:
        IntakeError: it refused the file.
        GarbageError: the answer is cut off, or no answer.
    """
    try:
        return _read(iter(answer))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise GarbageError(str(error)) from error


def _read(lines: Iterator[bytes]) -> Read:
    head = orjson.loads(next(lines))
    if "error" in head:
        raise IntakeError(head["error"], **{k: _field(v) for k, v in head["fields"].items()})
    notes = tuple(Problem(rule, dict(fields)) for rule, fields in head["notes"])
    sheets = tuple([_sheet(lines) for _ in range(head["sheets"])])
    if next(lines).strip() != _END:
        raise GarbageError("no end")
    return Read(sheets, notes)


def _field(value: Any) -> Any:
    """A word of a refusal; what was said in both languages is again."""
    return Label(str(value["zh"]), str(value["en"])) if isinstance(value, dict) else value


def _sheet(lines: Iterator[bytes]) -> Sheet:
    about = orjson.loads(next(lines))
    rows: list[Row] = []
    while len(rows) < about["rows"]:
        rows += [_row(*packed) for packed in orjson.loads(next(lines))]
    formulas = ((row, column) for row, *columns in about["formulas"] for column in columns)
    return Sheet(
        str(about["name"]), tuple(rows), bool(about["hidden"]), frozenset(about["hidden_rows"]),
        tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in about["merged"]),
        frozenset(formulas),
    )  # fmt: skip


def _row(number: int, values: list[Any], dates: list[int] | None = None) -> Row:
    if type(number) is not int or not _PLAIN.issuperset(map(type, values)):
        raise GarbageError("a cell is no plain value")
    for index in dates or ():
        text = values[index]
        values[index] = (datetime if "T" in text else date).fromisoformat(text)
    return Row(number, tuple(values))
