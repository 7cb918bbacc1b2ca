"""Reads CSV and TSV in the encodings that spreadsheet programs write."""

from __future__ import annotations

import codecs
import csv
import io

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_COLUMNS, MAX_FIELD, MAX_ROWS
from xianzhong.intake.values import Row, Sheet
from xianzhong.model.formulas import unmarked

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",\t;"
_SNIFFED_LINES = 20


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 with mark, or GB18030.

    Raises:
        IntakeError: none of them fits, or the text holds NUL characters.
    """
    encodings = next((e for mark, e in _MARKS if content.startswith(mark)), "")
    for encoding in (encodings,) if encodings else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise IntakeError("file_binary")
        return text
    raise IntakeError("file_binary" if b"\x00" in content else "file_encoding")


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines into most cells; the comma on a tie."""
    start = "\n".join(text.splitlines()[:_SNIFFED_LINES])

    def cells(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(start), delimiter=delimiter)
        return sum(len(row) - 1 for row in rows if row)

    try:
        return max(_DELIMITERS, key=cells)
    except csv.Error:
        return ","


def read_text(content: bytes, name: str, *, tabs: bool = False) -> Sheet:
    """The only sheet of a CSV or TSV file.

    Raises:
        IntakeError: encoding, binary content, a cell or the sheet too large.
    """
    text = decode(content)
    delimiter = "\t" if tabs else _delimiter(text)
    rows: list[Row] = []
    csv.field_size_limit(MAX_FIELD)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for number, cells in enumerate(reader, start=1):
            # The product's own CSV marks a text that begins like a formula: the mark is no data.
            values = tuple(unmarked(cell) if cell.strip() else None for cell in cells)
            if any(values):
                _check_size(name, number, values)
                rows.append(Row(number, values))
    except csv.Error as error:
        raise IntakeError("file_csv", reason=str(error)) from error
    return Sheet(name, tuple(rows))


def _check_size(name: str, number: int, values: tuple[str | None, ...]) -> None:
    if number > MAX_ROWS:
        raise IntakeError("sheet_too_long", sheet=name, limit=MAX_ROWS)
    if any(values[MAX_COLUMNS:]):
        raise IntakeError("sheet_too_wide", sheet=name, limit=MAX_COLUMNS)
