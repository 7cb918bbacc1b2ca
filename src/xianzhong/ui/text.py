"""Text of strangers inside Markdown, and moments in words."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from xianzhong.settings import TIME_ZONE

_ACTIVE = frozenset(r"\`*_{}[]()<>#+-.!|~$:&")
# Markdown makes links of addresses although their signs are escaped: an invisible joiner parts
# what makes them addresses.
_ADDRESS = re.compile(r"(?i)(?<=\w)(?=://)|(?<=\bwww)(?=\.)|(?<=\w)(?=@\w)")
_JOINER = "\u2060"


def plain(text: str) -> str:
    """The text with every character escaped that Markdown or Streamlit would obey."""
    parted = _ADDRESS.sub(_JOINER, text)
    return "".join(f"\\{character}" if character in _ACTIVE else character for character in parted)


def in_china(moment: datetime | None) -> str:
    """A moment in the country's own time, to the minute; empty for none."""
    return f"{moment.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if moment else ""
