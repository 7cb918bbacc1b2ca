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
_NO_DATA = frozenset(
    ("不详", "未知", "暂无", "待定", "无", "未统计", "无数据", "暂无数据", "不清楚", "不明")
)
_NOTHING = _NO_DATA | frozenset(
    ("-", "--", "—", "——", "―", "/", "\u2215", "\u2044", "\\", "n/a", "na", "null", "none", "nil")
)
# A number before a choice, as lists have it: ③跟岗挂职, 3.跟岗挂职, (3)跟岗挂职.
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[).、:]?|\(?[一二三四五六七八九十]{1,2}[).、:])\s*(?=\D)")
# What turns the words after it round: 未开展培训 is no training.
_TURNED = re.compile(r"[未不非无拟待暂]|取消|正在|计划|没有")
_SHORT_TEXT = 12
_DOING = "出台|制定|成立|建立|签订|印发|发布|落实|完成|实施|设立|编制"
_IS_DONE = re.compile(rf"^已经?(?:有|{_DOING})+了?$")
_NOT_DONE = re.compile(rf"^(?:未|尚未|还未|暂未|没有?|无|暂无)(?:{_DOING})?$")
_NOT_YET = re.compile(
    rf"^(?:正在?|拟|待|计划|筹备|准备)(?:{_DOING}|筹备|起草)?中?$|^(?:{_DOING}|筹备|起草)中$"
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


def says_no_data(text: str) -> bool:
    """Whether a word, not just a dash, says that there are no data, such as 不详 or 无."""
    return text in _NO_DATA


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
    for way in dict.fromkeys((text, _NUMBERED.sub("", text))):
        if found := spellings.get(fold(way)) or spellings.get(fold_bare(way)):
            return found
    return None


def _contained(text: str, choices: tuple[Choice, ...]) -> str | None:
    """The one choice of which a short text contains a spelling; None where several are meant."""
    text = fold(text)
    if len(text) > _SHORT_TEXT or _TURNED.search(text):
        return None
    words = ((word, code) for word, code in _spellings(choices).items() if not word.isascii())
    found = {code for word, code in words if word in text}
    return found.pop() if len(found) == 1 else None


def is_choice(text: str, column: Column) -> bool:
    """Whether a text names one of the column's choices."""
    found = find_choice(text, column.choices)
    return bool(found or (column.wordy and _contained(text, column.choices)))


def parse_choice(value: Value, column: Column) -> Parsed:
    """One of the column's choices, by code, label or another known spelling."""
    text = folded(value)
    if says_nothing(text):
        return EMPTY
    code = find_choice(text, column.choices)
    if code is not None:
        return Parsed(code)
    by_code = {choice.code: choice for choice in column.choices}
    if column.wordy and (code := _contained(text, column.choices)):
        return Parsed(code, (problem("choice_taken", taken=by_code[code].label),))
    labels = tuple(choice.label for choice in column.choices)
    hinted = tuple(c.label for c in column.choices if fold(text) in map(fold, c.hints))
    if hinted:
        return failed("choice_near", near=hinted, choices=labels)
    near = process.extractOne(
        fold(text), list(_spellings(column.choices)), scorer=fuzz.ratio, score_cutoff=NEAR_CHOICE
    )
    if near is None:
        return failed("not_a_choice", choices=labels)
    meant = by_code[_spellings(column.choices)[near[0]]]
    return failed("choice_near", near=meant.label, choices=labels)


def parse_flag(value: Value, _column: Column) -> Parsed:
    """Yes or no; an empty cell is neither."""
    if isinstance(value, bool):
        return Parsed(value)
    text = folded(value)
    # 无 means "no" here, unlike in other columns.
    if text != "无" and says_nothing(text):
        return EMPTY
    code = find_choice(text, YES_NO)
    if code or _IS_DONE.match(text):
        return Parsed(code != "no")
    if _NOT_DONE.match(text):
        return Parsed(False)
    if _NOT_YET.match(text):
        return Parsed(False, (problem("flag_not_yet"),))
    return failed("not_a_flag")
