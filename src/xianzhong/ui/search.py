"""A search box whose words are part of the link."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.ui.session import Session, set_params, showing

PARAMETER = "q"
LONGEST = 100


def _write() -> None:
    words = str(st.session_state.get("search") or "").strip()[:LONGEST]
    params = {**st.query_params.to_dict(), PARAMETER: words}
    # Other words have other hits: from the first page of them.
    params.pop("page", None)
    if not words:
        params.pop(PARAMETER)
    set_params(params)


def search_box(session: Session, label: str, placeholder: str = "") -> str:
    """Draws the box and gives its words, cut to 100 characters."""
    words = st.query_params.get(PARAMETER, "")[:LONGEST]
    with showing({"search": words}):
        st.text_input(
            label, key="search", on_change=_write, icon=":material/search:", max_chars=LONGEST,
            placeholder=placeholder or session.say("For example a county's or a university's name"),
        )  # fmt: skip
    return words.strip()


def searched(table: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows in which every word occurs somewhere, in whatever case."""
    if not words:
        return table
    # A missing value stays missing in a column of text, and nothing joins to it.
    plain = table.astype(object).where(table.notna(), "").astype(str)
    text = plain.iloc[:, 0].str.cat(plain.iloc[:, 1:], sep="\x1f").str.lower()
    for word in words.lower().split():
        text = text[text.str.contains(word, regex=False)]
    return table.loc[text.index]
