"""A real upload and a real run of a page move the metrics, and the log tells them by their ids."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.intake_lakes import csv_bytes
from tests.opening import page_to_run, press
from tests.small_lake import build
from tests.test_upload_page import HEADERS, drop
from tests.test_watch import lines, written
from xianzhong.lake.errors import LakeChangedError
from xianzhong.lake.store import Lake
from xianzhong.watch.counts import value

ROW = [
    "示例大学甲",
    "示例巧家一中",
    "骨干教师到校指导",
    "示例听评课",
    "2023-03-05",
    "8人",
    "示例简报",
]
_ = written


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    lake = build(tmp_path / "lake")
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
    return lake


WATCHED = (
    ("xianzhong_reruns_total", {"page": "upload", "outcome": "done"}),
    ("xianzhong_uploads_total", {"table": "activities", "outcome": "read"}),
    ("xianzhong_uploads_total", {"table": "activities", "outcome": "committed"}),
    ("xianzhong_commits_total", {"kind": "upload", "outcome": "done"}),
    ("xianzhong_queries_total", {"query": "names", "answer": "asked"}),
)


def test_an_upload_and_the_runs_around_it_are_counted_and_told_without_their_words(
    lake, written: io.StringIO
) -> None:
    before = [value(name, **labels) for name, labels in WATCHED]
    app = page_to_run("upload")
    app.session_state["upload_who"] = "张三丰"
    drop(app.run(), "张三丰.csv", csv_bytes([HEADERS, ROW]))
    press(app, "commit_")
    after = [value(name, **labels) for name, labels in WATCHED]
    moved = [round(then - now) for now, then in zip(before, after, strict=True)]
    assert moved[0] >= 2
    assert moved[1:4] == [1, 1, 1]
    assert moved[4] >= 1

    told = lines(written)
    entry = lake.entries()[-1]
    ours = {line["event"] for line in told if line.get("upload_id") == entry.upload_id}
    assert ours == {"file read", "writing", "upload"}
    assert "upload" in {line["page"] for line in told if line["event"] == "run"}
    text = json.dumps(told, ensure_ascii=False)
    assert not [word for word in ("张三丰", *ROW, "530622") if word in text]


def test_a_file_that_cannot_be_read_is_counted(lake) -> None:
    labels = {"table": "activities", "outcome": "unreadable"}
    before = value("xianzhong_uploads_total", **labels)
    drop(page_to_run("upload").run(), "示例.xlsx", b"PK\x03\x04 nothing of the kind")
    assert value("xianzhong_uploads_total", **labels) >= before + 1


def test_a_conflict_is_counted(lake) -> None:
    from tests.small_lake import change, entry, put, university

    before, base = value("xianzhong_conflicts_total"), lake.snapshot()
    put(lake, "universities", [university("5")])
    made = entry("universities")
    with pytest.raises(LakeChangedError):
        lake.commit([change("universities", [university("6")])], made, base=base)
    assert value("xianzhong_conflicts_total") == before + 1
