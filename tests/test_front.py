"""Host names, body sizes and headers, each before an application that would do anything."""

from __future__ import annotations

import anyio
import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xianzhong.web.hosts import HostsMiddleware
from xianzhong.web.protection import ProtectionMiddleware
from xianzhong.web.size import SizeMiddleware

LIMIT = 200_000


def ask(
    app: ASGIApp, path: str = "/", method: str = "GET", chunks: tuple[bytes, ...] = (b"",), **h: str
) -> tuple[int, dict[str, str], bytes]:
    """Send a request whose body comes in chunks."""
    sent: list[Message] = []
    left = list(chunks)

    async def receive() -> Message:
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in h.items()]
    scope = {
        "type": "http", "method": method, "path": path, "query_string": b"", "headers": raw,
    }  # fmt: skip

    async def run() -> None:
        await app(scope, receive, send)

    anyio.run(run)
    start, *parts = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, b"".join(part.get("body", b"") for part in parts)


def answering(response: Response) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    return app


# --- host names -------------------------------------------------------------------------------

ALLOWED = ["localhost", "127.0.0.1", "::1", "Dashboard.example.", "*.office.example"]


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8501", "127.0.0.1:1", "[::1]:8501", "[::1]", "DASHBOARD.example",
     "dashboard.example.", "a.office.example", "a.b.office.example:443"],
)  # fmt: skip
def test_an_allowed_name_is_served_with_any_port(host):
    app = HostsMiddleware(answering(PlainTextResponse("in")), ALLOWED)
    assert ask(app, host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "office.example", "xoffice.example", "localhost.evil.example",
     "127.0.0.1@evil.example", "localhost:80@evil.example", "localhost/x", "localhost:port",
     "localhost:99999", "[::1", "::1", "localhost evil.example", "a.office.example.evil.example"],
)  # fmt: skip
def test_any_other_name_is_refused(host):
    app = HostsMiddleware(answering(PlainTextResponse("in")), ALLOWED)
    assert ask(app, host=host)[0] == 400


def test_no_name_is_refused_even_where_any_would_do():
    app = HostsMiddleware(answering(PlainTextResponse("in")), ["*"])
    assert ask(app)[0] == 400
    assert ask(app, host="a.example")[0] == 200


# --- sizes ------------------------------------------------------------------------------------


class Reader:
    """Reads the whole body and says how much there was."""

    def __init__(self) -> None:
        self.got = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        while more:
            message = await receive()
            self.got += len(message["body"])
            more = message["more_body"]
        await PlainTextResponse(str(self.got))(scope, receive, send)


def sized(inside: ASGIApp, base_path: str = "") -> SizeMiddleware:
    return SizeMiddleware(inside, lambda: LIMIT, base_path)


UPLOAD = "/_stcore/upload_file/session/file"


def test_a_body_within_the_limit_comes_through_whole():
    status, _, body = ask(sized(Reader()), UPLOAD, "PUT", (b"x" * 100_000,) * 2)
    assert (status, body) == (200, b"200000")


@pytest.mark.parametrize("announced", [{}, {"content_length": "10"}])
def test_a_body_that_grows_too_large_is_cut_off_and_answered_in_words(announced):
    inside = Reader()
    chunks = (b"x" * 100_000,) * 50
    status, _, body = ask(sized(inside), UPLOAD, "PUT", chunks, **announced)
    assert status == 413
    assert "文件太大" in body.decode()
    assert "Too large" in body.decode()
    assert inside.got <= LIMIT + 64 * 1024


@pytest.mark.parametrize("announced", ["5000000", "-1", "many", "1e9", ""])
def test_an_announced_size_that_is_too_large_or_none_reads_nothing(announced):
    inside = Reader()
    assert ask(sized(inside), UPLOAD, "PUT", content_length=announced)[0] == 413
    assert inside.got == 0


def test_what_the_inside_makes_of_a_body_cut_off_is_not_the_answer():
    async def catching(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await Reader()(scope, receive, send)
        except Exception:
            await PlainTextResponse("bad form", 400)(scope, receive, send)

    assert ask(sized(catching), UPLOAD, "PUT", (b"x" * 100_000,) * 9)[0] == 413


@pytest.mark.parametrize("path", ["/", "/xz/other", "/_stcore/upload_files"])
def test_only_uploads_may_be_large(path):
    status, _, body = ask(sized(Reader(), "/xz"), path, "POST", (b"x" * 70_000,))
    assert (status, "64 KB" in body.decode()) == (413, True)
    assert ask(sized(Reader(), "/xz"), f"/xz{UPLOAD}", "PUT", (b"x" * 70_000,))[0] == 200


# --- headers ----------------------------------------------------------------------------------


def test_an_answer_keeps_the_policy_that_it_has():
    own = PlainTextResponse("x", headers={"Content-Security-Policy": "default-src 'self'"})
    headers = ask(ProtectionMiddleware(answering(own), https=False))[1]
    assert headers["content-security-policy"] == "default-src 'self'"


@pytest.mark.parametrize(
    ("path", "runs"),
    [("/static/js/a.js", True), ("/assets/a.js", True), ("/media/a.html", False), ("/x", False)],
)
def test_only_the_frontends_own_files_may_run_anything(path, runs):
    app = ProtectionMiddleware(answering(PlainTextResponse("x")), False, "/xz")
    headers = ask(app, f"/xz{path}")[1]
    assert ("script-src 'self'" in headers["content-security-policy"]) is runs


def test_cookies_are_marked_and_https_is_kept_to_where_it_is():
    answer = PlainTextResponse("x")
    answer.headers["set-cookie"] = "a=1; Path=/"
    marked = ask(ProtectionMiddleware(answering(answer), https=True))[1]
    assert marked["set-cookie"] == "a=1; Path=/; SameSite=Lax; Secure"
    assert marked["strict-transport-security"].startswith("max-age=")
    answer.headers["set-cookie"] = "a=1; samesite=strict"
    plain = ask(ProtectionMiddleware(answering(answer), https=False))[1]
    assert plain["set-cookie"] == "a=1; samesite=strict"
    assert "strict-transport-security" not in plain
