"""Builds messy files: workbooks with merged, hidden and computed cells, and CSV files.

A case is a file with the findings (row, column letter, rule) and the records that it must give.
Schools and universities are those of the programme's own data; everything else says 示例.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.intake_lakes import csv_bytes

Rows = Sequence[Sequence[object]]
Said = tuple[int, str, str]

HEADERS = ("帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期", "结束日期", "参加人数")
GOOD = ("陕西师范大学", "延川县中学", "支教", "示例活动", "2023-03-06", "2023-03-10", 9)
RECORD: dict[str, object] = {
    "university_code": "10718",
    "school_code": "610622-01",
    "kind": "student_teaching",
    "title": "示例活动",
    "start": "2023-03-06",
    "end": "2023-03-10",
    "participants": 9,
}


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the spreadsheet program worked out."""

    text: str
    value: object


@dataclass(frozen=True)
class Case:
    """A file and what it must give.

    ``records`` are the values that a commit would write, in the order of the file; dates as ISO
    days or months.
    """

    name: str
    content: bytes
    findings: tuple[Said, ...] = ()
    records: tuple[Mapping[str, object], ...] = ()
    file_name: str = "示例.xlsx"
    table: str = "activities"
    more: Mapping[str, Any] = field(default_factory=dict)


def row(**changes: object) -> tuple[object, ...]:
    """A good row with the cells under some headers changed."""
    return tuple(changes.get(h, v) for h, v in zip(HEADERS, GOOD, strict=True))


def record(**changes: object) -> dict[str, object]:
    """The record of a good row with some values changed; None takes one away."""
    return {name: value for name, value in (RECORD | changes).items() if value is not None}


def case(
    name: str,
    rows: Rows,
    findings: Sequence[Said] = (),
    records: Sequence[Mapping[str, object]] = (),
    **more: Any,
) -> Case:
    """A case of one sheet. ``merged``, ``hidden_rows`` and ``sheet`` shape it."""
    shape = {key: more.pop(key) for key in ("merged", "hidden_rows", "sheet") if key in more}
    content = book({shape.pop("sheet", "Sheet1"): rows}, **shape)
    return Case(name, content, tuple(findings), tuple(records), **more)


def text_case(
    name: str,
    rows: Rows,
    findings: Sequence[Said] = (),
    records: Sequence[Mapping[str, object]] = (),
    encoding: str = "utf-8-sig",
    **more: Any,
) -> Case:
    """A case of a CSV file."""
    more.setdefault("file_name", "示例.csv")
    return Case(name, csv_bytes(rows, encoding), tuple(findings), tuple(records), **more)


def cell(
    name: str,
    header: str,
    value: object,
    rule: str = "",
    *further: str,
    **changes: object,
) -> Case:
    """A case of one good row with one cell changed; ``rule`` and more rules speak of that cell.

    ``changes`` are those of the record; none is written where a rule is an error.
    """
    rows = [HEADERS, row(**{header: value})]
    letter = "ABCDEFG"[HEADERS.index(header)]
    rules = [rule, *further] if rule else []
    records = [] if changes.pop("refused", False) else [record(**changes)]
    return case(name, rows, [(2, letter, r) for r in rules], records)


def book(
    sheets: Mapping[str, Rows],
    *,
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
) -> bytes:
    """A workbook. Merged areas and hidden rows are those of each of its sheets."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, cells in enumerate(rows):
                for index, value in enumerate(cells):
                    _write(sheet, number, index, value, day)
            for area in merged:
                sheet.merge_range(area, _first(area, rows))
            for number in hidden_rows:
                sheet.set_row(number - 1, None, None, {"hidden": True})
            if name in hidden:
                sheet.hide()
    return target.getvalue()


def _first(area: str, rows: Rows) -> object:
    first = area.partition(":")[0]
    cells = rows[int(first[1:]) - 1]
    return cells[ord(first[0]) - 65]


def _write(sheet: Any, number: int, index: int, value: object, day: object) -> None:
    if isinstance(value, Formula):
        sheet.write_formula(number, index, value.text, None, value.value)
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(number, index, value, day)
    elif value not in (None, ""):
        sheet.write(number, index, value)
