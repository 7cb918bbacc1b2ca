"""As of when a view is: the line of a pinned view, what changed since, and the base line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from xianzhong.brief.figures import shown
from xianzhong.lake.links import SharedLink
from xianzhong.query.asof import BASE, PIN, uploads_between
from xianzhong.query.changes import figures_between
from xianzhong.query.effect import Effect
from xianzhong.ui.navigation import page_object
from xianzhong.ui.session import Session, page_params, params_for, set_params
from xianzhong.ui.sharing import shared_params, values_of
from xianzhong.ui.text import in_china, plain

MOST_NAMED = 4
# What is named first of all that changed.
HEADLINE = (
    "activities", "people_sent", "pairings", "universities", "schools", "active_schools",
    "silent_schools_90", "weak_counties_covered",
)  # fmt: skip


def closed(session: Session) -> None:
    """Ends a page whose pinned link does not open any more: no other numbers in its place."""
    pin = session.asof.pin
    st.error(_why_closed(session, pin), icon=":material/link_off:")
    _to_today(session)
    st.stop()


def _why_closed(session: Session, pin: SharedLink | None) -> str:
    if pin is None:
        return session.say(
            "This pinned link is not known here. Perhaps a part of the address was lost on its "
            "way; ask whoever sent it. No numbers are shown in its place."
        )
    if pin.revoked:
        return session.say(
            "The pinned link “{title}” was taken back by {who} on {moment}. No numbers are shown "
            "in its place.",
            title=plain(pin.title), who=plain(pin.revoked), moment=in_china(pin.changed_at),
        )  # fmt: skip
    return session.say(
        "The pinned link “{title}” expired on {day}. Ask {who} to extend it. No numbers are shown "
        "in its place.",
        title=plain(pin.title), day=pin.expires, who=plain(pin.who),
    )  # fmt: skip


def _to_today(session: Session) -> None:
    # A button: Streamlit's link to the page that one is on leaves the address as it was.
    st.button(
        session.say("Today's state of this view"), key="to_today", icon=":material/update:",
        on_click=set_params, args=(_without(session, PIN),),
    )  # fmt: skip


def _without(session: Session, name: str) -> dict[str, str]:
    params = {**params_for(session.filters, session.lang), **page_params()}
    params.pop(name, None)
    return params


def pinned(session: Session) -> None:
    """The line of a pinned view: as of when, what came since, and the way to today's state."""
    pin = session.asof.pin
    if pin is None:
        return
    snapshot, newest = session.view.snapshot, session.asof.newest
    since = len(uploads_between(session.engine.lake, snapshot, newest))
    with st.container(border=True, key="pinned"):
        st.markdown(
            session.say(
                "**Pinned: {title}** · data as of {moment} (China time), snapshot {number} · "
                "pinned by {who}, open until {day}",
                title=plain(pin.title), moment=in_china(snapshot.at), number=snapshot.number,
                who=plain(pin.who), day=pin.expires,
            )
        )  # fmt: skip
        _drifted(session, pin)
        if not since:
            st.markdown(session.say("No upload since: today's numbers are the same."))
        else:
            view = replace(session.view, snapshot=newest)
            moved = figures_between(session.engine, view, snapshot)
            st.markdown(
                session.say("Uploads since: {count}.", count=since) + " " + in_words(session, moved)
            )
        with st.container(horizontal=True, gap="medium"):
            _to_today(session)
            if since:
                st.page_link(
                    page_object("changes"), label=session.say("All that changed since"),
                    icon=":material/difference:", width="content",
                    query_params={**_without(session, PIN), BASE: pin.id},
                )  # fmt: skip


def _drifted(session: Session, pin: SharedLink) -> None:
    """Says so if the product itself computes other numbers today than when the view was pinned."""
    if not pin.values or dict(pin.params) != shared_params(session):
        return
    now = values_of(session)
    drifted = [name for name, value in pin.values.items() if name in now and now[name] != value]
    if drifted:
        st.warning(
            session.say(
                "Since this view was pinned, the product computes {count} of its figures "
                "differently. What was seen then: {figures}",
                count=len(drifted),
                figures="；".join(
                    f"{name} {shown(pin.values[name])}" for name in drifted[:MOST_NAMED]
                ),
            ),
            icon=":material/warning:",
        )


def in_words(session: Session, moved: Sequence[Effect]) -> str:
    """Figures before and after in a line; how many more there are."""
    if not moved:
        return session.say("None of the figures of this view has changed.")
    headline = {name: place for place, name in enumerate(HEADLINE)}
    ordered = sorted(moved, key=lambda e: headline.get(e.indicator.id, len(headline)))
    named = [
        f"{e.indicator.label[session.lang]} {shown(e.before)} → **{shown(e.after)}**"
        for e in ordered[:MOST_NAMED]
    ]
    more = len(moved) - len(named)
    words = " · ".join(named)
    if more > 0:
        words += " · " + session.say("and {count} more", count=more)
    return session.say("Changed in this view: {words}", words=words)


def compared(session: Session, page: str) -> None:
    """The line of a view with a base line: what differs since, and the way out."""
    base = session.asof.base
    if base is None or page == "changes":
        return
    moved = figures_between(session.engine, session.view, base)
    with st.container(border=True, key="compared"):
        st.markdown(
            session.say("**Compared with {when}**", when=named_base(session))
            + " · "
            + in_words(session, moved)
        )
        with st.container(horizontal=True, gap="medium"):
            st.page_link(
                page_object("changes"), label=session.say("What is new, gone and changed"),
                icon=":material/difference:", width="content",
                query_params=params_for(session.filters, session.lang),
            )  # fmt: skip
            st.button(
                session.say("End the comparison"), key="end_base", icon=":material/close:",
                type="tertiary", on_click=set_params, args=(_without(session, BASE),),
            )  # fmt: skip


def named_base(session: Session) -> str:
    """The base line in words: its link's title or its day, its moment and number."""
    base, link = session.asof.base, session.asof.base_link
    if base is None:
        return ""
    state = session.say(
        "{moment} (snapshot {number})", moment=in_china(base.at), number=base.number
    )
    if link:
        return f"{plain(link.title)} · {state}"
    return session.say("the end of {day}: {state}", day=st.query_params.get(BASE, ""), state=state)


def set_base(value: str) -> None:
    """Puts a base line into the link, or takes it out."""
    params = dict(st.query_params.to_dict())
    params.pop(BASE, None)
    set_params({**params, BASE: value} if value else params)


def live(session: Session) -> bool:
    """Whether the view is today's: what is written now belongs to it. Says so if it is not."""
    if session.asof.pin is None:
        return True
    if session.guest:
        return False
    st.info(
        session.say(
            "This is a pinned state. To change something, go to today's state of this view."
        ),
        icon=":material/push_pin:",
    )
    return False
