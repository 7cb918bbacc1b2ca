"""A copy of the lake at one moment, made while others write, and put back from it.

The ledger's row is the moment at which an upload becomes visible, so a copy is of one snapshot:
the ledger's log up to that row, each table's log up to the version that the row names, and every
file that these show. What is written meanwhile lies behind all of that and is left out. Logs are
copied by number and never by time, so the copy has the same snapshots under the same numbers.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from filelock import Timeout

from xianzhong.lake.cleared import cleared, read_note, write_note
from xianzhong.lake.copying import CopyError, copied, digest_of, forget_cached, safe_name, sync
from xianzhong.lake.errors import BusyError, LakeError, cause, unwritable
from xianzhong.lake.ledger import Entry
from xianzhong.lake.originals import ORIGINALS, REPORTS
from xianzhong.lake.pending import kept_files
from xianzhong.lake.readable import check_readable
from xianzhong.lake.schema import LEDGER, RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import needed_files
from xianzhong.lake.tidy import files_lock
from xianzhong.model.tables import TABLES
from xianzhong.settings import programme_version

MANIFEST = "backup.json"
FORMAT = 1
# What the lake notes of its newest backup, for the doctor.
BACKED_UP = "backed_up.json"
_LOG = "_delta_log"


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was read back and found whole.

    Attributes:
        where: its folder.
        snapshot: number of its newest snapshot.
        files: how many files it has.
        size: their bytes.
        rows: records of the newest snapshot, by table.
    """

    where: Path
    snapshot: int
    files: int
    size: int
    rows: dict[str, int]


