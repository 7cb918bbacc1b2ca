"""Sharing a view: a short address, live or pinned, with a code for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from xianzhong.access.guests import PAGES as GUEST_PAGES
from xianzhong.access.guests import may_be_for_guests
from xianzhong.access.shared import made_in, may_change
from xianzhong.lake.errors import LakeError
from xianzhong.lake.links import (
    DEFAULT_DAYS,
    LONGEST_GUEST_DAYS,
    LONGEST_TITLE,
    SharedLink,
    share,
)
from xianzhong.query.asof import BASE, PIN, today
from xianzhong.query.figures import figures
from xianzhong.signin.door import current_door
from xianzhong.ui.navigation import PAGE_BY_NAME, page_object
from xianzhong.ui.own_name import keep_name, own_name, own_name_field
from xianzhong.ui.session import Session, page_params, params_for
from xianzhong.ui.text import plain

_MADE = "share_made"


def values_of(session: Session) -> dict[str, float | None]:
    """The figures of the view, by the indicator's id."""
    return {f.indicator.id: f.value for f in figures(session.engine, session.view)}


def shared_params(session: Session) -> dict[str, str]:
    """What a shared link keeps of the present address: all but the pin itself."""
    params = {**params_for(session.filters, session.lang), **page_params()}
    return {name: value for name, value in params.items() if name not in (PIN, BASE)}


def address(link_id: str) -> str:
    """The full short address, as this browser reaches the server."""
    return f"{root()}/s/{link_id}"


def guest_address(link: SharedLink) -> str:
    """The address at which a link opens without an account; empty where there is none."""
    door = current_door()
    if door is None or not may_be_for_guests(link):
        return ""
    return f"{root()}/g/{door.tickets.address(link.id, link.expires)}"


def address_of(page: str, params: Mapping[str, str]) -> str:
    """The full address of a page, as this browser reaches the server."""
    return f"{root()}/{page}?{urlencode(params, safe=',')}"


def root() -> str:
    """The address of the product, without a slash at its end; empty where it is not known."""
    here = urlsplit(str(st.context.url or ""))
    if not here.netloc:
        return ""
    # Everything before the page's own part of the path is a proxy's prefix.
    prefix = here.path.rstrip("/")
    last = prefix.rpartition("/")[2]
    if last in PAGE_BY_NAME:
        prefix = prefix[: -len(last) - 1]
    return f"{here.scheme}://{here.netloc}{prefix}"


def share_control(session: Session, page: str, title: str) -> None:
    """The button that opens the form.

    Args:
        session: the run.
        page: name of the page.
        title: its heading, offered as the link's title.
    """
    control = st.popover(
        session.say("Share"), icon=":material/share:", type="tertiary", key="share",
        on_change="rerun",
        help=session.say("A short link, live or with today's numbers for ever."),
    )  # fmt: skip
    if control.open:
        with control:
            _form(session, page, title)


def _form(session: Session, page: str, title: str) -> None:
    _made(session)
    number = session.view.snapshot.number
    kinds = {
        "pinned": session.say("These numbers for ever (snapshot {number})", number=number),
        "live": session.say("Always the newest numbers"),
    }
    if session.asof.pin is not None:
        del kinds["live"]
    st.radio(
        session.say("What the link shows"), list(kinds), key="share_kind",
        format_func=lambda kind: kinds[kind],
    )  # fmt: skip
    guests = _for_guests(session, page)
    st.text_input(
        session.say("Title"), key="share_title", max_chars=LONGEST_TITLE,
        placeholder=f"{title} · {session.sentence}"[:LONGEST_TITLE],
    )  # fmt: skip
    own_name_field(session, "share_who")
    lives = {
        7: session.say("7 days"), 30: session.say("30 days"), 90: session.say("90 days"),
        DEFAULT_DAYS: session.say("one year"), 3 * 365: session.say("three years"),
    }  # fmt: skip
    if guests:
        lives = {days: words for days, words in lives.items() if days <= LONGEST_GUEST_DAYS}
    # Of its own for each choice: a value that is no option any more would be an error.
    usual = list(lives).index(30 if guests else DEFAULT_DAYS)
    st.selectbox(
        session.say("Open for"), list(lives), index=usual,
        key=_days_key(guests=guests), format_func=lambda days: lives[days],
    )  # fmt: skip
    st.button(
        session.say("Make the link"), key="share_make", type="primary", icon=":material/add_link:",
        on_click=_make, args=(session, page, f"{title} · {session.sentence}", guests),
    )  # fmt: skip
    st.page_link(
        page_object("links"), label=session.say("All shared links"), icon=":material/list:",
        query_params=params_for(session.filters, session.lang),
    )  # fmt: skip


