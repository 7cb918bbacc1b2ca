"""What pages do with who has signed in: name, way out, own name, and who is out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.opening import door_of_a_server, page_to_run
from xianzhong.access.caller import Caller
from xianzhong.access.roles import Grant, Role
from xianzhong.lake.links import SharedLink, share, shared_links
from xianzhong.lake.store import Lake
from xianzhong.model.labels import Label
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION
from xianzhong.signin import callers
from xianzhong.signin.door import Door, install
from xianzhong.signin.identity import Identity

NAME = "示例[员](x)"


def everything(identity: Identity) -> Caller:
    """Who may do all there is."""
    grants = tuple(Grant(role, NATION) for role in Role)
    return Caller(identity.name, identity.subject, grants, "known")


@pytest.fixture
def door() -> Iterator[Door]:
    """Sign-in as a server has it, which the pages of this process find."""
    made = door_of_a_server()
    install(made)
    callers.use(everything)
    yield made
    install(None)
    callers.use(callers.Admitted)


def cookies_of(door: Door, subject: str = "1", name: str = NAME) -> dict[str, str]:
    return {door.settings.cookie: door.open(Identity("http://127.0.0.1:1", subject, name))}


@pytest.fixture
def cookies(door: Door, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the browser sends; AppTest has none to send cookies."""
    sent = cookies_of(door)
    monkeypatch.setattr("xianzhong.ui.signed_in._cookies", lambda: sent)
    return sent


def said(app: AppTest) -> str:
    blocks = (app.markdown, app.error, app.warning, app.title)
    return "\n".join(str(e.value) for block in blocks for e in block)


def test_without_sign_in_no_name_and_no_way_out_is_shown(lake: Lake) -> None:
    app = page_to_run("overview").run()
    assert not app.exception
    assert "退出登录" not in said(app)


@pytest.mark.parametrize(("lang", "words"), [("zh", "退出登录"), ("en", "Sign out")])
def test_the_name_stands_as_text_beside_the_way_out(
    lake: Lake, door: Door, cookies: dict[str, str], lang: str, words: str
) -> None:
    text = said(page_to_run("definitions", lang).run())
    assert r"示例\[员\]\(x\)" in text
    assert f"[{words}](/sign-out?mark={door.way_out(cookies)}&lang={lang})" in text


def test_a_change_is_recorded_with_ones_own_name_whatever_the_browser_sends(
    lake: Lake, cookies: dict[str, str]
) -> None:
    app = page_to_run("overview", province="53")
    app.session_state["share"] = True
    app.run()
    field = app.text_input(key="share_who")
    assert (field.value, field.disabled) == (NAME, True)
    # A browser that sends the field's value all the same.
    app.session_state["share_who"] = "冒名"
    app.button(key="share_make").click().run()
    (link,) = shared_links(lake)
    assert link.who == NAME


@pytest.mark.parametrize(
    ("page", "key"),
    [("meetings", "meeting_who"), ("links", "link_who"), ("history", "upload_who")],
)
def test_every_field_for_a_name_is_filled_and_fixed(
    lake: Lake, cookies: dict[str, str], page: str, key: str
) -> None:
    link = SharedLink(
        id="", title="示例", who="示例人", page="overview", params={}, snapshot=None,
        expires=today() + timedelta(days=30),
    )  # fmt: skip
    params = {"links": {"link": share(lake, link).id},
              "history": {"upload": lake.entries()[-1].upload_id}}  # fmt: skip
    app = page_to_run(page, **params.get(page, {})).run()
    assert not app.exception
    field = app.text_input(key=key)
    assert (field.value, field.disabled) == (NAME, True)


def test_who_is_disabled_meanwhile_sees_why_and_nothing_else_at_the_next_rerun(
    lake: Lake, cookies: dict[str, str]
) -> None:
    app = page_to_run("definitions").run()
    assert app.title
    assert app.dataframe or app.expander

    class Disabled:
        refused = Label("您的账号已停用。", "Your account is disabled.")

    callers.use(lambda _identity: Disabled())
    app.run()
    assert "您的账号已停用。" in said(app)
    assert not app.title
    assert not app.dataframe
    assert not app.expander


def test_a_session_that_has_ended_shows_nothing_more(
    lake: Lake, door: Door, cookies: dict[str, str]
) -> None:
    app = page_to_run("definitions").run()
    door.close(cookies)
    app.run()
    assert "登录已失效" in said(app)
    assert not app.title


def test_a_streamlit_session_taken_up_by_somebody_else_is_emptied(
    lake: Lake, door: Door, cookies: dict[str, str]
) -> None:
    app = page_to_run("definitions")
    app.session_state["upload_name"] = "前一人"
    app.run()
    assert app.session_state["upload_name"] == "前一人"
    cookies.update(cookies_of(door, "2", "另一人"))
    app.run()
    assert "upload_name" not in app.session_state
