"""Difficulties on the small lake: every answer is worked out from some_difficulties.py.

All time, on 20 June 2024: d1, d2, d5 and d7 are open. d1 was due 81 days before (30 days of April,
31 of May, 20 of June), d7 one day before; d2 is due on 30 June, for a month counts to its end.
d3 took 106 days (31 + 30 + 31 + 14), d4 from 31 March to 30 April 30: the median is 68.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake_lakes import csv_bytes
from tests.small_lake import A1, SCHOOLS, SECOND_UPLOAD, U2, build, engine_over, names, put, view
from tests.some_difficulties import put_difficulties
from xianzhong.brief.readable import readable_difficulties
from xianzhong.charts.difficulties import open_bars
from xianzhong.export.files import to_csv
from xianzhong.intake.load import prepare
from xianzhong.lake.schema import COMMIT_ID
from xianzhong.lake.store import Lake
from xianzhong.model.labels import LANGS
from xianzhong.model.tables import TABLES
from xianzhong.query import difficulties
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Number, difficulty_totals, figures
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, Scope

# open, overdue, resolved, median days
EXPECTED: dict[str, tuple[dict[str, str], tuple[Number, ...]]] = {
    "all": ({}, (4, 2, 3, 68)),
    "province 53": ({"province": "53"}, (2, 1, 1, 106)),
    "the Corps": ({"province": "66"}, (1, 0, 1, None)),
    "a school": ({"school": A1}, (2, 1, 0, None)),
    # U2 supports A1 and A3; the team's scheme B1.
    "a university": ({"university": U2}, (2, 1, 1, 106)),
    "a scheme": ({"scheme": "team"}, (0, 0, 1, 30)),
    # Judged on 31 January: d1 is not due yet, d3 is resolved, d6 nobody knows when.
    "autumn term": ({"term": "2023-1"}, (1, 0, 1, 106)),
    # d3 was resolved before it began.
    "spring term": ({"term": "2023-2"}, (4, 2, 1, 30)),
    # d3 was still open on the last day of the year, which is its due date: not overdue yet.
    "december": ({"date_from": "2023-12-01", "date_to": "2023-12-31"}, (1, 0, 0, None)),
    # d2 counts as raised from 1 February, d4 as resolved to 30 April.
    "late april": ({"date_from": "2024-04-20", "date_to": "2024-04-30"}, (2, 1, 1, 30)),
    "a kind does not act": ({"kind": "camp"}, (4, 2, 3, 68)),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    lake = build(tmp_path_factory.mktemp("difficulties"))
    put_difficulties(lake)
    # The snapshot's day is that of its last upload.
    put(lake, "put_aside", [], SECOND_UPLOAD)
    return engine_over(lake)


def values(engine: Engine, seen: View) -> tuple[Number, ...]:
    return tuple(f.value for f in figures(engine, seen, difficulties.NUMBERS))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_figures_are_those_worked_out_by_hand(engine: Engine, name: str) -> None:
    params, expected = EXPECTED[name]
    assert values(engine, view(engine, **params)) == expected


def test_a_term_is_compared_with_the_one_before(engine: Engine) -> None:
    found = figures(engine, view(engine, term="2023-2"), difficulties.NUMBERS)
    assert tuple(f.previous for f in found) == EXPECTED["autumn term"][1]
    for_one = difficulties.owner_figures(engine, view(engine, term="2023-2"), "县局")
    assert [(f.value, f.previous) for f in for_one] == [(2, 1), (2, 0), (0, 0), (None, None)]


def test_an_owner_cuts_figures_board_and_records(engine: Engine) -> None:
    seen = view(engine)
    assert [f.value for f in difficulties.owner_figures(engine, seen, "学校")] == [1, 0, 1, 106]
    nobody = difficulties.NOBODY
    assert [f.value for f in difficulties.owner_figures(engine, seen, nobody)] == [1, 0, 1, 30]
    board = difficulties.board(engine, seen, limit=9, in_charge="县局")
    assert list(board["difficulty_code"]) == ["d1", "d7", "d6"]
    listed = difficulties.records(engine, seen, in_charge=nobody)
    assert list(listed["difficulty_code"]) == ["d5", "d4"]


def test_what_is_resolved_without_a_date_is_left_out_of_a_period_and_counted(
    engine: Engine,
) -> None:
    assert difficulties.totals(engine, view(engine))["undated"] == 0
    term = view(engine, term="2023-1")
    assert difficulties.totals(engine, term)["undated"] == 1
    assert "d6" not in set(difficulties.board(engine, term, limit=9)["difficulty_code"])


def test_the_board_has_the_longest_overdue_first_and_is_capped(engine: Engine) -> None:
    board = difficulties.board(engine, view(engine), limit=9)
    first = board[board["standing"] == "open"]
    assert list(first["difficulty_code"]) == ["d1", "d7", "d5"]
    assert first["days_overdue"].astype(object).fillna(0).tolist() == [81, 1, 0]
    done = board[board["standing"] == "resolved"]
    assert list(done["difficulty_code"]) == ["d4", "d3", "d6"], "the latest first"
    capped = difficulties.board(engine, view(engine), limit=1)
    assert set(capped["difficulty_code"]) == {"d1", "d2", "d4"}


def test_what_was_resolved_later_stood_open_then(engine: Engine) -> None:
    board = difficulties.board(
        engine, view(engine, date_from="2023-12-01", date_to="2023-12-31"), limit=9
    )
    assert dict(zip(board["difficulty_code"], board["standing"], strict=True)) == {"d3": "open"}


def test_one_difficulty_is_found_whatever_the_filters_but_not_outside_the_scope(
    engine: Engine,
) -> None:
    found = difficulties.difficulty(engine, view(engine, province="66", term="2020-1"), "d1")
    assert found is not None
    assert (found["title"], found["days_overdue"]) == ("示例问题d1", 81)
    assert difficulties.difficulty(engine, view(engine), "nothing") is None
    outside = View(engine.lake.snapshot(), Scope(division="66"), view(engine).filters)
    assert difficulties.difficulty(engine, outside, "d1") is None


def test_places_and_owners_are_ordered_by_what_is_open(engine: Engine) -> None:
    places = difficulties.by_part(engine, view(engine), "place")
    counts = list(
        zip(places["code"], places["difficulties_open"], places["difficulties_overdue"],
            strict=True)
    )  # fmt: skip
    # The school of d7 is not on record, so it lies nowhere; 42 has nothing open.
    assert counts == [("53", 2, 1), ("", 1, 1), ("66", 1, 0)]
    owners = difficulties.by_part(engine, view(engine), "owner")
    assert list(owners["code"]) == ["县局", "-", "学校"]
    counties = difficulties.by_part(engine, view(engine, province="53"), "place")
    assert list(counties["code"]) == ["530622"]


PLACES: tuple[Mapping[str, str], ...] = (
    {}, {"province": "53"}, {"province": "66"}, {"prefecture": "5306"}, {"county": "429004"},
)  # fmt: skip


@settings(max_examples=40, derandomize=True)
@given(
    place=st.sampled_from(PLACES),
    when=st.sampled_from([{}, {"term": "2023-1"}, {"term": "2023-2"}, {"term": "2030-1"}]),
    school=st.sampled_from(["", *SCHOOLS]),
    owner=st.sampled_from(["", "县局", "学校", "-", "niemand"]),
)
def test_parts_add_up_under_any_filters(
    place: dict[str, str], when: dict[str, str], school: str, owner: str, engine: Engine
) -> None:
    named = {"school": school} if school and not place else {}
    seen = view(engine, **place, **when, **named)
    frame = difficulty_totals(engine, seen, owner)
    whole = frame[frame["part"] == "all"].iloc[0]
    for part in ("place", "owner"):
        rows = frame[frame["part"] == part]
        for name in ("difficulties", "difficulties_open", "difficulties_overdue",
                     "difficulties_resolved"):  # fmt: skip
            assert rows[name].sum() == whole[name], (part, name)
    assert whole["waiting"] + whole["in_progress"] == whole["difficulties_open"]
    assert whole["difficulties_overdue"] <= whole["difficulties_open"]
    shown = difficulties.board(engine, seen, limit=100, in_charge=owner)
    assert len(shown) == whole["difficulties"] - whole["undated"]


def test_the_bars_are_a_figure_of_plotly_with_codes_to_click_and_no_markup() -> None:
    figure = open_bars(
        ["<b>甲</b>", "乙"], [2, 0], [1, 3], ["a", "b"], ends=["3 (2)", "3"],
        words=("逾期", "未逾期"), chosen="b",
    )  # fmt: skip
    late, others = figure.data
    assert (list(late.x), list(others.x)) == ([2, 0], [1, 3])
    assert list(late.customdata) == list(others.customdata) == ["a", "b"]
    assert list(others.text) == ["3 (2)", "3"]
    assert late.marker.opacity[0] < late.marker.opacity[1] == 1
    assert "<b>" not in figure.layout.yaxis.ticktext[0]


# What is loaded


@pytest.mark.parametrize("lang", LANGS)
def test_a_download_loads_again_and_changes_nothing(engine: Engine, lang) -> None:
    records = difficulties.records(engine, view(engine))
    known = records[records["school_code"] != "999999-99"]
    table = readable_difficulties(known, names(engine), lang)
    content = to_csv(table, ["title", "filters"])
    prepared = prepare(engine.lake, TABLES["difficulties"], "again.csv", content)
    assert prepared.report.ok, [f.message("en") for f in prepared.report.findings]
    assert prepared.report.counts == {"new": 0, "updated": 0, "unchanged": 6, "rejected": 0}


HEADERS = ["受援县中", "困难问题", "提出日期", "办结期限", "状态", "解决日期"]


def rules(lake: Lake, *cells: str) -> set[tuple[str, str]]:
    content = csv_bytes([HEADERS, ["示例巧家一中", "示例问题", *cells]])
    found = prepare(lake, TABLES["difficulties"], "一.csv", content).report.findings
    return {(f.rule, f.severity) for f in found if f.severity in ("error", "warning")}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("2024-01-10", "2024-03-01", "已解决", "2024-02-01"), set()),
        (("2024-01-10", "2024-03-01", "待解决", ""), set()),
        (("2024-01-10", "", "已解决", ""), {("resolved_undated", "warning")}),
        (("2024-01-10", "", "处理中", "2024-02-01"), {("resolved_but_open", "error")}),
        (("2024-01-10", "2024-01-09", "待解决", ""), {("end_before_start", "error")}),
        (("2024-01-10", "", "已解决", "2023-12-31"), {("end_before_start", "error")}),
        # A month counts to its end.
        (("2024-01-10", "2024-01", "待解决", ""), set()),
    ],
)
def test_dates_and_state_are_checked_against_each_other(
    engine: Engine, cells: tuple[str, ...], said: set[tuple[str, str]]
) -> None:
    assert rules(engine.lake, *cells) == said


def test_the_commit_of_a_record_is_known_to_the_page(engine: Engine) -> None:
    found = difficulties.difficulty(engine, View(engine.lake.snapshot(), NATION,
                                                 view(engine).filters), "d1")  # fmt: skip
    assert found is not None
    assert found[COMMIT_ID] in {entry.upload_id for entry in engine.lake.entries()}
