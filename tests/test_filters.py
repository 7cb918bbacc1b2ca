"""The filter object: a link gives the filters, and the filters give the link back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_lake import A1, SCHOOLS, U1, UNIVERSITIES, build, engine_over, names
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.terms import FIRST_YEAR, LAST_YEAR, Term
from xianzhong.query.filters import EARLIEST, FIELDS, LATEST, Filters, parse_filters
from xianzhong.query.names import Names
from xianzhong.reference import load_divisions

DIVISIONS = list(load_divisions())
TERMS = st.builds(Term, st.integers(FIRST_YEAR, LAST_YEAR), st.sampled_from((1, 2)))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return names(engine_over(build(tmp_path_factory.mktemp("filters"))))


def some_of(codes: Mapping[str, object]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(st.sampled_from(list(codes)))
    return chosen.map(lambda found: tuple(code for code in codes if code in found))


def lies_in(school: str, place: Mapping[str, str]) -> bool:
    county = next(division for division in DIVISIONS if division.code == school[:6])
    return all(not code or getattr(county, level, county.code) == code
               for level, code in place.items())  # fmt: skip


@st.composite
def valid_filters(draw: st.DrawFn) -> Filters:
    place: dict[str, str] = {}
    if division := draw(st.none() | st.sampled_from(DIVISIONS)):
        place = {"province": division.province, "prefecture": division.prefecture}
        place["county"] = division.code if division.level == "county" else ""
    schools = [school for school in SCHOOLS if lies_in(school, place)]
    when: dict[str, object] = draw(st.sampled_from(["term", "dates", "never"]).flatmap(period))
    return Filters(
        **place,
        school=draw(st.sampled_from(("", *schools))),
        scheme=draw(some_of(SCHEME_BY_CODE)),
        university=draw(st.sampled_from(("", *UNIVERSITIES))),
        kind=draw(some_of(KIND_BY_CODE)),
        **when,
    )


def period(which: str) -> st.SearchStrategy[dict[str, object]]:
    if which == "term":
        return TERMS.map(lambda term: {"term": term})
    if which == "never":
        return st.just({})
    days = st.none() | st.dates(EARLIEST, LATEST)
    in_order = st.tuples(days, days).filter(lambda d: not (d[0] and d[1]) or d[0] <= d[1])
    return in_order.map(lambda d: {"date_from": d[0], "date_to": d[1]})


def problems_of(known: Names, **params: str) -> list[str]:
    link = {name.removeprefix("date_"): value for name, value in params.items()}
    return [problem.parameter for problem in parse_filters(link, known)[1]]


@settings(max_examples=150)
@given(filters=valid_filters())
def test_filters_survive_the_way_through_a_link(filters: Filters, known: Names) -> None:
    assert parse_filters(filters.to_params(), known) == (filters, ())


def test_a_school_outside_the_place_of_the_link_is_named_and_ignored(known: Names) -> None:
    for place in ({"province": "11"}, {"prefecture": "5325"}, {"county": "532527"}):
        filters, problems = parse_filters({**place, "school": "530622-01"}, known)
        assert filters.school == ""
        assert [problem.parameter for problem in problems] == ["school"]
    inside, none = parse_filters({"prefecture": "5306", "school": "530622-01"}, known)
    assert (inside.school, none) == ("530622-01", ())


@given(filters=valid_filters())
def test_a_link_names_only_known_parameters_with_plain_values(filters: Filters) -> None:
    params = filters.to_params()
    assert set(params) <= set(FIELDS)
    assert list(params) == [name for name in FIELDS if name in params]
    assert all(value and value.isascii() for value in params.values())
    assert (params == {}) == filters.empty


@settings(max_examples=200)
@given(params=st.dictionaries(st.sampled_from((*FIELDS, "lang", "")), st.text(max_size=60)))
def test_no_text_in_any_parameter_is_an_error_or_passes_unseen(
    params: dict[str, str], known: Names
) -> None:
    filters, problems = parse_filters(params, known)
    assert parse_filters(filters.to_params(), known) == (filters, ())
    unused = {problem.parameter for problem in problems}
    for name, value in params.items():
        if name in ("school", "university", "term", "from", "to") and value.strip():
            assert name in unused or name in filters.to_params()


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    "value",
    ["\0", "a\0b", "😀", "五三", "５３", "٥٣", "53\u200b", "x" * 100_000, "' OR 1=1 --", "%35%33",
     "53;DROP TABLE x", "-1", "null", "NaN", "../..", "\ud800", "２０２４-1", "٢٠٢٤-1",
     "２０２４-０３-０５", "2024-02-30", "1999-12-31", "2100-01-01", "0000-00-00"],
)  # fmt: skip
def test_what_only_looks_like_a_value_is_named_and_ignored(
    known: Names, name: str, value: str
) -> None:
    filters, problems = parse_filters({name: value}, known)
    assert filters == Filters()
    assert [problem.parameter for problem in problems] == [name]
    assert problems[0].value
    assert len(problems[0].value) <= 80
    assert value.strip().startswith(problems[0].value.strip())
    assert problems[0].reason.zh
    assert problems[0].reason.en


def test_an_unknown_code_among_known_ones_is_named_and_the_others_stay(known: Names) -> None:
    filters, problems = parse_filters({"kind": "camp,nothing,guidance,"}, known)
    assert filters.kind == ("guidance", "camp")
    assert [(p.parameter, p.value) for p in problems] == [("kind", "nothing")]


def test_what_is_no_filter_is_passed_over(known: Names) -> None:
    assert parse_filters({"lang": "en", "page": "x", "": "y"}, known) == (Filters(), ())


def test_spaces_around_a_value_do_not_count(known: Names) -> None:
    filters, problems = parse_filters({"province": " 53 ", "kind": " camp , lab "}, known)
    assert (filters.province, filters.kind, problems) == ("53", ("camp", "lab"), ())


def test_a_county_brings_its_prefecture_and_province(known: Names) -> None:
    filters, problems = parse_filters({"county": "530622"}, known)
    assert (filters.province, filters.prefecture, filters.county) == ("53", "5306", "530622")
    assert problems == ()
    corps, _ = parse_filters({"county": "659001"}, known)
    assert (corps.province, corps.prefecture) == ("66", "")
    direct, _ = parse_filters({"county": "429004"}, known)
    assert (direct.province, direct.prefecture) == ("42", "")


def test_a_place_outside_the_one_above_it_is_named_and_ignored(known: Names) -> None:
    link = {"province": "52", "county": "530622"}
    filters, problems = parse_filters(link, known)
    assert (filters.province, filters.county) == ("52", "")
    assert [problem.parameter for problem in problems] == ["county"]
    link = {"province": "53", "prefecture": "5225"}
    assert parse_filters(link, known)[0] == Filters(province="53")
    link = {"prefecture": "5325", "county": "530622"}
    assert parse_filters(link, known)[0] == Filters(province="53", prefecture="5325")
    assert problems_of(known, province="65", county="659001") == ["county"]


def test_a_code_of_another_level_is_no_code_of_this_one(known: Names) -> None:
    assert problems_of(known, province="5306") == ["province"]
    assert problems_of(known, prefecture="53") == ["prefecture"]
    assert problems_of(known, county="5306") == ["county"]


def test_dates_beside_a_term_are_named_and_the_term_stays(known: Names) -> None:
    link = {"term": "2023-2", "from": "2024-01-01", "to": "2024-01-02"}
    filters, problems = parse_filters(link, known)
    assert filters == Filters(term=Term(2023, 2))
    assert [problem.parameter for problem in problems] == ["from", "to"]


def test_an_end_before_the_beginning_is_named_and_ignored(known: Names) -> None:
    filters, problems = parse_filters({"from": "2024-02-01", "to": "2024-01-31"}, known)
    assert filters == Filters(date_from=date(2024, 2, 1))
    assert [problem.parameter for problem in problems] == ["to"]


@given(filters=valid_filters())
def test_a_period_includes_both_of_its_days(filters: Filters) -> None:
    if filters.period is None:
        assert (filters.term, filters.date_from, filters.date_to) == (None, None, None)
        return
    first, last = filters.period
    assert first <= last
    if filters.term:
        assert (first, last) == (filters.term.first_day, filters.term.last_day)
    else:
        assert first == (filters.date_from or EARLIEST)
        assert last == (filters.date_to or LATEST)


@given(filters=valid_filters())
def test_the_period_before_is_as_long_and_ends_the_day_before(filters: Filters) -> None:
    before = filters.previous()
    if before is None:
        assert filters.term is None
        return
    assert filters.period
    assert before.period
    assert before.period[1] == filters.period[0] - timedelta(days=1)
    if filters.term is None:
        length, earlier = (p[1] - p[0] for p in (filters.period, before.period))
        assert earlier == length
    same = {"term": None, "date_from": None, "date_to": None}
    assert replace(before, **same) == replace(filters, **same)  # type: ignore[arg-type]


def test_there_is_no_period_before_all_time_an_open_range_or_the_earliest_day() -> None:
    day = date(2024, 1, 1)
    assert Filters().previous() is None
    assert Filters(date_from=day).previous() is None
    assert Filters(date_to=day).previous() is None
    assert Filters(date_from=EARLIEST, date_to=day).previous() is None
    assert Filters(term=Term(2024, 1)).previous() == Filters(term=Term(2023, 2))


PART_OF = {
    "province": {"province", "prefecture", "county", "school"},
    "prefecture": {"prefecture", "county", "school"},
    "county": {"county", "school"},
    "school": {"school"},
    "university": {"university"},
    "scheme": {"scheme"},
    "kind": {"kind"},
    "term": {"term"},
    "dates": {"date_from", "date_to"},
}


@given(filters=valid_filters(), part=st.sampled_from(list(PART_OF)))
def test_taking_a_part_away_takes_what_depends_on_it_and_nothing_else(
    filters: Filters, part: str
) -> None:
    less = filters.without(part)
    for field in Filters.__dataclass_fields__:
        kept = getattr(less, field) == getattr(filters, field)
        if field in PART_OF[part]:
            assert not getattr(less, field)
        else:
            assert kept, field
    assert less.without(part) == less


def test_a_link_to_a_school_and_a_university_reads_back(known: Names) -> None:
    filters, problems = parse_filters({"school": A1, "university": U1}, known)
    assert (filters.school, filters.university, problems) == (A1, U1, ())


def test_every_division_is_a_valid_filter_by_its_code(known: Names) -> None:
    assert len(DIVISIONS) > 3000
    for division in DIVISIONS:
        filters, problems = parse_filters({division.level: division.code}, known)
        assert not problems, division.code
        assert getattr(filters, division.level) == division.code
        assert filters.province == division.province
