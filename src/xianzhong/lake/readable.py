"""Whether the newest state of the lake can be read just now: by looking, not by remembering."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xianzhong.lake.errors import LakeError, cause
from xianzhong.lake.schema import JOURNAL, LEDGER
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES

_MARK = b"PAR1"
_SHORTEST = 12


def check_readable(lake: Lake) -> None:
    """Opens every file of the newest snapshot, of the ledger and of the journal.

    An engine answers from memory what it was asked before, so only this tells that the disk is
    gone. The files are looked at, not read: their beginning, their end and their size.

    Raises:
        LakeError: one of them is missing or cut off.
    """
    if not (lake.root / LEDGER / "_delta_log").is_dir():
        raise LakeError(
            f"there is no lake at {lake.root}; is its disk mounted?",
            f"{lake.root} 没有数据目录；磁盘挂载好了吗？",
        )
    for table, path in newest_files(lake):
        reason = fault_of(path)
        if reason:
            raise LakeError(
                f"the table {table} cannot be read: {path.name}: {reason}",
                f"{table} 表读不出来：{path.name}：{reason}",
            )


def newest_files(lake: Lake) -> Iterator[tuple[str, Path]]:
    """The Parquet files of the newest state, with the table that each is of.

    Raises:
        LakeError: a table's log cannot be read.
    """
    snapshot = lake.snapshot()
    for table in TABLES:
        yield from ((table, Path(name)) for name in lake.files(table, snapshot))
    for table in (LEDGER, JOURNAL):
        yield from ((table, Path(name)) for name in lake.newest_files(table))


def fault_of(path: Path) -> str:
    """What is wrong with a Parquet file as a file; empty where nothing is."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MARK))
            size = file.seek(0, 2)
            file.seek(max(size - len(_MARK), 0))
            tail = file.read()
    except OSError as error:
        return cause(error)
    if size < _SHORTEST or head != _MARK or tail != _MARK:
        return f"cut off or damaged ({size} bytes)"
    return ""
