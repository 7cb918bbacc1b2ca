"""A table whose declaration gains a column: what is on record stays readable and writable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.small_lake import A1, A2, build, engine_over, put, view
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import undo
from xianzhong.model.columns import Column, ColumnType
from xianzhong.model.labels import Label
from xianzhong.model.tables import SCHOOLS, TABLES

NEW = Column("dormitories", Label("宿舍数", "Dormitories"), Label("示例", "Example"),
             ColumnType.COUNT)  # fmt: skip


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """The small lake, written before the column was declared."""
    lake = build(tmp_path / "lake")
    wider = replace(SCHOOLS, columns=(*SCHOOLS.columns, NEW))
    monkeypatch.setitem(TABLES, "schools", wider)
    return lake


def school(code: str, dormitories: int) -> dict[str, object]:
    return {RECORD_ID: code, "school_code": code, "name": "示例", "county_code": "530622",
            NEW.name: dormitories}  # fmt: skip


def known(lake: Lake, number: int | None = None) -> dict[str, object]:
    rows = lake.rows("schools", lake.snapshot(number), columns=[RECORD_ID, NEW.name])
    return dict(zip(rows[RECORD_ID].to_pylist(), rows[NEW.name].to_pylist(), strict=True))


def test_records_from_before_the_column_have_nothing_in_it(older: Lake) -> None:
    assert set(known(Lake(older.root)).values()) == {None}
    assert len(engine_over(older).run("names", view(engine_over(older)))) > 0


def test_new_records_updates_and_an_undo_write_the_column(older: Lake) -> None:
    lake = Lake(older.root)
    before = lake.snapshot().number
    put(lake, "schools", [school("530622-09", 3)])
    assert known(lake)["530622-09"] == 3
    put(lake, "schools", [school(A1, 5)])
    assert known(lake)[A1] == 5
    assert known(lake)[A2] is None
    assert len(engine_over(lake).run("names", view(engine_over(lake)))) > 0
    undo(lake, lake.entries()[-1].upload_id, who="test")
    assert known(lake)[A1] is None
    assert set(known(lake, before).values()) == {None}
