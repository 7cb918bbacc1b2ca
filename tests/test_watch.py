"""Logs have ids and no content; metrics have few labels; /metrics is for this machine."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from xianzhong.model.labels import Label
from xianzhong.watch import counts, logs
from xianzhong.watch.ids import about, request_id
from xianzhong.web import readiness
from xianzhong.web.metrics import metrics_route
from xianzhong.web.readiness import NotReadyError, Readiness
from xianzhong.web.requests import Requests
from xianzhong.web.routes import health_routes

NAME = "张三丰"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log of a process, set back afterwards."""
    handlers, level = logging.root.handlers[:], logging.root.level
    stream = io.StringIO()
    logs.set_up("json", stream=stream)
    yield stream
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.contextvars.clear_contextvars()


def lines(written: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_is_one_json_object_with_the_ids_of_its_request(written) -> None:
    with about(request_id="ab12", upload_id="20260101T000000-00000000"):
        logs.log("web").info("upload", table="schools", rows=3)
    (line,) = lines(written)
    assert line["request_id"] == "ab12"
    assert line["upload_id"].endswith("-00000000")
    assert (line["event"], line["table"], line["rows"]) == ("upload", "schools", 3)


def test_a_field_that_is_not_listed_is_never_written(written) -> None:
    logs.log("web").info("upload", file_name=f"{NAME}.xlsx", who=NAME, table="schools")
    assert NAME not in written.getvalue().encode().decode("unicode_escape")
    assert set(lines(written)[0]) == {"event", "table", "level", "logger", "timestamp"}


def test_an_error_is_written_as_its_type_and_place_and_without_its_message(written) -> None:
    try:
        raise ValueError(f"cell B7 is {NAME}, 13800138000")
    except ValueError:
        logs.log("intake").exception("upload failed", table="activities")
        logging.getLogger("streamlit.error_util").exception("Uncaught app execution")
    for line in lines(written):
        assert line["error"] == "ValueError"
        assert "test_watch.py" in line["where"]
    assert "B7" not in written.getvalue()
    assert "13800138000" not in written.getvalue()


@pytest.mark.parametrize("said", [NAME, "li@example.cn", "13800138000"])
def test_other_packages_values_are_not_written(written, said) -> None:
    logging.getLogger("uvicorn.error").warning("Rejected %s", said)
    logging.getLogger("streamlit").warning(f"Unknown {said}")
    text = written.getvalue()
    assert said not in text
    assert said not in json.dumps(lines(written), ensure_ascii=False)
    assert len(lines(written)) == 2


def test_uvicorns_own_lines_of_requests_are_not_written(written) -> None:
    logger = logging.getLogger("uvicorn.access")
    logs.take_over(logger)
    logger.warning('%s - "%s"', "127.0.0.1", f"/?q={NAME}")
    assert written.getvalue() == ""


def test_without_a_server_nothing_is_written(capsys) -> None:
    logs.log("intake").warning("file not read", table="schools")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("given", ["张三", "a b", "x" * 20, "abc", "A1" * 10, "a" * 200])
def test_a_request_id_of_others_is_taken_over_only_as_hexadecimal(given) -> None:
    assert request_id(given) != given
    assert request_id("0123456789abcdef") == "0123456789abcdef"


# --- the middleware ------------------------------------------------------------------------


def client(stopping: bool = False, base_path: str = "") -> TestClient:
    async def page(_request: object) -> PlainTextResponse:
        return PlainTextResponse("a page")

    async def broken(_request: object) -> PlainTextResponse:
        raise RuntimeError(NAME)

    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(socket.headers["x-request-id"])
        await socket.receive_text()

    app = Starlette(
        routes=[
            *health_routes(None, base_path),
            Route(f"{base_path}/broken", broken),
            WebSocketRoute(f"{base_path}/_stcore/stream", stream),
            Route("/{path:path}", page),
        ],
        middleware=[
            Middleware(Requests, base_path=base_path, pages={"schools"}, stopping=lambda: stopping)
        ],
    )
    return TestClient(app, raise_server_exceptions=False)


def test_an_answer_carries_the_id_that_its_line_has_and_the_line_has_no_query(written) -> None:
    answer = client().get(f"/schools?q={NAME}&school=530622-01")
    (line,) = [line for line in lines(written) if line["event"] == "request"]
    assert line["request_id"] == answer.headers["x-request-id"]
    assert (line["route"], line["status"], line["method"]) == ("schools", 200, "GET")
    assert "530622" not in written.getvalue()


@pytest.mark.parametrize(
    ("path", "route"),
    [("/", "overview"), ("/schools", "schools"), (f"/{NAME}", "other"), ("/a/b", "other"),
     ("/geo/x.geojson", "geo"), ("/s/abc", "short"), ("/healthz", "health")],
)  # fmt: skip
def test_a_route_is_one_of_few(path, route) -> None:
    before = counts.value("xianzhong_requests_total", route=route, status="2xx")
    client(base_path="").get(path)
    assert counts.value("xianzhong_requests_total", route=route, status="2xx") == before + 1


def test_an_error_of_a_request_is_counted_and_told_without_its_message(written) -> None:
    before = counts.value("xianzhong_errors_total", where="request")
    answer = client().get("/broken")
    assert answer.status_code == 500
    assert counts.value("xianzhong_errors_total", where="request") == before + 1
    assert NAME not in json.dumps(lines(written), ensure_ascii=False)


def test_sessions_are_counted_while_they_are_open() -> None:
    opened = counts.value("xianzhong_sessions_opened_total")
    with client().websocket_connect("/_stcore/stream") as socket:
        assert len(socket.receive_text()) == 16
        assert counts.value("xianzhong_sessions") == 1
        socket.send_text("")
    assert counts.value("xianzhong_sessions") == 0
    assert counts.value("xianzhong_sessions_opened_total") == opened + 1


def test_a_server_that_stops_takes_no_new_request_and_still_says_that_it_lives() -> None:
    stopping = client(stopping=True)
    answer = stopping.get("/schools")
    assert answer.status_code == 503
    assert "正在重启" in answer.json()["reason_zh"]
    assert answer.headers["retry-after"]
    assert stopping.get("/healthz").status_code == 200
    with pytest.raises(WebSocketDisconnect), stopping.websocket_connect("/_stcore/stream"):
        pass


# --- metrics -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "headers", "networks", "status"),
    [
        ("127.0.0.1", {}, (), 200),
        ("::1", {}, (), 200),
        ("10.0.0.7", {}, (), 404),
        ("10.0.0.7", {}, ("10.0.0.0/24",), 200),
        ("10.0.1.7", {}, ("10.0.0.0/24",), 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, (), 404),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, (), 404),
        ("testclient", {}, ("10.0.0.0/24",), 404),
    ],
)
def test_metrics_are_for_this_machine_unless_a_network_is_allowed(
    address, headers, networks, status
) -> None:
    app = Starlette(routes=[metrics_route(networks=networks)])
    answer = TestClient(app, client=(address, 1)).get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("xianzhong_reruns" in answer.text) == (status == 200)


