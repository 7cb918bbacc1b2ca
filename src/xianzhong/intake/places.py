"""Finds the county that a row names: by code, by name, by a former name or code.

Province and prefecture, where the row has them, narrow the search and are cross-checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from xianzhong.intake.headers import fold
from xianzhong.intake.values import Problem, problem
from xianzhong.model.divisions import CORPS, Division, Divisions
from xianzhong.model.labels import Label, bracketed

NEAR_COUNTY = 75
_CODE = re.compile(r"^\d{6}$")
_CORPS_HOME = "65"
# What stands in the prefecture column where a county has no prefecture.
_NO_PREFECTURE = ("省直辖", "自治区直辖", "直辖", "市辖", "县")


@dataclass(frozen=True, slots=True)
class Place:
    """What was found: the code of a county of today, or none, and what there is to say.

    ``where`` tells which part of the row each problem concerns: ``county``, ``province`` or
    ``prefecture``.
    """

    code: str = ""
    problems: tuple[tuple[str, Problem], ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What a row says of a place besides the county itself, folded."""

    province: str = ""
    prefecture: str = ""


def division_label(division: Division) -> Label:
    """The name of a division in both languages, as far as kept."""
    return Label(division.name, division.name_en or division.name)


class Places:
    """Looks up counties. Results are kept, because sheets repeat themselves."""

    def __init__(self, divisions: Divisions) -> None:
        self.divisions = divisions
        self.find = lru_cache(maxsize=50_000)(self._find)
        names = _names(divisions)
        self._paths, self._called, self._folded = names.paths, names.called, names.folded

    def called(self, stem: str) -> set[str]:
        """Codes of the divisions of any level whose name begins so and ends in its kind."""
        return self._called.get(fold(stem), set())

    def province(self, text: str) -> str:
        """Two digits of the province written so (云南省, 云南, 53, Yunnan), empty if none."""
        text = fold(text)
        if len(text) < 2:
            return ""
        for division in self.divisions.provinces:
            code, name = division.code, fold(division.name)
            if name.startswith(text) or text in (fold(division.name_en), code, code + "0000"):
                return division.code
        return CORPS if "兵团" in text else ""

    def _find(self, names: tuple[str, ...], hints: Hints) -> Place:
        """The county that all the names and codes of a row agree on."""
        said: list[tuple[str, Problem]] = []
        province = self.province(hints.province)
        if hints.province and not province:
            said.append(("province", problem("province_unknown")))
        found: Division | None = None
        # The code is looked at first: it cannot be ambiguous.
        for name in sorted(names, key=lambda n: not _CODE.match(n)):
            place = self._one(name, province, hints.prefecture, found)
            said += [("county", p) for p in place.problems_only]
            if place.division is None:
                return Place("", tuple(said))
            found = place.division
        if found is None:
            return Place("", tuple(said))
        said += self._cross_check(found, province, hints)
        return Place(found.code, tuple(said))

    def _one(self, text: str, province: str, prefecture: str, code_says: Division | None) -> _Found:
        if _CODE.match(text):
            return self._by_code(text)
        if code_says is not None and self._may_be_called(text, code_says):
            return _Found(code_says)
        found = self._by_name(text, province, prefecture)
        if code_says is not None and found.division != code_says:
            name = division_label(code_says)
            return _failed("county_conflict", code=code_says.code, name=name)
        return found

    def _may_be_called(self, text: str, county: Division) -> bool:
        """Whether the text is the county's name, short name, full path or former name."""
        folded = fold(text)
        if county in self._paths.get(folded, ()) or folded == _short(county.name):
            return True
        former = self.divisions.formerly(name=text.strip())
        return any(f.current_code == county.code for f in former)

    def _by_code(self, code: str) -> _Found:
        division = self.divisions.get(code)
        if division is not None and division.level == "county":
            return _Found(division)
        for former in self.divisions.formerly(code=code):
            current = self.divisions.get(former.current_code)
            if current is not None:
                name = division_label(current)
                return _Found(current, (problem("county_former", name=name, code=current.code),))
        return _failed("county_unknown")

    def _by_name(self, text: str, province: str, prefecture: str) -> _Found:
        found = self._narrowed(self._paths.get(fold(text), ()), province, prefecture)
        # A county of another province is only meant where none of this one ever had the name.
        at_home = any(self.is_in(county.code, province) for county in found)
        former = None if at_home else self._by_former_name(text, province)
        if former is not None:
            return former
        if len(found) == 1:
            return _Found(found[0])
        if found:
            return _failed("county_ambiguous", names=self._described(found))
        return self._by_short_name(text, province, prefecture)

    def _by_former_name(self, text: str, province: str) -> _Found | None:
        codes = {
            f.current_code
            for f in self.divisions.formerly(name=text.strip())
            if f.current_code and (not province or self.is_in(f.current_code, province))
        }
        if len(codes) != 1:
            return None
        current = self.divisions.get(codes.pop())
        if current is None:
            return None
        name = division_label(current)
        return _Found(current, (problem("county_former", name=name, code=current.code),))

    def _by_short_name(self, text: str, province: str, prefecture: str) -> _Found:
        """会泽 for 会泽县; what is merely like a name is only suggested."""
        short = fold(text)
        among = [p for p in self._folded if not province or self.is_in(p[0].code, province)]
        found = self._narrowed((c for c, own in among if own == short), province, prefecture)
        if len(found) == 1:
            name = division_label(found[0])
            return _Found(found[0], (problem("county_short", name=name, code=found[0].code),))
        if found:
            return _failed("county_ambiguous", names=self._described(found))
        near = process.extractOne(
            short, [c.name for c, _ in among], scorer=fuzz.ratio, score_cutoff=NEAR_COUNTY
        )
        return _failed("county_near", near=near[0]) if near else _failed("county_unknown")

    def _narrowed(
        self, found: Iterable[Division], province: str, prefecture: str
    ) -> list[Division]:
        kept = list(found)
        if len(kept) > 1 and province:
            kept = [c for c in kept if self.is_in(c.code, province)] or kept
        if len(kept) > 1 and prefecture:
            kept = [c for c in kept if self._prefecture_agrees(c, prefecture)] or kept
        return kept

    def _described(self, counties: Iterable[Division]) -> tuple[str, ...]:
        def path(county: Division) -> str:
            above = [self.divisions.get(county.province), self.divisions.get(county.prefecture)]
            return "".join(d.name for d in above if d) + county.name

        return tuple(bracketed(path(county), county.code) for county in counties)

    def is_in(self, code: str, province: str) -> bool:
        """Whether a county lies in a province (any, where none is given).

        The corps' cities also lie in Xinjiang.
        """
        county = self.divisions.get(code)
        if county is None:
            return False
        # The corps' cities lie in Xinjiang, and sheets put them there.
        corps = county.province == CORPS and province == _CORPS_HOME
        return not province or corps or county.province == province

    def _prefecture_agrees(self, county: Division, text: str) -> bool:
        prefecture = self.divisions.get(county.prefecture) if county.prefecture else None
        written = fold(text)
        if written.startswith(_NO_PREFECTURE):
            return True
        province = self.divisions.get(county.province)
        if prefecture is None:
            return province is None or fold(province.name).startswith(written) or written == fold(
                county.name
            )  # fmt: skip
        return fold(prefecture.name).startswith(written) or written.startswith(
            fold(prefecture.name)[:2]
        )

    def _cross_check(
        self, county: Division, province: str, hints: Hints
    ) -> list[tuple[str, Problem]]:
        name = division_label(county)
        if province and not self.is_in(county.code, province):
            home = self.divisions.get(county.province)
            label = division_label(home) if home else Label(county.province, county.province)
            return [("province", problem("province_mismatch", county=name, province=label))]
        if hints.prefecture and not self._prefecture_agrees(county, hints.prefecture):
            home = self.divisions.get(county.prefecture) or self.divisions.get(county.province)
            label = division_label(home) if home else Label("", "")
            return [("prefecture", problem("prefecture_mismatch", county=name, prefecture=label))]
        return []


