"""The server's plain routes, its index page, and what it refuses."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import anyio
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from tests.browser.serving import running_server, stop
from xianzhong.server import EXIT_REFUSED, HostRefusedError, check_host, serve
from xianzhong.web.assets import asset_routes, load_assets
from xianzhong.web.index import ShellError, build_pages
from xianzhong.web.middleware import IndexMiddleware
from xianzhong.web.routes import geo_routes, health_routes


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: ASGIApp, path: str, query: str = "", method: str = "GET", **headers: str) -> Answer:
    """Send one request to an ASGI application and return its answer."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": query.encode(),
        "headers": raw,
    }
    # In a thread of its own: the browser's fixture may have an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, app, scope, receive, send).result()
    start, *parts = sent
    received = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], received, b"".join(part.get("body", b"") for part in parts))


# --- where it listens ----------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_a_loopback_address_is_allowed_without_sign_in(host):
    check_host(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "10.0.0.5", "example.org", "127.0.0.1.nip"])
def test_any_other_address_is_refused_in_both_languages(host):
    with pytest.raises(HostRefusedError) as refusal:
        check_host(host)
    assert "未配置登录" in str(refusal.value)
    assert "Sign-in is not configured" in str(refusal.value)


def test_any_address_is_allowed_once_sign_in_is_configured():
    check_host("0.0.0.0", sign_in=True)


def test_serving_on_a_public_address_ends_with_code_2_and_the_reason(tmp_path, capsys):
    with pytest.raises(SystemExit) as ending:
        serve(tmp_path / "never_run.py", host="0.0.0.0")
    assert ending.value.code == EXIT_REFUSED == 2
    assert "未配置登录" in capsys.readouterr().err


def test_serving_on_a_port_in_use_ends_with_code_2_and_the_port(tmp_path, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ending:
            serve(tmp_path / "never_run.py", port=port)
    assert ending.value.code == EXIT_REFUSED
    assert str(port) in capsys.readouterr().err


def test_serving_a_script_that_is_missing_ends_with_code_2_and_its_name(tmp_path, capsys):
    with pytest.raises(SystemExit) as ending:
        serve(tmp_path / "missing.py", port=0)
    assert ending.value.code == EXIT_REFUSED
    assert "missing.py" in capsys.readouterr().err


# --- health --------------------------------------------------------------------------------


def test_healthz_says_that_the_process_is_alive():
    answer = ask(Starlette(routes=health_routes(None)), "/healthz")
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "alive"}
    assert answer.headers["cache-control"] == "no-store"


def test_readyz_calls_the_check_each_time():
    calls = []
    app = Starlette(routes=health_routes(lambda: calls.append(1)))
    assert [json.loads(ask(app, "/readyz").body)["status"] for _ in range(2)] == ["ready"] * 2
    assert len(calls) == 2


def test_readyz_gives_the_reason_why_it_is_not_ready():
    def broken() -> None:
        raise RuntimeError("the lake has no snapshot")

    answer = ask(Starlette(routes=health_routes(broken)), "/readyz")
    assert answer.status == 503
    assert json.loads(answer.body) == {"status": "not ready", "reason": "the lake has no snapshot"}


def test_readyz_names_the_error_that_has_no_message():
    def broken() -> None:
        raise MemoryError

    answer = ask(Starlette(routes=health_routes(broken)), "/readyz")
    assert json.loads(answer.body)["reason"] == "MemoryError"


def test_readyz_does_not_wait_for_ever(monkeypatch):
    import threading

    monkeypatch.setattr("xianzhong.web.routes.READY_SECONDS", 0.05)
    release = threading.Event()
    try:
        answer = ask(Starlette(routes=health_routes(lambda: bool(release.wait(30)))), "/readyz")
    finally:
        release.set()
    assert answer.status == 503
    assert "longer than" in json.loads(answer.body)["reason"]


# --- boundary files ------------------------------------------------------------------------


@pytest.fixture
def geo_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "geo"
    (folder / "county").mkdir(parents=True)
    (folder / "national.geojson").write_text('{"type": "FeatureCollection", "n": 1}')
    (folder / "county" / "530000.geojson").write_text('{"type": "FeatureCollection", "n": 53}')
    (folder / "meta.json").write_text("{}")
    (tmp_path / "secret.geojson").write_text("outside")
    return folder


@pytest.mark.parametrize("name", ["national.geojson", "county/530000.geojson"])
def test_a_boundary_file_is_served_as_it_is(geo_folder, name):
    answer = ask(Starlette(routes=geo_routes(geo_folder)), f"/geo/{name}")
    assert (answer.status, answer.body) == (200, (geo_folder / name).read_bytes())
    assert answer.headers["content-type"] == "application/geo+json"


