"""``xianzhong access``: who may see and do what. Who can run it may make administrators."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from xianzhong.cli import terms
from xianzhong.cli.load import LakeOption
from xianzhong.cli.output import OK, REJECTED, console, in_words, open_lake, safe, user
from xianzhong.model.labels import COMMA, LISTED, Label
from xianzhong.settings import TIME_ZONE

if TYPE_CHECKING:
    from pathlib import Path

    from xianzhong.access.caller import Caller
    from xianzhong.access.people import Person
    from xianzhong.access.record import PersonChange
    from xianzhong.access.roles import Grant, Role
    from xianzhong.lake.store import Lake

PersonArgument = Annotated[
    str,
    typer.Argument(metavar="PERSON", help="编号、账号或姓名 id, account or full name"),
]
RoleArgument = Annotated[
    str,
    typer.Argument(metavar="ROLE", help="viewer, reporter, reviewer, administrator"),
]
ScopeArgument = Annotated[
    str,
    typer.Argument(
        metavar="SCOPE",
        help="全国（nation）、区划代码或名称、学校（school:CODE）、高校（university:CODE） "
        "nation, a division's code or name, school:CODE, university:CODE",
    ),
]
UntilOption = Annotated[
    str,
    typer.Option("--until", metavar="YYYY-MM-DD", help="到这一天为止（含） the last day it holds"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出 print JSON")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(no_args_is_help=True)
    for name, command, words in (
        ("list", list_command, "列出人员和权限 List people and what they may"),
        ("invite", invite_command, "邀请人员 Invite a person"),
        ("grant", grant_command, "授予权限 Grant a role"),
        ("revoke", revoke_command, "收回权限 Revoke a role"),
        ("disable", disable_command, "停用人员 Shut a person out"),
        ("enable", enable_command, "恢复启用 Let a person in again"),
        ("release", release_command, "解除账号绑定 Unbind a person's account"),
        ("history", history_command, "列出权限变更 List every change"),
        ("why", why_command, "说明为什么能或不能 Say why somebody may or may not"),
    ):
        group.command(name, help=words + ".")(command)
    terms.register(group)
    app.add_typer(
        group,
        name="access",
        short_help="管理人员权限 Administer who may see what",
        help="管理人员权限：谁在哪个范围内可以查看、填报、审核、管理。 Administer who may see, "
        "report, review and administer what.",
        epilog="示例 Example: xianzhong access invite 示例 a@example.org "
        "--role administrator --scope nation",
    )


def list_command(as_json: JsonOption = False, lake: LakeOption = None) -> None:
    """Lists everybody who was invited."""
    from xianzhong.access.people import people

    at = open_lake(lake, create=False)
    everybody = people(at)
    if as_json:
        typer.echo(json.dumps([_plain(person) for person in everybody], ensure_ascii=True))
        return
    if not everybody:
        typer.echo(in_words(Label("还没有邀请任何人。", "Nobody has been invited yet.")))
        return
    rows = [
        (p.id, p.name, " ".join(p.handles), _state(p), _grants(at, p.grants)) for p in everybody
    ]
    headers = (Label("编号", "id"), Label("姓名", "name"), Label("账号", "account"),
               Label("状态", "state"), Label("权限", "grants"))  # fmt: skip
    _show(headers, rows)


def invite_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="姓名 what they are called")],
    account: Annotated[
        list[str],
        typer.Argument(metavar="ACCOUNT…", help="邮箱或账号名 e-mail address or account name"),
    ],
    role: Annotated[str, typer.Option("--role", help="同时授予的角色 a role from the start")] = "",
    scope: Annotated[str, typer.Option("--scope", help="角色的范围 its scope")] = "",
    until: UntilOption = "",
    lake: LakeOption = None,
) -> None:
    """Invites a person, who is bound at the first sign-in with one of the accounts."""
    from xianzhong.access.change import invite

    at = open_lake(lake)
    if bool(role) != bool(scope):
        raise typer.BadParameter("--role + --scope")
    grants = [_grant(at, role, scope, until)] if role else []
    person = invite(at, _caller(), name, account, grants)
    _said(at, person, Label("已邀请", "Invited"))


def grant_command(
    person: PersonArgument, role: RoleArgument, scope: ScopeArgument, until: UntilOption = "",
    lake: LakeOption = None,
) -> None:  # fmt: skip
    """Grants a role in a scope; again, to change its last day."""
    from xianzhong.access.change import grant

    at, key = _meant(lake, person)
    changed = grant(at, _caller(), key, _grant(at, role, scope, until))
    _said(at, changed, Label("已授权", "Granted"))


def revoke_command(
    person: PersonArgument, role: RoleArgument, scope: ScopeArgument, lake: LakeOption = None
) -> None:
    """Takes a role in a scope away."""
    from xianzhong.access.change import revoke
    from xianzhong.access.places import places_of

    at, key = _meant(lake, person)
    changed = revoke(at, _caller(), key, _role(role), places_of(at).find(scope))
    _said(at, changed, Label("已收回", "Revoked"))


def disable_command(person: PersonArgument, lake: LakeOption = None) -> None:
    """Shuts a person out at once."""
    from xianzhong.access.change import disable

    at, key = _meant(lake, person)
    _said(at, disable(at, _caller(), key), Label("已停用", "Disabled"))


def enable_command(person: PersonArgument, lake: LakeOption = None) -> None:
    """Lets a person in again."""
    from xianzhong.access.change import enable

    at, key = _meant(lake, person)
    _said(at, enable(at, _caller(), key), Label("已恢复启用", "Enabled"))


def release_command(person: PersonArgument, lake: LakeOption = None) -> None:
    """Unbinds the account, so that the next sign-in binds anew."""
    from xianzhong.access.change import release

    at, key = _meant(lake, person)
    _said(at, release(at, _caller(), key), Label("已解除绑定", "Released"))


def history_command(
    person: Annotated[str, typer.Argument(metavar="[PERSON]", help="只列此人 of one alone")] = "",
    as_json: JsonOption = False,
    lake: LakeOption = None,
) -> None:
    """Lists every change of people and grants, newest first."""
    from xianzhong.access.record import ACTION_WORDS, history

    at, key = _meant(lake, person) if person else (open_lake(lake, create=False), "")
    changes = history(at, key)
    if as_json:
        typer.echo(json.dumps([_change(change) for change in changes], ensure_ascii=True))
        return
    zone = ZoneInfo(TIME_ZONE)
    rows = [
        (
            change.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"), change.who, change.name,
            in_words(ACTION_WORDS[change.action]), _grants(at, (*change.added, *change.removed)),
        )
        for change in changes
    ]  # fmt: skip
    headers = (Label("时间", "at"), Label("操作人", "who"), Label("人员", "person"),
               Label("变更", "change"), Label("权限", "grants"))  # fmt: skip
    _show(headers, rows)


def why_command(
    person: PersonArgument,
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="see, report, review, administer")
    ],
    thing: Annotated[
        str,
        typer.Argument(
            metavar="SCOPE|TABLE/ID", help="范围，或 表/记录编号  a scope, or a record of a table"
        ),
    ],
    lake: LakeOption = None,
) -> None:
    """Says which grant lets a person do something, or which is missing; exit code 1 for no."""
    from xianzhong.access.people import person_of
    from xianzhong.access.places import places_of
    from xianzhong.access.roles import Action
    from xianzhong.access.why import Record, why
    from xianzhong.model.tables import TABLES

    at, key = _meant(lake, person)
    found = person_of(at, key)
    if action not in set(Action):
        raise typer.BadParameter(" / ".join(Action))
    table, mark, record = thing.partition("/")
    about = Record(table, record) if mark and table in TABLES else places_of(at).find(thing)
    assert found is not None  # noqa: S101
    answer = why(at, found.caller, Action(action), about)
    typer.echo(safe(in_words(answer.words)))
    raise typer.Exit(OK if answer.allowed else REJECTED)


# What the commands share -----------------------------------------------------------------------


def _caller() -> Caller:
    from xianzhong.access.caller import local

    return local(user())


def _meant(lake: Path | None, person: str) -> tuple[Lake, str]:
    from xianzhong.access.people import find_person

    at = open_lake(lake, create=False)
    return at, find_person(at, person).id


def _role(text: str) -> Role:
    from xianzhong.access.roles import ROLE_LABELS

    for role, label in ROLE_LABELS.items():
        if text in (role, label.zh, label.en):
            return role
    raise typer.BadParameter(f"{safe(text)!r}: {' / '.join(ROLE_LABELS)}")


def _grant(lake: Lake, role: str, scope: str, until: str) -> Grant:
    from xianzhong.access.places import places_of
    from xianzhong.access.roles import Grant

    try:
        last = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise typer.BadParameter(f"--until {safe(until)!r}: YYYY-MM-DD") from error
    return Grant(_role(role), places_of(lake).find(scope), last)


def _state(person: Person) -> str:
    if person.disabled:
        return in_words(Label("已停用", "disabled"))
    if person.identity:
        return in_words(Label("已绑定", "bound"))
    return in_words(Label("待首次登录", "not signed in yet"))


def _grants(lake: Lake, grants: tuple[Grant, ...]) -> str:
    from xianzhong.access.places import grant_label, places_of

    places = places_of(lake)
    labels = [grant_label(places, one) for one in grants]
    return in_words(
        Label(LISTED.zh.join(one.zh for one in labels), "; ".join(one.en for one in labels))
    )


def _said(lake: Lake, person: Person, done: Label) -> None:
    """One line: what was done, and what the person may now."""
    grants = _grants(lake, person.grants) or in_words(Label("尚无权限", "no grant yet"))
    words = Label(f"{done.zh}{COMMA.zh}{person.name}：", f"{done.en} {person.name}: ")
    typer.echo(safe(f"{in_words(words)}{grants} [{person.id}]"))


def _show(headers: tuple[Label, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.table import Table

    screen = Table(box=None, pad_edge=False)
    for header in headers:
        screen.add_column(in_words(header), overflow="fold")
    for row in rows:
        screen.add_row(*map(safe, row))
    console().print(screen)


def _plain(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "accounts": list(person.handles),
        "bound": bool(person.identity),
        "disabled": bool(person.disabled),
        "grants": [grant.to_dict() for grant in person.grants],
    }


def _change(change: PersonChange) -> dict[str, Any]:
    return {
        "at": change.at.isoformat(),
        "who": change.who,
        "by": change.by or None,
        "person": change.person,
        "name": change.name,
        "action": change.action,
        "added": [grant.to_dict() for grant in change.added],
        "removed": [grant.to_dict() for grant in change.removed],
    }
