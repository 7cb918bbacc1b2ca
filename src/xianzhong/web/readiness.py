"""Whether the server can be asked: not while it starts or stops, nor without lake or disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Literal

from xianzhong.model.labels import Label
from xianzhong.watch import counts

Code = Literal["starting", "stopping", "disk", "lake"]
MEGABYTE = 1024 * 1024
_STARTING = Label("正在启动，请稍候", "the server is starting")
_STOPPING = Label("正在停止", "the server is stopping")


class NotReadyError(Exception):
    """Why the server cannot be asked just now.

    Attributes:
        code: for machines.
        said: for people, in both languages.
    """

    def __init__(self, code: Code, said: Label) -> None:
        super().__init__(said.en)
        self.code, self.said = code, said


class Readiness:
    """The state of one server.

    Args:
        lake: The lake's folder.
        check: Asks the lake a question; raises where it does not answer, an error that may have
            its words in both languages as ``said``.
        disk_floor: Megabytes that must be free.
    """

    def __init__(self, lake: Path, check: Callable[[], None], disk_floor: int) -> None:
        self.lake, self.check, self.disk_floor = lake, check, disk_floor
        self._guard = Lock()
        self._state: Literal["starting", "running", "stopping"] = "starting"

    def started(self) -> None:
        """The first preparations are over."""
        with self._guard:
            if self._state == "starting":
                self._state = "running"

    def stopping(self) -> None:
        """No more requests are wanted."""
        with self._guard:
            self._state = "stopping"

    @property
    def stops(self) -> bool:
        """Whether the server is about to stop."""
        return self._state == "stopping"

    def __call__(self) -> None:
        """Looks.

        Raises:
            NotReadyError: the server cannot be asked.
        """
        counts.READY.set(0)
        if self._state != "running":
            said = _STOPPING if self.stops else _STARTING
            raise NotReadyError("stopping" if self.stops else "starting", said)
        try:
            self.check()
        except Exception as error:  # whatever is wrong with the lake, the answer is why
            words = getattr(error, "said", None)
            if not isinstance(words, Label):
                en = str(error) or type(error).__name__
                words = Label(f"数据读不出来：{en}", en)
            raise NotReadyError("lake", words) from error
        self._disk()
        counts.READY.set(1)

    def _disk(self) -> None:
        free = free_megabytes(self.lake)
        if free < self.disk_floor:
            raise NotReadyError(
                "disk",
                Label(
                    f"磁盘将满：只剩 {free:,} MB，低于 {self.disk_floor:,} MB",
                    f"the disk is nearly full: {free:,} MB are left, less than "
                    f"{self.disk_floor:,} MB",
                ),
            )


def free_megabytes(folder: Path) -> int:
    """Free space where a folder lies, or where it would.

    Raises:
        OSError: the disk cannot be asked.
    """
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    counts.DISK_FREE.set(free)
    return free // MEGABYTE
