"""``xianzhong brief``: a view or a whole report as a file, for a monthly timer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import (
    WRONG_USE,
    chosen,
    complain,
    console,
    fail,
    in_words,
    open_lake,
    safe,
)
from xianzhong.model.labels import Label, Lang
from xianzhong.settings import Settings

if TYPE_CHECKING:
    from xianzhong.brief.brief import Brief

FORMATS = ("docx", "pptx", "xlsx")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(
        "brief",
        short_help="生成简报文件 Write a briefing",
        help="把一个视图或整份报告写成 Word、PowerPoint 或 Excel 文件，可定时运行；数字与页面及 "
        "xianzhong figures 相同。 Write a view or a whole report as a Word, PowerPoint or Excel "
        "file, also from a timer; its numbers are those of the pages and of xianzhong figures.",
        epilog='示例 Example: xianzhong brief "province=53&term=2024-1" --format docx '
        "--out 云南.docx; xianzhong brief activities?province=53 --format pptx --out 活动.pptx",
    )(brief_command)


_Link = Annotated[
    str,
    typer.Argument(
        metavar="[QUERY]",
        help="链接或其问号后的部分，带页面名则只写该页 "
        "a link, or its query; with the name of a page that page alone",
    ),
]
_Kind = Annotated[str, typer.Option("--format", help="docx / pptx / xlsx")]
_Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="写到哪个文件 the file to write")
]
_Template = Annotated[
    Path | None,
    typer.Option("--template", metavar="PPTX", help="本单位的演示文稿模板 the office's own"),
]
_Meeting = Annotated[
    str | None,
    typer.Option("--meeting", metavar="ID", help="一个会议的全部页面 the slides of a meeting"),
]
_Url = Annotated[
    str,
    typer.Option(
        "--url", envvar="XIANZHONG_URL",
        help="看板地址，写进文件的链接 the dashboard's address, for the links",
    ),
]  # fmt: skip


def brief_command(
    link: _Link = "",
    kind: _Kind = "docx",
    out: _Out = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh / en")] = None,
    template: _Template = None,
    meeting: _Meeting = None,
    url: _Url = "",
    lake: LakeOption = None,
) -> None:
    """Writes a briefing."""
    if kind not in FORMATS:
        raise typer.BadParameter(f"--format: {' / '.join(FORMATS)}, {safe(kind)!r} ?")
    if out is None:
        raise typer.BadParameter("--out FILE ?")
    if template is not None and kind != "pptx":
        raise typer.BadParameter("--template: --format pptx ?")
    root, page, query = _parts_of(link)
    settings = replace(Settings.from_environment(), lake=open_lake(lake, create=False).root)
    with _progress() as told:
        asked = _Asked(page, query, meeting or "", url.rstrip("/") or root, chosen(lang))
        brief = _brief(settings, asked, told)
        told(in_words(Label("写文件", "Writing the file")))
        content = _written(brief, kind, template)
        _put(out.expanduser(), content)
    typer.echo(in_words(Label(
        f"已写入 {out}（{len(content) / 1024:,.0f} KB，第 {brief.snapshot.number} 版数据）",
        f"Written {out}: {len(content) / 1024:,.0f} KB, snapshot {brief.snapshot.number}",
    )))  # fmt: skip


def _parts_of(link: str) -> tuple[str, str, str]:
    """The address before the page, the page (empty for a report over all), and the query."""
    if "?" not in link and ("=" in link or not link):
        return "", "", link
    parts = urlsplit(link)
    before, _, page = parts.path.rpartition("/")
    root = f"{parts.scheme}://{parts.netloc}{before}" if parts.netloc else ""
    return root, page, parts.query


@dataclass(frozen=True, slots=True)
class _Asked:
    """What shall be written: a page or all of a view, or a meeting; its address and language."""

    page: str
    query: str
    meeting: str
    root: str
    lang: Lang


def _brief(settings: Settings, asked: _Asked, told: Callable[[str], None]) -> Brief:
    from xianzhong.brief.brief import report
    from xianzhong.brief.chapters import CHAPTER_BY_PAGE, REPORT
    from xianzhong.brief.meeting import meeting_brief
    from xianzhong.brief.source import source_of
    from xianzhong.lake.meetings import meeting
    from xianzhong.query.open import open_engine
    from xianzhong.query.report import view_of_query

    if asked.page and asked.page not in CHAPTER_BY_PAGE:
        known = ", ".join(CHAPTER_BY_PAGE)
        fail(f"没有可写成文件的页面 {asked.page}；可用：{known}",
             f"no page {asked.page} that can be written; there are: {known}",
             WRONG_USE)  # fmt: skip
    engine = open_engine(settings)
    view, heading = view_of_query(engine, asked.query, asked.lang)
    for problem in heading["ignored"]:
        name, value, reason = (problem[part] for part in ("parameter", "value", "reason"))
        complain(Label(f"未采用 {name} = {value}：{reason}", f"ignored {name} = {value}: {reason}"))
    source = source_of(engine, view, asked.lang)
    if asked.meeting:
        found = meeting(engine.lake, asked.meeting)
        if found is None or found.deleted:
            fail(f"没有会议 {asked.meeting}", f"there is no meeting {asked.meeting}", WRONG_USE)
        return meeting_brief(source, found, root=asked.root, told=told)
    # Without the dashboard's address there is no link that anybody could follow.
    link = f"{asked.root}/" + (f"?{asked.query}" if asked.query else "") if asked.root else ""
    return report(source, (asked.page,) if asked.page else REPORT, link=link, told=told)


def _written(brief: Brief, kind: str, template: Path | None) -> bytes:
    if kind == "docx":
        from xianzhong.export.document import to_docx

        return to_docx(brief)
    if kind == "xlsx":
        from xianzhong.export.workbook import to_workbook

        return to_workbook(brief)
    from xianzhong.export.slides import TemplateError, to_pptx

    try:
        return to_pptx(brief, template=template)
    except TemplateError as error:
        fail(error.said.zh, error.said.en, WRONG_USE)


def _put(path: Path, content: bytes) -> None:
    """Writes beside the place and moves there: a file that is there is whole, old or new.

    Raises:
        OSError: it cannot be written.
    """
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.close()
            # A file for others to read, as any that the office writes; the temporary one is not.
            umask = os.umask(0)
            os.umask(umask)
            Path(file.name).chmod(0o666 & ~umask)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A bar where somebody watches: one step for each page and one for the file."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from xianzhong.brief.chapters import REPORT

    screen = console(err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, disable=not screen.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=len(REPORT) + 1)

        def told(step: str) -> None:
            bar.update(task, description=step, advance=1)

        yield told
