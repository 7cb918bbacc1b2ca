"""Keeps the lake quick and small: by a timer, beside the server and its writers.

Small files are brought together (the records stay, and so do the numbers of the snapshots);
remains of dead writers go; files that only snapshots beyond the retention show go too. Never goes
what the newest state, an open link or a meeting shows, nor what the history needs to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from filelock import FileLock, Timeout

from xianzhong.lake.cleared import cleared, note_cleared, read_note, write_note
from xianzhong.lake.errors import BusyError, unwritable
from xianzhong.lake.ledger import Entry
from xianzhong.lake.meetings import kept
from xianzhong.lake.merging import HOOKS, properties
from xianzhong.lake.schema import JOURNAL, LEDGER
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import Swept, needed_files, sweep
from xianzhong.model.tables import TABLES
from xianzhong.settings import TIME_ZONE

MANY_FILES = 16
TIDIED = "tidied.json"
# Held by who copies the lake: nothing is deleted under a backup.
FILES_LOCK = ".files.lock"
# A clock that stands this far from the last tidying is not believed at once.
LONGEST_PAUSE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done.

    Attributes:
        compacted: files before and after, by table.
        swept: remains of dead writers that went.
        cleared: numbers of the snapshots that went.
        files: how many files went with them.
        size: their bytes.
        doubted: whether the clock was doubted, and so nothing was cleared.
    """

    compacted: dict[str, tuple[int, int]]
    swept: Swept
    cleared: tuple[int, ...]
    files: int
    size: int
    doubted: bool


def tidy(
    lake: Lake,
    *,
    retention: timedelta,
    now: datetime | None = None,
    many: int = MANY_FILES,
) -> Tidied:
    """Compacts, sweeps and clears.

    Args:
        lake: where.
        retention: how long every snapshot stays readable after another has taken its place.
        now: the moment, the present one by default.
        many: tables of fewer files are not compacted.

    Raises:
        BusyError: somebody writes or copies for long.
        LakeError: the lake cannot be read or written.
    """
    now = now or datetime.now(UTC)
    try:
        with files_lock(lake).acquire(timeout=10):
            compacted = dict(_compacted(lake, many))
            swept = sweep(lake)
            doubted = _doubted(lake, now)
            going = () if doubted else tuple(beyond(lake, now - retention, now))
            new = tuple(sorted(set(going) - cleared(lake.root)))
            gone = tuple(_cleared(lake, going)) if going else ()
            write_note(lake.root / TIDIED, {"at": now.isoformat()})
    except Timeout as error:
        raise BusyError from error
    except (DeltaError, OSError, ValueError) as error:
        raise unwritable(error) from error
    return Tidied(compacted, swept, new, len(gone), sum(gone), doubted)


def sweep_when_free(lake: Lake) -> Swept:
    """Sweeps, unless somebody writes, tidies or copies just now.

    Raises:
        LakeError: the lake cannot be read or written.
    """
    try:
        with files_lock(lake).acquire(timeout=0):
            return sweep(lake)
    except Timeout:
        return Swept()
    except OSError as error:
        raise unwritable(error) from error


def files_lock(lake: Lake) -> FileLock:
    """The lock of those who delete files and of those who copy them."""
    return FileLock(lake.root / FILES_LOCK)


def small_files(lake: Lake) -> dict[str, int]:
    """How many files each table's newest state has.

    Raises:
        LakeError: a table cannot be read.
    """
    snapshot = lake.snapshot()
    counted = {table: len(lake.files(table, snapshot)) for table in TABLES}
    return counted | {table: len(lake.newest_files(table)) for table in (LEDGER, JOURNAL)}


def _compacted(lake: Lake, many: int) -> Iterator[tuple[str, tuple[int, int]]]:
    for table, before in small_files(lake).items():
        if before < many:
            continue
        # One table at a time: a writer waits for one rewriting at most.
        with lake._writer():  # one room, one lock
            if table in TABLES:
                delta = lake.at_head(table, lake.snapshot())
            else:
                delta = DeltaTable(lake.path(table))
            delta.optimize.compact(
                commit_properties=properties("tidy"), post_commithook_properties=HOOKS
            )
        yield table, (before, len(DeltaTable(lake.path(table)).file_uris()))


def _doubted(lake: Lake, now: datetime) -> bool:
    """Whether the clock may be wrong: what is deleted by a wrong clock does not come back.

    It may where it stands before the newest upload or the last tidying, or far behind the latter.
    The next run, by the same clock, is believed.
    """
    known = [entry.at for entry in lake.entries() if entry.at]
    try:
        last = datetime.fromisoformat(read_note(lake.root / TIDIED)["at"])
    except (KeyError, ValueError, TypeError):
        # Never tidied: nothing says that the clock is right, but for the newest upload.
        last = max(known, default=now)
    return now < max([last, *known]) or now - last > LONGEST_PAUSE


def beyond(lake: Lake, before: datetime, now: datetime) -> Iterator[int]:
    """Numbers of the snapshots that nothing keeps and whose place was taken before a moment.

    Raises:
        LakeError: ledger or journal cannot be read.
    """
    entries = lake.entries()
    shown = kept(lake, now.astimezone(ZoneInfo(TIME_ZONE)).date()) | needed_by_history(entries)
    latest = None
    for entry, following in pairwise(entries):
        # A clock that was set back for an upload makes nothing older than what came before it.
        latest = max((at for at in (latest, entry.at, following.at) if at), default=None)
        if latest is not None and latest < before and entry.number not in shown:
            yield entry.number


def needed_by_history(entries: tuple[Entry, ...]) -> Set[int]:
    """Snapshots on both sides of an undo or a replaced list: what these removed is counted."""
    counted = {
        entry.number
        for entry in entries
        if entry.undoes or (entry.table in TABLES and TABLES[entry.table].whole_list)
    }
    return counted | {number - 1 for number in counted}


def _cleared(lake: Lake, numbers: tuple[int, ...]) -> Iterator[int]:
    """Deletes what only these snapshots show; gives each file's bytes."""
    # Noted first: who is cut off in between leaves files that the next run finds.
    note_cleared(lake.root, numbers)
    with lake._writer():
        for path in _no_longer_needed(lake, frozenset(numbers)):
            size = path.stat().st_size
            path.unlink()
            yield size


def _no_longer_needed(lake: Lake, gone: frozenset[int]) -> Iterator[Path]:
    kept_entries = [entry for entry in lake.entries() if entry.number not in gone]
    for table in TABLES:
        folder = Path(lake.path(table))
        named = {0} | {entry.versions.get(table, 0) for entry in kept_entries}
        # A server that has not looked since the last compaction still reads the files before it,
        # so what the ledger itself names stays for the snapshots that stay.
        versions = named | {lake.shown(table, version) for version in named}
        needed = needed_files(folder / "_delta_log", versions)
        if needed is not None:
            yield from (path for path in folder.glob("*.parquet") if path.name not in needed)
