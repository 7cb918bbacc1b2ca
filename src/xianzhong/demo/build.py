"""Builds a demo lake: draws everything from one seed and appends it upload by upload."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from xianzhong.demo.uploads import Upload, draw, uploads
from xianzhong.lake.bulk import append_bulk
from xianzhong.lake.errors import LakeError
from xianzhong.lake.kind import demo_info, is_demo, mark_demo
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.store import Lake
from xianzhong.settings import TIME_ZONE, programme_version

WHO, FILE_NAME = "demo", "示例数据"
_READER = "xianzhong.demo "
MAX_SCHOOLS = 1_000_000

Progress = Callable[[str, int, int], None]


def build_demo(
    lake: Lake,
    schools: int,
    activities: int,
    seed: int = 1,
    progress: Progress | None = None,
    *,
    today: date | None = None,
) -> Snapshot:
    """Fills an empty lake with generated records and marks it as a demo.

    The same seed, sizes and day give the same rows. A build that was cut off goes on where it
    stopped; one that is complete is left as it is.

    Args:
        lake: an empty lake, or one that this function made from the same seed and sizes.
        schools: number of schools, 1 to 1,000,000.
        activities: number of activities.
        seed: any whole number from 0.
        progress: told the table, the rows written so far and the rows in all.
        today: the day that the records lead up to; by default the day of the first build, in
            Chinese time.

    Raises:
        LakeError: the lake holds other records, or another demo, or cannot be written.
        ValueError: a size or the seed is out of range.
    """
    if not 1 <= schools <= MAX_SCHOOLS or activities < 0 or seed < 0:
        raise ValueError("at least one school, and no negative sizes or seed")
    day = today or _day_of_first_build(lake) or datetime.now(ZoneInfo(TIME_ZONE)).date()
    info = {"seed": seed, "schools": schools, "activities": activities, "made_on": str(day)}
    _claim(lake, info)
    done = {entry.upload_id for entry in lake.entries()}
    for upload in uploads(draw(schools, activities, seed, day), info):
        if upload.upload_id not in done:
            _append(lake, upload, progress)
    return lake.snapshot()


def _day_of_first_build(lake: Lake) -> date | None:
    made_on = demo_info(lake.root).get("made_on")
    return date.fromisoformat(made_on) if isinstance(made_on, str) else None


def _claim(lake: Lake, info: Mapping[str, object]) -> None:
    """Marks the lake, unless it holds anything but this very demo."""
    entries = lake.entries()
    marked = is_demo(lake.root)
    generated = all(entry.reader.startswith(_READER) for entry in entries)
    if not generated or (entries and not marked):
        raise LakeError(f"the lake at {lake.root} holds records that are not generated")
    if marked and demo_info(lake.root) != info:
        raise LakeError(
            f"the lake at {lake.root} is another demo ({demo_info(lake.root)}); "
            "choose another folder, or delete this one first"
        )
    try:
        mark_demo(lake.root, info)
    except OSError as error:
        raise LakeError(f"the lake at {lake.root} cannot be marked: {error}") from error


def _append(lake: Lake, upload: Upload, progress: Progress | None) -> None:
    made = upload.rows(upload.upload_id)
    whole = isinstance(made, pa.Table)
    total = made.num_rows if whole else upload.total
    batches: Iterable[pa.RecordBatch] = made.to_batches() if whole else made

    def told() -> Iterator[pa.RecordBatch]:
        written = upload.before
        for batch in batches:
            yield batch
            written += batch.num_rows
            if progress is not None:
                progress(upload.table, written, total)

    entry = Entry(
        upload.upload_id, "upload", upload.table, FILE_NAME, "", WHO,
        new=0, updated=0, unchanged=0, rejected=0, reader=_READER + programme_version(),
    )  # fmt: skip
    append_bulk(lake, upload.table, told(), entry, now=lambda: upload.at)
