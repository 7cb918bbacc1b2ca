"""Taking uploads back: what was new goes, what was changed returns, what is built on it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_lake import change, entry, put, university
from xianzhong.lake.ledger import Entry, undone
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import UndoRefusedError, plan_undo, undo


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


def upload(lake: Lake, **names: str) -> str:
    put(lake, "universities", [university(code, name) for code, name in names.items()])
    return lake.entries()[-1].upload_id


def content(lake: Lake) -> dict[str, str]:
    rows = lake.rows("universities", lake.snapshot()).to_pylist()
    return {row[RECORD_ID]: row["name"] for row in rows}


def back(lake: Lake, upload_id: str) -> str:
    return undo(lake, upload_id, who="示例").upload_id


def test_new_records_go_and_changed_ones_return(lake: Lake) -> None:
    upload(lake, a="一", b="二")
    second = upload(lake, b="改", c="三")
    plan = plan_undo(lake, second)
    assert (plan.removed, plan.restored) == (1, 1)
    made = undo(lake, second, who="示例")
    assert content(lake) == {"a": "一", "b": "二"}
    assert (made.kind, made.undoes, made.number) == ("undo", second, 3)


def test_planning_an_undo_writes_nothing(lake: Lake) -> None:
    first = upload(lake, a="一")
    before = lake.snapshot()
    plan_undo(lake, first)
    assert Lake(lake.root).snapshot() == before


def test_an_undo_is_a_commit_of_its_own_and_older_snapshots_stay(lake: Lake) -> None:
    first = upload(lake, a="一")
    back(lake, first)
    assert content(lake) == {}
    assert lake.rows("universities", lake.snapshot(1)).num_rows == 1


def test_an_undo_over_two_tables_puts_both_back(lake: Lake) -> None:
    school = {RECORD_ID: "s", "school_code": "s", "name": "示例", "county_code": "530622"}
    changes = [change("universities", [university("a")]), change("schools", [school])]
    lake.commit(changes, entry("schools", "both"), base=lake.snapshot())
    back(lake, "both")
    for table in ("universities", "schools"):
        assert lake.rows(table, lake.snapshot()).num_rows == 0


def test_an_unknown_upload_is_refused(lake: Lake) -> None:
    with pytest.raises(UndoRefusedError, match="no upload"):
        back(lake, "nothing")


def test_the_same_upload_is_not_taken_back_twice(lake: Lake) -> None:
    first = upload(lake, a="一")
    back(lake, first)
    with pytest.raises(UndoRefusedError, match="already"):
        back(lake, first)


def test_an_upload_that_a_later_one_builds_on_is_refused_with_a_list(lake: Lake) -> None:
    first = upload(lake, a="一", b="二")
    second = upload(lake, b="改")
    with pytest.raises(UndoRefusedError, match="1 records") as refused:
        back(lake, first)
    blocked = [(b.table, b.record_id, b.changed_by) for b in refused.value.blocked]
    assert blocked == [("universities", "b", second)]
    assert content(lake) == {"a": "一", "b": "改"}


def test_once_the_later_upload_is_taken_back_the_earlier_one_may_be_too(lake: Lake) -> None:
    first = upload(lake, a="一", b="二")
    second = upload(lake, b="改")
    back(lake, second)
    assert content(lake) == {"a": "一", "b": "二"}
    back(lake, first)
    assert content(lake) == {}


def test_a_later_upload_of_other_records_is_no_obstacle(lake: Lake) -> None:
    first = upload(lake, a="一")
    upload(lake, b="二")
    back(lake, first)
    assert content(lake) == {"b": "二"}


def test_taking_an_undo_back_restores_what_the_upload_had_done(lake: Lake) -> None:
    upload(lake, a="一")
    second = upload(lake, a="改", b="二")
    first_undo = back(lake, second)
    back(lake, first_undo)
    assert content(lake) == {"a": "改", "b": "二"}


def test_an_undo_that_later_uploads_built_on_is_refused(lake: Lake) -> None:
    first = upload(lake, a="一")
    gone = back(lake, first)
    upload(lake, a="另")
    with pytest.raises(UndoRefusedError) as refused:
        back(lake, gone)
    assert [b.record_id for b in refused.value.blocked] == ["a"]
    assert content(lake) == {"a": "另"}


def test_an_undo_may_be_taken_back_and_again_any_number_of_times(lake: Lake) -> None:
    first = upload(lake, a="一")
    last = first
    for turn in range(4):
        last = back(lake, last)
        there = turn % 2 == 1
        assert content(lake) == ({"a": "一"} if there else {})
        assert (first not in undone(lake.entries())) is there


def test_an_upload_whose_undo_was_undone_and_redone_is_not_taken_back_twice(lake: Lake) -> None:
    first = upload(lake, a="一")
    back(lake, back(lake, back(lake, first)))
    with pytest.raises(UndoRefusedError, match="already"):
        back(lake, first)


def _entry(name: str, undoes: str) -> Entry:
    return Entry(name, "undo" if undoes else "upload", "t", "f", "", "w", 0, 0, 0, 0, "1", undoes)


@given(st.integers(min_value=0, max_value=12))
def test_of_a_chain_of_undos_every_other_one_stands(length: int) -> None:
    chain = tuple(_entry(f"{i}", f"{i - 1}" if i else "") for i in range(length + 1))
    standing = [entry.upload_id for entry in chain if entry.upload_id not in undone(chain)]
    assert standing == [f"{i}" for i in range(length % 2, length + 1, 2)]


@settings(max_examples=6)
@given(data=st.data())
def test_whatever_is_uploaded_and_taken_back_the_rest_is_as_if_it_never_came(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lake = Lake(tmp_path_factory.mktemp("undo"))
    uploads: list[tuple[str, dict[str, str]]] = []
    for number in range(data.draw(st.integers(1, 4))):
        codes = data.draw(st.sets(st.sampled_from("abc"), min_size=1))
        rows = dict.fromkeys(codes, f"{number}")
        uploads.append((upload(lake, **rows), rows))
    chosen = data.draw(st.sampled_from(range(len(uploads))))
    later = [rows for _, rows in uploads[chosen + 1 :]]
    touched_later = any(code in rows for rows in later for code in uploads[chosen][1])
    if touched_later:
        with pytest.raises(UndoRefusedError):
            back(lake, uploads[chosen][0])
        return
    back(lake, uploads[chosen][0])
    expected: dict[str, str] = {}
    for number, (_, rows) in enumerate(uploads):
        if number != chosen:
            expected |= rows
    assert content(lake) == expected
