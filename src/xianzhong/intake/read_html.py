"""Reads the tables of an HTML page. Many systems export one under the name of a workbook.

Nothing of the page runs and nothing that it names is fetched: only texts in cells are taken.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_TAGS
from xianzhong.intake.read_cells import Area, Cells, check_merged, make_row
from xianzhong.intake.read_strings import plain
from xianzhong.intake.values import Row, Sheet, Value

_PAGE = re.compile(
    rb"\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "template"})
_BREAKS = frozenset({"br", "p", "div"})
_HEAD = 4096


def is_html(content: bytes) -> bool:
    """Whether the bytes begin like a page, in an encoding that leaves ASCII as it is."""
    return bool(_PAGE.match(content[:_HEAD].removeprefix(b"\xef\xbb\xbf")))


def charset(content: bytes) -> str:
    """The encoding that the page states; empty where it states none."""
    found = _CHARSET.search(content[:_HEAD])
    stated = found[1].decode("ascii").lower() if found else ""
    return "gb18030" if stated in {"gb2312", "gbk", "gb18030"} else stated


def read_html(text: str, name: str) -> tuple[Sheet, ...]:
    """The tables of a page, one after the other.

    Raises:
        IntakeError: the page has no table, or is larger than may be read.
    """
    # The parser is slow, and slower on a page that is made so.
    if text.count("<") > MAX_TAGS:
        raise IntakeError("file_many_cells", limit=MAX_TAGS // 2)
    reader = _Tables(name)
    try:
        reader.feed(text)
        reader.close()
    except AssertionError as error:
        raise IntakeError("file_broken") from error
    reader.end_table()
    if not reader.sheets:
        raise IntakeError("html_no_table")
    return tuple(reader.sheets)


class _Tables(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[Sheet] = []
        self._name, self._cells = name, Cells()
        self._depth = self._silent = 0
        self._text: list[str] | None = None
        self._begin_table()

    def _begin_table(self) -> None:
        self._rows: list[Row] = []
        self._merged: list[Area] = []
        self._taken: set[tuple[int, int]] = set()
        self._number = 0
        self._values: list[Value] = []
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            # A table in a cell belongs to the cell's text.
            self._depth += 1
        elif tag in _BREAKS and self._text:
            self._text.append("\n")
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._number += 1
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            stated = dict(attrs)
            self._span = (_span(stated.get("rowspan")), _span(stated.get("colspan")))
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table":
            self._depth -= 1
            if self._depth <= 0:
                self.end_table()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._text).split("\n"))
        self._text = None
        self._number = max(self._number, 1)
        values, number = self._values, self._number
        while (number, len(values)) in self._taken:
            values.append(None)
        column, (high, wide) = len(values), self._span
        values.append(plain("\n".join(line for line in lines if line)))
        if high > 1 or wide > 1:
            self._merged.append((number, column, number + high - 1, column + wide - 1))
            self._cells.add(high * wide)
            self._taken.update(
                (row, taken)
                for row in range(number, number + high)
                for taken in range(column, column + wide)
            )

    def _end_row(self) -> None:
        self._end_cell()
        if self._values:
            self._cells.add(len(self._values))
            row = make_row(self._name, self._number, self._values)
            if row is not None:
                self._rows.append(row)
            self._values = []

    def end_table(self) -> None:
        """The outermost table ends, or the page does."""
        self._end_row()
        self._depth = 0
        if self._rows:
            if len(self.sheets) >= MAX_SHEETS:
                raise IntakeError("file_members")
            number = len(self.sheets) + 1
            name = f"{self._name} {number}" if number > 1 else self._name
            merged = check_merged(self._merged)
            self.sheets.append(Sheet(name, tuple(self._rows), merged=merged))
        self._begin_table()


def _span(stated: str | None) -> int:
    text = (stated or "1").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return min(max(number, 1), max(MAX_ROWS, MAX_COLUMNS))
