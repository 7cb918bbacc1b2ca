"""``xianzhong history`` and ``xianzhong undo``: what was loaded, and taking it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import OK, REJECTED, complain, console, in_words, open_lake, safe, user
from xianzhong.model.labels import Label
from xianzhong.settings import TIME_ZONE

if TYPE_CHECKING:
    from xianzhong.lake.ledger import Entry
    from xianzhong.lake.store import Lake

_SHOWN = 20


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(
        "history",
        short_help="列出历次导入 List the uploads",
        help="列出历次导入和撤销，最新的在前。 List uploads and undos, newest first.",
        epilog="示例 Example: xianzhong history --json",
    )(history_command)
    app.command(
        "undo",
        short_help="撤销一次导入 Take an upload back",
        help="撤销一次导入：恢复它改动前的内容；若之后的导入又改了同样的记录，则拒绝。 Take an "
        "upload back; refused where later uploads changed the same records.",
        epilog="示例 Example: xianzhong undo 20241105T081500-3f9a",
    )(undo_command)


def _entry(lake: Lake, entry: Entry, gone: frozenset[str]) -> dict[str, Any]:
    from xianzhong.lake.undo_preview import removed_by, undo_counts

    undo = {}
    if entry.undoes:
        done = undo_counts(lake, entry)
        undo = {"removed": done.removed, "restored": done.restored}
    return undo | {
        "snapshot": entry.number,
        "upload_id": entry.upload_id,
        "kind": entry.kind,
        "table": entry.table,
        "file": entry.file_name,
        "sha256": entry.sha256,
        "who": entry.who,
        "at": entry.at.isoformat() if entry.at else None,
        "counts": {
            "new": entry.new,
            "updated": entry.updated,
            "unchanged": entry.unchanged,
            "rejected": entry.rejected,
        }
        | ({"removed": gone_too} if (gone_too := removed_by(lake, entry)) else {}),
        "reader": entry.reader,
        "undoes": entry.undoes or None,
        "undone": entry.upload_id in gone,
    }


def history_command(
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 print JSON")] = False,
    lake: LakeOption = None,
) -> None:
    """Lists the ledger, newest first."""
    from xianzhong.lake.ledger import undone

    at = open_lake(lake, create=False)
    entries = at.entries()
    gone = undone(entries)
    if as_json:
        typer.echo(json.dumps([_entry(at, e, gone) for e in reversed(entries)], ensure_ascii=True))
        return
    if not entries:
        typer.echo(in_words(Label("还没有导入过。", "Nothing has been loaded yet.")))
        return
    _show(at, entries, gone)


def _show(lake: Lake, entries: tuple[Entry, ...], gone: frozenset[str]) -> None:
    from rich.table import Table

    from xianzhong.lake.undo_preview import removed_by, undo_counts

    screen = Table(box=None, pad_edge=False)
    headers = (
        Label("版本", "no."),
        Label("批次", "upload"),
        Label("时间", "at"),
        Label("表", "table"),
        Label("文件", "file"),
        Label("操作人", "who"),
        Label("新增/更新/退回", "new/updated/rejected"),
        Label("状态", "state"),
    )
    for header in headers:
        screen.add_column(in_words(header), overflow="fold")
    zone = ZoneInfo(TIME_ZONE)
    for entry in reversed(entries):
        at = entry.at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if entry.at else ""
        state = ""
        if entry.undoes:
            state = in_words(Label(f"撤销 {entry.undoes}", f"undoes {entry.undoes}"))
        elif entry.upload_id in gone:
            state = in_words(Label("已撤销", "undone"))
        counts = f"{entry.new}/{entry.updated}/{entry.rejected}"
        if gone_too := removed_by(lake, entry):
            counts += in_words(Label(f"，移除 {gone_too}", f", removed {gone_too}"))
        if entry.undoes:
            done = undo_counts(lake, entry)
            words = Label(
                f"移除 {done.removed}，恢复 {done.restored}",
                f"removed {done.removed}, restored {done.restored}",
            )
            counts = in_words(words)
        cells = (str(entry.number), entry.upload_id, at, entry.table, entry.file_name, entry.who)
        screen.add_row(*map(safe, (*cells, counts, state)))
    console().print(screen)


def undo_command(
    upload_id: Annotated[
        str, typer.Argument(metavar="UPLOAD_ID", help="批次号，见 history  as history shows it")
    ],
    lake: LakeOption = None,
) -> None:
    """Takes an upload back."""
    from xianzhong.access.caller import local
    from xianzhong.access.writing import undo
    from xianzhong.lake.undo import UndoRefusedError

    try:
        entry = undo(open_lake(lake, create=False), local(user()), upload_id)
    except UndoRefusedError as error:
        complain(Label(f"不能撤销：{error.said.zh}", f"It cannot be taken back: {error}"))
        for blocked in error.blocked[:_SHOWN]:
            typer.echo(f"  {blocked.table} {blocked.record_id} ← {blocked.changed_by}", err=True)
        if len(error.blocked) > _SHOWN:
            typer.echo(f"  … +{len(error.blocked) - _SHOWN}", err=True)
        raise typer.Exit(REJECTED) from error
    words = Label(
        f"已撤销 {upload_id}，批次 {entry.upload_id}，数据版本 {entry.number}。",
        f"{upload_id} is taken back by {entry.upload_id}, snapshot {entry.number}.",
    )
    typer.echo(in_words(words))
    raise typer.Exit(OK)
