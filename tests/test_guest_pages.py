"""Pages as somebody without an account sees them: one pinned view, and nothing beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.opening import door_of_a_server, page_to_run, press
from tests.some_people import viewer
from tests.test_scoped_pages import HOME, World, everything, leaks, world  # noqa: F401
from xianzhong.access.caller import Caller
from xianzhong.access.guests import PAGES, guest_of
from xianzhong.access.shared import made_in
from xianzhong.brief.figures import shown
from xianzhong.lake.links import SharedLink, change_link, share, shared_link, shared_links
from xianzhong.lake.meetings import meetings
from xianzhong.lake.openings import openings_of
from xianzhong.query.asof import today
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION, Scope
from xianzhong.settings import Settings
from xianzhong.signin import callers
from xianzhong.signin.door import Door, install
from xianzhong.signin.identity import Identity
from xianzhong.ui.navigation import PAGES as ALL_PAGES

ELSEWHERE = [spec.name for spec in ALL_PAGES if spec.name != "schools"]
ASKED = {"kind": "guidance", "school": "x", "university": "y", "q": "z", "base": "2024-01-01"}


@pytest.fixture(scope="module")
def maker(world: World) -> Caller:  # noqa: F811
    return viewer(world.lake, NATION)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch, world: World) -> Iterator[Door]:  # noqa: F811
    made = door_of_a_server()
    monkeypatch.setenv("XIANZHONG_LAKE", str(world.lake.root))
    install(made)
    callers.use_for_guests(lambda link: guest_of(world.lake, link))
    yield made
    install(None)
    callers.use(callers.Admitted)
    callers.use_for_guests(callers.NoGuest)


def a_link(world: World, maker: Caller, page: str, **params: str) -> SharedLink:  # noqa: F811
    engine = open_engine(Settings(lake=world.lake.root))
    snapshot = engine.lake.snapshot()
    filters, problems = parse_filters(params, names_of(engine, snapshot, NATION))
    assert not problems
    seen = figures(engine, View(snapshot, NATION, filters))
    wanted = SharedLink(
        id="", title="示例链接", who=maker.name, page=page, params=params,
        snapshot=snapshot.number, expires=today() + timedelta(days=30),
        values={f.indicator.id: f.value for f in seen}, by=maker.person, scope=made_in(maker),
        guests=True,
    )  # fmt: skip
    return share(world.lake, wanted)


@pytest.fixture
def open_as_guest(door: Door, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def opened(link: SharedLink, page: str = "", lang: str = "zh", **params: str) -> AppTest:
        ticket = door.tickets.of_address(door.tickets.address(link.id, link.expires))
        assert ticket is not None
        sent = {door.settings.guest_cookie: door.tickets.cookie(ticket)}
        monkeypatch.setattr("xianzhong.ui.signed_in._cookies", lambda: sent)
        app = page_to_run(page or link.page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def address_of(app: AppTest) -> dict[str, str]:
    """The parameters that the browser is told to show, each once."""
    given = {name: [value] if isinstance(value, str) else value
             for name, value in app.query_params.items()}  # fmt: skip
    assert all(len(values) == 1 for values in given.values())
    return {name: values[0] for name, values in given.items()}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_names_nothing_beyond_the_view(open_as_guest, world, maker, page) -> None:  # noqa: F811
    link = a_link(world, maker, page, province=HOME)
    app = open_as_guest(link, **ASKED)
    text = everything(app)
    assert not leaks(text, world)
    assert "示例链接" in text
    assert "别省" not in text
    assert address_of(app) == {"province": HOME, "pin": link.id}
    keys = {button.key for button in app.button}
    assert not keys & {"copy_link", "to_today", "clear_all", "remove_province"}
    assert not app.sidebar.selectbox
    assert not app.sidebar.get("page_link")


def test_one_school_or_university_is_shown_and_no_other_place(
    open_as_guest, world, maker  # noqa: F811
) -> None:  # fmt: skip
    engine = open_engine(Settings(lake=world.lake.root))
    names = names_of(engine, world.lake.snapshot(), Scope(HOME))
    (school, named), university = next(iter(names.schools.items())), next(iter(names.universities))
    app = open_as_guest(a_link(world, maker, "school", school=school, province=HOME))
    assert named in everything(app)
    assert not leaks(everything(app), world)
    link = a_link(world, maker, "university", university=university, province=HOME)
    text = everything(open_as_guest(link))
    assert names.universities[university] in text
    assert not leaks(text, world)


def test_the_test_would_see_what_leaks(open_as_guest, world, maker) -> None:  # noqa: F811
    assert leaks(everything(open_as_guest(a_link(world, maker, "schools"))), world)


@pytest.mark.parametrize("page", ELSEWHERE)
def test_any_other_page_shows_words_alone(open_as_guest, world, maker, page) -> None:  # noqa: F811
    link = a_link(world, maker, "schools", province=HOME)
    app = open_as_guest(link, page, province=HOME, pin=link.id)
    text = everything(app)
    assert "这个链接只能查看一个页面" in text
    assert not [name for name in world.inside | world.outside if name in text]
    assert len(app.error) == 1
    assert not app.dataframe
    assert not app.sidebar.children


@pytest.mark.parametrize("scope", [NATION, Scope(HOME)])
def test_the_figures_are_those_that_the_maker_saw(open_as_guest, world, scope) -> None:  # noqa: F811
    maker = viewer(world.lake, scope, name=f"示例所见{scope.division}")
    link = a_link(world, maker, "overview", province=HOME)
    app = open_as_guest(link)
    assert link.values is not None
    guest = guest_of(world.lake, link.id)
    engine = open_engine(Settings(lake=world.lake.root))
    view = View(world.lake.snapshot(), guest.seen, Filters(province=HOME))
    assert {f.indicator.id: f.value for f in figures(engine, view)} == link.values
    assert shown(link.values["activities"]) in everything(app)


def test_a_comparison_shows_both_of_its_sides(open_as_guest, world, maker) -> None:  # noqa: F811
    link = a_link(world, maker, "compare", province=HOME, by="province", **{"with": "51"})
    engine = open_engine(Settings(lake=world.lake.root))
    text = everything(open_as_guest(link))
    for province in (HOME, "51"):
        view = View(world.lake.snapshot(), NATION, Filters(province=province))
        found = {f.indicator.id: f.value for f in figures(engine, view)}
        assert found["activities"]
        assert shown(found["activities"]) in text


def test_a_maker_of_one_province_shows_no_other(open_as_guest, world) -> None:  # noqa: F811
    maker = viewer(world.lake, Scope(HOME), name="示例一省")
    app = open_as_guest(a_link(world, maker, "schools"))
    assert not leaks(everything(app), world)
    assert [name for name in world.inside if name in everything(app)]


def test_a_guest_may_choose_the_language_and_nothing_else(open_as_guest, world, maker) -> None:  # noqa: F811
    app = open_as_guest(a_link(world, maker, "schools", province=HOME))
    press(app, "language")
    assert address_of(app)["lang"] == "en"
    assert "You see one page" in everything(app)
    app.query_params["province"] = "51"
    app.run()
    assert address_of(app)["province"] == HOME
    assert not leaks(everything(app), world)


def test_what_is_taken_back_shows_nothing_at_the_next_rerun(open_as_guest, world, maker) -> None:  # noqa: F811
    link = a_link(world, maker, "schools", province=HOME)
    app = open_as_guest(link)
    assert app.dataframe
    change_link(world.lake, link, "revoked", "示例", revoked="示例")
    app.run()
    assert not app.dataframe
    assert "已收回" in app.error[0].value


def test_a_pinned_view_says_nothing_of_what_came_later(
    open_as_guest, world, maker, monkeypatch  # noqa: F811
) -> None:  # fmt: skip
    before = world.lake.entries()[-2].snapshot
    link = a_link(world, maker, "overview", province=HOME)
    old = share(world.lake, replace(link, snapshot=before.number, values=None))
    text = everything(open_as_guest(old))
    assert f"快照 {before.number}" in text
    assert f"{world.lake.snapshot().number}" not in [w for w in text.split() if w.isdigit()]
    assert "固定后" not in text


# Making and listing one.


@pytest.fixture
def sign_in(door: Door, monkeypatch: pytest.MonkeyPatch, maker: Caller) -> None:
    sent = {door.settings.cookie: door.open(Identity("http://127.0.0.1:1", "1", "示例员"))}
    monkeypatch.setattr("xianzhong.ui.signed_in._cookies", lambda: sent)
    callers.use(lambda _who: maker)


def share_form(page: str = "schools", **params: str) -> AppTest:
    app = page_to_run(page, **params)
    app.session_state["share"] = True
    app.run()
    assert not app.exception
    return app


def test_a_link_is_made_for_guests_and_listed_with_its_openings(
    sign_in, door, world, maker  # noqa: F811
) -> None:  # fmt: skip
    app = share_form(province=HOME)
    app.checkbox(key="share_guests").check().run()
    assert app.selectbox(key="share_guest_days").options == ["7天", "30天", "90天"]
    press(app, "share_make")
    link = shared_links(world.lake)[0]
    assert link.guests
    assert link.snapshot == world.lake.snapshot().number
    assert link.expires == today() + timedelta(days=30)
    assert guest_of(world.lake, link.id).seen == Scope(HOME)
    address = door.tickets.address(link.id, link.expires)
    assert f"/g/{address}" in "\n".join(code.value for code in app.code)
    openings_of(world.lake).note(link.id)
    openings_of(world.lake).note(link.id)
    listed = page_to_run("links", link=link.id).run()
    assert not listed.exception
    assert "已打开 2 次" in everything(listed)
    assert f"/g/{address}" in "\n".join(code.value for code in listed.code)
    other = viewer(world.lake, NATION, name="示例别人")
    callers.use(lambda _who: other)
    others = page_to_run("links", link=link.id).run()
    assert "已打开 2 次" in everything(others)
    assert address not in everything(others)
    callers.use(lambda _who: maker)
    press(listed, "link_revoke")
    taken = shared_link(world.lake, link.id)
    assert taken is not None
    assert taken.revoked
    assert guest_of(world.lake, link.id).refused is not None


def test_a_live_link_is_none_for_guests(sign_in, world) -> None:  # noqa: F811
    app = share_form(province=HOME)
    app.checkbox(key="share_guests").check().run()
    app.radio(key="share_kind").set_value("live").run()
    assert app.checkbox(key="share_guests").disabled
    press(app, "share_make")
    link = shared_links(world.lake)[0]
    assert (link.guests, link.snapshot) == (False, None)
    assert link.expires == today() + timedelta(days=365)


def test_where_signatures_end_with_the_process_no_link_for_guests_is_made(
    sign_in, door, monkeypatch
) -> None:  # fmt: skip
    monkeypatch.setattr(door, "settings", replace(door.settings, lasting=False))
    box = share_form(province=HOME).checkbox(key="share_guests")
    assert box.disabled
    assert "cookie_secret" in box.help


def test_without_sign_in_nobody_is_asked_about_accounts(door, world) -> None:  # noqa: F811
    install(None)
    app = share_form(province=HOME)
    assert not [box for box in app.checkbox if box.key == "share_guests"]


def test_a_guest_writes_nothing(open_as_guest, world, maker) -> None:  # noqa: F811
    before = (len(shared_links(world.lake)), len(meetings(world.lake)), world.lake.snapshot())
    for page in ("difficulties", "attention"):
        app = open_as_guest(a_link(world, maker, page, province=HOME))
        before = (before[0] + 1, *before[1:])
        pressed = [b.key for b in app.button if b.key and b.key != "language" and not b.disabled]
        for key in pressed[:8]:
            app.button(key=key).click().run()
            assert not app.exception
    assert (
        len(shared_links(world.lake)),
        len(meetings(world.lake)),
        world.lake.snapshot(),
    ) == before
