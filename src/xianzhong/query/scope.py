"""What the caller may see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The records that the caller may see; no query runs without one.

    Attributes:
        division: two, four or six digits of a division, or empty for the whole nation.
        university: code of the only university, or empty for all.
        school: code of the only school, or empty for all.
    """

    division: str = ""
    university: str = ""
    school: str = ""


NATION = Scope()
