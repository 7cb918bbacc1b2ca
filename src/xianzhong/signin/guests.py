"""Signed addresses and cookies for people without an account: each opens one link until a day.

What is signed is the link's id and the last day. So neither can be changed, and an address that
was made up is turned away before anything is looked up.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from itsdangerous import BadSignature, Signer

from xianzhong.settings import TIME_ZONE
from xianzhong.signin.secret import Secret
from xianzhong.signin.sessions import Clock

_CHINA = ZoneInfo(TIME_ZONE)
_SIGNED = re.compile(r"([a-z0-9]{1,40})\.(\d{8})", re.ASCII)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a valid signature says.

    Attributes:
        link: id of the link.
        last: the last day (in China) on which it holds.
        state: ``open`` or ``expired``.
    """

    link: str
    last: date
    state: Literal["open", "expired"]


class Tickets:
    """Signs and reads addresses and cookies; one is never taken for the other.

    Args:
        secret: what cookies are signed with; another key is derived from it for each use.
        clock: seconds since the epoch.
    """

    def __init__(self, secret: Secret, clock: Clock) -> None:
        self._clock = clock
        self._address = _signer(secret, "guest-address")
        self._cookie = _signer(secret, "guest-cookie")

    def address(self, link: str, last: date) -> str:
        """The signed part of a link's address.

        Raises:
            ValueError: this is no link's id.
        """
        return _sign(self._address, link, last)

    def cookie(self, ticket: Ticket) -> str:
        """The value of the cookie of who has opened it."""
        return _sign(self._cookie, ticket.link, ticket.last)

    def of_address(self, text: str) -> Ticket | None:
        """What an address says, None where it was not signed here."""
        return self._read(self._address, text)

    def of_cookie(self, text: str) -> Ticket | None:
        """The same for a cookie."""
        return self._read(self._cookie, text)

    def seconds_left(self, ticket: Ticket) -> int:
        """For how long it holds yet; none where it has expired."""
        end = datetime.combine(ticket.last + timedelta(days=1), datetime.min.time(), _CHINA)
        return max(0, int(end.timestamp() - self._clock()))

    def _read(self, signer: Signer, text: str) -> Ticket | None:
        if len(text) > LONGEST:
            return None
        try:
            found = _SIGNED.fullmatch(signer.unsign(text).decode())
            last = datetime.strptime(found[2], "%Y%m%d").date() if found else None  # noqa: DTZ007
        except (BadSignature, UnicodeError, ValueError):
            return None
        if found is None or last is None:
            return None
        today = datetime.fromtimestamp(self._clock(), UTC).astimezone(_CHINA).date()
        return Ticket(found[1], last, "open" if today <= last else "expired")


def _signer(secret: Secret, salt: str) -> Signer:
    return Signer(
        secret.reveal(), salt=salt, key_derivation="hmac", digest_method=hashlib.sha256
    )  # fmt: skip


def _sign(signer: Signer, link: str, last: date) -> str:
    text = f"{link}.{last:%Y%m%d}"
    if not _SIGNED.fullmatch(text):
        raise ValueError("no id of a link")
    return signer.sign(text).decode()
