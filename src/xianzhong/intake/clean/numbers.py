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
_ABOUT_BEFORE = r"约|大约|近|将近|超|超过|至少|不少于|不低于|逾|上|≥|>=?"
_ABOUT_AFTER = r"余|多|几|左右|以上|\+"
_NUMBER = re.compile(
    rf"^(?P<before>{_ABOUT_BEFORE})?"
    rf"(?P<number>[+-]?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?|[{_CHINESE}]+(?:万[{_CHINESE}]+)?)"
    rf"(?P<middle>{_ABOUT_AFTER})?(?P<scale>[万亿])?(?P<middle2>{_ABOUT_AFTER})?"
    rf"(?P<unit>[^\d\s]*?)(?P<after>{_ABOUT_AFTER})?$"
)
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_PERSON_UNITS = frozenset(
    {"人", "名", "位", "人次", "人/次", "名教师", "名学生", "名师生", "persons"}
)
_UNITS: dict[str, frozenset[str]] = {
    "人": _PERSON_UNITS,
    "人次": _PERSON_UNITS | {"次"},
    "天": frozenset({"天", "日", "days"}),
    "课时": frozenset({"课时", "节", "学时", "节课", "lessons"}),
}
LARGEST = Decimal(10) ** 15
_RANGE = re.compile(r"^约?\d+(\.\d+)?[^\d\s]{0,2}[-—–~〜至到]\d+(\.\d+)?[^\d\s]{0,3}$")
_PERCENT = re.compile(r"[%‰]|百分之")
# A number of no size: 数十 may be thirty or ninety.
_VAGUE = re.compile(r"^(?:约|近)?(?:数|好?几)[十百千万]")
# Numerals of one character for twenty and thirty.
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
# What stands in brackets behind a number explains it; a number alone in brackets does not.
_REMARK = re.compile(r"^(?P<number>[^()]+)\((?P<remark>[^\d()][^()]*)\)$")
_WEEKS = re.compile(r"^(?P<number>.+?)(?:个)?(?:周|星期)$")
_WEEK = 7
_PARTS = re.compile(r"[,、;+]")
_LABELLED = re.compile(r"^(?P<label>[\u4e00-\u9fff]{2,6}?):?(?P<number>(?:约|近|超)?\d.*)$")
# Words of a part that is within another part, or that says how much one of several gets.
_NO_PART = re.compile(r"其中|每|各|第|共|合计|另|不")
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
    Parts that are all named, as in 教师8人,学生20人, are added, and that is said.
    """
    if isinstance(value, bool):
        return failed("not_a_number")
    text = re.sub(r"\s", "", folded(value)).translate(_TENS)
    if says_nothing(text):
        return EMPTY
    parsed = _one_number(text, column)
    return parsed if parsed is not None else _put_together(text, column)


def _one_number(text: str, column: Column) -> Parsed | None:
    """The number that a text is; None where it is none."""
    if half := _HALF.match(text):
        text = f"{half['number'] or 0}.5天"
    match = _NUMBER.match(text)
    if match is None or _PERCENT.search(text) or "(" in match["unit"]:
        return None
    number = _digits(match["number"])
    if number is None:
        return failed("not_a_number")
    scale, unit = match["scale"] or "", match["unit"] or ""
    scaled, problems = _in_unit(number * _SCALES[scale], scale, unit, column, text)
    if scaled is None:
        return _weeks(text, column) or Parsed(None, problems)
    return _finished(scaled, bool(match["before"] or match["middle"] or match["middle2"]
                                  or match["after"]), column, problems)  # fmt: skip


def _put_together(text: str, column: Column) -> Parsed:
    """A number with a remark in brackets, or several that are one together."""
    if remark := _REMARK.match(text):
        if remark["remark"] in _UNITS.get(column.unit.zh if column.unit else "", ()):
            return parse_number(remark["number"] + remark["remark"], column)
        parsed = parse_number(remark["number"], column)
        if parsed.value is not None:
            said = problem("remark_unread", remark=remark["remark"])
            return Parsed(parsed.value, (*parsed.problems, said))
    return _summed(text, column) or _not_a_number(text, column)


def _summed(text: str, column: Column) -> Parsed | None:
    pieces = _PARTS.split(text)
    words = [re.sub(r"\d", "", piece) for piece in pieces]
    # A comma alone tells no sum from a list: each part must say what it counts.
    told = all(len(word) > 1 for word in words) and len({*words}) == len(words)
    if len(pieces) < 2 or _NO_PART.search(text) or not (told or set(_PARTS.findall(text)) == {"+"}):
        return None
    parsed = [_one_number(_LABELLED.sub(r"\g<number>", piece), column) for piece in pieces]
    if any(part is None or part.value is None for part in parsed):
        return None
    total = sum(part.value for part in parsed if part)
    about = any(part.problems for part in parsed if part)
    said = (problem("number_summed", value=f"{total:g}"),)
    return Parsed(total, (*said, problem("approximate", value=f"{total:g}")) if about else said)


def _weeks(text: str, column: Column) -> Parsed | None:
    """Weeks where days are counted."""
    match = _WEEKS.match(text)
    if match is None or column.unit is None or column.unit.zh != "天":
        return None
    parsed = _one_number(match["number"], column)
    if parsed is None or parsed.value is None:
        return None
    days = parsed.value * _WEEK
    return Parsed(days, (*parsed.problems, problem("weeks_as_days", value=f"{days:g}")))


def _not_a_number(text: str, column: Column) -> Parsed:
    if _PERCENT.search(text):
        return failed("is_percent", expected=column.label)
    if _VAGUE.match(text):
        return failed("number_vague", text=text)
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
    if column.name.endswith("year"):
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
