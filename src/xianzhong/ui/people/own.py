"""What the reader may do, and why somebody may or may not do something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from xianzhong.access.caller import Caller
from xianzhong.access.people import Person
from xianzhong.access.places import grant_label, places_of
from xianzhong.access.roles import ACTION_LABELS, RIGHTS, ROLE_LABELS, Action, Grant, Role
from xianzhong.access.why import Record, Thing, why
from xianzhong.lake.errors import LakeError
from xianzhong.model.labels import COLON, LISTED
from xianzhong.model.tables import TABLES
from xianzhong.query.asof import today
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain


def own(session: Session) -> None:
    """The reader's own grants in words."""
    caller = session.caller
    if caller.standing == "local":
        st.info(
            session.say(
                "No sign-in is configured: whoever is at this machine may see and do everything. "
                "People who are invited here can come in once sign-in is configured."
            ),
            icon=":material/info:",
        )
        return
    if not caller.grants:
        st.info(session.say("Nothing has been granted to you yet. Ask an administrator."),
                icon=":material/lock:")  # fmt: skip
        return
    st.markdown("\n".join(f"- {line}" for line in granted(session, caller.grants)))


def granted(session: Session, grants: Sequence[Grant]) -> list[str]:
    """Grants in words, each with what its role allows; of an ended one that it has ended."""
    places = places_of(session.engine.lake)
    lines = []
    for grant in grants:
        rights = _rights(session, grant.role)
        ended = "" if grant.holds(today()) else f" · **{session.say('ended')}**"
        lines.append(f"**{plain(grant_label(places, grant)[session.lang])}** · {rights}{ended}")
    return lines


def explained(session: Session, others: Sequence[Person]) -> None:
    """Says why the reader, or somebody whom they administer, may or may not do something."""
    me = session.say("Me")
    by_id = {person.id: person for person in others}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="why"):
        whom = ""
        if by_id:
            whom = st.selectbox(
                session.say("Person"), ["", *by_id], key="why_who",
                format_func=lambda key: by_id[key].name if key else me,
            )  # fmt: skip
        action: Any = st.selectbox(
            session.say("wants to"), list(Action), key="why_action",
            format_func=lambda one: ACTION_LABELS[one][session.lang],
        )  # fmt: skip
        text = st.text_input(
            session.say("With what"), key="why_what", max_chars=200,
            placeholder=session.say("a place, school:CODE, university:CODE, or table/record"),
        )  # fmt: skip
    if not text.strip():
        return
    caller = by_id[whom].caller if whom else session.caller
    _answer(session, caller, Action(action), text)


def _answer(session: Session, caller: Caller, action: Action, text: str) -> None:
    lake = session.engine.lake
    try:
        answer = why(lake, caller, action, _thing(session, text))
    except LakeError as error:
        st.warning(plain(error.said[session.lang]), icon=":material/help:")
        return
    say = st.success if answer.allowed else st.warning
    say(plain(answer.words[session.lang]),
        icon=":material/check:" if answer.allowed else ":material/block:")  # fmt: skip


def _thing(session: Session, text: str) -> Thing:
    named, slash, key = text.strip().partition("/")
    for name, table in TABLES.items():
        if slash and named.strip() in (name, table.label.zh, table.label.en):
            return Record(name, key.strip())
    return places_of(session.engine.lake).find(text)


def role_names(session: Session) -> str:
    """The roles and what each allows, one line each."""
    lang = session.lang
    return "\n".join(
        f"- **{label[lang]}**{COLON[lang]}{_rights(session, role)}"
        for role, label in ROLE_LABELS.items()
    )


def _rights(session: Session, role: Role) -> str:
    lang = session.lang
    return LISTED[lang].join(ACTION_LABELS[one][lang] for one in Action if one in RIGHTS[role])
