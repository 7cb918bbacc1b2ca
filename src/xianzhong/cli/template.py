"""``xianzhong template``: an empty workbook for a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xianzhong.cli.load import LakeOption, TableName
from xianzhong.cli.output import WRONG_USE, fail, in_words, open_lake
from xianzhong.model.labels import Label
from xianzhong.model.tables import TABLES


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "template",
        short_help="生成填报模板 Write a template",
        help="生成填报模板：中文表头、下拉选项、示例行、填表说明。 "
        "Write a workbook with headers, dropdowns, an example row and instructions.",
        epilog="示例 Example: xianzhong template activities 活动模板.xlsx",
    )(template_command)


def template_command(
    table: TableName,
    out: Annotated[
        Path, typer.Argument(metavar="OUT.xlsx", dir_okay=False, help="写到哪里 where to write")
    ],
    lake: LakeOption = None,
) -> None:
    """Writes the template of a table."""
    from xianzhong.intake.template import build_template

    if out.suffix.lower() != ".xlsx":
        fail("文件名应以 .xlsx 结尾。", "The file's name should end in .xlsx.", WRONG_USE)
    if not out.parent.is_dir():
        fail(f"没有文件夹 {out.parent}。", f"There is no folder {out.parent}.", WRONG_USE)
    out.write_bytes(build_template(TABLES[table], open_lake(lake)))
    typer.echo(in_words(Label(f"已生成 {out}", f"Wrote {out}")))
