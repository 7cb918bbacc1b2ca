"""The people that an administrator has to do with: invited, granted, revoked, disabled.

Every press is a callback and one event of the journal; the core decides whether it may be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from xianzhong.access import change
from xianzhong.access.people import LONGEST_NAME, Person
from xianzhong.access.places import grant_label, places_of
from xianzhong.access.record import ACTION_WORDS, history
from xianzhong.access.roles import ROLE_LABELS, Grant, Role
from xianzhong.lake.errors import LakeError
from xianzhong.model.labels import LISTED
from xianzhong.query.asof import today
from xianzhong.ui.people.own import role_names
from xianzhong.ui.records import record_table
from xianzhong.ui.session import Session, set_params
from xianzhong.ui.text import in_china, plain

PARAMETER = "person"
_SAID = "people_said"


def said(session: Session) -> None:
    """What became of the last press."""
    kept = st.session_state.pop(_SAID, None)
    if isinstance(kept, LakeError):
        st.error(plain(kept.said[session.lang]), icon=":material/error:")
    elif kept:
        st.success(plain(str(kept)), icon=":material/task_alt:")


def table_of_people(session: Session, people: Sequence[Person], chosen: str) -> None:
    """Everybody, one row each; a row opens what may be changed."""
    if not people:
        st.caption(session.say("Nobody has been invited yet."))
        return
    places = places_of(session.engine.lake)
    lang = session.lang
    frame = pd.DataFrame(
        {
            session.say("Name"): [person.name for person in people],
            session.say("May"): [
                LISTED[lang].join(grant_label(places, grant)[lang] for grant in person.grants)
                for person in people
            ],
            session.say("State"): [_state(session, person) for person in people],
            session.say("Accounts"): [" ".join(person.handles) for person in people],
            session.say("Last changed (China time)"): [in_china(p.changed_at) for p in people],
        }
    )
    ids = [person.id for person in people]
    # Rows are chosen by position: another list is another table.
    key = f"people_{chosen}_{len(ids)}"
    at = [ids.index(chosen)] if chosen in ids else []
    st.caption(session.say("Choose a row to change what somebody may do."))
    st.dataframe(
        frame, hide_index=True, alt=session.say("People"), key=key,
        on_select=lambda: _choose(ids, key), selection_mode="single-row",
        selection_default={"selection": {"rows": at}},
        height=min(420, 38 + 35 * max(len(frame), 1)),
    )  # fmt: skip


def _choose(ids: Sequence[str], key: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    params = dict(st.query_params.to_dict())
    params.pop(PARAMETER, None)
    set_params({**params, PARAMETER: ids[rows[0]]} if rows else params)


def _state(session: Session, person: Person) -> str:
    if person.disabled:
        return session.say("disabled")
    return session.say("has signed in") if person.identity else session.say("invited")


def one_person(session: Session, person: Person) -> None:
    """What one person may do, and what can be changed about that."""
    st.subheader(plain(person.name), anchor=False)
    st.caption(f"{_state(session, person)} · {plain(' '.join(person.handles))}")
    places = places_of(session.engine.lake)
    for number, grant in enumerate(person.grants):
        with st.container(horizontal=True, vertical_alignment="center", key=f"grant_{number}"):
            st.markdown(plain(grant_label(places, grant)[session.lang]), width="content")
            st.button(
                session.say("Take away"), key=f"revoke_{person.id}_{number}", type="tertiary",
                icon=":material/remove_circle:", on_click=_revoke, args=(session, person, grant),
            )  # fmt: skip
    if not person.grants:
        st.caption(session.say("Nothing has been granted yet."))
    with st.expander(session.say("Grant something"), icon=":material/add:", key="grant_more"):
        _grant_fields(session, person.id)
        st.button(
            session.say("Grant"), key=f"grant_{person.id}", type="primary",
            on_click=_grant, args=(session, person),
        )  # fmt: skip
    _standing(session, person)
    _changes(session, person.id)


def _standing(session: Session, person: Person) -> None:
    with st.container(horizontal=True, gap="small", key="standing"):
        if person.disabled:
            st.button(session.say("Let in again"), key=f"enable_{person.id}",
                      icon=":material/lock_open:", on_click=_do,
                      args=(session, change.enable, person.id))  # fmt: skip
        else:
            with st.popover(session.say("Disable"), icon=":material/block:", key="disable_ask"):
                st.markdown(session.say("They are out at once, wherever they are signed in."))
                st.button(session.say("Yes, disable"), key=f"disable_{person.id}", type="primary",
                          on_click=_do, args=(session, change.disable, person.id))  # fmt: skip
        if person.identity:
            st.button(
                session.say("Release the account"), key=f"release_{person.id}",
                icon=":material/link_off:", on_click=_do,
                args=(session, change.release, person.id),
                help=session.say("The next sign-in with one of the accounts binds anew."),
            )  # fmt: skip


def invite(session: Session) -> None:
    """The form for somebody new."""
    with st.expander(session.say("Invite somebody"), icon=":material/person_add:", key="invite"):
        st.markdown(role_names(session))
        st.text_input(session.say("Name"), key="invite_name", max_chars=LONGEST_NAME)
        st.text_input(
            session.say("Accounts: verified e-mail addresses or account names"),
            key="invite_handles", max_chars=300,
            help=session.say("Several with spaces between. The first sign-in with one of them "
                             "binds the account."),
        )  # fmt: skip
        _grant_fields(session, "new")
        st.button(session.say("Invite"), key="invite_press", type="primary",
                  icon=":material/send:", on_click=_invite, args=(session,))  # fmt: skip


def _grant_fields(session: Session, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            session.say("Role"), list(Role), key=f"role_{key}",
            format_func=lambda role: ROLE_LABELS[role][session.lang],
        )  # fmt: skip
        st.text_input(
            session.say("Where"), key=f"where_{key}", max_chars=100,
            placeholder=session.say("a place, school:CODE, university:CODE, or nation"),
        )  # fmt: skip
        st.date_input(session.say("Until (no end if empty)"), value=None, key=f"until_{key}",
                      min_value=today(), format="YYYY-MM-DD")  # fmt: skip


def _granted(session: Session, key: str) -> Grant:
    state = st.session_state
    until = state.get(f"until_{key}")
    scope = places_of(session.engine.lake).find(str(state.get(f"where_{key}") or ""))
    return Grant(state[f"role_{key}"], scope, until if isinstance(until, date) else None)


def _grant(session: Session, person: Person) -> None:
    def granted() -> Person:
        given = _granted(session, person.id)
        return change.grant(session.engine.lake, session.caller, person.id, given)

    _keep(session, granted)


def _revoke(session: Session, person: Person, grant: Grant) -> None:
    _do(session, change.revoke, person.id, grant.role, grant.scope)


def _invite(session: Session) -> None:
    state = st.session_state
    handles = str(state.get("invite_handles") or "").replace(",", " ").replace("，", " ").split()

    def invited() -> Person:
        given = _granted(session, "new")
        name = str(state.get("invite_name") or "")
        return change.invite(session.engine.lake, session.caller, name, handles, [given])

    if person := _keep(session, invited):
        state["invite_name"] = state["invite_handles"] = state["where_new"] = ""
        set_params({**st.query_params.to_dict(), PARAMETER: person.id})


def _do(session: Session, what: Callable[..., Person], *values: Any) -> None:
    _keep(session, lambda: what(session.engine.lake, session.caller, *values))


def _keep(session: Session, work: Callable[[], Person]) -> Person | None:
    """Does it, and keeps what to say of it for the run that follows."""
    try:
        person = work()
    except LakeError as error:
        st.session_state[_SAID] = error
        return None
    st.session_state[_SAID] = session.say("Done and recorded.")
    return person


def _changes(session: Session, person: str) -> None:
    """What was changed about a person, newest first."""
    shown = st.expander(session.say("Every change"), icon=":material/history:", on_change="rerun",
                        key=f"people_changes_{person}")  # fmt: skip
    if not shown.open:
        return
    found = history(session.engine.lake, person)
    places, lang = places_of(session.engine.lake), session.lang
    frame = pd.DataFrame(
        {
            session.say("When (China time)"): [in_china(one.at) for one in found],
            session.say("Done by"): [one.who or session.say("this machine") for one in found],
            session.say("What"): [ACTION_WORDS[one.action][lang] for one in found],
            session.say("Grants"): [
                LISTED[lang].join(
                    grant_label(places, grant)[lang] for grant in (*one.added, *one.removed)
                )
                for one in found
            ],
        }
    )
    with shown:
        record_table(frame, alt=session.say("Every change"))
