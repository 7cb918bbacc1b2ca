"""Dates known to the day or to the month, as people write them.

A month is never padded silently: ``2024-03`` stays a month. What can be read in two ways is
refused, not guessed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from xianzhong.intake.clean.numbers import chinese_number
from xianzhong.intake.clean.terms import parse_term
from xianzhong.intake.clean.text import folded, says_nothing
from xianzhong.intake.values import (
    EMPTY,
    Parsed,
    PartialDate,
    Precision,
    Problem,
    Value,
    failed,
    problem,
)
from xianzhong.intake.years import YearHint
from xianzhong.model.columns import Column
from xianzhong.model.labels import Label
from xianzhong.settings import TIME_ZONE

FIRST_YEAR, LAST_YEAR = 1949, 2099
# A date means the same in every column.
_NO_COLUMN = Column("", Label("", ""), Label("", ""))
# Excel's day numbers of 1982 to 2064: as plain numbers they can hardly be anything else.
_SERIALS = range(30_000, 60_001)
_EPOCH = date(1899, 12, 30)

_DAY = re.compile(r"^(\d{4})(?:([-/.])|年)(\d{1,2})(?(2)\2|月)(\d{1,2})[日号]?$")
_MONTH = re.compile(r"^(\d{4})(?:[-/.]|年)(\d{1,2})月?份?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_STAMP = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_AROUND = re.compile(r"^(\d{4})(?:[-/.]|年)(\d{1,2})月?份?(?:[上中下]旬|月?[初中底末])$")
_TAIL = re.compile(
    r"(\(?(?:周|星期|礼拜)[一二三四五六日天]\)?|上午|下午|晚上?|全天|\d{1,2}:\d{2}(:\d{2})?)+$"
)
_RANGE = re.compile(r"至|到|~|〜|—+|–|--|\s-\s")
_DASH_RANGE = re.compile(r"^(\d{4}[/.年][^-]+)-([^-]+)$")
_CHINESE_DATE = re.compile(
    r"^(?:([〇零一二三四五六七八九]{4})年)?([一二三四五六七八九十]{1,2})月"
    r"(?:份|([一二三四五六七八九十]{1,3})[日号])?$"
)
_NO_YEAR = re.compile(r"^(\d{1,2})月(份|[上中下]旬|[初中底末]|\d{1,2}[日号]?)?$")
_POINTS = re.compile(r"^(1[0-2]|0?[1-9])\.(\d{1,2})$")
_POINTS_RANGE = re.compile(r"^(1[0-2]|0?[1-9])\.\d{1,2}(至|到|~|〜|—+|–|-+)(\d{1,2}\.)?\d{1,2}$")
_SHORT_YEAR = re.compile(
    r"^(2\d)(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(?:(\d{1,2})[日号]?)?)$"
)
# A day of the month may look like a year: 24.3.25 may be the 24th of March 2025.
_LIKE_YEARS = range(20, 30)
_OPEN = re.compile(r"(?<=[\d月日号初旬中底末])\s*(?:起?[-—–~至到]*(?:至今|到今|今)|起|以来|开始)$")
_UNTIL_NOW = frozenset({"至今", "今", "现在", "持续", "now", "present"})
_LIST = re.compile(r"[、,;]")
_ONLY_MONTH = re.compile(
    r"^\d{1,2}月(\d{1,2}[日号]?|份|[上中下]旬|[初中底末])?([-—–~〜至到].*|[、,;][\d月日号、,;]+)?$"
)
_LISTED = 10
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_ENGLISH = re.compile(
    r"^(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+)?(?P<month>[a-z]{3,9})\.?,?[\s-]+"
    r"(?:(?P<late>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})$",
    re.IGNORECASE,
)


def parse_date(value: Value, _column: Column) -> Parsed:
    """A date or a range of dates as a :class:`PartialDate`."""
    if isinstance(value, bool):
        return failed("not_a_date")
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    if isinstance(value, float) and not value.is_integer():
        return _number(value)
    return _text(value)


def _text(value: Value) -> Parsed:
    text = folded(value).lstrip("'‘’`")
    if says_nothing(text):
        return EMPTY
    if text in _UNTIL_NOW:
        return Parsed(None, (problem("date_open"),))
    bare = _OPEN.sub("", text)
    found = _dated(bare)
    if bare == text or found.value is None:
        return found
    return Parsed(found.value, (*found.problems, problem("date_open")))


def _dated(text: str) -> Parsed:
    """One date, a range, or a list of dates."""
    single = _single(text)
    if single.value is not None:
        return single
    return _range(text) or _several(text) or single


def with_year(value: Value, hint: YearHint) -> Parsed:
    """A date or a range written without a year, in the year that the sheet or the file says.

    It is taken with a warning; what still cannot be read is not.
    """
    whole = _arabic(re.sub(r"\s+", "", folded(value)))
    text = _OPEN.sub("", whole)
    opened = (problem("date_open"),) if text != whole else ()
    if _LIST.search(text) and (first := re.match(r"^(\d{1,2})月", text)):
        return _taken(f"{hint.year(int(first[1]))}年{text}", hint, opened)
    parts = [_arabic(part) for part in re.split(r"至|到|~|〜|—+|–|-+", text)]
    if _POINTS_RANGE.match(text):
        parts = [_POINTS.sub(r"\1月\2日", part) for part in parts]
    months = [found for part in parts if (found := _NO_YEAR.match(part))]
    if not months or len(parts) > 2 or parts[0] != months[0][0]:
        return failed("date_no_year")
    full = [
        f"{hint.year(int(found[1]))}年{part}" if (found := _NO_YEAR.match(part)) else part
        for part in parts
    ]
    return _taken("至".join(full), hint, opened)


def _taken(text: str, hint: YearHint, more: tuple[Problem, ...]) -> Parsed:
    parsed = _dated(text)
    if parsed.value is None:
        return parsed
    taken = problem("date_year_taken", source=hint.source, value=str(parsed.value))
    return Parsed(parsed.value, (*parsed.problems, *more, taken))


def _number(value: float) -> Parsed:
    """A number with decimals: a day number with a time of day, or year and month."""
    if not math.isfinite(value):
        return failed("not_a_date")
    if int(value) in _SERIALS:
        return _serial(int(value))
    text = repr(value)
    # 2024.1 may have been 2024.10 before the program cut the zero.
    return failed("date_ambiguous") if text.endswith(".1") else _single(text)


def _serial(number: int) -> Parsed:
    day = _EPOCH + timedelta(days=number)
    return Parsed(PartialDate(day), (problem("date_serial", value=day.isoformat()),))


def _single(text: str) -> Parsed:
    if _STAMP.match(text):
        return _stamp(text)
    text = _TAIL.sub("", text.strip()).strip()
    if found := _ENGLISH.match(text):
        return _english(found)
    text = _arabic(re.sub(r"\s+", "", text))
    return _written(text)


def _written(text: str) -> Parsed:
    if found := _DAY.match(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _MONTH.match(text):
        return _month(int(found[1]), int(found[2]))
    if found := _AROUND.match(text):
        month = _month(int(found[1]), int(found[2]))
        about: tuple[Problem, ...] = (problem("date_approximate", value=str(month.value)),)
        return month if month.value is None else Parsed(month.value, about)
    if text.isdigit():
        return _digits(text)
    return _short_year(text) or failed(_why_not(text))


def _english(found: re.Match[str]) -> Parsed:
    """``Mar 5, 2024``, ``5 March 2024`` or ``March 2024``."""
    name, day = found["month"].casefold(), found["day"] or found["late"]
    month = next((n for n, full in enumerate(_MONTHS, 1) if full.startswith(name)), None)
    if month is None or (found["day"] and found["late"]):
        return failed("not_a_date")
    year = int(found["year"])
    return _day(year, month, int(day)) if day else _month(year, month)


def _short_year(text: str) -> Parsed | None:
    """A year of two digits, as in 24.3.5; taken with a warning."""
    found = _SHORT_YEAR.match(text)
    if found is None:
        return None
    year, month = 2000 + int(found[1]), int(found[3] or found[5])
    day = found[4] or found[6]
    if found[4] and int(found[4]) in _LIKE_YEARS:
        return failed("date_ambiguous")
    made = _day(year, month, int(day)) if day else _month(year, month)
    if made.value is None:
        return made
    return Parsed(made.value, (problem("date_short_year", value=str(made.value)),))


def _digits(text: str) -> Parsed:
    if len(text) == 5 and int(text) in _SERIALS:
        return _serial(int(text))
    found = _COMPACT.match(text)
    if found is None:
        return failed("date_year_only" if len(text) == 4 else "not_a_date")
    if found[3]:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return _month(int(found[1]), int(found[2]))


def _why_not(text: str) -> str:
    if re.match(r"^\d{4}年度?$", text):
        return "date_year_only"
    if _POINTS_RANGE.match(text) or _ONLY_MONTH.match(text):
        return "date_no_year"
    if re.match(r"^\d{4}[-—–~至/](\d{4}|\d{2})学年$", text) or parse_term(text, _NO_COLUMN).value:
        return "date_is_term"
    if re.match(r"^\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?$", text):
        return "date_ambiguous"
    return "not_a_date"


def _stamp(text: str) -> Parsed:
    """An ISO date and time; one with a zone is taken to the country's own day."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return failed("not_a_date")
    if moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(TIME_ZONE))
    return _day(moment.year, moment.month, moment.day)


