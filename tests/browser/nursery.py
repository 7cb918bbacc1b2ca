"""A process that has imported everything and forks one server after another from itself.

Importing takes most of a server's start, and a test that writes wants a server of its own. Each
line on the standard input is a server to be started, as JSON: ``arguments`` and ``environment`` as
those of :data:`tests.browser.serving.LAUNCHER`, ``folder`` to work in, ``errors`` a file. The
answer is a line with its ``pid`` and the first line that it ``said``. At the end of the input all
of them are stopped: whatever becomes of the tests, no server is left behind.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from typing import Any

import xianzhong
from tests.browser.serving import ROOT, run


def main() -> None:
    """Start what the input asks for until it ends."""
    for module in pkgutil.walk_packages(xianzhong.__path__, "xianzhong."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # A server knows nothing of the tests; what is imported so far stays where it is.
    sys.path[:] = [place for place in sys.path if place not in ("", str(ROOT))]
    gc.collect()
    gc.freeze()
    # The tests hear of Ctrl+C and end the input; a server that ended is nobody's to wait for.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    started: list[int] = []
    outputs = []
    for line in sys.stdin:
        job = json.loads(line)
        output, its_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(output)
            become(job, its_end)
            return
        os.close(its_end)
        started.append(pid)
        # Kept open, as the server may say more.
        outputs.append(os.fdopen(output, encoding="utf-8"))
        said = outputs[-1].readline()
        print(json.dumps({"pid": pid, "said": said}), flush=True)
    for pid in started:
        try:
            os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            continue
    # It has run nothing itself, and has nothing to take down.
    os._exit(0)


def become(job: dict[str, Any], output: int) -> None:
    """Be the server that was asked for, as if it had been started by itself."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    errors = os.open(job["errors"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for given, place in ((nothing, 0), (output, 1), (errors, 2)):
        os.dup2(given, place)
        os.close(given)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    run(job["arguments"])
