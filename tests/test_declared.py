"""A changed declaration: an added column is taken over, what would hide records is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from deltalake import DeltaTable

from tests.small_lake import build, put, university
from tests.test_tidy import state
from xianzhong.lake.declared import DECLARED, DeclarationError
from xianzhong.lake.store import Lake
from xianzhong.model.columns import Column, ColumnType
from xianzhong.model.labels import Label
from xianzhong.model.tables import SCHOOLS, TABLES, UNIVERSITIES

NEW = Column("dormitories", Label("宿舍数", "Dormitories"), Label("示例", "Example"),
             ColumnType.COUNT)  # fmt: skip


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def declared(lake: Lake) -> dict:
    return json.loads((lake.root / DECLARED).read_text("utf-8"))


def declare(monkeypatch: pytest.MonkeyPatch, *columns: Column, **changes: object) -> None:
    monkeypatch.setitem(TABLES, "schools", replace(SCHOOLS, columns=columns, **changes))


def delta_columns(lake: Lake, table: str) -> set[str]:
    return {field.name for field in DeltaTable(lake.path(table)).schema().fields}


def test_an_added_column_is_taken_over_once_and_the_records_stay(lake, monkeypatch) -> None:
    before = [state(lake, number) for number in range(lake.snapshot().number + 1)]
    declare(monkeypatch, *SCHOOLS.columns, NEW)
    again = Lake(lake.root)
    assert declared(again)["tables"]["schools"]["columns"][NEW.name] == "long"
    assert NEW.name in delta_columns(again, "schools")
    assert [state(again, number) for number in range(len(before))] == before
    version = DeltaTable(again.path("schools")).version()
    put(Lake(lake.root), "universities", [university("5")])
    assert DeltaTable(again.path("schools")).version() == version


def test_a_lake_from_before_the_note_is_read_by_its_tables(lake, monkeypatch) -> None:
    (lake.root / DECLARED).unlink()
    declare(monkeypatch, *SCHOOLS.columns, NEW)
    again = Lake(lake.root)
    assert NEW.name in delta_columns(again, "schools")
    assert NEW.name in declared(again)["tables"]["schools"]["columns"]


def without(name: str) -> tuple[Column, ...]:
    return tuple(column for column in SCHOOLS.columns if column.name != name)


def retyped(name: str, kind: ColumnType) -> tuple[Column, ...]:
    return tuple(
        replace(column, type=kind) if column.name == name else column for column in SCHOOLS.columns
    )


@pytest.mark.parametrize(
    ("columns", "changes", "words"),
    [
        (without("name"), {}, ("schools.name", "安装")),
        (retyped("name", ColumnType.COUNT), {}, ("schools", "另设新列")),
        ((*SCHOOLS.columns, replace(NEW, required=True)), {}, (NEW.name, "选填")),
        (SCHOOLS.columns, {"natural_key": ("name",)}, ("schools", "主键")),
    ],
)
def test_what_would_hide_records_is_refused_with_what_to_do(
    lake, monkeypatch, columns, changes, words
) -> None:
    before = state(lake)
    noted = declared(lake)
    with monkeypatch.context() as patch:
        declare(patch, *columns, **changes)
        with pytest.raises(DeclarationError) as refusal:
            Lake(lake.root)
    assert all(word in refusal.value.said.zh for word in words), refusal.value.said.zh
    assert words[0] in refusal.value.said.en
    assert declared(lake) == noted
    assert state(Lake(lake.root)) == before


def test_a_required_column_is_taken_over_by_a_table_without_records(tmp_path, monkeypatch) -> None:
    lake = Lake(tmp_path / "lake")
    declare(monkeypatch, *SCHOOLS.columns, replace(NEW, required=True))
    assert NEW.name in delta_columns(Lake(lake.root), "schools")


@pytest.mark.parametrize("newer", ["a column", "a table", "the format"])
def test_an_older_programme_refuses_a_newer_lake(lake, newer) -> None:
    note = declared(lake)
    note["written_by"] = "9.1.0"
    if newer == "a column":
        note["tables"]["schools"]["columns"]["towers"] = "long"
    elif newer == "a table":
        note["tables"]["libraries"] = {"columns": {"record_id": "string"}, "key": []}
    else:
        note["format"] = 2
    (lake.root / DECLARED).write_text(json.dumps(note), "utf-8")
    with pytest.raises(DeclarationError) as refusal:
        Lake(lake.root)
    assert "9.1.0" in refusal.value.said.zh
    assert "9.1.0" in refusal.value.said.en
    assert declared(lake) == note


def test_the_note_names_the_version_that_wrote_it(lake) -> None:
    from xianzhong.settings import programme_version

    assert declared(lake)["written_by"] == programme_version()
    assert set(declared(lake)["tables"]) >= {UNIVERSITIES.name, "uploads", "journal"}
