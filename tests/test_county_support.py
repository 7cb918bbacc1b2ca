"""County support and the list of weak counties on the small lake, worked out by hand.

| row | school  | year | category       | promised | delivered |
| --- | ------- | ---- | -------------- | -------- | --------- |
| 1   | A1      | 2023 | building       | 100      | 60        |
| 2   | A1      | 2023 | expenses       | 10       | not given |
| 3   | A1      | 2024 | policy         | no amount, as policies mostly have none |
| 4   | A2      | 2024 | conditions     | 50       | 50        |
| 5   | A3      | 2024 | expenses       | not given | 5        |
| 6   | B1      | 2022 | building       | 30.5     | 30.5      |
| 7   | B1      | 2024 | management_fee | 8        | 6         |
| 8   | C1      | 2024 | brand_fee      | 2        | 0         |
| 9   | B2      | 2024 | brand_fee      | 0        | 0         |
| 10  | nobody  | 2024 | building       | 7        | 7         |

In all: 1–6 and 10 are the county's duty, six of them with amounts to give (a policy has none).
Promised 100 + 10 + 50 + 30.5 + 7 = 197.5 from 5, delivered 60 + 50 + 5 + 30.5 + 7 = 152.5 from 5;
both from 1, 4, 6 and 10: 147.5 of 187.5 = 78.7 %. One brand fee is above 0: row 8.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_lake import A1, A2, A3, B1, B2, C1, DATA_DAY, U2, build, engine_over, put, view
from tests.small_lake import names as names_in
from xianzhong.brief.readable_support import readable_support, readable_weak_counties
from xianzhong.export.files import to_csv, to_xlsx
from xianzhong.intake.load import prepare
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.model.labels import LANGS, Lang
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.tables import SUPPORT, WEAK_COUNTIES
from xianzhong.model.tables.support import DUTY
from xianzhong.query.county_support import (
    support_by_category,
    support_records,
    weak_county_list,
)
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Number, coverage, figures, share, support_totals
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, Scope

ROWS = [
    (A1, 2023, "building", 100, 60),
    (A1, 2023, "expenses", 10, None),
    (A1, 2024, "policy", None, None),
    (A2, 2024, "conditions", 50, 50),
    (A3, 2024, "expenses", None, 5),
    (B1, 2022, "building", 30.5, 30.5),
    (B1, 2024, "management_fee", 8, 6),
    (C1, 2024, "brand_fee", 2, 0),
    (B2, 2024, "brand_fee", 0, 0),
    ("nobody", 2024, "building", 7, 7),
]
IDS = (
    "support_promised", "support_delivered", "support_share", "support_records",
    "brand_fee_records", "management_fee",
)  # fmt: skip
WEAK = (
    "weak_counties", "weak_counties_covered", "weak_counties_uncovered", "weak_counties_share",
)  # fmt: skip


def support_row(row: tuple[str, int, str, float | None, float | None]) -> dict[str, Any]:
    school, year, category, promised, delivered = row
    return {
        RECORD_ID: f"{school}/{year}/{category}", "school_code": school, "year": year,
        "category": category, "promised": promised, "delivered": delivered,
    }  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = build(tmp_path_factory.mktemp("support"))
    put(made, "support", [support_row(row) for row in ROWS])
    return made


@pytest.fixture(scope="module")
def engine(lake: Lake) -> Engine:
    return engine_over(lake)


def values(engine: Engine, seen: View, ids: tuple[str, ...] = IDS) -> tuple[Number, ...]:
    found = {f.indicator.id: f.value for f in figures(engine, seen, ids)}
    return tuple(found[name] for name in ids)


# Each in the order of IDS.
EXPECTED: dict[str, tuple[dict[str, str], tuple[Number, ...]]] = {
    "all": ({}, (197.5, 152.5, 78.7, 10, 1, 6)),
    # 1-5: promised 100 + 10 + 50, delivered 60 + 50 + 5, both 110 of 150.
    "province 53": ({"province": "53"}, (160, 115, 73.3, 5, 0, None)),
    # 7 has its fee, 6 its building.
    "a county": ({"county": "429004"}, (30.5, 30.5, 100, 2, 0, 6)),
    # February to August 2024: 3, 4, 5, 7, 8, 9, 10; both 57 of 57.
    "a term within a year": ({"term": "2023-2"}, (57, 62, 100, 7, 1, 6)),
    # September 2023 to January 2024 touches both years, which count in full: all but 6.
    "a term over two years": ({"term": "2023-1"}, (167, 122, 74.5, 9, 1, 6)),
    "one day of a year": (
        {"date_from": "2022-12-31", "date_to": "2022-12-31"}, (30.5, 30.5, 100, 1, 0, None),
    ),
    "a year without records": (
        {"date_from": "2019-01-01", "date_to": "2019-12-31"}, (None, None, None, 0, 0, None),
    ),
    # A1, A2 and C1 have a pairing under it: 1, 2, 3, 4, 8.
    "the ministry's scheme": ({"scheme": "ministry"}, (160, 110, 73.3, 5, 1, None)),
    # A1 and A3: 1, 2, 3, 5; both of 1 alone.
    "a university": ({"university": U2}, (110, 65, 60, 4, 0, None)),
    "a school": ({"school": A2}, (50, 50, 100, 1, 0, None)),
    # The kind of activity has no bearing.
    "a kind": ({"kind": "camp"}, (197.5, 152.5, 78.7, 10, 1, 6)),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_support_is_what_was_worked_out_by_hand(engine: Engine, name: str) -> None:
    params, expected = EXPECTED[name]
    assert values(engine, view(engine, **params)) == expected


@pytest.mark.parametrize(
    ("scope", "name"),
    [(Scope(division="53"), "province 53"), (Scope(university=U2), "a university"),
     (Scope(school=A2), "a school")],
)  # fmt: skip
def test_a_scope_sees_what_the_filter_of_the_same_name_shows(
    engine: Engine, scope: Scope, name: str
) -> None:
    assert values(engine, view(engine, scope)) == EXPECTED[name][1]


def test_amounts_say_how_many_records_gave_them_and_a_policy_lacks_none(engine: Engine) -> None:
    found = {f.indicator.id: (f.known, f.total) for f in figures(engine, view(engine), IDS)}
    assert found == {
        "support_promised": (5, 6), "support_delivered": (5, 6), "support_share": (4, 6),
        "support_records": (0, 0), "brand_fee_records": (0, 0), "management_fee": (1, 1),
    }  # fmt: skip


def test_support_is_not_compared_with_a_term_that_shares_its_year(engine: Engine) -> None:
    for figure in figures(engine, view(engine, term="2023-2"), IDS):
        assert figure.previous is None, figure.indicator.id


def test_a_policy_with_an_amount_counts_with_it(tmp_path: Path) -> None:
    lake = build(tmp_path)
    rows = [(A1, 2024, "policy", 4.0, None), (A1, 2023, "policy", None, None)]
    put(lake, "support", [support_row(row) for row in rows])
    engine = engine_over(lake)
    (promised,) = figures(engine, view(engine), ("support_promised",))
    assert (promised.value, promised.known, promised.total) == (4, 1, 1)


def test_a_share_of_nothing_is_no_share() -> None:
    assert [share(0, 0), share(None, 3), share(1, None), share(1, 3)] == [None, None, None, 33.3]


def test_flagged_records_come_first_and_then_the_newest_year(engine: Engine) -> None:
    frame = support_records(engine, view(engine))
    assert len(frame) == 10
    assert frame["flagged"].tolist() == [True, *[False] * 9]
    assert frame["school_code"].iloc[0] == C1
    years = frame["year"].tolist()[1:]
    assert years == sorted(years, reverse=True)
    nobody = frame[frame["school_code"] == "nobody"].iloc[0]
    assert (nobody["school"], nobody["province"], nobody["county"]) == ("nobody", "", "")
    assert len(support_records(engine, view(engine), limit=3)) == 3


def test_categories_and_years_stay_whatever_the_period(engine: Engine) -> None:
    whole = support_by_category(engine, view(engine))
    assert whole.equals(support_by_category(engine, view(engine, term="2023-2")))
    cells = {(row.category, row.year): row for row in whole.itertuples()}
    building = cells["building", 2024]
    assert (building.records, building.promised, building.delivered) == (1, 7, 7)
    expenses = cells["expenses", 2023]
    assert (expenses.promised, expenses.delivered_known, expenses.both_known) == (10, 0, 0)


CHOICES: dict[str, list[str]] = {
    "province": ["", "53", "66", "42"],
    "term": ["", "2023-2", "2023-1", "2021-2"],
    "scheme": ["", "ministry", "provincial,team"],
    "university": ["", U2],
}


@settings(max_examples=40, derandomize=True)
@given(st.fixed_dictionaries({k: st.sampled_from(v) for k, v in CHOICES.items()}))
def test_places_and_categories_add_up_to_the_whole(engine: Engine, link: dict[str, str]) -> None:
    seen = view(engine, **{name: value for name, value in link.items() if value})
    totals = support_totals(engine, seen)
    whole = totals[totals["part"] == "all"].iloc[0]
    for column in totals.columns.drop(["part", "code"]):
        parts = totals[totals["part"] == "place"][column].fillna(0).sum()
        assert float(parts) == pytest.approx(float(pd.Series([whole[column]]).fillna(0).iloc[0]))
    cells = support_by_category(engine, seen)
    period = seen.filters.period
    if period:
        cells = cells[cells["year"].between(period[0].year, period[1].year)]
    assert cells["records"].sum() == whole["records"] == len(support_records(engine, seen))
    duty = cells[cells["category"].isin(DUTY)]
    assert duty["promised"].fillna(0).sum() == pytest.approx(
        0 if pd.isna(whole["promised"]) else whole["promised"]
    )
    assert duty["both_known"].sum() == whole["both_known"]


# The way back


def again(lake: Lake, table: Any, frame: pd.DataFrame, kind: str) -> dict[str, int]:
    heading = ["县中帮扶监测", "全国"]
    content = to_csv(frame, heading) if kind == "csv" else to_xlsx(frame, heading, sheet="表")
    prepared = prepare(lake, table, f"again.{kind}", content, today=DATA_DAY)
    assert [f.to_dict("en") for f in prepared.report.by_severity("error")] == []
    return prepared.report.counts


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_of_support_loads_again_as_an_update(
    engine: Engine, lake: Lake, kind: str, lang: Lang
) -> None:
    seen = view(engine, date_from="2023-01-01")
    frame = support_records(engine, seen)
    known = frame[frame["school_code"] != "nobody"].reset_index(drop=True)
    table = readable_support(known, lang)
    unchanged = {"new": 0, "updated": 0, "unchanged": 8, "rejected": 0}
    assert again(lake, SUPPORT, table, kind) == unchanged
    table.loc[1, SUPPORT.column("delivered").label[lang]] = 49
    assert again(lake, SUPPORT, table, kind) == unchanged | {"updated": 1, "unchanged": 7}


@pytest.mark.parametrize("lang", LANGS)
def test_a_download_of_weak_counties_loads_again(engine: Engine, lake: Lake, lang: Lang) -> None:
    frame = weak_county_list(engine, view(engine))
    table = readable_weak_counties(frame, names_in(engine), lang)
    counts = again(lake, WEAK_COUNTIES, table, "xlsx")
    assert (counts["new"], counts["rejected"], sum(counts.values())) == (0, 0, 5)


# Coverage: 530622 by P1-P3, 422822 by P6 from September 2024; 530623, 539999 and 621225 by nobody.


@pytest.mark.parametrize(
    ("params", "expected"),
    [({}, (5, 2, 3, 40)), ({"term": "2023-2"}, (5, 1, 4, 20)),
     ({"province": "53"}, (3, 1, 2, 33.3)),
     ({"province": "66"}, (0, 0, 0, None)), ({"scheme": "team"}, (5, 0, 5, 0)),
     ({"university": U2}, (5, 1, 4, 20)), ({"kind": "camp"}, (5, 2, 3, 40))],
)  # fmt: skip
def test_coverage_is_what_was_worked_out_by_hand(
    engine: Engine, params: dict[str, str], expected: tuple[Number, ...]
) -> None:
    assert values(engine, view(engine, **params), WEAK) == expected


def test_coverage_is_compared_with_the_term_before(engine: Engine) -> None:
    found = {f.indicator.id: f.previous for f in figures(engine, view(engine, term="2024-1"), WEAK)}
    assert found == {
        "weak_counties": None, "weak_counties_covered": 1, "weak_counties_uncovered": 4,
        "weak_counties_share": 20,
    }  # fmt: skip


def test_the_list_names_every_scheme_of_a_county_once(engine: Engine) -> None:
    frame = weak_county_list(engine, view(engine))
    found = {row.listed_name: (row.schemes, row.schools) for row in frame.itertuples()}
    assert found == {
        "巧家县": ("ministry,provincial", 2), "盐津县": ("", 0), "示例旧县": ("", 0),
        "建始县": ("city_school", 1), "西和县": ("", 0),
    }  # fmt: skip
    only = weak_county_list(engine, view(engine, scheme="provincial"))
    assert only[only["schemes"] != ""]["schemes"].tolist() == ["provincial"]
    lost = frame[frame["county_code"] == ""].iloc[0]
    assert (lost["listed_code"], lost["province"]) == ("539999", "53")


@settings(max_examples=40, derandomize=True)
@given(
    st.sampled_from(["", "53", "42", "66", "62"]),
    st.sampled_from(["", "2023-2", "2024-1"]),
    st.sets(st.sampled_from(list(SCHEME_BY_CODE)), max_size=3),
)
def test_the_list_and_the_totals_tell_the_same(
    engine: Engine, province: str, term: str, schemes: set[str]
) -> None:
    link = {"province": province, "term": term, "scheme": ",".join(sorted(schemes))}
    seen = view(engine, **{name: value for name, value in link.items() if value})
    frame = weak_county_list(engine, seen)
    listed, covered, uncovered, _ = values(engine, seen, WEAK)
    assert (len(frame), (frame["schemes"] != "").sum()) == (listed, covered)
    assert (listed or 0) - (covered or 0) == uncovered
    by_place = coverage(engine, seen)
    assert by_place[by_place["part"] == "place"]["weak_counties"].sum() == listed
    if schemes:
        codes = {code for text in frame["schemes"] if text for code in text.split(",")}
        assert codes <= schemes


def test_an_empty_lake_has_neither_support_nor_weak_counties(tmp_path: Path) -> None:
    empty = engine_over(Lake(tmp_path))
    seen = View(empty.lake.snapshot(), NATION, view(empty).filters)
    assert values(empty, seen) == (None, None, None, 0, 0, None)
    assert values(empty, seen, WEAK) == (0, 0, 0, None)
    assert weak_county_list(empty, seen).empty
