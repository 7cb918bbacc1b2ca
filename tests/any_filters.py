"""Any combination of filters, as a search strategy, for one of the lakes of the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from hypothesis import strategies as st

from tests.small_lake import SCHOOLS, UNIVERSITIES
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.terms import Term
from xianzhong.query.engine import Engine
from xianzhong.query.filters import EARLIEST, LATEST, Filters

Place = Mapping[str, str]
# Of the small lake: of each level, one without a prefecture, one where nothing is on record.
PLACES: tuple[Place, ...] = (
    {}, {"province": "53"}, {"province": "66"}, {"province": "42"}, {"province": "65"},
    {"province": "53", "prefecture": "5306"},
    {"province": "53", "prefecture": "5306", "county": "530622"},
    {"province": "42", "county": "429004"},
)  # fmt: skip
_NEAR = st.dates(date(2022, 1, 1), date(2026, 12, 31)) | st.sampled_from([EARLIEST, LATEST])


def periods() -> st.SearchStrategy[dict[str, object]]:
    """All time, a term (mostly one with records), dates open at either end or at neither."""
    return (
        st.just({})
        | st.sampled_from([Term(2022, 1), Term(2023, 1), Term(2023, 2), Term(2025, 2)]).map(
            lambda term: {"term": term}
        )
        | st.builds(Term, st.integers(2000, 2099), st.sampled_from((1, 2))).map(
            lambda term: {"term": term}
        )
        | _NEAR.map(lambda day: {"date_from": day})
        | _NEAR.map(lambda day: {"date_to": day})
        | st.tuples(_NEAR, _NEAR).map(lambda days: {"date_from": min(days), "date_to": max(days)})
    )


@st.composite
def any_filters(
    draw: st.DrawFn,
    places: Sequence[Place] = PLACES,
    schools: Sequence[str] = SCHOOLS,
    universities: Sequence[str] = UNIVERSITIES,
) -> Filters:
    """Filters of the small lake, or of another whose codes are given."""
    return Filters(
        **draw(st.sampled_from(places)),
        school=draw(st.sampled_from(("", "", "", *schools))),
        university=draw(st.sampled_from(("", "", "", *universities))),
        scheme=tuple(draw(st.sets(st.sampled_from(list(SCHEME_BY_CODE)), max_size=3))),
        kind=tuple(draw(st.sets(st.sampled_from(list(KIND_BY_CODE)), max_size=3))),
        **draw(periods()),  # type: ignore[arg-type]
    )


@cache
def filters_of(engine: Engine) -> st.SearchStrategy[Filters]:
    """Filters of a lake by the places, schools and universities that it has."""
    lake = engine.lake
    snapshot = lake.snapshot()
    schools = lake.rows("schools", snapshot, columns=["school_code", "county_code"]).to_pylist()
    found: list[Place] = [{}, {"province": "65"}]
    for row in schools[:: max(1, len(schools) // 12)]:
        county = engine.divisions.get(row["county_code"])
        if county is None:
            continue
        above = {"province": county.province}
        found += [above, {**above, "prefecture": county.prefecture},
                  {**above, "prefecture": county.prefecture, "county": county.code}]  # fmt: skip
    universities = lake.rows("universities", snapshot, columns=["university_code"])
    return any_filters(
        places=found,
        schools=[row["school_code"] for row in schools[::7]],
        universities=universities["university_code"].to_pylist()[::3],
    )
