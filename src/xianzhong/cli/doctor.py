"""``xianzhong doctor``: what is wrong here, and what to do."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Annotated

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import OK, REJECTED, in_words, lake_path, safe
from xianzhong.model.labels import Label
from xianzhong.settings import Operation, Settings, programme_version

if TYPE_CHECKING:
    from pathlib import Path

    from xianzhong.lake.doctor import Check

_MARKS = {"good": Label("正常", "ok"), "attention": Label("注意", "attention"),
          "bad": Label("有误", "wrong")}  # fmt: skip
_UNITS = {"KB": 2**10, "MB": 2**20, "GB": 2**30, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
OLDEST_PYTHON = (3, 11)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "doctor",
        short_help="检查运行环境和数据 Look for what is wrong",
        help="检查数据目录、磁盘、版本和配置，并说明怎么办；有误时返回 1。 Look at the lake, the "
        "disk, versions and configuration, and say what to do; ends with 1 where something is "
        "wrong.",
        epilog="示例 Example: xianzhong doctor --thorough",
    )(doctor_command)


def doctor_command(
    lake: LakeOption = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="逐份核对原始文件 read every original, too")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 print JSON")] = False,
) -> None:
    """Looks at everything and ends with 1 where something is wrong."""
    found = list(examined(lake_path(lake), thorough=thorough))
    if as_json:
        typer.echo(json.dumps([_plain(check) for check in found], ensure_ascii=True))
    else:
        for check in found:
            typer.echo(safe(f"[{in_words(_MARKS[check.state])}] {in_words(check.said)}"))
            if check.do.en:
                typer.echo(safe(f"    → {in_words(check.do)}"))
    raise typer.Exit(REJECTED if any(check.state == "bad" for check in found) else OK)


def _plain(check: Check) -> dict[str, str]:
    said, do = check.said, check.do
    return {"check": check.name, "state": check.state, "zh": said.zh, "en": said.en,
            "do_zh": do.zh, "do_en": do.en}  # fmt: skip


def examined(root: Path, *, thorough: bool) -> Iterator[Check]:
    """Every check, of this machine first and of the lake then."""
    from xianzhong.lake.doctor import examine

    yield versions()
    yield from configuration()
    floor = Operation().disk_floor
    with suppress(ValueError):  # the configuration's own check says so
        floor = Operation.from_environment().disk_floor
    yield from examine(root, disk_floor=floor, thorough=thorough, now=datetime.now(UTC))


def versions() -> Check:
    """Python, this programme, and whether every package is one that it was tested with."""
    from packaging.requirements import Requirement

    from xianzhong.lake.doctor import Check

    python = ".".join(map(str, sys.version_info[:3]))
    said = Label(
        f"程序 {programme_version()}，Python {python}",
        f"version {programme_version()}, Python {python}",
    )
    wrong = [] if sys.version_info[:2] >= OLDEST_PYTHON else ["Python"]
    for line in metadata.requires("xianzhong") or ():
        needed = Requirement(line)
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        try:
            there = metadata.version(needed.name)
        except metadata.PackageNotFoundError:
            wrong.append(needed.name)
            continue
        if not needed.specifier.contains(there, prereleases=True):
            wrong.append(f"{needed.name} {there}")
    if not wrong:
        return Check("versions", "good", said)
    listed = ", ".join(wrong)
    return Check("versions", "bad", Label(
        f"{said.zh}；不合要求的软件包：{listed}", f"{said.en}; packages that do not fit: {listed}"
    ), Label(
        "重新安装：make setup（或 pip install --constraint constraints.txt .）",
        "install anew: make setup (or pip install --constraint constraints.txt .)",
    ))  # fmt: skip


def configuration() -> Iterator[Check]:
    """The environment's settings, one after the other."""
    from xianzhong.lake.doctor import Check

    try:
        Operation.from_environment()
        settings = Settings.from_environment()
        limit = memory_limit(settings.memory)
    except ValueError as error:
        yield Check("configuration", "bad", Label(f"配置有误：{error}", f"wrong setting: {error}"),
                    Label("改正该环境变量，见 docs/operation.zh-CN.md",
                          "correct that variable; see docs/operation.md"))  # fmt: skip
        return
    yield Check("configuration", "good", Label(
        f"查询内存 {settings.memory}，线程 {settings.threads}",
        f"{settings.memory} of memory and {settings.threads} threads for queries",
    ))  # fmt: skip
    if not (settings.data / "divisions").is_dir():
        yield Check(
            "reference",
            "bad",
            Label(
                f"缺少参考数据：{settings.data}", f"the reference data are missing: {settings.data}"
            ),
            Label("重新取得完整的程序目录", "get the whole of the programme's folder anew"),
        )
    yield _memory(limit)


def _memory(limit: int) -> Check:
    from xianzhong.lake.doctor import Check

    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    said = Label(f"内存共 {total // 2**20:,} MB", f"{total // 2**20:,} MB of memory")
    if limit <= total // 2:
        return Check("memory", "good", said)
    return Check("memory", "attention", said, Label(
        "XIANZHONG_MEMORY 超过内存的一半：调小它，或增加内存",
        "XIANZHONG_MEMORY is more than half of it: make it less, or add memory",
    ))  # fmt: skip


def memory_limit(text: str) -> int:
    """Bytes of a memory limit such as ``512MB``.

    Raises:
        ValueError: it is none.
    """
    number = text.rstrip("KMGiB")
    unit = _UNITS.get(text[len(number) :].strip())
    if unit is None or not number.strip().replace(".", "", 1).isdigit():
        raise ValueError(f"XIANZHONG_MEMORY: 512MB, 2GB, …; {text!r} ?")
    return int(float(number) * unit)
