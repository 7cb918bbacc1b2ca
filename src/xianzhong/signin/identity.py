"""A person as the provider of sign-in names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# How long a name may be that is shown and recorded.
LONGEST_NAME = 60
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class NoSubjectError(ValueError):
    """The provider's answer names nobody."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in.

    Attributes:
        issuer: the provider's address.
        subject: the provider's name for the person, which never changes; with ``issuer`` it is
            the only thing that tells persons apart.
        name: how the person is called on screen and in the history.
        handles: names by which somebody may have invited the person, in lower case; only such as
            the provider vouches for, see :func:`identity_of`.
    """

    issuer: str
    subject: str
    name: str
    handles: tuple[str, ...] = ()


def handle(text: str) -> str:
    """A handle as it is compared: without spaces around it, letters A to Z small.

    No other letters are folded, for two addresses that a wider folding makes equal may belong
    to two people.
    """
    return text.strip().translate(_LETTERS)


def identity_of(
    issuer: str, claims: Mapping[str, object], *, account_names: bool = False
) -> Identity:
    """The identity in the claims of an ID token (OpenID Connect Core 1.0, section 5.1).

    An e-mail counts as a handle only if ``email_verified`` is true: with many providers anybody
    may write any e-mail into their own account. ``preferred_username`` counts only where the
    office says that nobody chooses their own (section 5.7: it must not be relied upon).

    Args:
        issuer: the provider's address.
        claims: the claims of a token that has been checked.
        account_names: whether an account's name is a handle.

    Raises:
        NoSubjectError: the claims have no ``sub``.
    """
    subject = _text(claims.get("sub"))
    if not subject:
        raise NoSubjectError("the token has no subject")
    account = _text(claims.get("preferred_username"))
    email = _text(claims.get("email"))
    handles = []
    # An account's name that looks like an e-mail would come round the rule for e-mails.
    if account_names and account and "@" not in account:
        handles.append(handle(account))
    if email and claims.get("email_verified") is True:
        handles.append(handle(email))
    name = _text(claims.get("name")) or account or email or subject
    return Identity(issuer, subject, name[:LONGEST_NAME], tuple(handles))


def _text(value: object) -> str:
    """A claim as one line of text; empty where it is none."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())
