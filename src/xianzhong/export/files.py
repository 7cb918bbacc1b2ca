"""Tables as CSV and XLSX files that a spreadsheet opens safely.

A text that begins like a formula is never handed over as one: CSV gets an apostrophe before it,
XLSX cells are written as text. See model/formulas.py.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import pandas as pd
import xlsxwriter

from xianzhong.model.formulas import neutral

WIDEST = 48


def _plain(value: object) -> object:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return ""
    return value.item() if hasattr(value, "item") else value


def to_csv(table: pd.DataFrame, heading: Sequence[str]) -> bytes:
    """UTF-8 with BOM, so that Excel and WPS show Chinese; ``heading`` lines come first."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([neutral(line)] for line in heading)
    writer.writerow([neutral(name) for name in table.columns])
    for row in table.itertuples(index=False, name=None):
        writer.writerow([neutral(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(table: pd.DataFrame, heading: Sequence[str], *, sheet: str) -> bytes:
    """A workbook with one sheet: heading lines, headers that stay in sight, records.

    Args:
        table: the records with readable headers.
        heading: lines above the table: title, filters, snapshot.
        sheet: name of the sheet.
    """
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "in_memory": True}  # fmt: skip
    with xlsxwriter.Workbook(content, options) as book:
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True, "font_size": 14})
        header = book.add_format(
            {"bold": True, "bg_color": "#e6edf3", "bottom": 1, "text_wrap": True}
        )
        for number, line in enumerate(heading):
            page.write_string(number, 0, line, bold if number == 0 else None)
        top = len(heading)
        for column, name in enumerate(table.columns):
            page.write_string(top, column, str(name), header)
            page.set_column(column, column, _width(str(name), table.iloc[:200, column]))
        for number, row in enumerate(table.itertuples(index=False, name=None), start=top + 1):
            for column, value in enumerate(row):
                plain = _plain(value)
                if isinstance(plain, str):
                    page.write_string(number, column, plain)
                else:
                    page.write(number, column, plain)
        page.freeze_panes(top + 1, 0)
        page.autofilter(top, 0, top + len(table), max(len(table.columns) - 1, 0))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
    return content.getvalue()


def _width(name: str, values: pd.Series) -> float:
    """Column width in characters: Chinese ones count double."""
    texts = [name, *(str(value) for value in values)]
    longest = max(sum(2 if ord(c) > 0x2E7F else 1 for c in text) for text in texts)
    return min(longest + 2, WIDEST)
