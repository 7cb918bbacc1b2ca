"""Faults, with real processes: what is kept, and what whoever asks is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from websockets.exceptions import WebSocketException

from bench.visitor import Visitor
from tests.intake_lakes import csv_bytes
from tests.opening import page_to_run, press
from tests.small_lake import build, put, university
from tests.test_observed import ROW
from tests.test_tidy import state
from tests.test_upload_page import HEADERS, drop
from xianzhong.lake.errors import DiskFullError
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import sweep

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
# A page that writes to the lake as pages do, in the run of a session, whenever a link says so.
PAGE = """
import streamlit as st
from tests.small_lake import put, university
from xianzhong.lake.errors import LakeError
from xianzhong.query.open import open_engine
from xianzhong.settings import Settings
code = st.query_params.get("write", "")
try:
    if code:
        put(open_engine(Settings.from_environment()).lake, "universities", [university(code)])
    st.write("done")
except LakeError as error:
    st.error(error.said.zh)
"""
LAUNCHER = """
import sys, threading
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from xianzhong.cli.operating import operation, warmed
from xianzhong.server import serve
from xianzhong.settings import Operation, Settings
settings = Settings.from_environment()
run = operation(settings, Operation.from_environment())
threading.Thread(target=warmed, args=(settings, run.readiness.started), daemon=True).start()
serve(Path(sys.argv[1]), port=0, operation=run)
"""


class Served:
    """A running server of its own process."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process, self.log = process, log
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://[\w.:]+", line)
        assert found, f"{line!r} {log.read_text('utf-8')}"
        self.url = found.group().rstrip("/")

    def ask(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def until(self, path: str, holds: Callable[[int, str], bool]) -> str:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            with suppress(OSError):
                status, text = self.ask(path)
                if holds(status, text):
                    return text
            time.sleep(0.02)
        raise AssertionError(f"{path} never was as expected: {self.ask(path)}")

    def wait(self) -> int:
        return self.process.wait(PATIENCE)


@contextmanager
def served(lake: Path, folder: Path, script: Path | None = None, **environment: str):
    page = script or folder / "page.py"
    if script is None:
        page.write_text(PAGE, "utf-8")
    log = folder / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, str(page), str(lake), str(ROOT)],
            env=os.environ | {"XIANZHONG_LAKE": str(lake), "XIANZHONG_DISK_FLOOR": "1"}
            | environment,
            stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
        )  # fmt: skip
        try:
            yield Served(process, log)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def universities(lake: Path) -> set[str]:
    return set(state(Lake(lake, create=False))["universities"])


# --- stopping ------------------------------------------------------------------------------


def test_sigterm_lets_a_commit_end_and_takes_nothing_new(lake, tmp_path) -> None:
    told: list[str] = []
    with served(lake.root, tmp_path) as server:
        server.until("/readyz", lambda status, _: status == 200)
        with Visitor(server.url) as visitor, Visitor(server.url) as other:
            other.open()
            with lake._writer():
                reader = Thread(target=lambda: told.append(visitor.open("", {"write": "5"}).error))
                reader.start()
                server.until("/metrics", lambda _, text: "commits_running 1.0" in text)
                server.process.send_signal(signal.SIGTERM)
                said = json.loads(server.until("/readyz", lambda status, _: status == 503))
                assert said["code"] == "stopping"
                assert server.ask("/schools")[0] == 503
                with pytest.raises(WebSocketException), Visitor(server.url):
                    pass
                # Who has a page open is told, and nothing new is begun.
                assert "正在重启" in other.open("", {"write": "6"}).error
                assert server.process.poll() is None
            reader.join(PATIENCE)
        assert server.wait() == 0
        # The reader saw the end of what was begun.
        assert told == [""]
    assert {"5", "6"} & universities(lake.root) == {"5"}
    log = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]
    assert "stopped" in {line["event"] for line in log}
    assert {"done", "closing"} <= {line.get("outcome") for line in log}


def test_a_commit_that_does_not_end_in_time_is_cut_off_and_nothing_of_it_is_seen(
    lake, tmp_path
) -> None:
    before = state(lake)
    with served(lake.root, tmp_path, XIANZHONG_STOP_SECONDS="1") as server:
        server.until("/readyz", lambda status, _: status == 200)
        with Visitor(server.url) as visitor, lake._writer():
            visitor.ask("", {"write": "5"})
            server.until("/metrics", lambda _, text: "commits_running 1.0" in text)
            server.process.send_signal(signal.SIGTERM)
            assert server.wait() == 0
    assert state(Lake(lake.root)) == before
    put(Lake(lake.root), "universities", [university("6")])
    assert "6" in universities(lake.root)


