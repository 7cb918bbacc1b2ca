"""The product's server with sign-in, in a process of its own, and a person's way to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from xianzhong.access.caller import LOCAL
from xianzhong.access.change import invite
from xianzhong.access.roles import Grant, Role
from xianzhong.lake.store import Lake
from xianzhong.query.scope import NATION

COOKIE_SECRET = "signs-cookies-and-stands-in-no-log-at-all"  # pragma: allowlist secret


class SignedInServer:
    """A running server: its address, and what it has said so far."""

    def __init__(self, url: str, process: subprocess.Popen[str], output: IO[str]) -> None:
        self.url, self.process, self._output = url, process, output

    def said(self) -> str:
        self._output.seek(0)
        return self._output.read()


def invited_to_all(lake: Path, name: str, email: str) -> None:
    """Puts somebody on record who may do everything everywhere, by a verified e-mail."""
    grants = [Grant(role, NATION) for role in Role]
    invite(Lake(lake), LOCAL, name, [email], grants)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def signed_in_server(
    issuer: str, client: str, secret: str, lake: Path, **more: str
) -> Iterator[SignedInServer]:
    """Start ``xianzhong serve`` with sign-in at a provider, configured by the environment."""
    port = free_port()
    given = {
        "ADDRESS": f"http://127.0.0.1:{port}", "ISSUER": issuer, "CLIENT_ID": client,
        "CLIENT_SECRET": secret, "COOKIE_SECRET": COOKIE_SECRET, **more,
    }  # fmt: skip
    environ = {
        **os.environ, "PYTHONUNBUFFERED": "1",
        **{f"XIANZHONG_SIGN_IN_{key}": value for key, value in given.items()},
    }  # fmt: skip
    command = [sys.executable, "-m", "xianzhong", "serve", "--port", str(port), "--lake", str(lake)]
    with TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, env=environ, stdout=subprocess.PIPE, stderr=output, text=True
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            server = SignedInServer(given["ADDRESS"], process, output)
            assert server.url in line, server.said()
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
