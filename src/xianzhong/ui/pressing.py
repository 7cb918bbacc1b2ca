"""Buttons that write: a press stays until it is carried out, though the run be cut off.

Streamlit ends a run where the next one is wanted, and the next one knows nothing of the button
that the first was for: who presses "Load" and at once opens a table would have pressed in vain.
So a press is noted before the page is built, and is taken off when its work is done or refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

_KEPT = "pressing"


@dataclass(slots=True)
class _Pressed:
    """The buttons of one page that were pressed and whose work is not done."""

    page: str
    keys: set[str] = field(default_factory=set)


def button(label: str, *, key: str, **options: Any) -> bool:
    """A button; whether it was pressed and its work is not done. Work under :func:`carried_out`.

    Args:
        label: what it says.
        key: names it and what it would do: with another preview the key is another one.
        **options: further ones of ``st.button``.
    """
    keys = _keys()
    # The set itself, and not the session's state, which a run that is cut off may not touch.
    st.button(label, key=key, on_click=keys.add, args=(key,), **options)
    return key in keys


def submit(label: str, *, key: str, **options: Any) -> bool:
    """A form's button; as :func:`button`."""
    keys = _keys()
    st.form_submit_button(label, key=key, on_click=keys.add, args=(key,), **options)
    return key in keys


@contextmanager
def carried_out(key: str) -> Iterator[None]:
    """Does what a press asks for, and takes it off when that is done, refused or failed.

    Where the run is cut off within, the press stays for the next one. What the work gives must
    be kept within by means that are at hand before it begins: any other touch of the session may
    be where the run ends.
    """
    keys = _keys()
    try:
        yield
    except Exception:
        keys.discard(key)
        raise
    keys.discard(key)


@contextmanager
def run_of(page: str) -> Iterator[None]:
    """One run of a page: a press outlives it only where it is cut off, and only for this page.

    So nothing is carried out later than the reader expects it, nor where it would do something
    else: what was pressed is gone when a whole run has shown no such button.
    """
    pressed = st.session_state.get(_KEPT)
    if pressed is None or pressed.page != page:
        pressed = st.session_state[_KEPT] = _Pressed(page)
    try:
        yield
    except RerunException:
        raise
    except BaseException:
        pressed.keys.clear()
        raise
    pressed.keys.clear()


def _keys() -> set[str]:
    keys: set[str] = st.session_state[_KEPT].keys
    return keys
