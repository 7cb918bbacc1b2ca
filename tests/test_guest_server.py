"""Links for people without an account, at the whole server in a process of its own."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.lakes import lake_of
from tests.oidc_provider import CLIENT, SECRET, Provider, running_provider
from tests.signed_in_server import COOKIE_SECRET, SignedInServer, signed_in_server
from tests.some_people import ROOT, viewer
from xianzhong.access.caller import Caller
from xianzhong.access.change import disable
from xianzhong.access.shared import made_in
from xianzhong.lake.links import SharedLink, change_link, share
from xianzhong.lake.openings import Openings
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today
from xianzhong.query.names import names_of
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION, Scope
from xianzhong.settings import Settings
from xianzhong.signin.guests import Tickets
from xianzhong.signin.secret import Secret

HOME, ABROAD = "53", "51"
TICKETS = Tickets(Secret(COOKIE_SECRET), time.time)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return Lake(shutil.copytree(lake_of("demo"), tmp_path_factory.mktemp("guests") / "lake"))


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as started:
        started.person(sub="1", name="示例用户", email="all@example.org", email_verified=True)
        yield started


@pytest.fixture(scope="module")
def server(provider: Provider, lake: Lake) -> Iterator[SignedInServer]:
    with signed_in_server(provider.issuer, CLIENT, SECRET, lake.root) as started:
        yield started


@pytest.fixture(scope="module")
def maker(lake: Lake) -> Caller:
    return viewer(lake, NATION, name="all")


@pytest.fixture
def link(lake: Lake, maker: Caller) -> SharedLink:
    return a_link(lake, maker)


def a_link(lake: Lake, maker: Caller) -> SharedLink:
    wanted = SharedLink(
        id="", title="示例链接", who=maker.name, page="schools", params={"province": HOME},
        snapshot=lake.snapshot().number, expires=today() + timedelta(days=30),
        by=maker.person, scope=made_in(maker), guests=True,
    )  # fmt: skip
    return share(lake, wanted)


def address(link: SharedLink) -> str:
    return f"/g/{TICKETS.address(link.id, link.expires)}"


@pytest.fixture
def guest(server: SignedInServer) -> Iterator[httpx2.Client]:
    """The browser of somebody without an account."""
    with httpx2.Client(base_url=server.url, verify=False, trust_env=False) as client:
        yield client


class Stream:
    """The WebSocket of a page, as the browser speaks it."""

    def __init__(self, server: SignedInServer, client: httpx2.Client) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        self._opening = connect(
            f"{server.url.replace('http', 'ws')}/_stcore/stream", proxy=None,
            additional_headers={"Cookie": cookies, "Origin": server.url},
            subprotocols=["streamlit"], max_size=None,
        )  # fmt: skip

    def __enter__(self) -> Stream:
        self.socket = self._opening.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._opening.__exit__(*error)

    def run(self, page: str, query: str = "", script: str = "") -> tuple[str, str]:
        """All that the browser is sent for a page, and the address it is told to show."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        if script:
            asked.rerun_script.page_script_hash = script
        else:
            asked.rerun_script.page_name = page
        self.socket.send(asked.SerializeToString())
        said, shown = [], query
        while True:
            message = ForwardMsg.FromString(self.socket.recv(60))
            kind = message.WhichOneof("type")
            said.append(str(message))
            if kind == "page_info_changed":
                shown = message.page_info_changed.query_string
            if kind == "navigation":
                self.pages = {p.page_name: p.page_script_hash for p in message.navigation.app_pages}
            if kind == "script_finished":
                return "".join(said).encode().decode("unicode_escape").encode(
                    "latin-1", "ignore"
                ).decode("utf-8", "ignore"), shown  # fmt: skip


@pytest.fixture(scope="module")
def names(lake: Lake) -> tuple[set[str], set[str]]:
    """Names of schools in the province of the link, and of those that are not."""
    engine = open_engine(Settings(lake=lake.root))
    snapshot = engine.lake.snapshot()
    home = set(names_of(engine, snapshot, Scope(HOME)).schools.values())
    everywhere = set(names_of(engine, snapshot, NATION).schools.values())
    return home, everywhere - home


