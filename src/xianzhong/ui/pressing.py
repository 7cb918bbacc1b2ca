"""Buttons that write: a press stays until it is carried out, and is carried out once.

Streamlit ends a run where the next one is wanted, and the next one knows nothing of the button
that the first was for: who presses "Load" and at once opens a table would have pressed in vain.
So a press is noted before the page is built, and is taken off when its work is done or refused.

The run that is cut off goes on in its own thread to the next touch of the page, while the next
one has begun (``runner.fastReruns``): it may be writing just then. So the work of a session's
presses is done by one run at a time, and who waited for another run looks again first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

_KEPT = "pressing"
# Takes off the press that this thread carries out; not in the session, whose touch may end the run.
_done: ContextVar[Callable[[], None]] = ContextVar("done", default=lambda: None)


@dataclass(slots=True)
class _Pressed:
    """The buttons of one page that were pressed and whose work is not done."""

    page: str
    keys: set[str] = field(default_factory=set)
    working: Any = field(default_factory=RLock)


def button(label: str, *, key: str, **options: Any) -> bool:
    """A button; whether it was pressed and its work is not done. Work under :func:`carried_out`.

    Args:
        label: what it says.
        key: names it and what it would do: with another preview the key is another one.
        **options: further ones of ``st.button``.
    """
    keys = _pressed().keys
    # The set itself, and not the session's state, which a run that is cut off may not touch.
    st.button(label, key=key, on_click=keys.add, args=(key,), **options)
    return key in keys


def submit(label: str, *, key: str, **options: Any) -> bool:
    """A form's button; as :func:`button`."""
    keys = _pressed().keys
    st.form_submit_button(label, key=key, on_click=keys.add, args=(key,), **options)
    return key in keys


@contextmanager
def carried_out(key: str) -> Iterator[None]:
    """Does what a press asks for, and takes it off when that is done, refused or failed.

    The work calls :func:`done` itself as soon as it is done. Where another run has done it while
    this one waited, the page is made anew.
    """
    pressed = _pressed()
    with pressed.working:
        if key not in pressed.keys:
            st.rerun()
        token = _done.set(lambda: pressed.keys.discard(key))
        try:
            yield
        except Exception:
            done()
            raise
        else:
            done()
        finally:
            _done.reset(token)


def done() -> None:
    """Takes the press off whose work has just been done.

    To be called right after the work, with what it gives kept by means that were at hand before:
    any touch of the page or the session in between may be where the run is cut off, and then the
    press would be carried out again.
    """
    _done.get()()


@contextmanager
def run_of(page: str) -> Iterator[None]:
    """One run of a page: a press outlives it only where it is cut off, and only for this page.

    So nothing is carried out later than the reader expects it, nor where it would do something
    else: what was pressed is gone when a whole run has shown no such button.
    """
    pressed = st.session_state.get(_KEPT)
    if pressed is None or pressed.page != page:
        pressed = st.session_state[_KEPT] = _Pressed(page)
    # A press that comes while this run goes on is the next one's.
    known = set(pressed.keys)
    try:
        yield
    except ScriptControlException:
        # Cut off for the next run; or ended by the page itself, which looks the same.
        raise
    except BaseException:
        pressed.keys -= known
        raise
    pressed.keys -= known


def _pressed() -> _Pressed:
    pressed: _Pressed = st.session_state[_KEPT]
    return pressed
