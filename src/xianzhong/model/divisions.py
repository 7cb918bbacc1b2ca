"""Administrative divisions: provinces, prefectures and counties with GB/T 2260 codes.

Six digits: the first two name the province, four the prefecture, six the county. One unit
departs from that: the cities of 新疆生产建设兵团 keep their codes (6590xx) but belong to a
provincial unit 66 of their own, a decision of this product (GB/T 2260 has none).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from xianzhong.model.labels import Lang

Level = Literal["province", "prefecture", "county"]
CORPS = "66"


@dataclass(frozen=True, slots=True)
class Division:
    """One division.

    Attributes:
        code: two digits of a province, four of a prefecture, six of a county.
        province: two digits of its province; the corps' cities have 66.
        prefecture: four digits, or empty where the county is directly under the province.
        longitude, latitude: a point inside, None where no boundary is known.
        has_polygon: whether the map can draw it.
    """

    code: str
    level: Level
    name: str
    name_en: str
    province: str
    prefecture: str
    longitude: float | None
    latitude: float | None
    has_polygon: bool

    def label(self, lang: Lang) -> str:
        """Name in the language of the interface; Chinese where no English name is kept."""
        return self.name_en if lang == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name or code that a county had before, and the county it belongs to today.

    ``current_code`` is empty where it could not be traced; ``year`` is 0 where unknown.
    """

    code: str
    name: str
    current_code: str
    year: int
    change: str


class Divisions:
    """All divisions, found by code or by name, former ones included."""

    def __init__(self, rows: Iterable[Division], former: Iterable[FormerName]) -> None:
        self._by_code = {row.code: row for row in rows}
        self.former = tuple(former)

    def get(self, code: str) -> Division | None:
        """The division with this code, or None."""
        return self._by_code.get(code)

    def __iter__(self) -> Iterator[Division]:
        return iter(self._by_code.values())

    def label(self, code: str, lang: Lang) -> str:
        """Name of a division, or the code itself where it is unknown."""
        division = self.get(code)
        return division.label(lang) if division else code

    @cached_property
    def _within(self) -> dict[tuple[Level, str], tuple[Division, ...]]:
        """The divisions of a level by their province, and prefecture, in order of their codes."""
        found: dict[tuple[Level, str], list[Division]] = {}
        for division in self._by_code.values():
            for place in {division.province, division.prefecture} - {""}:
                found.setdefault((division.level, place), []).append(division)
        return {place: tuple(divisions) for place, divisions in found.items()}

    @cached_property
    def provinces(self) -> tuple[Division, ...]:
        """The provincial units in order of their codes."""
        return tuple(d for d in self._by_code.values() if d.level == "province")

    def prefectures(self, province: str) -> tuple[Division, ...]:
        """The prefectures of a province, in order of their codes."""
        return self._within.get(("prefecture", province), ())

    def counties(self, province: str, prefecture: str = "") -> tuple[Division, ...]:
        """The counties of a province, or of one of its prefectures."""
        found = self._within.get(("county", prefecture or province), ())
        return tuple(d for d in found if d.province == province) if prefecture else found

    @cached_property
    def _by_name(self) -> dict[str, tuple[Division, ...]]:
        names: dict[str, list[Division]] = {}
        for division in self._by_code.values():
            names.setdefault(division.name, []).append(division)
        return {name: tuple(found) for name, found in names.items()}

    def named(self, name: str, level: Level, province: str = "") -> tuple[Division, ...]:
        """Divisions of a level that have this name today, within a province if given."""
        return tuple(
            d
            for d in self._by_name.get(name, ())
            if d.level == level and (not province or d.province == province)
        )

    def formerly(self, *, name: str = "", code: str = "") -> tuple[FormerName, ...]:
        """Former names or codes that match all that is given, newest change first."""
        found = [
            f for f in self.former if (not name or f.name == name) and (not code or f.code == code)
        ]
        return tuple(sorted(found, key=lambda f: -f.year))
