"""The list of shared links: what each shows, until when, and its renaming, extending, revoking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

import pandas as pd
import streamlit as st

from xianzhong.access.shared import change_link_as, may_change
from xianzhong.lake.errors import LakeError
from xianzhong.lake.journal import journal_of
from xianzhong.lake.links import (
    KIND,
    LONGEST_DAYS,
    LONGEST_GUEST_DAYS,
    LONGEST_TITLE,
    SharedLink,
)
from xianzhong.lake.openings import openings_of
from xianzhong.model.labels import Label
from xianzhong.query.asof import today
from xianzhong.query.filters import parse_filters
from xianzhong.query.sentence import sentence
from xianzhong.ui.navigation import PAGE_BY_NAME
from xianzhong.ui.own_name import own_name, own_name_field
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.sharing import short_address
from xianzhong.ui.text import in_china, plain

PARAMETER = "link"
STATES: dict[str, Label] = {
    "open": Label("有效", "Open"),
    "expired": Label("已过期", "Expired"),
    "revoked": Label("已收回", "Taken back"),
}
ACTIONS: dict[str, Label] = {
    "made": Label("建立", "Made"),
    "renamed": Label("改名", "Renamed"),
    "extended": Label("改期限", "New last day"),
    "revoked": Label("收回", "Taken back"),
}
_SAID = "link_said"


def view_of(session: Session, link: SharedLink) -> str:
    """The page and the filters that a link shows, in words."""
    filters, _ = parse_filters(dict(link.params), session.names)
    page = PAGE_BY_NAME.get(link.page)
    title = session.label(page.title) if page else link.page
    return f"{title} · {sentence(filters, session.names, session.lang)}"


def _numbers(session: Session, link: SharedLink) -> str:
    if link.snapshot is None:
        return session.say("always the newest")
    return session.say("snapshot {number}", number=link.snapshot)


def _openings(session: Session, link: SharedLink) -> str:
    """How often a link for guests was opened; of who opened it nothing is kept."""
    opened = openings_of(session.engine.lake).opened([link.id])[link.id]
    if not opened.count:
        return session.say("Opens without an account. Nobody has opened it yet.")
    return session.say(
        "Opens without an account. Opened {count} times, last on {moment} (China time).",
        count=f"{opened.count:,}", moment=in_china(opened.last),
    )  # fmt: skip


def _accounts(session: Session, links: Sequence[SharedLink]) -> list[str]:
    opened = openings_of(session.engine.lake).opened([link.id for link in links if link.guests])
    return [
        session.say("no; opened {count} times", count=f"{opened[link.id].count:,}")
        if link.guests
        else session.say("yes")
        for link in links
    ]


def _choose(ids: Sequence[str], key: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    params = dict(st.query_params.to_dict())
    params.pop(PARAMETER, None)
    set_params({**params, PARAMETER: ids[rows[0]]} if rows else params)


def table_of_links(session: Session, links: Sequence[SharedLink], chosen: str) -> None:
    """Every link, newest first; a row opens its details."""
    frame = pd.DataFrame(
        {
            session.say("Title"): [link.title for link in links],
            session.say("Shows"): [view_of(session, link) for link in links],
            session.say("Numbers"): [_numbers(session, link) for link in links],
            session.say("State"): [session.label(STATES[link.state(today())]) for link in links],
            session.say("Open until"): [link.expires.isoformat() for link in links],
            **(
                {session.say("Account needed"): _accounts(session, links)}
                if any(link.guests for link in links)
                else {}
            ),
            session.say("Made by"): [link.who for link in links],
            session.say("Made (China time)"): [in_china(link.made_at) for link in links],
        }
    )
    ids = [link.id for link in links]
    key = f"links_{chosen}_{len(links)}"
    at = [ids.index(chosen)] if chosen in ids else []
    st.caption(session.say("Choose a row to open, rename, extend or take back a link."))
    st.dataframe(
        frame, hide_index=True, alt=session.say("Shared links"), key=key,
        on_select=lambda: _choose(ids, key), selection_mode="single-row",
        selection_default={"selection": {"rows": at}},
        height=min(480, 38 + 35 * max(len(frame), 1)),
    )  # fmt: skip


def one_link(session: Session, link: SharedLink) -> None:
    """A link's address and code, what it shows, and what can be done to it."""
    st.subheader(plain(link.title), anchor=False)
    st.caption(f"{view_of(session, link)} · {_numbers(session, link)}")
    if link.guests:
        st.caption(f":material/public: {plain(_openings(session, link))}")
    said = st.session_state.pop(_SAID, None)
    if isinstance(said, str):
        st.success(plain(said), icon=":material/task_alt:")
    elif said is not None:
        st.error(plain(said[session.lang]))
    state = link.state(today())
    address, changing = st.columns([2, 3], gap="large")
    with address:
        if state == "open":
            short_address(session, link)
        else:
            st.info(session.label(STATES[state]), icon=":material/link_off:")
    with changing:
        if state != "revoked" and may_change(session.caller, link.by):
            _forms(session, link)
        _events(session, link)


