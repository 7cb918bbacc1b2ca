"""Where the made-up schools stand: real counties, names that no school bears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from xianzhong.demo.columns import Ints, filled
from xianzhong.model.divisions import Division, Divisions
from xianzhong.model.tables import SCHOOLS

_OUTSIDE = frozenset({"71", "81", "82"})  # Taiwan, Hong Kong, Macao: not in the programme
_COUNTY_ENDINGS = ("县", "旗", "市")
_LIKELY_EMPTY = 0.06
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools, sorted by code.

    Attributes:
        counties: the counties to choose from.
        county: for each school, the index of its county.
        codes, names: of each school.
    """

    counties: tuple[Division, ...]
    county: Ints
    codes: tuple[str, ...]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)


def county_choice(divisions: Divisions) -> tuple[Division, ...]:
    """Counties, banners and county-level cities, those of the corps too; no urban districts.

    Told by their names. A prefecture-level city without counties stands among the counties
    with a code that ends in 00 and is left out.
    """
    found = (
        d
        for d in divisions
        if d.level == "county"
        and d.name.endswith(_COUNTY_ENDINGS)
        and d.province not in _OUTSIDE
        and not d.code.endswith("00")
    )
    return tuple(sorted(found, key=lambda d: d.code))


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese, as in 第十二中学."""
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else _NUMERALS[tens - 1]) + ("十" if tens else "")
    return head + (_NUMERALS[ones - 1] if ones else "")


def _name(county: str, number: int) -> str:
    if number < 100:
        return f"{county}示例第{numeral(number)}中学"
    return f"示例县中{number:04d}（{county}）"


def draw_schools(rng: np.random.Generator, divisions: Divisions, count: int) -> Schools:
    """``count`` schools over the counties: some with many, most with a few, some with none."""
    counties = county_choice(divisions)
    weights = rng.gamma(3.0, size=len(counties))
    weights[rng.random(len(counties)) < _LIKELY_EMPTY] = 0
    per_county = rng.multinomial(count, weights / weights.sum())
    county = np.repeat(np.arange(len(counties)), per_county)
    first = np.repeat(np.cumsum(per_county) - per_county, per_county)
    numbers = (np.arange(count) - first + 1).tolist()
    homes = [counties[i] for i in county.tolist()]
    pairs = list(zip(homes, numbers, strict=True))
    # The D keeps the code apart from a real school's county code and running number.
    codes = tuple(f"{home.code}-D{number:03d}" for home, number in pairs)
    names = tuple(_name(home.name, number) for home, number in pairs)
    return Schools(counties, county, codes, names)


def school_rows(rng: np.random.Generator, schools: Schools, upload_id: str) -> pa.Table:
    """The table ``schools``: about one in eight without a number of students."""
    count = len(schools)
    students = np.clip(rng.lognormal(7.6, 0.45, count), 150, 9000).astype(np.int64)
    return filled(
        SCHOOLS,
        {
            "school_code": list(schools.codes),
            "name": list(schools.names),
            "county_code": [schools.counties[i].code for i in schools.county.tolist()],
            "students": pa.array(students, mask=rng.random(count) < 0.12),
        },
        upload_id,
    )
