"""What an indicator is, and the words that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xianzhong.model.labels import Label

Group = Literal["programme", "activity", "attention", "coverage", "supporters", "readiness"]
GROUPS: dict[Group, Label] = {
    "programme": Label("结对与协议", "Pairings and agreements"),
    "activity": Label("帮扶活动", "Activities"),
    "attention": Label("需要关注", "Needs attention"),
    "coverage": Label("覆盖", "Coverage"),
    "supporters": Label("帮扶高校", "Supporting universities"),
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
        period: whether the value depends on the chosen period, so that the one before
            can be compared.
        question: the ``.sql`` file of query/ that computes it; empty for a published number.
        records: the set of records behind it (see query/behind.py); empty for a published
            number.
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


PAIRS = Label("对", "pairings")
SCHOOLS = Label("所", "schools")
UNIVERSITIES = Label("所", "universities")
COUNTIES = Label("个", "counties")
TIMES = Label("人次", "person-times")
PERCENT = Label("%", "%")
DAYS = Label("天", "days")