def backup(lake: Lake, target: Path, *, now: datetime | None = None) -> Copied:
    """Copies the lake into a folder that is new or empty, and reads the copy back.

    Args:
        lake: what to copy; writers may go on.
        target: the folder; it appears when the copy is whole.
        now: the moment, the present one by default.

    Raises:
        LakeError: the lake cannot be read, the folder holds something or cannot be written, or
            the copy is not what was read.
    """
    now = now or datetime.now(UTC)
    part = _part_of(target)
    try:
        with files_lock(lake).acquire(timeout=600):
            plan = _plan(lake)
            digests = _copy(plan.files, part)
        rows = counted(lake, plan.entries)
        number = plan.entries[-1].number if plan.entries else 0
        manifest = {
            "format": FORMAT, "made_at": now.isoformat(), "version": programme_version(),
            "snapshot": number, "rows": rows, "files": digests,
        }  # fmt: skip
        write_note(part / MANIFEST, manifest)
        whole = _verified(part, target)
        part.rename(target)
        write_note(lake.root / BACKED_UP, {"at": now.isoformat(), "snapshot": number})
    except Timeout as error:
        raise BusyError from error
    except CopyError as error:
        raise _bad(error) from error
    except (DeltaError, OSError, ValueError) as error:
        raise unwritable(error, f"备份 {target} ", f"the backup {target}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return whole


def restore(source: Path, target: Path) -> Copied:
    """Puts a backup back as a lake in a folder that is new or empty.

    Every file is compared with what the backup's making had read, and again after it is written.

    Args:
        source: the backup's folder.
        target: the lake's folder; it appears when it is whole.

    Raises:
        LakeError: ``source`` is no backup or is damaged, or the folder holds something or cannot
            be written.
    """
    manifest = _manifest(source)
    part = _part_of(target)
    try:
        files = {name: source / safe_name(name) for name in manifest["files"]}
        for name, digest in _copy(files, part).items():
            if digest != manifest["files"][name]:
                raise CopyError(name)
        write_note(part / MANIFEST, manifest)
        whole = _verified(part, target)
        (part / MANIFEST).unlink()
        part.rename(target)
    except CopyError as error:
        raise _bad(error) from error
    except OSError as error:
        raise unwritable(error, f"数据目录 {target} ", f"the lake {target}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return whole


def verify(folder: Path) -> Copied:
    """Reads a backup again, every byte of it.

    Raises:
        LakeError: it is no backup, or it is damaged.
    """
    _manifest(folder)
    try:
        return _verified(folder, folder)
    except CopyError as error:
        raise _bad(error) from error
    except OSError as error:
        raise LakeError(
            f"the backup {folder} cannot be read: {cause(error)}",
            f"备份 {folder} 读不出来：{cause(error)}",
        ) from error


def counted(lake: Lake, entries: tuple[Entry, ...]) -> dict[str, int]:
    """How many records each table has in the newest of ``entries``.

    Raises:
        LakeError: a table cannot be read.
    """
    snapshot = entries[-1].snapshot if entries else lake.snapshot(0)
    return {t: lake.rows(t, snapshot, columns=[RECORD_ID]).num_rows for t in TABLES}


@dataclass(frozen=True, slots=True)
class _Plan:
    entries: tuple[Entry, ...]
    files: dict[str, Path]


def _plan(lake: Lake) -> _Plan:
    """Everything that belongs to the newest snapshot, by its name below the lake's folder."""
    found: dict[str, Path] = {}
    # First what refers to snapshots, such as pinned links, then the ledger: so the snapshots that
    # the copied links show are in the copied ledger.
    others = sorted(path.parent.name for path in lake.root.glob(f"*/{_LOG}"))
    for table in (*(name for name in others if name not in (LEDGER, *TABLES)), LEDGER):
        folder = Path(lake.path(table))
        version = DeltaTable(str(folder)).version()
        found |= _of_table(folder, version, {version})
    entries = lake.entries_at(version)
    gone = cleared(lake.root)
    for table in TABLES:
        named = {0} | {e.versions.get(table, 0) for e in entries if e.number not in gone}
        head = entries[-1].versions.get(table, 0) if entries else 0
        shown = {lake.shown(table, number) for number in named}
        last = max({lake.shown(table, head), *named})
        found |= _of_table(Path(lake.path(table)), last, named | {n for n in shown if n <= last})
    found |= dict(_kept(lake, entries))
    return _Plan(entries, found)


def _of_table(folder: Path, last: int, versions: set[int]) -> dict[str, Path]:
    """A table's log up to a version, and the files of some versions.

    Raises:
        CopyError: a file that a version shows is missing.
    """
    log = folder / _LOG
    found = [
        path for path in log.iterdir()
        if path.name[:20].isdigit() and int(path.name[:20]) <= last
        and path.name.endswith((".json", ".checkpoint.parquet"))
    ]  # fmt: skip
    needed = needed_files(log, versions)
    if needed is None:
        raise CopyError(f"{folder.name}/{_LOG}")
    for name in needed:
        path = folder / name
        if not path.is_file():
            raise CopyError(f"{folder.name}/{name}")
        found.append(path)
    return {path.relative_to(folder.parent).as_posix(): path for path in found}


def _kept(lake: Lake, entries: tuple[Entry, ...]) -> Iterator[tuple[str, Path]]:
    """The originals and reports that the ledger names, those that wait, and small files."""
    named = {f"{ORIGINALS}/{entry.sha256}" for entry in entries}
    named |= {f"{REPORTS}/{entry.upload_id}.json" for entry in entries}
    named |= {f"{ORIGINALS}/{digest}" for digest in kept_files(lake)}
    for path in sorted(lake.root.rglob("*")):
        name = path.relative_to(lake.root).as_posix()
        top = name.partition("/")[0]
        hidden = any(part.startswith(".") for part in name.split("/"))
        if not path.is_file() or hidden or name == BACKED_UP:
            continue
        if top in (ORIGINALS, REPORTS):
            wanted = name in named
        else:
            wanted = not (lake.root / top / _LOG).is_dir()
        if wanted:
            yield name, path


def _copy(files: dict[str, Path], part: Path) -> dict[str, dict[str, object]]:
    """Copies files and gives each one's size and digest, as they were read."""
    digests = {name: copied(path, part / name) for name, path in sorted(files.items())}
    for folder in {(part / name).parent for name in files} | {part}:
        sync(folder)
    return digests


def _verified(part: Path, where: Path) -> Copied:
    """Reads a copy back: every file's digest, then the lake that they are together."""
    manifest = _manifest(part)
    for name, known in manifest["files"].items():
        path = part / safe_name(name)
        forget_cached(path)
        if digest_of(path) != known:
            raise CopyError(name)
    lake = Lake(part, create=False)
    check_readable(lake)
    rows = counted(lake, lake.entries())
    number = lake.snapshot().number
    if rows != manifest["rows"] or number != manifest["snapshot"]:
        raise CopyError(f"snapshot {number}")
    size = sum(int(known["size"]) for known in manifest["files"].values())
    return Copied(where, number, len(manifest["files"]), size, rows)


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = read_note(folder / MANIFEST)
    if manifest.get("format") != FORMAT or not isinstance(manifest.get("files"), dict):
        raise LakeError(
            f"{folder} is no backup: it has no {MANIFEST} that this programme understands",
            f"{folder} 不是备份：没有本程序认识的 {MANIFEST}",
        )
    return manifest


def _part_of(target: Path) -> Path:
    """Where a copy is made, beside its place.

    Raises:
        LakeError: the place is not free.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise LakeError(
            f"{target} is not empty; give a new folder: nothing is overwritten",
            f"{target} 不是空的；请换一个新文件夹：不会覆盖任何内容",
        )
    part = target.with_name(f"{target.name}.part")
    if part.exists():
        raise LakeError(
            f"{part} is there: another copy is being made, or one was cut off; remove it if not",
            f"{part} 已存在：可能有另一份正在复制，或上次中断了；确认没有在复制后请删除它",
        )
    part.mkdir(parents=True)
    return part


def _bad(error: CopyError) -> LakeError:
    return LakeError(
        f"{error} is missing or not what it should be: the copy was not kept, or is damaged",
        f"{error} 缺失或与原来不符：副本未保留，或已损坏",
    )
