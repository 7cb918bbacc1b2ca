"""What may be wrong with a lake, found by looking, and what to do about each."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from deltalake import DeltaTable
from filelock import Timeout

from xianzhong.lake.backup import BACKED_UP
from xianzhong.lake.cleared import cleared, read_note
from xianzhong.lake.errors import LakeError, cause
from xianzhong.lake.identifiers import file_digest
from xianzhong.lake.ledger import undone
from xianzhong.lake.links import shared_links
from xianzhong.lake.meetings import kept
from xianzhong.lake.originals import ORIGINALS
from xianzhong.lake.readable import check_readable, fault_of
from xianzhong.lake.store import Lake
from xianzhong.lake.tidy import MANY_FILES, TIDIED, small_files
from xianzhong.model.labels import Label
from xianzhong.model.tables import TABLES

State = Literal["good", "attention", "bad"]
MEGABYTE = 1024 * 1024
LONGEST_WITHOUT_BACKUP = timedelta(days=7)
LONGEST_UNTIDIED = timedelta(days=14)
# A clock may run a little ahead of another machine's.
AHEAD = timedelta(minutes=5)
_NONE = Label("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: for machines.
        state: ``bad`` where the server cannot do its work, ``attention`` where it soon may not.
        said: what was found.
        do: what to do about it, empty where nothing is to be done.
    """

    name: str
    state: State
    said: Label
    do: Label = _NONE


def examine(root: Path, *, disk_floor: int, thorough: bool, now: datetime) -> Iterator[Check]:
    """Looks at a lake, one thing after the other, without changing it.

    Args:
        root: its folder.
        disk_floor: megabytes that must be free.
        thorough: whether to read every kept original, too.
        now: the moment.
    """
    yield disk(root, disk_floor)
    yield writable(root)
    try:
        lake = Lake(root, create=False)
        lake.entries()
    except LakeError as error:
        yield Check("lake", "bad", error.said, Label(
            "检查路径和磁盘挂载；若文件已损坏，用最近的备份恢复（xianzhong restore）",
            "check the path and that its disk is mounted; if files are damaged, put the newest "
            "backup back (xianzhong restore)",
        ))  # fmt: skip
        return
    for look in (tables, snapshots, left_over, originals, clock, tidied, backed_up):
        yield _looked(look, lake, thorough, now)


_Look = Callable[[Lake, bool, datetime], Check]


def _looked(look: _Look, lake: Lake, thorough: bool, now: datetime) -> Check:
    try:
        return look(lake, thorough, now)
    except LakeError as error:
        return Check(look.__name__, "bad", error.said, _RESTORE)


_RESTORE = Label(
    "这些文件缺失或已损坏：用最近的备份恢复到新的目录（xianzhong restore），再改用它",
    "these files are missing or damaged: put the newest backup into a new folder (xianzhong "
    "restore) and use that",
)


def disk(root: Path, floor: int) -> Check:
    """Free space where the lake lies."""
    place = root
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free // MEGABYTE
    said = Label(f"磁盘剩余 {free:,} MB", f"{free:,} MB of disk are free")
    if free >= 2 * floor:
        return Check("disk", "good", said)
    return Check("disk", "bad" if free < floor else "attention", said, Label(
        f"腾出空间或扩容：低于 {floor:,} MB 时服务不再接收请求；xianzhong tidy 可清理"
        "超过保存期限的旧版本",
        f"free some space or enlarge the disk: below {floor:,} MB the server is not ready; "
        "xianzhong tidy clears what lies beyond the retention",
    ))  # fmt: skip


def writable(root: Path) -> Check:
    """Whether a file can be made, linked and renamed there, as Delta's commits need it."""
    place = root if root.is_dir() else root.parent
    try:
        with tempfile.TemporaryDirectory(dir=place, prefix=".doctor-") as folder:
            one = Path(folder) / "one"
            one.write_bytes(b"x")
            # Of two writers one must fail: Delta's commits rest on that.
            os.link(one, one.with_name("two"))
            one.replace(one.with_name("three"))
    except OSError as error:
        return Check("writable", "bad", Label(
            f"数据目录 {place} 不能写入：{cause(error)}",
            f"{place} cannot be written: {cause(error)}",
        ), Label(
            "把目录的属主改为运行服务的用户；不要放在不支持硬链接的网络盘上",
            "give the folder to the user that runs the server; it must not lie on a network "
            "share without hard links",
        ))  # fmt: skip
    return Check("writable", "good", Label("数据目录可以写入", "the lake's folder can be written"))


def tables(lake: Lake, _thorough: bool, _now: datetime) -> Check:
    """The newest state: every file is there and whole, every table is counted."""
    check_readable(lake)
    snapshot = lake.snapshot()
    rows = sum(lake.rows(name, snapshot, columns=["record_id"]).num_rows for name in TABLES)
    return Check("tables", "good", Label(
        f"最新版 {snapshot.number} 可读，共 {rows:,} 条记录",
        f"snapshot {snapshot.number} is read whole: {rows:,} records",
    ))  # fmt: skip


