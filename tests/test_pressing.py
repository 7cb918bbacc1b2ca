"""A press that writes is carried out once, though the run it is for be cut off."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from xianzhong.ui import pressing

    state = st.session_state
    done = state.setdefault("done", [])
    with pressing.run_of(state.get("page", "upload")):
        pressed = "take" not in state or state["take"]
        if state.pop("cut", False):
            # As Streamlit does where the next run is wanted; this one has drawn the button or not.
            if state.get("drawn"):
                pressing.button("Load", key="load")
            st.rerun()
        if pressed and pressing.button(state.get("label", "Load"), key=state.get("key", "load")):
            with pressing.carried_out(state.get("key", "load")):
                if state.pop("cut_within", False):
                    st.rerun()
                if state.pop("fail", False):
                    raise ValueError("示例")
                done.append("load")


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(script).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("drawn", [False, True])
def test_a_run_cut_off_before_the_work_leaves_the_press_for_the_next(app, drawn) -> None:
    app.session_state["cut"], app.session_state["drawn"] = True, drawn
    app.button[0].click().run()
    assert app.session_state["done"] == ["load"]
    app.run()
    assert app.session_state["done"] == ["load"]


def test_a_run_cut_off_within_the_work_leaves_the_press_for_the_next(app) -> None:
    app.session_state["cut_within"] = True
    app.button[0].click().run()
    assert app.session_state["done"] == ["load"]


def test_work_that_fails_is_not_done_again_by_itself(app) -> None:
    app.session_state["fail"] = True
    app.button[0].click().run()
    assert app.exception
    app.run()
    assert not app.exception
    assert app.session_state["done"] == []


@pytest.mark.parametrize(("name", "value"), [("page", "history"), ("key", "load_other")])
def test_a_press_is_not_carried_out_elsewhere_nor_for_another_preview(app, name, value) -> None:
    app.session_state["cut"] = True
    app.session_state[name] = value
    # The press was for what was on the page; the run that follows shows something else.
    app.button[0].click().run()
    assert app.session_state["done"] == []
    app.session_state[name] = {"page": "upload", "key": "load"}[name]
    app.run()
    assert app.session_state["done"] == []


def test_what_a_whole_run_has_not_shown_is_forgotten(app) -> None:
    app.session_state["take"] = False
    app.button[0].click().run()
    app.session_state["take"] = True
    app.run()
    assert app.session_state["done"] == []
