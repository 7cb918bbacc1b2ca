"""Reads an uploaded file in a process of its own, and lives on whatever becomes of that process.

A parser can be made to take all memory, to run for ever, or to end its process; a workbook of 1.4
KB is known to. So the server never parses: it starts :mod:`xianzhong.intake.child`, gives it the
bytes, watches the clock, and takes plain values back.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path, PurePath
from typing import IO

from xianzhong.intake.child import TOO_HEAVY
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import (
    CHILD_SECONDS,
    CHILDREN,
    FREE_MEGABYTES,
    MAX_ANSWER,
    MEGABYTE,
    SECONDS_PER_MEGABYTE,
    WAIT_SECONDS,
)
from xianzhong.intake.read import Read, check_size
from xianzhong.intake.read_answer import GarbageError, read_answer

PROGRAM = ("-P", "-X", "utf8", "-m", "xianzhong.intake.child")
_PASSED_ON = ("HOME", "SYSTEMROOT", "USERPROFILE", "APPDATA", "TMPDIR", "TEMP", "TMP")
_turns = threading.BoundedSemaphore(CHILDREN)


def read_in_child(content: bytes, file_name: str) -> Read:
    """The sheets of a file and the notes about it, read in a process of its own.

    Args:
        content: the file.
        file_name: for its ending and the name of a CSV's sheet; never used as a path.

    Raises:
        IntakeError: the file is refused, damaged, too heavy, takes too long, ends the process
            that reads it, or could not have its turn in :data:`WAIT_SECONDS`.
    """
    check_size(content)
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise IntakeError("reader_busy")
    try:
        with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
            name = " ".join(PurePath(file_name).name.splitlines())
            question.write(name.encode("utf-8", errors="replace") + b"\n")
            question.write(content)
            question.seek(0)
            _run(question, answer, allowed_seconds(content))
            answer.seek(0)
            try:
                return read_answer(answer)
            except GarbageError as error:
                raise IntakeError("file_broken") from error
    finally:
        _turns.release()


def allowed_seconds(content: bytes) -> int:
    """How long reading may take. Only workbooks, which are packed, earn more than the least."""
    if not content.startswith((b"PK", b"\xd0\xcf")):
        return CHILD_SECONDS
    earned = max(len(content) / MEGABYTE - FREE_MEGABYTES, 0) * SECONDS_PER_MEGABYTE
    return CHILD_SECONDS + int(earned)


def _run(question: IO[bytes], answer: IO[bytes], seconds: int) -> None:
    """Runs the process to its end.

    Raises:
        IntakeError: it took too long, was ended, or wrote too much.
    """
    process = _start(question, answer, seconds)
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise IntakeError("file_took_too_long", seconds=seconds) from error
    finally:
        _end(process)
    if code in _too_long():
        raise IntakeError("file_took_too_long", seconds=seconds)
    # Where memory is refused, a parser that is not written in Python aborts.
    heavy = {TOO_HEAVY, -signal.SIGABRT, -getattr(signal, "SIGKILL", signal.SIGABRT)}
    if code in heavy or os.fstat(answer.fileno()).st_size > MAX_ANSWER:
        raise IntakeError("file_too_heavy")
    if code:
        raise IntakeError("file_broken")


def _too_long() -> set[int]:
    return {-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)}


def _start(question: IO[bytes], answer: IO[bytes], seconds: int) -> subprocess.Popen[bytes]:
    """Starts the process with an environment of its own, in a session of its own."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    folder = Path(__file__).resolve().parents[2]
    if folder.name not in {"site-packages", "dist-packages"}:
        # A checkout: the process reads the same files as this one.
        environment["PYTHONPATH"] = str(folder)
    try:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, *PROGRAM, str(seconds)],
            stdin=question, stdout=answer, stderr=subprocess.DEVNULL,
            env=environment, close_fds=True, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise IntakeError("reader_busy") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and whatever it may have started; waits until it is gone."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
