"""Signing in at a real provider, a process of its own, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.oidc_provider import CLIENT, HTTP, SECRET, Provider, running_provider
from xianzhong.model.labels import Label
from xianzhong.signin import callers
from xianzhong.signin.door import Door
from xianzhong.signin.secret import Secret
from xianzhong.signin.settings import SignInSettings
from xianzhong.web.front import build_front
from xianzhong.web.gate import ENDED, PRESENCE

ADDRESS = "http://127.0.0.1:8501"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
DEEP = "/schools?province=53&q=%E4%BA%91%E5%8D%97+%E6%98%AD%E9%80%9A&kind=guidance%2Ctraining"


class Clock:
    """A clock that a test sets."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by).total_seconds()


@pytest.fixture(scope="module")
def started() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(started: Provider) -> Iterator[Provider]:
    started.person(sub="1", name="示例用户")
    yield started
    started.fault("")


@pytest.fixture(autouse=True)
def everyone_is_let_in() -> Iterator[None]:
    yield
    callers.use(callers.Admitted)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(provider: Provider, clock: Clock) -> Door:
    return Door(settings(provider.issuer), clock)


@pytest.fixture
def browser(door: Door) -> TestClient:
    return browser_of(door)


def settings(issuer: str, **changes) -> SignInSettings:
    values = {
        "address": ADDRESS, "issuer": issuer, "client_id": CLIENT,
        "client_secret": Secret(SECRET), "cookie_secret": Secret("s" * 40),
    }  # fmt: skip
    return SignInSettings(**{**values, **changes})


def browser_of(door: Door) -> TestClient:
    """A browser with its own cookies before an application that says who is asking."""
    front = build_front(door, [door.settings.host], lambda: 1024 * 1024, door.settings.base_path)

    async def page(request: Request) -> PlainTextResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        presence = request.scope.get(PRESENCE)
        return PlainTextResponse(f"{presence.identity.name if presence else 'nobody'} {query}")

    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        with suppress(WebSocketDisconnect):
            while True:
                await socket.send_text(f"ran {await socket.receive_text()}")

    routes = [
        *front.routes,
        WebSocketRoute(f"{door.settings.base_path}/_stcore/stream", stream),
        Route("/{path:path}", page, methods=["GET", "PUT"]),
    ]
    app = Starlette(routes=routes, middleware=list(front.middleware))
    address = urlsplit(door.settings.address)
    origin = f"{address.scheme}://{address.netloc}"
    return TestClient(app, base_url=origin, follow_redirects=False)


def to_provider(browser: TestClient, target: str) -> str:
    """Follow the way to the provider and give the address that it sends the browser back to."""
    asked = browser.get(target)
    assert asked.status_code == 302
    page = browser.get(asked.headers["location"])
    assert page.status_code == 200
    way = page.text.split('class="xz-way" href="')[1].split('"')[0].replace("&amp;", "&")
    there = browser.get(way)
    assert there.status_code == 302, there.text
    return HTTP.get(there.headers["location"]).headers["location"]


def sign_in(browser: TestClient, target: str = "/"):
    """Sign in and give the answer to the browser's return."""
    back = to_provider(browser, target)
    return browser.get(back)


def refuse(when: Callable[[str], bool]) -> None:
    """Let the rule refuse the subjects that ``when`` says."""

    class Refused:
        refused = Label("您的账号已停用。", "Your account is disabled.")

    def rule(identity):
        return Refused() if when(identity.subject) else callers.Admitted(identity)

    callers.use(rule)


# --- in --------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["/", DEEP, "/s/abc123", "/schools?q=" + "%E4%BA%91" * 800])
def test_who_signs_in_lands_on_the_link_that_was_opened(browser, target):
    answer = sign_in(browser, target)
    assert (answer.status_code, answer.headers["location"]) == (302, target)
    assert browser.get(target).text.startswith("示例用户")


