"""Reads CSV and TSV in the encodings that spreadsheet programs write."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_FIELD
from xianzhong.intake.read_cells import Cells, make_row
from xianzhong.intake.values import Row, Sheet, Value
from xianzhong.model.formulas import unmarked

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",\t;"
_SNIFFED_LINES = 20
_SNIFFED_BYTES = 4096
_OF_A_TABLE = re.compile(r"[\t\r\n,;]")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decode(content: bytes, stated: str = "") -> str:
    """The text of a file in UTF-8, UTF-16 (both with or without mark) or GB18030.

    Args:
        content: the file.
        stated: the encoding that the file itself states, tried before those.

    Raises:
        IntakeError: none of them fits, or the text holds NUL characters.
    """
    marked = next((e for mark, e in _MARKS if content.startswith(mark)), "")
    tried = (marked,) if marked else (_utf_16(content) or stated or "utf-8", "utf-8", "gb18030")
    for encoding in tried:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" in text:
            raise IntakeError("file_binary")
        return text
    raise IntakeError("file_binary" if b"\x00" in content else "file_encoding")


def _utf_16(content: bytes) -> str:
    """Which UTF-16 a text without mark is in: digits and delimiters have a zero byte of two."""
    sample = content[:_SNIFFED_BYTES]
    zeros = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[::2].count(0)}
    encoding = max(zeros, key=lambda name: zeros[name])
    if len(content) % 2 or zeros[encoding] < 2:
        return ""
    # In the wrong order of bytes a table has no delimiter and no line.
    text = sample.decode(encoding, errors="replace")
    return encoding if _OF_A_TABLE.search(text) and not _CONTROL.search(text) else ""


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines into most cells; the comma on a tie."""
    # A copy of the beginning only: a file may be one line of many megabytes.
    lines = io.StringIO(text[: _SNIFFED_LINES * MAX_FIELD])
    start = "".join(lines.readline(MAX_FIELD) for _ in range(_SNIFFED_LINES))

    def cells(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(start), delimiter=delimiter)
        return sum(len(row) - 1 for row in rows if row)

    try:
        return max(_DELIMITERS, key=cells)
    except csv.Error:
        return ","


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, one at a time and without a copy of all."""
    return (found[0] for found in _LINE.finditer(text))


def read_text(text: str, name: str, *, tabs: bool = False) -> Sheet:
    """The only sheet of a CSV or TSV file.

    Raises:
        IntakeError: no table, a cell or the sheet too large.
    """
    delimiter = "\t" if tabs else _delimiter(text)
    rows: list[Row] = []
    counted = Cells()
    csv.field_size_limit(MAX_FIELD)
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter)
        for number, cells in enumerate(reader, start=1):
            # The product's own CSV marks a text that begins like a formula: the mark is no data.
            values: list[Value] = [unmarked(cell) if cell.strip() else None for cell in cells]
            counted.add(len(values))
            row = make_row(name, number, values)
            if row is not None:
                rows.append(row)
    except csv.Error as error:
        # With line ends left alone, only a cell that never ends can fail.
        raise IntakeError("file_csv", row=rows[-1].number + 1 if rows else 1,
                          limit=MAX_FIELD) from error  # fmt: skip
    return Sheet(name, tuple(rows))
