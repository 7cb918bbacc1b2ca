"""The writings of this process: counted, told of, and let end before the process does.

A server that is asked to stop lets no new writing begin and waits for those that have begun. One
that does not end in time is cut off with the process: it is not in the ledger then, no reader ever
sees it, and the next writer puts back what it left (``Lake.at_head``).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Literal

from xianzhong.lake.errors import BusyError, ClosingError, LakeChangedError
from xianzhong.watch import counts
from xianzhong.watch.logs import log

Kind = Literal["upload", "undo", "bulk", "journal"]
_log = log("lake")


class Writings:
    """What is being written, and whether more may begin."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._running = 0
        self._closed = False

    @property
    def running(self) -> int:
        """How many writings have begun and not ended."""
        with self._changed:
            return self._running

    @contextmanager
    def one(self) -> Iterator[None]:
        """Counts a writing from here to the end of the block.

        Raises:
            ClosingError: no more may begin.
        """
        with self._changed:
            if self._closed:
                raise ClosingError
            self._running += 1
        counts.WRITING.inc()
        try:
            yield
        finally:
            counts.WRITING.dec()
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def close(self, seconds: float) -> bool:
        """Lets no more begin and waits for those that run; whether all have ended in time."""
        with self._changed:
            self._closed = True
            return self._changed.wait_for(lambda: self._running == 0, seconds)

    def open(self) -> None:
        """Lets writings begin again."""
        with self._changed:
            self._closed = False


WRITINGS = Writings()


@contextmanager
def running(kind: Kind, upload_id: str = "") -> Iterator[None]:
    """A writing to the lake, from before it waits for its turn until it is seen or given up.

    Args:
        kind: what is written.
        upload_id: for the log.

    Raises:
        ClosingError: the process is about to stop.
    """
    begun = time.perf_counter()
    outcome = "failed"
    try:
        with WRITINGS.one():
            yield
        outcome = "done"
    except LakeChangedError:
        outcome = "conflict"
        counts.CONFLICTS.inc()
        raise
    except (BusyError, ClosingError) as error:
        outcome = "closing" if isinstance(error, ClosingError) else "busy"
        raise
    except Exception:
        counts.ERRORS.labels("lake").inc()
        raise
    finally:
        taken = time.perf_counter() - begun
        counts.COMMITS.labels(kind, outcome).inc()
        counts.COMMIT_SECONDS.observe(taken)
        _log.info("writing", kind=kind, outcome=outcome, upload_id=upload_id or None,
                  milliseconds=round(taken * 1000, 1))  # fmt: skip
