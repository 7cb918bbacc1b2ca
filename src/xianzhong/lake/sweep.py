"""Removes what writers left that died: nothing of it was ever visible."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from filelock import Timeout

from xianzhong.lake.errors import LakeError, cause
from xianzhong.lake.originals import ORIGINALS, REPORTS, UNFINISHED
from xianzhong.lake.pending import kept_files
from xianzhong.lake.schema import JOURNAL, LEDGER
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES

# A file is kept before its upload is in the ledger. No writer takes this long in between.
OLD = timedelta(hours=1)
# What delta-rs calls a file that it has not finished.
_UNFINISHED = re.compile(r"#\d+$|\.tmp$")


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed.

    Attributes:
        files, size: how many files, and their bytes together.
        tables: tables that a dead writer had left ahead of the ledger, and that were put back.
    """

    files: int = 0
    size: int = 0
    tables: tuple[str, ...] = ()


def sweep(lake: Lake, *, older: timedelta = OLD) -> Swept:
    """Removes the remains of dead writers, and puts tables back to the ledger's state.

    That is: unfinished files; kept files and reports of uploads that never came into the
    ledger; table files that no snapshot shows. What the ledger names always stays, also of
    uploads that were taken back, and so do the files that wait for review. Meant for the start
    of a server. Where somebody writes, it leaves all as it is, for the next time.

    Args:
        lake: where.
        older: the age from which a kept file without an upload is a remain.

    Raises:
        LakeError: the lake cannot be read or written.
    """
    lock = lake._writer()  # one room, one lock
    try:
        with lock.acquire(timeout=0):
            ahead = tuple(name for name in TABLES if _put_back(lake, name))
            remains = [*_kept(lake, time.time() - older.total_seconds()), *_of_tables(lake)]
            size = sum(path.stat().st_size for path in remains)
            for path in remains:
                path.unlink(missing_ok=True)
    except Timeout:
        return Swept()
    except (DeltaError, OSError, ValueError) as error:
        raise LakeError(
            f"the lake at {lake.root} cannot be swept: {cause(error)}",
            f"数据目录 {lake.root} 无法清理：{cause(error)}",
        ) from error
    return Swept(len(remains), size, ahead)


def _put_back(lake: Lake, table: str) -> bool:
    """Whether the table showed more than the ledger names."""
    before = DeltaTable(lake.path(table)).version()
    return lake.at_head(table, lake.snapshot()).version() != before


def _kept(lake: Lake, before: float) -> Iterator[Path]:
    """Unfinished and unclaimed files and reports from before a moment (seconds of the epoch)."""
    entries = lake.entries()
    claimed = {entry.sha256 for entry in entries} | {f"{e.upload_id}.json" for e in entries}
    claimed |= kept_files(lake)
    for folder in (lake.root / ORIGINALS, lake.root / REPORTS):
        for path in folder.iterdir() if folder.is_dir() else ():
            ours = path.name.startswith(UNFINISHED) or path.name not in claimed
            if ours and path.is_file() and path.stat().st_mtime <= before:
                yield path


def _of_tables(lake: Lake) -> Iterator[Path]:
    """Table files that no snapshot shows. Exact at any age: whoever writes has the lock."""
    shown: dict[str, set[int]] = {name: {0} for name in TABLES}
    for entry in lake.entries():
        for table, version in entry.versions.items():
            shown.setdefault(table, {0}).add(version)
    for table, versions in shown.items():
        # A declaration that is gone leaves its table's files alone.
        if table in TABLES:
            versions |= {lake.shown(table, version) for version in versions}
    for table in (*TABLES, LEDGER, JOURNAL):
        folder = Path(lake.path(table))
        log = folder / "_delta_log"
        yield from (path for path in log.iterdir() if _UNFINISHED.search(path.name))
        yield from (path for path in folder.iterdir() if _UNFINISHED.search(path.name))
        needed = needed_files(log, None if table in (LEDGER, JOURNAL) else shown[table])
        if needed is not None:
            yield from (path for path in folder.glob("*.parquet") if path.name not in needed)


def needed_files(log: Path, versions: set[int] | None) -> set[str] | None:
    """Names of the files that are in one of ``versions``, by Delta's own log.

    Args:
        log: the table's ``_delta_log``.
        versions: those to look at, None for all.

    Returns:
        The names; None where the log is not whole: then nobody can tell.

    Raises:
        OSError, ValueError: the log cannot be read.
    """
    commits = sorted(path for path in log.glob("*.json") if path.stem.isdigit())
    if [int(path.stem) for path in commits] != list(range(len(commits))):
        return None
    live: set[str] = set()
    needed: set[str] = set()
    for number, path in enumerate(commits):
        for line in path.read_text(encoding="utf-8").splitlines():
            action = json.loads(line)
            if "add" in action:
                live.add(unquote(action["add"]["path"]))
            elif "remove" in action:
                live.discard(unquote(action["remove"]["path"]))
        if versions is None or number in versions:
            needed |= live
    return needed
