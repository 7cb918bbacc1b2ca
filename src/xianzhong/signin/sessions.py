"""The sessions of those who signed in, kept by the server.

The browser holds a signed random key and nothing else; who it is, since when and until when is
known here only. So a sign-out or the end of a session's time holds at once, whatever the browser
still sends.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from xianzhong.signin.identity import Identity

Clock = Callable[[], float]

_TABLE = """
CREATE TABLE IF NOT EXISTS session (
    key TEXT PRIMARY KEY, identity TEXT NOT NULL, token TEXT NOT NULL,
    begun REAL NOT NULL, seen REAL NOT NULL
) WITHOUT ROWID
"""
# A step within these seconds of the last is not written down anew.
_FINE = 15.0


@dataclass(frozen=True, slots=True)
class SignedSession:
    """One sign-in that holds.

    Attributes:
        identity: who it is.
        token: the provider's ID token, which names the session when it ends there too.
        begun: when it began, in seconds of the clock.
    """

    identity: Identity
    token: str
    begun: float


class Sessions:
    """All sessions of the server; may be used from any thread.

    Args:
        idle: after how long without a step a session ends.
        longest: after how long it ends in any case.
        path: a SQLite file that outlives a restart, readable by this account only; None for the
            memory. Keys are in it as hashes, so that who reads the file has no session.
        clock: seconds since the epoch.
    """

    def __init__(
        self,
        idle: timedelta,
        longest: timedelta,
        path: Path | None = None,
        clock: Clock = time.time,
    ) -> None:
        self._idle, self._longest = idle.total_seconds(), longest.total_seconds()
        self._clock = clock
        self._lock = threading.Lock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._kept = sqlite3.connect(
            str(path or ":memory:"), check_same_thread=False, isolation_level=None
        )
        self._kept.execute(_TABLE)

    def begin(self, identity: Identity, token: str = "") -> str:
        """Begins a session and gives its key, which only the browser keeps."""
        key, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._kept.execute("DELETE FROM session WHERE seen < ? OR begun < ?", self._oldest(now))
            self._kept.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
                (_hashed(key), json.dumps(asdict(identity)), token, now, now),
            )
        return key

    def find(self, key: str) -> SignedSession | None:
        """The session of a key, and notes the step; None where it has ended or never was."""
        now = self._clock()
        idle_since, begun_since = self._oldest(now)
        with self._lock:
            row = self._kept.execute(
                "SELECT identity, token, begun, seen FROM session WHERE key = ?", (_hashed(key),)
            ).fetchone()
            if row is None:
                return None
            identity, token, begun, seen = row
            # Begun in the future: the clock has been set back, and nothing of it is sure.
            if seen < idle_since or begun < begun_since or begun > now + _FINE:
                self._kept.execute("DELETE FROM session WHERE key = ?", (_hashed(key),))
                return None
            if now - seen > _FINE:
                self._kept.execute("UPDATE session SET seen = ? WHERE key = ?", (now, _hashed(key)))
        return SignedSession(_identity(identity), token, begun)

    def end(self, key: str) -> None:
        """Ends a session; one that is not there is no error."""
        with self._lock:
            self._kept.execute("DELETE FROM session WHERE key = ?", (_hashed(key),))

    def end_all_of(self, issuer: str, subject: str) -> int:
        """Ends every session of a person and says how many there were."""
        with self._lock:
            return self._kept.execute(
                "DELETE FROM session WHERE json_extract(identity, '$.issuer') = ?"
                " AND json_extract(identity, '$.subject') = ?",
                (issuer, subject),
            ).rowcount

    def _oldest(self, now: float) -> tuple[float, float]:
        return now - self._idle, now - self._longest


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _identity(text: str) -> Identity:
    values = json.loads(text)
    return Identity(**{**values, "handles": tuple(values["handles"])})
