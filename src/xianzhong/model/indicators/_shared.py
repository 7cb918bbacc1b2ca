"""What an indicator is, and the words that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xianzhong.model.labels import Label

Group = Literal[
    "programme",
    "activity",
    "attention",
    "coverage",
    "difficulties",
    "practices",
    "supporters",
    "support",
    "measures",
    "training",
    "readiness",
]
GROUPS: dict[Group, Label] = {
    "programme": Label("结对与协议", "Pairings and agreements"),
    "activity": Label("帮扶活动", "Activities"),
    "measures": Label("帮扶措施", "Measures"),
    "training": Label("培训", "Training"),
    "attention": Label("需要关注", "Needs attention"),
    "coverage": Label("覆盖", "Coverage"),
    "supporters": Label("帮扶高校", "Supporting universities"),
    "difficulties": Label("困难问题", "Difficulties"),
    "practices": Label("经验做法", "Good practice"),
    "support": Label("县级投入", "County support"),
    "readiness": Label("结对准备情况", "Readiness of the pairings"),
}
_RECORDS = Label("本系统中已导入的记录", "Records loaded into this product")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        id: stable name in snake_case, used by the command line and in links.
        label: name in both languages.
        unit: unit of the value.
        definition: what the value says, with the rule that decides borderline cases.
        formula: how it is computed, in words of the tables' columns.
        source: where the data come from.
        period: whether the value can be compared with the period before: it depends on the
            period, and the two do not share a record.
        question: the ``.sql`` file of query/ that computes it; empty for a published number.
        records: the set of records behind it (see query/behind.py); empty for a published
            number.
        counted: how the value follows from those records, so that page and test can reckon it
            anew: ``rows``, ``distinct COLUMN``, ``count FLAG``, ``sum COLUMN`` (or of the
            product ``A*B``), ``median COLUMN``, ``p90 COLUMN``, ``mean COLUMN``, ``share FLAG``
            (where the flag is known) or ``share PART WHOLE`` (of two sums); shares in % to one
            decimal. Columns are those of the set's question.
    """

    id: str
    group: Group
    label: Label
    unit: Label
    definition: Label
    formula: Label
    source: Label = _RECORDS
    period: bool = True
    question: str = ""
    records: str = ""
    counted: str = "rows"

    @property
    def published(self) -> bool:
        """Whether the value is a published number, with no records behind it."""
        return not self.question

    @property
    def own_rule(self) -> bool:
        """Whether a rule of this product, which no document gives, has a part in the value."""
        return "本系统" in self.definition.zh or "本系统" in self.formula.zh


PAIRS = Label("对", "pairings")
SCHOOLS = Label("所", "schools")
UNIVERSITIES = Label("所", "universities")
COUNTIES = Label("个", "counties")
TIMES = Label("人次", "person-times")
PERCENT = Label("%", "%")
DAYS = Label("天", "days")
WAN = Label("万元", "10,000 yuan")
