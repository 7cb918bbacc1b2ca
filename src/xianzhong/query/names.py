"""Names of universities, schools and divisions for a scope and snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xianzhong.lake.ledger import Snapshot
from xianzhong.model.divisions import Divisions
from xianzhong.model.labels import LISTED, Label, Lang, bracketed
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION, AnyScope, Scope, parts_of
from xianzhong.query.sentence import WHOLE_NATION

_SCOPE = Label("权限范围", "All you may see")
_NOTHING = Label("没有可查看的范围", "Nothing that you may see")
_MORE = Label("等另外 {n} 处", "and {n} more")
_MOST_NAMED = 3


@dataclass(frozen=True)
class Names:
    """Looks codes up; an unknown code stands for itself.

    Attributes:
        divisions: all divisions.
        universities: name by code.
        schools: name by code.
        school_places: (province, county code) by school code.
        scope: whose names they are.
    """

    divisions: Divisions
    universities: Mapping[str, str]
    schools: Mapping[str, str]
    school_places: Mapping[str, tuple[str, str]]
    scope: AnyScope = NATION

    def everywhere(self, lang: Lang) -> str:
        """What "everywhere" is for the reader: the whole nation, or the places of the scope."""
        places = parts_of(self.scope)
        if self.scope == NATION:
            return WHOLE_NATION[lang]
        if not places:
            return _NOTHING[lang]
        named = [self._place(place, lang) for place in places[:_MOST_NAMED]]
        if len(places) > _MOST_NAMED:
            named.append(_MORE[lang].format(n=len(places) - _MOST_NAMED))
        return bracketed(_SCOPE[lang], LISTED[lang].join(named), lang)

    def reaches(self, division: str) -> bool:
        """Whether any of the scope may lie within a division, given by its code."""
        return any(self._reaches(part, division) for part in parts_of(self.scope))

    def _reaches(self, scope: Scope, division: str) -> bool:
        # A university's schools may lie anywhere.
        place = scope.division or self.school_places.get(scope.school, ("", ""))[1]
        return place.startswith(division) or division.startswith(place)

    def _place(self, scope: Scope, lang: Lang) -> str:
        if scope.school:
            return self.school(scope.school)
        if scope.division:
            return self.divisions.label(scope.division, lang)
        return self.university(scope.university)

    def has_university(self, code: str) -> bool:
        """Whether a university of this code is on record and in scope."""
        return code in self.universities

    def has_school(self, code: str) -> bool:
        """Whether a school of this code is on record and in scope."""
        return code in self.schools

    def school_place(self, code: str) -> str:
        """Code of the county of a school, empty where it is not known."""
        return self.school_places.get(code, ("", ""))[1]

    def university(self, code: str) -> str:
        """Name of a university."""
        return self.universities.get(code, code)

    def school(self, code: str) -> str:
        """Name of a school."""
        return self.schools.get(code, code)


@lru_cache(maxsize=64)
def names_of(engine: Engine, snapshot: Snapshot, scope: AnyScope) -> Names:
    """The names that a scope may see in a snapshot."""
    frame = engine.run("names", View(snapshot, scope, Filters()))
    universities = frame[frame["what"] == "university"]
    schools = frame[frame["what"] == "school"]
    return Names(
        engine.divisions,
        dict(zip(universities["code"], universities["name"], strict=True)),
        dict(zip(schools["code"], schools["name"], strict=True)),
        dict(
            zip(
                schools["code"],
                zip(schools["province"], schools["county_code"], strict=True),
                strict=True,
            )
        ),
        scope,
    )
