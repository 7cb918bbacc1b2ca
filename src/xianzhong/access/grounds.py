"""Which records a scope lets through, told of single rows.

The gate says the same of whole tables, in SQL (``query/scoping``); a test holds the two together.
Rows are asked for here where no snapshot would be worth building: the parts of an upload.
Writing is narrower than seeing: a university writes what names it and no more, and its pairings
must be on record before, for who can write a pairing could open any school.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

import pyarrow as pa

from xianzhong.access.places import Places, places_of
from xianzhong.access.reach import lies_in
from xianzhong.intake.check import Where, where_of
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES
from xianzhong.query.scope import NATION, AnyScope, Scope, parts_of
from xianzhong.reference import load_divisions

Row = Mapping[str, Any]
Pairs = frozenset[tuple[str, str]]
_BY_BOTH = ("pairings", "activities")


class Grounds:
    """What one snapshot says of where records belong.

    Args:
        lake: where.
        snapshot: the state whose schools, pairings and activities decide.
        counties: county codes of schools that are not, or otherwise, in that state.
    """

    def __init__(
        self, lake: Lake, snapshot: Snapshot, counties: Mapping[str, str] | None = None
    ) -> None:
        self.places: Places = places_of(lake, snapshot)
        self._lake, self._snapshot = lake, snapshot
        self._counties = counties or {}

    def county_of(self, school: str) -> str:
        """The county of a school, empty where the school is not on record."""
        return self._counties.get(school) or self.places.schools.get(school, ("", ""))[1]

    @cached_property
    def paired(self) -> Pairs:
        """(school, university) of every pairing on record."""
        return _pairs(self._lake, "pairings", self._snapshot.version("pairings"))

    @cached_property
    def linked(self) -> Pairs:
        """(school, university) of every pairing and every activity on record."""
        return self.paired | _pairs(self._lake, "activities", self._snapshot.version("activities"))

    def where(self, table: str, row: Row) -> Where:
        """Where a stored row belongs."""
        return where_of(TABLES[table], row, self.county_of)

    # Seeing

    def sees(self, scope: AnyScope, table: str, row: Row) -> bool:
        """Whether a scope shows a stored row."""
        if scope == NATION:
            return True
        rule = {"universities": self._university, "weak_counties": self._weak}.get(table)
        if rule is not None:
            return any(rule(part, row) for part in parts_of(scope))
        where = self.where(table, row)
        return any(self._record(part, where) for part in parts_of(scope))

    def _record(self, part: Scope, where: Where) -> bool:
        inside = lies_in(where.county, part.division) and part.school in ("", where.school)
        if not part.university or not inside:
            return inside
        if where.table in _BY_BOTH:
            return where.university == part.university
        return where.school in self._own(part)

    def _own(self, part: Scope) -> set[str]:
        """The schools on record in a scope, ``division`` left out."""
        schools = self.places.schools.keys()
        found = {part.school} & schools if part.school else set(schools)
        if part.university:
            found &= {s for s, u in self.linked if u == part.university}
            found = found if part.university in self.places.universities else set()
        return found

    def _university(self, part: Scope, row: Row) -> bool:
        code = str(row[RECORD_ID])
        if part.university not in ("", code):
            return False
        if not (part.division or part.school):
            return True
        return any(
            university == code
            and lies_in(self.county_of(school), part.division)
            and part.school in ("", school)
            for school, university in self.linked
        )

    def _weak(self, part: Scope, row: Row) -> bool:
        county, listed = str(row["county_code"] or ""), str(row["listed_code"] or "")
        known, wide = load_divisions().get(county), part.division
        # Without a county today it lies where its old code says; no county of today is it then.
        lies = lies_in(county, wide) if known or len(wide) == 6 else listed.startswith(wide)
        if not (part.university or part.school):
            return lies
        return lies and county in {self.county_of(school) for school in self._own(part)}

    # Writing

    def writes(self, scope: AnyScope) -> Callable[[Where], bool]:
        """Whether a record that belongs somewhere may be put or taken away there."""
        if scope == NATION:
            return lambda _: True
        parts = parts_of(scope)
        return lambda where: any(self._may_write(part, where) for part in parts)

    def _may_write(self, part: Scope, where: Where) -> bool:
        if part.university:
            own = where.university == part.university
            known = (where.school, where.university) in self.paired
            return own and (where.table == "universities" or (where.table in _BY_BOTH and known))
        if where.table == "universities":
            return False
        if part.school:
            # Nor may a school be moved into another county by its own hand.
            return where.school == part.school and where.county == self.county_of(part.school)
        return lies_in(where.county, part.division)


@lru_cache(maxsize=8)
def _pairs(lake: Lake, table: str, version: int) -> Pairs:
    at = Snapshot(0, None, ((table, version),))
    rows: pa.Table = lake.rows(table, at, columns=["school_code", "university_code"])
    distinct = rows.group_by(["school_code", "university_code"]).aggregate([]).to_pylist()
    return frozenset((row["school_code"], row["university_code"]) for row in distinct)
