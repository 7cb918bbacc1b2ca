"""What dead writers leave is removed, and nothing that any snapshot shows."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable, write_deltalake

from tests.small_lake import change, entry, put, university
from xianzhong.lake.bulk import append_bulk
from xianzhong.lake.originals import UNFINISHED, keep_original, keep_report, original
from xianzhong.lake.schema import LEDGER, RECORD_ID
from xianzhong.lake.store import AlreadyCommittedError, Lake
from xianzhong.lake.sweep import Swept, sweep
from xianzhong.lake.undo import undo

NOW = timedelta(0)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def commit(lake: Lake, code: str, name: str = "示例大学") -> None:
    """One upload as the intake makes it: file and report first, then the rows."""
    digest = keep_original(lake, f"{code} {name}".encode())
    made = entry("universities")
    made = type(made)(**{**_fields(made), "sha256": digest})
    keep_report(lake, made.upload_id, "{}")
    lake.commit([change("universities", [university(code, name)])], made, base=lake.snapshot())


def _fields(made: Any) -> dict[str, Any]:
    return {name: getattr(made, name) for name in made.__dataclass_fields__}


def names_in(lake: Lake, number: int) -> dict[str, str]:
    rows = lake.rows("universities", lake.snapshot(number)).to_pylist()
    return {row[RECORD_ID]: row["name"] for row in rows}


def files_of(lake: Lake) -> set[Path]:
    return {path for path in lake.root.rglob("*") if path.is_file()}


def test_a_lake_without_remains_stays_as_it_is(lake: Lake) -> None:
    commit(lake, "1")
    commit(lake, "1", "新")
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    before = files_of(lake)
    assert sweep(lake, older=NOW) == Swept()
    assert files_of(lake) == before


def test_rows_that_no_snapshot_shows_go_with_their_file(lake: Lake) -> None:
    commit(lake, "1")
    shown = files_of(lake)
    left = change("universities", [university("ghost")])
    write_deltalake(lake.path("universities"), left.puts, mode="append")
    swept = sweep(lake, older=NOW)
    assert (swept.files, swept.tables) == (1, ("universities",))
    assert swept.size > 0
    assert {p for p in files_of(lake) if p.suffix == ".parquet"} == {
        p for p in shown if p.suffix == ".parquet"
    }
    assert sweep(lake, older=NOW) == Swept(), "the second sweep finds nothing more"
    commit(lake, "2")
    assert names_in(lake, 2) == {"1": "示例大学", "2": "示例大学"}


def test_files_that_no_log_names_and_unfinished_ones_go(lake: Lake) -> None:
    commit(lake, "1")
    folder = Path(lake.path("schools"))
    left = [
        folder / "part-00000-dead.parquet",
        folder / "part-00000-dead.parquet#1",
        folder / "_delta_log" / "_commit_dead.json.tmp",
        Path(lake.path(LEDGER)) / "_delta_log" / f"{2:020d}.json#1",
        lake.root / "originals" / f"{UNFINISHED}dead",
    ]
    for path in left:
        path.write_bytes(b"half")
    assert sweep(lake, older=NOW).files == len(left)
    assert not any(path.exists() for path in left)


def test_every_snapshot_and_every_kept_file_outlives_a_sweep(lake: Lake) -> None:
    for turn in range(4):
        commit(lake, "1", f"{turn}")
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    keep_original(lake, b"of nobody")
    assert sweep(lake, older=NOW).files == 1
    assert [names_in(lake, number)["1"] for number in range(1, 6)] == ["0", "1", "2", "3", "2"]
    for made in lake.entries()[:4]:
        assert original(lake, made.sha256)
        assert (lake.root / "reports" / f"{made.upload_id}.json").exists()


def test_a_file_kept_a_moment_ago_may_still_be_claimed_and_stays(lake: Lake) -> None:
    digest = keep_original(lake, b"soon")
    keep_report(lake, "soon", "{}")
    assert sweep(lake) == Swept()
    assert original(lake, digest) == b"soon"


def test_a_file_that_is_kept_again_counts_as_new(lake: Lake) -> None:
    path = lake.root / "originals" / keep_original(lake, b"again")
    yesterday = time.time() - 86_400
    os.utime(path, (yesterday, yesterday))
    keep_original(lake, b"again")
    assert sweep(lake) == Swept()
    os.utime(path, (yesterday, yesterday))
    assert sweep(lake).files == 1


def test_a_sweep_never_disturbs_a_writer(lake: Lake) -> None:
    commit(lake, "1")
    left = change("universities", [university("ghost")])
    write_deltalake(lake.path("universities"), left.puts, mode="append")
    with Lake(lake.root)._writer():
        assert sweep(lake, older=NOW) == Swept()


# The log is kept, whatever its age


def test_snapshots_stay_readable_when_their_log_is_older_than_a_month(lake: Lake) -> None:
    table = DeltaTable(lake.path("universities"))
    table.alter.set_table_properties({"delta.checkpointInterval": "3"})
    # The change of the property is a version of its own, which the first commit takes over.
    for turn in range(1, 12):
        put(lake, "universities", [university("1", f"{turn}")])
        before = time.time() - 40 * 86_400
        for path in (Path(lake.path("universities")) / "_delta_log").iterdir():
            os.utime(path, (before, before))
    assert list((Path(lake.path("universities")) / "_delta_log").glob("*.checkpoint.parquet"))
    fresh = Lake(lake.root)
    assert [names_in(fresh, turn)["1"] for turn in range(1, 12)] == [str(t) for t in range(1, 12)]


# Once


def test_an_upload_is_committed_once_however_often_it_is_sent(lake: Lake) -> None:
    made = entry("universities", "once")
    rows = [change("universities", [university("1")], "once")]
    lake.commit(rows, made, base=lake.snapshot())
    again = Lake(lake.root)
    with pytest.raises(AlreadyCommittedError) as refused:
        again.commit(rows, made, base=again.snapshot())
    assert refused.value.entry == lake.entries()[0]
    with pytest.raises(AlreadyCommittedError):
        append_bulk(lake, "universities", rows[0].puts.to_batches(), made)
    assert len(Lake(lake.root).entries()) == 1
    assert lake.rows("universities", lake.snapshot()).num_rows == 1
