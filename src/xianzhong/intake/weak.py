"""Finds today's county for a row of a list of weak counties.

The list keeps its own code and name; ``county_code`` is today's. What does not correspond as
it stands is reported, never dropped. Where code and name disagree the name decides: codes have
been handed to other counties.
"""

from __future__ import annotations

from xianzhong.intake.headers import fold
from xianzhong.intake.places import Hints, Place, Places, division_label
from xianzhong.intake.values import Problem, problem
from xianzhong.model.divisions import Division, FormerName

_BY_CHANGE = {
    "renamed": "listed_same_code",
    "recoded": "listed_code_differs",
    "upgraded": "listed_upgraded",
    "merged": "listed_merged",
    "abolished": "listed_merged",
}


def resolve_listed(places: Places, code: str, name: str, hints: Hints) -> Place:
    """Today's county of a listed code and name, with a finding unless both are today's.

    Args:
        places: the divisions.
        code: the listed code, may be empty.
        name: the listed name.
        hints: the row's province; the code's first two digits serve where it has none.
    """
    holder = places.divisions.get(code)
    if holder is not None and holder.level != "county":
        holder = None
    if holder is not None and fold(holder.name) == fold(name):
        return _checked(places, holder, hints)
    province = places.province(hints.province) or code[:2]
    found = _today(places, code, name, province)
    if found is None:
        return Place("", (("listed", problem("listed_unresolved")),))
    county, rule = found
    if not code and rule == "listed_code_differs":
        return Place(county.code)
    return Place(county.code, (("listed", _said(rule, county, holder)),))


def _checked(places: Places, county: Division, hints: Hints) -> Place:
    province = Hints(province=hints.province)
    return places.find((county.code,), province)


def _today(places: Places, code: str, name: str, province: str) -> tuple[Division, str] | None:
    """The county of today and the rule that says how it was found."""
    divisions = places.divisions
    named = [d for d in divisions.named(name, "county") if places.is_in(d.code, province)]
    if len(named) == 1:
        return named[0], "listed_code_differs"
    former = _former(places, code, name, province)
    current = divisions.get(former.current_code) if former else None
    if former is not None and current is not None:
        return current, _BY_CHANGE.get(former.change, "listed_upgraded")
    county = divisions.get(places.find((name,), Hints(province=province)).code)
    if county is not None and (not code or county.code == code):
        return county, "county_short"
    holder = divisions.get(code)
    if holder is not None and holder.level == "county" and _cut(name, holder.name):
        return holder, "county_short"
    return None


def _cut(short: str, full: str) -> bool:
    """Whether a name is the full one without the peoples in it, as in 积石山自治县."""
    stem = short.removesuffix("自治县").removesuffix("自治旗")
    return len(stem) >= 2 and stem != short and full.startswith(stem)


def _former(places: Places, code: str, name: str, province: str) -> FormerName | None:
    divisions = places.divisions
    exact = [f for f in divisions.formerly(code=code, name=name) if f.current_code] if code else []
    if exact:
        return exact[0]
    by_name = [
        f
        for f in divisions.formerly(name=name)
        if f.current_code and places.is_in(f.current_code, province)
    ]
    codes = {f.current_code for f in by_name}
    return by_name[0] if len(codes) == 1 else None


def _said(rule: str, county: Division, holder: Division | None) -> Problem:
    name = division_label(county)
    if holder is not None and holder.code != county.code:
        other = division_label(holder)
        return problem("listed_code_of_other", name=name, code=county.code, other=other)
    return problem(rule, name=name, code=county.code)
