"""Elements that are only read, as one piece of HTML: the page of thirty is drawn as one.

What Streamlit draws of itself costs the browser two to five milliseconds an element, whatever is
in it (docs/decisions/0024). Text is escaped by htpy; Streamlit lets no script through besides.
"""

from __future__ import annotations

import htpy as h
import streamlit as st


def show(*elements: h.Element | h.VoidElement) -> None:
    """Puts elements on the page, as one."""
    st.html(str(h.fragment[elements]))


def icon(name: str) -> h.Element:
    """An icon of the font that Streamlit brings, for eyes only.

    Args:
        name: as in ``:material/name:``, which is taken too.
    """
    return h.span(
        ".xz-icon", data_testid="stIconMaterial", translate="no", aria_hidden="true"
    )[name.removeprefix(":material/").removesuffix(":")]  # fmt: skip


def about(label: str, *lines: h.Node) -> h.Element:
    """A sign that opens what is to be known of a thing, by mouse, finger and key.

    Args:
        label: what is heard of the sign.
        lines: paragraphs.
    """
    # One of a name is open at a time.
    return h.details(".xz-about", name="xz-about")[
        h.summary(aria_label=label, title=label)[icon("help")],
        h.div(".xz-told")[(h.p[line] for line in lines)],
    ]
