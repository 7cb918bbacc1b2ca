"""``xianzhong access close-term`` and its fellows: terms that are closed for a province."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import console, in_words, open_lake, safe, user
from xianzhong.model.labels import COMMA, Label
from xianzhong.model.terms import Term
from xianzhong.settings import TIME_ZONE

if TYPE_CHECKING:
    from xianzhong.access.terms import TermChange
    from xianzhong.lake.store import Lake

ProvinceArgument = Annotated[
    str, typer.Argument(metavar="PROVINCE", help="省份的代码或名称 a province's code or name")
]
TermArgument = Annotated[
    str,
    typer.Argument(metavar="TERM", help="学期，如 2024-1（秋季）、2024-2（春季） such as 2024-1"),
]


def register(group: typer.Typer) -> None:
    """Adds the commands to the group of ``xianzhong access``."""
    for name, command, words in (
        ("close-term", close_command, "学期封账 Close a term for a province"),
        ("reopen-term", reopen_command, "重新开放学期 Open a closed term again"),
        ("closed-terms", closed_command, "列出已封账的学期 List the terms that are closed"),
    ):
        group.command(name, help=words + ".")(command)


def close_command(province: ProvinceArgument, term: TermArgument, lake: LakeOption = None) -> None:
    """Closes a term: from then on only the province's administrators change what happened in it."""
    from xianzhong.access.caller import local
    from xianzhong.access.terms import close

    at = open_lake(lake, create=False)
    _said(close(at, local(user()), _province(at, province), _term(term)))


def reopen_command(province: ProvinceArgument, term: TermArgument, lake: LakeOption = None) -> None:
    """Opens a closed term again."""
    from xianzhong.access.caller import local
    from xianzhong.access.terms import reopen

    at = open_lake(lake, create=False)
    _said(reopen(at, local(user()), _province(at, province), _term(term)))


def closed_command(
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出 print JSON")] = False,
    lake: LakeOption = None,
) -> None:
    """Lists the terms that are closed now."""
    from rich.table import Table

    from xianzhong.access.terms import closed_terms

    found = closed_terms(open_lake(lake, create=False))
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in found], ensure_ascii=True))
        return
    if not found:
        typer.echo(in_words(Label("没有已封账的学期。", "No term is closed.")))
        return
    screen = Table(box=None, pad_edge=False)
    for header in (Label("省份", "province"), Label("学期", "term"), Label("操作人", "who"),
                   Label("时间", "at")):  # fmt: skip
        screen.add_column(in_words(header), overflow="fold")
    for one in found:
        at = one.at.astimezone(ZoneInfo(TIME_ZONE)).strftime("%Y-%m-%d %H:%M")
        cells = (in_words(_named(one)), in_words(_termed(one.term)), one.who, at)
        screen.add_row(*map(safe, cells))
    console().print(screen)


def _province(lake: Lake, text: str) -> str:
    from xianzhong.access.places import places_of

    return places_of(lake).find(text).division


def _term(text: str) -> Term:
    try:
        return Term.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{safe(text)!r}: 2024-1, 2024-2, …") from error


def _named(one: TermChange) -> Label:
    from xianzhong.reference import load_divisions

    found = load_divisions().get(one.province)
    name = (found.label("zh"), found.label("en")) if found else (one.province, one.province)
    return Label(*name)


def _termed(term: Term) -> Label:
    return Label(term.label("zh"), term.label("en"))


def _said(one: TermChange) -> None:
    from xianzhong.access.terms import ACTION_WORDS

    done, name, term = ACTION_WORDS[one.action], _named(one), _termed(one.term)
    words = Label(f"{name.zh}{term.zh}已{done.zh}", f"{name.en}{COMMA.en}{term.en}: {done.en}")
    typer.echo(safe(in_words(words)))


def _plain(one: TermChange) -> dict[str, Any]:
    return {
        "province": one.province,
        "term": one.term.code,
        "who": one.who,
        "at": one.at.isoformat(),
    }
