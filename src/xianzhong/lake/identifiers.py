"""Identifiers of uploads and of records."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime


def new_upload_id() -> str:
    """A fresh upload id that sorts by time, such as ``20241105T081500-3f9a07c2``.

    32 random bits: two uploads of the same second have the same id once in four billion.
    """
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


def code_of(prefix: str, parts: Iterable[str]) -> str:
    """A code that is the same for the same parts, such as ``A`` and 12 letters or digits.

    60 bits of a SHA-256: among 10 million records a clash has odds of about 1 in 20,000.
    """
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return prefix + base64.b32encode(digest).decode()[:12]


def file_digest(content: bytes) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
