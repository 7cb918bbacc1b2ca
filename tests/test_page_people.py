"""The page of people: one's own grants, why, and what an administrator changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.opening import door_of_a_server, menu_of, page_to_run, press
from tests.small_lake import A2
from tests.some_people import person, reporter, viewer
from xianzhong.access.caller import Caller
from xianzhong.access.people import caller_for, find_person, people
from xianzhong.access.roles import Grant, Role
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES
from xianzhong.query.scope import NATION, Scope
from xianzhong.signin import callers
from xianzhong.signin.door import install
from xianzhong.signin.identity import Identity

HOME = Scope("15")
Open = Callable[..., AppTest]


@pytest.fixture
def sign_in(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Caller], None]]:
    """Lets the browser be that of somebody on record."""
    door = door_of_a_server()
    install(door)

    def signed_in(who: Caller) -> None:
        handle = find_person(lake, who.person).handles[0]
        known = Identity(door.settings.issuer, who.person, who.name, (handle,))
        callers.use(lambda _who: caller_for(lake, known))
        cookie = door.open(Identity(known.issuer, known.subject, known.name, known.handles))
        monkeypatch.setattr(
            "xianzhong.ui.signed_in._cookies", lambda: {door.settings.cookie: cookie}
        )

    yield signed_in
    install(None)
    callers.use(callers.Admitted)


def opened(lang: str = "zh", **params: str) -> AppTest:
    app = page_to_run("people", lang, **params).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.success, app.warning, app.error)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def asked(app: AppTest, what: str, whom: str = "") -> str:
    if whom:
        app.selectbox(key="why_who").set_value(whom)
    app.text_input(key="why_what").set_value(what).run()
    assert not app.exception
    return said(app)


def test_a_viewer_reads_their_own_grants_and_why_and_nobody_elses(lake, sign_in) -> None:
    reporter(lake, HOME, name="示例他人")
    sign_in(viewer(lake, HOME))
    app = opened()
    assert "查看人员（内蒙古自治区）" in said(app)
    assert not app.dataframe
    assert not [key for key in (b.key or "" for b in app.button) if key.startswith("invite")]
    assert "示例他人" not in said(app)
    assert "可以查看内蒙古自治区" in asked(app, "内蒙古自治区")
    assert "不在已授予的范围内" in asked(app, "云南省")
    assert "不是权限范围" in asked(app, "没有这个地方")
    assert "没有记录" in asked(app, f"{TABLES['activities'].label.zh}/没有")
    english = opened("en")
    assert "May not" in asked(english, "53")


def test_an_administrator_invites_grants_takes_away_and_disables(lake, sign_in) -> None:
    sign_in(person(lake, "示例管理", Role.ADMINISTRATOR, NATION))
    app = opened()
    app.text_input(key="invite_name").set_value("示例新人")
    app.text_input(key="invite_handles").set_value("new@example.org，new2@example.org")
    app.selectbox(key="role_new").set_value(Role.REPORTER)
    app.text_input(key="where_new").set_value("云南省")
    press(app, "invite_press")
    made = find_person(lake, "示例新人")
    assert made.handles == ("new@example.org", "new2@example.org")
    assert made.grants == (Grant(Role.REPORTER, Scope("53")),)
    assert app.query_params["person"] in (made.id, [made.id])

    app = opened(person=made.id)
    app.selectbox(key=f"role_{made.id}").set_value(Role.REVIEWER)
    app.text_input(key=f"where_{made.id}").set_value("nowhere at all")
    press(app, f"grant_{made.id}")
    assert "不是权限范围" in said(app)
    app.text_input(key=f"where_{made.id}").set_value(f"学校：{A2}")
    press(app, f"grant_{made.id}")
    assert Grant(Role.REVIEWER, Scope(school=A2)) in find_person(lake, made.id).grants
    press(app, f"revoke_{made.id}_0")
    assert len(find_person(lake, made.id).grants) == 1
    press(app, f"disable_{made.id}")
    assert find_person(lake, made.id).disabled == "示例管理"
    assert "已停用" in said(app)
    press(app, f"enable_{made.id}")
    assert not find_person(lake, made.id).disabled


def test_an_administrator_of_a_province_gives_nothing_beyond_it(lake, sign_in) -> None:
    other = reporter(lake, Scope("53"), name="示例他人")
    sign_in(person(lake, "示例管理", Role.ADMINISTRATOR, HOME))
    app = opened()
    app.text_input(key="invite_name").set_value("示例新人")
    app.text_input(key="invite_handles").set_value("new@example.org")
    app.text_input(key="where_new").set_value("全国")
    press(app, "invite_press")
    assert len(app.error) == 1
    assert "示例新人" not in [one.name for one in people(lake)]
    # Who is no business of theirs is not shown, not even by the address.
    app = opened(person=other.person)
    assert "示例他人" not in said(app)
    assert not [b for b in app.button if (b.key or "").startswith(("disable_", "revoke_"))]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_sign_in_the_page_says_so_and_the_menu_does_not_lead_there(lake, lang) -> None:
    app = opened(lang)
    assert {"zh": "未配置登录", "en": "No sign-in is configured"}[lang] in said(app)
    assert menu_of(app)
    assert "people" not in menu_of(app)


def test_with_sign_in_the_menu_leads_there_and_a_cut_view_says_why(lake, sign_in) -> None:
    sign_in(viewer(lake, HOME))
    app = page_to_run("overview").run()
    assert not app.exception
    assert "people" in menu_of(app)
    assert [link.proto.page for link in app.get("page_link")].count("people") == 1
    assert "权限范围（内蒙古自治区）" in said(app)