def _arabic(text: str) -> str:
    found = _CHINESE_DATE.match(text)
    if found is None:
        return text
    year, month, day = (chinese_number(part or "") for part in found.groups())
    if year is None:
        return f"{month}月" if day is None else f"{month}月{day}日"
    return f"{year}-{month}" if day is None else f"{year}-{month}-{day}"


def _day(year: int, month: int, day: int) -> Parsed:
    return _made(year, month, day, "day")


def _month(year: int, month: int) -> Parsed:
    return _made(year, month, 1, "month")


def _made(year: int, month: int, day: int, precision: Precision) -> Parsed:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return failed("date_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return Parsed(PartialDate(date(year, month, day), precision))
    except ValueError:
        return failed("no_such_day")


def _range(text: str) -> Parsed | None:
    """Two dates in one cell; the second may leave out what it shares with the first."""
    parts = [part.strip() for part in _RANGE.split(text)]
    if len(parts) != 2:
        found = _DASH_RANGE.match(re.sub(r"\s+", "", text))
        if found is None:
            return None
        parts = [found[1], found[2]]
    start = _single(re.sub(r"^[自从]|起$", "", parts[0]))
    if start.value is None:
        return None
    end = _single(_completed(parts[1], start.value))
    if end.value is None:
        return None
    value = PartialDate(start.value.day, start.value.precision, until=end.value)
    return Parsed(value, start.problems + end.problems)


def _several(text: str) -> Parsed | None:
    """Several dates in one cell, one after the other: from the first to the last, and said."""
    parts = [part.strip() for part in _LIST.split(text)]
    if not 2 <= len(parts) <= _LISTED:
        return None
    first = last = _single(parts[0])
    for part in parts[1:]:
        if last.value is None:
            return None
        found = _single(_completed(part, last.value))
        if found.value is None or found.value.day <= last.value.day:
            return None
        last = found
    value = PartialDate(first.value.day, first.value.precision, until=last.value)
    said = problem("date_listed", first=str(first.value), last=str(last.value))
    return Parsed(value, (*first.problems, said))


def _completed(text: str, start: PartialDate) -> str:
    year, month = start.day.year, start.day.month
    if found := re.match(r"^(\d{1,2})[日号]?$", text):
        # After a month, a bare number is a month; after a day, a day.
        return f"{year}-{found[1]}" if start.precision == "month" else f"{year}-{month}-{found[1]}"
    if found := re.match(r"^(\d{1,2})(?:[./月-])(\d{1,2})[日号]?$", text):
        return f"{year}-{found[1]}-{found[2]}"
    if found := re.match(r"^(\d{1,2})月份?$", text):
        return f"{year}-{found[1]}"
    return text
