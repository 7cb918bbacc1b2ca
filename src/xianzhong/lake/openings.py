"""When links for people without an account were opened: moments and links, never who.

Kept in the journal. The first opening is written at once; those that follow within a minute are
written together, so that a link that is opened again and again does not fill the disk.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.journal import journal_of
from xianzhong.lake.store import Lake
from xianzhong.watch.logs import log

KIND = "opening"
TOGETHER_SECONDS = 60.0
_TRIES = 5
_log = log("lake")
Start = Callable[[float, Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """How often a link was opened.

    Attributes:
        count: how often.
        last: the newest moment (UTC), None for a link that never was.
    """

    count: int = 0
    last: datetime | None = None


def _later(seconds: float, work: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()


class Openings:
    """The openings of a lake's links; safe to share between threads.

    Args:
        lake: where they are kept.
        clock: seconds, for how long a link's openings wait for one another.
        later: calls something after some seconds.
    """

    def __init__(
        self, lake: Lake, clock: Callable[[], float] = time.monotonic, later: Start = _later
    ) -> None:
        self._lake, self._clock, self._later = lake, clock, later
        self._guard = threading.Lock()
        self._waiting: dict[str, list[datetime]] = {}
        self._written: dict[str, float] = {}

    def note(self, link: str, now: datetime | None = None) -> None:
        """Notes that a link was opened.

        Raises:
            LakeError: the first opening in a while cannot be written; it is tried again with the
                next one.
        """
        clock = self._clock()
        with self._guard:
            self._forget(clock)
            self._waiting.setdefault(link, []).append(now or datetime.now(UTC))
            at_once = link not in self._written
            first_to_wait = not at_once and len(self._waiting[link]) == 1
            if at_once:
                self._written[link] = clock
        if at_once:
            self._write(link)
        elif first_to_wait:
            self._later(TOGETHER_SECONDS, self.flush)

    def flush(self) -> None:
        """Writes what waits; what cannot be written goes on waiting."""
        with self._guard:
            links = list(self._waiting)
        for link in links:
            try:
                self._write(link)
            except LakeError as error:
                _log.warning("openings cannot be recorded yet", error=type(error).__name__)

    def opened(self, links: Iterable[str]) -> dict[str, Opened]:
        """How often each link was opened, by its id.

        Raises:
            LakeError: the journal cannot be read.
        """
        with self._guard:
            waiting = {link: tuple(moments) for link, moments in self._waiting.items()}
        newest = journal_of(self._lake).newest(KIND)
        found = {}
        for link in links:
            event, more = newest.get(link), waiting.get(link, ())
            count = int(event.body["count"]) if event else 0
            last = datetime.fromisoformat(event.body["opened"][-1]) if event else None
            found[link] = Opened(count + len(more), more[-1] if more else last)
        return found

    def _forget(self, clock: float) -> None:
        """Drops what no opening waits for any more: the next one is written at once."""
        old = [link for link, at in self._written.items() if clock - at >= TOGETHER_SECONDS]
        for link in old:
            del self._written[link]

    def _write(self, link: str) -> None:
        with self._guard:
            moments = self._waiting.pop(link, [])
        if not moments:
            return
        try:
            self._append(link, moments)
        except LakeError:
            with self._guard:
                self._waiting[link] = [*moments, *self._waiting.get(link, [])]
                self._written.pop(link, None)
            raise

    def _append(self, link: str, moments: list[datetime]) -> None:
        journal = journal_of(self._lake)
        for left in range(_TRIES - 1, -1, -1):
            events = journal.events(KIND, link)
            count = int(events[-1].body["count"]) if events else 0
            body = {
                "count": count + len(moments),
                "opened": [moment.isoformat(timespec="seconds") for moment in moments],
            }
            try:
                journal.append(KIND, link, "opened", "", body, after=len(events))
                return
            except LakeChangedError:
                # Another process has counted in between: upon its number.
                if not left:
                    raise


_openings: WeakKeyDictionary[Lake, Openings] = WeakKeyDictionary()
_making = threading.Lock()


def openings_of(lake: Lake) -> Openings:
    """The openings of a lake, one for all its callers."""
    with _making:
        return _openings.setdefault(lake, Openings(lake))
