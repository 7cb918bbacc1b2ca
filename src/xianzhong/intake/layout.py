"""What a sheet looks like: where its headers are, which rows are data, where findings point."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from xianzhong.intake.findings import Finding
from xianzhong.intake.headers import SEARCHED_ROWS, Match, find_header, fold
from xianzhong.intake.values import Problem, Row, Sheet, Value, display, letter, problem
from xianzhong.model.columns import Table
from xianzhong.model.labels import Label

# The mark of the template's example row, in the note column.
EXAMPLE_MARK = "示例行"
# Sheets of the template that hold no records.
OWN_SHEETS = ("填表说明", "_选项", "_xianzhong")
_TOTAL = re.compile(r"^(合计|小计|总计|共计|累计|总数|total|subtotal)[::]?$", re.IGNORECASE)
_FOOTER = re.compile(r"^(注|备注|说明|填表|填报|制表|审核|单位负责人|联系人|联系电话)")
_SERIAL = {"序号", "no.", "no", "编号序号", "#"}
_LISTED_ROWS = 12

_BLANK = Label("没有内容的行", "rows without content")
_TOTALS = Label("合计、小计行", "rows of totals")
_REPEATED = Label("重复的表头", "repeated headers")
_FOOTERS = Label("表尾说明", "notes below the table")
_EXAMPLES = Label("模板示例行", "example rows of the template")


@dataclass(slots=True)
class Layout:
    """A sheet whose headers were found.

    Attributes:
        table: the table that it fills.
        name: name of the sheet.
        header: the row of headers.
        match: which sheet column is which table column.
        rows: the rows of data.
        findings: what was said on the way here.
    """

    table: Table
    name: str
    header: Row
    match: Match
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def finding(self, row: Row | None, index: int | None, said: Problem) -> Finding:
        """A finding about the cell in ``row`` and the sheet column ``index``."""
        number = row.number if row else 0
        if index is None:
            return Finding(self.name, number, "", "", "", said.rule, said.fields)
        value = display(_at(row, index)) if row else ""
        header = display(_at(self.header, index))
        return Finding(self.name, number, letter(index), header, value, said.rule, said.fields)

    def about(self, row: Row, column: str, said: Problem) -> Finding:
        """A finding about a table column; where the sheet lacks it, its label is the header."""
        indexes = self.match.bound.get(column)
        if indexes:
            filled = (i for i in indexes if _at(row, i) is not None)
            return self.finding(row, next(filled, indexes[0]), said)
        label = self.table.column(column).label.zh
        return Finding(self.name, row.number, "", label, "", said.rule, said.fields)

    def values(self, row: Row, column: str) -> tuple[Value, ...]:
        """What the row holds for a table column: several values where several columns do."""
        return tuple(_at(row, i) for i in self.match.bound.get(column, ()))


def _at(row: Row, index: int) -> Value:
    return row.values[index] if index < len(row.values) else None


def lay_out(table: Table, sheets: Sequence[Sheet]) -> tuple[list[Layout], list[Finding]]:
    """Finds the headers of each sheet and tells data from decoration.

    Sheets without recognisable headers are passed over; where no sheet has all the required
    columns, the findings are errors that name what is missing.
    """
    layouts, findings = [], []
    considered = [sheet for sheet in sheets if sheet.rows and sheet.name not in OWN_SHEETS]
    for sheet in considered:
        found = find_header(table, sheet)
        if found is not None:
            layouts.append(Layout(table, sheet.name, *found))
    complete = [layout for layout in layouts if not layout.match.missing(table)]
    used = complete or layouts[:1]
    for sheet in considered:
        if all(layout.name != sheet.name for layout in used) and len(considered) > 1:
            findings.append(_of_file("sheet_ignored", name=sheet.name))
    if not used:
        findings.append(_of_file("no_header", table=table.label, rows=SEARCHED_ROWS))
    for layout in used:
        sheet = next(sheet for sheet in considered if sheet.name == layout.name)
        layout.findings += _header_findings(layout)
        _sort_rows(layout, sheet.rows)
    if used and complete and not any(layout.rows for layout in used):
        findings.append(_of_file("no_rows"))
    return used, findings


def _of_file(rule: str, **fields: object) -> Finding:
    return Finding("", 0, "", "", "", rule, fields)


def _header_findings(layout: Layout) -> Iterator[Finding]:
    table, match = layout.table, layout.match
    if layout.header.number > 1:
        yield layout.finding(None, None, problem("title_rows", row=layout.header.number))
    for column in match.missing(table):
        headers = tuple(dict.fromkeys((column.label, column.label.en, *column.synonyms)))
        said = problem("missing_column", column=column.label, headers=headers)
        label = column.label.zh
        yield Finding(layout.name, layout.header.number, "", label, "", said.rule, said.fields)
    for index, name in match.twice.items():
        first = letter(match.bound[name][0])
        said = problem("column_twice", first=first, column=table.column(name).label)
        yield layout.finding(layout.header, index, said)
    for index in match.ignored:
        if fold(display(_at(layout.header, index))) not in _SERIAL:
            yield layout.finding(layout.header, index, problem("column_ignored"))


def _sort_rows(layout: Layout, rows: Iterable[Row]) -> None:
    skipped: dict[Label, list[int]] = {}
    bound = [index for indexes in layout.match.bound.values() for index in indexes]
    for row in rows:
        if row.number <= layout.header.number:
            continue
        why = _why_skip(layout, row, bound)
        if why is None:
            layout.rows.append(row)
        else:
            skipped.setdefault(why, []).append(row.number)
    for what, numbers in skipped.items():
        listed = ", ".join(map(str, numbers[:_LISTED_ROWS]))
        more = "…" if len(numbers) > _LISTED_ROWS else ""
        said = problem("rows_skipped", what=what, count=len(numbers), rows=listed + more)
        layout.findings.append(layout.finding(None, None, said))


def _why_skip(layout: Layout, row: Row, bound: Sequence[int]) -> Label | None:
    # Texts are folded only where one of the rare kinds of row is possible at all.
    filled = [value for value in row.values if value is not None]
    first = display(filled[0]).strip()
    if all(_at(row, index) is None for index in bound):
        return _FOOTERS if _FOOTER.match(first) else _BLANK
    if any(_TOTAL.match(re.sub(r"\s", "", display(value))) for value in filled[:3]):
        return _TOTALS
    if len(filled) == 1 and _FOOTER.match(first):
        return _FOOTERS
    if first == display(next(v for v in layout.header.values if v is not None)).strip() and (
        [display(_at(row, i)) for i in bound] == [display(_at(layout.header, i)) for i in bound]
    ):
        return _REPEATED
    notes = layout.values(row, "note")
    if notes and display(notes[0]).startswith(EXAMPLE_MARK):
        return _EXAMPLES
    return None
