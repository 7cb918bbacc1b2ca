"""The id of what is being served: it stands in every line of the log and in the answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

_GIVEN = re.compile(r"[0-9a-f-]{16,36}")


def request_id(given: str = "") -> str:
    """A request's id: the one that a proxy gave, where it is one, else a new one.

    Only hexadecimal digits and dashes are taken over, so that nobody writes words into the log.
    """
    return given if _GIVEN.fullmatch(given) else secrets.token_hex(8)


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Every line that is logged within carries these ids."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield
