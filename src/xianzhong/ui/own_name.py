"""The field for the name that a change is recorded with: one's own, where one has signed in."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from xianzhong.signin.identity import LONGEST_NAME
from xianzhong.ui.session import Session
from xianzhong.ui.signed_in import signed_in_name

# A field's own value goes when its page is left; the name is kept for the visit.
_KEPT = "upload_name"


def own_name_field(
    session: Session,
    key: str,
    *,
    label: str = "",
    help: str | None = None,  # noqa: A002 - as Streamlit's fields call it
    width: int | Literal["stretch"] = "stretch",
) -> str:
    """Asks for the name and gives it, empty where none is there yet.

    Who has signed in reads their own name there and cannot write another. Else the field starts
    with the name given before in this visit: the server's own account is nobody's name.

    Args:
        session: the run.
        key: the field's key.
        label: what the field says; left out, "Your name".
        help: further words.
        width: of the field.
    """
    own = signed_in_name()
    if own is not None:
        st.session_state[key] = own
    elif key not in st.session_state:
        st.session_state[key] = st.session_state.get(_KEPT, "")
    st.text_input(
        label or session.say("Your name"), key=key, max_chars=LONGEST_NAME, autocomplete="name",
        help=help, width=width, disabled=own is not None,
    )  # fmt: skip
    return own_name(key)


def own_name(key: str) -> str:
    """The name in a field; of who has signed in always their own, whatever the browser sends."""
    own = signed_in_name()
    return own if own is not None else str(st.session_state.get(key) or "").strip()


def keep_name(name: str) -> None:
    """Keeps a name for the next field of this visit."""
    st.session_state[_KEPT] = name
