"""Who looks at the page: asked at the same door as the server asks, anew at each rerun."""

from __future__ import annotations

import streamlit as st

from xianzhong.access import caller as access
from xianzhong.model.labels import Lang
from xianzhong.signin.callers import Caller
from xianzhong.signin.door import Door, Presence, current_door
from xianzhong.ui.text import plain
from xianzhong.wording import translate

_OWNER = "signed_in_owner"


def admit(lang: Lang) -> None:
    """Ends the run for nobody who may see the page; nothing where sign-in is not configured.

    The server has looked already when the run's message came in. This is for what happened since,
    and for a session of Streamlit's that somebody else takes up again by its id: what stood in it
    is not for them.
    """
    door = current_door()
    if door is None:
        return
    presence = _presence(door)
    if presence is None:
        st.warning(
            translate("Your session has ended. Load the page again to sign in.", lang),
            icon=":material/logout:",
        )
        st.stop()
    if (reason := presence.caller.refused) is not None:
        st.error(plain(reason[lang]), icon=":material/block:")
        st.stop()
    owner = f"{presence.identity.issuer} {presence.identity.subject}"
    if st.session_state.get(_OWNER, owner) != owner:
        st.session_state.clear()
    st.session_state[_OWNER] = owner


def caller() -> Caller | None:
    """Who is asking, as the rule for callers sees them; None where sign-in is not configured.

    Ends the run where nobody is asking any more.
    """
    door = current_door()
    if door is None:
        return None
    presence = _presence(door)
    if presence is None or presence.caller.refused is not None:
        st.stop()
    return presence.caller


def asking() -> access.Caller:
    """Who is asking, with what they were granted: everything where sign-in is not configured.

    Ends the run where nobody is asking any more.
    """
    found = caller()
    if found is None:
        return access.LOCAL
    # Of a rule that knows nobody's grants nobody has any.
    return found if isinstance(found, access.Caller) else access.NOBODY


def as_guest() -> bool:
    """Whether the browser has a link for people without an account, and no session."""
    door = current_door()
    return door is not None and not door.session(_cookies()) and bool(door.ticket(_cookies()))


def signed_in_name() -> str | None:
    """The name of who signed in; None where sign-in is not configured or nobody has."""
    door = current_door()
    presence = _presence(door) if door is not None else None
    return presence.identity.name if presence and not presence.guest else None


def signed_in_as(lang: Lang) -> None:
    """The name of who signed in and the way out; nothing without sign-in."""
    door = current_door()
    presence = _presence(door) if door is not None else None
    if door is None or presence is None or presence.guest:
        return
    out = f"{door.settings.base_path}/sign-out?mark={door.way_out(_cookies())}&lang={lang}"
    with st.container(key="signed_in"):
        st.markdown(
            f":material/account_circle: {plain(presence.identity.name)}　"
            f"[{translate('Sign out', lang)}]({out})"
        )


def _presence(door: Door) -> Presence | None:
    return door.who(_cookies())


def _cookies() -> dict[str, str]:
    return dict(st.context.cookies)
