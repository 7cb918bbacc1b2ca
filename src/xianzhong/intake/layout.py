"""What a sheet looks like: where its headers are, which rows are data, where findings point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xianzhong.intake.blocks import (
    SEARCHED_ROWS,
    Heading,
    find_heading,
    heading_at,
    headings,
    likely_heading,
    single_headings,
)
from xianzhong.intake.choices import Choices, Recognised
from xianzhong.intake.decoration import BLANK, EXAMPLE_MARK, HEADLINES, ground_of, why_skip
from xianzhong.intake.ditto import fill_ditto
from xianzhong.intake.findings import Finding
from xianzhong.intake.headers import Match, fold, match_spellings, override
from xianzhong.intake.left_out import about_ignored, about_measures, headers_of, settle_choices
from xianzhong.intake.marks import PROBLEM_HEADERS, SUMMARY_SHEETS
from xianzhong.intake.remembered import Remembered
from xianzhong.intake.sheets import fill_merged, listed, note_formulas, note_hidden
from xianzhong.intake.values import Problem, Row, Sheet, Value, display, letter, problem
from xianzhong.intake.years import IN_SHEET, IN_TITLE, YearHint, hint_in
from xianzhong.model.columns import Table
from xianzhong.model.labels import Label

# Sheets of the template that hold no records.
OWN_SHEETS = ("填表说明", "_选项", "_xianzhong")
# The first synonyms are the commonest; a list of all would be read by nobody.
_HEADERS_NAMED = 8
_PASSED_OVER = (*OWN_SHEETS, *SUMMARY_SHEETS)
_SERIAL = {"序号", "no.", "no", "编号序号", "#", *map(fold, PROBLEM_HEADERS)}
_YEAR_HEADERS = frozenset(
    ("学年", "学期", "学年学期", "所属学期", "年度", "年份", "年", "term", "year", "schoolyear")
)
# So many rows are shown of a sheet for a user to point out the headers; those that were pointed
# out once are looked for among as many.
SHOWN_ROWS = 40
_SHOWN_TEXT = 40
__all__ = ["EXAMPLE_MARK", "OWN_SHEETS", "SHOWN_ROWS", "LaidOut", "Layout", "lay_out"]


@dataclass(slots=True)
class Layout:
    """A sheet whose headers were found.

    Attributes:
        table: the table that it fills.
        name: name of the sheet.
        heading: its row or rows of headers.
        match: which sheet column is which table column.
        rows: the rows of data.
        findings: what was said on the way here.
        year: the year that the sheet's title or name gives to dates without one.
        uncached: cells that hold a formula whose value the file does not have.
        said: the columns that a user gave for this sheet or one like it.
        remembered: whether some of them were given for an earlier sheet.
    """

    table: Table
    name: str
    heading: Heading
    match: Match
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    year: YearHint | None = None
    uncached: set[tuple[int, int]] = field(default_factory=set)
    said: dict[int, str] = field(default_factory=dict)
    remembered: bool = False

    @property
    def header(self) -> Row:
        """The (last) row of headers, with the words of all of them."""
        return self.heading.row

    @property
    def year_columns(self) -> tuple[int, ...]:
        """Sheet columns that say only the year or term of their rows."""
        return tuple(i for i in self.match.ignored if fold(self.header_of(i)) in _YEAR_HEADERS)

    def header_of(self, index: int) -> str:
        """The header of a sheet column."""
        return display(_at(self.header, index))

    def finding(self, row: Row | None, index: int | None, said: Problem) -> Finding:
        """A finding about the cell in ``row`` and the sheet column ``index``."""
        number = row.number if row else 0
        if index is None:
            return Finding(self.name, number, "", "", "", said.rule, said.fields)
        value = display(_at(row, index)) if row else ""
        header = self.header_of(index)
        return Finding(self.name, number, letter(index), header, value, said.rule, said.fields)

    def about(
        self, row: Row, column: str, said: Problem, texts: Mapping[str, str] | None = None
    ) -> Finding:
        """A finding about a table column; where the sheet lacks it, its label is the header.

        ``texts`` stand in place of the row's own cells.
        """
        indexes = self.match.bound.get(column)
        value = texts.get(column) if texts else None
        if not indexes:
            label = self.table.column(column).label.zh
            return Finding(self.name, row.number, "", label, value or "", said.rule, said.fields)
        filled = (i for i in indexes if _at(row, i) is not None)
        index = next(filled, indexes[0])
        if value is None:
            return self.finding(row, index, said)
        header = self.header_of(index)
        return Finding(self.name, row.number, letter(index), header, value, said.rule, said.fields)

    def values(self, row: Row, column: str) -> tuple[Value, ...]:
        """What the row holds for a table column: several values where several columns do."""
        return tuple(_at(row, i) for i in self.match.bound.get(column, ()))


def _at(row: Row, index: int) -> Value:
    return row.values[index] if index < len(row.values) else None


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The sheets of a file.

    Attributes:
        layouts: those whose rows are read.
        findings: what there is to say about the file as a whole.
        recognised: what was made of each sheet, also of those that are not read.
    """

    layouts: list[Layout]
    findings: list[Finding]
    recognised: tuple[Recognised, ...]


