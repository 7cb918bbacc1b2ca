"""What ``serve`` is operated with: the lake's state in ``/readyz``, ``/metrics`` and the stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from xianzhong.lake.errors import LakeError
from xianzhong.lake.readable import check_readable
from xianzhong.lake.tidy import sweep_when_free
from xianzhong.lake.writing import WRITINGS
from xianzhong.query.open import open_engine, ready, warm
from xianzhong.settings import Operation as Given
from xianzhong.settings import Settings, programme_version
from xianzhong.watch import counts, logs
from xianzhong.web.operation import Operation
from xianzhong.web.readiness import Readiness, free_megabytes

# Long enough for a page to run again with the receipt of what it has written.
TELLING_SECONDS = 2.0


def operation(settings: Settings, given: Given) -> Operation:
    """The operation of a server over the settings' lake."""
    log_form = given.log or None
    form = log_form if log_form in ("json", "console") else None

    def set_up() -> None:
        logs.set_up(form, level=given.log_level)  # type: ignore[arg-type]

    set_up()
    counts.VERSION.labels(programme_version()).set(1)
    return Operation(
        readiness=Readiness(settings.lake, lambda: _check(settings), given.disk_floor),
        ended=_ended,
        stop_seconds=given.stop_seconds,
        networks=given.metrics_from,
        refresh=lambda: _refresh(settings),
        logs=set_up,
    )


def warmed(settings: Settings, started: Callable[[], None]) -> None:
    """Reads the lake before the first reader asks; what fails here, /readyz and pages say."""
    try:
        with suppress(LakeError):
            # What a process left that was killed is not waited for by readers.
            sweep_when_free(open_engine(settings).lake)
        with suppress(LakeError):
            warm(settings)
    finally:
        started()


def _ended(seconds: float) -> bool:
    """Waits for writings that have begun, and lets their pages tell what became of them."""
    some = WRITINGS.running > 0
    ended = WRITINGS.close(seconds)
    if some and ended:
        time.sleep(TELLING_SECONDS)
    return ended


def _check(settings: Settings) -> None:
    check_readable(open_engine(settings).lake)
    ready(settings)


def _refresh(settings: Settings) -> None:
    with suppress(LakeError, OSError):
        counts.SNAPSHOT.set(open_engine(settings).lake.snapshot().number)
    with suppress(OSError):
        free_megabytes(settings.lake)
