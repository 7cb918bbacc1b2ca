"""The workbook inside a chart, which opens when somebody edits its data."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter


def workbook(
    header: str, categories: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]
) -> bytes:
    """Names in column A, a series in each column after it, headers in row 1.

    The layout is the one that python-pptx's charts refer to. Texts stay texts: python-pptx's own
    workbook would take a name that begins with = for a formula.
    """
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("Sheet1")
        whole = book.add_format({"num_format": "#,##0"})
        sheet.set_column(0, 0, 32)
        sheet.write_string(0, 0, header)
        for row, name in enumerate(categories, 1):
            sheet.write_string(row, 0, name)
        for column, (name, values) in enumerate(series, 1):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, whole)
    return content.getvalue()
