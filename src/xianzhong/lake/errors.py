"""What can go wrong with the lake, said in both languages."""

from __future__ import annotations

import errno

from xianzhong.lake.ledger import Entry
from xianzhong.model.labels import Label

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_WORDS = ("No space left on device", "os error 28", "Disk quota exceeded")


class LakeError(Exception):
    """The lake cannot be read or written.

    Attributes:
        said: why, in both languages; the message is the English one.
    """

    def __init__(self, en: str, zh: str = "") -> None:
        super().__init__(en)
        self.said = Label(zh or en, en)


class LakeChangedError(LakeError):
    """Another commit changed a table since the change set was computed; compare again."""


class AlreadyCommittedError(LakeChangedError):
    """The ledger has an upload of this id: nothing is written twice. ``entry`` is that upload."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            f"{entry.upload_id} is in the ledger already", f"批次 {entry.upload_id} 已经写入过"
        )
        self.entry = entry


class DiskFullError(LakeError):
    """There is no room to write; the state before stays whole."""


class ClosingError(LakeError):
    """The server is about to stop: no new writing begins."""

    def __init__(self) -> None:
        super().__init__(
            "the server is restarting and nothing was written; try again in a minute",
            "服务器正在重启，什么也没有写入，请过一分钟再试",
        )


class BusyError(LakeError):
    """Others write without pause."""

    def __init__(self) -> None:
        super().__init__(
            "another upload is being written; try again in a minute",
            "别人正在写入，请过一分钟再试",
        )


def cause(error: BaseException) -> str:
    """The first line of an error's own words: what follows is for programmers."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def unwritable(error: BaseException, zh: str = "数据目录", en: str = "the lake") -> LakeError:
    """What could not be written, and for a full disk what to do. Nothing of it is visible.

    Args:
        error: of the file system, of Delta or of Arrow, which repeat the system's words.
        zh: what was written to, in Chinese.
        en: the same in English.
    """
    full = isinstance(error, OSError) and error.errno in _FULL
    if full or any(words in str(error) for words in _FULL_WORDS):
        return DiskFullError(
            f"{en} cannot be written: the disk is full. Nothing was changed; free some space "
            "(xianzhong doctor says how much is left) and try again",
            f"{zh}写不进去：磁盘已满。数据没有任何改动；请先腾出空间（运行 xianzhong doctor "
            "可查看余量）再试",
        )
    return LakeError(f"{en} cannot be written: {cause(error)}", f"{zh}写不进去：{cause(error)}")


def unreadable(table: str, error: BaseException) -> LakeError:
    """A table whose files are gone or damaged."""
    return LakeError(
        f"the table {table} cannot be read: {cause(error)}", f"{table} 表读不出来：{cause(error)}"
    )