def test_the_session_cookie_is_hidden_from_scripts_and_other_sites(browser):
    cookie = sign_in(browser).headers["set-cookie"]
    assert "xianzhong_session=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_is_for_this_host_and_https_alone(provider):
    door = Door(settings(provider.issuer, address="https://dashboard.example"))
    answer = sign_in(browser_of(door), DEEP)
    assert answer.headers["location"] == DEEP
    assert answer.headers["set-cookie"].startswith("__Host-xianzhong=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "Path=/;" in answer.headers["set-cookie"]
    assert "Domain" not in answer.headers["set-cookie"]
    assert "max-age=" in answer.headers["strict-transport-security"]


def test_under_a_path_everything_stays_under_it(provider):
    door = Door(settings(provider.issuer, address=f"{ADDRESS}/xz"))
    browser = browser_of(door)
    answer = sign_in(browser, "/xz/schools?province=53")
    assert answer.headers["location"] == "/xz/schools?province=53"
    assert "Path=/xz" in answer.headers["set-cookie"]
    assert browser.get("/xz/schools").status_code == 200


def test_the_name_on_screen_and_the_handles_come_from_the_token(browser, provider, door):
    provider.person(sub="7", name="示例\n审核员", email="A@Example.org", email_verified=True)
    sign_in(browser)
    identity = door.session(dict(browser.cookies)).identity
    assert (identity.issuer, identity.subject) == (provider.issuer, "7")
    assert (identity.name, identity.handles) == ("示例 审核员", ("a@example.org",))


def test_the_sign_in_page_speaks_both_languages(browser):
    assert "请先登录" in browser.get("/sign-in").text
    english = browser.get("/sign-in?to=%2Fschools%3Flang%3Den").text
    assert "Please sign in" in english
    assert '<html lang="en">' in english


def test_who_is_signed_in_does_not_see_the_sign_in_page(browser):
    sign_in(browser)
    answer = browser.get("/sign-in", params={"to": DEEP})
    assert (answer.status_code, answer.headers["location"]) == (302, DEEP)


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example",
        "\\\\evil.example", "javascript:alert(1)", "/x//evil.example/..//x", "evil.example",
        "/\n//evil.example", "http:evil.example", "/sign-out", "/sign-in/go?to=/x", "///evil",
    ],
)  # fmt: skip
def test_no_link_leads_to_a_stranger_after_sign_in(browser, evil):
    there = browser.get("/sign-in/go", params={"to": evil})
    back = HTTP.get(there.headers["location"]).headers["location"]
    location = browser.get(back).headers["location"]
    assert location.startswith("/")
    assert not location.startswith("//")
    assert location == "/"


# --- refused on the way ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("audience", 403, "登录凭证不是给本系统的"),
        ("audience with azp", 403, "登录凭证不是给本系统的"),
        ("issuer", 403, "登录凭证不是给本系统的"),
        ("expired", 403, "登录凭证已过期"),
        ("signature", 403, "登录凭证无法核实"),
        ("unsigned", 403, "登录凭证无法核实"),
        ("nonce", 403, "登录凭证无法核实"),
        ("no token", 403, "登录凭证无法核实"),
        ("nobody", 403, "登录凭证无法核实"),
        ("denied", 403, "登录已取消"),
    ],
)
def test_a_token_that_is_wrong_opens_nothing_and_the_page_says_why(
    browser, provider, fault, status, words
):
    provider.fault(fault)
    answer = sign_in(browser, DEEP)
    assert answer.status_code == status
    assert words in answer.text
    # The way to try again still leads to the link that was opened.
    again = answer.text.split('class="xz-way" href="')[1].split('"')[0]
    assert parse_qs(urlsplit(again).query)["to"] == [DEEP]
    assert browser.get("/schools").status_code == 302


@pytest.mark.parametrize(("fault", "status"), [("down", 503), ("renamed", 403)])
def test_a_provider_that_is_down_or_another_is_said_in_words_and_mends_by_itself(
    browser, provider, fault, status
):
    provider.fault(fault)
    answer = browser.get("/sign-in/go", params={"to": DEEP})
    assert answer.status_code == status
    provider.fault("")
    assert sign_in(browser).status_code == 302


def test_a_provider_that_nobody_answers_for_is_down():
    door = Door(settings("http://127.0.0.1:9"))
    answer = browser_of(door).get("/sign-in/go", params={"to": "/?lang=en"})
    assert answer.status_code == 503
    assert "cannot be reached" in answer.text


def test_the_way_back_works_once(browser):
    back = to_provider(browser, DEEP)
    assert browser.get(back).status_code == 302
    browser.cookies.delete("xianzhong_session")
    again = browser.get(back)
    assert again.status_code == 400
    assert "这次登录已失效" in again.text
    assert browser.get("/schools").status_code == 302


def test_the_way_back_works_only_in_the_browser_that_went(browser, door):
    back = to_provider(browser, "/")
    victim = browser_of(door)
    assert victim.get(back).status_code == 400
    assert victim.get("/schools").status_code == 302


def test_a_state_that_nobody_made_is_refused(browser):
    assert browser.get("/sign-in/back?code=x&state=y").status_code == 400
    assert browser.get("/sign-in/back").status_code == 400


# --- who has no session ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/_stcore/health", "/_stcore/host-config", "/media/x", "/static/js/a.js", "/geo/a.geojson"],
)
def test_without_a_session_nothing_but_pages_leads_to_sign_in(browser, path):
    assert browser.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/assets/shell.css"])
def test_the_open_addresses_need_no_session(browser, path):
    assert browser.get(path).text.startswith("nobody")


@pytest.mark.parametrize("path", ["/healthz/x", "/sign-inside", "/assetsx", "/readyz.html"])
def test_what_only_begins_like_an_open_address_is_shut(browser, path):
    assert browser.get(path).status_code in (302, 401)


def test_a_cookie_that_was_changed_is_no_session(browser):
    sign_in(browser)
    kept = browser.cookies["xianzhong_session"]
    browser.cookies.clear()
    other = "A" if kept[0] != "A" else "B"
    browser.cookies.set("xianzhong_session", other + kept[1:])
    assert browser.get("/schools").status_code == 302


def test_a_websocket_without_a_session_is_refused(browser):
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM):
        pytest.fail("it was opened")


# --- how long ---------------------------------------------------------------------------------


