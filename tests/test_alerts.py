"""What needs attention on the small lake, each alert worked out by hand.

On 20 June 2024 (day_90 is 22 March 2024, day_180 is 23 December 2023) the lake of small_lake.py
alone gives six alerts:

* silent for 90 days: A3, last active on 1 February; nobody for 180.
* ending: P4 (U2 and A3), in 100 days. Ended: P3 (U1 and A2), on 31 January.
* late: of what ended since 21 June 2023, A1 reported 3 of 4 after more than 60 days (265, 152 and
  61, but 23), A3 2 of 2 (107, 140), C1 3 of 3 (121, 81, 90). A2's are 244 and exactly 60, and B1's
  212 and 19: half, not more.

The rows below add, each beside one that adds nothing by a hair:

* no plan: P1 in force and P5 undated. P3 has ended, P6 has not begun, P7 has a plan.
* behind: A2 in 2022, 10 of 50. A1 in 2023 got 79 + 9 of 100 + 10, exactly four fifths. 2020 is
  too long ago, 2024 is not over, B1's delivery is unknown, and C1's was a management fee.
* fee: C1 in 2024, 5. A3's is 0.
* overdue: d1 by a day, d3 (due in May) by 20. d2 is due today, d4 in June, d5 is resolved, d6 has
  no date.

Put aside: A3's silence until this very day, and d3. A1's late reports were, until yesterday.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import small_lake
from tests.small_lake import (
    A1,
    A2,
    A3,
    B1,
    B2,
    C1,
    DATA_DAY,
    SCHOOLS,
    SECOND_UPLOAD,
    U1,
    U2,
    U3,
    UNIVERSITIES,
    build,
    engine_over,
    names,
    pairing,
    partial,
    view,
)
from tests.spread import THOROUGH
from xianzhong.brief.readable_alerts import explained, readable_alerts
from xianzhong.export.files import to_csv
from xianzhong.intake.load import prepare
from xianzhong.intake.put_aside import Waiting, prepare_waiting
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.model.alerts import ALERT_RULES, LONGEST_ASIDE, RULE_CODES
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import PUT_ASIDE, TABLES
from xianzhong.model.terms import Term
from xianzhong.query.alerts import (
    Count,
    alerts,
    by_place,
    by_rule,
    of_the_place,
    open_alerts,
    open_in_place,
    records_behind,
)
from xianzhong.query.engine import Engine
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION
from xianzhong.ui.navigation import PAGE_BY_NAME

Key = tuple[str, str, str]

PLANS = [
    ((U1, A1, "ministry", "2022-08-31", "2022-1", ""), False),
    ((U1, A2, "ministry", "", "2020-2", ""), False),
    ((U3, B1, "team", "", "", ""), False),
    ((U3, B2, "city_school", "2024-06", "2024-1", ""), False),
    ((U1, C1, "ministry", "2022-08", "", "2025-08"), True),
]
SUPPORT = [
    (A1, 2023, "building", 100.0, 79.0),
    (A1, 2023, "expenses", 10.0, 9.0),
    (A2, 2022, "conditions", 50.0, 10.0),
    (A2, 2020, "conditions", 50.0, 10.0),
    (A2, 2024, "conditions", 50.0, 10.0),
    (B1, 2023, "policy", 20.0, None),
    (C1, 2023, "management_fee", 30.0, 0.0),
    (C1, 2024, "brand_fee", None, 5.0),
    (A3, 2023, "brand_fee", 0.0, 0.0),
]
# code, school, raised, due, state, resolved
DIFFICULTIES = [
    ("d1", A1, "2024-01-01", "2024-06-19", "open", ""),
    ("d2", A1, "2024-01-01", "2024-06-20", "open", ""),
    ("d3", A2, "", "2024-05", "in_progress", ""),
    ("d4", A2, "", "2024-06", "open", ""),
    ("d5", B1, "2023-09-01", "2024-01-10", "resolved", "2024-03-01"),
    ("d6", B1, "2023-09-01", "", "open", ""),
]
# rule, school, item, until
ASIDE = [
    ("silent_90", A3, "", "2024-06-20"),
    ("difficulty_overdue", A2, "d3", "2024-09-01"),
    ("late_reporting", A1, "", "2024-06-19"),
]
OF_THE_LAKE: dict[Key, tuple[str | None, float | None, float | None]] = {
    ("silent_90", A3, ""): ("2024-02-01", 140, None),
    ("agreement_ending", A3, U2): ("2024-09-28", 100, None),
    ("agreement_ended", A2, U1): ("2024-01-31", 141, None),
    ("late_reporting", A1, ""): (None, 3, 4),
    ("late_reporting", A3, ""): (None, 2, 2),
    ("late_reporting", C1, ""): (None, 3, 3),
}
ADDED: dict[Key, tuple[str | None, float | None, float | None]] = {
    ("no_plan", A1, U1): ("2025-08-31", None, None),
    ("no_plan", B1, U3): (None, None, None),
    ("support_behind", A2, "2022"): (None, 10, 50),
    ("brand_fee", C1, "2024"): (None, 5, None),
    ("difficulty_overdue", A1, "d1"): ("2024-06-19", 1, None),
    ("difficulty_overdue", A2, "d3"): ("2024-05-31", 20, None),
}
HIDDEN = {("silent_90", A3, ""), ("difficulty_overdue", A2, "d3")}


def put(lake: Lake, table: str, rows: list[dict[str, Any]]) -> None:
    small_lake.put(lake, table, rows, SECOND_UPLOAD)


def fill(lake: Lake) -> None:
    put(lake, "pairings", [pairing(row) | {"has_plan": plan} for row, plan in PLANS])
    put(
        lake,
        "support",
        [
            {RECORD_ID: f"s{number}", "school_code": school, "year": year, "category": category,
             "promised": promised, "delivered": delivered}
            for number, (school, year, category, promised, delivered) in enumerate(SUPPORT)
        ],
    )  # fmt: skip
    put(
        lake,
        "difficulties",
        [
            {RECORD_ID: code, "difficulty_code": code, "school_code": school,
             "title": f"示例问题{code}", "owner": "示例单位", "state": state,
             **partial("raised", raised), **partial("due", due), **partial("resolved", resolved)}
            for code, school, raised, due, state, resolved in DIFFICULTIES
        ],
    )  # fmt: skip
    put(lake, "put_aside", [aside(*row) for row in ASIDE])


def aside(rule: str, school: str, item: str, until: str, reason: str = "示例") -> dict[str, Any]:
    return {
        RECORD_ID: f"{rule}/{school}/{item}", "rule": rule, "school_code": school,
        "item": item or None, "reason": reason, **partial("until", until),
    }  # fmt: skip


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(build(tmp_path_factory.mktemp("bare")))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    lake = build(tmp_path_factory.mktemp("alerts"))
    fill(lake)
    return engine_over(lake)


def keys(engine: Engine, seen: View, *, aside: bool = False) -> list[Key]:
    frame = alerts(engine, seen, aside=aside)
    return list(zip(frame["rule"], frame["school_code"], frame["item"], strict=True))


def found(engine: Engine, seen: View) -> set[Key]:
    """Every alert of a view, open or put aside."""
    both = keys(engine, seen) + keys(engine, seen, aside=True)
    assert len(both) == len(set(both))
    return set(both)


def of(rule: str, among: set[Key]) -> set[tuple[str, str]]:
    return {(school, item) for r, school, item in among if r == rule}


# The rules


def test_the_small_lake_alone_gives_six_alerts(bare: Engine) -> None:
    assert set(keys(bare, view(bare))) == set(OF_THE_LAKE)
    assert open_alerts(bare, view(bare)) == 6
    assert records_behind(bare, view(bare)) == {"difficulties": 0, "support": 0}


def test_every_alert_comes_with_what_explains_it(engine: Engine) -> None:
    explained = OF_THE_LAKE | ADDED
    assert found(engine, view(engine)) == set(explained)
    for hidden in (False, True):
        for row in alerts(engine, view(engine), aside=hidden).to_dict("records"):
            day, number, total = explained[row["rule"], row["school_code"], row["item"]]
            assert str(row["day"])[:10] == (day or "NaT"), row
            assert row["number"] == number or number is None
            assert row["total"] == total or total is None
            assert row["county_code"] == row["school_code"][:6]


def test_an_alert_names_its_supporters_and_a_difficulty_its_title_and_owner(
    engine: Engine,
) -> None:
    rows = {
        (row["rule"], row["school_code"], row["item"]): row
        for row in alerts(engine, view(engine)).to_dict("records")
    }
    assert list(rows["difficulty_overdue", A1, "d1"]["universities"]) == [U1, U2]
    assert list(rows["no_plan", A1, U1]["universities"]) == [U1]
    assert rows["difficulty_overdue", A1, "d1"]["what"] == "示例问题d1"
    assert rows["difficulty_overdue", A1, "d1"]["owner"] == "示例单位"


def test_a_renewal_of_the_same_pair_ends_the_alert_and_another_university_does_not(
    tmp_path: Path,
) -> None:
    lake = build(tmp_path)
    put(lake, "pairings", [pairing((U2, A2, "team", "2024-02-01", "", ""))])
    engine = engine_over(lake)
    assert of("agreement_ended", found(engine, view(engine))) == {(A2, U1)}
    # Not begun yet, and already on record: signed in time.
    put(lake, "pairings", [pairing((U1, A2, "provincial", "", "2024-1", ""))])
    assert of("agreement_ended", found(engine, view(engine))) == set()
    put(lake, "pairings", [pairing((U2, A3, "team", "2024-05-01", "", "2027-04-30"))])
    assert of("agreement_ending", found(engine, view(engine))) == set()


def test_a_pair_of_several_ended_cycles_is_one_alert_of_the_last(tmp_path: Path) -> None:
    lake = build(tmp_path)
    put(lake, "pairings", [pairing((U1, A2, "provincial", "2021-03-01", "", "2024-02-28"))])
    engine = engine_over(lake)
    (row,) = alerts(engine, view(engine), "agreement_ended").to_dict("records")
    assert (row["school_code"], row["item"], str(row["day"])[:10]) == (A2, U1, "2024-02-28")


def test_a_school_that_never_did_anything_says_so_with_no_day(tmp_path: Path) -> None:
    lake = build(tmp_path)
    put(lake, "schools", [{RECORD_ID: "530623-01", "school_code": "530623-01",
                           "name": "示例盐津一中", "county_code": "530623"}])  # fmt: skip
    put(lake, "pairings", [pairing((U1, "530623-01", "ministry", "2023-01-01", "", ""))])
    engine = engine_over(lake)
    (row,) = alerts(engine, view(engine), "silent_180").to_dict("records")
    assert (row["school_code"], str(row["day"]), row["number"]) == ("530623-01", "NaT", 536)
    assert of("silent_90", found(engine, view(engine))) == {(A3, "")}


def test_the_rules_are_declared_with_pages_tables_and_indicators_that_exist() -> None:
    assert len(RULE_CODES) == len(set(RULE_CODES)) == 9
    for rule in ALERT_RULES:
        assert rule.table in TABLES
        assert rule.page in PAGE_BY_NAME
        assert rule.indicator in ("", *INDICATOR_BY_ID)
        for label in (rule.label, rule.short, rule.meaning, rule.todo):
            assert label.zh.strip()
            assert label.en.strip()


# Put aside


def test_an_alert_is_put_aside_until_its_day_has_passed(engine: Engine) -> None:
    assert set(keys(engine, view(engine), aside=True)) == HIDDEN
    counts = by_rule(engine, view(engine))
    assert counts["silent_90"] == Count(0, 1)
    assert counts["late_reporting"] == Count(3, 0)
    assert counts["difficulty_overdue"] == Count(1, 1)
    assert open_alerts(engine, view(engine)) == len(OF_THE_LAKE | ADDED) - len(HIDDEN)


def test_one_without_an_item_covers_every_alert_of_the_rule_at_the_school(tmp_path: Path) -> None:
    lake = build(tmp_path)
    fill(lake)
    put(lake, "put_aside", [aside("difficulty_overdue", A1, "", "2024-08", "全校"),
                            aside("difficulty_overdue", A1, "d1", "2024-07-01", "一条"),
                            aside("difficulty_overdue", C1, "", "2024-08-31")])  # fmt: skip
    engine = engine_over(lake)
    rows = alerts(engine, view(engine), "difficulty_overdue", aside=True).to_dict("records")
    (row,) = [row for row in rows if row["school_code"] == A1]
    # The later of the two counts, and a month lasts until its end.
    assert (row["reason"], row["aside_item"], str(row["until"])[:10]) == ("全校", "", "2024-08-31")
    (own,) = [row for row in rows if row["school_code"] == A2]
    assert own["aside_item"] == "d3"


# Filters


def test_filters_act_on_the_alerts(engine: Engine) -> None:
    everything = set(OF_THE_LAKE | ADDED)

    def at(**params: str) -> set[Key]:
        return found(engine, view(engine, **params))

    assert at(province="53") == {key for key in everything if key[1] in (A1, A2, A3)}
    assert at(county="530622") == {key for key in everything if key[1] in (A1, A2)}
    assert at(school=C1) == {key for key in everything if key[1] == C1}
    # U2 supports A1 and A3. At A1 it reported its one activity 61 days late and shares A1's
    # difficulty, but not the plan that U1 owes; it did nothing else.
    assert at(university=U2) == {
        ("silent_90", A3, ""), ("agreement_ending", A3, U2), ("late_reporting", A1, ""),
        ("late_reporting", A3, ""), ("difficulty_overdue", A1, "d1"),
    }  # fmt: skip
    assert of("no_plan", at(scheme="team")) == {(B1, U3)}
    assert of("brand_fee", at(scheme="team")) == set()
    # By guidance alone A1 was last active on 8 March, A3 and C1 never.
    assert of("silent_90", at(kind="guidance")) == {(A1, "")}
    assert of("silent_180", at(kind="guidance")) == {(A3, ""), (C1, "")}
    assert of("brand_fee", at(kind="guidance")) == {(C1, "2024")}


def test_a_past_term_is_judged_on_its_last_day(engine: Engine) -> None:
    """31 January 2024: P3 ends that day; d5, solved in March, is overdue; 2024 has its fee."""
    then = found(engine, view(engine, term="2023-1"))
    assert of("agreement_ending", then) == {(A2, U1)}
    assert of("agreement_ended", then) == set()
    assert of("difficulty_overdue", then) == {(B1, "d5")}
    assert of("brand_fee", then) == {(C1, "2024")}
    # 31 August 2023: three years before are 2020 to 2022.
    before = found(engine, view(engine, term="2022-2"))
    assert of("support_behind", before) == {(A2, "2020"), (A2, "2022")}
    assert of("brand_fee", before) == set()


def test_the_menu_counts_the_place_alone(engine: Engine) -> None:
    seen = view(engine, province="53", term="2021-2", kind="camp", scheme="team", university=U1)
    here = of_the_place(seen)
    assert here.filters == Filters(province="53")
    assert open_alerts(engine, here) == open_alerts(engine, view(engine, province="53"))
    for place in ({}, {"province": "53"}, {"province": "66"}, {"prefecture": "5306"},
                  {"county": "429004"}, {"province": "65"}):  # fmt: skip
        whole = view(engine, **place)
        cut = view(engine, **place, term="2021-2", kind="camp", scheme="team", university=U1)
        assert open_in_place(engine, cut) == open_alerts(engine, whole), place


# Order, pages, sums


def test_the_list_is_in_the_order_of_the_rules_most_urgent_first_and_comes_in_pages(
    engine: Engine,
) -> None:
    whole = keys(engine, view(engine))
    assert [RULE_CODES.index(rule) for rule, _, _ in whole] == sorted(
        RULE_CODES.index(rule) for rule, _, _ in whole
    )
    assert [school for rule, school, _ in whole if rule == "late_reporting"] == [A1, C1, A3]
    pages = [
        alerts(engine, view(engine), limit=4, offset=start)["school_code"].tolist()
        for start in range(0, len(whole), 4)
    ]
    assert [school for page in pages for school in page] == [school for _, school, _ in whole]
    assert [len(page) for page in pages] == [4, 4, 2]
    only = alerts(engine, view(engine), "no_plan")
    assert set(only["rule"]) == {"no_plan"}


def test_alerts_by_place_add_up(engine: Engine) -> None:
    nation = by_place(engine, view(engine))
    assert nation["alerts"].sum() == open_alerts(engine, view(engine))
    # A1: late, plan, d1; A2: ended, support; A3: ending, late. B1: plan. C1: late, fee.
    assert dict(nation.groupby("code")["alerts"].sum()) == {"53": 7, "42": 1, "66": 2}
    counties = by_place(engine, view(engine, province="53"))
    assert set(counties["code"]) == {"530622", "532527"}
    assert counties["alerts"].sum() == nation[nation["code"] == "53"]["alerts"].sum()


FILTERS = st.builds(
    Filters,
    province=st.sampled_from(["", "53", "42", "66", "65"]),
    school=st.sampled_from(["", *SCHOOLS]),
    university=st.sampled_from(["", *UNIVERSITIES]),
    scheme=st.sets(st.sampled_from(sorted(SCHEME_BY_CODE)), max_size=2).map(tuple),
    kind=st.sets(st.sampled_from(sorted(KIND_BY_CODE)), max_size=2).map(tuple),
    term=st.sampled_from([None, Term(2021, 1), Term(2022, 2), Term(2023, 1), Term(2023, 2)]),
)


@given(filters=FILTERS)
@settings(max_examples=25 if THOROUGH else 12)
def test_counts_lists_and_figures_agree_under_any_filters(engine: Engine, filters: Filters) -> None:
    seen = View(engine.lake.snapshot(), NATION, filters)
    counts = by_rule(engine, seen)
    waiting, hidden = keys(engine, seen), keys(engine, seen, aside=True)
    for rule, count in counts.items():
        listed = Count(len(of(rule, set(waiting))), len(of(rule, set(hidden))))
        assert listed == count
    assert by_place(engine, seen)["alerts"].sum() == sum(c.open for c in counts.values())
    both = counts["silent_90"], counts["silent_180"]
    values = {
        figure.indicator.id: figure.value
        for figure in figures(engine, seen, ("silent_schools_90", "silent_schools_180",
                                             "open_alerts"))
    }  # fmt: skip
    assert values["silent_schools_90"] == sum(count.open + count.aside for count in both)
    assert values["silent_schools_180"] == counts["silent_180"].open + counts["silent_180"].aside
    assert values["open_alerts"] == open_alerts(engine, seen)


# As a file


def test_the_download_can_be_filled_in_and_loaded_to_put_alerts_aside(tmp_path: Path) -> None:
    lake = build(tmp_path)
    fill(lake)
    engine = engine_over(lake)
    frame = alerts(engine, view(engine))
    for lang in LANGS:
        table = readable_alerts(frame, names(engine), lang)
        label = {column.name: column.label[lang] for column in PUT_ASIDE.columns}
        filled = table.assign(**{label["until"]: "2024-07-01", label["reason"]: "示例"})
        content = to_csv(filled, ["示例标题"])
        prepared = prepare(lake, PUT_ASIDE, "示例.csv", content, today=DATA_DAY)
        assert not [f for f in prepared.report.findings if f.severity == "error"]
        (change,) = [c for c in prepared.changes if c.table == "put_aside"]
        rows = change.puts.to_pylist()
        found = {(row["rule"], row["school_code"], row["item"] or "") for row in rows}
        assert found == set(keys(engine, view(engine)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_says_in_words_what_is_the_matter(engine: Engine, lang: Lang) -> None:
    said = {
        (row["rule"], row["school_code"]): explained(row, lang)
        for hidden in (False, True)
        for row in alerts(engine, view(engine), aside=hidden).to_dict("records")
    }
    expected = {
        ("silent_90", A3): ["2024-02", "140"],
        ("agreement_ending", A3): ["2024-09-28", "100"],
        ("agreement_ended", A2): ["2024-01-31", "141"],
        ("no_plan", A1): ["2025-08-31"],
        ("support_behind", A2): ["2022", "50", "10", "20%"],
        ("brand_fee", C1): ["2024", "5"],
        ("difficulty_overdue", A1): ["示例问题d1", "2024-06-19", "示例单位"],
        ("late_reporting", A1): ["3", "4", "60"],
    }
    for key, words in expected.items():
        for word in words:
            assert word in said[key], key
    # Known to the month or to the day, no activity is shown to the day.
    assert "2024-02-01" not in said["silent_90", A3]


def test_an_upload_cannot_put_an_alert_aside_for_longer_than_a_year(tmp_path: Path) -> None:
    lake = build(tmp_path)
    for days, rules in ((LONGEST_ASIDE, []), (LONGEST_ASIDE + 1, ["aside_too_long"])):
        alert = Waiting("silent_90", A3, "", DATA_DAY + timedelta(days=days), "示例")
        prepared = prepare_waiting(lake, [alert], today=DATA_DAY)
        assert [finding.rule for finding in prepared.report.findings] == rules
        assert prepared.report.ok == (not rules)
