"""From slide to slide: the number in the address, and the place that a remote control shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from xianzhong.model.labels import Lang
from xianzhong.ui.meeting.position import positions
from xianzhong.ui.session import LANG, set_params

ID, PRESENT, SLIDE = "id", "present", "slide"
SPEAKER, ROOM, REMOTE = "speaker", "room", "remote"
Where = Literal["previous", "next", "first", "last"]


def present_params(meeting: str, lang: Lang, **further: str) -> dict[str, str]:
    """Parameters of the address that shows a meeting; as few as can be, for it is read aloud."""
    params = {ID: meeting, PRESENT: "1", **{name: v for name, v in further.items() if v}}
    return {**params, LANG: "en"} if lang == "en" else params


def edit_params(meeting: str, lang: Lang) -> dict[str, str]:
    """Parameters of the page on which a meeting is put in order."""
    params = present_params(meeting, lang)
    del params[PRESENT]
    return params


def room() -> str:
    """The code of the remote control that the address names, empty for none."""
    return st.query_params.get(ROOM, "")


def asked(total: int) -> int:
    """The slide of the address, 0 for the title; beyond the last one it is the last one."""
    text = st.query_params.get(SLIDE, "")
    return min(int(text), total) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def here(meeting: str, total: int) -> int:
    """The slide that a window shows.

    Where a remote control moved since this window last looked, that counts, else the address:
    so "back" works, and a window that was away comes to where the meeting is.
    """
    at, code = asked(total), room()
    if not code:
        return at
    found = positions.at(code, meeting)
    if found is not None and found.version != st.session_state.get(_seen(code)):
        at = min(found.slide, total)
        _show(at)
    _took(meeting, code, at)
    return at


def known(meeting: str) -> bool:
    """Whether the address names a remote control that some window answers to."""
    return positions.at(room(), meeting) is not None


def step(meeting: str, total: int, where: Where) -> None:
    """Goes on; for callbacks. Counts from where the window is by then, not from when it was drawn.

    Args:
        meeting: its id.
        total: number of its slides.
        where: in which direction.
    """
    at = here(meeting, total)
    places = {"previous": max(at - 1, 0), "next": min(at + 1, total), "first": 0, "last": total}
    _show(places[where])
    if code := room():
        _took(meeting, code, places[where])


def open_remote(meeting: str, total: int) -> None:
    """Shows the code for a telephone, and makes one where there is none yet; for callbacks."""
    params = st.query_params.to_dict()
    code = room()
    if not code or positions.at(code, meeting) is None:
        code = positions.begin(meeting, asked(total))
        found = positions.at(code, meeting)
        st.session_state[_seen(code)] = found.version if found else 0
    set_params({**params, ROOM: code, REMOTE: "1"})


def close_remote() -> None:
    """Takes the code for a telephone off the screen; what was joined stays so. For callbacks."""
    set_params({k: v for k, v in st.query_params.to_dict().items() if k != REMOTE})


def leave(params: Mapping[str, str]) -> None:
    """Leaves the screen for the page of a link; for callbacks."""
    set_params(params)


def watch(meeting: str) -> None:
    """Lets a window follow the remote control within a second. Costs one look in memory."""
    if code := room():
        _watch(code, meeting, int(st.session_state.get(_seen(code), 0)))


@st.fragment(run_every=1.0)
def _watch(code: str, meeting: str, seen: int) -> None:
    found = positions.at(code, meeting)
    if found is not None and found.version != seen:
        st.rerun()


def _seen(code: str) -> str:
    return f"seen_{code}"


def _took(meeting: str, code: str, at: int) -> None:
    moved = positions.move(code, meeting, at)
    if moved is not None:
        st.session_state[_seen(code)] = moved.version


def _show(at: int) -> None:
    params = {k: v for k, v in st.query_params.to_dict().items() if k not in (SLIDE, REMOTE)}
    if at:
        params[SLIDE] = str(at)
    set_params(params)
