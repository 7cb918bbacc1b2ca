"""Pairings on the small lake: states, terms of the end, the checklist, worked out by hand.

The checklist, beyond the dates of tests/small_lake.py ("?" is not recorded):

| pairing | university, school | signed | plan | school's plan | county policy |
| ------- | ------------------ | ------ | ---- | ------------- | ------------- |
| P1      | U1, A1             | yes    | yes  | no            | ?             |
| P2      | U2, A1             | yes    | yes  | yes           | yes           |
| P3      | U1, A2             | ?      | no   | ?             | ?             |
| P4      | U2, A3             | yes    | ?    | ?             | ?             |
| P5      | U3, B1             | ?      | ?    | ?             | no            |
| P6      | U3, B2             | yes    | ?    | ?             | ?             |
| P7      | U1, C1             | yes    | ?    | ?             | ?             |

U1 has a leading group and no incentives, U2 has both, of U3 nothing is recorded.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.small_lake import (
    A1,
    A2,
    A3,
    B1,
    B2,
    C1,
    RECORD_ID,
    SECOND_UPLOAD,
    U1,
    U2,
    U3,
    Engine,
    build,
    engine_over,
    names,
    pairing,
    put,
    view,
)
from xianzhong.brief.readable_agreements import readable_agreements
from xianzhong.export.files import to_csv
from xianzhong.intake.load import load
from xianzhong.model.labels import Lang
from xianzhong.model.pairing_states import STATES
from xianzhong.model.readiness import CHECKLIST
from xianzhong.model.tables import PAIRINGS, TABLES, UNIVERSITIES
from xianzhong.model.terms import Term
from xianzhong.query.figures import Figure, figures
from xianzhong.query.pairings import by_state, cycles, ends_by_term, pairing_list, readiness
from xianzhong.query.scope import Scope

_ROWS = [
    ((U1, A1, "ministry", "2022-08-31", "2022-1", ""), (True, False, None)),
    ((U2, A1, "provincial", "2023-03-01", "", "2026-02-28"), (True, True, True)),
    ((U1, A2, "ministry", "", "2020-2", ""), (False, None, None)),
    ((U3, B1, "team", "", "", ""), (None, None, False)),
]
_FLAGS = ("has_plan", "has_development_plan", "has_county_policy")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small lake with the checklist of the table above."""
    lake = build(tmp_path_factory.mktemp("pairings"))
    put(
        lake,
        "pairings",
        [pairing(row) | dict(zip(_FLAGS, f, strict=True)) for row, f in _ROWS],
        SECOND_UPLOAD,
    )
    put(
        lake,
        "universities",
        [
            {RECORD_ID: code, "university_code": code, "name": name, "has_leading_group": group,
             "has_incentives": incentives}
            for code, name, group, incentives in (
                (U1, "示例大学甲", True, False), (U2, "示例大学乙", True, True),
            )
        ],
        SECOND_UPLOAD,
    )  # fmt: skip
    return engine_over(lake)


def ready(engine: Engine, **params: str) -> dict[str, tuple[object, int | None, int, int]]:
    """Value, yes, known and total of each indicator of the group, by its id."""
    found: dict[str, Figure] = {
        f.indicator.id: f
        for f in figures(engine, view(engine, **params))
        if f.indicator.group == "readiness"
    }
    return {name: (f.value, f.yes, f.known, f.total) for name, f in found.items()}


# --- the checklist ----------------------------------------------------------------------------


def test_shares_are_of_what_is_recorded_and_of_a_signing_of_all(engine: Engine) -> None:
    assert ready(engine) == {
        "agreements_undated": (2, None, 0, 0),
        "ready_agreement": (71.4, 5, 7, 7),
        "ready_plan": (66.7, 2, 3, 7),
        "ready_development_plan": (50, 1, 2, 7),
        "ready_county_policy": (50, 1, 2, 7),
        # Of U1's three and U2's two pairings; U3's two are not recorded.
        "ready_leading_group": (100, 5, 5, 7),
        "ready_incentives": (40, 2, 5, 7),
    }


def test_nothing_recorded_is_no_share_of_zero(engine: Engine) -> None:
    found = ready(engine, province="66")
    assert found["ready_plan"] == (None, 0, 0, 1)
    assert found["ready_agreement"] == (100, 1, 1, 1)
    assert found["ready_incentives"] == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("params", "plan", "total"),
    [
        ({"province": "53"}, (2, 3), 4),
        ({"county": "530622"}, (2, 3), 3),
        ({"scheme": "provincial"}, (1, 1), 2),
        ({"university": U1}, (1, 2), 3),
        ({"school": A1}, (2, 2), 2),
        # In force in the autumn term of 2023: P1, P2, P3 (until January), P4, P7.
        ({"term": "2023-1"}, (2, 3), 5),
        ({"kind": "lab"}, (2, 3), 7),
    ],
)
def test_each_filter_chooses_the_pairings(
    engine: Engine, params: dict[str, str], plan: tuple[int, int], total: int
) -> None:
    assert ready(engine, **params)["ready_plan"][1:] == (*plan, total)


def test_places_add_up_and_become_counties_in_a_province(engine: Engine) -> None:
    for params, codes in (
        ({}, {"42", "53", "66"}),
        ({"province": "53"}, {"530622", "532527"}),
    ):
        frame = readiness(engine, view(engine, **params))
        places, (everything,) = (
            frame[frame["part"] == "place"],
            frame[frame["part"] == "all"].to_dict("records"),
        )
        assert set(places["code"]) == codes
        numbers = ["pairings", *(n for i in CHECKLIST for n in (i.id, f"{i.id}_known"))]
        assert {n: places[n].sum() for n in numbers} == {n: everything[n] for n in numbers}


