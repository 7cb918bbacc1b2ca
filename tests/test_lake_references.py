"""An undo never leaves a record that names a school or university which is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.intake_lakes import put_rows, stored, try_rows
from tests.small_lake import (
    A1,
    U1,
    U4,
    activity,
    build,
    change,
    entry,
    pairing,
    put,
    university,
)
from xianzhong.intake.load import commit
from xianzhong.lake.references import references
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake, LakeChangedError
from xianzhong.lake.undo import Blocked, UndoRefusedError, plan_undo, undo
from xianzhong.lake.undo_preview import FieldBack, RecordBack, undo_records
from xianzhong.model.tables import TABLES

SCHOOL = {RECORD_ID: "530622-09", "school_code": "530622-09", "name": "示例九中",
          "county_code": "530622"}  # fmt: skip
NAMES_IT = ("x1", U1, "530622-09", "camp", "2024-01-01", "", 1, None, None, None)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def newest(lake: Lake) -> str:
    return lake.entries()[-1].upload_id


def blocked_by(lake: Lake, upload_id: str) -> tuple[Blocked, ...]:
    with pytest.raises(UndoRefusedError) as refused:
        plan_undo(lake, upload_id)
    return refused.value.blocked


def test_the_declarations_say_which_columns_name_other_records() -> None:
    named = {name: references(name) for name in TABLES if references(name)}
    both = (("university_code", "universities"), ("school_code", "schools"))
    referring = {"pairings", "activities", "support", "difficulties", "practices", "put_aside"}
    assert set(named) == referring
    assert set(named["pairings"]) == set(named["activities"]) == set(both)
    assert references("schools") == references("universities") == ()


def test_a_school_that_later_records_name_is_not_taken_away(lake: Lake) -> None:
    put(lake, "schools", [SCHOOL])
    schools = newest(lake)
    put(lake, "activities", [activity(NAMES_IT)])
    activities = newest(lake)
    assert blocked_by(lake, schools) == (
        Blocked("activities", "x1", activities, refers_to="530622-09"),
    )
    with pytest.raises(UndoRefusedError, match="1 records name 1 schools"):
        undo(lake, schools, who="示例")
    assert "530622-09" in stored(lake, "schools")
    undo(lake, activities, who="示例")
    undo(lake, schools, who="示例")
    assert "530622-09" not in stored(lake, "schools")


def test_the_first_upload_of_universities_stays_while_anything_names_one(lake: Lake) -> None:
    first = lake.entries()[0].upload_id
    blocked = blocked_by(lake, first)
    assert {b.table for b in blocked} == {"pairings", "activities"}
    assert len(blocked) == 7 + 15
    assert U4 not in {b.refers_to for b in blocked}, "nothing names it"


def test_records_of_the_same_upload_go_together(lake: Lake) -> None:
    row = activity(NAMES_IT)
    changes = [change("schools", [SCHOOL]), change("activities", [row])]
    lake.commit(changes, entry("activities", "both"), base=lake.snapshot())
    undo(lake, "both", who="示例")
    assert "530622-09" not in stored(lake, "schools")
    assert "x1" not in stored(lake, "activities")


def test_an_undo_of_changed_names_is_no_matter_of_references(lake: Lake) -> None:
    put(lake, "universities", [university(U1, "示例大学甲乙")])
    undo(lake, newest(lake), who="示例")
    assert stored(lake, "universities")[U1]["name"] == "示例大学甲"


def test_records_do_not_return_to_a_school_that_has_gone_meanwhile(lake: Lake) -> None:
    put(lake, "schools", [SCHOOL])
    schools = newest(lake)
    put(lake, "activities", [activity(NAMES_IT)])
    taken_back = undo(lake, newest(lake), who="示例").upload_id
    undo(lake, schools, who="示例")
    assert blocked_by(lake, taken_back) == (Blocked("activities", "x1", "", refers_to="530622-09"),)
    undo(lake, newest(lake), who="示例")
    undo(lake, taken_back, who="示例")
    assert stored(lake, "activities")["x1"]["school_code"] == "530622-09"


def test_a_pairing_sheet_takes_the_schools_that_it_registered_with_it(lake: Lake) -> None:
    headers = ["帮扶高校", "受援县中", "省份", "县(市、区)", "帮扶类型"]
    row = ["示例大学丁", "示例县第三中学", "云南省", "巧家县", "组团式帮扶"]
    put_rows(lake, "pairings", [headers, row])
    upload = newest(lake)
    before = len(stored(lake, "schools"))
    code = next(c for c, row in stored(lake, "schools").items() if row["name"] == "示例县第三中学")
    plan = plan_undo(lake, upload)
    assert {c.table: len(c.deletes) for c in plan.changes} == {"schools": 1, "pairings": 1}
    put(lake, "activities", [activity(("x2", *NAMES_IT[1:2], code, *NAMES_IT[3:]))])
    assert [b.refers_to for b in blocked_by(lake, upload)] == [code]
    undo(lake, newest(lake), who="示例")
    undo(lake, upload, who="示例")
    assert len(stored(lake, "schools")) == before - 1


def test_an_upload_that_came_while_an_undo_was_worked_out_is_seen(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(lake, "schools", [SCHOOL])
    schools = newest(lake)
    real, calls = Lake.commit, []

    def late(self: Lake, *args: Any, **kwargs: Any) -> Any:
        calls.append(kwargs["base"].number)
        if len(calls) == 1:
            rows = [change("activities", [activity(NAMES_IT)])]
            other = Lake(self.root)
            real(other, rows, entry("activities"), base=other.snapshot())
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Lake, "commit", late)
    with pytest.raises(UndoRefusedError, match="would not be registered"):
        undo(lake, schools, who="示例")
    assert len(calls) == 1
    assert "530622-09" in stored(lake, "schools")


def test_a_commit_may_need_tables_that_it_does_not_touch(lake: Lake) -> None:
    base = lake.snapshot()
    put(lake, "schools", [SCHOOL])
    rows = [change("activities", [activity(("x3", U1, A1, *NAMES_IT[3:]))])]
    with pytest.raises(LakeChangedError, match="schools"):
        lake.commit(rows, entry("activities"), base=base, needs=["schools"])
    lake.commit(rows, entry("activities"), base=base)
    assert "x3" in stored(lake, "activities")


# What a page shows before


def test_the_preview_tells_each_record_and_each_field(lake: Lake) -> None:
    changed = pairing((U1, "530622-01", "ministry", "2022-09", "2022-1", ""))
    added = pairing((U4, "530622-01", "team", "", "", "2027-01-31"))
    put(lake, "pairings", [changed, added])
    upload = newest(lake)
    key = "530622-01/90001/ministry"
    assert undo_records(lake, plan_undo(lake, upload)) == (
        RecordBack(
            "pairings",
            "530622-01/90004/team",
            "removed",
            (
                FieldBack("university_code", U4, None),
                FieldBack("school_code", "530622-01", None),
                FieldBack("scheme", "team", None),
                FieldBack("end_date", "2027-01-31", None),
            ),
        ),
        RecordBack(
            "pairings", key, "changed", (FieldBack("agreement_date", "2022-09", "2022-08-31"),)
        ),
    )


def test_the_preview_of_an_undos_undo_shows_what_returns(lake: Lake) -> None:
    put(lake, "universities", [university("7", "示例大学戊")])
    taken_back = undo(lake, newest(lake), who="示例")
    (shown,) = undo_records(lake, plan_undo(lake, taken_back.upload_id))
    assert (shown.fate, shown.record_id) == ("returned", "7")
    assert FieldBack("name", None, "示例大学戊") in shown.fields


def test_the_preview_may_be_cut_short_and_the_counts_are_not(lake: Lake) -> None:
    put(lake, "universities", [university(f"n{number}") for number in range(9)])
    plan = plan_undo(lake, newest(lake))
    assert len(undo_records(lake, plan, limit=4)) == 4
    assert plan.removed == 9


def test_a_file_that_was_taken_back_may_be_loaded_again(lake: Lake) -> None:
    rows = [["高校代码", "高校名称"], ["90009", "示例大学己"]]
    put_rows(lake, "universities", rows)
    undo(lake, newest(lake), who="示例")
    again = try_rows(lake, "universities", rows)
    assert commit(lake, again, who="示例").committed
    assert "90009" in stored(lake, "universities")
