"""The search: its box, the counts to choose by, and the hits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from xianzhong.brief.practices import NUMBERS, standing
from xianzhong.brief.readable import partial_date, readable_practices
from xianzhong.model.tables import PRACTICES
from xianzhong.query import practices
from xianzhong.query.figures import figures as engine_figures
from xianzhong.query.gate import View
from xianzhong.query.practices import Row, Search
from xianzhong.ui.cards import cards
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.links import link, opener
from xianzhong.ui.practices.choice import (
    ITEM,
    PAGE,
    PAGE_LENGTH,
    SPREAD,
    SPREAD_LABELS,
    THEME,
    choose,
    page_number,
    params,
    spread_name,
    theme_name,
)
from xianzhong.ui.practices.snippet import marked, snippet
from xianzhong.ui.records import downloads
from xianzhong.ui.session import Session, params_for
from xianzhong.ui.text import plain

MOST_THEMES = 12


def total(session: Session, view: View) -> int:
    """How many practices a view has, whatever is searched for."""
    return int(engine_figures(session.engine, view, NUMBERS[:1])[0].value or 0)


def figures(session: Session) -> None:
    """The cards, of all practices of the view whatever is searched for."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
    if said := standing(session):
        st.caption(said)


def facets(session: Session, search: Search) -> int:
    """Spread and theme with their counts, to click; gives the number of hits."""
    frame = practices.facets(session.engine, session.view, search)
    spreads, themes = (_counts(frame, part) for part in ("spread", "theme"))
    order = [code for code in (*SPREAD_LABELS, practices.NOT_SAID) if spreads.get(code)]
    shown = [code for code in themes if themes[code]][:MOST_THEMES]
    _pills(session, SPREAD, session.say("Spread"), order, search.spread, spreads,
               partial(spread_name, session))  # fmt: skip
    _pills(session, THEME, session.say("Theme"), shown, search.theme, themes,
               partial(theme_name, session))  # fmt: skip
    rest = sum(1 for count in themes.values() if count) - len(shown)
    if rest > 0:
        st.caption(session.say("{count} more themes: search for their words.", count=rest))
    return _counts(frame, "all").get("", 0)


def _counts(frame: pd.DataFrame, part: str) -> dict[str, int]:
    some = frame[frame["part"] == part]
    return dict(zip(some["code"], some["practices"].astype(int), strict=True))


def _pills(
    session: Session, name: str, title: str, codes: list[str], chosen: str,
    counts: dict[str, int], named: Callable[[str], str],
) -> None:  # fmt: skip
    key = f"practices_{name}"
    options = codes if not chosen or chosen in codes else [*codes, chosen]
    st.session_state[key] = chosen or None

    def changed() -> None:
        choose(name, str(st.session_state.get(key) or ""))

    st.pills(
        title, options, key=key, on_change=changed,
        format_func=lambda code: f"{plain(named(code))} {counts.get(code, 0):,}",
    )  # fmt: skip


def hits(session: Session, search: Search, count: int) -> None:
    """A page of hits, each with its place, its date and a passage."""
    number = page_number(session, count)
    frame = practices.found(
        session.engine, session.view, search, limit=PAGE_LENGTH, offset=(number - 1) * PAGE_LENGTH
    )
    if search.words:
        order = session.say("those with the words in the title first, then in the theme")
    else:
        order = session.say("newest first")
    st.caption(session.say("{count} found, {order}.", count=f"{count:,}", order=order))
    rows = frame.to_dict("records")
    with st.container(key="hits", gap="small"):
        for row in rows:
            _hit(session, row, search)
    _pages(session, number, count)


def _hit(session: Session, row: Row, search: Search) -> None:
    with st.container(border=True, gap="xxsmall"):
        code = str(row["practice_code"])
        opener(marked(str(row["title"]), search.words), f"open_{code}",
               params(session, **{ITEM: code}))  # fmt: skip
        text = row["text"] if isinstance(row["text"], str) else ""
        lines = [meta(session, row, search), snippet(text, search.words)]
        st.markdown("\n\n".join(line for line in lines if line))


def meta(session: Session, row: Row, search: Search | None = None) -> str:
    """Spread, theme, school and date on one line."""
    words = search.words if search else ()
    theme = marked(row["theme"], words) if isinstance(row["theme"], str) else ""
    school = link(
        plain(str(row["school"])), "school",
        params_for(session.filters, session.lang) | {"school": str(row["school_code"])},
    )  # fmt: skip
    parts = [
        f":{_colour(row['spread'])}-badge[{plain(spread_name(session, row['spread']))}]",
        theme,
        school,
        partial_date(row["published"], row["published_precision"]),
    ]
    return " · ".join(part for part in parts if part)


def _colour(spread: object) -> str:
    return {"nation": "green", "province": "blue"}.get(str(spread), "gray")


def _pages(session: Session, number: int, count: int) -> None:
    last = -(-count // PAGE_LENGTH)
    if last <= 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            session.say("Earlier page"), key="page_back", on_click=choose,
            args=(PAGE, str(number - 1)), disabled=number <= 1, icon=":material/chevron_left:",
        )  # fmt: skip
        st.markdown(session.say("Page {number} of {last}", number=number, last=f"{last:,}"),
                    width="content")  # fmt: skip
        st.button(
            session.say("Later page"), key="page_on", on_click=choose,
            args=(PAGE, str(number + 1)), disabled=number >= last, icon=":material/chevron_right:",
            icon_position="right",
        )  # fmt: skip


def files(session: Session, search: Search) -> None:
    """The hits as files that load again."""
    downloads(
        session, "practices", session.label(PRACTICES.label),
        lambda: readable_practices(
            practices.records(session.engine, session.view, search), session.names, session.lang
        ),
    )  # fmt: skip
