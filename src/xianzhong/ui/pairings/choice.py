"""What the page of pairings is narrowed to besides the filters: state, term of the end, words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from xianzhong.model.pairing_states import STATES
from xianzhong.model.terms import Term
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import view_key
from xianzhong.ui.frame import ignored
from xianzhong.ui.session import Session, set_params

STATE, ENDS, PAGE = "state", "ends", "page"
ROWS = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A state's code and the term in which the cycle ends, each empty or None for all."""

    state: str = ""
    ends: Term | None = None


def read_choice(session: Session) -> Choice:
    """The choice of the link; a value that there is not is named and left out."""
    state = st.query_params.get(STATE, "").strip()
    if state and state not in STATES:
        ignored(session, Problem(STATE, state[:80], UNKNOWN))
        state = ""
    code, term = st.query_params.get(ENDS, "").strip(), None
    if code:
        try:
            term = Term.parse(code)
        except ValueError:
            ignored(session, Problem(ENDS, code[:80], UNKNOWN))
    return Choice(state, term)


def choose(**values: str) -> None:
    """Writes parameters of this page; empty ones go, and the list begins at its first page."""
    params = st.query_params.to_dict() | {PAGE: ""} | values
    set_params({name: value for name, value in params.items() if value})


def toggle(parameter: str, code: str) -> None:
    """Chooses a code, or lets it go when it was chosen already."""
    choose(**{parameter: "" if st.query_params.get(parameter) == code else code})


def chosen_rows(frame: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The rows of ``pairing_list`` in a state whose cycle ends in a term."""
    if choice.state:
        frame = frame[frame["state"] == choice.state]
    if choice.ends:
        ends = pd.to_datetime(frame["cycle_end"])
        first, last = pd.Timestamp(choice.ends.first_day), pd.Timestamp(choice.ends.last_day)
        frame = frame[(ends >= first) & (ends <= last)]
    return frame


def chips(session: Session, choice: Choice) -> None:
    """What the list is narrowed to, each part a button that takes it away."""
    parts = {}
    if choice.state:
        parts[STATE] = STATES[choice.state][session.lang]
    if choice.ends:
        parts[ENDS] = session.say("ends in {term}", term=choice.ends.label(session.lang))
    if not parts:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(session.say("The list and the records show only:"), width="content")
        for parameter, text in parts.items():
            st.button(
                text, key=f"remove_{parameter}", on_click=choose, kwargs={parameter: ""},
                icon=":material/close:", icon_position="right",
                help=session.say("Remove this filter"),
            )  # fmt: skip


def page_of(session: Session, count: int) -> tuple[int, int]:
    """Draws the pages where there are several; first and last row of the one that is open.

    Args:
        session: the run.
        count: how many rows there are.
    """
    pages = max(1, -(-count // ROWS))
    asked = st.query_params.get(PAGE, "").strip()
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    if asked and not 1 <= number <= pages:
        ignored(session, Problem(PAGE, asked[:80], UNKNOWN))
    page = number if 1 <= number <= pages else 1
    if pages > 1:
        key = view_key(session, f"pairings_page_{page}_{count}")
        st.pagination(
            pages, default=page, key=key,
            on_change=lambda: choose(**{PAGE: str(st.session_state.get(key) or "")}),
        )  # fmt: skip
    return (page - 1) * ROWS, min(page * ROWS, count)
