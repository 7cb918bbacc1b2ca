"""What can go wrong with the lake, said in both languages."""

from __future__ import annotations

from xianzhong.lake.ledger import Entry
from xianzhong.model.labels import Label


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


def unreadable(table: str, error: BaseException) -> LakeError:
    """A table whose files are gone or damaged."""
    return LakeError(
        f"the table {table} cannot be read: {cause(error)}", f"{table} 表读不出来：{cause(error)}"
    )
