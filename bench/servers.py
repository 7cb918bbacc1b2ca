"""Starts the servers that are measured, on loopback, and ends them by their own process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60
SAID = ROOT / "var" / "bench" / "server.log"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its process, and how long it took to answer (seconds)."""

    url: str
    pid: int
    started_in: float

    @property
    def megabytes(self) -> float:
        """Resident memory of the process."""
        return psutil.Process(self.pid).memory_info().rss / 2**20

    @property
    def processor_seconds(self) -> float:
        """Processor time that the process has used."""
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], url: str, health: str) -> Iterator[Server]:
    begin = time.perf_counter()
    SAID.parent.mkdir(parents=True, exist_ok=True)
    # What it says is kept until the next one starts: the cause of an error stands there.
    with SAID.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"CI": "true"}, stdout=said, stderr=said
        )
    try:
        while True:
            with suppress(OSError):
                urllib.request.urlopen(url + health, timeout=2).read()  # noqa: S310
                break
            if time.perf_counter() - begin > PATIENCE_SECONDS or process.poll() is not None:
                raise RuntimeError(f"the server did not start: {' '.join(command)}")
            time.sleep(0.05)
        yield Server(url, process.pid, time.perf_counter() - begin)
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def dashboard(lake: Path) -> Iterator[Server]:
    """The dashboard over a lake."""
    port = free_port()
    command = [sys.executable, "-m", "xianzhong", "serve", "--port", str(port), "--lake", str(lake)]
    with _running(command, f"http://127.0.0.1:{port}", "/healthz") as server:
        yield server


@contextmanager
def empty_page() -> Iterator[Server]:
    """A Streamlit page with nothing on it but a choice: the platform's own floor."""
    port = free_port()
    script = str(ROOT / "bench" / "empty_page.py")
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port),
               "--server.address", "127.0.0.1", "--server.headless", "true",
               "--browser.gatherUsageStats", "false",
               "--server.fileWatcherType", "none"]  # fmt: skip
    with _running(command, f"http://127.0.0.1:{port}", "/_stcore/health") as server:
        yield server
