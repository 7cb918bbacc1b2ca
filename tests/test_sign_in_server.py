"""The whole server with sign-in: headers, host names, sizes, WebSockets, and what it logs."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.lakes import lake_of
from tests.oidc_provider import CLIENT, SECRET, Provider, running_provider
from tests.signed_in_server import (
    COOKIE_SECRET,
    SignedInServer,
    invited_to_all,
    signed_in_server,
)
from xianzhong.cli import serve as command
from xianzhong.server import EXIT_REFUSED


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as started:
        started.person(
            sub="subject-in-no-log", name="示例用户", email="a@example.org", email_verified=True
        )
        yield started


@pytest.fixture(scope="module")
def server(
    provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignedInServer]:
    lake = shutil.copytree(lake_of("empty"), tmp_path_factory.mktemp("signed_in") / "lake")
    invited_to_all(lake, "示例用户", "a@example.org")
    with signed_in_server(provider.issuer, CLIENT, SECRET, lake) as started:
        yield started


@pytest.fixture(scope="module")
def stranger(server: SignedInServer) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, verify=False, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def person(server: SignedInServer) -> Iterator[httpx2.Client]:
    """Somebody who has signed in."""
    with httpx2.Client(base_url=server.url, verify=False, trust_env=False) as client:
        landed = client.get("/sign-in/go?to=/schools?province=53", follow_redirects=True)
        assert landed.status_code == 200
        assert landed.url.path == "/schools"
        yield client


def stream_of(server: SignedInServer, client: httpx2.Client, **more: str):
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"Cookie": cookies, "Origin": server.url, **more}
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    return connect(address, additional_headers=headers, subprotocols=["streamlit"], proxy=None)


ROUTES = {
    "page": "/schools",
    "health": "/healthz",
    "Streamlit's own": "/_stcore/host-config",
    "boundary": "/geo/national.geojson",
    "missing file": "/robots.txt",
    "short address": "/s/unknown",
    "sign-in": "/sign-in",
    "media": "/media/unknown.html",
}


@pytest.mark.parametrize("kind", ROUTES)
def test_every_kind_of_route_carries_the_headers_that_protect(person, stranger, kind):
    for client in (person, stranger):
        headers = client.get(ROUTES[kind]).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "strict-transport-security" not in headers
        policy = headers["content-security-policy"]
        assert re.search(r"default-src '(none|self)'", policy)
        assert "frame-ancestors" in policy
        assert "unsafe-eval" not in policy


def test_what_is_no_page_may_run_nothing(person):
    assert "default-src 'none'" in person.get("/media/unknown.html").headers[
        "content-security-policy"
    ]  # fmt: skip


def test_streamlits_own_cookie_is_marked_too(person):
    cookie = person.get("/_stcore/health").headers["set-cookie"]
    assert "_streamlit_xsrf=" in cookie
    assert "samesite=" in cookie.lower()


@pytest.mark.parametrize("path", [*ROUTES.values(), "/_stcore/stream"])
def test_under_a_foreign_host_name_nothing_is_served(person, path):
    answer = person.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "allowed_hosts" in answer.text


@pytest.mark.parametrize("path", ["/", "/schools?province=53", "/s/unknown", "/upload"])
def test_who_has_not_signed_in_gets_no_page(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/sign-in?to=")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/host-config", "/_stcore/health", "/_stcore/metrics", "/geo/national.geojson",
     "/media/x", "/static/index.html", "/component/x/y", "/app/static/x", "/robots.txt"],
)  # fmt: skip
def test_who_has_not_signed_in_gets_no_file(stranger, path):
    assert stranger.get(path).status_code == 401


def test_the_probes_and_the_files_of_the_sign_in_page_are_open(stranger):
    assert stranger.get("/healthz").json() == {"status": "alive"}
    page = stranger.get("/sign-in").text
    assert "请先登录" in page
    files = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    assert len(files) == 2
    assert [stranger.get(address).status_code for address in files] == [200, 200]


def test_a_websocket_opens_with_a_session_and_not_without(server, person, stranger):
    with stream_of(server, person) as socket_:
        socket_.ping().wait(20)
    with pytest.raises(InvalidStatus) as refused:
        stream_of(server, stranger)
    assert refused.value.response.status_code == 403


def test_a_websocket_of_another_origin_is_refused(server, person):
    with pytest.raises(InvalidStatus) as refused:
        stream_of(server, person, Origin="http://evil.example")
    assert refused.value.response.status_code == 403


def test_an_open_websocket_ends_after_sign_out(server, provider):
    with httpx2.Client(base_url=server.url, verify=False, trust_env=False) as client:
        client.get("/sign-in/go?to=/", follow_redirects=True)
        with stream_of(server, client) as open_page:
            page = client.get("/sign-out").text
            way = re.search(r'class="xz-way" href="([^"]+)"', page)[1].replace("&amp;", "&")
            client.get(way, follow_redirects=True)
            open_page.send(b"")
            with pytest.raises(ConnectionClosed) as ended:
                list(iter(lambda: open_page.recv(20), None))
    assert ended.value.rcvd.code == 4401


def test_an_upload_without_the_token_against_forgery_is_refused(person):
    answer = person.put("/_stcore/upload_file/a/b", files={"f": b"x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_above_the_limit_is_refused_in_words(server, person, announced):
    size = 21 * 1024 * 1024
    content = b"x" * size if announced else (b"x" * 65536 for _ in range(size // 65536))
    answer = person.put("/_stcore/upload_file/a/b", content=content)
    assert answer.status_code in (413, 403)
    if announced:
        assert answer.status_code == 413
        assert "文件太大：最多 20 MB" in answer.text


def test_a_wrong_size_is_no_way_around_the_limit(server):
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as raw:
        raw.sendall(
            f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: {address.netloc}\r\n"
            "Content-Length: 99999999999\r\n\r\n".encode()
        )
        assert raw.recv(64).split(b" ")[1] == b"413"


def test_what_is_no_upload_may_send_little(person):
    answer = person.post("/schools", content=b"x" * 100_000)
    assert answer.status_code == 413
    assert "64 KB" in answer.text


def test_no_secret_and_no_person_is_in_what_the_server_says(server, person, provider):
    provider.fault("signature")
    person_two = httpx2.Client(base_url=server.url, verify=False, trust_env=False)
    failed = person_two.get("/sign-in/go?to=/", follow_redirects=True)
    provider.fault("")
    assert failed.status_code == 403
    code = str(failed.url.params["code"])
    said = server.said()
    assert '"event": "a sign-in failed"' in said
    assert '"outcome": "untrusted"' in said
    hidden = (SECRET, COOKIE_SECRET, code, "subject-in-no-log", "示例用户")
    for cookie in person.cookies.values():
        hidden = (*hidden, cookie)
    assert [text for text in hidden if text in said] == []
    assert not [text for text in hidden if text in failed.text and text != code]


def test_where_it_may_not_start_nothing_has_begun(monkeypatch):
    begun = []
    monkeypatch.setattr(command, "_in_background", lambda *work: begun.append(work))
    with pytest.raises(SystemExit) as ending:
        command.serve_command(host="0.0.0.0", port=0)
    assert (ending.value.code, begun) == (EXIT_REFUSED, [])