@dataclass(frozen=True, slots=True)
class _Names:
    """What counties are called, folded: with what stands before it, cut short; and all stems."""

    paths: Mapping[str, tuple[Division, ...]]
    folded: tuple[tuple[Division, str], ...]
    called: Mapping[str, set[str]]


@lru_cache(maxsize=2)
def _names(divisions: Divisions) -> _Names:
    """Kept, as each file is read with a :class:`Places` of its own."""
    counties = [division for division in divisions if division.level == "county"]
    called: dict[str, set[str]] = {}
    for division in divisions:
        called.setdefault(_stem(division.name), set()).add(division.code)
    folded = tuple((county, _short(county.name)) for county in counties)
    return _Names(_all_paths(divisions, counties), folded, called)


def _all_paths(
    divisions: Divisions, counties: Iterable[Division]
) -> dict[str, tuple[Division, ...]]:
    """County names alone, and with prefecture and province before them."""
    paths: dict[str, list[Division]] = {}
    for county in counties:
        prefecture = divisions.get(county.prefecture) if county.prefecture else None
        province = divisions.get(county.province)
        fronts = {"", province.name if province else ""}
        if prefecture and prefecture.code != county.code[:4] + "00":
            fronts |= {front + prefecture.name for front in tuple(fronts)}
        for front in fronts:
            paths.setdefault(fold(front + county.name), []).append(county)
    return {path: tuple(found) for path, found in paths.items()}


@dataclass(frozen=True, slots=True)
class _Found:
    division: Division | None
    problems_only: tuple[Problem, ...] = ()


def _failed(rule: str, **fields: object) -> _Found:
    return _Found(None, (problem(rule, **fields),))


def _stem(name: str) -> str:
    """The name of a division of any level without its kind: 吉安 for 吉安市 and 吉安县."""
    return fold(re.sub(r"(自治州|地区|盟|自治县|自治旗|林区|特区|县|市|区|旗|省)$", "", name))


def _short(name: str) -> str:
    """A county's name without its last word, where two characters are left."""
    short = re.sub(r"(自治县|自治旗|林区|特区|县|市|区|旗)$", "", name)
    return fold(short) if len(short) >= 2 else fold(name)
