"""What became of one record: every commit that changed it, undos too."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.small_lake import A1, build, put
from tests.some_difficulties import difficulty
from xianzhong.lake.record_history import RecordChange, record_history
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import undo

LATER = datetime(2024, 6, 19, 18, tzinfo=UTC)


def one(code: str, owner: str, state: str = "open") -> dict[str, object]:
    return difficulty((code, A1, "2024-01-10", owner, "2024-03", state, ""))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def told(lake: Lake, code: str = "x") -> list[tuple[object, ...]]:
    """Number, kind and changed fields of each change, newest first."""
    found = record_history(lake, "difficulties", code, lake.snapshot())
    return [(c.entry.number, c.what, *_fields(c)) for c in found]


def _fields(change: RecordChange) -> list[tuple[str, object, object]]:
    if change.what == "added":
        return []
    return [(field.column, field.old, field.new) for field in change.fields]


def test_each_upload_that_changed_the_record_is_told_and_no_other(lake: Lake) -> None:
    base = lake.snapshot().number
    put(lake, "difficulties", [one("x", "甲"), one("y", "甲")], LATER)
    put(lake, "difficulties", [one("y", "乙")], LATER)
    put(lake, "practices", [], LATER)
    put(lake, "difficulties", [one("x", "乙", "in_progress")], LATER)
    assert told(lake) == [
        (base + 4, "changed", ("owner", "甲", "乙"), ("state", "open", "in_progress")),
        (base + 1, "added"),
    ]
    added = record_history(lake, "difficulties", "x", lake.snapshot())[-1]
    assert ("due", None, "2024-03") in [(f.column, f.old, f.new) for f in added.fields]
    assert told(lake, "nothing") == []


def test_an_older_snapshot_knows_only_what_came_before_it(lake: Lake) -> None:
    put(lake, "difficulties", [one("x", "甲")], LATER)
    past = lake.snapshot()
    put(lake, "difficulties", [one("x", "乙")], LATER)
    assert len(record_history(lake, "difficulties", "x", past)) == 1


def test_what_was_taken_back_is_told_with_the_undo(lake: Lake) -> None:
    base = lake.snapshot().number
    put(lake, "difficulties", [one("x", "甲")], LATER)
    put(lake, "difficulties", [one("x", "乙")], LATER)
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    put(lake, "difficulties", [one("y", "甲")], LATER)
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    put(lake, "difficulties", [one("x", "丙")], LATER)
    assert told(lake) == [
        (base + 6, "changed", ("owner", "甲", "丙")),
        (base + 3, "changed", ("owner", "乙", "甲")),
        (base + 2, "changed", ("owner", "甲", "乙")),
        (base + 1, "added"),
    ]


def test_a_record_that_went_and_came_again_has_both_lives(lake: Lake) -> None:
    base = lake.snapshot().number
    put(lake, "difficulties", [one("x", "甲")], LATER)
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    undo(lake, lake.entries()[-1].upload_id, who="示例")
    found = [(number, what) for number, what, *_ in told(lake)]
    assert found == [(base + 3, "added"), (base + 2, "removed"), (base + 1, "added")]
