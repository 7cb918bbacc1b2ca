"""Texts that a spreadsheet would take as a formula, and the mark that keeps them texts.

OWASP ASVS 1.2.10: an apostrophe before a text that begins like a formula. The full-width signs
count too, for a spreadsheet in a Chinese or Japanese locale may read them as the narrow ones
(OWASP, CSV injection).
"""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def neutral(value: object) -> object:
    """The value, with an apostrophe before a text that a spreadsheet would take as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def unmarked(text: str) -> str:
    """The text without the apostrophe that :func:`neutral` put before it."""
    marked = text.startswith("'") and text[1:].startswith(FORMULA_STARTS)
    return text[1:] if marked else text
