"""The process that reads one uploaded file: ``python -m xianzhong.intake.child SECONDS``.

It takes the file's name (a line) and bytes from its input and writes to its output what
:mod:`xianzhong.intake.read_answer` describes. Before it reads a byte it gives up memory, time,
files and core dumps beyond the limits, where the platform can; it knows no page, query or lake.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from xianzhong.intake import limits

TOO_HEAVY = 3


def limit(seconds: int) -> None:
    """Lowers what this process may use. Where the platform has no such limits, does nothing."""
    try:
        import resource
    except ImportError:
        return
    wanted = (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_AS", limits.CHILD_MEMORY),
        ("RLIMIT_DATA", limits.CHILD_MEMORY),
        ("RLIMIT_NOFILE", limits.CHILD_FILES),
        ("RLIMIT_FSIZE", limits.MAX_ANSWER),
        ("RLIMIT_CPU", seconds),
    )
    for name, value in wanted:
        kind = getattr(resource, name, None)
        if kind is not None:
            # Some platforms name a limit and then refuse it; the server's clock still holds.
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(kind, (value, value))
    # Should the server die, nobody else would end this process.
    signal.alarm(2 * seconds + 1)


def main() -> int:
    """Reads and answers.

    Returns:
        0, or :data:`TOO_HEAVY` where memory or the room for the answer ended.
    """
    limit(int(sys.argv[1]))
    # Nothing here makes rings of objects, and two million cells are many to look through.
    gc.disable()
    out = os.fdopen(os.dup(1), "wb", buffering=1 << 20)
    with Path(os.devnull).open("wb") as silence:
        os.dup2(silence.fileno(), 1)
        os.dup2(silence.fileno(), 2)
    try:
        _answer(out)
        out.flush()
    except MemoryError:
        return TOO_HEAVY
    except OSError as error:
        if error.errno == errno.EFBIG:
            return TOO_HEAVY
        raise
    return 0


def _answer(out: BinaryIO) -> None:
    from xianzhong.intake.errors import IntakeError
    from xianzhong.intake.read import read_with_notes
    from xianzhong.intake.read_answer import write_read, write_refusal

    name = sys.stdin.buffer.readline().decode("utf-8", errors="replace").rstrip("\n")
    try:
        read = read_with_notes(sys.stdin.buffer.read(), name)
    except IntakeError as error:
        write_refusal(out, error)
        return
    write_read(out, read)


if __name__ == "__main__":
    code = main()
    # Taking two million cells apart one by one is no use to anybody.
    os._exit(code)
