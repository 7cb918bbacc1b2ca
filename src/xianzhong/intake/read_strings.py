"""Reads the texts that the cells of an XLSX workbook share."""

from __future__ import annotations

import re

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_CELLS, MAX_FIELD
from xianzhong.intake.read_xml import Attributes, local

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    # A half of a surrogate pair is no character.
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def plain(text: str) -> str | None:
    """A cell's text: None where it is blank, control characters as they were meant.

    Raises:
        IntakeError: it is longer than any cell may be.
    """
    if not text or text.isspace():
        return None
    if len(text) > MAX_FIELD:
        raise IntakeError("cell_too_long", limit=MAX_FIELD)
    # ECMA-376 part 1, 22.9.2.19: _x000D_ is a carriage return, _x005F_ an underscore.
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


class Strings:
    """Gathers the shared texts; the parts of a rich text are joined, reading aids left out."""

    def __init__(self) -> None:
        self.found: list[str | None] = []
        self.parts: list[str] = []
        self._text: list[str] = []
        self._aid = False

    def start(self, name: str, attributes: Attributes) -> None:
        """A text or a part of it begins."""
        self.parts.clear()
        if local(name) == "rPh":
            self._aid = True

    def end(self, name: str) -> None:
        """A text or a part of it ends."""
        name = local(name)
        if name == "t":
            if not self._aid:
                self._text += self.parts
        elif name == "si":
            if len(self.found) >= MAX_CELLS:
                raise IntakeError("file_many_cells", limit=MAX_CELLS)
            self.found.append(plain("".join(self._text)))
            self._text.clear()
        elif name == "rPh":
            self._aid = False