def _days_key(*, guests: bool) -> str:
    return "share_guest_days" if guests else "share_days"


def _for_guests(session: Session, page: str) -> bool:
    """Asks whether the link opens without an account, where there are accounts and it can."""
    door = current_door()
    if door is None or page not in GUEST_PAGES or not session.caller.person:
        return False
    if not door.settings.lasting:
        why = session.say("Not possible until the server's cookie_secret is configured.")
    elif st.session_state.get("share_kind") == "live":
        why = session.say("Only with numbers that stay as they are.")
    else:
        why = ""
    asked = st.checkbox(
        session.say("For people without an account"), key="share_guests", disabled=bool(why),
        help=why or session.say(
            "Whoever has the address sees this one page without signing in, for 90 days at most. "
            "Every opening is counted, and you can take the link back at any time."
        ),
    )  # fmt: skip
    if asked and not why:
        st.warning(
            session.say("Whoever gets this address sees the page. Send it to no group."),
            icon=":material/public:",
        )
    return asked and not why


def _make(session: Session, page: str, title: str, guests: bool) -> None:
    """Keeps the link. A callback, so that a press is one link whatever the page does next."""
    state = st.session_state
    who = own_name("share_who")
    state[_MADE] = None
    if not who:
        state[_MADE] = "name"
        return
    keep_name(who)
    pinned = state.get("share_kind") != "live"
    guests = guests and pinned
    days = state[_days_key(guests=guests)]
    wanted = SharedLink(
        id="", title=str(state.get("share_title") or "").strip() or title, who=who, page=page,
        params=shared_params(session),
        snapshot=session.view.snapshot.number if pinned else None,
        expires=today() + timedelta(days=days),
        values=values_of(session) if pinned else None,
        by=session.caller.person, scope=made_in(session.caller), guests=guests,
    )  # fmt: skip
    try:
        state[_MADE] = share(session.engine.lake, wanted)
    except LakeError as error:
        state[_MADE] = error.said[session.lang]


def _made(session: Session) -> None:
    made = st.session_state.get(_MADE)
    if made == "name":
        st.warning(session.say("Please give your name first."), icon=":material/person_alert:")
    elif isinstance(made, str):
        st.error(plain(made))
    elif isinstance(made, SharedLink):
        st.success(session.say("The link is made."), icon=":material/task_alt:")
        short_address(session, made)


def short_address(session: Session, link: SharedLink) -> None:
    """The address to copy, and its code for a telephone's camera."""
    # The address itself lets people in: only who may take it back can read it again.
    url = guest_address(link) if may_change(session.caller, link.by) else ""
    if url:
        st.caption(session.say("Opens without an account."))
    url = url or address(link.id)
    st.code(url, language=None, wrap_lines=True)
    st.image(
        qr(url), width=180,
        alt=session.say("Code for a telephone's camera: {url}", url=url),
    )  # fmt: skip


def qr(url: str) -> str:
    """A code that a camera reads, as an SVG picture."""
    # A white border of four modules is the standard's own, also on a dark page.
    svg: str = segno.make(url, error="m", micro=False).svg_inline(
        border=4, light="#ffffff", dark="#1f2933", scale=4
    )
    return svg
