"""The filter object: one value that gives the URL, the SQL values and the period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Protocol

from xianzhong.model.divisions import Divisions
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import Label
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.terms import Term

FIELDS = (
    "province", "prefecture", "county", "school", "scheme", "university", "term", "from", "to",
    "kind",
)  # fmt: skip
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class Known(Protocol):
    """The codes that exist, against which a link is checked."""

    @property
    def divisions(self) -> Divisions:
        """All divisions."""

    def has_university(self, code: str) -> bool:
        """Whether a university of this code is on record."""

    def has_school(self, code: str) -> bool:
        """Whether a school of this code is on record."""

    def school_place(self, code: str) -> str:
        """Code of the county of a school on record, empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a link that was ignored, and why."""

    parameter: str
    value: str
    reason: Label


@dataclass(frozen=True, slots=True)
class Filters:
    """What a view is restricted to; empty fields restrict nothing.

    Attributes:
        province, prefecture, county: two, four and six digits.
        school, university: codes.
        scheme, kind: codes, any of which matches.
        term: a school term; excludes the dates.
        date_from, date_to: first and last day, both included.
    """

    province: str = ""
    prefecture: str = ""
    county: str = ""
    school: str = ""
    scheme: tuple[str, ...] = ()
    university: str = ""
    term: Term | None = None
    date_from: date | None = None
    date_to: date | None = None
    kind: tuple[str, ...] = ()

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day of the chosen period, None for all time."""
        if self.term is not None:
            return self.term.first_day, self.term.last_day
        if self.date_from is None and self.date_to is None:
            return None
        return self.date_from or EARLIEST, self.date_to or LATEST

    def previous(self) -> Filters | None:
        """The same filters over the period before, None where there is none.

        Before a term comes the previous term; before a range of dates the range of as many
        days that ends the day before it begins.
        """
        if self.term is not None:
            return replace(self, term=self.term.previous)
        if self.date_from is None or self.date_to is None:
            return None
        days = (self.date_to - self.date_from).days + 1
        if (self.date_from - EARLIEST).days < days:
            return None
        end = self.date_from - timedelta(days=1)
        return replace(self, date_from=end - timedelta(days=days - 1), date_to=end)

    def without(self, parameter: str) -> Filters:
        """The filters with one part of the sentence taken away, and what depends on it."""
        gone: dict[str, dict[str, object]] = {
            "province": {"province": "", "prefecture": "", "county": "", "school": ""},
            "prefecture": {"prefecture": "", "county": "", "school": ""},
            "county": {"county": "", "school": ""},
            "scheme": {"scheme": ()},
            "kind": {"kind": ()},
            "term": {"term": None},
            "dates": {"date_from": None, "date_to": None},
            "university": {"university": ""},
            "school": {"school": ""},
        }
        return replace(self, **gone[parameter])  # type: ignore[arg-type]

    def to_params(self) -> dict[str, str]:
        """The URL's parameters, in a fixed order, without the empty ones."""
        values = {
            "province": "" if self.prefecture or self.county else self.province,
            "prefecture": "" if self.county else self.prefecture,
            "county": self.county,
            "school": self.school,
            "scheme": ",".join(self.scheme),
            "university": self.university,
            "term": self.term.code if self.term else "",
            "from": self.date_from.isoformat() if self.date_from else "",
            "to": self.date_to.isoformat() if self.date_to else "",
            "kind": ",".join(self.kind),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def empty(self) -> bool:
        """Whether nothing is restricted."""
        return all(not getattr(self, field.name) for field in fields(self))


UNKNOWN = Label("没有这个代码", "there is no such code")
UNKNOWN_NAME = Label("链接里没有这种条件", "a link has no such part")
_ONCE = Label("只能有一个值，取最后一个", "there can be one value only; the last one is used")
_NOT_A_TERM = Label("不是学期代码（例如 2024-1）", "not a term code (such as 2024-1)")
_NOT_A_DATE = Label(
    "不是2000年到2099年的日期（例如 2024-03-05）", "not a date of 2000 to 2099 (such as 2024-03-05)"
)
_BACKWARDS = Label("结束早于开始", "it ends before it begins")
_BOTH = Label("已选了学期，日期不再使用", "a term is chosen, so the dates are not used")
_OUTSIDE = Label("与上一级区划不一致", "it lies outside the division above it")


class _Reader:
    """Reads one link's parameters and notes what it had to ignore."""

    def __init__(self, params: Mapping[str, str], known: Known) -> None:
        self.params, self.known = params, known
        self.problems: list[Problem] = []

    def ignore(self, parameter: str, reason: Label, value: str | None = None) -> None:
        shown = self.params[parameter] if value is None else value
        self.problems.append(Problem(parameter, shown[:80], reason))

    def division(self, parameter: str, digits: int) -> str:
        code = self.params.get(parameter, "").strip()
        if not code:
            return ""
        if len(code) != digits or self.known.divisions.get(code) is None:
            self.ignore(parameter, UNKNOWN)
            return ""
        return code

    def place(self) -> dict[str, str]:
        divisions = self.known.divisions
        province = self.division("province", 2)
        prefecture = self.division("prefecture", 4)
        county = self.division("county", 6)
        found = divisions.get(prefecture) if prefecture else None
        if found is not None:
            if province and found.province != province:
                self.ignore("prefecture", _OUTSIDE)
                prefecture = ""
            else:
                province = found.province
        found = divisions.get(county) if county else None
        if found is not None:
            if (province and found.province != province) or (
                prefecture and found.prefecture != prefecture
            ):
                self.ignore("county", _OUTSIDE)
                county = ""
            else:
                province, prefecture = found.province, found.prefecture
        return {"province": province, "prefecture": prefecture, "county": county}

    def school(self, place: Mapping[str, str]) -> str:
        code = self.params.get("school", "").strip()
        if not code:
            return ""
        if not self.known.has_school(code):
            self.ignore("school", UNKNOWN)
            return ""
        county = self.known.divisions.get(self.known.school_place(code))
        for level, of_school in (
            ("province", county.province if county else ""),
            ("prefecture", county.prefecture if county else ""),
            ("county", county.code if county else ""),
        ):
            if place[level] and of_school and place[level] != of_school:
                self.ignore("school", _OUTSIDE)
                return ""
        return code

    def codes(self, parameter: str, allowed: Iterable[str]) -> tuple[str, ...]:
        order = list(allowed)
        given = [c.strip() for c in self.params.get(parameter, "").split(",") if c.strip()]
        for code in given:
            if code not in order:
                self.ignore(parameter, UNKNOWN, code)
        return tuple(code for code in order if code in given)

    def code(self, parameter: str, exists: bool) -> str:
        code = self.params.get(parameter, "").strip()
        if code and not exists:
            self.ignore(parameter, UNKNOWN)
            return ""
        return code

    def term(self) -> Term | None:
        code = self.params.get("term", "").strip()
        if not code:
            return None
        try:
            term = Term.parse(code)
        except ValueError:
            term = None
        # Digits of other scripts read as numbers too, but a link has one spelling only.
        if term is None or term.code != code:
            self.ignore("term", _NOT_A_TERM)
            return None
        return term

    def day(self, parameter: str) -> date | None:
        text = self.params.get(parameter, "").strip()
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            self.ignore(parameter, _NOT_A_DATE)
            return None
        return day

    def dates(self, term: Term | None) -> tuple[date | None, date | None]:
        first, last = self.day("from"), self.day("to")
        if term is not None:
            for parameter, day in (("from", first), ("to", last)):
                if day is not None:
                    self.ignore(parameter, _BOTH)
            return None, None
        if first and last and last < first:
            self.ignore("to", _BACKWARDS)
            return first, None
        return first, last


def joined(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The parameters of a query string, each once: what may have several values has them all.

    Returns:
        The parameters, and a problem for each value of another one that is not used.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in pairs:
        if name in found and name in ("scheme", "kind"):
            found[name] = f"{found[name]},{value}"
            continue
        if name in found and name in FIELDS and found[name] != value:
            problems.append(Problem(name, found[name][:80], _ONCE))
        found[name] = value
    return found, tuple(problems)


def parse_filters(params: Mapping[str, str], known: Known) -> tuple[Filters, tuple[Problem, ...]]:
    """The filters of a link, and what of it was ignored.

    Never raises: an unknown or impossible value is named in a problem and left out.
    Parameters that are not filters (``lang`` and the like) are passed over.
    """
    reader = _Reader(params, known)
    place = reader.place()
    university = params.get("university", "").strip()
    term = reader.term()
    first, last = reader.dates(term)
    filters = Filters(
        **place,
        school=reader.school(place),
        scheme=reader.codes("scheme", SCHEME_BY_CODE),
        university=reader.code("university", known.has_university(university)),
        term=term,
        date_from=first,
        date_to=last,
        kind=reader.codes("kind", KIND_BY_CODE),
    )
    return filters, tuple(reader.problems)
