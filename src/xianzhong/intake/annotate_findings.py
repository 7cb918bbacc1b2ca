"""The findings of a report, by cell and by row, in the words that the annotated file shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xianzhong.intake.findings import Finding
from xianzhong.intake.marks import PROBLEM_HEADERS
from xianzhong.intake.messages import Severity
from xianzhong.intake.report import Report
from xianzhong.intake.values import Row, Sheet, display
from xianzhong.model.labels import COLON, Label, Lang

SEVERITIES: dict[Severity, Label] = {
    "error": Label("错误", "Error"),
    "warning": Label("提醒", "Warning"),
    "corrected": Label("已更正", "Corrected"),
    "info": Label("说明", "Note"),
}
# Fills on which dark text is readable (contrast above 12:1). Each is a shade of its own, one
# step beside those of spreadsheet programs, so that an earlier mark is known again.
FILLS: dict[Severity, str] = {
    "error": "FFC7CF",
    "warning": "FFE69A",
    "corrected": "BDD7EF",
    "info": "EDEDEE",
}
INK = "1F1F1F"
MARKED: tuple[Severity, ...] = ("error", "warning", "corrected")
MAX_COMMENTS = 2_000
MAX_TEXT = 2_000
_SEARCHED = 30
# Not allowed in XML, or of no meaning in a cell.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Said(NamedTuple):
    """A finding and its words."""

    finding: Finding
    message: str
    hint: str

    @property
    def sentence(self) -> str:
        """What was found and what to do."""
        return f"{self.message} {self.hint}".strip()


@dataclass(slots=True)
class SheetMarks:
    """What is marked in one sheet.

    Attributes:
        header_row: number of the row of headers.
        column: index of the column that takes the problems.
        cells: findings by row number and column index.
        rows: findings by row number, those about no column too.
    """

    header_row: int = 1
    column: int = 0
    cells: dict[tuple[int, int], list[Said]] = field(default_factory=dict)
    rows: dict[int, list[Said]] = field(default_factory=dict)
    _columns: dict[int, list[int]] = field(default_factory=dict)

    def add(self, one: Said) -> None:
        """Marks where a finding points."""
        found = one.finding
        if found.column:
            index = index_of(found.column)
            self.cells.setdefault((found.row, index), []).append(one)
            columns = self._columns.setdefault(found.row, [])
            if index not in columns:
                columns.append(index)
        self.rows.setdefault(found.row, []).append(one)

    def columns_at(self, row: int) -> list[int]:
        """Indexes of the marked cells of a row."""
        return sorted(self._columns.get(row, ()))


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """The text without control characters, and not longer than a limit."""
    # Most texts need no search: this is asked of every cell.
    text = text if text.isprintable() else _CONTROLS.sub("", text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def in_words(report: Report, lang: Lang) -> list[Said]:
    """Every finding with its words, in the report's order."""
    return [
        Said(finding, clean(finding.message(lang)), clean(finding.hint(lang)))
        for finding in report.findings
    ]


def index_of(letters: str) -> int:
    """Index of the column with these letters: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def marks_of(
    report: Report, said: Sequence[Said], sheets: Sequence[Sheet]
) -> dict[str, SheetMarks]:
    """What to mark, for each sheet that has anything to mark.

    Notes are not marked: they ask nothing of anybody, and stand on the summary sheet.
    """
    marks: dict[str, SheetMarks] = {}
    for one in said:
        found = one.finding
        if found.severity not in MARKED or not found.sheet or not found.row:
            continue
        marks.setdefault(found.sheet, SheetMarks()).add(one)
    first = _first_rows(report)
    for sheet in sheets:
        if sheet.name in marks:
            mark = marks[sheet.name]
            mark.header_row = _header_row(sheet, mark, first.get(sheet.name))
            mark.column = _problem_column(sheet, mark.header_row)
            # The header's own findings are in its comments; its problem cell is a header.
            mark.rows.pop(mark.header_row, None)
    return marks


def _first_rows(report: Report) -> dict[str, int]:
    first: dict[str, int] = {}
    for difference in report.differences:
        known = first.get(difference.sheet, difference.row)
        first[difference.sheet] = min(known, difference.row)
    return first


def _header_row(sheet: Sheet, mark: SheetMarks, first: int | None) -> int:
    """The row above the data whose words are most like the headers that findings name."""
    headers = {
        (index, one.finding.header)
        for (_, index), found in mark.cells.items()
        for one in found
        if one.finding.header
    }
    best, row_number = -1, 1
    for row in sheet.rows[:_SEARCHED]:
        if first is not None and row.number >= first:
            break
        score = sum(_names(row, index, header) for index, header in headers)
        # The last of equals: titles stand above headers.
        if score >= best:
            best, row_number = score, row.number
    return row_number


def _names(row: Row, index: int, header: str) -> bool:
    text = display(row.values[index]).strip() if index < len(row.values) else ""
    return bool(text) and text in header


def _problem_column(sheet: Sheet, header_row: int) -> int:
    """The column right of the data, or the one that an earlier annotation has added."""
    for row in sheet.rows[:_SEARCHED]:
        for index, value in enumerate(row.values):
            if value in PROBLEM_HEADERS:
                return index
    return max((len(row.values) for row in sheet.rows), default=0)


def gravest(found: Sequence[Said]) -> Severity:
    """The gravest severity among some findings."""
    order = list(SEVERITIES)
    return min((one.finding.severity for one in found), key=order.index)


def comment(found: Sequence[Said], lang: Lang) -> str:
    """What a cell's comment says."""
    lines = (
        f"{SEVERITIES[one.finding.severity][lang]}{COLON[lang]}{one.sentence}" for one in found
    )
    return clean("\n".join(dict.fromkeys(lines)))


def row_text(found: Sequence[Said], lang: Lang) -> str:
    """What the problem column says about a row."""
    lines = []
    for one in sorted(found, key=lambda one: index_of(one.finding.column)):
        header = f"{one.finding.header}{COLON[lang]}" if one.finding.header else ""
        lines.append(f"【{SEVERITIES[one.finding.severity][lang]}】{header}{one.sentence}")
    return clean("\n".join(dict.fromkeys(lines)))
