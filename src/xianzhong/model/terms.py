"""School years and terms.

The autumn term runs from 1 September to the end of January, the spring term from
1 February to 31 August: a decision of this product, not an official rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from xianzhong.model.labels import Lang

FIRST_YEAR, LAST_YEAR = 2000, 2099
_CODE = re.compile(r"(\d{4})-([12])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One school term.

    Attributes:
        year: calendar year in which the school year begins.
        half: 1 for autumn, 2 for spring.
    """

    year: int
    half: int

    @classmethod
    def parse(cls, code: str) -> Term:
        """The term of a code such as ``2024-1`` (autumn of 2024-2025).

        Raises:
            ValueError: not such a code, or a year outside 2000 to 2099.
        """
        match = _CODE.fullmatch(code)
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise ValueError(f"not a term code: {code!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Term:
        """The term in which ``day`` lies."""
        if day.month >= 9:
            return cls(day.year, 1)
        return cls(day.year - 1, 1 if day.month == 1 else 2)

    @property
    def code(self) -> str:
        """Stable code, as in a URL: ``2024-1``."""
        return f"{self.year}-{self.half}"

    @property
    def first_day(self) -> date:
        """1 September or 1 February."""
        return date(self.year, 9, 1) if self.half == 1 else date(self.year + 1, 2, 1)

    @property
    def last_day(self) -> date:
        """31 January or 31 August."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Term:
        """The term that follows."""
        return Term(self.year, 2) if self.half == 1 else Term(self.year + 1, 1)

    @property
    def previous(self) -> Term:
        """The term before."""
        return Term(self.year, 1) if self.half == 2 else Term(self.year - 1, 2)

    def label(self, lang: Lang) -> str:
        """The official wording, such as 2024-2025学年秋季学期."""
        years = f"{self.year}-{self.year + 1}"
        if lang == "zh":
            return f"{years}学年{'秋季' if self.half == 1 else '春季'}学期"
        return f"{'Autumn' if self.half == 1 else 'Spring'} term {years}"


def terms_between(found: Iterable[Term]) -> list[Term]:
    """The terms from the first to the last of some, with none left out."""
    known = sorted(set(found))
    terms = known[:1]
    while terms and terms[-1] < known[-1]:
        terms.append(terms[-1].next)
    return terms