def test_a_boundary_file_is_gzipped_for_those_who_take_it(geo_folder):
    app = Starlette(routes=geo_routes(geo_folder))
    answer = ask(app, "/geo/national.geojson", accept_encoding="gzip, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.body) == (geo_folder / "national.geojson").read_bytes()


def test_only_an_address_with_a_version_is_kept_for_a_year(geo_folder):
    app = Starlette(routes=geo_routes(geo_folder))
    with_version = ask(app, "/geo/national.geojson", query="v=1a2b").headers["cache-control"]
    assert with_version == "public, max-age=31536000, immutable"
    assert ask(app, "/geo/national.geojson").headers["cache-control"] == "no-cache"


def test_an_unchanged_boundary_file_is_not_sent_again_and_a_changed_one_is(geo_folder):
    app = Starlette(routes=geo_routes(geo_folder))
    tag = ask(app, "/geo/national.geojson").headers["etag"]
    assert ask(app, "/geo/national.geojson", if_none_match=tag)[0::2] == (304, b"")
    (geo_folder / "national.geojson").write_text('{"type": "FeatureCollection", "n": 1000}')
    changed = ask(app, "/geo/national.geojson", if_none_match=tag)
    assert (changed.status, json.loads(changed.body)["n"]) == (200, 1000)


@pytest.mark.parametrize(
    "name",
    [
        "unknown.geojson",
        "meta.json",
        "../secret.geojson",
        "county/../../secret.geojson",
        "county/%2e%2e/national.geojson",
        "//national.geojson",
        "county",
        "",
    ],
)
def test_nothing_but_the_listed_boundary_files_is_served(geo_folder, name):
    assert ask(Starlette(routes=geo_routes(geo_folder)), f"/geo/{name}").status == 404


# --- the index page ------------------------------------------------------------------------

STREAMLITS_PAGE = "<title>Streamlit</title>"


@pytest.fixture(scope="module")
def shell() -> Starlette:
    """The shell around an application that answers every address as Streamlit does: with HTML."""

    async def anything(_request: object) -> HTMLResponse:
        return HTMLResponse(STREAMLITS_PAGE)

    assets = load_assets()
    return Starlette(
        routes=[*asset_routes(assets), Route("/{path:path}", anything, methods=["GET", "POST"])],
        middleware=[Middleware(IndexMiddleware, pages=build_pages(assets))],
    )


@pytest.mark.parametrize("path", ["/", "/schools", "/schools/deep", "/index.html"])
def test_every_page_address_answers_in_chinese_by_default(shell, path):
    page = ask(shell, path).body.decode()
    assert '<html lang="zh-CN">' in page
    assert "<title>县中帮扶监测</title>" in page


@pytest.mark.parametrize("query", ["lang=en", "province=53&lang=en-GB", "lang=EN"])
def test_the_address_may_ask_for_english(shell, query):
    page = ask(shell, "/schools", query=query).body.decode()
    assert '<html lang="en">' in page
    assert "<title>County High School Support</title>" in page


def test_the_page_carries_nothing_of_streamlits_own_words(shell):
    page = ask(shell, "/").body.decode()
    assert "Streamlit" not in re.sub("<[^>]+>", "", page)
    assert "_stcore/agent" not in page
    assert 'as="font"' not in page


def test_the_page_says_in_both_languages_that_it_needs_javascript(shell):
    no_script = re.search(r"<noscript>(.*?)</noscript>", ask(shell, "/").body.decode(), re.S)
    assert no_script is not None
    assert 'lang="zh-CN"' in no_script.group(1)
    assert 'lang="en"' in no_script.group(1)


def test_the_page_loads_all_that_streamlits_own_page_loads():
    import streamlit

    original = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
    wanted = set(re.findall(r'(?:src|href)="(\./static/(?:js|css)/[^"]+)"', original))
    ours = build_pages(load_assets())["zh-CN"].body.decode()
    assert wanted
    assert wanted <= set(re.findall(r'(?:src|href)="([^"]+)"', ours))


def test_the_page_has_no_inline_script_and_a_policy_that_forbids_one(shell):
    answer = ask(shell, "/")
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", answer.body.decode()) == []
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_the_page_is_asked_for_again_and_sent_only_when_changed(shell):
    first = ask(shell, "/")
    assert first.headers["cache-control"] == "no-cache"
    assert ask(shell, "/schools", if_none_match=first.headers["etag"])[0::2] == (304, b"")
    english = ask(shell, "/", query="lang=en", if_none_match=first.headers["etag"])
    assert english.status == 200


def test_a_missing_file_is_not_answered_with_the_page(shell):
    answer = ask(shell, "/robots.txt")
    assert answer.status == 404
    assert b"<html" not in answer.body


@pytest.fixture(scope="module")
def named_pages() -> Starlette:
    """The same, below a prefix and with the names of its pages known."""

    async def anything(_request: object) -> HTMLResponse:
        return HTMLResponse(STREAMLITS_PAGE)

    shell = Middleware(
        IndexMiddleware, pages=build_pages(load_assets()), base_path="/x", names={"schools"}
    )
    return Starlette(routes=[Route("/{path:path}", anything)], middleware=[shell])


@pytest.mark.parametrize(
    ("path", "query", "leads"),
    [
        ("/x/nosuchpage", "", "/x/?missing=nosuchpage"),
        ("/x/nosuchpage", "province=53&lang=en", "/x/?province=53&lang=en&missing=nosuchpage"),
        ("/x/schools/deep", "missing=a", "/x/?missing=schools%2Fdeep"),
        ("/x//evil.example", "", None),
        ("/x//evil", "q=%E5%A4%87&b=", "/x/?q=%E5%A4%87&b=&missing=evil"),
        ("/x/overview", "province=53", "/x/?province=53"),
        ("/x/overview", "", "/x/"),
    ],
)
def test_an_address_of_no_page_leads_to_the_first_page(named_pages, path, query, leads):
    answer = ask(named_pages, path, query=query)
    if leads is None:
        assert answer.status == 404
        return
    assert (answer.status, answer.headers["location"]) == (302, leads)


@pytest.mark.parametrize("path", ["/x/", "/x/schools", "/x/schools/", "/x/index.html"])
def test_an_address_of_a_page_is_answered_with_it(named_pages, path):
    assert ask(named_pages, path).status == 200


def test_a_missing_file_stays_missing_where_pages_are_known(named_pages):
    assert ask(named_pages, "/x/robots.txt").status == 404


def test_html_that_is_not_a_page_passes_untouched(shell):
    assert ask(shell, "/media/report.html").body.decode() == STREAMLITS_PAGE
    assert ask(shell, "/schools", method="POST").body.decode() == STREAMLITS_PAGE


def test_the_shells_files_are_found_by_the_names_in_the_page_and_kept_for_a_year(shell):
    names = re.findall(r'"\.(/assets/[^"]+)"', ask(shell, "/").body.decode())
    assert len(names) == 4
    for name in names:
        answer = ask(shell, name)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_an_index_page_that_is_not_understood_is_refused():
    with pytest.raises(ShellError):
        build_pages(load_assets(), source="<html><body><div id='root'></div></body></html>")


# --- the whole server ----------------------------------------------------------------------


class Running(NamedTuple):
    url: str
    process: subprocess.Popen[str]

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=b"{}" if method == "POST" else None, headers=names)
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, received, response.read())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "page.py").write_text("import streamlit as st\nst.write('x')\n")
    (folder / "geo").mkdir()
    (folder / "geo" / "national.geojson").write_text("{}")
    with running_server(folder / "page.py", geo_folder=folder / "geo") as (url, process):
        yield Running(url, process)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/geo/national.geojson"])
