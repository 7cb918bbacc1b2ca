"""A stop in good order: no new request, no new writing, and what is being written ends.

Uvicorn ends its connections as soon as it is told to stop, and a page's run dies with the process,
in the middle of a commit too. So the signal is taken first: what is new is refused, writings that
have begun get their time while their pages still listen, and only then Uvicorn is told.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from threading import Event, Thread, current_thread, main_thread
from types import FrameType
from typing import Any

from xianzhong.watch.logs import log

# After the writings: time for Uvicorn's connections and Streamlit's sessions to end.
LAST_SECONDS = 15.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_log = log("web")


class Stopping:
    """What happens between the signal and the end of the process.

    Args:
        begin: Called at once: from now on what is new is refused.
        ended: Waits for the writings that have begun, so many seconds at most; whether all ended.
        seconds: How long that is.
    """

    def __init__(
        self, begin: Callable[[], None], ended: Callable[[float], bool], seconds: float
    ) -> None:
        self._begin, self._ended, self._seconds = begin, ended, seconds
        self._begun = Event()
        self._over = Event()

    def listen(self) -> None:
        """Takes the signals, and passes them on to whoever had them when all is written.

        For the main thread, once Uvicorn has set its own handlers.
        """
        if current_thread() is not main_thread():
            return
        for number in _SIGNALS:
            signal.signal(number, self._handler(signal.getsignal(number)))

    def _handler(self, before: Any) -> Callable[[int, FrameType | None], None]:
        def handle(number: int, frame: FrameType | None) -> None:
            if self._begun.is_set():
                # Asked twice: whoever presses Ctrl+C again does not want to wait.
                before(number, frame)
                return
            self._begun.set()
            self._begin()
            # Not here: a handler holds up the thread on which the last answers are given.
            Thread(target=self._wait, args=(before, number), daemon=True).start()

        return handle

    def _wait(self, before: Callable[[int, FrameType | None], None], number: int) -> None:
        _log.info("stopping", signal=signal.Signals(number).name)
        ended = self._ended(self._seconds)
        if not ended:
            _log.error("stopped while writing: what was not finished is not seen by anybody")
        before(number, None)
        if not self._over.wait(LAST_SECONDS):
            _log.error("connections did not end in time")
            sys.stdout.flush()
            os._exit(0)

    def over(self) -> None:
        """The server has come to its end by itself."""
        self._over.set()


def quiet_signals() -> None:
    """Lets the process end with 0 after SIGTERM: Uvicorn repeats it once it has stopped."""
    if current_thread() is main_thread():
        signal.signal(signal.SIGTERM, lambda _number, _frame: None)
