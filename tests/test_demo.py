"""The generated lake: the same for the same seed, whole, plainly made up, never over a real one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from xianzhong.demo import build_demo
from xianzhong.demo.agreements import day_number, draw_agreements
from xianzhong.demo.build import WHO
from xianzhong.demo.columns import running_codes
from xianzhong.demo.kinds import SHAPES
from xianzhong.demo.places import county_choice
from xianzhong.lake.bulk import append_bulk
from xianzhong.lake.identifiers import new_upload_id
from xianzhong.lake.kind import demo_info, is_demo
from xianzhong.lake.ledger import Entry
from xianzhong.lake.schema import lake_schema
from xianzhong.lake.store import Lake, LakeError
from xianzhong.lake.undo import undo
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import ACTIVITIES, TABLES, UNIVERSITIES
from xianzhong.model.terms import Term
from xianzhong.reference import load_divisions

TODAY = date(2026, 3, 10)
SCHOOLS, ROWS, SEED = 300, 6000, 7
IN_180 = TODAY + timedelta(days=180)


def table(lake: Lake, name: str) -> pa.Table:
    return lake.rows(name, lake.snapshot())


def texts(rows: pa.Table, column: str) -> list[str]:
    return [value for value in rows[column].to_pylist() if value is not None]


def entry(upload_id: str, **changes: str) -> Entry:
    given = {"table": "universities", "file_name": "a.xlsx", "who": "a", "reader": "1"} | changes
    return Entry(upload_id, "upload", sha256="", new=0, updated=0, unchanged=0, rejected=0, **given)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = Lake(tmp_path_factory.mktemp("demo"))
    build_demo(made, SCHOOLS, ROWS, SEED, today=TODAY)
    return made


@pytest.fixture(scope="module")
def activities(lake: Lake) -> pa.Table:
    return table(lake, "activities")


@pytest.fixture(scope="module")
def pairings(lake: Lake) -> list[dict[str, object]]:
    return table(lake, "pairings").to_pylist()


def test_the_same_seed_sizes_and_day_give_the_same_rows(lake: Lake, tmp_path: Path) -> None:
    again = Lake(tmp_path)
    build_demo(again, SCHOOLS, ROWS, SEED, today=TODAY)
    for name in TABLES:
        assert table(again, name).equals(table(lake, name)), name
    ids = [(e.upload_id, e.at, e.new) for e in lake.entries()]
    assert [(e.upload_id, e.at, e.new) for e in again.entries()] == ids


def test_another_seed_gives_other_rows(activities: pa.Table, tmp_path: Path) -> None:
    other = Lake(tmp_path)
    build_demo(other, SCHOOLS, ROWS, SEED + 1, today=TODAY)
    mine = set(activities["activity_code"].to_pylist())
    assert mine.isdisjoint(table(other, "activities")["activity_code"].to_pylist())


def test_the_sizes_are_what_was_asked_for(lake: Lake, activities: pa.Table) -> None:
    assert table(lake, "schools").num_rows == SCHOOLS
    assert activities.num_rows == ROWS
    for name in TABLES:
        assert table(lake, name).num_rows, name
    for e in lake.entries():
        assert e.who == WHO
        assert e.new > 0


def test_no_record_stands_twice(lake: Lake) -> None:
    for name, declared in TABLES.items():
        rows = table(lake, name)
        assert pc.count_distinct(rows["record_id"]).as_py() == rows.num_rows, name
        keys = {tuple(row[part] for part in declared.natural_key) for row in rows.to_pylist()}
        assert len(keys) == rows.num_rows, name


def test_every_made_up_name_says_that_it_is_one(lake: Lake, activities: pa.Table) -> None:
    places = [("schools", "name"), ("universities", "name"), ("universities", "department")]
    places += [("difficulties", "title"), ("difficulties", "owner")]
    places += [("practices", "title"), ("practices", "text")]
    for name, column in places:
        assert all("示例" in text for text in texts(table(lake, name), column)), (name, column)
    assert all(title.startswith("示例") for title in texts(activities, "title"))
    for name in set(TABLES) - {"weak_counties"}:
        assert set(texts(table(lake, name), "source")) == {"示例数据（随机生成）"}, name


def test_schools_stand_in_real_counties_of_the_mainland_and_the_corps(lake: Lake) -> None:
    divisions = load_divisions()
    for row in table(lake, "schools").to_pylist():
        county = divisions.get(row["county_code"])
        assert county is not None
        assert county.level == "county"
        assert row["school_code"].startswith(county.code)
        assert county.name in row["name"]
    choice = county_choice(divisions)
    assert {c.name[-1] for c in choice} == {"县", "旗", "市"}
    assert not {c.province for c in choice} & {"71", "81", "82"}
    assert "66" in {c.province for c in choice}


def test_every_record_is_about_a_school_on_record(lake: Lake) -> None:
    schools = set(texts(table(lake, "schools"), "school_code"))
    for name in ("pairings", "activities", "support", "difficulties", "practices"):
        assert set(texts(table(lake, name), "school_code")) <= schools, name
    assert set(texts(table(lake, "pairings"), "school_code")) == schools


def test_every_activity_is_by_a_supporter_paired_with_the_school(
    lake: Lake, activities: pa.Table, pairings: list[dict[str, object]]
) -> None:
    paired = {(row["school_code"], row["university_code"]) for row in pairings}
    found = zip(texts(activities, "school_code"), texts(activities, "university_code"), strict=True)
    assert set(found) <= paired
    supporters = set(texts(table(lake, "universities"), "university_code"))
    assert {row["university_code"] for row in pairings} == supporters


def test_a_supporter_works_under_one_scheme_and_within_its_reach(
    lake: Lake, pairings: list[dict[str, object]]
) -> None:
    home = {r["school_code"]: r["county_code"] for r in table(lake, "schools").to_pylist()}
    divisions = load_divisions()
    schemes: dict[object, set[object]] = {}
    reached: dict[object, set[str]] = {}
    for row in pairings:
        county = divisions.get(home[row["school_code"]])
        assert county is not None
        schemes.setdefault(row["university_code"], set()).add(row["scheme"])
        if row["scheme"] == "city_school":
            place = county.prefecture or county.province
            reached.setdefault(row["university_code"], set()).add(place)
    assert all(len(found) == 1 for found in schemes.values())
    assert all(len(found) == 1 for found in reached.values())


def test_all_kinds_schemes_and_categories_appear(
    lake: Lake, activities: pa.Table, pairings: list[dict[str, object]]
) -> None:
    assert set(SHAPES) == set(KIND_BY_CODE)
    assert set(texts(activities, "kind")) == set(KIND_BY_CODE)
    assert {row["scheme"] for row in pairings} == set(SCHEME_BY_CODE)
    for name, column in (
        ("support", "category"), ("difficulties", "state"), ("practices", "spread"),
    ):  # fmt: skip
        allowed = {choice.code for choice in TABLES[name].column(column).choices}
        assert set(texts(table(lake, name), column)) == allowed, (name, column)
    fees = table(lake, "support").filter(pc.field("category") == "brand_fee")
    assert pc.max(fees["promised"]).as_py() > 0


def test_numbers_are_within_their_bounds_and_some_are_missing(activities: pa.Table) -> None:
    for name in ("people_sent", "participants", "days_on_site", "lessons"):
        column = ACTIVITIES.column(name)
        assert 0 < activities[name].null_count < ROWS, name
        assert column.minimum is not None
        assert column.maximum is not None
        assert column.minimum <= pc.min(activities[name]).as_py(), name
        assert pc.max(activities[name]).as_py() <= column.maximum, name
    for name in ("end", "subject", "place"):
        assert 0 < activities[name].null_count < ROWS, name


def test_dates_known_to_the_month_are_its_first_day(activities: pa.Table) -> None:
    for name in ("start", "end"):
        monthly = activities.filter(pc.field(f"{name}_precision") == "month")
        assert 0 < monthly.num_rows < ROWS
        assert {day.day for day in texts(monthly, name)} == {1}
        assert activities[name].is_valid().equals(activities[f"{name}_precision"].is_valid())


def test_activities_lie_within_the_years_up_to_today_and_end_after_they_start(
    activities: pa.Table,
) -> None:
    assert pc.max(activities["start"]).as_py() <= TODAY
    assert pc.max(activities["end"]).as_py() <= TODAY
    assert pc.min(pc.days_between(activities["start"], activities["end"])).as_py() >= 0
    camps = activities.filter(pc.field("kind") == "camp")
    assert set(pc.month(camps["start"]).to_pylist()) <= {1, 2, 7, 8}
    by_month = pc.value_counts(pc.month(activities["start"])).to_pylist()
    counts = {row["values"]: row["counts"] for row in by_month}
    assert counts[7] < counts[11]


def test_some_schools_have_had_many_activities_and_some_none(activities: pa.Table) -> None:
    counts = pc.value_counts(activities["school_code"]).field("counts")
    assert len(counts) < SCHOOLS
    assert pc.max(counts).as_py() > 8 * ROWS / SCHOOLS


def test_cycles_are_ended_ending_soon_in_force_and_renewed(
    pairings: list[dict[str, object]],
) -> None:
    ends: list[date] = []
    lengths: list[int] = []
    for row in pairings:
        begin = Term.parse(str(row["start_term"])).first_day
        end = row["end_date"] or begin.replace(year=begin.year + 3) - timedelta(days=1)
        assert isinstance(end, date)
        ends.append(end)
        lengths.append((end - begin).days)
    assert any(end < TODAY for end in ends)
    assert any(TODAY <= end <= IN_180 for end in ends)
    assert any(end > IN_180 for end in ends)
    assert any(length > 5 * 365 for length in lengths)
    for name in ("has_plan", "has_development_plan", "has_county_policy"):
        assert {row[name] for row in pairings} == {True, False, None}


@pytest.mark.parametrize("month", range(1, 13))
def test_whatever_the_day_some_agreements_are_about_to_end(month: int) -> None:
    today = date(2027, month, 1)
    drawn = draw_agreements(np.random.default_rng(month), 400, today)
    ends = drawn.end[drawn.end_known] - day_number(today)
    assert ((ends >= 0) & (ends <= 180)).any()
    assert (drawn.signed <= day_number(today)).all()


def test_difficulties_are_resolved_after_they_were_raised_and_some_are_overdue(lake: Lake) -> None:
    rows = table(lake, "difficulties").to_pylist()
    for row in rows:
        assert (row["state"] == "resolved") == (row["resolved"] is not None)
        assert row["resolved"] is None or row["raised"] < row["resolved"] <= TODAY
    assert any(row["resolved"] is None and row["due"] and row["due"] < TODAY for row in rows)


def test_the_weak_counties_are_the_real_list_with_todays_codes(lake: Lake) -> None:
    divisions = load_divisions()
    rows = table(lake, "weak_counties").to_pylist()
    assert len(rows) == 832
    for row in rows:
        county = divisions.get(row["county_code"])
        assert county is not None, row["listed_name"]
        assert county.level == "county", row["listed_name"]
    # The list gives this place a code that is an urban district's today.
    moved = next(row for row in rows if row["listed_name"] == "冷湖行委")
    assert moved["county_code"] == "632803"


def test_the_ledger_tells_of_uploads_in_order_and_ends_on_the_day(lake: Lake) -> None:
    entries = lake.entries()
    assert len({e.upload_id for e in entries}) == len(entries)
    moments = [e.at for e in entries if e.at is not None]
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert (moments[-1] + timedelta(hours=8)).date() == TODAY


def test_rows_of_an_upload_are_sorted_by_school_and_start(lake: Lake) -> None:
    files = lake.files("activities", lake.snapshot())
    assert len(files) == sum(e.table == "activities" for e in lake.entries())
    for file in files:
        rows = pq.read_table(file, columns=["school_code", "start"]).to_pylist()
        keys = [(row["school_code"], row["start"]) for row in rows]
        assert keys == sorted(keys)


def test_an_upload_of_the_demo_can_be_taken_back(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    build_demo(lake, 40, 500, today=TODAY)
    last = [e for e in lake.entries() if e.table == "activities"][-1]
    undo(lake, last.upload_id, who="a")
    assert table(lake, "activities").num_rows == 500 - last.new


def test_a_demo_is_marked_with_how_it_was_made(lake: Lake, tmp_path: Path) -> None:
    assert is_demo(lake.root)
    assert demo_info(lake.root) == {
        "seed": SEED, "schools": SCHOOLS, "activities": ROWS, "made_on": "2026-03-10",
    }  # fmt: skip
    assert not is_demo(tmp_path)


def test_a_lake_with_real_records_is_refused_and_stays_unmarked(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    rows = pa.Table.from_pylist(
        [{"record_id": "1", "university_code": "1", "name": "示例"}],
        schema=lake_schema(UNIVERSITIES),
    )
    append_bulk(lake, "universities", rows.to_batches(), entry(new_upload_id()))
    with pytest.raises(LakeError, match="not generated"):
        build_demo(lake, 10, 10, today=TODAY)
    assert not is_demo(tmp_path)
    assert len(lake.entries()) == 1


def test_another_demo_is_not_built_over_the_first(lake: Lake) -> None:
    with pytest.raises(LakeError, match="another demo"):
        build_demo(lake, SCHOOLS, ROWS + 1, SEED, today=TODAY)
    with pytest.raises(LakeError, match="another demo"):
        build_demo(lake, SCHOOLS, ROWS, SEED, today=TODAY + timedelta(days=1))


def test_building_again_changes_nothing(lake: Lake) -> None:
    before = lake.snapshot()
    assert build_demo(lake, SCHOOLS, ROWS, SEED) == before


def test_a_build_that_was_cut_off_goes_on_where_it_stopped(lake: Lake, tmp_path: Path) -> None:
    class StopError(Exception):
        pass

    def stop(name: str, done: int, total: int) -> None:
        if name == "activities" and done > total / 2:
            raise StopError

    broken = Lake(tmp_path)
    with pytest.raises(StopError):
        build_demo(broken, SCHOOLS, ROWS, SEED, stop, today=TODAY)
    assert table(broken, "activities").num_rows < ROWS
    assert table(broken, "practices").num_rows == 0
    build_demo(broken, SCHOOLS, ROWS, SEED)
    assert table(broken, "activities").equals(table(lake, "activities"))
    assert len(broken.entries()) == len(lake.entries())


def test_progress_tells_how_far_each_table_is(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_demo(Lake(tmp_path), 20, 300, progress=lambda *call: told.append(call), today=TODAY)
    assert {name for name, _, _ in told} == set(TABLES)
    assert ("activities", 300, 300) in told
    assert ("schools", 20, 20) in told
    assert all(0 < done <= total for _, done, total in told)


@pytest.mark.parametrize(("schools", "rows", "seed"), [(0, 1, 1), (1, -1, 1), (1, 1, -1)])
def test_senseless_sizes_are_refused(tmp_path: Path, schools: int, rows: int, seed: int) -> None:
    with pytest.raises(ValueError, match="at least one school"):
        build_demo(Lake(tmp_path), schools, rows, seed)


@pytest.mark.parametrize(("schools", "rows"), [(1, 0), (1, 1), (3, 50)])
def test_the_smallest_demos_can_be_built(tmp_path: Path, schools: int, rows: int) -> None:
    lake = Lake(tmp_path)
    build_demo(lake, schools, rows, today=TODAY)
    assert table(lake, "schools").num_rows == schools
    assert table(lake, "activities").num_rows == rows


def test_running_codes_never_repeat_and_look_like_the_others() -> None:
    first, second = running_codes("A", 0, 50_000, 1), running_codes("A", 50_000, 50_000, 1)
    whole = running_codes("A", 0, 100_000, 1)
    assert pa.concat_arrays([first, second]).equals(whole)
    assert pc.count_distinct(whole).as_py() == 100_000
    assert pc.all(pc.match_substring_regex(whole, "^A[A-Z2-7]{12}$")).as_py()


def test_a_bulk_append_that_fails_leaves_nothing_to_be_seen(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    schema = lake_schema(UNIVERSITIES)
    rows = pa.Table.from_pylist([{"record_id": "1", "name": "示例"}], schema=schema)

    def failing() -> Iterator[pa.RecordBatch]:
        yield from rows.to_batches()
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        append_bulk(lake, "universities", failing(), entry("first"))
    assert lake.snapshot().number == 0
    other = pa.RecordBatch.from_pydict({"record_id": ["1"]})
    with pytest.raises(ValueError, match="schema"):
        append_bulk(lake, "universities", [other], entry("second"))
    append_bulk(lake, "universities", rows.to_batches(), entry("third"))
    assert table(lake, "universities")["commit_id"].to_pylist() == ["third"]
    assert lake.entries()[-1].new == 1


def test_a_bulk_append_drops_what_a_dead_writer_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Lake(tmp_path)
    schema = lake_schema(UNIVERSITIES)
    left = pa.Table.from_pylist([{"record_id": "left"}], schema=schema)
    kept = pa.Table.from_pylist([{"record_id": "kept"}], schema=schema)
    with monkeypatch.context() as patch:
        patch.setattr(Entry, "to_arrow", lambda _: (_ for _ in ()).throw(OSError("died")))
        with pytest.raises(LakeError, match="died"):
            append_bulk(lake, "universities", left.to_batches(), entry("first"))
    append_bulk(lake, "universities", kept.to_batches(), entry("second"))
    assert table(lake, "universities")["record_id"].to_pylist() == ["kept"]
