"""Starts a server for a test in a process of its own and stops that process."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

_LAUNCHER = """
import sys
from pathlib import Path
from functools import partial
from xianzhong.cli.cards import describe, find_link
from xianzhong.server import serve
from xianzhong.settings import Settings
from xianzhong.web.cards import LinkCards
script, geo, *hosts = sys.argv[1:]
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
            found = re.search(r"http://[\w.:\[\]]+", line)
            if found is None:
                process.wait(timeout=20)
                errors.seek(0)
                raise AssertionError(f"no address in {line!r}; it said: {errors.read()}")
            yield found.group(), process
        finally:
            stop(process)


def stop(process: subprocess.Popen[str]) -> None:
    """Stop the server as Ctrl+C does, or by force where it does not obey."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
