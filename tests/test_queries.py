"""Records, lists and series on the small lake: order, gaps, and what stands where none is."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from tests.small_lake import (
    A1,
    A2,
    A3,
    B1,
    B2,
    C1,
    FIRST_UPLOAD,
    SCHOOLS,
    U1,
    U2,
    U3,
    activity,
    build,
    change,
    engine_over,
    entry,
    names,
    put,
    university,
    view,
)
from xianzhong.lake.store import Change, Lake, LakeError
from xianzhong.query import tables
from xianzhong.query.by_term import activities_by_term, newest_term
from xianzhong.query.engine import KEPT_SNAPSHOTS, Engine
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION, Scope
from xianzhong.settings import Settings


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(build(tmp_path_factory.mktemp("queries")))


def day(value: object) -> date:
    return pd.Timestamp(value).date()  # type: ignore[arg-type]


def test_records_come_newest_first_and_in_pages_that_do_not_overlap(engine: Engine) -> None:
    whole = tables.records(engine, view(engine), limit=100)
    starts = [day(start) for start in whole["start"]]
    assert starts == sorted(starts, reverse=True)
    assert whole["activity_code"].iloc[0] == "a11"
    pages = [tables.records(engine, view(engine), limit=4, offset=4 * page) for page in range(5)]
    paged = [code for page in pages for code in page["activity_code"]]
    assert paged == whole["activity_code"].tolist()
    assert [len(page) for page in pages] == [4, 4, 4, 3, 0]


def test_a_record_has_its_school_and_place_and_its_dates_as_they_are_known(
    engine: Engine,
) -> None:
    records = tables.records(engine, view(engine), limit=100).set_index("activity_code")
    camp, shadowing = records.loc["a06"], records.loc["a12"]
    assert (camp["school"], camp["province"], camp["county"]) == ("示例巧家二中", "53", "巧家县")
    assert (day(camp["start"]), camp["start_precision"]) == (date(2023, 7, 1), "month")
    assert pd.isna(camp["end"])
    assert (day(shadowing["end"]), shadowing["end_precision"]) == (date(2023, 12, 1), "day")
    assert (shadowing["province"], shadowing["prefecture"]) == ("66", "")
    assert pd.isna(shadowing["people_sent"])
    assert records.loc["a13", "people_sent"] == 0


def test_a_record_stays_in_the_list_when_its_school_is_no_longer_on_record(
    tmp_path: Path,
) -> None:
    lake = build(tmp_path)
    gone = Change("schools", change("schools", []).puts, (C1,))
    lake.commit([gone], entry("schools"), base=lake.snapshot())
    bare = engine_over(lake)
    seen = view(bare)
    records = tables.records(bare, seen, limit=100).set_index("activity_code")
    assert len(records) == tables.span(bare, seen)["activities"].iloc[0] == 15
    assert (records.loc["a12", "school"], records.loc["a12", "province"]) == (C1, "")


def test_the_list_of_schools_says_who_supports_each_and_what_was_done(engine: Engine) -> None:
    listed = tables.schools(engine, view(engine)).set_index("school_code")
    assert sorted(listed.index) == sorted(SCHOOLS)
    assert listed["activities"].to_dict() == {A1: 5, A2: 2, A3: 2, B1: 2, B2: 1, C1: 3}
    assert listed["measures"].to_dict() == {A1: 3, A2: 2, A3: 1, B1: 0, B2: 0, C1: 3}
    assert list(listed.loc[A1, "universities"]) == [U1, U2]
    assert list(listed.loc[A1, "schemes"]) == ["ministry", "provincial"]
    assert day(listed.loc[A1, "cycle_end"]) == date(2026, 2, 28)
    assert pd.isna(listed.loc[B1, "cycle_end"])
    assert day(listed.loc[A1, "last_start"]) == date(2024, 4, 20)
    assert listed.loc[B2, "last_start_precision"] == "month"


def test_the_last_activity_of_a_school_is_known_whatever_the_period(engine: Engine) -> None:
    listed = tables.schools(engine, view(engine, term="2022-1")).set_index("school_code")
    assert sorted(listed.index) == sorted([A1, A2, A3, C1])
    assert listed["activities"].to_dict() == {A1: 1, A2: 0, A3: 0, C1: 0}
    assert day(listed.loc[A1, "last_start"]) == date(2024, 4, 20)


def test_points_stand_at_the_county_of_their_school(engine: Engine) -> None:
    points = tables.school_points(engine, view(engine)).set_index("school_code")
    assert sorted(points.index) == sorted(SCHOOLS)
    for code in SCHOOLS:
        county = engine.divisions.get(points.loc[code, "county_code"])
        assert county is not None
        assert (points.loc[code, "longitude"], points.loc[code, "latitude"]) == (
            county.longitude, county.latitude,
        )  # fmt: skip


def test_each_pairing_has_its_cycle_and_its_state_on_the_day_of_the_data(engine: Engine) -> None:
    rows = tables.pairings(engine, view(engine))
    found = {
        (row.university_code, row.scheme, day(row.cycle_start)): (day(row.cycle_end), row.state)
        for row in rows.itertuples()
        if not pd.isna(row.cycle_start)
    }
    assert found == {
        (U1, "ministry", date(2022, 9, 1)): (date(2025, 8, 31), "in_force"),
        (U2, "provincial", date(2023, 3, 1)): (date(2026, 2, 28), "in_force"),
        (U1, "ministry", date(2021, 2, 1)): (date(2024, 1, 31), "ended"),
        (U2, "provincial", date(2021, 10, 1)): (date(2024, 9, 28), "ending"),
        (U3, "city_school", date(2024, 9, 1)): (date(2027, 8, 31), "not_begun"),
        (U1, "ministry", date(2022, 8, 1)): (date(2025, 8, 31), "in_force"),
    }
    assert len(rows) == 7


def test_states_are_judged_at_the_end_of_an_older_period(engine: Engine) -> None:
    rows = tables.pairings(engine, view(engine, term="2023-1", school=A2))
    assert rows["state"].tolist() == ["ending"]


def test_months_are_those_with_records_in_order(engine: Engine) -> None:
    months = tables.months(engine, view(engine, province="53"))
    found = {
        f"{day(row.month):%Y-%m}": (row.activities, None if pd.isna(row.people_sent) else row[3])
        for row in months.itertuples()
    }
    assert found == {
        "2022-08": (1, 3), "2022-09": (1, 1), "2023-07": (1, None), "2023-10": (1, None),
        "2023-12": (1, 6), "2024-01": (1, 5), "2024-02": (1, None), "2024-03": (1, 4),
        "2024-04": (1, 2),
    }  # fmt: skip
    assert list(found) == sorted(found)


def test_universities_come_most_active_first(engine: Engine) -> None:
    rows = tables.universities(engine, view(engine))
    assert rows["code"].tolist() == [U1, U2, U3]
    assert rows["activities"].tolist() == [9, 3, 3]
    assert rows["active_schools"].tolist() == [3, 2, 2]
    assert len(tables.universities(engine, view(engine), limit=1)) == 1


def test_kinds_by_month_and_the_span_do_not_heed_the_period(engine: Engine) -> None:
    within = view(engine, term="2023-2")
    assert tables.kinds_by_month(engine, within)["activities"].sum() == 15
    span = tables.span(engine, within).iloc[0]
    assert (day(span["first_start"]), day(span["last_start"])) == (
        date(2022, 7, 1), date(2024, 6, 1),
    )  # fmt: skip
    empty = tables.span(engine, view(engine, province="65")).iloc[0]
    assert (pd.isna(empty["first_start"]), empty["activities"]) == (True, 0)


def test_names_are_looked_up_and_an_unknown_code_stands_for_itself(engine: Engine) -> None:
    known = names(engine)
    assert (known.university(U1), known.school(A1)) == ("示例大学甲", "示例巧家一中")
    assert (known.university("x"), known.school("x")) == ("x", "x")
    assert known.has_school(A1)
    assert not known.has_school(U1)
    assert known.school_places[C1] == ("66", "659001")
    scoped = names_of(engine, engine.lake.snapshot(), Scope(division="53"))
    assert not scoped.has_school(C1)


def test_the_same_question_is_answered_once_and_another_view_anew(engine: Engine) -> None:
    first = tables.months(engine, view(engine))
    assert tables.months(engine, view(engine)) is first
    assert tables.months(engine, view(engine, province="53")) is not first


def test_a_new_upload_is_seen_and_the_old_snapshot_stays(tmp_path: Path) -> None:
    lake = build(tmp_path)
    engine = engine_over(lake)
    old = view(engine)
    before = tables.span(engine, old)["activities"].iloc[0]
    put(lake, "activities", [activity(("n", U1, A1, "lab", "2024-06-02", "", 1, 2, 3, 4))])
    assert tables.span(engine, view(engine))["activities"].iloc[0] == before + 1
    assert tables.span(engine, old)["activities"].iloc[0] == before


def test_many_threads_on_many_snapshots_all_get_their_own_answer(tmp_path: Path) -> None:
    lake = build(tmp_path)
    for number in range(KEPT_SNAPSHOTS):
        put(lake, "universities", [university(f"{number}")], FIRST_UPLOAD)
    engine = engine_over(lake)
    expected = dict.fromkeys(range(5), 0) | {5: 11}
    expected |= dict.fromkeys(range(6, 7 + KEPT_SNAPSHOTS), 15)
    asked = [number for turn in range(4) for number in expected]

    def answer(number: int) -> tuple[int, int]:
        seen = View(lake.snapshot(number), NATION, Filters(date_to=date(2099, 1, number + 1)))
        return number, int(tables.span(engine, seen)["activities"].iloc[0])

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(answer, asked))
    assert answers == [(number, expected[number]) for number in asked]


def test_a_lake_whose_files_are_gone_is_an_error_of_the_lake(tmp_path: Path) -> None:
    lake = build(tmp_path)
    shutil.rmtree(tmp_path / "activities")
    with pytest.raises(LakeError, match="activities"):
        tables.span(engine_over(Lake(tmp_path)), View(lake.snapshot(), NATION, Filters()))


def test_a_lake_whose_parquet_files_are_gone_is_an_error_of_the_lake_too(tmp_path: Path) -> None:
    lake = build(tmp_path)
    engine, seen = engine_over(lake), View(lake.snapshot(), NATION, Filters())
    for path in lake.files("activities", lake.snapshot()):
        Path(path).unlink()
    with pytest.raises(LakeError, match="snapshot 6 cannot be read"):
        tables.records(engine, seen, limit=1)


def test_one_process_opens_one_engine_for_the_same_settings(tmp_path: Path) -> None:
    build(tmp_path)
    settings = Settings(lake=tmp_path, memory="200MB", threads=1)
    assert open_engine(settings) is open_engine(settings)
    assert tables.span(open_engine(settings), view(open_engine(settings)))["activities"][0] == 15


# Terms


@pytest.mark.parametrize("params", [{}, {"province": "53"}, {"university": U1}, {"kind": "camp"}])
def test_terms_add_up_to_all_time_leave_no_gap_and_do_not_heed_the_period(
    engine: Engine, params: dict[str, str]
) -> None:
    series = activities_by_term(engine, view(engine, **params))
    assert sum(value for _, value in series) == len(
        tables.records(engine, view(engine, **params), limit=100)
    )
    assert all(later == term.next for (term, _), (later, _) in pairwise(series))
    for term, value in series:
        alone = view(engine, **params, term=term.code)
        assert value == len(tables.records(engine, alone, limit=100)), term
        assert activities_by_term(engine, alone) == series


@pytest.mark.parametrize("params", [{}, {"province": "53"}, {"university": U1}, {"school": B2}])
def test_the_newest_term_has_the_figures_of_that_term(
    engine: Engine, params: dict[str, str]
) -> None:
    newest = newest_term(engine, view(engine, **params))
    assert newest is not None
    term, found = newest
    assert term == activities_by_term(engine, view(engine, **params))[-1][0]
    wanted = figures(engine, view(engine, **params, term=term.code), tuple(found))
    assert len(wanted) == len(found) == 4
    for figure in wanted:
        same = found[figure.indicator.id]
        assert (same.value, same.previous) == (figure.value, figure.previous), figure.indicator.id


def test_without_records_there_is_no_newest_term(engine: Engine) -> None:
    assert newest_term(engine, view(engine, province="65")) is None
    assert activities_by_term(engine, view(engine, province="65")) == []


def test_records_in_pieces_are_all_the_records_in_their_order(engine: Engine) -> None:
    asked = view(engine)
    whole = tables.records(engine, asked, limit=1000)
    pieces = pd.concat(tables.record_batches(engine, asked))
    assert pieces["activity_code"].tolist() == whole["activity_code"].tolist()
    assert pieces["people_sent"].sum() == whole["people_sent"].sum()
