"""The lake: commits that show at once or not at all, snapshots that stay, files kept by hash."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable, write_deltalake
from hypothesis import given
from hypothesis import strategies as st

from tests.small_lake import (
    FIRST_UPLOAD,
    SCHOOLS,
    SECOND_UPLOAD,
    U1,
    activity,
    build,
    change,
    engine_over,
    entry,
    put,
    university,
)
from xianzhong.lake import store
from xianzhong.lake.identifiers import code_of, new_upload_id
from xianzhong.lake.originals import keep_original, keep_report, original
from xianzhong.lake.schema import COMMIT_ID, LEDGER, RECORD_ID, lake_schema
from xianzhong.lake.store import Lake, LakeChangedError, LakeError
from xianzhong.model.tables import TABLES
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def names_in(lake: Lake, number: int | None = None) -> dict[str, str]:
    rows = lake.rows("universities", lake.snapshot(number)).to_pylist()
    return {row[RECORD_ID]: row["name"] for row in rows}


def pairings_in(lake: Lake) -> int:
    rows = engine_over(lake).run("pairing_totals", View(lake.snapshot(), NATION, Filters()),
                                 by_county=False)  # fmt: skip
    return int(rows["pairings"].max())


def values_by_snapshot(lake: Lake) -> dict[int, list[Any]]:
    engine = engine_over(lake)
    return {
        entry.number: [
            figure.value for figure in figures(engine, View(entry.snapshot, NATION, Filters()))
        ]
        for entry in lake.entries()
    }


def test_a_new_lake_has_every_table_empty_and_no_history(lake: Lake) -> None:
    assert lake.entries() == ()
    assert lake.snapshot().number == 0
    assert lake.snapshot().at is None
    for name, table in TABLES.items():
        rows = lake.rows(name, lake.snapshot())
        assert rows.num_rows == 0
        assert rows.schema == lake_schema(table)


def test_opening_a_lake_again_changes_nothing(lake: Lake) -> None:
    put(lake, "universities", [university("1")])
    again = Lake(lake.root)
    assert again.snapshot() == lake.snapshot()
    assert names_in(again) == {"1": "示例大学"}


def test_a_file_in_the_place_of_the_lake_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("not a folder")
    with pytest.raises(LakeError, match="cannot be opened"):
        Lake(tmp_path / "lake")


def test_each_commit_makes_a_snapshot_that_keeps_its_rows_moment_and_entry(lake: Lake) -> None:
    put(lake, "universities", [university("1", "旧")], FIRST_UPLOAD)
    put(lake, "universities", [university("1", "新"), university("2")], SECOND_UPLOAD)
    assert [e.number for e in lake.entries()] == [1, 2]
    assert [e.at for e in lake.entries()] == [FIRST_UPLOAD, SECOND_UPLOAD]
    assert [e.new for e in lake.entries()] == [1, 2]
    assert names_in(lake, 0) == {}
    assert names_in(lake, 1) == {"1": "旧"}
    assert names_in(lake, 2) == names_in(lake) == {"1": "新", "2": "示例大学"}
    with pytest.raises(LakeError, match="no snapshot 3"):
        lake.snapshot(3)


def test_a_reader_that_is_open_already_sees_the_next_commit_of_another_writer(lake: Lake) -> None:
    reader = Lake(lake.root)
    assert reader.entries() == ()
    put(lake, "universities", [university("1")])
    assert reader.snapshot().number == 1
    put(lake, "universities", [university("2")])
    assert set(names_in(reader)) == {"1", "2"}


def test_a_commit_over_two_tables_is_one_entry_of_the_history(lake: Lake) -> None:
    school = {RECORD_ID: "s", "school_code": "s", "name": "示例", "county_code": "530622"}
    changes = [change("universities", [university("1")]), change("schools", [school])]
    lake.commit(changes, entry("schools"), base=lake.snapshot())
    assert len(lake.entries()) == 1
    assert lake.rows("schools", lake.snapshot()).num_rows == 1
    assert lake.rows("universities", lake.snapshot()).num_rows == 1


def test_rows_carry_the_id_of_the_commit_that_last_put_them(lake: Lake) -> None:
    put(lake, "universities", [university("1"), university("2")])
    put(lake, "universities", [university("2", "新")])
    first, second = (e.upload_id for e in lake.entries())
    rows = lake.rows("universities", lake.snapshot()).to_pylist()
    assert {row[RECORD_ID]: row[COMMIT_ID] for row in rows} == {"1": first, "2": second}


def test_a_record_that_is_put_again_is_replaced_and_never_doubled(lake: Lake) -> None:
    put(lake, "universities", [university("1", "一"), university("2", "二")])
    put(lake, "universities", [university("2", "新"), university("3", "三")])
    assert lake.rows("universities", lake.snapshot()).num_rows == 3
    assert names_in(lake) == {"1": "一", "2": "新", "3": "三"}


def test_deletes_and_puts_of_one_change_are_both_done(lake: Lake) -> None:
    put(lake, "universities", [university("1"), university("2")])
    both = change("universities", [university("3")])
    both = type(both)(both.table, both.puts, ("1", "nobody"))
    lake.commit([both], entry("universities"), base=lake.snapshot())
    assert set(names_in(lake)) == {"2", "3"}


def test_rows_can_be_read_by_some_columns_and_some_values(lake: Lake) -> None:
    put(lake, "universities", [university("1"), university("2"), university("3")])
    rows = lake.rows(
        "universities", lake.snapshot(), columns=["name"], match=(RECORD_ID, ["1", "3", "9"])
    )
    assert rows.column_names == ["name"]
    assert rows.num_rows == 2
    none = lake.rows("universities", lake.snapshot(), match=(RECORD_ID, []))
    assert none.num_rows == 0


def test_a_change_set_that_was_computed_on_an_older_state_is_refused(lake: Lake) -> None:
    put(lake, "universities", [university("1")])
    stale = lake.snapshot()
    put(lake, "universities", [university("1", "新")])
    with pytest.raises(LakeChangedError):
        lake.commit(
            [change("universities", [university("1", "晚")])], entry("universities"), base=stale
        )
    assert names_in(lake) == {"1": "新"}
    assert len(lake.entries()) == 2


def test_a_commit_to_another_table_in_between_is_no_obstacle(lake: Lake) -> None:
    base = lake.snapshot()
    put(lake, "universities", [university("1")])
    row = activity(("a", U1, SCHOOLS[0], "camp", "2024-01-01", "", None, None, None, None))
    lake.commit([change("activities", [row])], entry("activities"), base=base)
    assert names_in(lake) == {"1": "示例大学"}
    assert lake.rows("activities", lake.snapshot()).num_rows == 1


def test_what_a_writer_left_that_died_before_the_ledger_is_never_seen(lake: Lake) -> None:
    put(lake, "universities", [university("1")])
    left = change("universities", [university("ghost")])
    write_deltalake(lake.path("universities"), left.puts, mode="append")
    assert set(names_in(Lake(lake.root))) == {"1"}
    put(lake, "universities", [university("2")])
    assert set(names_in(lake)) == {"1", "2"}
    assert set(names_in(Lake(lake.root))) == {"1", "2"}


def test_a_commit_whose_second_table_fails_shows_nothing_of_the_first(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = {RECORD_ID: "s", "school_code": "s", "name": "示例", "county_code": "530622"}
    changes = [change("universities", [university("1")]), change("schools", [school])]
    real = store.write_deltalake

    def fails_on_schools(target: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(target, DeltaTable) and "schools" in target.table_uri:
            raise OSError("no space left on device")
        real(target, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_deltalake", fails_on_schools)
        with pytest.raises(LakeError, match="no space left"):
            lake.commit(changes, entry("schools"), base=lake.snapshot())
    assert names_in(lake) == {}
    assert lake.entries() == ()
    lake.commit(changes, entry("schools"), base=lake.snapshot())
    assert names_in(lake) == {"1": "示例大学"}
    assert lake.rows("schools", lake.snapshot()).num_rows == 1


def test_a_writer_that_waits_too_long_for_its_turn_says_so(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOCK_SECONDS", 0.05)
    other = Lake(lake.root)
    with other._writer(), pytest.raises(LakeError, match="another upload"):
        put(lake, "universities", [university("1")])


def test_a_snapshot_whose_file_is_gone_cannot_be_read_and_says_so(lake: Lake) -> None:
    put(lake, "universities", [university("1")])
    for path in lake.files("universities", lake.snapshot()):
        Path(path).unlink()
    with pytest.raises(LakeError, match="universities"):
        lake.rows("universities", lake.snapshot())


# Where the lake lies


@pytest.mark.parametrize("name", ["lake", "a lake", "县中 数据", "100% '甲' #1"])
def test_a_lake_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    lake = build(tmp_path / name)
    assert len(names_in(lake)) == 4
    assert pairings_in(lake) == 7


def test_a_folder_whose_name_looks_percent_encoded_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="cannot be opened"):
        Lake(tmp_path / "a%20b")


def test_a_lake_may_be_reached_through_a_link_or_a_roundabout_path(tmp_path: Path) -> None:
    build(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "b").mkdir()
    for root in (tmp_path / "link", tmp_path / "b" / ".." / "real"):
        lake = Lake(root)
        assert pairings_in(lake) == 7


def test_a_lake_may_be_named_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lake = build(Path("here"))
    assert pairings_in(lake) == 7


def test_a_copy_of_the_folder_answers_every_snapshot_with_the_same_numbers(
    tmp_path: Path,
) -> None:
    lake = build(tmp_path / "here")
    before = values_by_snapshot(lake)
    shutil.copytree(tmp_path / "here", tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "here")
    copy = Lake(tmp_path / "elsewhere")
    assert values_by_snapshot(copy) == before
    assert len({str(values) for values in before.values()}) > 3
    put(copy, "universities", [university("new")])
    assert "new" in names_in(copy)


# Identifiers and kept files


@given(st.lists(st.text(), min_size=1))
def test_a_code_is_the_same_for_the_same_parts_and_safe_in_a_link(parts: list[str]) -> None:
    code = code_of("A", parts)
    assert code == code_of("A", list(parts))
    assert code.isascii()
    assert code.isalnum()
    assert len(code) == 13


def test_parts_that_only_join_to_the_same_text_give_other_codes() -> None:
    assert code_of("A", ["ab", "c"]) != code_of("A", ["a", "bc"])
    assert code_of("A", ["a"]) != code_of("U", ["a"])


def test_upload_ids_begin_with_their_moment() -> None:
    made = datetime.strptime(new_upload_id().split("-")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - made).total_seconds()) < 3600


def test_a_file_is_kept_once_under_its_hash(lake: Lake) -> None:
    content = "示例".encode()
    digest = keep_original(lake, content)
    assert digest == hashlib.sha256(content).hexdigest() == keep_original(lake, content)
    assert original(lake, digest) == content
    assert [path.name for path in (lake.root / "originals").iterdir()] == [digest]


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../.writer.lock", f"../{LEDGER}", "/etc/hostname", "a/b", "a\0b", "ab",
     "Ａ" * 64, "a" * 300, hashlib.sha256(b"nothing").hexdigest()],
)  # fmt: skip
def test_no_name_of_a_kept_file_leads_out_of_its_folder(lake: Lake, name: str) -> None:
    keep_original(lake, b"something")
    with pytest.raises(FileNotFoundError):
        original(lake, name)


def test_the_report_of_an_upload_is_kept_beside_it(lake: Lake) -> None:
    keep_report(lake, "20240101T000000-0000", "{}")
    assert (lake.root / "reports" / "20240101T000000-0000.json").read_text() == "{}"


def test_an_error_of_the_lake_speaks_both_languages_and_in_one_line(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    for path in (lake.root / "schools").glob("*.parquet"):
        path.unlink()
    with pytest.raises(LakeError) as error:
        lake.rows("schools", lake.snapshot())
    assert "读不出来" in error.value.said.zh
    assert error.value.said.en == str(error.value)
    assert "LINE 1" not in str(error.value)
    assert "\n" not in error.value.said.zh
