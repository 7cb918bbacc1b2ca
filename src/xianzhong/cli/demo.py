"""``xianzhong demo``: a generated lake of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianzhong.cli.output import WRONG_USE, console, fail, in_words, open_lake
from xianzhong.model.labels import Label
from xianzhong.model.tables import TABLES

if TYPE_CHECKING:
    from rich.progress import TaskID


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "demo",
        short_help="生成示例数据 Generate a lake",
        help="生成示例数据：真实的县，虚构的学校和活动；不与真实数据混放。 Generate a lake: real "
        "counties, fictional schools and activities; never into a lake of real records.",
        epilog="示例 Example: xianzhong demo --lake var/demo --schools 800 --activities 60000",
    )(demo_command)


def demo_command(
    lake: Annotated[
        Path, typer.Option("--lake", metavar="PATH", help="示例数据的目录 where to put the lake")
    ],
    schools: Annotated[
        int, typer.Option("--schools", min=1, max=1_000_000, help="学校数 number of schools")
    ] = 800,
    activities: Annotated[
        int, typer.Option("--activities", min=0, help="活动数 number of activities")
    ] = 60_000,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="随机种子，相同则数据相同 the same gives the same")
    ] = 1,
) -> None:
    """Builds a generated lake."""
    from xianzhong.demo import build_demo

    at = lake.expanduser().resolve()
    if at.exists() and not at.is_dir():
        fail(f"{at} 不是文件夹。", f"{at} is not a folder.", WRONG_USE)
    with _progress() as told:
        snapshot = build_demo(open_lake(at), schools, activities, seed, told)
    words = Label(
        f"示例数据已生成：{at}（学校 {schools:,}，活动 {activities:,}，"
        f"数据版本 {snapshot.number}）",
        f"Generated {at}: {schools:,} schools, {activities:,} activities, "
        f"snapshot {snapshot.number}",
    )
    typer.echo(in_words(words))


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each table, where somebody watches; gives what is to be told of progress."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    screen = console(err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(
        *columns, TimeElapsedColumn(), console=screen, disable=not screen.is_terminal
    ) as bar:

        def told(table: str, written: int, total: int) -> None:
            if table not in tasks:
                tasks[table] = bar.add_task(in_words(TABLES[table].label), total=total or None)
            bar.update(tasks[table], completed=written, total=total or None)

        yield told
