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


def parse_date(value: Value, _column: Column) -> Parsed:
    """A date or a range of dates as a :class:`PartialDate`."""
    if isinstance(value, bool):
        return failed("not_a_date")
    if isinstance(value, datetime):
        return _day(value.year, value.month, value.day)
    if isinstance(value, date):
        return _day(value.year, value.month, value.day)
    if isinstance(value, float) and not value.is_integer():
        return _number(value)
    text = folded(value)
    if says_nothing(text):
        return EMPTY
    single = _single(text)
    return single if single.value is not None else _range(text) or single


def with_year(value: Value, hint: YearHint) -> Parsed:
    """A date or a range written without a year, in the year that the sheet or the file says.

    It is taken with a warning; what still cannot be read is not.
    """
    text = _arabic(re.sub(r"\s+", "", folded(value)))
    parts = [_arabic(part) for part in re.split(r"至|到|~|〜|—+|–|-+", text)]
    months = [found for part in parts if (found := _NO_YEAR.match(part))]
    if not months or len(parts) > 2 or parts[0] != months[0][0]:
        return failed("date_no_year")
    full = [
        f"{hint.year(int(found[1]))}年{part}" if (found := _NO_YEAR.match(part)) else part
        for part in parts
    ]
    parsed = parse_date("至".join(full), _NO_COLUMN)
    if parsed.value is None:
        return parsed
    taken = problem("date_year_taken", source=hint.source, value=str(parsed.value))
    return Parsed(parsed.value, (*parsed.problems, taken))


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
    text = _arabic(re.sub(r"\s+", "", text))
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
    return failed(_why_not(text))


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
    if re.match(r"^\d{1,2}月(\d{1,2}[日号]?|份|[上中下]旬|[初中底末])?([-—–~〜至到].*)?$", text):
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
    start = _single(parts[0])
    if start.value is None:
        return None
    end = _single(_completed(parts[1], start.value))
    if end.value is None:
        return None
    value = PartialDate(start.value.day, start.value.precision, until=end.value)
    return Parsed(value, start.problems + end.problems)


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
