"""``xianzhong figures``: the indicators' values for a view, as the pages show them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import WRONG_USE, chosen, console, fail, open_lake, safe
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import COLON, Lang, bracketed
from xianzhong.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "figures",
        short_help="列出指标数字 List the figures",
        help="列出一个链接查询的全部指标，与页面上的数字相同。"
        " List the figures of a link's query, the same as on the pages.",
        epilog='示例 Example: xianzhong figures "province=53&kind=guidance" --json;'
        ' xianzhong figures --explain activities "province=53"',
    )(figures_command)


def figures_command(
    query: Annotated[str, typer.Argument(help="链接中问号后的部分 the link's query")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON print JSON")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh / en")] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ID", help="数字从哪里来 where one figure comes from"),
    ] = None,
    lake: LakeOption = None,
) -> None:
    """Prints the figures, or where one of them comes from."""
    from xianzhong.query.open import open_engine
    from xianzhong.query.report import explained_report, figures_report

    language = chosen(lang)
    # A whole link may be pasted; what stands before its question mark says nothing here.
    asked = query.rpartition("?")[2] if "?" in query else query
    if asked and "=" not in asked:
        raise typer.BadParameter(f"{safe(query)!r}: province=53&kind=guidance ?")
    settings = replace(Settings.from_environment(), lake=open_lake(lake, create=False).root)
    if explain is not None and explain not in INDICATOR_BY_ID:
        known = ", ".join(INDICATOR_BY_ID)
        fail(f"没有指标 {explain}；可用：{known}", f"no figure {explain}; there are: {known}",
             WRONG_USE)  # fmt: skip
    engine = open_engine(settings)
    report = (
        explained_report(engine, explain, asked, language)
        if explain
        else figures_report(engine, asked, language)
    )
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2, default=str))
    elif explain:
        _print_explained(report, language)
    else:
        _print(report, language)


def _print_heading(screen: Console, report: dict[str, Any], lang: Lang) -> None:
    screen.print(safe(report["filters"]["sentence"]))
    for problem in report["ignored"]:
        ignored = "未采用" if lang == "zh" else "ignored"
        said = bracketed(ignored, problem["reason"], lang)
        line = f"{problem['parameter']} = {problem['value']}{COLON[lang]}{said}"
        screen.print(safe(line), style="yellow")


def _print_snapshot(screen: Console, report: dict[str, Any], lang: Lang) -> None:
    number, at = report["snapshot"]["number"], report["snapshot"]["at"] or "—"
    screen.print(f"{'快照' if lang == 'zh' else 'Snapshot'} {number} · {at}")


def _print_explained(report: dict[str, Any], lang: Lang) -> None:
    """Definition, formula, SQL, values, tables and records, one below the other."""
    screen, figure = console(), report["figure"]
    _print_heading(screen, report, lang)
    zh = lang == "zh"
    lines = {
        figure["label"]: f"{_shown(figure['value'])} {figure['unit']}",
        "上一时段" if zh else "Before": _shown(figure["previous"]),
        "定义" if zh else "Definition": figure["definition"],
        "公式" if zh else "Formula": figure["formula"],
        "来源" if zh else "Source": figure["source"],
    }
    if "sql" in report:
        behind = report["records"]
        lines["记录" if zh else "Records"] = (
            f"{behind['set']}: {behind['count']:,} ({behind['counted']} → "
            f"{_shown(behind['value'])})"
        )
        for read in report["tables"]:
            lines[f"{'数据表' if zh else 'Table'} {read['table']}"] = (
                f"v{read['version']} · {read['file'] or '—'} · {read['at'] or '—'}"
            )
    for name, text in lines.items():
        screen.print(safe(f"{name}{COLON[lang]}{text}"))
    _print_snapshot(screen, report, lang)
    if "sql" in report:
        screen.print(f"\n-- {report['sql']['file']}")
        screen.print(safe(report["sql"]["statement"]))
        screen.print(json.dumps(report["sql"]["values"], ensure_ascii=False, default=str))


def _print(report: dict[str, Any], lang: Lang) -> None:
    from rich.table import Table

    screen = console()
    _print_heading(screen, report, lang)
    heads = ("指标", "数值", "单位", "上一时段") if lang == "zh" else (
        "Indicator", "Value", "Unit", "Before")  # fmt: skip
    table = Table(*heads)
    for figure in report["figures"]:
        table.add_row(
            figure["label"], _shown(figure["value"]), figure["unit"], _shown(figure["previous"])
        )
    screen.print(table)
    _print_snapshot(screen, report, lang)


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:,}"