def lay_out(
    table: Table,
    sheets: Sequence[Sheet],
    choices: Choices | None = None,
    remembered: Remembered | None = None,
) -> LaidOut:
    """Finds the headers of each sheet and tells data from decoration.

    Sheets without recognisable headers are passed over; where no sheet has all the required
    columns, the findings are errors that name what is missing.
    """
    choices = choices or Choices()
    findings: list[Finding] = []
    considered = [sheet for sheet in sheets if sheet.rows and sheet.name not in _PASSED_OVER]
    found = {s.name: _recognise(table, s, choices, remembered) for s in considered}
    layouts = [layout for layout in found.values() if layout and layout.match.bound]
    used = _used(table, [x for x in layouts if x.name not in choices.left_out], choices)
    chosen = {layout.name for layout in used}
    for sheet in considered:
        layout = found[sheet.name]
        if layout is not None:
            _sort_rows(layout, sheet)
            if sheet.name in chosen:
                _finish(layout, sheet)
    for sheet in considered if len(considered) > 1 else ():
        if sheet.name in choices.left_out:
            findings.append(_of_file("sheet_left_out", name=sheet.name))
        elif sheet.name not in chosen:
            findings.append(_passed_over(found[sheet.name], sheet))
    if not used:
        findings.append(_of_file("no_header", table=table.label, rows=SEARCHED_ROWS))
    complete = any(not layout.match.missing(table) for layout in used)
    if complete and not any(layout.rows for layout in used):
        findings.append(_of_file("no_rows"))
    recognised = tuple(_seen(sheet, found[sheet.name], chosen, choices) for sheet in considered)
    return LaidOut(used, findings, recognised)


def _recognise(
    table: Table, sheet: Sheet, choices: Choices, remembered: Remembered | None
) -> Layout | None:
    """The sheet under what the user said of it, else under what an earlier one said of its like."""
    said = dict(choices.columns.get(sheet.name, {}))
    chosen = heading_at(sheet, choices.headers.get(sheet.name, 0))
    known = [chosen] if chosen else list(headings(sheet))
    if chosen is None:
        known += single_headings(sheet, SHOWN_ROWS)
    for heading in known if remembered else ():
        earlier = remembered.columns(heading.folded) if remembered else None
        if earlier is not None:
            layout = _under(table, sheet, heading, earlier | said)
            # No column is named where only the row of the headers was pointed out.
            layout.remembered = bool(set(earlier) - set(said)) or not (earlier or chosen)
            return layout
    if chosen is None:
        found = find_heading(table, sheet)
        chosen = found[0] if found else likely_heading(sheet, SHOWN_ROWS)
    return _under(table, sheet, chosen, said) if chosen else None


def _under(table: Table, sheet: Sheet, heading: Heading, said: dict[int, str]) -> Layout:
    match = match_spellings(table, heading.spellings)
    widest = max(len(row.values) for row in sheet.rows)
    below = [row for row in sheet.rows if row.number > heading.row.number]
    settle_choices(match, table, below, headers_of(heading.row.values, widest))
    if said:
        said = {index: name for index, name in said.items() if 0 <= index < widest}
        match = override(match, table, said, heading.spellings)
    return Layout(table, sheet.name, heading, match, said=said)


def _used(table: Table, layouts: list[Layout], choices: Choices) -> list[Layout]:
    """Complete sheets and those that the user spoke of; else the one that lacks least."""
    spoken = {*choices.columns, *choices.headers}
    used = [x for x in layouts if x.name in spoken or not x.match.missing(table)]
    if not used and layouts:
        used = [max(layouts, key=lambda layout: layout.match.score(table))]
    return used


def _passed_over(layout: Layout | None, sheet: Sheet) -> Finding:
    if layout is not None:
        missing = layout.match.missing(layout.table)
        required = sum(1 for column in layout.table.columns if column.required)
        # Less than half is a sheet of another kind, such as a list of contacts.
        if layout.match.bound and 2 * len(missing) < required:
            if not layout.rows:
                return _of_file("sheet_without_rows", name=sheet.name)
            columns = tuple(column.label for column in missing)
            fields = {"columns": columns, "count": len(layout.rows)}
            return _of_file("sheet_incomplete", name=sheet.name, **fields)
    if _like_a_table(sheet):
        return _of_file("sheet_unknown", name=sheet.name, count=len(sheet.rows))
    return _of_file("sheet_ignored", name=sheet.name)


