"""Starts a server for a test in a process of its own and stops that process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

ROOT = Path(__file__).resolve().parents[2]


def run(arguments: Sequence[str]) -> None:
    """Serve ``arguments``: a script, the folder of its boundaries or nothing, and its hosts."""
    # Whoever only starts a server need not import one.
    from xianzhong.cli.cards import describe, find_link
    from xianzhong.server import serve
    from xianzhong.settings import Settings
    from xianzhong.web.cards import LinkCards

    script, geo, *hosts = arguments
    settings = Settings.from_environment()
    # The shell's own test page is about no lake.
    about = LinkCards(partial(find_link, settings), partial(describe, settings))
    serve(
        Path(script),
        port=0,
        links=about if Path(script).name == "app.py" else None,
        geo_folder=Path(geo) if geo else None,
        allowed_hosts=hosts,
    )


_LAUNCHER = f"""
import sys
sys.path.append({str(ROOT)!r})
from tests.browser.serving import run
sys.path.pop()
run(sys.argv[1:])
"""


@contextmanager
def running_server(
    script: Path, *, geo_folder: Path | None = None, allowed_hosts: Sequence[str] = ()
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve ``script`` on a free loopback port, from another working directory than the project's.

    Yields the address (without a slash at its end) and the process.
    """
    arguments = [str(script.resolve()), str(geo_folder or ""), *allowed_hosts]
    with TemporaryDirectory() as elsewhere, TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCHER, *arguments],
            cwd=elsewhere,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = address_in(line)
            if found is None:
                process.wait(timeout=20)
                errors.seek(0)
                raise AssertionError(f"no address in {line!r}; it said: {errors.read()}")
            yield found, process
        finally:
            stop(process)


def address_in(line: str) -> str | None:
    """The address that a server says it is at."""
    found = re.search(r"http://[\w.:\[\]]+", line)
    return found and found.group()


def stop(process: subprocess.Popen[str]) -> None:
    """Stop the server as Ctrl+C does, or by force where it does not obey."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# --- servers that start at once ---------------------------------------------------------------

_nurseries: list[subprocess.Popen[str]] = []


def nursery() -> subprocess.Popen[str]:
    """The process that this one has its servers forked from, started at first use."""
    if not _nurseries or _nurseries[0].poll() is not None:
        _nurseries[:] = [
            subprocess.Popen(
                [sys.executable, "-c", "from tests.browser.nursery import main; main()"],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                encoding="utf-8",
            )
        ]  # fmt: skip
    return _nurseries[0]


@contextmanager
def product_server(lake: Path) -> Iterator[str]:
    """Serve the product over a lake; yields the address (without a slash at its end)."""
    arguments = [str(ROOT / "app.py"), str(ROOT / "data" / "geo")]
    environment = {**os.environ, "XIANZHONG_LAKE": str(lake)}
    if not hasattr(os, "fork"):
        with running_with(environment, arguments) as url:
            yield url
        return
    with TemporaryDirectory() as elsewhere:
        job = {
            "arguments": arguments, "environment": environment, "folder": elsewhere,
            "errors": f"{elsewhere}/errors",
        }  # fmt: skip
        process = nursery()
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(job), file=process.stdin, flush=True)
        answer = json.loads(process.stdout.readline())
        try:
            url = address_in(answer["said"])
            if url is None:
                raise AssertionError(f"it said: {Path(job['errors']).read_text('utf-8')}")
            yield url
        finally:
            stop_forked(answer["pid"])


@contextmanager
def running_with(environment: dict[str, str], arguments: Sequence[str]) -> Iterator[str]:
    """A server in a process started anew, where there is no fork."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        with running_server(Path(arguments[0]), geo_folder=Path(arguments[1])) as (url, _):
            yield url
    finally:
        os.environ.clear()
        os.environ.update(before)


def stop_forked(pid: int, patience: float = 20) -> None:
    """Stop a forked server as Ctrl+C does, or by force; its parent leaves nothing to wait for."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            os.kill(pid, 0)
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
