"""School terms, as people write them."""

from __future__ import annotations

import re

from xianzhong.intake.clean.text import folded, says_nothing
from xianzhong.intake.values import EMPTY, Parsed, Value, failed
from xianzhong.model.columns import Column
from xianzhong.model.terms import Term

_HALVES: tuple[tuple[str, int], ...] = (
    (r"秋季?|第?[一1]学期|-1|上学期|autumn(?:term)?|fall(?:term)?", 1),
    (r"春季?|第?[二2]学期|-2|下学期|spring(?:term)?", 2),
)
_YEARS = r"(?P<first>\d{4})[-—–~至/](?P<second>\d{4}|\d{2})"
_FORMS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), half)
    for words, half in _HALVES
    for pattern in (
        rf"^{_YEARS}学?年?度?(?:{words})(?:学期)?$",
        rf"^(?:{words}){_YEARS}$",
        rf"^(?P<calendar>\d{{4}})年?(?:{words})(?:学期)?$",
        rf"^(?:{words})(?P<calendar>\d{{4}})$",
    )
    # 2022年第一学期 may mean either half of the calendar year or of the school year.
)
_CALENDAR_WORDS = re.compile(r"秋|春|autumn|fall|spring")


def parse_term(value: Value, _column: Column) -> Parsed:
    """A school term as its code, such as ``2022-1``.

    Understood: the code, 2022-2023学年秋季学期 (also 第一学期, 上学期), 2022年秋季学期, and the
    English label. A calendar year with a season names the season in that year.
    """
    text = re.sub(r"\s", "", folded(value)).casefold()
    if says_nothing(text):
        return EMPTY
    try:
        return Parsed(Term.parse(text).code)
    except ValueError:
        pass
    for form, half in _FORMS:
        if found := form.match(text):
            return _term(found.groupdict(), half, text)
    return failed("not_a_term")


def _term(parts: dict[str, str | None], half: int, text: str) -> Parsed:
    calendar = parts.get("calendar")
    if calendar:
        if not _CALENDAR_WORDS.search(text):
            return failed("not_a_term")
        first = int(calendar) if half == 1 else int(calendar) - 1
    else:
        first, second = int(parts["first"] or 0), parts["second"] or ""
        if int(second) != (first + 1) % 10 ** len(second):
            return failed("not_a_term")
    try:
        return Parsed(Term.parse(f"{first}-{half}").code)
    except ValueError:
        return failed("not_a_term")
