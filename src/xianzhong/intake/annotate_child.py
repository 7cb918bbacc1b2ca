"""Makes the annotated file in a process of its own: ``python -m xianzhong.intake.annotate_child``.

Loading a workbook with all its formats costs far more than reading its values, and a workbook can
be made to cost more still. The process has the reader's limits of memory, and its own of time.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from xianzhong.intake.child import limit
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MEGABYTE
from xianzhong.intake.report import Report
from xianzhong.intake.values import Sheet
from xianzhong.model.labels import Lang

BASE_SECONDS, SECONDS_PER_MEGABYTE = 20, 4
WAIT_SECONDS = 60
_PROGRAM = ("-P", "-X", "utf8", "-m", "xianzhong.intake.annotate_child")
_PASSED_ON = ("HOME", "SYSTEMROOT", "USERPROFILE", "APPDATA", "TMPDIR", "TEMP", "TMP")
# openpyxl imports numpy, whose threads would take the address space that the limit leaves.
_QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_ALL_WELL, _UNREADABLE = 0, 4
_turn = threading.BoundedSemaphore(1)


def annotate_in_child(
    content: bytes,
    file_name: str,
    report: Report,
    lang: Lang,
    *,
    sheets: Sequence[Sheet] | None = None,
) -> tuple[bytes, str]:
    """As :func:`xianzhong.intake.annotate.annotate`, safe for a server.

    Where a workbook is too heavy to be loaded with its formats, it is made anew from its values.

    Raises:
        IntakeError: it is too heavy or takes too long even so, can no longer be read, or others
            take their turn for too long.
    """
    from xianzhong.intake.annotate import annotated_name

    seconds = BASE_SECONDS + SECONDS_PER_MEGABYTE * (len(content) // MEGABYTE)
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise IntakeError("reader_busy")
    try:
        for formats in (True, False):
            job = (content, file_name, report, lang, sheets, formats)
            code, made = _run(job, seconds)
            if code == _ALL_WELL:
                return made, annotated_name(file_name, lang)
            if code == _UNREADABLE:
                raise IntakeError("file_broken")
    finally:
        _turn.release()
    raise IntakeError("file_too_heavy")


def _run(job: tuple[object, ...], seconds: int) -> tuple[int, bytes]:
    """The exit code of the process and what it made; nothing it makes is ever unpickled."""
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        pickle.dump(job, question, protocol=pickle.HIGHEST_PROTOCOL)
        question.seek(0)
        code = _wait(_start(question, answer, seconds), seconds)
        answer.seek(0)
        return code, answer.read() if code == _ALL_WELL else b""


def _start(question: IO[bytes], answer: IO[bytes], seconds: int) -> subprocess.Popen[bytes]:
    environment = _QUIET | {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    folder = Path(__file__).resolve().parents[2]
    if folder.name not in {"site-packages", "dist-packages"}:
        # A checkout: the process reads the same files as this one.
        environment["PYTHONPATH"] = str(folder)
    try:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, *_PROGRAM, str(seconds)],
            stdin=question, stdout=answer, stderr=subprocess.DEVNULL,
            env=environment, close_fds=True, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise IntakeError("reader_busy") from error


def _wait(process: subprocess.Popen[bytes], seconds: int) -> int:
    """The exit code; the process is gone when this returns."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGALRM if hasattr(signal, "SIGALRM") else 1
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def main() -> int:
    """Takes the job from its input, which the server has written, and writes the workbook."""
    limit(int(sys.argv[1]))
    # Hundreds of thousands of cells live until the end; looking through them frees nothing.
    gc.disable()
    from xianzhong.intake.annotate import annotate

    content, file_name, report, lang, sheets, formats = pickle.load(sys.stdin.buffer)  # noqa: S301
    try:
        made, _ = annotate(content, file_name, report, lang, sheets=sheets, formats=formats)
    except IntakeError:
        return _UNREADABLE
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return _ALL_WELL


if __name__ == "__main__":
    sys.exit(main())
