"""Whether a place lies in a scope. The gate says the same of records in SQL (query/scoping)."""

from __future__ import annotations

from dataclasses import replace

from xianzhong.query.scope import AnyScope, Scope, parts_of, union
from xianzhong.reference import load_divisions


def lies_in(code: str, wide: str) -> bool:
    """Whether a division, by its code, is another one or lies in it; anything lies in ``""``.

    By the divisions and not by the digits: the corps' cities have codes of 65 and belong to 66.
    A code that the divisions do not know lies where its digits say, as in the gate.
    """
    if not wide or code == wide:
        return True
    if not code:
        return False
    known = load_divisions().get(code)
    above = (known.province, known.prefecture) if known else (code[:2], code[:4])
    return wide in above


def covers(wide: AnyScope, place: Scope) -> bool:
    """Whether some part of a scope holds all of a place.

    Args:
        wide: what somebody may.
        place: says all that is known of it: a school's with its county, a record's with its
            county, school and university.
    """
    return any(
        lies_in(place.division, part.division)
        and part.university in ("", place.university)
        and part.school in ("", place.school)
        for part in parts_of(wide)
    )


def within_division(scope: AnyScope, code: str) -> AnyScope:
    """What of a scope lies in a division; all of it for ``""``."""
    found = []
    for part in parts_of(scope):
        if lies_in(part.division, code):
            found.append(part)
        elif lies_in(code, part.division):
            found.append(replace(part, division=code))
    return union(found)
