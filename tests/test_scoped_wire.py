"""Somebody of one province who writes the messages of their browser by hand: nothing else comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx2
import pytest
from google.protobuf.json_format import MessageToJson
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from bench.visitor import Visitor
from tests.oidc_provider import CLIENT, SECRET, running_provider
from tests.signed_in_server import signed_in_server
from tests.test_scoped_pages import ABROAD, HOME, World, leaks, world
from xianzhong.access.caller import LOCAL
from xianzhong.access.change import disable, invite
from xianzhong.access.people import find_person
from xianzhong.access.roles import Grant, Role
from xianzhong.query.scope import Scope
from xianzhong.ui.navigation import PAGES

__all__ = ["world"]
pytestmark = pytest.mark.timeout(300)
NAME, EMAIL = "示例查看员", "viewer@example.org"


class Wire:
    """The lines of one person to the server, and all that came over them."""

    def __init__(self, url: str, cookies: str) -> None:
        self.url, self.headers = url, {"Cookie": cookies, "Origin": url}
        self.heard: list[str] = []

    def visitor(self) -> Visitor:
        return Visitor(self.url, headers=self.headers, hear=self._hear)

    def _hear(self, message: ForwardMsg) -> None:
        self.heard.append(MessageToJson(message, ensure_ascii=False))

    @property
    def text(self) -> str:
        return "\n".join(self.heard)


@pytest.fixture(scope="module")
def url(world: World) -> Iterator[str]:
    invite(world.lake, LOCAL, NAME, [EMAIL], [Grant(Role.VIEWER, Scope(HOME))])
    with running_provider() as provider:
        provider.person(sub="1", name=NAME, email=EMAIL, email_verified=True)
        with signed_in_server(provider.issuer, CLIENT, SECRET, world.lake.root) as server:
            yield server.url


@pytest.fixture
def wire(url: str) -> Wire:
    with httpx2.Client(base_url=url, verify=False, trust_env=False) as client:
        landed = client.get("/sign-in/go?to=/schools", follow_redirects=True)
        assert landed.status_code == 200
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return Wire(url, cookies)


def test_every_page_and_every_parameter_gives_the_province_alone(wire: Wire, world: World) -> None:
    asked: list[tuple[str, dict[str, str]]] = [
        *((spec.name, {}) for spec in PAGES),
        *((page, {"province": ABROAD}) for page in ("overview", "schools", "figure", "attention")),
        ("school", {"school": world.foreign["school"]}),
        ("history", {"upload": world.foreign["upload"]}),
        ("schools", {"pin": world.foreign["link"]}),
        ("meeting", {"id": world.foreign["meeting"], "present": "1"}),
    ]
    with wire.visitor() as visitor:
        for page, params in asked:
            name = "" if page == "overview" else page
            visitor.open(name, params)
    assert any(name in wire.text for name in world.inside)
    known = set(world.foreign.values())
    assert [name for name in leaks(wire.text, world) if name not in known] == []
    assert "别省" not in wire.text


def forged(change: Callable[[BackMsg], None]) -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string = f"province={HOME}"
    message.rerun_script.page_name = "schools"
    change(message)
    return message


def filter_of(message: BackMsg) -> None:
    """What the filter's own list does not offer."""
    for key, value in (("f_province", ABROAD), ("f_county", f"{ABROAD}0722")):
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = f"$$ID-00000000000000000000000000000000-{key}", value


def other_page(message: BackMsg) -> None:
    message.rerun_script.page_script_hash = "0" * 32


def other_query(message: BackMsg) -> None:
    message.rerun_script.query_string = f"province={ABROAD}&province={HOME}&school=' or 1=1 --"


@pytest.mark.parametrize("change", [filter_of, other_page, other_query])
def test_a_forged_message_gives_nothing_more(wire: Wire, world: World, change) -> None:
    with wire.visitor() as visitor:
        visitor.open("schools")
        visitor.send(forged(change))
        visitor.wait(time.perf_counter())
    assert leaks(wire.text, world) == []


def test_who_is_disabled_gets_nothing_more_over_the_same_line(wire: Wire, world: World) -> None:
    with wire.visitor() as visitor:
        visitor.open("schools")
        disable(world.lake, LOCAL, find_person(world.lake, NAME).id)
        wire.heard.clear()
        with pytest.raises(ConnectionClosed):
            visitor.open("schools")
    assert not [name for name in world.inside if name in wire.text]
