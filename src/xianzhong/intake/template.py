"""The template workbook of a table: headers, dropdowns, an example row and instructions."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

from xianzhong.intake.layout import EXAMPLE_MARK, OWN_SHEETS
from xianzhong.intake.roster import Party, load_schools, load_universities
from xianzhong.lake.store import Lake
from xianzhong.model.columns import TYPE_LABELS, Column, ColumnType, Table
from xianzhong.model.labels import bracketed

TEMPLATE_VERSION = "1"
_GUIDE, _LISTS, _SCHEMA = OWN_SHEETS
_LAST_ROW = 10_000
_TEXT_TYPES = (ColumnType.CODE, ColumnType.DATE, ColumnType.TERM, ColumnType.COUNTY)
_EXAMPLE_NOTE = f"{EXAMPLE_MARK}，导入时忽略，可删除"


def build_template(
    table: Table, lake: Lake, *, offered: Callable[[Party], bool] = lambda _: True
) -> bytes:
    """An XLSX workbook for ``table`` with dropdowns from the newest state of ``lake``.

    The intake reads it back: the example row, the instructions and the hidden sheets are
    recognised and passed over.

    Args:
        table: what to fill in.
        lake: where the schools and universities are.
        offered: whether a school or university (without a county) is among the choices.

    Raises:
        LakeError: the lake cannot be read.
    """
    snapshot = lake.snapshot()
    lists: dict[ColumnType, list[str]] = {
        ColumnType.SCHOOL: _names(filter(offered, load_schools(lake, snapshot).by_code.values())),
        ColumnType.UNIVERSITY: _names(
            filter(offered, load_universities(lake, snapshot).by_code.values())
        ),
        ColumnType.FLAG: ["是", "否"],
    }
    target = io.BytesIO()
    # What a user typed stays text: no cell may become a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(table.label.zh)
        guide, values = book.add_worksheet(_GUIDE), book.add_worksheet(_LISTS)
        values.hide()
        _write_sheet(book, sheet, values, table, lists)
        _write_guide(book, guide, table)
        _write_schema(book.add_worksheet(_SCHEMA), table, snapshot.number)
    return target.getvalue()


def _names(parties: Any) -> list[str]:
    """Names in order, with the code where two have the same."""
    found: dict[str, list[Party]] = {}
    for party in parties:
        found.setdefault(party.name, []).append(party)
    return [
        party.name if len(same) == 1 else bracketed(party.name, party.code)
        for _, same in sorted(found.items())
        for party in same
    ]


def _write_sheet(
    book: Any, sheet: Any, values: Any, table: Table, lists: dict[ColumnType, list[str]]
) -> None:
    frame = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
    needed = book.add_format(frame | {"bg_color": "#FCE4D6"})
    other = book.add_format(frame | {"bg_color": "#DDEBF7"})
    text, example = book.add_format({"num_format": "@"}), book.add_format({"italic": True})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _width(column), text if _is_text(column) else None)
        header = column.label.zh + ("*" if column.required else "")
        sheet.write_string(0, index, header, needed if column.required else other)
        sheet.write_comment(0, index, f"{column.meaning.zh}\n{column.meaning.en}")
        shown = _EXAMPLE_NOTE if column.name == "note" else column.example
        if shown:
            sheet.write_string(1, index, shown, example)
        allowed = [choice.label.zh for choice in column.choices] or lists.get(column.type, [])
        if allowed:
            _dropdown(sheet, values, index, column, allowed)


def _dropdown(sheet: Any, values: Any, index: int, column: Column, allowed: Sequence[str]) -> None:
    """A list to choose from. It stands on a sheet of its own: Excel caps lists in a cell."""
    values.write_string(0, index, column.label.zh)
    for row, word in enumerate(allowed, start=1):
        values.write_string(row, index, word)
    letter = xlsxwriter.utility.xl_col_to_name(index)
    fixed = bool(column.choices) or column.type is ColumnType.FLAG
    sheet.data_validation(
        1,
        index,
        _LAST_ROW,
        index,
        {
            "validate": "list",
            "source": f"='{_LISTS}'!${letter}$2:${letter}${len(allowed) + 1}",
            # A school that is not on the list may still be written by its short name or code.
            "error_type": "stop" if fixed else "information",
            "error_title": column.label.zh,
            "error_message": "请从列表中选择。" if fixed else "不在已登记的名单中，请核对。",
        },
    )


def _is_text(column: Column) -> bool:
    return column.type in _TEXT_TYPES


def _width(column: Column) -> int:
    wide = column.type in (ColumnType.SCHOOL, ColumnType.UNIVERSITY, ColumnType.LINK)
    return 28 if wide or column.name in ("title", "name", "quote", "text", "note") else 16


_GUIDE_HEADERS = ("列 Column", "必填 Required", "类型 Type", "说明 Meaning", "可选值 Values")
_GUIDE_WIDTHS = (30, 12, 24, 60, 60)
_GUIDE_LINES = (
    "带 * 的列必填。没有数据时留空，不要填 0。 Columns with * are required; leave what is not "
    "known empty.",
    "日期写到日（2024-03-05）或到月（2024-03）。 Dates to the day or to the month.",
    "空单元格不会清除已有的值；要清除请填“（清空）”。 An empty cell keeps the stored value; "
    "（清空） erases it.",
    f"备注以“{EXAMPLE_MARK}”开头的行不导入。 Rows whose note begins with {EXAMPLE_MARK} are not "
    "read.",
)


def _write_guide(book: Any, guide: Any, table: Table) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    titles = (f"{table.label.zh} · {table.label.en}", f"{table.meaning.zh} {table.meaning.en}")
    lines = titles + _GUIDE_LINES
    for row, line in enumerate(lines):
        guide.write_string(row, 0, line)
    top = len(lines) + 1
    for index, (word, width) in enumerate(zip(_GUIDE_HEADERS, _GUIDE_WIDTHS, strict=True)):
        guide.write_string(top, index, word, bold)
        guide.set_column(index, index, width)
    for row, column in enumerate(table.columns, start=top + 1):
        for index, cell in enumerate(_described(column)):
            guide.write_string(row, index, cell, wrap)


def _described(column: Column) -> tuple[str, ...]:
    """A column in words: name, whether required, type and unit, meaning, allowed values."""
    kind, unit = TYPE_LABELS[column.type], column.unit
    return (
        f"{column.label.zh} {column.label.en}",
        "是 Yes" if column.required else "",
        f"{kind.zh} {kind.en}" + (f"（{unit.zh}）" if unit else ""),
        f"{column.meaning.zh}\n{column.meaning.en}",
        "、".join(choice.label.zh for choice in column.choices),
    )


def _write_schema(sheet: Any, table: Table, snapshot: int) -> None:
    facts = {
        "schema": f"xianzhong.{table.name}",
        "version": TEMPLATE_VERSION,
        "snapshot": str(snapshot),
        "columns": ",".join(column.name for column in table.columns),
    }
    for row, (name, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
