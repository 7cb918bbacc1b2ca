"""Tables as CSV and XLSX files that a spreadsheet opens safely.

A text that begins like a formula is never handed over as one: CSV gets an apostrophe before it,
XLSX cells are written as text. See model/formulas.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import xlsxwriter

from xianzhong.model.formulas import neutral

WIDEST = 48


def _plain(value: object) -> object:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    return value.item() if hasattr(value, "item") else value


Tables = pd.DataFrame | Iterable[pd.DataFrame]


def _pieces(tables: Tables) -> Iterator[pd.DataFrame]:
    """One table as the only piece, or the pieces of one, of which there is at least one."""
    return iter([tables] if isinstance(tables, pd.DataFrame) else tables)


def to_csv(tables: Tables, heading: Sequence[str]) -> bytes:
    """UTF-8 with BOM, so that Excel and WPS show Chinese; ``heading`` lines come first.

    Args:
        tables: the records, as one table or in pieces with the same columns.
        heading: lines above them.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([neutral(line)] for line in heading)
    for number, table in enumerate(_pieces(tables)):
        if number == 0:
            writer.writerow([neutral(name) for name in table.columns])
        for row in table.itertuples(index=False, name=None):
            writer.writerow([neutral(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(tables: Tables, heading: Sequence[str], *, sheet: str) -> bytes:
    """A workbook with one sheet: heading lines, headers that stay in sight, records.

    Args:
        tables: the records with readable headers, as one table or in pieces.
        heading: lines above the table: title, filters, snapshot.
        sheet: name of the sheet.
    """
    content = BytesIO()
    # Rows go to a temporary file as they come: a large table would fill the memory.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "constant_memory": True}  # fmt: skip
    with xlsxwriter.Workbook(content, options) as book:
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True, "font_size": 14})
        header = book.add_format(
            {"bold": True, "bg_color": "#e6edf3", "bottom": 1, "text_wrap": True}
        )
        for number, line in enumerate(heading):
            page.write_string(number, 0, line, bold if number == 0 else None)
        write_table(page, _pieces(tables), len(heading), header)
    return content.getvalue()


def write_table(page: Any, pieces: Iterable[pd.DataFrame], top: int, header: Any) -> int:
    """Writes a table into a sheet: headers that stay in sight, rows, and how it is printed.

    Args:
        page: the sheet.
        pieces: the table in pieces with the same columns, at least one.
        top: row of the headers.
        header: their format.

    Returns:
        The last row.
    """
    last, width, begun = top, 1, False
    for table in pieces:
        if not begun:
            width, begun = max(len(table.columns), 1), True
            _headers(page, top, table, header)
        last = _rows(page, last, table)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, last, width - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    return last


def _headers(page: Any, top: int, table: pd.DataFrame, header: Any) -> None:
    for column, name in enumerate(table.columns):
        page.write_string(top, column, str(name), header)
        page.set_column(column, column, _width(str(name), table.iloc[:200, column]))


def _rows(page: Any, last: int, table: pd.DataFrame) -> int:
    """Writes rows below the ``last`` one and gives the number of the new last one."""
    for number, row in enumerate(table.itertuples(index=False, name=None), start=last + 1):
        for column, value in enumerate(row):
            plain = _plain(value)
            if isinstance(plain, str):
                page.write_string(number, column, plain)
            else:
                page.write(number, column, plain)
    return last + len(table)


def _width(name: str, values: pd.Series) -> float:
    """Column width in characters: Chinese ones count double."""
    texts = [name, *(str(value) for value in values)]
    longest = max(sum(2 if ord(c) > 0x2E7F else 1 for c in text) for text in texts)
    return min(longest + 2, WIDEST)