def test_kill_9_under_load_loses_nothing_that_was_acknowledged(lake, tmp_path) -> None:
    acknowledged: list[str] = []

    def write(url: str, name: str) -> None:
        with suppress(WebSocketException, OSError, TimeoutError), Visitor(url) as visitor:
            for number in range(1000):
                code = f"{name}{number}"
                if not visitor.open("", {"write": code}).error:
                    acknowledged.append(code)

    with served(lake.root, tmp_path) as server:
        server.until("/readyz", lambda status, _: status == 200)
        writers = [Thread(target=write, args=(server.url, name)) for name in "abc"]
        for writer in writers:
            writer.start()
        server.until("/metrics", lambda _, text: commits(text) >= 8)
        server.process.kill()
        for writer in writers:
            writer.join(PATIENCE)
    assert len(acknowledged) >= 5
    after = Lake(lake.root, create=False)
    assert set(acknowledged) <= universities(lake.root)
    # All of each commit or nothing: a row for each entry of the ledger, and none beside.
    entries = [e for e in after.entries() if e.number > lake.snapshot(6).number]
    assert len(universities(lake.root)) == 4 + len(entries)
    sweep(after)
    put(Lake(lake.root), "universities", [university("again")])
    assert "again" in universities(lake.root)


def commits(text: str) -> float:
    found = re.search(r'commits_total\{kind="upload",outcome="done"\} ([\d.]+)', text)
    return float(found.group(1)) if found else 0.0


# --- the lake goes away --------------------------------------------------------------------


def test_a_lake_that_goes_away_is_told_by_readyz_and_by_the_page_and_comes_back(
    lake, tmp_path
) -> None:
    away = tmp_path / "away"
    with served(lake.root, tmp_path, ROOT / "app.py") as server:
        server.until("/readyz", lambda status, _: status == 200)
        with Visitor(server.url) as visitor:
            assert visitor.open().error == ""
            lake.root.rename(away)
            said = json.loads(server.until("/readyz", lambda status, _: status == 503))
            assert said["code"] == "lake"
            assert "磁盘挂载好了吗" in said["reason_zh"]
            assert "数据暂时读不出来" in visitor.open("", {"province": "53"}).error
            assert server.ask("/healthz")[0] == 200
            away.rename(lake.root)
            server.until("/readyz", lambda status, _: status == 200)
            assert visitor.open("", {"province": "53"}).error == ""
        text = server.ask("/metrics")[1]
        assert 'xianzhong_errors_total{where="page"}' in text
        assert 'xianzhong_reruns_total{outcome="done",page="overview"}' in text
        server.process.send_signal(signal.SIGTERM)
        assert server.wait() == 0


@pytest.mark.parametrize("fault", ["gone", "cut"])
def test_a_damaged_file_makes_a_server_not_ready_though_answers_are_kept(
    lake, fault, monkeypatch
) -> None:
    from xianzhong.cli.operating import operation
    from xianzhong.settings import Operation, Settings
    from xianzhong.watch import logs
    from xianzhong.web.readiness import NotReadyError

    monkeypatch.setattr(logs, "set_up", lambda *_args, **_named: None)
    ready = operation(Settings(lake=lake.root), Operation(disk_floor=0)).readiness
    ready.started()
    ready()
    victim = Path(lake.files("schools", lake.snapshot())[0])
    victim.unlink() if fault == "gone" else victim.write_bytes(victim.read_bytes()[:-7])
    with pytest.raises(NotReadyError) as told:
        ready()
    assert told.value.code == "lake"
    assert "schools 表读不出来" in told.value.said.zh


# --- no room -------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    at = tmp_path / "disk"
    at.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(at)], check=False, capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    return ballast


def test_on_a_full_disk_nothing_is_written_nothing_is_lost_and_the_page_says_so(
    small_disk, monkeypatch
) -> None:
    lake = build(small_disk / "lake")
    before, entries = state(lake), lake.entries()
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
    app = page_to_run("upload")
    app.session_state["upload_who"] = "示例"
    drop(app.run(), "示例.csv", csv_bytes([HEADERS, ROW]))
    ballast = fill(small_disk)
    press(app, "commit_")
    assert "磁盘已满" in app.error[0].value
    assert "xianzhong doctor" in app.error[0].value
    again = Lake(lake.root)
    assert (state(again), again.entries()) == (before, entries)

    ballast.unlink()
    press(app, "commit_")
    assert len(app.success) == 1
    assert len(state(again)["activities"]) == len(before["activities"]) + 1


def test_a_disk_that_fills_up_within_a_commit_leaves_the_state_before(small_disk) -> None:
    lake = build(small_disk / "lake")
    before = state(lake)
    ballast = fill(small_disk)
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - 8192)
    with pytest.raises(DiskFullError):
        put(lake, "universities", [university(str(n)) for n in range(4000)])
    assert state(Lake(lake.root)) == before
    ballast.unlink()
    put(lake, "universities", [university("5")])
    assert "5" in universities(lake.root)
