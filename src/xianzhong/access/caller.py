"""The caller: who is asking, and with which grants. Everything is denied by default."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from xianzhong.access.reach import covers
from xianzhong.access.roles import Action, Grant
from xianzhong.lake.links import SharedLink
from xianzhong.model.labels import Label
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, Scope, union

Standing = Literal["local", "known", "unknown", "taken", "disabled", "guest", "closed"]
_REFUSED: dict[Standing, Label] = {
    "unknown": Label(
        "您的账号尚未开通，请联系管理员邀请您。",
        "Your account has not been invited yet. Ask an administrator to invite you.",
    ),
    "taken": Label(
        "您的账号名已与另一个登录账号绑定，请联系管理员解除原绑定。",
        "Your account name is bound to another sign-in. Ask an administrator to release it.",
    ),
    "closed": Label("这个链接打不开。", "This link does not open."),
    "disabled": Label(
        "您的账号已停用，请联系管理员。",
        "Your account is disabled. Ask an administrator.",
    ),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking.

    Attributes:
        name: for the ledger and for the page.
        person: id among the people, empty where there is none.
        grants: what was given, also what has expired.
        standing: ``local`` (no sign-in is configured: everything), ``known``, ``unknown`` (never
            invited), ``taken`` (the invitation is bound to another account), ``disabled``,
            ``guest`` (no account: one link) or ``closed`` (that link does not open).
        link: the only view that a guest sees, None for everybody else.
        seen: where that view lies; see :mod:`~.guests`.
        why: for ``closed``, why.
    """

    name: str
    person: str = ""
    grants: tuple[Grant, ...] = ()
    standing: Standing = "unknown"
    link: SharedLink | None = None
    seen: AnyScope = NOWHERE
    why: Label | None = None

    def scopes(self, action: Action, day: date | None = None) -> AnyScope:
        """Where the caller may do something, on a day in China (today by default)."""
        if self.standing == "local":
            return NATION
        if self.standing == "guest":
            return self.seen if action is Action.SEE else NOWHERE
        if self.standing != "known":
            return NOWHERE
        on = day or today()
        return union(g.scope for g in self.grants if g.allows(action) and g.holds(on))

    def may(self, action: Action, place: Scope, day: date | None = None) -> bool:
        """Whether the caller may do something at a place; see :func:`~.reach.covers`."""
        return covers(self.scopes(action, day), place)

    def may_somewhere(self, action: Action, day: date | None = None) -> bool:
        """Whether there is any place where the caller may do something."""
        return self.scopes(action, day) != NOWHERE

    @property
    def refused(self) -> Label | None:
        """Why the caller may not even come in; None for who may."""
        return self.why or _REFUSED.get(self.standing)


LOCAL = Caller("", standing="local")
NOBODY = Caller("")


def local(name: str) -> Caller:
    """Who sits at the machine itself, under the name that they gave."""
    return replace(LOCAL, name=name)
