"""What stands around every page: menu, filters, title, sentence, snapshot, messages."""

from __future__ import annotations

import htpy as h
import streamlit as st

from xianzhong.brief.brief import as_of
from xianzhong.lake.errors import LakeError
from xianzhong.query.compare import chosen_way
from xianzhong.query.filters import Filters, Problem
from xianzhong.query.scope import NATION
from xianzhong.query.sentence import ALL_TIME, parts
from xianzhong.ui.asof import closed, compared, pinned
from xianzhong.ui.briefing import briefing_control
from xianzhong.ui.filter_bar import filter_bar
from xianzhong.ui.guest import guest_line, guest_sidebar
from xianzhong.ui.markup import show
from xianzhong.ui.meeting.add import add_control
from xianzhong.ui.navigation import (
    PAGE_BY_NAME,
    PRODUCT,
    bare_menu,
    language_switch,
    menu,
    page_object,
    statements,
)
from xianzhong.ui.session import MISSING, Session, current, current_lang, go, params_for
from xianzhong.ui.sharing import share_control
from xianzhong.ui.signed_in import as_guest, signed_in_as
from xianzhong.ui.text import plain
from xianzhong.wording import translate


def begin(name: str, *, filters: bool = True, title: str | None = None) -> Session:
    """Draws the frame of a page and gives its session.

    Args:
        name: the page's name.
        filters: whether the page answers to the filters.
        title: heading, if it is not the page's own title.

    Raises:
        LakeError: the lake cannot be read.
    """
    try:
        session = current()
    except LakeError:
        with st.sidebar:
            st.markdown(f"### {PRODUCT[current_lang()]}")
            signed_in_as(current_lang())
            if not as_guest():
                bare_menu(name)
        st.title(plain(title or PAGE_BY_NAME[name].title[current_lang()]), anchor=False)
        raise
    if title:
        st.set_page_config(page_title=f"{title} · {PRODUCT[session.lang]}")
    with st.sidebar:
        if session.guest:
            guest_sidebar(session)
        else:
            _sidebar(session, name, filters=filters)
    _demo(session)
    st.title(plain(title or session.label(PAGE_BY_NAME[name].title)), anchor=False)
    _no_such_page(session)
    for problem in session.problems:
        ignored(session, problem)
    if session.guest:
        guest_line(session)
    else:
        _what_view(session, name, title, filters=filters)
    return session


def _sidebar(session: Session, name: str, *, filters: bool) -> None:
    st.markdown(f"### {PRODUCT[session.lang]}")
    signed_in_as(session.lang)
    menu(session, name)
    if filters:
        show(h.hr, h.p[h.strong[session.say("Filters")]])
        filter_bar(session)
    language_switch(session.lang)
    statements(session.lang)


def _what_view(session: Session, name: str, title: str | None, *, filters: bool) -> None:
    """Filters and actions of a view, as of when it is, and what it is compared with."""
    shown = title or session.label(PAGE_BY_NAME[name].title)
    if filters and session.asof.closed:
        closed(session)
    if filters:
        _sentence(session, name, shown)
        pinned(session)
        compared(session, name)
    else:
        _snapshot(session)


def _demo(session: Session) -> None:
    """The standing banner over generated data."""
    if session.demo:
        with st.container(key="demo"):
            st.warning(
                session.say(
                    "Demonstration data: generated at random, with fictional names. Nothing on "
                    "this page is about a real school or university."
                ),
                icon=":material/science:",
            )


def unreadable(error: LakeError) -> None:
    """Says on a page whose data cannot be read why, and what to do; the menu stays."""
    lang = current_lang()
    st.error(
        translate(
            "The data cannot be read just now: {reason}. Nothing is lost by that. Load the page "
            "again in a minute; if it stays so, tell whoever runs this server.",
            lang, reason=plain(error.said[lang]),
        ),
        icon=":material/cloud_off:",
    )  # fmt: skip


def ignored(session: Session, problem: Problem) -> None:
    """Names a part of the link that is not followed, and why."""
    st.warning(
        session.say(
            "The link's {parameter} = {value} was ignored: {reason}.",
            parameter=problem.parameter,
            value=plain(problem.value),
            reason=problem.reason[session.lang],
        ),
        icon=":material/link_off:",
    )


def _no_such_page(session: Session) -> None:
    """Says which page a link asked for that there is none of; the server led here instead."""
    asked = st.query_params.get(MISSING, "")[:80]
    if asked:
        st.warning(
            session.say(
                "There is no page “{page}”. This is the overview; the filters of the link are "
                "kept. The other pages are in the menu.",
                page=plain(asked),
            ),
            icon=":material/link_off:",
        )


def _remove(parameter: str) -> None:
    go(current().filters.without(parameter))


def _clear() -> None:
    go(Filters())


def _sentence(session: Session, page: str, title: str) -> None:
    found = parts(session.filters, session.names, session.lang)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="sentence"):
        if not (session.filters.province or session.filters.school):
            st.markdown(f"**{plain(session.names.everywhere(session.lang))}**", width="content")
        for part in found:
            st.button(
                part.text, key=f"remove_{part.parameter}", on_click=_remove,
                args=(part.parameter,), icon=":material/close:", icon_position="right",
                help=session.say("Remove this filter"),
            )  # fmt: skip
        if session.filters.period is None:
            st.markdown(f"**{ALL_TIME[session.lang]}**", width="content")
        if len(found) > 1:
            st.button(session.say("Clear all"), key="clear_all", on_click=_clear, type="tertiary")
        if session.view.scope != NATION:
            st.page_link(
                page_object("people"), label=session.say("Why do I see only this?"),
                icon=":material/help:", width="content",
                query_params=params_for(Filters(), session.lang),
            )  # fmt: skip
    _actions(session, page, title)


def _actions(session: Session, page: str, title: str) -> None:
    """As of when the view is, and what can be done with it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions"):
        _snapshot(session)
        st.button(
            session.say("Copy link"), key="copy_link", icon=":material/link:", type="tertiary",
            help=session.say("The link opens this view, filters and all."),
        )  # fmt: skip
        share_control(session, page, title)
        add_control(session, page)
        briefing_control(session, page)
        way = chosen_way(session.filters)
        if way and page != "compare":
            st.page_link(
                page_object("compare"), label=session.say("Compare"),
                icon=":material/compare_arrows:", width="content",
                query_params=params_for(session.filters, session.lang, by=way),
            )  # fmt: skip


def _snapshot(session: Session) -> None:
    snapshot = session.view.snapshot
    if snapshot.at is None:
        st.caption(session.say("No data have been loaded yet."), width="content")
    elif session.asof.pin is None:
        st.caption(as_of(session), width="content")


def empty(session: Session, message: str, *, clear: bool = True) -> None:
    """Says why there is nothing to show and what can be done about it."""
    st.info(message, icon=":material/info:")
    if clear and not session.filters.empty:
        st.button(session.say("Clear all filters"), key="clear_empty", on_click=_clear)


def section(title: str, note: str = "") -> None:
    """A heading and a quiet line under it."""
    show(h.h2[title], *([h.p(".xz-note")[note]] if note else []))
