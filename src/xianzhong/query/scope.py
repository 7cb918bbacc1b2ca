"""What the caller may see: one grant's scope, or the union of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

_DIVISION = re.compile(r"(?:\d\d){0,3}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """The records that one grant lets its holder see: all that is given must hold.

    Attributes:
        division: two, four or six digits of a division, or empty for the whole nation.
        university: code of the only university, or empty for all.
        school: code of the only school, or empty for all.

    Raises:
        ValueError: ``division`` is no code of a division.
    """

    division: str = ""
    university: str = ""
    school: str = ""

    def __post_init__(self) -> None:
        if not _DIVISION.fullmatch(self.division):
            raise ValueError(f"no code of a division: {self.division!r}")

    def within(self, other: Scope) -> bool:
        """Whether every record of this scope is one of the other's, whatever the divisions."""
        return all(
            getattr(other, field.name) in ("", getattr(self, field.name)) for field in fields(self)
        )


@dataclass(frozen=True, slots=True)
class Scopes:
    """Several scopes at once, or none: what any of them lets through. See :func:`union`.

    Attributes:
        parts: sorted, none of them within another; never just one.
    """

    parts: tuple[Scope, ...] = ()


AnyScope = Scope | Scopes
NATION = Scope()
NOWHERE = Scopes()


def union(scopes: Iterable[AnyScope]) -> AnyScope:
    """The records that any of the scopes lets through; of no scopes at all, none."""
    given = sorted({part for scope in scopes for part in parts_of(scope)})
    wide = [one for one in given if not any(one != o and one.within(o) for o in given)]
    return wide[0] if len(wide) == 1 else Scopes(tuple(wide))


def parts_of(scope: AnyScope) -> tuple[Scope, ...]:
    """The scopes of a union; none for :data:`NOWHERE`."""
    return (scope,) if isinstance(scope, Scope) else scope.parts