def test_every_metric_that_was_promised_is_told() -> None:
    text = counts.exposition().decode()
    for name in ("sessions", "reruns", "rerun_seconds", "queries", "query_seconds", "uploads",
                 "commits", "commit_seconds", "conflicts", "errors", "requests", "ready",
                 "disk_free_bytes", "snapshot"):  # fmt: skip
        assert f"# HELP xianzhong_{name}" in text, name
    assert "process_resident_memory_bytes" in text


# --- readiness -----------------------------------------------------------------------------


def ready_answer(state: Readiness) -> tuple[int, dict]:
    answer = TestClient(Starlette(routes=health_routes(state))).get("/readyz")
    return answer.status_code, answer.json()


def test_a_server_is_not_ready_while_it_starts_nor_when_it_stops(tmp_path) -> None:
    state = Readiness(tmp_path, lambda: None, 0)
    assert ready_answer(state)[1]["code"] == "starting"
    state.started()
    assert ready_answer(state)[0] == 200
    state.stopping()
    status, said = ready_answer(state)
    assert (status, said["code"]) == (503, "stopping")
    state.started()
    assert ready_answer(state)[0] == 503


def test_a_server_on_a_full_disk_is_not_ready_and_says_how_much_is_left(
    tmp_path, monkeypatch
) -> None:
    state = Readiness(tmp_path, lambda: None, 256)
    state.started()
    monkeypatch.setattr(readiness, "free_megabytes", lambda _folder: 255)
    status, said = ready_answer(state)
    assert (status, said["code"]) == (503, "disk")
    assert "255 MB" in said["reason"]
    assert "磁盘将满" in said["reason_zh"]
    assert counts.value("xianzhong_ready") == 0
    monkeypatch.setattr(readiness, "free_megabytes", lambda _folder: 256)
    assert ready_answer(state)[0] == 200
    assert counts.value("xianzhong_ready") == 1


def test_a_lake_that_does_not_answer_is_told_in_its_own_words(tmp_path) -> None:
    class BrokenError(Exception):
        said = Label("读不出来", "unreadable")

    def check() -> None:
        raise BrokenError("unreadable")

    state = Readiness(tmp_path, check, 0)
    state.started()
    with pytest.raises(NotReadyError) as told:
        state()
    assert (told.value.code, told.value.said) == ("lake", Label("读不出来", "unreadable"))
