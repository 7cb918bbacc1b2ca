"""Counts and amounts, as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

from xianzhong.intake.clean.text import folded, says_nothing
from xianzhong.intake.values import EMPTY, Parsed, Problem, Value, failed, problem
from xianzhong.model.columns import Column, ColumnType

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇一二两三四五六七八九十百千"
_ABOUT_BEFORE = r"约|大约|近|将近|超|超过|至少|不少于|逾"
_ABOUT_AFTER = r"余|多|几|左右|以上|\+"
_NUMBER = re.compile(
    rf"^(?P<before>{_ABOUT_BEFORE})?"
    rf"(?P<number>[+-]?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[{_CHINESE}]+(?:万[{_CHINESE}]+)?)"
    rf"(?P<middle>{_ABOUT_AFTER})?(?P<scale>[万亿])?(?P<middle2>{_ABOUT_AFTER})?"
    rf"(?P<unit>[^\d\s]*?)(?P<after>{_ABOUT_AFTER})?$"
)
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_PERSON_UNITS = frozenset({"人", "名", "位", "人次", "名教师", "名学生", "名师生", "persons"})
_UNITS: dict[str, frozenset[str]] = {
    "人": _PERSON_UNITS,
    "人次": _PERSON_UNITS | {"次"},
    "天": frozenset({"天", "日", "days"}),
    "课时": frozenset({"课时", "节", "学时", "节课", "lessons"}),
}
LARGEST = Decimal(10) ** 15
_RANGE = re.compile(r"^约?\d+(\.\d+)?[^\d\s]{0,2}[-—–~〜至到]\d+(\.\d+)?[^\d\s]{0,3}$")
_PERCENT = re.compile(r"[%‰]|百分之")
_HALF = re.compile(r"^(?:半(?P<one>[天日])|(?P<number>\d+)(?P<unit>[天日])半)$")


def chinese_number(text: str) -> int | None:
    """The number of Chinese numerals such as 二十三 or 一万二千; None if it is none.

    A row of digits such as 二〇二四 is read digit by digit.
    """
    before, thousands, after = text.partition("万")
    if thousands and after:
        high, low = chinese_number(before), chinese_number(after)
        return None if high is None or low is None else high * 10_000 + low
    if not text or any(c not in _CHINESE for c in text):
        return None
    if not any(c in _POWERS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    last = 10_000
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            power = _POWERS[c]
            if power >= last:
                return None
            total, digit, last = total + (digit or 1) * power, 0, power
    return total + digit


def parse_number(value: Value, column: Column) -> Parsed:
    """A count or an amount.

    Units, thousands separators, full-width digits and 万 are understood. An approximate number
    (10余人) is taken with a warning; money in 元 is converted where the column counts 万元.
    """
    if isinstance(value, bool):
        return failed("not_a_number")
    text = re.sub(r"\s", "", folded(value))
    if text != "无" and says_nothing(text):
        return EMPTY
    if half := _HALF.match(text):
        text = f"{half['number'] or 0}.5天"
    match = _NUMBER.match(text)
    if match is None or _PERCENT.search(text):
        return _not_a_number(text, column)
    number = _digits(match["number"])
    if number is None:
        return failed("not_a_number")
    scale, unit = match["scale"] or "", match["unit"] or ""
    scaled, problems = _in_unit(number * _SCALES[scale], scale, unit, column, text)
    if scaled is None:
        return Parsed(None, problems)
    return _finished(scaled, bool(match["before"] or match["middle"] or match["middle2"]
                                  or match["after"]), column, problems)  # fmt: skip


def _not_a_number(text: str, column: Column) -> Parsed:
    if _PERCENT.search(text):
        return failed("is_percent", expected=column.label)
    return failed("number_range" if _RANGE.match(text) else "not_a_number")


def _digits(text: str) -> Decimal | None:
    if text[0] in _CHINESE:
        number = chinese_number(text)
        return None if number is None else Decimal(number)
    return Decimal(text.replace(",", ""))


def _in_unit(
    number: Decimal, scale: str, unit: str, column: Column, text: str
) -> tuple[Decimal | None, tuple[Problem, ...]]:
    own = column.unit.zh if column.unit else ""
    if own == "万元":
        if not scale and unit in ("", "万元"):
            return number, ()
        if unit == "元" or (unit == "" and scale):
            converted = number / 10_000
            if scale == "万":
                return converted, ()
            shown = f"{converted.normalize():f}"
            return converted, (problem("unit_converted", raw=text, value=shown, unit=column.unit),)
    accepted = _UNITS.get(own, frozenset({own})) | {""}
    if column.name == "year":
        accepted |= {"年", "年度"}
    if unit in accepted:
        return number, ()
    return None, (problem("wrong_unit", unit=unit, expected=column.unit or column.label),)


def _finished(
    number: Decimal, about: bool, column: Column, problems: tuple[Problem, ...]
) -> Parsed:
    if abs(number) > LARGEST:
        return failed("not_a_number")
    whole = number == number.to_integral_value()
    if column.type is ColumnType.COUNT and not whole:
        return failed("not_whole")
    result = int(number) if column.type is ColumnType.COUNT else float(number)
    if about:
        problems += (problem("approximate", value=f"{number.normalize():f}"),)
    return Parsed(result, problems)
