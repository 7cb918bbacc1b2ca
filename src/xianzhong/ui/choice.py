"""A choice of a page's own that is part of its link."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from xianzhong.model.labels import Label
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.frame import ignored
from xianzhong.ui.session import Session, set_params


def put_param(parameter: str, value: str) -> None:
    """Writes one of the page's own parameters into the link; an empty one leaves it."""
    params = {**st.query_params.to_dict(), parameter: value}
    if not value:
        params.pop(parameter)
    set_params(params)


def _chosen(parameter: str, first: str) -> None:
    value = str(st.session_state.get(f"choice_{parameter}") or first)
    put_param(parameter, "" if value == first else value)


def link_choice(
    session: Session, label: str, parameter: str, choices: Mapping[str, Label], first: str = ""
) -> str:
    """Draws the choice and gives its code; a code that does not exist is named and ignored.

    Args:
        session: the run.
        label: what is chosen.
        parameter: its name in the link.
        choices: label by stable code.
        first: the code that stands where the link names none; the first of the choices if empty.
    """
    first = first or next(iter(choices))
    asked = st.query_params.get(parameter) or first
    if asked not in choices:
        ignored(session, Problem(parameter, asked[:80], UNKNOWN))
    chosen = asked if asked in choices else first
    key = f"choice_{parameter}"
    st.session_state[key] = chosen
    st.segmented_control(
        label, list(choices), key=key, required=True, on_change=_chosen, args=(parameter, first),
        format_func=lambda code: choices[code][session.lang], label_visibility="collapsed",
    )  # fmt: skip
    return chosen
