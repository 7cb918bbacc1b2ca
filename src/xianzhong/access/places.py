"""What scopes are called, and where the schools lie that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xianzhong.access.errors import UnknownPlaceError
from xianzhong.access.roles import LEVEL_LABELS, ROLE_LABELS, Grant
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.model.divisions import Division
from xianzhong.model.labels import Label
from xianzhong.query.scope import Scope
from xianzhong.reference import load_divisions

_NATION = ("nation", "全国", LEVEL_LABELS["nation"].en)
_NAMED = re.compile(r"(school|university|学校|高校)[:：](.+)", re.DOTALL)
_CHINESE = {"学校": "school", "高校": "university"}


@dataclass(frozen=True)
class Places:
    """Schools and universities of a snapshot, for access alone: no page lists from here.

    Attributes:
        schools: (name, county code) by school code.
        universities: name by code.
    """

    schools: Mapping[str, tuple[str, str]]
    universities: Mapping[str, str]

    def whole(self, scope: Scope) -> Scope:
        """A grant's scope with all that is known of its place: a school's with its county."""
        if not scope.school:
            return scope
        return Scope(self.schools.get(scope.school, ("", ""))[1], scope.university, scope.school)

    def label(self, scope: Scope) -> Label:
        """What a scope or a record's place is called, by the narrowest thing known of it."""
        if scope.school:
            name = self.schools.get(scope.school, (scope.school, ""))[0]
            return Label(name, name)
        if scope.division:
            found = load_divisions().get(scope.division)
            return _path(found) if found else Label(scope.division, scope.division)
        if scope.university:
            name = self.universities.get(scope.university, scope.university)
            return Label(name, name)
        return LEVEL_LABELS["nation"]

    def known(self, scope: Scope) -> bool:
        """Whether the scope is of something on record."""
        return (
            (not scope.school or scope.school in self.schools)
            and (not scope.university or scope.university in self.universities)
            and (not scope.division or load_divisions().get(scope.division) is not None)
        )

    def find(self, text: str) -> Scope:
        """The scope that a text names: ``nation``, a code, a name, ``school:…``.

        Raises:
            UnknownPlaceError: it names none, or several.
        """
        given = text.strip()
        if given in _NATION:
            return Scope()
        if named := _NAMED.fullmatch(given):
            return self._party(_CHINESE.get(named[1], named[1]), named[2].strip(), text)
        found = [d for d in load_divisions() if given in (d.code, d.name, _path(d).zh)]
        if len(found) != 1:
            raise UnknownPlaceError(text)
        return Scope(division=found[0].code)

    def _party(self, what: str, wanted: str, text: str) -> Scope:
        names = (
            {code: name for code, (name, _) in self.schools.items()}
            if what == "school"
            else self.universities
        )
        found = [wanted] if wanted in names else [c for c, n in names.items() if n == wanted]
        if len(found) != 1:
            raise UnknownPlaceError(text)
        return Scope(**{what: found[0]})


def _path(division: Division) -> Label:
    """A division with those above it: 云南省昭通市巧家县."""
    divisions = load_divisions()
    codes = dict.fromkeys((division.province, division.prefecture, division.code))
    above = [found for code in codes if code and (found := divisions.get(code))]
    zh = "".join(one.name for one in above)
    return Label(zh, ", ".join(one.label("en") for one in reversed(above)))


def places_of(lake: Lake, snapshot: Snapshot | None = None) -> Places:
    """The places of a snapshot, the newest one by default.

    Raises:
        LakeError: the lake cannot be read.
    """
    at = snapshot or lake.snapshot()
    return _read(lake, at.version("schools"), at.version("universities"))


@lru_cache(maxsize=8)
def _read(lake: Lake, schools: int, universities: int) -> Places:
    at = Snapshot(0, None, (("schools", schools), ("universities", universities)))
    rows = lake.rows("schools", at, columns=[RECORD_ID, "name", "county_code"]).to_pylist()
    named = lake.rows("universities", at, columns=[RECORD_ID, "name"]).to_pylist()
    return Places(
        {row[RECORD_ID]: (row["name"], row["county_code"] or "") for row in rows},
        {row[RECORD_ID]: row["name"] for row in named},
    )


def grant_label(places: Places, grant: Grant) -> Label:
    """A grant in words: 填报人员（云南省，至 2026-06-30）."""
    role, where = ROLE_LABELS[grant.role], places.label(grant.scope)
    zh = f"{where.zh}，至 {grant.until}" if grant.until else where.zh
    en = f"{where.en}, until {grant.until}" if grant.until else where.en
    return Label(f"{role.zh}（{zh}）", f"{role.en} ({en})")