def _forms(session: Session, link: SharedLink) -> None:
    own_name_field(session, "link_who")
    st.text_input(session.say("Title"), value=link.title, key=f"link_title_{link.id}",
                  max_chars=LONGEST_TITLE)  # fmt: skip
    most = LONGEST_GUEST_DAYS if link.guests else LONGEST_DAYS
    st.date_input(
        session.say("Open until"), value=max(link.expires, today()), min_value=today(),
        max_value=today() + timedelta(days=most), key=f"link_until_{link.id}",
        format="YYYY-MM-DD",
    )  # fmt: skip
    if link.guests:
        st.caption(
            session.say("Another last day is another address; the old one ends on its own day.")
        )
    with st.container(horizontal=True):
        st.button(session.say("Save title and last day"), key="link_save", type="primary",
                  icon=":material/save:", on_click=_save, args=(session, link))  # fmt: skip
        with st.popover(session.say("Take the link back"), icon=":material/link_off:",
                        key="link_revoke_ask"):  # fmt: skip
            st.markdown(session.say("It opens for nobody any more, and that cannot be undone."))
            st.button(
                session.say("Yes, take it back"), key="link_revoke", type="primary",
                on_click=_revoke, args=(session, link),
            )  # fmt: skip


def _save(session: Session, link: SharedLink) -> None:
    state = st.session_state
    title = str(state[f"link_title_{link.id}"] or "").strip() or link.title
    until = state[f"link_until_{link.id}"]
    if title != link.title:
        link = _done(session, link, "renamed", title=title) or link
    if until != link.expires:
        _done(session, link, "extended", expires=until)


def _revoke(session: Session, link: SharedLink) -> None:
    who = own_name("link_who")
    _done(session, link, "revoked", revoked=who)


def _done(
    session: Session,
    link: SharedLink,
    action: Literal["renamed", "extended", "revoked"],
    **changes: Any,
) -> SharedLink | None:
    who = own_name("link_who")
    if not who:
        st.session_state[_SAID] = Label("请先填写您的姓名。", "Please give your name first.")
        return None
    try:
        changed = change_link_as(session.engine.lake, session.caller, link, action, who, **changes)
    except LakeError as error:
        st.session_state[_SAID] = error.said
        return None
    st.session_state[_SAID] = session.say("Done and recorded.")
    return changed


def _events(session: Session, link: SharedLink) -> None:
    """What was done to the link and by whom."""
    events = journal_of(session.engine.lake).events(KIND, link.id)
    frame = pd.DataFrame(
        {
            session.say("When (China time)"): [in_china(event.at) for event in events],
            session.say("Done by"): [event.who for event in events],
            session.say("What"): [session.label(ACTIONS[event.action]) for event in events],
            session.say("Title"): [str(event.body["title"]) for event in events],
            session.say("Open until"): [str(event.body["expires"]) for event in events],
        }
    )
    st.dataframe(frame, hide_index=True, alt=session.say("What was done to the link"))
