"""The made-up supporters, and which school each of them supports under which scheme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from xianzhong.demo.columns import Ints, filled
from xianzhong.demo.places import Schools
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import UNIVERSITIES

_SECOND_PAIRING = 0.12


@dataclass(frozen=True, slots=True)
class _Profile:
    """How a scheme looks: share of pairings, schools per supporter, reach, words."""

    share: float
    schools_each: float
    reach: str
    name: str
    department: str


_PROFILES: dict[str, _Profile] = {
    "ministry": _Profile(0.03, 2.4, "all", "示例大学{:03d}", "示例：国家级主管部门"),
    "provincial": _Profile(0.25, 5, "province", "示例地方大学{:03d}", "示例：省级主管部门"),
    "city_school": _Profile(0.55, 2, "prefecture", "示例城区优质校{:04d}", "示例：市级主管部门"),
    "team": _Profile(0.17, 6, "all", "示例组团单位{:03d}", "示例：省级主管部门"),
}
_CODES = tuple(scheme.code for scheme in SCHEMES)


@dataclass(frozen=True, slots=True)
class Matches:
    """Who supports which school, sorted by school.

    Attributes:
        school: index of the school.
        supporter: index of the supporter.
        scheme: index into the declared schemes.
        slot: 0 for the first supporter of a school, 1 for the second.
        supporter_codes, supporter_names, supporter_scheme: of each supporter.
    """

    school: Ints
    supporter: Ints
    scheme: Ints
    slot: Ints
    supporter_codes: tuple[str, ...]
    supporter_names: tuple[str, ...]
    supporter_scheme: Ints

    def __len__(self) -> int:
        return len(self.school)


def _draw_schemes(rng: np.random.Generator, count: int) -> Ints:
    """A scheme for each school in the declared shares, each at least once if there is room."""
    shares = np.array([_PROFILES[code].share for code in _CODES])
    quotas = np.maximum(1, np.floor(shares * count)).astype(np.int64)
    quotas[np.argmax(quotas)] += count - quotas.sum()
    return rng.permutation(np.repeat(np.arange(len(_CODES)), np.maximum(quotas, 0))[:count])


def _area(schools: Schools, school: Ints, reach: str) -> Ints:
    """A number for the area within which a supporter works."""
    if reach == "all":
        return np.zeros(len(school), np.int64)
    whole = [
        int(d.province if reach == "province" else d.prefecture or d.province)
        for d in schools.counties
    ]
    return np.array(whole, np.int64)[schools.county[school]]


def _members(rng: np.random.Generator, area: Ints, schools_each: float) -> Ints:
    """A supporter's number within its area; some support many schools, many support one."""
    _, inverse, sizes = np.unique(area, return_inverse=True, return_counts=True)
    pool = np.ceil(sizes / schools_each)[inverse]
    return np.floor(pool * rng.random(len(area)) ** 1.4).astype(np.int64)


def draw_matches(rng: np.random.Generator, schools: Schools) -> Matches:
    """One supporter for every school, and a second one of another scheme for some."""
    count = len(schools)
    first = _draw_schemes(rng, count)
    doubled = np.flatnonzero(rng.random(count) < _SECOND_PAIRING)
    second = (first[doubled] + rng.integers(1, len(_CODES), len(doubled))) % len(_CODES)
    # Second supporters are universities and city schools far more often than the Ministry's.
    second = np.where(second == 0, np.where(first[doubled] == 1, 2, 1), second)
    school = np.concatenate([np.arange(count), doubled])
    scheme = np.concatenate([first, second])
    slot = np.concatenate([np.zeros(count, np.int64), np.ones(len(doubled), np.int64)])
    order = np.lexsort((slot, school))
    school, scheme, slot = school[order], scheme[order], slot[order]
    area, member = np.empty_like(school), np.empty_like(school)
    for index, code in enumerate(_CODES):
        mine = scheme == index
        area[mine] = _area(schools, school[mine], _PROFILES[code].reach)
        member[mine] = _members(rng, area[mine], _PROFILES[code].schools_each)
    found, supporter = np.unique(np.stack([scheme, area, member]), axis=1, return_inverse=True)
    of_scheme = found[0]
    running = np.arange(len(of_scheme)) - np.searchsorted(of_scheme, of_scheme) + 1
    names = tuple(
        _PROFILES[_CODES[s]].name.format(n)
        for s, n in zip(of_scheme.tolist(), running.tolist(), strict=True)
    )
    codes = tuple(f"D{number:05d}" for number in range(1, len(names) + 1))
    return Matches(school, supporter.reshape(-1), scheme, slot, codes, names, of_scheme)


def supporter_rows(rng: np.random.Generator, matches: Matches, upload_id: str) -> pa.Table:
    """The table ``universities``, with gaps in what is known of their readiness."""
    count = len(matches.supporter_codes)
    # City schools are high schools themselves; some universities have one or two of their own.
    own = rng.integers(0, 3, count)
    affiliated = [
        "、".join(f"{name}附属中学{'甲乙'[i]}" for i in range(many)) or None
        if _CODES[scheme] in ("ministry", "provincial")
        else None
        for name, many, scheme in zip(
            matches.supporter_names, own.tolist(), matches.supporter_scheme.tolist(), strict=True
        )
    ]
    departments = [_PROFILES[_CODES[s]].department for s in matches.supporter_scheme.tolist()]
    return filled(
        UNIVERSITIES,
        {
            "university_code": list(matches.supporter_codes),
            "name": list(matches.supporter_names),
            "department": departments,
            "affiliated_schools": affiliated,
            "has_leading_group": pa.array(rng.random(count) < 0.8, mask=rng.random(count) < 0.1),
            "has_incentives": pa.array(rng.random(count) < 0.62, mask=rng.random(count) < 0.15),
        },
        upload_id,
    )
