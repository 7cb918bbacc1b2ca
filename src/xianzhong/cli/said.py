"""What the options of ``xianzhong load`` say of a file: headers, columns, sheets, splits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from xianzhong.cli.output import safe
from xianzhong.model.columns import Table

if TYPE_CHECKING:
    from xianzhong.intake.choices import Choices, Recognised

ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="[SHEET!]C=COLUMN",
        help="指明一列是什么，可多次；COLUMN 为字段名或表头，空为不读取"
        " say what a column is, repeatable; nothing after = leaves it aside",
    ),
]
HeaderOption = Annotated[
    list[str] | None,
    typer.Option(
        "--header-row",
        metavar="[SHEET!]ROW",
        help="指明表头在哪一行，可多次 say which row holds the headers, repeatable",
    ),
]
LeaveOption = Annotated[
    list[str] | None,
    typer.Option(
        "--leave-out",
        metavar="SHEET",
        help="不读取这张工作表，可多次 leave a sheet out, repeatable",
    ),
]
SplitOption = Annotated[
    bool,
    typer.Option(
        "--split",
        help="一格有几所学校或高校时拆成几条 make one record of each of several names in a cell",
    ),
]
ReplaceOption = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="此文件就是整张名单，移除其中没有的记录（仅 weak_counties） "
        "the file is the whole list: remove what it lacks (weak_counties only)",
    ),
]


@dataclass(frozen=True, slots=True)
class Said:
    """The options as they were given."""

    columns: Sequence[str] = ()
    headers: Sequence[str] = ()
    left_out: Sequence[str] = ()
    split: bool = False
    replaces: bool = False

    @property
    def of_sheets(self) -> bool:
        """Whether anything was said of a sheet."""
        return bool(self.columns or self.headers or self.left_out)


def choices_from(said: Said, table: Table, sheets: Sequence[Recognised]) -> Choices:
    """What the options say of these sheets.

    Raises:
        typer.BadParameter: an option has another form, or names no sheet or column.
    """
    from xianzhong.intake.choices import Choices

    names = [sheet.sheet for sheet in sheets]
    columns: dict[str, dict[int, str]] = {}
    for text in said.columns:
        place, equals, column = text.rpartition("=")
        sheet, letters = _place(place, names, "--column")
        if not equals or not re.fullmatch(r"[A-Za-z]{1,3}", letters):
            raise typer.BadParameter(f"--column {safe(text)!r}: [SHEET!]C=COLUMN")
        columns.setdefault(sheet, {})[_index(letters)] = _column(table, column.strip())
    headers: dict[str, int] = {}
    for text in said.headers:
        sheet, row = _place(text, names, "--header-row")
        if not row.isascii() or not row.isdecimal() or int(row) < 1:
            raise typer.BadParameter(f"--header-row {safe(text)!r}: [SHEET!]ROW")
        headers[sheet] = int(row)
    left = frozenset(_known(name, names, "--leave-out") for name in said.left_out)
    return Choices(columns=columns, headers=headers, left_out=left, replaces=said.replaces)


def _place(text: str, names: Sequence[str], option: str) -> tuple[str, str]:
    """The sheet and what stands behind its name; the only sheet where none is named."""
    sheet, mark, rest = text.rpartition("!")
    if mark:
        return _known(sheet, names, option), rest.strip()
    if len(names) != 1:
        raise typer.BadParameter(f"{option} {safe(text)!r}: SHEET! ({_listed(names)})")
    return names[0], rest.strip()


def _known(sheet: str, names: Sequence[str], option: str) -> str:
    if sheet not in names:
        raise typer.BadParameter(f"{option} {safe(sheet)!r}: {_listed(names)}")
    return sheet


def _listed(names: Iterable[str]) -> str:
    return " / ".join(map(safe, names))


def _index(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _column(table: Table, text: str) -> str:
    """The table column that a name, a label or a header means; nothing for nothing."""
    from xianzhong.intake.headers import fold

    if not text:
        return ""
    for column in table.columns:
        if fold(text) in map(fold, column.headers):
            return column.name
    known = ", ".join(column.name for column in table.columns)
    raise typer.BadParameter(f"--column {safe(text)!r}: {known}")
