"""Rows that are no data: blank rows, totals, repeated headers, notes, explanations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianzhong.intake.values import Row, Sheet, Value, display
from xianzhong.model.labels import Label

if TYPE_CHECKING:
    from xianzhong.intake.layout import Layout

# The mark of the template's example row, in the note column.
EXAMPLE_MARK = "示例行"
_TOTAL = re.compile(r"^(合计|小计|总计|共计|累计|总数|total|subtotal)[:\uff1a]?$", re.IGNORECASE)
# Also at the end of a cell, as in 本学期合计, where the row is no record otherwise.
_TOTAL_END = re.compile(r"^.{0,12}(合计|小计|总计|共计|累计)[)）]?[:\uff1a]?$")
# What stands alone in a row and is no record: a headline of a part, a place to sign, dots.
_ALONE = re.compile(
    r"^[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|^第[一二三四五六七八九十\d]+(部分|类|批|项|章|节|季度|学期)"
    r"|^[.。…·—\-_*\s]+$|^[(（【].*[)）】]$|[:\uff1a]$|以下(空白|无正文)|无正文"
    r"|(签字|签名|签章|盖章|公章)|^(日期|\s*年\s*月\s*日)"
)
_EXAMPLE = re.compile(
    r"^[(（]?(例|示例|样例|范例|填写示例|填表示例)[)）]?[:\uff1a]|^[(（](例|示例|样例)[)）]"
)
_NUMBER_ONLY = re.compile(r"^\d{1,4}[.、]?$")
_FOOTER = re.compile(r"^(注|备注|说明|填表|填报|制表|审核|单位负责人|联系人|联系电话)")
_UNIT = re.compile(r"^[\[(【].*[\])】]$|^(必填|选填|可选|required|optional)$", re.IGNORECASE)
# What statistical forms write under columns that they do not number.
_UNNUMBERED = ("甲", "乙", "丙", "丁", "戊", "栏次")

# A table that needs no more may have a record of one cell that is only not finished.
_FEW = 2

BLANK = Label("没有内容的行", "rows without content")
_TOTALS = Label("合计、小计行", "rows of totals")
_REPEATED = Label("重复的表头", "repeated headers")
_FOOTERS = Label("表尾说明", "notes below the table")
_HELP = Label("表头下的说明行", "lines below the headers that explain them")
_EXAMPLES = Label("示例行", "example rows")
HEADLINES = Label("只有一格文字的行（分节标题、签字栏等）", "rows of one text, such as headlines")


def why_skip(layout: Layout, row: Row, bound: Sequence[int], ground: Ground) -> Label | None:
    """What kind of decoration a row is; None for data."""
    # Texts are folded only where one of the rare kinds of row is possible at all.
    values = row.values
    filled = [value for value in values if value is not None]
    first = display(filled[0]).strip()
    if all(index >= len(values) or values[index] is None for index in bound):
        return _FOOTERS if _FOOTER.match(first) else BLANK
    if any(isinstance(v, str) and _TOTAL.match(re.sub(r"\s", "", v)) for v in filled[:3]):
        return _TOTALS
    if _FOOTER.match(first) and all(_FOOTER.match(display(v).strip()) for v in filled):
        return _FOOTERS
    if _EXAMPLE.match(first):
        return _EXAMPLES
    if row.number == layout.header.number + 1 and _explains(filled):
        return _HELP
    return _no_record(layout, row, ground) or _copied(layout, row, bound, first)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of a sheet stand on.

    Attributes:
        below: rows below the first row of an area: some of their cells are those above.
        across: rows with an area over several columns.
        needed: the required columns of the table.
        leftmost: index of the first sheet column that is read.
    """

    below: frozenset[int]
    across: frozenset[int]
    needed: tuple[str, ...]
    leftmost: int


def ground_of(layout: Layout, sheet: Sheet) -> Ground:
    """What all rows of a sheet have in common, worked out once."""
    last = sheet.rows[-1].number if sheet.rows else 0
    below: set[int] = set()
    done = 0
    # In order, so that areas that overlap by the thousand cost no more than the rows they cover.
    for top, bottom in sorted((t, min(b, last)) for t, _, b, _ in sheet.merged if b > t):
        below.update(range(max(top, done) + 1, bottom + 1))
        done = max(done, bottom)
    across = frozenset(top for top, left, bottom, right in sheet.merged if right > left)
    needed = tuple(column.name for column in layout.table.columns if column.required)
    leftmost = min((i for at in layout.match.bound.values() for i in at), default=0)
    return Ground(frozenset(below), across, needed, leftmost)


def _no_record(layout: Layout, row: Row, ground: Ground) -> Label | None:
    """Whether a row lacks so much that it can only be a headline, a total or a place to sign."""
    needed = ground.needed
    filled = [v for v in row.values if v is not None]
    if len(filled) > len(needed) or len(needed) < 2 or row.number in ground.below:
        return None
    has = sum(any(v is not None for v in layout.values(row, name)) for name in needed)
    texts = [display(v).strip() for v in filled]
    if has < len(needed) and any(_TOTAL_END.match(re.sub(r"\s", "", t)) for t in texts[:2]):
        return _TOTALS
    if all(_ALONE.search(text) or _FOOTER.match(text) for text in texts) and has < len(needed):
        return HEADLINES
    if len({*texts}) > 1 or has > 1:
        return None
    if _NUMBER_ONLY.match(texts[0]):
        return BLANK
    # In any other column the one text may be what is left of a record.
    first = next(i for i, v in enumerate(row.values) if v is not None)
    alone = row.number in ground.across or (first <= ground.leftmost and len(needed) > _FEW)
    return HEADLINES if alone and isinstance(filled[0], str) else None


def _copied(layout: Layout, row: Row, bound: Sequence[int], first: str) -> Label | None:
    """Whether a row repeats the headers, or is the template's example."""
    headers = layout.header
    if first == display(next(v for v in headers.values if v is not None)).strip() and (
        [display(_at(row, i)) for i in bound] == [display(_at(headers, i)) for i in bound]
    ):
        return _REPEATED
    notes = layout.values(row, "note")
    if notes and display(notes[0]).startswith(EXAMPLE_MARK):
        return _EXAMPLES
    return None


def _explains(filled: Sequence[Value]) -> bool:
    """Whether a row under the headers gives only units, or the numbers of the columns."""
    texts = [unicodedata.normalize("NFKC", display(value)).strip() for value in filled]
    if all(_UNIT.match(text) for text in texts):
        return True
    bare = [re.sub(r"[()\s]", "", text) for text in texts]
    counted = [text for text in bare if text not in _UNNUMBERED]
    return len(counted) > 2 and counted == [str(n) for n in range(1, len(counted) + 1)]


def _at(row: Row, index: int) -> Value:
    return row.values[index] if index < len(row.values) else None