def test_who_has_no_account_sees_the_view_and_nothing_else(server, guest, link, names):
    home, abroad = names
    opened = guest.get(address(link))
    assert opened.status_code == 302
    assert opened.headers["location"] == f"/schools?province={HOME}&pin={link.id}"
    assert opened.headers["cache-control"] == "no-store"
    cookie = opened.headers["set-cookie"]
    assert cookie.startswith("xianzhong_session_guest=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    age = int(re.search(r"Max-Age=(\d+)", cookie)[1])
    assert 29 * 86400 < age <= 31 * 86400
    assert guest.get(opened.headers["location"]).status_code == 200
    with Stream(server, guest) as page:
        text, shown = page.run("schools", f"province={HOME}&pin={link.id}")
        assert "示例链接" in text
        assert [name for name in home if name in text]
        assert [name for name in abroad if name in text] == []
        pages = page.pages
        for query in ("", f"province={ABROAD}", "q=x&school=1", f"pin={link.id}&pin=x&base=x"):
            again, shown = page.run("schools", query)
            assert parse_qs(shown) == {"province": [HOME], "pin": [link.id]}
            assert [name for name in home if name in again]
            assert [name for name in abroad if name in again] == []
        for other in ("", "upload", "history", "links", "meetings", "university"):
            text, _ = page.run(other, f"province={HOME}&pin={link.id}", pages.get(other, ""))
            assert "这个链接只能查看一个页面" in text
            assert [name for name in home | abroad if name in text] == []


def test_other_pages_and_files_are_refused_in_words(server, guest, link):
    guest.get(address(link))
    for path in ("/", "/upload", "/history", "/links", "/meeting?id=x", f"/s/{link.id}", "/people"):
        refused = guest.get(path)
        assert refused.status_code == 403
        assert "这个链接只能查看一个页面" in refused.text
        assert f"/schools?province={HOME}&amp;pin={link.id}" in refused.text
    assert "This link shows one page only" in guest.get("/upload?lang=en").text
    assert guest.put("/_stcore/upload_file/a/b", content=b"x").status_code == 403
    assert guest.get("/_stcore/metrics").status_code == 403
    assert guest.get("/_stcore/health").status_code == 200
    assert guest.get("/geo/national.geojson").status_code in (200, 404)


def test_the_link_keeps_the_language_that_it_is_opened_in(guest, link):
    assert guest.get(f"{address(link)}?lang=en").headers["location"].endswith("&lang=en")


@pytest.mark.parametrize("part", ["id", "day", "signature", "none", "more", "long"])
def test_an_address_that_was_changed_is_refused(guest, lake, maker, link, part):
    other = a_link(lake, maker)
    key, day, signature = address(link).removeprefix("/g/").split(".")
    later = f"{today() + timedelta(days=80):%Y%m%d}"
    changed = {
        "id": f"{other.id}.{day}.{signature}",
        "day": f"{key}.{later}.{signature}",
        "signature": f"{key}.{day}.{signature[1:]}",
        "none": key,
        "more": f"{key}.{day}.{signature}/x",
        "long": f"{key}.{day}.{signature}" * 50,
    }[part]
    answer = guest.get(f"/g/{changed}")
    assert answer.status_code == 404
    assert "不完整或已被改动" in answer.text
    assert "set-cookie" not in answer.headers
    assert "incomplete" in guest.get(f"/g/{changed}?lang=en").text
    assert guest.get("/schools").headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("cookie", ["", "x", "{link}", "{address}"])
def test_a_cookie_that_was_made_up_opens_nothing(server, guest, link, cookie):
    made = cookie.format(link=link.id, address=address(link).removeprefix("/g/"))
    guest.cookies.set("xianzhong_session_guest", made)
    assert guest.get(f"/schools?pin={link.id}").status_code == 302
    with pytest.raises(InvalidStatus), Stream(server, guest):
        pass


def test_an_expired_address_says_so(guest, link):
    past = TICKETS.address(link.id, today() - timedelta(days=1))
    answer = guest.get(f"/g/{past}")
    assert answer.status_code == 410
    assert "已过期" in answer.text
    cookie = TICKETS.cookie(TICKETS.of_address(past))
    guest.cookies.set("xianzhong_session_guest", cookie)
    assert guest.get("/schools").status_code == 302


def test_a_link_that_is_taken_back_shows_nothing_at_the_next_rerun(server, guest, lake, link):
    guest.get(address(link))
    with Stream(server, guest) as page:
        page.run("schools")
        change_link(lake, link, "revoked", "示例", revoked="示例")
        with pytest.raises(ConnectionClosed) as ended:
            page.run("schools")
    assert ended.value.rcvd.code == 4401
    for path in ("/schools", address(link)):
        answer = guest.get(path)
        assert answer.status_code == 410
        assert "已收回" in answer.text
    assert guest.get("/_stcore/host-config").status_code == 403


def test_a_link_ends_with_its_makers_right(server, guest, lake):
    maker = viewer(lake, NATION, name="leaving")
    link = a_link(lake, maker)
    guest.get(address(link))
    with Stream(server, guest) as page:
        page.run("schools")
        disable(lake, ROOT, maker.person)
        with pytest.raises(ConnectionClosed):
            page.run("schools")
    assert "不再有查看这些数据的权限" in guest.get(address(link)).text


def test_who_has_an_account_sees_the_view_with_their_own_rights(server, guest, lake, link):
    guest.get(address(link))
    assert "xianzhong_session_guest" in guest.cookies
    guest.get("/sign-in/go?to=/schools", follow_redirects=True)
    # Signing in ends the visit as a guest, also for after the sign-out.
    assert "xianzhong_session_guest" not in guest.cookies
    opened = guest.get(address(link))
    assert opened.headers["location"].startswith("/schools?")
    assert "set-cookie" not in opened.headers
    assert guest.get("/links").status_code == 200


def test_openings_are_counted_and_say_nothing_of_who_came(server, guest, lake, link):
    for _ in range(3):
        guest.get(address(link), headers={"User-Agent": "a-browser-in-no-log"})
    guest.head(address(link))
    assert Openings(Lake(lake.root)).opened([link.id])[link.id].count >= 1
    said = server.said()
    assert said.count(f'"link": "{link.id}"') == 3
    signature = address(link).rsplit(".", 1)[1]
    hidden = [
        signature,
        guest.cookies["xianzhong_session_guest"],
        COOKIE_SECRET,
        "a-browser-in-no-log",
    ]
    assert [text for text in hidden if text in said] == []
