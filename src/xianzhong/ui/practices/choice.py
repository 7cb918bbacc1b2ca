"""What the page's own parameters choose: words, theme, spread, a page of hits, a practice."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from xianzhong.model.labels import Label
from xianzhong.model.tables.practices import SPREADS
from xianzhong.query import practices
from xianzhong.query.filters import UNKNOWN, Filters, Problem
from xianzhong.query.practices import NOT_SAID, Search
from xianzhong.ui.frame import ignored
from xianzhong.ui.search import LONGEST, PARAMETER
from xianzhong.ui.session import Session, params_for, set_params

ITEM, THEME, SPREAD, PAGE = "item", "theme", "spread", "page"
PAGE_LENGTH = 10
SPREAD_LABELS: dict[str, Label] = {spread.code: spread.label for spread in SPREADS}
_NO_NUMBER = Label("请写页码", "a number of a page is wanted")
_SHOWN = 80


def search(session: Session) -> Search:
    """The search that the link asks for; a theme or spread that does not exist is named."""
    theme, spread = (st.query_params.get(name, "") for name in (THEME, SPREAD))
    if spread and spread not in (*SPREAD_LABELS, NOT_SAID):
        ignored(session, Problem(SPREAD, spread[:_SHOWN], UNKNOWN))
        spread = ""
    if theme and theme not in _themes(session):
        ignored(session, Problem(THEME, theme[:_SHOWN], UNKNOWN))
        theme = ""
    return Search.of(st.query_params.get(PARAMETER, "")[:LONGEST], theme, spread)


def _themes(session: Session) -> set[str]:
    whole = replace(session.view, filters=Filters())
    found = practices.facets(session.engine, whole, Search())
    return set(found[found["part"] == "theme"]["code"])


def page_number(session: Session, hits: int) -> int:
    """The page of hits that the link asks for, from 1; beyond the last one it is the last."""
    asked = st.query_params.get(PAGE, "1")
    if not (asked.isascii() and asked.isdigit() and int(asked[:9]) > 0):
        ignored(session, Problem(PAGE, asked[:_SHOWN], _NO_NUMBER))
        asked = "1"
    return min(int(asked[:9]), max(1, -(-hits // PAGE_LENGTH)))


def choose(name: str, value: str) -> None:
    """Puts a parameter of the page into the link, or takes it out, and begins at the first hit."""
    params = {**st.query_params.to_dict(), name: value}
    if name != PAGE:
        params.pop(PAGE, None)
    if not value or (name == PAGE and value == "1"):
        params.pop(name)
    set_params(params)


def params(session: Session, **further: str) -> dict[str, str]:
    """A link of this page with the filters and the search kept."""
    kept = {name: st.query_params.get(name, "") for name in (PARAMETER, THEME, SPREAD)}
    return params_for(session.filters, session.lang, **(kept | further))


def theme_name(session: Session, code: str) -> str:
    """A theme as it is shown."""
    return session.say("no theme") if code == NOT_SAID else code


def spread_name(session: Session, code: object) -> str:
    """A level of spread as it is shown."""
    label = SPREAD_LABELS.get(str(code))
    return label[session.lang] if label else session.say("spread not said")
