"""Text of strangers inside Markdown."""

_ACTIVE = frozenset(r"\`*_{}[]()<>#+-.!|~$:&")


def plain(text: str) -> str:
    """The text with every character escaped that Markdown or Streamlit would obey."""
    return "".join(f"\\{character}" if character in _ACTIVE else character for character in text)
