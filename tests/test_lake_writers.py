"""Several processes write to one lake at once, and nothing is lost."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

from tests.small_lake import append_some
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake

WRITERS, EACH = 4, 10


def test_four_processes_that_append_ten_times_lose_nothing(tmp_path: Path) -> None:
    context = get_context("spawn")
    processes = [
        context.Process(target=append_some, args=(str(tmp_path), writer, EACH))
        for writer in range(WRITERS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * WRITERS
    lake = Lake(tmp_path)
    rows = lake.rows("universities", lake.snapshot(), columns=[RECORD_ID])
    expected = {f"{writer}-{number}" for writer in range(WRITERS) for number in range(EACH)}
    assert sorted(rows[RECORD_ID].to_pylist()) == sorted(expected)
    assert [entry.number for entry in lake.entries()] == list(range(1, WRITERS * EACH + 1))
    for entry in lake.entries():
        assert lake.rows("universities", entry.snapshot).num_rows == entry.number
