"""People without an account: what a link shows them, its signature, its limits, its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.small_lake import A1, SECOND_UPLOAD, U1, build
from tests.some_people import ROOT, viewer
from xianzhong.access.caller import Caller
from xianzhong.access.change import disable, grant, revoke
from xianzhong.access.guests import PAGES, forced, guest_of
from xianzhong.access.people import find_person
from xianzhong.access.roles import Action, Grant, Role
from xianzhong.access.shared import made_in
from xianzhong.lake.errors import BusyError, LakeError
from xianzhong.lake.journal import Journal, journal_of
from xianzhong.lake.links import SharedLink, change_link, share
from xianzhong.lake.openings import KIND, Openings
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION, NOWHERE, Scope, union
from xianzhong.signin import callers
from xianzhong.signin.door import Door
from xianzhong.signin.guests import Tickets
from xianzhong.signin.secret import Secret
from xianzhong.signin.settings import SignInSettings
from xianzhong.ui.navigation import PAGE_BY_NAME
from xianzhong.web.assets import load_assets
from xianzhong.web.guests import FROM_ONE_ADDRESS, OF_ONE_LINK, GuestLinks, guest_routes
from xianzhong.web.limits import Limit, whose
from xianzhong.web.sign_in_page import PageMaker

HOME, COUNTY = "53", "530622"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def guest_link(maker: Caller, **values: object) -> SharedLink:
    link = SharedLink(
        id="", title="示例", who=maker.name, page="overview", params={"province": HOME},
        snapshot=6, expires=today() + timedelta(days=30), by=maker.person,
        scope=made_in(maker), guests=True,
    )  # fmt: skip
    return replace(link, **values)  # type: ignore[arg-type]


def made(lake: Lake, maker: Caller, **values: object) -> Caller:
    return guest_of(lake, share(lake, guest_link(maker, **values)).id)


# What a guest sees.


def test_a_guest_sees_the_place_of_the_view_within_what_its_maker_could_see(lake: Lake) -> None:
    nation = viewer(lake, NATION, name="示例一")
    province = viewer(lake, Scope(HOME), name="示例二")
    university = viewer(lake, Scope("", U1), Scope("42"), name="示例三")
    assert made(lake, nation).scopes(Action.SEE) == Scope(HOME)
    assert made(lake, province, params={"county": COUNTY}).scopes(Action.SEE) == Scope(COUNTY)
    assert made(lake, province, params={}).scopes(Action.SEE) == Scope(HOME)
    # Of two scopes the one that has nothing in the view's place is left out.
    assert made(lake, university).scopes(Action.SEE) == Scope(HOME, U1)
    assert made(lake, university, params={}).scopes(Action.SEE) == union(
        [Scope("42"), Scope("", U1)]
    )


def test_a_comparison_of_two_provinces_shows_both(lake: Lake) -> None:
    maker = viewer(lake, NATION)
    params = {"by": "province", "province": HOME, "with": "42"}
    both = made(lake, maker, page="compare", params=params)
    assert both.scopes(Action.SEE) == union([Scope(HOME), Scope("42")])
    one = made(lake, viewer(lake, Scope(HOME), name="示例一省"), page="compare", params=params)
    assert one.scopes(Action.SEE) == Scope(HOME)
    # Elsewhere the word means nothing, and neither does what is no place.
    assert made(lake, maker, params=params).scopes(Action.SEE) == Scope(HOME)
    terms = {"by": "term", "province": HOME, "with": "2024-1"}
    assert made(lake, maker, page="compare", params=terms).scopes(Action.SEE) == Scope(HOME)


def test_a_guest_may_do_nothing_but_see(lake: Lake) -> None:
    guest = made(lake, viewer(lake, NATION))
    assert guest.refused is None
    assert {action: guest.scopes(action) for action in Action if action is not Action.SEE} == {
        action: NOWHERE for action in Action if action is not Action.SEE
    }
    assert (guest.name, guest.person, guest.grants) == ("", "", ())


@pytest.mark.parametrize(
    "otherwise",
    [
        {"guests": False},
        {"by": ""},
        {"by": "nobody"},
        {"page": "upload"},
        {"page": "meeting"},
        {"page": "../overview"},
        {"scope": []},
        {"scope": [{"division": "51", "university": "", "school": ""}]},
    ],
)
def test_a_link_that_is_none_for_guests_opens_for_none(lake: Lake, otherwise: dict) -> None:
    guest = made(lake, viewer(lake, NATION), **otherwise)
    assert guest.refused is not None
    assert (guest.link, guest.scopes(Action.SEE)) == (None, NOWHERE)


def test_an_unknown_link_opens_for_none(lake: Lake) -> None:
    assert guest_of(lake, "nothing").refused is not None


def test_a_link_opens_until_the_end_of_its_last_day_and_not_after_it_was_taken_back(
    lake: Lake,
) -> None:
    link = share(lake, guest_link(viewer(lake, NATION)))
    assert guest_of(lake, link.id, link.expires).refused is None
    late = guest_of(lake, link.id, link.expires + timedelta(days=1)).refused
    assert late is not None
    assert "过期" in late.zh
    change_link(lake, link, "revoked", "示例", revoked="示例")
    gone = guest_of(lake, link.id).refused
    assert gone is not None
    assert "收回" in gone.zh


def test_a_maker_who_is_disabled_takes_the_link_along(lake: Lake) -> None:
    maker = viewer(lake, NATION)
    link = share(lake, guest_link(maker))
    assert guest_of(lake, link.id).refused is None
    disable(lake, ROOT, find_person(lake, maker.person).id)
    gone = guest_of(lake, link.id)
    assert gone.scopes(Action.SEE) == NOWHERE
    assert gone.refused is not None
    assert "不再有" in gone.refused.zh


def test_a_maker_who_sees_a_part_only_shows_no_other_numbers(lake: Lake) -> None:
    maker = viewer(lake, NATION)
    whole, part = (
        share(lake, guest_link(maker, params=params)) for params in ({}, {"province": HOME})
    )
    revoke(lake, ROOT, maker.person, Role.VIEWER, NATION)
    assert guest_of(lake, part.id).refused is not None
    grant(lake, ROOT, maker.person, Grant(Role.VIEWER, Scope(HOME)))
    assert guest_of(lake, part.id).scopes(Action.SEE) == Scope(HOME)
    assert guest_of(lake, whole.id).refused is not None


def test_a_maker_who_sees_more_later_shows_no_more(lake: Lake) -> None:
    maker = viewer(lake, Scope(COUNTY))
    link = share(lake, guest_link(maker, params={}))
    grant(lake, ROOT, maker.person, Grant(Role.VIEWER, NATION))
    assert guest_of(lake, link.id).scopes(Action.SEE) == Scope(COUNTY)


def test_a_grant_that_ends_ends_the_link(lake: Lake) -> None:
    maker = viewer(lake)
    last = today() + timedelta(days=3)
    grant(lake, ROOT, maker.person, Grant(Role.VIEWER, NATION, last))
    link = share(lake, guest_link(maker, scope=None))
    assert guest_of(lake, link.id, last).refused is None
    assert guest_of(lake, link.id, last + timedelta(days=1)).refused is not None


def test_a_school_that_its_county_scope_holds_stays_with_the_link(lake: Lake) -> None:
    school = viewer(lake, Scope("", "", A1))
    link = share(lake, guest_link(school, params={"school": A1}))
    assert guest_of(lake, link.id).scopes(Action.SEE) == Scope("", "", A1)


def test_a_guests_link_is_pinned_and_not_for_longer_than_ninety_days(lake: Lake) -> None:
    maker = viewer(lake, NATION)
    with pytest.raises(LakeError, match="pinned"):
        share(lake, guest_link(maker, snapshot=None))
    with pytest.raises(LakeError, match="90 days"):
        share(lake, guest_link(maker, expires=today() + timedelta(days=92)))
    link = share(lake, guest_link(maker, expires=today() + timedelta(days=90)))
    with pytest.raises(LakeError, match="90 days"):
        change_link(lake, link, "extended", "示例", expires=today() + timedelta(days=92))
    assert change_link(lake, link, "revoked", "示例", revoked="示例").revoked


def test_the_only_address_is_that_of_the_link_in_either_language(lake: Lake) -> None:
    link = guest_link(viewer(lake, NATION), id="k", params={"province": HOME, "lang": "en"})
    assert forced(link) == {"province": HOME, "pin": "k"}
    assert forced(link, "en-US") == {"province": HOME, "pin": "k", "lang": "en"}


def test_guests_see_pages_that_there_are_and_none_where_something_is_written() -> None:
    assert set(PAGE_BY_NAME) >= PAGES
    assert not PAGES & {"upload", "history", "links", "meetings", "meeting", "changes"}


# The signature.

NOON = datetime(2026, 7, 1, 4, tzinfo=UTC).timestamp()
SECRET = Secret("a" * 40)


class Clock:
    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def test_an_address_says_its_link_and_its_last_day() -> None:
    tickets = Tickets(SECRET, Clock())
    read = tickets.of_address(tickets.address("abc234", date(2026, 7, 1)))
    assert read is not None
    assert (read.link, read.last, read.state) == ("abc234", date(2026, 7, 1), "open")
    assert tickets.seconds_left(read) == 12 * 3600


def test_it_ends_with_its_last_day_in_china() -> None:
    clock = Clock()
    tickets = Tickets(SECRET, clock)
    address = tickets.address("abc234", date(2026, 7, 1))
    clock.now = NOON + 12 * 3600 - 1
    assert tickets.of_address(address).state == "open"
    clock.now += 1
    read = tickets.of_address(address)
    assert (read.state, tickets.seconds_left(read)) == ("expired", 0)


@given(st.data())
def test_no_change_to_an_address_is_taken(data: st.DataObject) -> None:
    tickets = Tickets(SECRET, Clock())
    address = tickets.address("abc234", date(2026, 9, 1))
    at = data.draw(st.integers(0, len(address) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != address[at]))
    changed = tickets.of_address(address[:at] + letter + address[at + 1 :])
    # The last letter of the signature has bits that stand for nothing.
    assert changed is None or at == len(address) - 1
    assert changed in (None, tickets.of_address(address))


@given(st.text(max_size=300))
def test_nothing_made_up_is_taken(text: str) -> None:
    assert Tickets(SECRET, Clock()).of_address(text) is None


def test_an_address_is_no_cookie_and_another_secret_signs_nothing() -> None:
    tickets = Tickets(SECRET, Clock())
    address = tickets.address("abc234", date(2026, 9, 1))
    cookie = tickets.cookie(tickets.of_address(address))
    assert tickets.of_cookie(cookie) == tickets.of_address(address)
    assert (tickets.of_cookie(address), tickets.of_address(cookie)) == (None, None)
    assert Tickets(Secret("b" * 40), Clock()).of_address(address) is None


# The limit.


def test_a_limit_lets_so_many_through_and_then_as_they_come_free() -> None:
    clock = Clock(0.0)
    limit = Limit(3, 60, clock=clock)
    assert [limit.take("a") for _ in range(3)] == [0, 0, 0]
    assert limit.take("a") == pytest.approx(20)
    assert limit.take("b") == 0
    clock.now = 19.9
    assert limit.take("a") == pytest.approx(0.1)
    clock.now = 20.1
    assert limit.take("a") == 0
    assert limit.take("a") > 0
    clock.now = -1000  # a clock that was set back gives nothing away
    assert limit.take("a") > 0


def test_a_limit_remembers_a_bounded_number() -> None:
    limit = Limit(1, 60, most=100, clock=Clock(0.0))
    for key in range(1000):
        limit.take(str(key))
    assert len(limit._left) == 100
    assert limit.take("999") > 0


def test_a_household_counts_as_one() -> None:
    assert whose("2001:db8::1") == whose("2001:db8::ffff")
    assert whose("2001:db8:0:1::1") != whose("2001:db8::1")
    assert whose("::ffff:192.0.2.1") == whose("192.0.2.1") == "192.0.2.1"
    assert len(whose("x" * 1000)) == 64


# The record.


class Later:
    def __init__(self) -> None:
        self.asked: list[float] = []
        self.work = lambda: None

    def __call__(self, seconds, work) -> None:
        self.asked.append(seconds)
        self.work = work


def test_openings_are_counted_and_those_of_a_minute_are_written_together(lake: Lake) -> None:
    clock, later = Clock(0.0), Later()
    openings = Openings(lake, clock, later)
    assert openings.opened(["a"])["a"].last is None
    moments = [SECOND_UPLOAD + timedelta(seconds=n) for n in range(6)]
    for moment in moments[:4]:
        openings.note("a", moment)
    openings.note("b", moments[0])
    found = openings.opened(["a", "b", "c"])
    assert {key: one.count for key, one in found.items()} == {"a": 4, "b": 1, "c": 0}
    assert found["a"].last == moments[3]
    assert len(journal_of(lake).events(KIND, "a")) == 1
    assert later.asked == [60.0]
    later.work()
    assert len(journal_of(lake).events(KIND, "a")) == 2
    clock.now = 61
    openings.note("a", moments[4])
    events = Journal(lake).events(KIND, "a")
    assert [event.body["count"] for event in events] == [1, 4, 5]
    told = [moment for event in events for moment in event.body["opened"]]
    assert told == [moment.isoformat(timespec="seconds") for moment in moments[:5]]
    assert {event.who for event in events} == {""}
    assert Openings(Lake(lake.root)).opened(["a"])["a"].count == 5


def test_an_opening_that_cannot_be_written_is_not_lost(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    openings = Openings(lake, Clock(0.0), Later())

    def busy(*_given: object, **_named: object) -> None:
        raise BusyError

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", busy)
        with pytest.raises(BusyError):
            openings.note("a")
        openings.flush()
    assert openings.opened(["a"])["a"].count == 1
    openings.note("a")
    assert Openings(Lake(lake.root)).opened(["a"])["a"].count == 2


# Both at the door.


class Opening:
    """The route of links for guests, without anything behind it, at a clock that stands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = SignInSettings(
            address="http://127.0.0.1", issuer="http://127.0.0.1:1", client_id="x",
            client_secret=None, cookie_secret=SECRET,
        )  # fmt: skip
        self.clock = Clock()
        self.door = Door(settings, self.clock)
        self.noted: list[str] = []
        monkeypatch.setattr(callers, "_guest_rule", lambda link: Caller(link, standing="guest"))
        links = GuestLinks(lambda caller, _lang: ("schools", {"pin": caller.name}), self.note)
        routes = guest_routes(self.door, PageMaker(load_assets()), links, clock=self.clock)
        self.app = Starlette(routes=routes)

    def note(self, link: str) -> None:
        self.noted.append(link)
        if link == "full":
            raise BusyError

    def get(self, link: str, host: str = "192.0.2.1", signed: bool = True) -> Response:
        text = self.door.tickets.address(link, date(2026, 9, 1)) if signed else link
        client = TestClient(self.app, client=(host, 1), follow_redirects=False)
        return client.get(f"/g/{text}")


