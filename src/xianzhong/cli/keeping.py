"""``xianzhong backup``, ``restore`` and ``tidy``: for a timer as well as for a terminal."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import WRONG_USE, fail, given, in_words, lake_path, open_lake
from xianzhong.model.labels import Label

if TYPE_CHECKING:
    from xianzhong.lake.backup import Copied

_MB = 1024 * 1024


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(
        "backup",
        short_help="备份数据 Back the lake up",
        help="把数据目录备份到一个新文件夹，备份期间可照常上报；写完后逐字节读回核对。 Copy the "
        "lake into a new folder while others write, and read every byte of it back.",
        epilog="示例 Example: xianzhong backup /mnt/backup/$(date +%F)",
    )(backup_command)
    app.command(
        "restore",
        short_help="从备份恢复 Put a backup back",
        help="把备份恢复到一个空的数据目录，先核对再使用；版本号不变，固定链接照旧可用。 Put a "
        "backup into an empty folder, verified; snapshots keep their numbers, so pinned links "
        "still answer.",
        epilog="示例 Example: xianzhong restore /mnt/backup/2026-09-01 --lake var/restored",
    )(restore_command)
    app.command(
        "tidy",
        short_help="整理数据目录 Tidy the lake",
        help="合并小文件，清理残余和超过保存期限的旧版本；适合定时运行。 Bring small files "
        "together, remove remains and what lies beyond the retention; for a timer.",
        epilog="示例 Example: xianzhong tidy --retention 730",
    )(tidy_command)


def backup_command(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="新的或空的文件夹 a new or empty folder")
    ],
    lake: LakeOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="只核对已有的备份 only verify a backup that is there")
    ] = False,
) -> None:
    """Makes a backup, or verifies one."""
    from xianzhong.lake.backup import backup, verify

    at = folder.expanduser().resolve()
    if check:
        _said(verify(at), Label("备份完好", "The backup is whole"))
        return
    root = lake_path(lake)
    if at == root or root in at.parents:
        fail("备份不能放在数据目录里面。", "A backup cannot lie inside the lake.", WRONG_USE)
    _said(
        backup(open_lake(lake, create=False), at), Label("已备份并核对", "Backed up and verified")
    )


def restore_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="备份 the backup's folder")],
    lake: LakeOption = None,
) -> None:
    """Puts a backup back."""
    from xianzhong.lake.backup import restore

    whole = restore(folder.expanduser().resolve(), lake_path(lake))
    _said(whole, Label("已恢复并核对", "Restored and verified"))


def _said(whole: Copied, done: Label) -> None:
    records, size = sum(whole.rows.values()), whole.size / _MB
    typer.echo(in_words(Label(
        f"{done.zh}：{whole.where}，数据版本 {whole.snapshot}，记录 {records:,} 条，"
        f"文件 {whole.files:,} 个，{size:,.1f} MB。",
        f"{done.en}: {whole.where}, snapshot {whole.snapshot}, {records:,} records, "
        f"{whole.files:,} files, {size:,.1f} MB.",
    )))  # fmt: skip


def tidy_command(
    lake: LakeOption = None,
    retention: Annotated[
        int | None,
        typer.Option(
            "--retention", min=1, metavar="DAYS", help="保存期限，天 days, 730 by default"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 print JSON")] = False,
) -> None:
    """Tidies the lake."""
    from xianzhong.lake.tidy import tidy

    days = retention or given().retention
    done = tidy(open_lake(lake, create=False), retention=timedelta(days=days))
    if as_json:
        typer.echo(json.dumps({
            "compacted": done.compacted, "swept": done.swept.files, "cleared": done.cleared,
            "files": done.files, "size": done.size, "doubted": done.doubted,
        }))  # fmt: skip
        return
    for table, (before, after) in done.compacted.items():
        typer.echo(in_words(Label(
            f"{table}：{before} 个文件合并为 {after} 个", f"{table}: {before} files became {after}"
        )))  # fmt: skip
    typer.echo(in_words(Label(
        f"清理残余 {done.swept.files} 个文件，旧版本 {len(done.cleared)} 个"
        f"（{done.files} 个文件，{done.size / _MB:,.1f} MB）。",
        f"Removed {done.swept.files} remains and {len(done.cleared)} old snapshots "
        f"({done.files} files, {done.size / _MB:,.1f} MB).",
    )))  # fmt: skip
    if done.doubted:
        typer.echo(in_words(Label(
            "时钟可疑或太久没有整理，这次没有清理旧版本；时钟无误的话，下次会清理。",
            "The clock is in doubt, or it was not tidied for long, so nothing old was cleared; if "
            "the clock is right, the next run will.",
        )))  # fmt: skip
