"""``xianzhong figures``: the indicators' values for a view, as the pages show them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import chosen, console, open_lake, safe
from xianzhong.model.labels import Lang
from xianzhong.settings import Settings


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "figures",
        short_help="列出指标数字 List the figures",
        help="列出一个链接查询的全部指标,与页面上的数字相同。"
        " List the figures of a link's query, the same as on the pages.",
        epilog='示例 Example: xianzhong figures "province=53&kind=guidance" --json',
    )(figures_command)


def figures_command(
    query: Annotated[str, typer.Argument(help="链接中问号后的部分 the link's query")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON print JSON")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh / en")] = None,
    lake: LakeOption = None,
) -> None:
    """Prints the figures."""
    from xianzhong.query.open import open_engine
    from xianzhong.query.report import figures_report

    language = chosen(lang)
    # A whole link may be pasted; what stands before its question mark says nothing here.
    asked = query.rpartition("?")[2] if "?" in query else query
    if asked and "=" not in asked:
        raise typer.BadParameter(f"{safe(query)!r}: province=53&kind=guidance ?")
    settings = replace(Settings.from_environment(), lake=open_lake(lake, create=False).root)
    report = figures_report(open_engine(settings), asked, language)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(report, language)


def _print(report: dict[str, Any], lang: Lang) -> None:
    from rich.table import Table

    screen = console()
    screen.print(safe(report["filters"]["sentence"]))
    for problem in report["ignored"]:
        ignored = "未采用" if lang == "zh" else "ignored"
        line = f"{problem['parameter']} = {problem['value']}: {ignored} ({problem['reason']})"
        screen.print(safe(line), style="yellow")
    heads = ("指标", "数值", "单位", "上一时段") if lang == "zh" else (
        "Indicator", "Value", "Unit", "Before")  # fmt: skip
    table = Table(*heads)
    for figure in report["figures"]:
        table.add_row(
            figure["label"], _shown(figure["value"]), figure["unit"], _shown(figure["previous"])
        )
    screen.print(table)
    number, at = report["snapshot"]["number"], report["snapshot"]["at"] or "—"
    screen.print(f"{'快照' if lang == 'zh' else 'Snapshot'} {number} · {at}")


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:,}"
