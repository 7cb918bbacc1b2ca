"""A press that writes is carried out once, though the run it is for be cut off."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from xianzhong.ui import pressing


def script() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner_utils.exceptions import StopException

    from xianzhong.ui import pressing

    state = st.session_state
    done = state.setdefault("done", [])
    with pressing.run_of(state.get("page", "upload")):
        pressed = "take" not in state or state["take"]
        if state.pop("stop", False):
            # What fast reruns do to the run that is cut off.
            if state.get("drawn"):
                pressing.button("Load", key="load")
            raise StopException
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
                pressing.done()
                if state.pop("cut_after", False):
                    st.rerun()


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


def test_a_run_that_is_stopped_for_the_next_one_leaves_the_press(app) -> None:
    app.session_state["stop"] = app.session_state["drawn"] = True
    app.button[0].click().run()
    assert app.session_state["done"] == []
    app.run()
    assert app.session_state["done"] == ["load"]


def test_a_run_cut_off_right_after_the_work_has_done_it(app) -> None:
    app.session_state["cut_after"] = True
    app.button[0].click().run()
    assert app.session_state["done"] == ["load"]


def made_anew() -> None:
    raise RerunException(RerunData())


def test_two_runs_at_once_carry_a_press_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run that is cut off goes on in its thread while the next one has begun."""
    state: dict[str, object] = {}
    monkeypatch.setattr(pressing.st, "session_state", state)
    monkeypatch.setattr(pressing.st, "rerun", made_anew)
    done: list[str] = []
    inside, go_on = Event(), Event()

    def slow() -> None:
        with pressing.run_of("upload"), pressing.carried_out("load"):
            inside.set()
            assert go_on.wait(10)
            done.append("first")
            pressing.done()

    def next_one() -> None:
        again = pytest.raises(RerunException)
        with again, pressing.run_of("upload"), pressing.carried_out("load"):
            done.append("second")

    with pressing.run_of("upload"):
        pass
    state["pressing"].keys.add("load")  # type: ignore[attr-defined]
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(slow)
        assert inside.wait(10)
        second = threads.submit(next_one)
        go_on.set()
        first.result(10)
        second.result(10)
    assert done == ["first"]


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
