"""Text of strangers inside Markdown."""

import re

_ACTIVE = frozenset(r"\`*_{}[]()<>#+-.!|~$:&")
# Markdown makes links of addresses although their signs are escaped: an invisible joiner parts
# what makes them addresses.
_ADDRESS = re.compile(r"(?i)(?<=\w)(?=://)|(?<=\bwww)(?=\.)|(?<=\w)(?=@\w)")
_JOINER = "\u2060"


def plain(text: str) -> str:
    """The text with every character escaped that Markdown or Streamlit would obey."""
    parted = _ADDRESS.sub(_JOINER, text)
    return "".join(f"\\{character}" if character in _ACTIVE else character for character in parted)
