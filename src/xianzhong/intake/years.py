"""The year that dates without one belong to, as a sheet's title or the file's name says it.

September to December lie in the first calendar year of a school year, January to August in the
second. Where the same place names several years, a school year or term that agrees with them goes
before the rest, then the first line of the title; else none of them is taken. The day on which a
form was filled in says nothing of what it reports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from xianzhong.intake.values import Value, display
from xianzhong.model.labels import Label

_AUTUMN = 9
_YEAR = r"(20\d{2})"
_SCHOOL_YEAR = re.compile(
    rf"{_YEAR}\s*[-—–~至/]\s*(20\d{{2}}|\d{{2}})\s*(?=学年|年度?第?[一二上下]学期)"
)
_CODE = re.compile(rf"^{_YEAR}(?:-20\d{{2}})?-([12])$")
_SEASON = re.compile(rf"{_YEAR}\s*年?\s*(?:秋|春)(?:季|学期|季学期)?")
_CALENDAR = re.compile(rf"(?<!\d){_YEAR}\s*年")
_SPAN = re.compile(rf"{_YEAR}\s*年?\s*[-—–~至到、]\s*{_YEAR}\s*年")
_BARE = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
# Numbers of documents, such as 教基厅函〔2022〕13号, say nothing of the activities.
_DOCUMENT = re.compile(r"[〔\[(【]\s*20\d{2}\s*[〕\])】]\s*\d*\s*号?")

_DATE = r"\d{2,4}\s*[年./-]\s*\d{1,2}\s*(?:[月./-]\s*(?:\d{1,2}\s*[日号]?)?)?"
# When a form was filled in, and until when it counts: 填报日期:2024年1月15日, 截至2024年6月.
_FILED = re.compile(
    rf"(?:填报|填表|制表|报送|上报|统计|打印|更新|审核|报告)?(?:日期|时间)\s*:?\s*{_DATE}"
    rf"|(?:截至|截止到?|更新至|统计至)\s*:?\s*{_DATE}"
    rf"|(?:填报|填表|制表|报送|上报|打印)[^\s\d]{{0,8}}\s*{_DATE}"
)
_FULL_DAY = re.compile(r"20\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?")
_NUMERALS = "〇零一二三四五六七八九"
_CHINESE = re.compile(rf"二[〇零][{_NUMERALS}]{{2}}(?=\s*年|\s*[-—–~至/])")
_TO_DIGITS = str.maketrans(_NUMERALS, "00123456789")
# 23年 at the beginning of a text, or 23-24学年. 20年来 is a length.
_TWO_DIGITS = re.compile(r"^\s*(2\d)\s*年(?![来间内以后前制级多余])")
_TWO_SCHOOL = re.compile(r"(?<!\d)(2\d)\s*[-—–~至/]\s*(2\d)\s*学年")

IN_COLUMN = Label("学年、学期或年份一列", "the column of years or terms")
IN_TITLE = Label("标题", "the title")
IN_SHEET = Label("工作表名", "the sheet's name")
IN_FILE = Label("文件名", "the file's name")


@dataclass(frozen=True, slots=True)
class YearHint:
    """A calendar year, or a school year by its first calendar year, and where it was found."""

    first: int
    school: bool
    source: Label

    def year(self, month: int) -> int:
        """The calendar year of a month."""
        return self.first + (1 if self.school and month < _AUTUMN else 0)


def hint_in(texts: Iterable[Value], source: Label, *, bare: bool) -> YearHint | None:
    """The one year that these texts name, if they name one.

    Args:
        texts: what is searched.
        source: where they stand.
        bare: whether four digits alone are a year, as in a sheet's name.
    """
    lines = [_plain(text) for text in texts if text is not None]
    for cut in (_FULL_DAY, None):
        named = [_years(cut.sub(" ", line) if cut else line, bare=bare) for line in lines]
        found = _agreed([years for years in named if years])
        if found:
            return YearHint(*found, source)
    return None


def _agreed(named: list[set[tuple[int, bool]]]) -> tuple[int, bool] | None:
    """The one year of several lines; see the module."""
    if not named:
        return None
    found = set().union(*named)
    if len(found) == 1:
        return found.pop()
    terms = {pair for pair in found if pair[1]}
    if len(terms) == 1:
        first, school = next(iter(terms))
        agree = all(year in (first, first + 1) for year, _ in found)
        return (first, school) if agree else None
    # Of calendar years the first line counts, where those below only name others.
    return next(iter(named[0])) if len(named[0]) == 1 and not terms else None


def _plain(value: Value) -> str:
    """The text with its years in four digits, without numbers of notices and days of filing."""
    text = unicodedata.normalize("NFKC", display(value))
    text = _CHINESE.sub(lambda found: found[0].translate(_TO_DIGITS), text)
    text = _TWO_SCHOOL.sub(r"20\1-20\2学年", text)
    text = _TWO_DIGITS.sub(r"20\1年", text)
    return _FILED.sub(" ", _DOCUMENT.sub(" ", text))


def _years(text: str, *, bare: bool) -> set[tuple[int, bool]]:
    """First years, and whether of a school year."""
    found: set[tuple[int, bool]] = set()
    if bare and (code := _CODE.match(text.strip())):
        return {(int(code[1]), True)}
    for match in _SCHOOL_YEAR.finditer(text):
        first, second = int(match[1]), match[2]
        if int(second) == (first + 1) % 10 ** len(second):
            found.add((first, True))
    text = _SCHOOL_YEAR.sub(" ", text)
    for match in _SEASON.finditer(text):
        found.add((int(match[1]) - ("春" in match[0]), True))
    text = _SEASON.sub(" ", text)
    for match in _SPAN.finditer(text):
        found |= {(int(match[1]), False), (int(match[2]), False)}
    pattern = _BARE if bare else _CALENDAR
    return found | {(int(match[1]), False) for match in pattern.finditer(text)}