def test_a_session_ends_when_nothing_was_done_for_too_long(browser, clock):
    sign_in(browser)
    clock.on(minutes=119)
    assert browser.get("/schools").status_code == 200
    clock.on(minutes=119)
    assert browser.get("/schools").status_code == 200
    clock.on(minutes=121)
    assert browser.get("/schools").status_code == 302


def test_a_session_ends_after_its_longest_time_however_busy(browser, clock):
    sign_in(browser)
    for _ in range(12):
        assert browser.get("/schools").status_code == 200
        clock.on(hours=1.001)
    assert browser.get("/schools").status_code == 302


def test_a_session_begun_in_the_future_holds_no_more(browser, clock):
    sign_in(browser)
    clock.on(hours=-1)
    assert browser.get("/schools").status_code == 302


def test_sessions_outlive_a_restart_where_they_have_a_file(provider, tmp_path):
    file = tmp_path / "state" / "sessions.sqlite"
    configured = settings(provider.issuer, sessions_file=file)
    first = browser_of(Door(configured))
    sign_in(first)
    second = browser_of(Door(configured))
    second.cookies = first.cookies
    assert second.get("/schools").status_code == 200
    assert file.stat().st_mode & 0o077 == 0
    key = first.cookies["xianzhong_session"].rpartition(".")[0]
    assert key.encode() not in file.read_bytes()


# --- out --------------------------------------------------------------------------------------


def test_signing_out_ends_the_session_here_and_at_the_provider(browser, provider, door):
    sign_in(browser)
    kept = dict(browser.cookies)
    mark = door.way_out(kept)
    answer = browser.get("/sign-out", params={"mark": mark})
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{provider.issuer}/end?")
    back = HTTP.get(answer.headers["location"]).headers["location"]
    assert provider.ended()[-1]["id_token_hint"].count(".") == 2
    assert "已退出登录" in browser.get(back).text
    assert browser.get("/schools").status_code == 302
    # Even for somebody who kept the cookie.
    browser.cookies.update(kept)
    assert browser.get("/schools").status_code == 302


def test_another_site_cannot_sign_somebody_out_without_their_word(browser):
    sign_in(browser)
    answer = browser.get("/sign-out?mark=guessed")
    assert "退出登录？" in answer.text
    assert browser.get("/schools").status_code == 200
    way = answer.text.split('class="xz-way" href="')[1].split('"')[0].replace("&amp;", "&")
    assert browser.get(way).status_code == 302
    assert browser.get("/schools").status_code == 302


def test_signing_out_works_while_the_provider_is_down(provider, clock):
    door = Door(settings(provider.issuer), clock)
    browser = browser_of(door)
    sign_in(browser)
    gone = browser_of(Door(settings("http://127.0.0.1:9"), clock))
    gone.cookies = browser.cookies
    answer = gone.get("/sign-out", params={"mark": door.way_out(dict(browser.cookies))})
    assert answer.headers["location"] == "/sign-in/out?lang=zh"


def test_a_second_sign_in_ends_the_first_session_of_the_browser(browser, door, provider):
    sign_in(browser)
    first = dict(browser.cookies)
    there = browser.get("/sign-in/go?to=/")
    browser.get(HTTP.get(there.headers["location"]).headers["location"])
    assert door.session(dict(browser.cookies)) is not None
    assert door.session(first) is None


# --- who is not let in ------------------------------------------------------------------------


def test_who_is_refused_reads_why_and_gets_nothing(browser):
    sign_in(browser)
    refuse(lambda _subject: True)
    page = browser.get("/schools")
    assert page.status_code == 403
    assert "您的账号已停用" in page.text
    assert browser.get("/_stcore/host-config").status_code == 403
    assert browser.put("/_stcore/upload_file/a/b", content=b"x").status_code == 403


def test_a_rule_that_fails_lets_nobody_in(browser):
    sign_in(browser)

    def broken(_identity):
        raise OSError("the lake is away")

    callers.use(broken)
    page = browser.get("/schools")
    assert page.status_code == 503
    assert "the lake is away" not in page.text
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(STREAM):
        pytest.fail("it was opened")


def test_a_person_disabled_meanwhile_is_out_at_the_next_rerun(browser):
    sign_in(browser)
    with browser.websocket_connect(STREAM) as socket:
        socket.send_text("one")
        assert socket.receive_text() == "ran one"
        refuse(lambda subject: subject == "1")
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect) as out:
            socket.receive_text()
    assert out.value.code == ENDED


def test_an_open_page_stops_when_its_session_ends(browser, door):
    sign_in(browser)
    with browser.websocket_connect(STREAM) as socket:
        door.close(dict(browser.cookies))
        socket.send_text("one")
        with pytest.raises(WebSocketDisconnect) as out:
            socket.receive_text()
    assert out.value.code == ENDED


def test_every_session_of_a_person_can_be_ended(door, provider):
    both = [browser_of(door), browser_of(door)]
    for browser in both:
        sign_in(browser)
    assert door.sessions.end_all_of(provider.issuer, "1") == 2
    assert [browser.get("/schools").status_code for browser in both] == [302, 302]
