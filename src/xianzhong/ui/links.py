"""Links inside Markdown to the product's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode


def link(text: str, page: str, params: Mapping[str, str]) -> str:
    """A Markdown link to a page; ``text`` is Markdown already."""
    query = urlencode(params, safe=",")
    return f"[{text}]({page}?{query})" if query else f"[{text}]({page})"
