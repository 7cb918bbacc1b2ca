"""Two views that differ in one thing: province, term or university."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xianzhong.model.labels import Label
from xianzhong.model.terms import Term
from xianzhong.query.filters import Filters

WAYS: dict[str, Label] = {
    "province": Label("省份", "Provinces"),
    "university": Label("高校", "Universities"),
    "term": Label("学期", "Terms"),
}


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared, and the code of each side; empty where none is chosen."""

    by: str
    first: str
    second: str

    @property
    def swapped(self) -> Sides:
        """The same with the sides exchanged."""
        return Sides(self.by, self.second, self.first)


def chosen_way(filters: Filters) -> str:
    """What a view is about: a province first, then a university, then a term; empty for none."""
    if filters.province:
        return "province"
    if filters.university:
        return "university"
    return "term" if filters.term else ""


def code_of(filters: Filters, by: str) -> str:
    """The code that the filters have for what is compared."""
    if by == "term":
        return filters.term.code if filters.term else ""
    return filters.province if by == "province" else filters.university


def with_code(filters: Filters, by: str, code: str) -> Filters:
    """The filters for one side. A school, and below a province its places, are of one side only.

    Raises:
        ValueError: ``by`` is a term and ``code`` is none.
    """
    if by == "province":
        return replace(filters, province=code, prefecture="", county="", school="")
    if by == "university":
        return replace(filters, university=code, school="")
    term = Term.parse(code) if code else None
    return replace(filters, term=term, date_from=None, date_to=None)
