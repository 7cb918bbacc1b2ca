"""Closing terms and opening them again, for administrators of a province."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.access.caller import Caller
from xianzhong.access.terms import (
    ACTION_WORDS,
    TermChange,
    administered,
    close,
    closed_terms,
    reopen,
    term_history,
)
from xianzhong.lake.errors import LakeError
from xianzhong.model.terms import Term
from xianzhong.query.asof import today
from xianzhong.ui import pressing
from xianzhong.ui.own_name import keep_name, own_name_field
from xianzhong.ui.session import Session
from xianzhong.ui.text import in_china, plain

TERMS_OFFERED = 12
_SAID, _WHO = "terms_said", "terms_who"


def terms(session: Session) -> None:
    """The forms, what is closed, and what was ever done."""
    lake, mine = session.engine.lake, administered(session.caller)
    kept = st.session_state.pop(_SAID, {})
    if words := kept.get("words"):
        st.success(words, icon=":material/task_alt:")
    closed = [one for one in closed_terms(lake) if one.province in mine]
    if not session.caller.person:
        keep_name(own_name_field(session, _WHO))
    _close(session, mine, closed)
    _reopen(session, closed)
    done = [one for one in term_history(lake) if one.province in mine]
    if done:
        title = session.say("What was closed and opened again")
        with st.expander(title, key="terms_done", icon=":material/history:"):
            st.dataframe(_table(session, done), hide_index=True, alt=title)


def _close(session: Session, mine: tuple[str, ...], closed: list[TermChange]) -> None:
    shut = {(one.province, one.term) for one in closed}
    left, middle = st.columns(2, gap="small")
    province = left.selectbox(
        session.say("Province"), mine, key="term_province", index=0 if len(mine) == 1 else None,
        format_func=lambda code: _name(session, code), placeholder=session.say("Choose a province"),
    )  # fmt: skip
    open_terms = [term for term in _over() if (province, term) not in shut]
    term = middle.selectbox(
        session.say("Term"), open_terms, key="term_term", index=None,
        format_func=lambda one: one.label(session.lang), placeholder=session.say("Choose a term"),
    )  # fmt: skip
    if not province or term is None:
        return
    key = f"term_close_{province}_{term.code}"
    if not pressing.button(
        session.say("Close the term"), key=key, type="primary", icon=":material/lock:"
    ):
        return
    with pressing.carried_out(key):
        done = _tried(session, close, province, term)
    if done:
        st.rerun()


def _reopen(session: Session, closed: list[TermChange]) -> None:
    if not closed:
        st.caption(session.say("No term is closed."))
        return
    title = session.say("Closed terms")
    st.markdown(f"**{title}**")
    st.dataframe(_table(session, closed), hide_index=True, alt=title)
    chosen = st.selectbox(
        session.say("Open a term again"), closed, key="term_closed", index=None,
        format_func=lambda one: f"{_name(session, one.province)} {one.term.label(session.lang)}",
        placeholder=session.say("Choose a term"),
    )  # fmt: skip
    if chosen is None:
        return
    key = f"term_reopen_{chosen.province}_{chosen.term.code}_{chosen.number}"
    if not pressing.button(session.say("Open it again"), key=key, icon=":material/lock_open:"):
        return
    with pressing.carried_out(key):
        done = _tried(session, reopen, chosen.province, chosen.term)
    if done:
        st.rerun()


def _tried(session: Session, act: Any, province: str, term: Term) -> bool:
    """Closes or opens, and keeps the words for the next run; says where it is refused."""
    kept: dict[str, str] = st.session_state.setdefault(_SAID, {})
    caller = _acting(session)
    if not caller.name:
        st.warning(session.say("Please give your name first."), icon=":material/person_alert:")
        return False
    try:
        done: TermChange = act(session.engine.lake, caller, province, term)
        kept["words"] = session.say(
            "{province}, {term}: {done}.", province=_name(session, province),
            term=term.label(session.lang), done=session.label(ACTION_WORDS[done.action]),
        )  # fmt: skip
        pressing.done()
    except LakeError as error:
        reason = plain(error.said[session.lang])
        st.error(session.say("Nothing was written: {reason}", reason=reason))
        return False
    return True


def _acting(session: Session) -> Caller:
    """The reader; who sits at the machine itself under the name that they gave."""
    if session.caller.person:
        return session.caller
    return replace(session.caller, name=str(st.session_state.get(_WHO) or "").strip())


def _over() -> list[Term]:
    """The newest terms that are over, newest first."""
    found = [Term.of(today()).previous]
    while len(found) < TERMS_OFFERED:
        found.append(found[-1].previous)
    return found


def _name(session: Session, province: str) -> str:
    found = session.engine.divisions.get(province)
    return found.label(session.lang) if found else province


def _table(session: Session, found: list[TermChange]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            session.say("Province"): [_name(session, one.province) for one in found],
            session.say("Term"): [one.term.label(session.lang) for one in found],
            session.say("What"): [session.label(ACTION_WORDS[one.action]) for one in found],
            session.say("Who"): [one.who for one in found],
            session.say("When (China time)"): [in_china(one.at) for one in found],
        }
    )
