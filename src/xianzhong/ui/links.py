"""Ways to the product's own pages: links inside Markdown, and titles that open something here."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from xianzhong.ui.session import set_params


def link(text: str, page: str, params: Mapping[str, str]) -> str:
    """A Markdown link to a page, in a tab of its own; ``text`` is Markdown already."""
    query = urlencode(params, safe=",")
    return f"[{text}]({page}?{query})" if query else f"[{text}]({page})"


def opener(label: str, key: str, params: Mapping[str, str], *, icon: str | None = None) -> None:
    """A title, in Markdown, that shows the same page under other parameters.

    A button: Streamlit's link to the page that one is on leaves the address as it was.
    """
    st.button(label, key=key, type="tertiary", icon=icon, on_click=set_params, args=(dict(params),))
