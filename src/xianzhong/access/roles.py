"""Roles, what each lets its holder do, and a grant: a role in a scope, until a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from xianzhong.model.labels import Label
from xianzhong.query.scope import Scope

Level = Literal["nation", "province", "prefecture", "county", "school", "university"]


class Action(StrEnum):
    """What somebody wants to do with records of a place."""

    SEE = "see"
    REPORT = "report"
    REVIEW = "review"
    ADMINISTER = "administer"


class Role(StrEnum):
    """What a person is in a scope; a person may be several things in several scopes."""

    VIEWER = "viewer"
    REPORTER = "reporter"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


# Nobody gets a right by another one, but for seeing: who works on records has to see them.
RIGHTS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.SEE}),
    Role.REPORTER: frozenset({Action.SEE, Action.REPORT}),
    Role.REVIEWER: frozenset({Action.SEE, Action.REVIEW}),
    Role.ADMINISTRATOR: frozenset({Action.SEE, Action.ADMINISTER}),
}
ROLE_LABELS: dict[Role, Label] = {
    Role.VIEWER: Label("查看人员", "Viewer"),
    Role.REPORTER: Label("填报人员", "Reporter"),
    Role.REVIEWER: Label("审核人员", "Reviewer"),
    Role.ADMINISTRATOR: Label("管理员", "Administrator"),
}
ACTION_LABELS: dict[Action, Label] = {
    Action.SEE: Label("查看", "see"),
    Action.REPORT: Label("填报", "report"),
    Action.REVIEW: Label("审核", "review"),
    Action.ADMINISTER: Label("管理人员权限", "administer access"),
}
LEVEL_LABELS: dict[Level, Label] = {
    "nation": Label("全国", "Whole nation"),
    "province": Label("省级", "Province"),
    "prefecture": Label("市（州）级", "Prefecture"),
    "county": Label("县级", "County"),
    "school": Label("学校", "School"),
    "university": Label("高校", "University"),
}
_DIVISIONS: dict[int, Level] = {2: "province", 4: "prefecture", 6: "county"}


def level_of(scope: Scope) -> Level:
    """What sort of scope a grant has.

    Raises:
        ValueError: it is narrowed in two ways at once, which no grant is.
    """
    given = [bool(scope.division), bool(scope.university), bool(scope.school)]
    if sum(given) > 1:
        raise ValueError("a grant has one place, one university or one school")
    if scope.university:
        return "university"
    if scope.school:
        return "school"
    return _DIVISIONS[len(scope.division)] if scope.division else "nation"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a scope.

    Attributes:
        role: what its holder is.
        scope: where; see :func:`level_of`.
        until: the last day (in China) on which it holds, None for no end.

    Raises:
        ValueError: the scope is none that a grant can have.
    """

    role: Role
    scope: Scope
    until: date | None = None

    def __post_init__(self) -> None:
        level_of(self.scope)

    def holds(self, day: date) -> bool:
        """Whether it holds on a day in China."""
        return self.until is None or day <= self.until

    def allows(self, action: Action) -> bool:
        """Whether its role has the right to an action."""
        return action in RIGHTS[self.role]

    def to_dict(self) -> dict[str, Any]:
        """The grant as plain values."""
        scope = self.scope
        return {
            "role": str(self.role),
            "level": level_of(scope),
            "code": scope.university or scope.school or scope.division,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Grant:
        """The grant of plain values.

        Raises:
            ValueError, KeyError: they are none. Level and code must agree: a code that went
                missing never becomes the whole nation.
        """
        level, code = kept["level"], kept["code"]
        field = level if level in ("university", "school") else "division"
        scope = Scope(**{field: code})
        if level_of(scope) != level:
            raise ValueError(f"the code {code!r} is none of a {level}")
        until = date.fromisoformat(kept["until"]) if kept["until"] else None
        return cls(Role(kept["role"]), scope, until)
