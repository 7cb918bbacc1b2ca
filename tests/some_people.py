"""People with grants, for tests of what access lets through; made up (示例)."""

from __future__ import annotations

from xianzhong.access.caller import Caller, local
from xianzhong.access.change import invite
from xianzhong.access.roles import Grant, Role
from xianzhong.lake.store import Lake
from xianzhong.query.scope import Scope

ROOT = local("示例机房")


def person(lake: Lake, name: str, role: Role, *scopes: Scope) -> Caller:
    """A person who was invited with one role in some scopes."""
    grants = [Grant(role, scope) for scope in scopes]
    return invite(lake, ROOT, name, [f"{name}@example.org"], grants).caller


def reporter(lake: Lake, *scopes: Scope, name: str = "示例填报") -> Caller:
    """Somebody who may report in some scopes."""
    return person(lake, name, Role.REPORTER, *scopes)


def viewer(lake: Lake, *scopes: Scope, name: str = "示例查看") -> Caller:
    """Somebody who may see some scopes."""
    return person(lake, name, Role.VIEWER, *scopes)