def _like_a_table(sheet: Sheet) -> bool:
    """Whether a sheet without known headers may hold records all the same: rows of many cells."""
    return sum(sum(v is not None for v in row.values) > 3 for row in sheet.rows[:SHOWN_ROWS]) > 1


def _top(sheet: Sheet) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The first rows of a sheet as it shows them, long texts cut."""
    return tuple(
        (row.number, tuple(" ".join(display(v).split())[:_SHOWN_TEXT] for v in row.values))
        for row in sheet.rows[:SHOWN_ROWS]
    )


def _seen(sheet: Sheet, layout: Layout | None, chosen: set[str], choices: Choices) -> Recognised:
    out = sheet.name in choices.left_out
    if layout is None:
        return Recognised(
            sheet.name, 0, used=False, hidden=sheet.hidden, left_out=out, top=_top(sheet)
        )
    names = {i: name for name, indexes in layout.match.bound.items() for i in indexes}
    indexes = sorted({*layout.heading.spellings, *names})
    columns = tuple((i, layout.header_of(i), names.get(i, "")) for i in indexes)
    return Recognised(
        sheet.name, layout.header.number, columns, len(layout.rows),
        used=sheet.name in chosen, hidden=sheet.hidden, remembered=layout.remembered,
        missing=tuple(column.name for column in layout.match.missing(layout.table)),
        left_out=out, top=_top(sheet),
    )  # fmt: skip


def _finish(layout: Layout, sheet: Sheet) -> None:
    """What an accepted sheet says beyond its cells, and what there is to say about it."""
    above = [v for row in sheet.rows if row.number < layout.heading.first for v in row.values]
    layout.year = hint_in(above, IN_TITLE, bare=False) or hint_in([sheet.name], IN_SHEET, bare=True)
    layout.findings[:0] = _header_findings(layout)
    note_hidden(layout, sheet)
    note_formulas(layout, sheet)
    fill_merged(layout, sheet)
    fill_ditto(layout)


def _of_file(rule: str, **fields: object) -> Finding:
    return Finding("", 0, "", "", "", rule, fields)


def _header_findings(layout: Layout) -> Iterator[Finding]:
    table, match = layout.table, layout.match
    if layout.heading.first > 1:
        yield layout.finding(None, None, problem("title_rows", row=layout.heading.first))
    if layout.remembered:
        yield layout.finding(None, None, problem("layout_remembered"))
    for column in match.missing(table):
        headers = (column.label, column.label.en, *column.synonyms[:_HEADERS_NAMED])
        said = problem("missing_column", column=column.label, headers=headers)
        label = column.label.zh
        yield Finding(layout.name, layout.header.number, "", label, "", said.rule, said.fields)
    for index, name in match.twice.items():
        first = letter(match.bound[name][0])
        said = problem("column_twice", first=first, column=table.column(name).label)
        yield layout.finding(layout.header, index, said)
    for name, indexes in match.parts.items():
        letters = tuple(letter(i) for i in indexes)
        said = problem("parts_summed", column=table.column(name).label, letters=letters)
        yield layout.finding(layout.header, indexes[0], said)
    years = layout.year_columns
    ignored = [i for i in match.ignored if fold(layout.header_of(i)) not in _SERIAL]
    for index in ignored:
        rule = "column_year" if index in years else "column_ignored"
        # What a user left aside is meant to be left aside.
        said = problem(rule) if index in layout.said else about_ignored(layout, index, rule)
        yield layout.finding(layout.header, index, said)
    for said in about_measures(layout, set(ignored) - set(years) - set(layout.said)):
        yield layout.finding(layout.header, None, said)


def _sort_rows(layout: Layout, sheet: Sheet) -> None:
    skipped: dict[Label, list[int]] = {}
    bound = [index for indexes in layout.match.bound.values() for index in indexes]
    formulas = {number for number, index in sheet.formulas if index in bound}
    ground = ground_of(layout, sheet)
    for row in sheet.rows:
        if row.number <= layout.header.number:
            continue
        why = why_skip(layout, row, bound, ground)
        if why in (BLANK, HEADLINES) and row.number in formulas:
            why = None
        if why is None:
            layout.rows.append(row)
        else:
            skipped.setdefault(why, []).append(row.number)
    for what, numbers in skipped.items():
        said = problem("rows_skipped", what=what, count=len(numbers), rows=listed(numbers))
        layout.findings.append(layout.finding(None, None, said))
