"""What the page's own parameters choose: a difficulty, an owner, how many rows of the board."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from xianzhong.query import difficulties
from xianzhong.query.figures import difficulty_totals
from xianzhong.query.filters import UNKNOWN, Filters, Problem
from xianzhong.ui.frame import ignored
from xianzhong.ui.session import Session, params_for, set_params

ITEM, OWNER, ROWS = "item", "owner", "rows"
STEPS = (20, 60, 180)
_LONGEST = 80


def params(session: Session, **further: str) -> dict[str, str]:
    """The link of this page with the filters and the owner kept."""
    owner = st.query_params.get(OWNER, "")
    return params_for(session.filters, session.lang, **({OWNER: owner} | further))


def item(session: Session) -> difficulties.Row | None:
    """The difficulty that the link opens; an unknown code is named."""
    code = st.query_params.get(ITEM, "")
    if not code:
        return None
    found = difficulties.difficulty(session.engine, session.view, code)
    if found is None:
        ignored(session, Problem(ITEM, code[:_LONGEST], UNKNOWN))
    return found


def owner(session: Session) -> str:
    """The owner that the link asks for; one that no difficulty has is named and left out."""
    asked = st.query_params.get(OWNER, "")
    if not asked:
        return ""
    whole = difficulty_totals(session.engine, replace(session.view, filters=Filters()))
    if asked in set(whole[whole["part"] == "owner"]["code"]):
        return asked
    ignored(session, Problem(OWNER, asked[:_LONGEST], UNKNOWN))
    return ""


def choose_owner(code: str) -> None:
    """Puts an owner into the link, or takes the one away that is there already."""
    now = st.query_params.to_dict()
    if now.get(OWNER) == code or not code:
        now.pop(OWNER, None)
    else:
        now[OWNER] = code
    now.pop(ROWS, None)
    set_params(now)


def rows(session: Session) -> int:
    """How many difficulties each column of the board may show."""
    asked = st.query_params.get(ROWS, "")
    if not asked or asked in map(str, STEPS):
        return int(asked or STEPS[0])
    ignored(session, Problem(ROWS, asked[:_LONGEST], UNKNOWN))
    return STEPS[0]


def show_more(count: int) -> None:
    """Lets the board show that many of each state."""
    set_params({**st.query_params.to_dict(), ROWS: str(count)})