def test_a_scope_sees_its_own_pairings_only(engine: Engine) -> None:
    for scope, codes in (
        (Scope(division="42"), {B1, B2}),
        (Scope(university=U2), {A1, A3}),
        (Scope(school=C1), {C1}),
        (Scope(division="42", university=U2), set()),
    ):
        seen = view(engine, scope)
        frame = pairing_list(engine, seen)
        assert set(frame["school_code"]) == codes
        row = readiness(engine, seen)
        assert row.loc[row["part"] == "all", "pairings"].iloc[0] == len(frame)
        assert sum(by_state(engine, seen).values()) == len(frame)


# --- states and cycles ------------------------------------------------------------------------


def test_states_are_those_of_the_reference_day(engine: Engine) -> None:
    assert by_state(engine, view(engine)) == {
        "in_force": 3, "ending": 1, "ended": 1, "not_begun": 1, "unknown": 1,
    }  # fmt: skip
    # On 31 January 2024 P3 has its last day; P4 has more than 180 days left.
    assert by_state(engine, view(engine, term="2023-1")) == {"in_force": 4, "ending": 1}


def test_states_agree_with_the_cards_and_with_the_list(engine: Engine) -> None:
    for params in ({}, {"province": "53"}, {"term": "2023-1"}, {"scheme": "ministry"}):
        seen = view(engine, **params)
        counts, listed = by_state(engine, seen), pairing_list(engine, seen)
        assert counts == dict(Counter(listed["state"]))
        assert set(counts) <= set(STATES)
        found = {f.indicator.id: f.value for f in figures(engine, seen)}
        assert sum(counts.values()) == found["pairings"] == len(listed)
        in_force = counts.get("in_force", 0) + counts.get("ending", 0)
        assert in_force == found["agreements_in_force"]
        assert counts.get("ending", 0) == found["agreements_ending_180"]
        assert counts.get("ended", 0) == found["agreements_ended"]
        assert listed["agreement"].isna().sum() == found["agreements_undated"]


def test_ends_stand_in_their_terms_with_no_term_left_out(engine: Engine) -> None:
    found = ends_by_term(engine, view(engine))
    # P3 January 2024, P4 September 2024, P1 and P7 August 2025, P2 February 2026, P6 August 2027.
    ends = {Term(2023, 1): 1, Term(2024, 1): 1, Term(2024, 2): 2, Term(2025, 2): 1,
            Term(2026, 2): 1}  # fmt: skip
    assert {term: count for term, count in found if count} == ends
    terms = [term for term, _ in found]
    assert terms == sorted(terms)
    assert all(term.next == later for term, later in pairwise(terms))
    for term, count in found:
        rows = pairing_list(engine, view(engine)).dropna(subset=["cycle_end"])
        within = [term.first_day <= end.date() <= term.last_day for end in rows["cycle_end"]]
        assert sum(within) == count


def test_no_pairing_has_no_terms(engine: Engine) -> None:
    seen = view(engine, province="11")
    assert ends_by_term(engine, seen) == []
    assert cycles(engine, seen).empty
    assert pairing_list(engine, seen).empty


# --- the list ---------------------------------------------------------------------------------


def test_what_lacks_most_comes_first(engine: Engine) -> None:
    frame = pairing_list(engine, view(engine))
    found = list(zip(frame["school_code"], frame["university_code"], frame["missing"], strict=True))
    assert found == [
        (B1, U3, 6), (B2, U3, 5), (A2, U1, 5), (C1, U1, 4), (A1, U1, 3), (A3, U2, 3), (A1, U2, 0),
    ]  # fmt: skip
    marks = frame.iloc[4][[item.id for item in CHECKLIST]].tolist()
    assert marks[:3] == [True, True, False]
    assert marks[4:] == [True, False]


@pytest.mark.parametrize(("lang", "yes"), [("zh", "是"), ("en", "Yes")])
def test_a_downloaded_list_loads_again_and_changes_what_was_filled_in(
    tmp_path: Path, lang: Lang, yes: str
) -> None:
    lake = build(tmp_path / "lake")
    engine = engine_over(lake)
    frame = pairing_list(engine, view(engine))
    table = readable_agreements(frame, names(engine), lang)
    label = {column.name: column.label[lang] for column in PAIRINGS.columns}
    assert {label[c.name] for c in PAIRINGS.columns} <= set(table.columns)
    changed = table.assign(**{label["has_plan"]: yes})
    file = tmp_path / f"{lang}.csv"
    file.write_bytes(to_csv(changed, ["示例"]))
    receipt = load(lake, TABLES["pairings"], file, who="test")
    assert receipt.committed, receipt.report.findings
    again = engine_over(lake)
    after = pairing_list(again, view(again))
    assert after["plan"].tolist() == [True] * len(frame)
    kept = ["school_code", "university_code", "scheme", "agreement_date", "start_term",
            "end_date", "cycle_start", "cycle_end"]  # fmt: skip
    by = ["school_code", "university_code"]
    one, two = (f.sort_values(by)[kept].astype(str).values.tolist() for f in (frame, after))
    assert one == two


def test_every_item_of_the_checklist_is_a_column_and_an_indicator() -> None:
    tables = {"pairings": PAIRINGS, "universities": UNIVERSITIES}
    for item in CHECKLIST:
        table, _, column = item.column.partition(".")
        assert tables[table].column(column)
