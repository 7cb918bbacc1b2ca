"""Text that an XML file may hold."""

from __future__ import annotations

import re

# XML 1.0, production 2 (Char): everything else breaks the file.
_FORBIDDEN = re.compile(
    "[^\\u0009\\u000a\\u000d\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
# Marks that turn the direction of what follows: a name must not garble its neighbours.
_TURNING = re.compile("[\\u202a-\\u202e\\u2066-\\u2069]")

# The ideographic space is no break: it parts the source of a map from its number.
_BREAKS = re.compile("[ \\t\\n\\r\\u0085\\u2028\\u2029]+")


def clean(text: object) -> str:
    """A text without characters that XML forbids or that turn the direction of writing."""
    return _TURNING.sub("", _FORBIDDEN.sub("", str(text)))


def in_line(text: object) -> str:
    """The same in one line."""
    return _BREAKS.sub(" ", clean(text)).strip()
