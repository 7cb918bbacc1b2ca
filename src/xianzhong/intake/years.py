"""The year that dates without one belong to, as a sheet's title or the file's name says it.

September to December lie in the first calendar year of a school year, January to August in the
second. Where the same place names several years, none of them is taken.
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
    found = {pair for text in texts for pair in _years(display(text), bare=bare)}
    return YearHint(*found.pop(), source) if len(found) == 1 else None


def _years(text: str, *, bare: bool) -> set[tuple[int, bool]]:
    """First years, and whether of a school year."""
    text = _DOCUMENT.sub(" ", unicodedata.normalize("NFKC", text))
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
