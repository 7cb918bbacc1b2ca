"""The door: from what a browser sends to who is asking. Pages and the server both ask here."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

from xianzhong.signin.callers import Caller, caller_of, guest_of
from xianzhong.signin.guests import Ticket, Tickets
from xianzhong.signin.identity import Identity
from xianzhong.signin.sessions import Clock, Sessions, SignedSession
from xianzhong.signin.settings import SignInSettings


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has signed in, or who holds a link for people without an account.

    Attributes:
        session: their session, None for a guest.
        caller: what the rule of :mod:`xianzhong.signin.callers` makes of them just now.
        guest: id of the link that a guest holds, empty for who has signed in.
    """

    session: SignedSession | None
    caller: Caller
    guest: str = ""

    @property
    def identity(self) -> Identity:
        """Who it is; a guest is nobody but the holder of the link, and has no name."""
        return self.session.identity if self.session else Identity("guest", self.guest, "")


class Door:
    """Sign-in as it is configured, with its sessions.

    Args:
        settings: the configuration.
        clock: seconds since the epoch.
    """

    def __init__(self, settings: SignInSettings, clock: Clock = time.time) -> None:
        self.settings = settings
        self.sessions = Sessions(settings.idle, settings.longest, settings.sessions_file, clock)
        secret = settings.cookie_secret.reveal()
        self._signer = Signer(secret, salt="session", digest_method=hashlib.sha256)
        self.tickets = Tickets(settings.cookie_secret, clock)
        self._mark = hmac.new(secret.encode(), b"sign-out", hashlib.sha256).digest()

    def open(self, identity: Identity, token: str = "") -> str:
        """Begins a session and gives the value of its cookie."""
        return self._signer.sign(self.sessions.begin(identity, token)).decode()

    def session(self, cookies: Mapping[str, str]) -> SignedSession | None:
        """The session of a browser; None where there is none that holds."""
        key = self._key(cookies)
        return self.sessions.find(key) if key else None

    def who(self, cookies: Mapping[str, str]) -> Presence | None:
        """Who is asking; None for nobody who has signed in or holds a link for guests.

        An account goes before a link.

        Raises:
            Exception: whatever the rule for callers raises; then nobody is let in.
        """
        if session := self.session(cookies):
            return Presence(session, caller_of(session.identity))
        ticket = self.ticket(cookies)
        return self.guest(ticket) if ticket else None

    def guest(self, ticket: Ticket) -> Presence:
        """Who holds a link, as the rule for guests sees them just now."""
        return Presence(None, guest_of(ticket.link), ticket.link)

    def ticket(self, cookies: Mapping[str, str]) -> Ticket | None:
        """What a browser holds of a link for guests; None where it has none that holds."""
        found = self.tickets.of_cookie(cookies.get(self.settings.guest_cookie, ""))
        return found if found and found.state == "open" else None

    def close(self, cookies: Mapping[str, str]) -> None:
        """Ends the session of a browser."""
        if key := self._key(cookies):
            self.sessions.end(key)

    def way_out(self, cookies: Mapping[str, str]) -> str:
        """The mark that a sign-out link of this session carries, so that no other site's can."""
        key = self._key(cookies) or ""
        return hmac.new(self._mark, key.encode(), hashlib.sha256).hexdigest()[:32] if key else ""

    def _key(self, cookies: Mapping[str, str]) -> str | None:
        try:
            return self._signer.unsign(cookies.get(self.settings.cookie, "")).decode()
        except (BadSignature, UnicodeError):
            return None


_door: Door | None = None


def install(door: Door | None) -> None:
    """Sets the door of this process; None where sign-in is not configured."""
    global _door  # noqa: PLW0603 - one server for the process
    _door = door


def current_door() -> Door | None:
    """The door of this process; None where sign-in is not configured."""
    return _door
