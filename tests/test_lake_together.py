"""Two people at once: both uploads land, each row once, and a double click counts once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from tests.intake_lakes import stored, try_rows
from tests.small_lake import U1, build, entry, put, university
from xianzhong.intake.load import Prepared, commit
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import AlreadyCommittedError, Lake, LakeChangedError
from xianzhong.lake.undo import UndoRefusedError, undo

HEADERS = ["帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期", "派出人数"]
THREADS = 4


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def activities(lake: Lake, *titles: str, people: int = 3) -> Prepared:
    rows = [["示例大学甲", "示例巧家一中", "到校指导", t, "2024-03-18", people] for t in titles]
    return try_rows(lake, "activities", [HEADERS, *rows])


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gives, or its exception; all begin at the same moment."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def titles_in(lake: Lake) -> list[str]:
    rows = lake.rows("activities", lake.snapshot(), columns=["title"])
    return sorted(title for title in rows["title"].to_pylist() if title.startswith("讲座"))


def test_two_files_committed_at_the_same_moment_both_land(lake: Lake) -> None:
    first, second = activities(lake, "讲座一", "讲座二"), activities(lake, "讲座三")
    other = Lake(lake.root)
    before = len(lake.entries())
    receipts = at_once(
        lambda: commit(lake, first, who="甲"), lambda: commit(other, second, who="乙")
    )
    assert [receipt.committed for receipt in receipts] == [True, True]
    assert titles_in(lake) == ["讲座一", "讲座三", "讲座二"]
    assert [made.who for made in lake.entries()[before:]] in (["甲", "乙"], ["乙", "甲"])


def test_two_files_about_the_same_record_are_compared_one_after_the_other(lake: Lake) -> None:
    commit(lake, activities(lake, "讲座"), who="甲")
    first, second = activities(lake, "讲座", people=5), activities(lake, "讲座", people=7)
    receipts = at_once(
        lambda: commit(lake, first, who="甲"), lambda: commit(Lake(lake.root), second, who="乙")
    )
    assert [receipt.report.counts["updated"] for receipt in receipts] == [1, 1]
    last = lake.entries()[-1]
    (row,) = [r for r in stored(lake, "activities").values() if r["title"] == "讲座"]
    assert row["people_sent"] == {"甲": 5, "乙": 7}[last.who]
    assert row["commit_id"] == last.upload_id


def test_a_file_that_is_sent_several_times_at_once_is_committed_once(lake: Lake) -> None:
    prepared = activities(lake, "讲座一")
    before = len(lake.entries())
    clicks = [lambda: commit(Lake(lake.root), prepared, who="甲") for _ in range(THREADS)]
    receipts = at_once(*clicks)
    assert sorted(receipt.committed for receipt in receipts) == [False] * (THREADS - 1) + [True]
    assert len(lake.entries()) == before + 1
    assert titles_in(lake) == ["讲座一"]


def test_a_change_that_is_sent_several_times_at_once_is_written_once(lake: Lake) -> None:
    """The same upload, past every other check: the ledger itself takes an id once."""
    prepared = activities(lake, "讲座一")
    base = prepared.base
    made = entry("activities", prepared.upload_id, new=1)
    results = at_once(
        *[lambda: Lake(lake.root).commit(prepared.changes, made, base=base) for _ in range(THREADS)]
    )
    refused = [r for r in results if isinstance(r, AlreadyCommittedError)]
    assert len(refused) == THREADS - 1
    assert all(isinstance(error, LakeChangedError) for error in refused)
    assert titles_in(lake) == ["讲座一"]


def test_of_two_undos_of_one_upload_at_once_one_is_refused(lake: Lake) -> None:
    put(lake, "universities", [university(U1, "改名")])
    upload = lake.entries()[-1].upload_id
    results = at_once(*[lambda: undo(Lake(lake.root), upload, who="甲") for _ in range(2)])
    assert sorted(isinstance(result, UndoRefusedError) for result in results) == [False, True]
    assert [made.undoes for made in lake.entries()].count(upload) == 1
    assert stored(lake, "universities")[U1]["name"] == "示例大学甲"


def test_many_readers_of_one_process_get_whole_answers_while_others_write(lake: Lake) -> None:
    snapshot = lake.snapshot()
    ids = sorted(lake.rows("universities", snapshot, columns=[RECORD_ID])[RECORD_ID].to_pylist())

    def read() -> bool:
        rows = [lake.rows("universities", snapshot) for _ in range(20)]
        return all(sorted(found[RECORD_ID].to_pylist()) == ids for found in rows)

    def write() -> bool:
        for number in range(4):
            put(Lake(lake.root), "universities", [university(f"n{number}")])
        return True

    assert at_once(read, read, read, write) == [True] * 4
    assert lake.rows("universities", lake.snapshot()).num_rows == len(ids) + 4