def snapshots(lake: Lake, _thorough: bool, now: datetime) -> Check:
    """The older states that pinned links and meetings show."""
    wanted = kept(lake, now.date()) | {entry.number for entry in lake.entries()[-3:]}
    broken = []
    for number in sorted(wanted):
        snapshot = lake.snapshot(number)
        faults = (fault_of(Path(f)) for table in TABLES for f in lake.files(table, snapshot))
        if any(faults):
            broken.append(number)
    if broken:
        listed = ", ".join(map(str, broken[:10]))
        return Check("snapshots", "bad", Label(
            f"固定链接或会议所用的第 {listed} 版数据读不出来",
            f"snapshots {listed}, which links or meetings show, cannot be read",
        ), _RESTORE)  # fmt: skip
    links = len(shared_links(lake))
    gone = len(cleared(lake.root))
    return Check("snapshots", "good", Label(
        f"链接 {links} 个，所固定的各版数据均可读；已清理的旧版 {gone} 个",
        f"{links} links; every snapshot that is pinned is read; {gone} old ones were cleared",
    ))  # fmt: skip


def left_over(lake: Lake, _thorough: bool, _now: datetime) -> Check:
    """Whether a writer died: its rows are shown nowhere, and the next writer puts them back."""
    head = lake.snapshot()
    ahead = []
    for table in TABLES:
        newest = DeltaTable(lake.path(table))
        shown = lake.shown(table, head.version(table))
        if newest.version() != shown and set(newest.file_uris()) != set(
            DeltaTable(lake.path(table), version=shown).file_uris()
        ):
            ahead.append(table)
    if not ahead or _somebody_writes(lake):
        return Check("left_over", "good", Label(
            "没有中断的写入留下的残余", "no writer that died has left anything"
        ))  # fmt: skip
    return Check(
        "left_over",
        "attention",
        Label(
            f"曾有写入中断：{'、'.join(ahead)}；其内容从未显示，数据是完整的",
            f"a writer died: {', '.join(ahead)}; nothing of it was ever seen, the data are whole",
        ),
        Label(
            "无需处理；xianzhong tidy 会清理", "nothing has to be done; xianzhong tidy cleans it"
        ),
    )


def _somebody_writes(lake: Lake) -> bool:
    lock = lake._writer()  # one room, one lock
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True


def originals(lake: Lake, thorough: bool, _now: datetime) -> Check:
    """The files that were uploaded: there, and, on a thorough look, what they were."""
    gone = undone(lake.entries())
    digests = {e.sha256 for e in lake.entries() if e.kind == "upload" and e.upload_id not in gone}
    folder = lake.root / ORIGINALS
    # Of a generated lake, and of files put in by a programme, there is no original.
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    missing = digests - there if there else set()
    if thorough:
        missing |= {d for d in digests & there if file_digest((folder / d).read_bytes()) != d}
    if missing:
        return Check(
            "originals",
            "attention",
            Label(
                f"{len(missing)} 份原始文件缺失或与原来不符；记录本身不受影响",
                f"{len(missing)} original files are missing or changed; no record is affected",
            ),
            Label(
                "从备份的 originals 文件夹拷回", "copy them back from a backup's originals folder"
            ),
        )
    return Check("originals", "good", Label(
        f"原始文件 {len(there):,} 份", f"{len(there):,} original files are kept"
    ))  # fmt: skip


def clock(lake: Lake, _thorough: bool, now: datetime) -> Check:
    """Whether uploads seem to come from the future: then this clock, or theirs, is wrong."""
    latest = max((entry.at for entry in lake.entries() if entry.at), default=now)
    if latest <= now + AHEAD:
        return Check("clock", "good", Label("时钟正常", "the clock agrees with the uploads"))
    return Check("clock", "attention", Label(
        f"有上报的时间晚于本机时钟（{latest:%Y-%m-%d %H:%M} UTC）",
        f"an upload is later than this machine's clock ({latest:%Y-%m-%d %H:%M} UTC)",
    ), Label(
        "校准系统时间（如启用 NTP）。数据和版本次序不受影响；在此之前不会清理旧版本",
        "set the system's clock, by NTP for one. Data and the order of snapshots are not affected; "
        "until then nothing old is cleared",
    ))  # fmt: skip


def tidied(lake: Lake, _thorough: bool, now: datetime) -> Check:
    """Whether the lake is tidied by a timer."""
    most = max(small_files(lake).values(), default=0)
    last = moment(lake.root / TIDIED)
    said = Label(f"单表最多 {most} 个文件", f"the table of most files has {most}")
    late = last is None or now - last > LONGEST_UNTIDIED
    if most < MANY_FILES or not late:
        return Check("tidied", "good", said)
    return Check("tidied", "attention", said, Label(
        "运行 xianzhong tidy，并启用定时任务 xianzhong-tidy.timer",
        "run xianzhong tidy, and turn on the timer xianzhong-tidy.timer",
    ))  # fmt: skip


def backed_up(lake: Lake, _thorough: bool, now: datetime) -> Check:
    """Whether there is a backup of late."""
    last = moment(lake.root / BACKED_UP)
    if last is not None and now - last <= LONGEST_WITHOUT_BACKUP:
        return Check("backup", "good", Label(
            f"最近一次备份：{last:%Y-%m-%d %H:%M} UTC", f"last backup: {last:%Y-%m-%d %H:%M} UTC"
        ))  # fmt: skip
    said = Label("没有备份过", "there never was a backup")
    if last is not None:
        days = (now - last).days
        said = Label(f"最近一次备份在 {days} 天前", f"the last backup is {days} days old")
    if not lake.entries():
        return Check("backup", "good", said)
    return Check("backup", "attention", said, Label(
        "运行 xianzhong backup 文件夹，存到另一块磁盘上，并设为定时任务",
        "run xianzhong backup FOLDER onto another disk, by a timer",
    ))  # fmt: skip


def moment(note: Path) -> datetime | None:
    """The moment in one of the lake's own notes, None where it has none."""
    try:
        found = datetime.fromisoformat(read_note(note)["at"])
    except (KeyError, ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
