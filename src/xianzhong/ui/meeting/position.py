"""Where a presentation is: what lets a telephone move the projector's picture.

Both are windows of the same server, so the place is kept in its memory, under a code that only
the presenter's screen shows. It is small, bounded and forgotten; nothing is lost with it, for
every window has its slide in its address.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from xianzhong.lake.journal import new_key

MOST = 200
IDLE_SECONDS = 12 * 3600.0
_LENGTH = 6
_CODE = re.compile(rf"[2-9a-km-np-z]{{{_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Position:
    """Where one presentation is.

    Attributes:
        meeting: id of the meeting.
        slide: number of the slide, 0 for the title.
        version: one more with each move.
        started: when it began, seconds of the store's clock.
        touched: when it was last moved.
    """

    meeting: str
    slide: int
    version: int
    started: float
    touched: float


class Positions:
    """The presentations of a server; safe to share between threads.

    Args:
        most: presentations kept; the one left alone for longest goes first.
        idle: seconds after which one that nobody moved is forgotten.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        most: int = MOST,
        idle: float = IDLE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._idle, self._clock = most, idle, clock
        self._guard = Lock()
        self._kept: OrderedDict[str, Position] = OrderedDict()

    def now(self) -> float:
        """The store's clock."""
        return self._clock()

    def begin(self, meeting: str, slide: int) -> str:
        """A new presentation and its code."""
        code = new_key()[:_LENGTH]
        self.move(code, meeting, slide)
        return code

    def at(self, code: str, meeting: str) -> Position | None:
        """Where the presentation of a code is; None where it is unknown, or of another meeting."""
        with self._guard:
            found = self._kept.get(code)
            if found is None or found.meeting != meeting:
                return None
            return None if self._clock() - found.touched > self._idle else found

    def move(self, code: str, meeting: str, slide: int) -> Position | None:
        """Moves a presentation, and takes it up again where a new server does not know it.

        Returns:
            Where it is from now on; None where the code is none, or another meeting's.
        """
        if not _CODE.fullmatch(code):
            return None
        with self._guard:
            now, found = self._clock(), self._kept.get(code)
            if found is not None and found.meeting != meeting:
                return None
            if found is None or now - found.touched > self._idle:
                moved = Position(meeting, slide, 1, now, now)
            else:
                step = int(found.slide != slide)
                moved = replace(found, slide=slide, version=found.version + step, touched=now)
            self._kept[code] = moved
            self._kept.move_to_end(code)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return moved


positions = Positions()
