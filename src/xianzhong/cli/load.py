"""``xianzhong load``: a spreadsheet in, a report out, one commit or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xianzhong.cli.output import (
    OK,
    REJECTED,
    WRONG_USE,
    chosen,
    console,
    fail,
    open_lake,
    safe,
    user,
)
from xianzhong.cli.said import (
    ColumnOption,
    HeaderOption,
    LeaveOption,
    ReplaceOption,
    Said,
    SplitOption,
    choices_from,
)
from xianzhong.model.labels import COLON, LISTED, Label, Lang
from xianzhong.model.tables import TABLES

if TYPE_CHECKING:
    from xianzhong.intake.errors import IntakeError
    from xianzhong.intake.findings import Finding
    from xianzhong.intake.load import Receipt

SHOWN = 50
_SEVERITIES: dict[str, tuple[Label, str]] = {
    "error": (Label("错误", "error"), "bold red"),
    "warning": (Label("提醒", "warning"), "yellow"),
    "corrected": (Label("已更正", "corrected"), "cyan"),
    "info": (Label("说明", "note"), "dim"),
}
_COUNTS = {
    "new": Label("新增", "new"),
    "updated": Label("更新", "updated"),
    "unchanged": Label("不变", "unchanged"),
    "rejected": Label("退回", "rejected"),
    "removed": Label("移除", "removed"),
}


def table_name(value: str) -> str:
    """The name of a table.

    Raises:
        typer.BadParameter: there is no such table.
    """
    if value not in TABLES:
        raise typer.BadParameter(f"{safe(value)!r}: {' / '.join(TABLES)}")
    return value


TableName = Annotated[
    str,
    typer.Argument(
        metavar="TABLE",
        callback=table_name,
        help="表名 table: " + ", ".join(TABLES),
    ),
]
LakeOption = Annotated[
    Path | None,
    typer.Option("--lake", metavar="PATH", help="数据目录 the lake (XIANZHONG_LAKE, var/lake)"),
]
LangOption = Annotated[
    str | None, typer.Option("--lang", metavar="zh|en", help="报告的语言 language of the report")
]


FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
        help="要导入的文件 .xlsx .xlsm .xls .et .xlsb .ods .csv .tsv",
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="只检查，不写入 check only, write nothing")
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出 print JSON")]
PartialOption = Annotated[
    bool, typer.Option("--partial", help="只写入没有错误的行 load the rows without errors alone")
]
AnnotatedOption = Annotated[
    Path | None,
    typer.Option(
        "--annotated",
        metavar="OUT.xlsx",
        dir_okay=False,
        help="把标注了问题的原表写到这里 write the file with its problems marked",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "load",
        short_help="导入一个表格 Load a spreadsheet",
        help="导入一个表格。有错误时什么也不写入；同一文件再次导入不会改变任何内容。 "
        "Load a spreadsheet: all of it or, with errors, nothing. Exit code 0: committed or nothing "
        "to do; 1: rejected; 2: wrong use.",
        epilog="示例 Example: xianzhong load activities 活动.xlsx --dry-run\n\n"
        "xianzhong load activities 活动.xlsx --header-row 13\n\n"
        "xianzhong load activities 活动.xlsx --column '上半年!C=活动类型' --column '上半年!E=start'"
        " --leave-out 通讯录 --split",
    )(load_command)


def load_command(  # noqa: PLR0913, PLR0917
    table: TableName,
    file: FileArgument,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    partial: PartialOption = False,
    annotated: AnnotatedOption = None,
    column: ColumnOption = None,
    header_row: HeaderOption = None,
    leave_out: LeaveOption = None,
    split: SplitOption = False,
    replace: ReplaceOption = False,
    lake: LakeOption = None,
    lang: LangOption = None,
) -> None:
    """Loads a file into a table."""
    language = chosen(lang)
    if replace and not TABLES[table].whole_list:
        fail(*refused_whole(table), WRONG_USE)
    try:
        said = Said(column or (), header_row or (), leave_out or (), split, replace)
        receipt = _run(
            table, file, said, dry_run=dry_run, partial=partial, lake=lake, quiet=as_json
        )
    except _intake_error() as error:
        if not as_json:
            raise
        typer.echo(json.dumps(_refused(error, table, file, dry_run, lake, language)))
        raise typer.Exit(REJECTED) from error
    if as_json:
        result = _as_json(receipt, table, file, dry_run, language)
        typer.echo(json.dumps(result, ensure_ascii=True))
    else:
        _show(receipt, table, file, dry_run, language)
    if annotated is not None:
        _annotate(receipt, file, annotated, language)
    raise typer.Exit(OK if receipt.report.ok or receipt.committed else REJECTED)


def refused_whole(table: str) -> tuple[str, str]:
    """Why a table is not replaced as a whole, in Chinese and English."""
    from xianzhong.intake.errors import IntakeError

    error = IntakeError("not_a_whole_list", table=TABLES[table].label)
    return error.message("zh") + error.hint("zh"), f"{error.message('en')} {error.hint('en')}"


def _annotate(receipt: Receipt, file: Path, target: Path, lang: Lang) -> None:
    from xianzhong.intake.annotate import annotate_in_child

    content, _ = annotate_in_child(file.read_bytes(), file.name, receipt.report, lang)
    target.write_bytes(content)


def _intake_error() -> type[IntakeError]:
    from xianzhong.intake.errors import IntakeError

    return IntakeError


def _run(
    table: str,
    file: Path,
    said: Said,
    *,
    dry_run: bool,
    partial: bool,
    lake: Path | None,
    quiet: bool,
) -> Receipt:
    from rich.status import Status

    from xianzhong.access.caller import local
    from xianzhong.access.writing import commit, prepare
    from xianzhong.intake.choices import Choices
    from xianzhong.intake.load import Receipt, split_rows

    at, caller = open_lake(lake), local(user())
    content = file.read_bytes()
    screen = console(err=True)
    # A spinner only where somebody sees it.
    with Status(f"{file.name} …", console=screen) if screen.is_terminal and not quiet else screen:
        whole = Choices(replaces=said.replaces)
        prepared = prepare(at, caller, TABLES[table], file.name, content, choices=whole)
        if said.of_sheets:
            choices = choices_from(said, TABLES[table], prepared.recognised)
            prepared = prepare(at, caller, TABLES[table], file.name, content, choices=choices)
        if said.split and (splits := split_rows(prepared)).splits:
            prepared = prepare(at, caller, TABLES[table], file.name, content, choices=splits)
        if dry_run:
            return Receipt(False, None, prepared.base, prepared.report)
        return commit(at, caller, prepared, who=caller.name, accept_partial=partial)


def _as_json(receipt: Receipt, table: str, file: Path, dry_run: bool, lang: Lang) -> dict[str, Any]:
    return {
        "table": table,
        "file": file.name,
        "snapshot": receipt.snapshot.number,
        "upload_id": receipt.entry.upload_id if receipt.entry else None,
        "committed": receipt.committed,
        "dry_run": dry_run,
        "counts": receipt.report.counts,
        "findings": [finding.to_dict(lang) for finding in receipt.report.findings],
        "removed": [one.words for one in receipt.report.removed],
    }


def _refused(
    error: IntakeError, table: str, file: Path, dry_run: bool, lake: Path | None, lang: Lang
) -> dict[str, Any]:
    """The same shape for a file that could not be read at all."""
    from xianzhong.intake.findings import Finding

    finding = Finding("", 0, "", "", "", error.rule, error.fields)
    return {
        "table": table,
        "file": file.name,
        "snapshot": open_lake(lake).snapshot().number,
        "upload_id": None,
        "committed": False,
        "dry_run": dry_run,
        "counts": dict.fromkeys(("new", "updated", "unchanged", "rejected"), 0),
        "findings": [finding.to_dict(lang)],
        "removed": [],
    }


def _show(receipt: Receipt, table: str, file: Path, dry_run: bool, lang: Lang) -> None:
    from rich.text import Text

    screen = console()
    report = receipt.report
    for finding in report.findings[:SHOWN]:
        screen.print(_line(finding, lang))
    hidden = len(report.findings) - SHOWN
    if hidden > 0:
        more = Label(f"…另有 {hidden} 条，用 --json 查看全部", f"… {hidden} more: see --json")
        screen.print(Text(more[lang], style="dim"))
    gone = report.removed
    if gone:
        names = LISTED[lang].join(one.words for one in gone[:SHOWN])
        rest = "…" if len(gone) > SHOWN else ""
        title = Label("移除", "Removed")[lang]
        screen.print(Text(safe(f"{title}{COLON[lang]}{names}{rest}")))
    counts = " · ".join(f"{_COUNTS[name][lang]} {n}" for name, n in report.counts.items())
    label = TABLES[table].label[lang]
    screen.print(Text(f"{label} ← {safe(file.name)}{COLON[lang]}{counts}", style="bold"))
    screen.print(Text(_outcome(receipt, dry_run)[lang]))


def _line(finding: Finding, lang: Lang) -> Any:
    from rich.text import Text

    label, style = _SEVERITIES[finding.severity]
    cell = f"{finding.column}{finding.row or ''}"
    # A line break within a cell would break the line of the finding.
    header, shown = (" ".join(text.split()) for text in (finding.header, finding.value[:60]))
    place = " ".join(part for part in (finding.sheet, cell, header) if part)
    value = f" “{shown}”" if finding.value else ""
    words = " ".join(part for part in (finding.message(lang), finding.hint(lang)) if part)
    line = Text(f"{label[lang]} ", style=style)
    return line.append(safe(f"{place}{value} {words}"), style="default")


def _outcome(receipt: Receipt, dry_run: bool) -> Label:
    if receipt.entry is not None:
        upload, number = receipt.entry.upload_id, receipt.snapshot.number
        return Label(
            f"已写入，批次 {upload}，数据版本 {number}。",
            f"Committed as upload {upload}, snapshot {number}.",
        )
    if not receipt.report.ok:
        return Label("有错误，什么也没有写入。", "There are errors; nothing was written.")
    if dry_run:
        return Label("仅检查，没有写入。", "Checked only; nothing was written.")
    return Label("没有变化，无需写入。", "Nothing to do: nothing has changed.")
