"""Names of universities, schools and divisions for a scope and snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xianzhong.lake.ledger import Snapshot
from xianzhong.model.divisions import Divisions
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import AnyScope


@dataclass(frozen=True)
class Names:
    """Looks codes up; an unknown code stands for itself.

    Attributes:
        divisions: all divisions.
        universities: name by code.
        schools: name by code.
        school_places: (province, county code) by school code.
    """

    divisions: Divisions
    universities: Mapping[str, str]
    schools: Mapping[str, str]
    school_places: Mapping[str, tuple[str, str]]

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


@lru_cache(maxsize=32)
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
    )
