"""Rows that are no data: blank rows, totals, repeated headers, notes, explanations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from xianzhong.intake.values import Row, Value, display
from xianzhong.model.labels import Label

if TYPE_CHECKING:
    from xianzhong.intake.layout import Layout

# The mark of the template's example row, in the note column.
EXAMPLE_MARK = "示例行"
_TOTAL = re.compile(r"^(合计|小计|总计|共计|累计|总数|total|subtotal)[:\uff1a]?$", re.IGNORECASE)
_FOOTER = re.compile(r"^(注|备注|说明|填表|填报|制表|审核|单位负责人|联系人|联系电话)")
_UNIT = re.compile(r"^[\[(【].*[\])】]$|^(必填|选填|可选|required|optional)$", re.IGNORECASE)
# What statistical forms write under columns that they do not number.
_UNNUMBERED = ("甲", "乙", "丙", "丁", "戊", "栏次")

BLANK = Label("没有内容的行", "rows without content")
_TOTALS = Label("合计、小计行", "rows of totals")
_REPEATED = Label("重复的表头", "repeated headers")
_FOOTERS = Label("表尾说明", "notes below the table")
_HELP = Label("表头下的说明行", "lines below the headers that explain them")
_EXAMPLES = Label("模板示例行", "example rows of the template")


def why_skip(layout: Layout, row: Row, bound: Sequence[int]) -> Label | None:
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
    if row.number == layout.header.number + 1 and _explains(filled):
        return _HELP
    return _copied(layout, row, bound, first)


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
