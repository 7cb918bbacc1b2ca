"""How long a text is, reckoned: an office program breaks lines only when it shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xianzhong.export.clean import in_line

# A Chinese character is as wide as it is high. Letters are taken as wide as in the widest of the
# usual fonts, for a computer without the theme's font puts another in its place.
_WIDE_FROM = 0x2E80
_QUOTES = "“”‘’…—"
_DIGIT, _CAPITAL, _SMALL, _SPACE = 0.64, 0.68, 0.57, 0.32
# Some programs put a little space between Chinese and other letters.
_BETWEEN = 0.25
# Bold words are so much wider.
BOLD = 1.1
# What would be left of a number that is cut is another number.
_NUMBER_END = re.compile(r"[\d.,:/%-]*\d[\d.,:/%-]*\s*$")
_PIECES = re.compile(r"[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*|\s+")


def width_of(text: str, size: float) -> float:
    """Points that a text takes in a line."""
    ems = sum(map(_ems, text))
    ems += _BETWEEN * sum(_wide(one) != _wide(two) for one, two in pairwise(text))
    return ems * size


def _wide(letter: str) -> bool:
    return ord(letter) >= _WIDE_FROM


def _ems(letter: str) -> float:
    if _wide(letter) or letter in _QUOTES:
        return 1.0
    if letter.isdigit():
        return _DIGIT
    if letter == " ":
        return _SPACE
    return _CAPITAL if letter.isupper() else _SMALL


def lines_of(text: str, width: float, size: float) -> list[str]:
    """A text in lines of at most ``width`` points."""
    lines = [""]
    for piece in _PIECES.findall(in_line(text)):
        for part in _parts(piece, width, size):
            if lines[-1] and width_of((lines[-1] + part).rstrip(), size) > width:
                lines.append("")
            lines[-1] += part
    return lines


def _parts(piece: str, width: float, size: float) -> Sequence[str]:
    """A word, letter by letter where it is longer than a line."""
    return [piece] if width_of(piece.rstrip(), size) <= width else list(piece)


def fitted(text: object, width: float, size: float, lines: int = 1) -> str:
    """A text in one paragraph, shortened with … where it would need more lines."""
    plain = in_line(text)
    found = lines_of(plain, width, size)
    if len(found) <= lines:
        return plain
    last = found[lines - 1].rstrip()
    while last and width_of(f"{last}…", size) > width:
        last = last[:-1]
    kept = "".join(found[: lines - 1]) + last.rstrip()
    return f"{_NUMBER_END.sub('', kept).rstrip() or kept}…"
