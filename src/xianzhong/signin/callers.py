"""The rule that says who of those that signed in may come in, and as whom.

The provider knows who somebody is; what they may see is the product's own business. The part that
knows connects its rule here when the server starts. Without one everybody who signed in is let in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from xianzhong.model.labels import Label
from xianzhong.signin.identity import Identity


class Caller(Protocol):
    """Who is asking, as the rule sees them."""

    @property
    def refused(self) -> Label | None:
        """Why this person is not let in, in words for them; None for one who is."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The caller of the rule that lets everybody in."""

    identity: Identity
    refused: Label | None = None


Rule = Callable[[Identity], Caller]

GuestRule = Callable[[str], Caller]


_NO_GUESTS = Label("这里不提供免登录链接。", "No link opens without an account here.")


@dataclass(frozen=True, slots=True)
class NoGuest:
    """The caller of the rule that lets no guest in."""

    link: str
    refused: Label | None = _NO_GUESTS


_rule: Rule = Admitted
_guest_rule: GuestRule = NoGuest


def use(rule: Rule) -> None:
    """Sets the rule. It is asked anew at each request and each rerun, in any thread.

    A rule that raises lets nobody in.
    """
    global _rule  # noqa: PLW0603 - one rule for the process
    _rule = rule


def use_for_guests(rule: GuestRule) -> None:
    """Sets the rule for people without an account, by the id of the link that they hold.

    It is asked as often as the other, and lets nobody in where it raises.
    """
    global _guest_rule  # noqa: PLW0603 - one rule for the process
    _guest_rule = rule


def guest_of(link: str) -> Caller:
    """What the rule makes of somebody who holds a link."""
    return _guest_rule(link)


def caller_of(identity: Identity) -> Caller:
    """What the rule makes of somebody who signed in."""
    return _rule(identity)
