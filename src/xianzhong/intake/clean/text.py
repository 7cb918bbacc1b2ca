"""Text, codes, links, choices and flags."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from xianzhong.intake.headers import fold, fold_bare
from xianzhong.intake.limits import MAX_TEXT
from xianzhong.intake.values import EMPTY, Parsed, Value, display, failed, problem
from xianzhong.model.columns import Column
from xianzhong.model.labels import YES_NO, Choice

NEAR_CHOICE = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]|_x000[dD]_")
_HOST_ONLY = re.compile(r"^[\w-]+(\.[\w-]+)*\.(cn|com|org|net|gov|edu)(\.cn)?([/:?#].*)?$", re.I)
_NOTHING = frozenset(
    ("-", "--", "—", "——", "/", "\\", "n/a", "na", "null", "不详", "未知", "暂无", "待定", "无")
)


def plain(value: Value) -> str:
    """The text of a cell without control characters and outer spaces."""
    return _CONTROL.sub("", display(value)).strip()


def folded(value: Value) -> str:
    """The cell's text with full-width forms narrowed and outer spaces cut."""
    return unicodedata.normalize("NFKC", plain(value)).strip()


def says_nothing(text: str) -> bool:
    """Whether a text stands for an empty cell, such as ``—`` or 不详."""
    return not text or text.casefold() in _NOTHING


def parse_text(value: Value, _column: Column) -> Parsed:
    """The text as written."""
    text = plain(value)
    if len(text) > MAX_TEXT:
        return failed("too_long", limit=MAX_TEXT)
    return Parsed(text or None)


def parse_code(value: Value, _column: Column) -> Parsed:
    """A code: narrow forms, no spaces."""
    text = re.sub(r"\s", "", folded(value))
    return Parsed(None if says_nothing(text) else text)


def parse_link(value: Value, _column: Column) -> Parsed:
    """A web address with http or https; nothing else can become a link on a page."""
    text = plain(value)
    if says_nothing(text):
        return EMPTY
    if _HOST_ONLY.match(text):
        text = f"http://{text}"
        return Parsed(text, (problem("link_completed", value=text),))
    try:
        parts = urlsplit(text)
    except ValueError:
        return failed("not_a_link")
    safe = parts.scheme.lower() in ("http", "https") and not re.search(r"\s", text)
    return Parsed(text) if safe and parts.hostname else failed("not_a_link")


@lru_cache(maxsize=64)
def _spellings(choices: tuple[Choice, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in choices:
        for spelling in choice.spellings:
            found.setdefault(fold(spelling), choice.code)
    for choice in choices:
        found.setdefault(fold_bare(choice.label.zh), choice.code)
    return found


def find_choice(text: str, choices: tuple[Choice, ...]) -> str | None:
    """Code of the choice that is written so, brackets cut where need be."""
    spellings = _spellings(choices)
    return spellings.get(fold(text)) or spellings.get(fold_bare(text))


def parse_choice(value: Value, column: Column) -> Parsed:
    """One of the column's choices, by code, label or another known spelling."""
    text = folded(value)
    if says_nothing(text):
        return EMPTY
    code = find_choice(text, column.choices)
    if code is not None:
        return Parsed(code)
    labels = tuple(choice.label for choice in column.choices)
    near = process.extractOne(
        fold(text), list(_spellings(column.choices)), scorer=fuzz.ratio, score_cutoff=NEAR_CHOICE
    )
    if near is None:
        return failed("not_a_choice", choices=labels)
    meant = _spellings(column.choices)[near[0]]
    label = next(choice.label for choice in column.choices if choice.code == meant)
    return failed("choice_near", near=label, choices=labels)


def parse_flag(value: Value, _column: Column) -> Parsed:
    """Yes or no; an empty cell is neither."""
    if isinstance(value, bool):
        return Parsed(value)
    text = folded(value)
    # 无 means "no" here, unlike in other columns.
    if text != "无" and says_nothing(text):
        return EMPTY
    code = find_choice(text, YES_NO)
    return Parsed(code == "yes") if code else failed("not_a_flag")
