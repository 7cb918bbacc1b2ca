"""Finds the school and the university that a row names, and registers new ones.

A name that is merely like one on record is never taken for it: the row is refused with
"did you mean". Only a pairing sheet registers what is not on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from xianzhong.intake.headers import fold
from xianzhong.intake.places import Hints, Places, division_label
from xianzhong.intake.roster import Party, Roster
from xianzhong.intake.values import Problem, problem
from xianzhong.lake.identifiers import code_of
from xianzhong.model.labels import Label

Who = Literal["school", "university"]


@dataclass(frozen=True, slots=True)
class Named:
    """Who was found (code, or empty) and what there is to say."""

    code: str = ""
    problems: tuple[Problem, ...] = ()
    new: bool = False


class Parties:
    """The rosters, with what the sheet at hand adds to them.

    Attributes:
        added: new parties by code, in the order in which the sheet names them.
    """

    def __init__(
        self, schools: Roster, universities: Roster, places: Places, *, register: bool
    ) -> None:
        self.schools = schools
        self.universities = universities
        self.places = places
        self.register = register
        self.added: dict[str, tuple[Who, Party]] = {}
        self._seen: dict[tuple[object, ...], Named] = {}
        self._numbers: dict[str, int] = {}
        self._reserved: set[str] = set()

    def university(self, texts: tuple[str, ...]) -> Named:
        """The university that all the texts of a row name."""
        key = ("university", texts)
        return self._seen.get(key) or self._keep(key, self._university(texts))

    def school(self, texts: tuple[str, ...], county: str, hints: Hints) -> Named:
        """The school that all the texts of a row name.

        Args:
            texts: names and codes as the row has them.
            county: code of the row's county, empty where it names none.
            hints: the row's province and prefecture.
        """
        key = ("school", texts, county, hints)
        return self._seen.get(key) or self._keep(key, self._school(texts, county, hints))

    def _keep(self, key: tuple[object, ...], named: Named) -> Named:
        if named.new:
            # What was refused or unknown before may be found from now on.
            self._seen.clear()
        else:
            self._seen[key] = named
        return named

    def _university(self, texts: tuple[str, ...]) -> Named:
        code, names = _split(texts, self.universities)
        if not names:
            return self._by_code("university", self.universities, code, names)
        if code and self.universities.coded(code):
            return self._by_code("university", self.universities, code, names)
        found = self.universities.named(names[0])
        if len(found) == 1:
            return _found(found[0], code)
        if found:
            return Named("", (problem("university_ambiguous", names=_coded(found)),))
        if self.register:
            return self._new_university(names[0], code)
        near = self.universities.near_university(names[0])
        return Named("", (_unknown("university", near),))

    def _school(self, texts: tuple[str, ...], county: str, hints: Hints) -> Named:
        code, names = _split(texts, self.schools)
        if not names or (code and self.schools.coded(code)):
            found = self._by_code("school", self.schools, code, names)
        else:
            found = self._school_by_name(names[0], code, county, hints)
        party = self.schools.by_code.get(found.code)
        if party is None or found.new:
            return found
        return self._in_its_place(party, found, county, hints)

    def _school_by_name(self, name: str, code: str, county: str, hints: Hints) -> Named:
        found = self._narrowed(self.schools.named(name), county, hints)
        if self.register and county:
            # Two counties may each have a school of this name.
            found = [party for party in found if party.county == county]
        if len(found) == 1:
            return _found(found[0], code)
        if found:
            return Named("", (problem("school_ambiguous", names=self._described(found)),))
        if self.register:
            return self._new_school(name, code, county)
        near = self.schools.near_school(name, county)
        return Named("", (_unknown("school", near),))

    def _by_code(self, who: Who, roster: Roster, code: str, names: Sequence[str]) -> Named:
        party = roster.coded(code)
        if party is None:
            return Named("", (_unknown(who, None),))
        if any(not roster.is_called(name, party) for name in names):
            return Named("", (problem(f"{who}_conflict", code=party.code, name=party.name),))
        return Named(party.code)

    def _narrowed(self, found: list[Party], county: str, hints: Hints) -> list[Party]:
        if len(found) > 1 and county:
            found = [p for p in found if p.county == county] or found
        province = self.places.province(hints.province) if hints.province else ""
        if len(found) > 1 and province:
            found = [p for p in found if self._province(p) == province] or found
        return found

    def _province(self, party: Party) -> str:
        county = self.places.divisions.get(party.county)
        return county.province if county else ""

    def _in_its_place(self, party: Party, found: Named, county: str, hints: Hints) -> Named:
        """Cross-checks where the school is with where the row puts it."""
        if county and party.county != county:
            place = self.places.divisions.get(party.county)
            label = division_label(place) if place else Label(party.county, party.county)
            elsewhere = problem("school_elsewhere", name=party.name, place=label)
            return Named("", (*found.problems, elsewhere))
        if not county and hints.province:
            checked = self.places.find((party.county,), hints)
            said = tuple(p for _, p in checked.problems)
            wrong = any(p.rule == "province_mismatch" for p in said)
            return Named("" if wrong else found.code, found.problems + said)
        return found

    def _described(self, found: Sequence[Party]) -> tuple[str, ...]:
        divisions = self.places.divisions
        return tuple(f"{divisions.label(p.county, 'zh')}{p.name}({p.code})" for p in found)

    def _new_university(self, name: str, code: str) -> Named:
        slip = self.universities.slip_of(name)
        if slip is not None:
            return Named("", (problem("university_near", near=slip.name),))
        party = Party(code or code_of("U", [fold(name)]), name)
        return self._added("university", self.universities, party)

    def _new_school(self, name: str, code: str, county: str) -> Named:
        if not county:
            near = self.schools.near_school(name)
            return Named(
                "", (_unknown("school", near) if near else problem("school_needs_county"),)
            )
        near = self.schools.near_school(name, county)
        if near is not None:
            return Named("", (problem("school_near", near=near.name),))
        party = Party(code or self.next_code(county), name, county=county)
        return self._added("school", self.schools, party)

    def next_code(self, county: str) -> str:
        """The county's code and the next running number: gaps are not filled again."""
        if county not in self._numbers:
            prefix = county + "-"
            used = [c[len(prefix) :] for c in self.schools.by_code if c.startswith(prefix)]
            self._numbers[county] = max((int(n) for n in used if n.isdigit()), default=0)
        code = ""
        while not code or code in self._reserved:
            self._numbers[county] += 1
            code = f"{county}-{self._numbers[county]:02d}"
        return code

    def reserve(self, codes: Iterable[str]) -> None:
        """Keeps the codes that a sheet itself gives from being given to another school."""
        self._reserved.update(codes)

    def _added(self, who: Who, roster: Roster, party: Party) -> Named:
        roster.add(party)
        self.added[party.code] = who, party
        return Named(party.code, (problem(f"{who}_registered", code=party.code),), new=True)


def _split(texts: tuple[str, ...], roster: Roster) -> tuple[str, tuple[str, ...]]:
    """Tells codes from names: a code is on record, or written without Chinese characters."""
    code, names = "", []
    for text in texts:
        if roster.coded(text) or (text.isascii() and any(c.isdigit() for c in text)):
            code = code or text
        else:
            names.append(text)
    return code, tuple(names)


def _found(party: Party, code: str) -> Named:
    if code and code != party.code:
        return Named(party.code, (problem("party_code_unknown", code=code, name=party.name),))
    return Named(party.code)


def _unknown(who: Who, near: Party | None) -> Problem:
    return problem(f"{who}_near", near=near.name) if near else problem(f"{who}_unknown")


def _coded(found: Sequence[Party]) -> tuple[str, ...]:
    return tuple(f"{party.name}({party.code})" for party in found)