def test_the_plain_routes_come_before_streamlits_pages(running, path):
    answer = running.ask(path)
    assert answer.status == 200
    assert "json" in answer.headers["content-type"]


def test_a_deep_link_gets_the_shells_page(running):
    answer = running.ask("/schools?province=53&lang=en", accept_encoding="gzip")
    assert b'<html lang="en">' in gzip.decompress(answer.body)


@pytest.mark.parametrize("path", ["/geo/../../../etc/passwd", "/geo/%2e%2e/%2e%2e/page.py"])
def test_no_address_leads_out_of_the_boundary_folder(running, path):
    assert running.ask(path).status in {400, 404}


def test_the_interface_for_programs_is_off(running):
    answer = running.ask("/_stcore/agent/interact", "POST", content_type="application/json")
    assert (answer.status, b"not_available" in answer.body) == (403, True)


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 101), ("evil.example", 403)])
def test_a_session_is_opened_only_under_a_known_host_name(running, host, status):
    answer = socket.create_connection(("127.0.0.1", urlsplit(running.url).port or 0), timeout=20)
    request = (
        "GET /_stcore/stream HTTP/1.1\r\n"
        f"Host: {host}\r\nOrigin: http://{host}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with answer:
        answer.sendall(request.encode())
        assert answer.recv(4096).split(b" ")[1] == str(status).encode()


def test_it_says_where_it_runs_in_one_line_and_stops_in_good_order(tmp_path):
    (tmp_path / "page.py").write_text("import streamlit as st\n")
    with running_server(tmp_path / "page.py") as (_, process):
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        assert process.returncode == 0
    assert re.fullmatch(r"(已停止。)?\s*(Stopped\.)?\s*", rest)
    stop(process)


@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN.UTF-8", "拒绝监听"), ("en_GB.UTF-8", "will not listen")]
)
def test_the_refusal_can_be_read_at_a_terminal(tmp_path, language, word):
    code = (
        "from pathlib import Path; from xianzhong.server import serve; "
        "serve(Path('x.py'), host='0.0.0.0')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env={"LANG": language, "PYTHONUTF8": "1", "PATH": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == EXIT_REFUSED
    assert word in ended.stderr
