"""A whole view as a workbook: one sheet for each of its figures, definitions, filters, records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count
from typing import Any

import pandas as pd
import xlsxwriter

from xianzhong.brief.brief import Brief, Section, as_of
from xianzhong.brief.part import Native, Part
from xianzhong.brief.raw import RawTable, raw_tables
from xianzhong.brief.source import Source
from xianzhong.export.clean import in_line
from xianzhong.export.files import write_table
from xianzhong.model.labels import COLON

# What Excel takes in a sheet's name.
LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "·"))
# A sheet holds 1,048,576 rows; beyond this the records come as CSV only, as on the pages.
MOST_RECORDS = 50_000
_CHARTS = {
    "column": ("column", None), "bar": ("bar", None), "line": ("line", None),
    "stacked_column": ("column", "stacked"), "stacked_bar": ("bar", "stacked"),
}  # fmt: skip


def to_workbook(brief: Brief) -> bytes:
    """Everything of a briefing that can be counted on, in one workbook.

    The first sheet says what it is: title, filters, snapshot, link, and a line with a link for
    each sheet. Then one sheet for each part (with a chart of Excel's own where it has one), the
    definitions of its indicators, and the records behind each of its pages.

    Args:
        brief: the view, report or meeting.
    """
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": in_line(brief.title), "author": ""})
        styles = _Styles(book)
        contents = book.add_worksheet(_named(brief.source.say("Contents"), set()))
        taken = {contents.get_name().lower()}
        listed = [*_parts(book, styles, brief, taken), _definitions(book, styles, brief, taken)]
        listed += _records(book, styles, brief, taken)
        _contents(contents, styles, brief, listed)
    return content.getvalue()


class _Styles:
    """The formats that every sheet uses."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.quiet = book.add_format({"font_color": "#56636f"})
        self.link = book.add_format({"font_color": "#1f5f8b", "underline": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.header = book.add_format(
            {"bold": True, "bg_color": "#e6edf3", "bottom": 1, "text_wrap": True}
        )


def _heading(brief: Brief, section: Section, title: str) -> list[str]:
    """The lines above every table: what it is, the filters, as of when."""
    source = section.source
    lines = [
        in_line(f"{section.title} · {title}"),
        f"{source.say('Filters')}{COLON[source.lang]}{in_line(source.sentence)}",
        as_of(source),
    ]
    if source.demo:
        lines.append(source.say("Demonstration data, generated at random"))
    if link := section.link or brief.link:
        lines.append(f"{source.say('Link')}{COLON[source.lang]}{link}")
    return lines


def _parts(
    book: Any, styles: _Styles, brief: Brief, taken: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Writes a sheet for each part; gives its name, its view and its title."""
    for section in brief.sections:
        for part in section.parts:
            title = in_line(part.title)
            named = title if len(brief.sections) == 1 else f"{section.title}·{title}"
            sheet = book.add_worksheet(_named(named, taken))
            top = _lines(sheet, styles, _heading(brief, section, title))
            last = write_table(sheet, [_numbers(section.source, part)], top, styles.header)
            _below(sheet, styles, section.source, part, last + 2)
            if part.native is not None and not part.empty:
                _chart(book, sheet, part, part.native, top, last)
            yield sheet.get_name(), section.title, title


def _numbers(source: Source, part: Part) -> pd.DataFrame:
    """The part's table; of headline figures the numbers themselves, for sums and formulas."""
    if not part.figures:
        return part.table
    return pd.DataFrame(
        {
            source.say("Indicator"): [f.indicator.label[source.lang] for f in part.figures],
            source.say("Value"): [f.value for f in part.figures],
            source.say("Unit"): [f.indicator.unit[source.lang] for f in part.figures],
            source.say("Before"): [f.previous for f in part.figures],
        }
    )


def _below(sheet: Any, styles: _Styles, source: Source, part: Part, row: int) -> None:
    notes = [in_line(note) for note in part.notes]
    if part.rows > len(part.table):
        notes.append(source.say("The first {n} of {all}.", n=len(part.table), all=f"{part.rows:,}"))
    if part.empty:
        notes.insert(0, source.say("Nothing on record for these filters."))
    for number, note in enumerate(notes):
        sheet.write_string(row + number, 0, note, styles.quiet)


def _chart(book: Any, sheet: Any, part: Part, native: Native, top: int, last: int) -> None:
    """Excel's own chart of the part's table, to the right of it."""
    kind, subtype = _CHARTS[native.kind]
    options = {"type": kind, **({"subtype": subtype} if subtype else {})}
    chart = book.add_chart(options)
    heads = list(map(str, part.table.columns))
    names = heads.index(native.category) if native.category else 0
    first = top + 1
    if native.most:
        last = min(last, top + native.most)
    for column in native.columns:
        at = heads.index(column)
        chart.add_series(
            {
                "name": [sheet.get_name(), top, at],
                "categories": [sheet.get_name(), first, names, last, names],
                "values": [sheet.get_name(), first, at, last, at],
            }
        )
    chart.set_title({"name": in_line(part.title), "name_font": {"size": 12}})
    if kind == "bar":
        # The first row on top, as on the screen.
        chart.set_y_axis({"reverse": True})
    if len(native.columns) == 1:
        chart.set_legend({"none": True})
    chart.set_size({"width": 640, "height": max(320, 22 * (last - top) if kind == "bar" else 0)})
    sheet.insert_chart(top, len(heads) + 1, chart, {"description": in_line(part.alt or part.title)})


def _definitions(book: Any, styles: _Styles, brief: Brief, taken: set[str]) -> tuple[str, str, str]:
    """Writes what each indicator means, how it is computed, and from what."""
    source, lang = brief.source, brief.source.lang
    title = source.say("Definitions")
    sheet = book.add_worksheet(_named(title, taken))
    top = _lines(sheet, styles, [title])
    table = pd.DataFrame(
        {
            source.say("Indicator"): [i.label[lang] for i in brief.definitions],
            source.say("Unit"): [i.unit[lang] for i in brief.definitions],
            source.say("Definition"): [i.definition[lang] for i in brief.definitions],
            source.say("Formula"): [i.formula[lang] for i in brief.definitions],
            source.say("Source"): [i.source[lang] for i in brief.definitions],
        }
    )
    write_table(sheet, [table], top, styles.header)
    return sheet.get_name(), "", title


def _records(
    book: Any, styles: _Styles, brief: Brief, taken: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Writes the records behind each view once, however many of its parts show them."""
    written: set[tuple[str, object]] = set()
    for section in brief.sections:
        for raw in raw_tables(section.source, section.page):
            key = (raw.name, section.source.view)
            if key in written:
                continue
            written.add(key)
            title = in_line(f"{section.source.say('Records')} {raw.title}")
            sheet = book.add_worksheet(_named(title, taken))
            top = _lines(sheet, styles, _heading(brief, section, raw.title))
            kept, more = _limited(raw)
            last = write_table(sheet, kept, top, styles.header)
            if more():
                words = section.source.say(
                    "More than {most} records: as CSV only, or narrow the filters.",
                    most=f"{MOST_RECORDS:,}",
                )
                sheet.write_string(last + 2, 0, words, styles.quiet)
            yield sheet.get_name(), section.title, raw.title


def _limited(raw: RawTable) -> tuple[Iterator[pd.DataFrame], Any]:
    """The first pieces of the records, and whether there were more (when they are through)."""
    left = [False]

    def pieces() -> Iterator[pd.DataFrame]:
        room = MOST_RECORDS
        for piece in raw.pieces:
            if len(piece) > room:
                left[0] = True
                yield piece.iloc[:room]
                return
            room -= len(piece)
            yield piece

    return pieces(), lambda: left[0]


def _contents(
    sheet: Any, styles: _Styles, brief: Brief, listed: Iterable[tuple[str, str, str]]
) -> None:
    source = brief.source
    lines = [in_line(brief.title), *_heading(brief, brief.sections[0], "")[1:]]
    row = _lines(sheet, styles, lines)
    for name, view, title in listed:
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, title)
        sheet.write_string(row, 1, in_line(view))
        row += 1
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 1, 40)
    row += 1
    for section in brief.sections:
        if section.note:
            sheet.write_string(row, 0, in_line(section.title), styles.wrapped)
            sheet.write_string(row, 1, in_line(section.note), styles.wrapped)
            row += 1
    sheet.write_string(row, 0, source.say("Figures are those of the pages; see Definitions."),
                       styles.quiet)  # fmt: skip


def _lines(sheet: Any, styles: _Styles, lines: Sequence[str]) -> int:
    """Writes lines from the top and gives the row where the table begins, one further down."""
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, styles.title if number == 0 else styles.quiet)
    return len(lines) + 1


def _named(title: str, taken: set[str]) -> str:
    """A sheet's name that is allowed and not taken yet; it is taken from then on."""
    plain = in_line(title).translate(_FORBIDDEN).strip(" '") or "·"
    for number in count(1):
        tail = "" if number == 1 else f" {number}"
        name = plain[: LONGEST_NAME - len(tail)].strip(" '") + tail
        if name.lower() not in taken:
            taken.add(name.lower())
            return name
    raise AssertionError  # count has no end