@pytest.fixture
def opening(monkeypatch: pytest.MonkeyPatch) -> Opening:
    return Opening(monkeypatch)


def test_one_address_that_tries_too_often_waits_and_others_do_not(opening: Opening) -> None:
    found = [opening.get("x", signed=False).status_code for _ in range(FROM_ONE_ADDRESS)]
    assert set(found) == {404}
    refused = opening.get("a")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert "打开得太频繁" in refused.text
    assert "set-cookie" not in refused.headers
    assert opening.get("a", "192.0.2.2").status_code == 302
    opening.clock.now += 1
    assert opening.get("a").status_code == 302
    assert opening.get("a").status_code == 429
    assert opening.noted == ["a", "a"]


def test_one_link_that_is_opened_too_often_waits_and_others_do_not(opening: Opening) -> None:
    found = [opening.get("a", f"192.0.2.{n}").status_code for n in range(OF_ONE_LINK)]
    assert set(found) == {302}
    assert opening.get("a", "192.0.2.200").status_code == 429
    assert opening.get("b", "192.0.2.200").status_code == 302
    assert len(opening.noted) == OF_ONE_LINK + 1


def test_a_link_opens_also_where_its_opening_cannot_be_written_yet(opening: Opening) -> None:
    assert opening.get("full").status_code == 302
    assert opening.noted == ["full"]


def test_where_nothing_can_be_told_nothing_opens(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_link: str) -> Caller:
        raise LakeError("broken")

    monkeypatch.setattr(callers, "_guest_rule", broken)
    answer = opening.get("a")
    assert answer.status_code == 503
    assert "set-cookie" not in answer.headers


def test_the_cookie_of_a_guest_ends_with_the_link_and_goes_by_https_alone(
    opening: Opening,
) -> None:
    opening.door.settings = replace(opening.door.settings, address="https://a.example")
    cookie = opening.get("a").headers["set-cookie"]
    parts = dict(part.partition("=")[::2] for part in cookie.split("; "))
    assert cookie.startswith("__Host-xianzhong_guest=")
    assert {"Secure", "HttpOnly"} <= set(parts)
    assert (parts["SameSite"], parts["Path"]) == ("lax", "/")
    end = datetime(2026, 9, 1, 16, tzinfo=UTC).timestamp()
    assert NOON + int(parts["Max-Age"]) == end
