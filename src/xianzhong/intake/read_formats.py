"""What a number format makes of a number: a date, a month, a time of day, or nothing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from xianzhong.intake.values import Value

Shape = Literal["", "date", "month", "time", "span"]

# ECMA-376 part 1, 18.8.30: the formats that every program knows by number. 27 to 36 and 50 to
# 58 are those of the Chinese locale, which Excel and WPS write in mainland China.
_SHAPES: dict[int, Shape] = {
    **dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), "date"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "time"),
    46: "span",
}
_BUILT_IN = {str(number): shape for number, shape in _SHAPES.items()}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
_LAST_SERIAL = 2_958_466
_LEAP_BUG = 60


def built_in(number: str) -> Shape:
    """What the format with this number shows."""
    return _BUILT_IN.get(number, "")


@lru_cache(maxsize=2048)
def shape(code: str) -> Shape:
    """What a format of this code shows. Only the code's first part, for positive numbers."""
    if code.strip().lower() in {"general", "g/通用格式", "@", ""}:
        return ""
    shown = _QUOTED.sub("", code.partition(";")[0]).lower()
    if re.search(r"\[[hms]+\]", shown):
        return "span"
    if "y" in shown and "d" not in shown:
        return "month"
    clock = "h" in shown or "s" in shown
    if "d" in shown or "aaa" in shown or ("m" in shown and not clock):
        return "date"
    return "time" if clock else ""


def from_serial(number: float, how: Shape, *, from_1904: bool = False) -> Value:
    """The date that a serial number means, or the number where it can mean none.

    A month stays a month, as text ``2024-03``; a time of day and a span are texts too.
    """
    if not 0 <= number < _LAST_SERIAL:
        return number
    try:
        if how == "span":
            return str(timedelta(seconds=round(number * 86400)))
        if how == "time" or number < 1:
            return str((_EPOCH + timedelta(seconds=round(number % 1 * 86400))).time())
        # Excel counts a 29 February 1900 that never was.
        days = number + 1462 if from_1904 else number + (number < _LEAP_BUG)
        found = _EPOCH + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return number
    return f"{found:%Y-%m}" if how == "month" else found
