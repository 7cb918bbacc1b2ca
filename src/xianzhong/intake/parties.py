"""Finds the school and the university that a row names, and registers new ones.

A name that is merely like one on record is never taken for it: the row is refused with
"did you mean". Only a pairing sheet registers what is not on record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from xianzhong.intake.headers import fold
from xianzhong.intake.places import Hints, Places, division_label
from xianzhong.intake.roster import Party, Roster, trimmed
from xianzhong.intake.school_cores import Cores
from xianzhong.intake.values import Candidate, Problem, problem
from xianzhong.lake.identifiers import code_of
from xianzhong.model.labels import Label, bracketed

Who = Literal["school", "university"]
_BETWEEN = re.compile(r"[、,;/|\n]+")
# 和 also stands in names of places: a cut there counts only where all the parts are on record.
_AND = re.compile(r"[、,;/|\n和与及]+")
_LOOKS_LIKE: dict[Who, re.Pattern[str]] = {
    "school": re.compile(r"(学|校|中|高)$"),
    "university": re.compile(r"(大学|学院|大|学校|机构)$"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Who was found (code, or empty) and what there is to say."""

    code: str = ""
    problems: tuple[Problem, ...] = ()
    new: bool = False


class Parties:
    """The rosters, with what the sheet at hand adds to them.

    Args:
        schools, universities: those on record.
        places: the divisions.
        register: whether what is not on record is registered.
        partners: the schools that each university is paired with, by codes.

    Attributes:
        added: new parties by code, in the order in which the sheet names them.
    """

    def __init__(
        self,
        schools: Roster,
        universities: Roster,
        places: Places,
        *,
        register: bool,
        partners: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.schools = schools
        self.universities = universities
        self.places = places
        self.register = register
        self.added: dict[str, tuple[Who, Party]] = {}
        self.cores = Cores(places.divisions)
        for party in schools.by_code.values():
            self.cores.add(party)
        self._partners = partners or {}
        self._seen: dict[tuple[object, ...], Named] = {}
        self._numbers: dict[str, int] = {}
        self._reserved: set[str] = set()

    def university(self, texts: tuple[str, ...]) -> Named:
        """The university that all the texts of a row name."""
        key = ("university", texts)
        return self._seen.get(key) or self._keep(key, self._university(texts))

    def school(
        self, texts: tuple[str, ...], county: str, hints: Hints, university: str = ""
    ) -> Named:
        """The school that all the texts of a row name.

        Args:
            texts: names and codes as the row has them.
            county: code of the row's county, empty where it names none.
            hints: the row's province and prefecture.
            university: code of the row's university; a name that is merely like some schools'
                is taken for the only one of them that it is paired with.
        """
        key = ("school", texts, county, hints, university)
        known = self._seen.get(key)
        return known or self._keep(key, self._school(texts, county, hints, university))

    def _keep(self, key: tuple[object, ...], named: Named) -> Named:
        if named.new:
            # What was refused or unknown before may be found from now on.
            self._seen.clear()
        else:
            self._seen[key] = named
        return named

    def _university(self, texts: tuple[str, ...]) -> Named:
        code, names = _split(texts, self.universities)
        if not names or (code and self.universities.coded(code)):
            return self._by_code("university", self.universities, code, names)
        return self._university_by_name(names[0], code)

    def _university_by_name(self, name: str, code: str) -> Named:
        found = self.universities.named(name)
        if len(found) == 1:
            return _found("university", found[0], code, name)
        if found:
            said = problem("university_ambiguous", names=_coded(found), **self._choice(found))
            return Named("", (said,))
        if parts := self.parts("university", name):
            return Named("", (problem("university_several", parts=parts),))
        party = self.universities.cut_university(name) or self.universities.usual_university(name)
        if party is not None:
            return _short("university", party)
        new = self.register
        return self._new_university(name, code) if new else self._unknown("university", name)

    def _school(self, texts: tuple[str, ...], county: str, hints: Hints, university: str) -> Named:
        code, names = _split(texts, self.schools)
        if not names or (code and self.schools.coded(code)):
            found = self._by_code("school", self.schools, code, names)
        else:
            found = self._school_by_name(names[0], code, county, hints, university)
        party = self.schools.by_code.get(found.code)
        if party is None or found.new:
            return found
        return self._in_its_place(party, found, county, hints)

    def _school_by_name(
        self, name: str, code: str, county: str, hints: Hints, university: str
    ) -> Named:
        found = self._narrowed(self.schools.named(name), county, hints)
        if self.register and county:
            # Two counties may each have a school of this name.
            found = [party for party in found if party.county == county]
        if len(found) == 1:
            return _found("school", found[0], code, name)
        if not found:
            found = self._narrowed(self.schools.shortened(name, county), county, hints)
            if len(found) == 1 and self._surely(name, found[0], county):
                return _short("school", found[0])
            if len(found) < 2 and (party := self._by_core(name, county, university)):
                return _short("school", party)
        if len(found) > 1:
            names = self._described(found)
            return Named("", (problem("school_ambiguous", names=names, **self._choice(found)),))
        return self._doubtful_school(name, code, county)

    def _doubtful_school(self, name: str, code: str, county: str) -> Named:
        if parts := self.parts("school", name):
            return Named("", (problem("school_several", parts=parts),))
        if self.register:
            return self._new_school(name, code, county)
        return self._unknown("school", name, county)

    def _by_core(self, name: str, county: str, university: str) -> Party | None:
        """The one school that the name can mean without the places in it.

        The row's county has only one of this core; or the name itself says the county and no
        other place is called so; or the row's university is paired with only one that is like it.
        """
        if county:
            found = self.cores.of_county(name, county)
            return found[0] if len(found) == 1 else None
        placed = self.cores.named_with_place(name)
        if len(placed) == 1:
            party, word = placed[0]
            namesakes = self.places.called(word) if not _ends_in_kind(word) else set()
            if namesakes <= {party.county}:
                return party
        if self.register:
            return None
        like = {p.code: p for p in (*(p for p, _ in placed), *self.schools.near_schools(name))}
        partners = [p for c, p in like.items() if c in self._partners.get(university, frozenset())]
        alike = [p for p in partners if self.cores.core(name, p.county) == self.cores.core(
            p.name, p.county)]  # fmt: skip
        return alike[0] if len(alike) == 1 else None

    def _surely(self, name: str, party: Party, county: str) -> bool:
        """Whether a short name can mean no other school.

        The row's county has it, or its place has no namesake: 吉安一中 may be the city's.
        """
        if county:
            return party.county == county
        return self.places.called(trimmed(name).partition("#")[0]) == {party.county}

    def parts(self, who: Who, text: str) -> tuple[str, ...]:
        """The names in a cell that names several, such as 甲县一中、乙县一中; none for one name."""
        roster = self.schools if who == "school" else self.universities
        text = unicodedata.normalize("NFKC", text)
        for between, sure in ((_BETWEEN, False), (_AND, True)):
            parts = tuple(part.strip() for part in between.split(text) if part.strip())
            known = [self._is_known(who, roster, part) for part in parts]
            like = [ok or (not sure and bool(_LOOKS_LIKE[who].search(p)))
                    for ok, p in zip(known, parts, strict=True)]  # fmt: skip
            if len(parts) > 1 and all(like):
                return parts
        return ()

    def _is_known(self, who: Who, roster: Roster, name: str) -> bool:
        if roster.coded(name) or roster.named(name):
            return True
        if who == "university":
            return bool(roster.cut_university(name) or roster.usual_university(name))
        return len(self.cores.named_with_place(name)) == 1

    def _choice(self, found: Sequence[Party]) -> dict[str, object]:
        """Those whom a name may mean, for a page to offer."""
        label = self.places.divisions.label
        return {
            "candidates": tuple(
                Candidate(p.name, p.code, label(p.county, "zh") if p.county else "") for p in found
            )
        }

    def _unknown(self, who: Who, name: str, county: str = "") -> Named:
        if who == "school":
            near = self.schools.near_schools(name, county)
        else:
            near = self.universities.near_universities(name)
        return Named("", (self._near(who, near) if near else problem(f"{who}_unknown"),))

    def _near(self, who: Who, near: Sequence[Party]) -> Problem:
        names = tuple(party.name for party in near)
        return problem(f"{who}_near", near=names, **self._choice(near))

    def _by_code(self, who: Who, roster: Roster, code: str, names: Sequence[str]) -> Named:
        party = roster.coded(code)
        if party is None:
            return Named("", (problem(f"{who}_unknown"),))
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
        return tuple(bracketed(f"{divisions.label(p.county, 'zh')}{p.name}", p.code) for p in found)

    def _new_university(self, name: str, code: str) -> Named:
        slip = self.universities.slip_of(name)
        if slip is not None:
            return Named("", (self._near("university", [slip]),))
        party = Party(code or code_of("U", [fold(name)]), name)
        return self._added("university", self.universities, party)

    def _new_school(self, name: str, code: str, county: str) -> Named:
        near = self.schools.near_schools(name, county)
        if near:
            return Named("", (self._near("school", near),))
        if not county:
            return Named("", (problem("school_needs_county"),))
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
        if who == "school":
            self.cores.add(party)
        self.added[party.code] = who, party
        return Named(party.code, (problem(f"{who}_registered", code=party.code),), new=True)


def _ends_in_kind(word: str) -> bool:
    return word.endswith(("县", "市", "区", "旗", "省", "州", "盟"))


def _split(texts: tuple[str, ...], roster: Roster) -> tuple[str, tuple[str, ...]]:
    """Tells codes from names: a code is on record, or written without Chinese characters."""
    code, names = "", []
    for text in texts:
        if roster.coded(text) or (text.isascii() and any(c.isdigit() for c in text)):
            code = code or text
        else:
            names.append(text)
    return code, tuple(names)


def _found(who: Who, party: Party, code: str, name: str) -> Named:
    if code and code != party.code:
        return Named(party.code, (problem("party_code_unknown", code=code, name=party.name),))
    if fold(name) != fold(party.name):
        return Named(party.code, (problem(f"{who}_alias", name=party.name, code=party.code),))
    return Named(party.code)


def _short(who: Who, party: Party) -> Named:
    return Named(party.code, (problem(f"{who}_short", name=party.name, code=party.code),))


def _coded(found: Sequence[Party]) -> tuple[str, ...]:
    return tuple(bracketed(party.name, party.code) for party in found)
