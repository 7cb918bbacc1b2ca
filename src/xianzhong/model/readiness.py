"""The checklist of a pairing: what should be in place, and where it is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from xianzhong.model.labels import Label


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that should be in place.

    Attributes:
        id: stable name; the indicator of its share is ``ready_<id>``.
        label: name in both languages.
        short: the same on a column's head.
        column: where it is recorded, as ``table.column``.
        says_no: whether a record can say that it is missing. A date of signing cannot: an
            empty cell only says that none is on record.
    """

    id: str
    label: Label
    short: Label
    column: str
    says_no: bool = True


CHECKLIST: tuple[Item, ...] = (
    Item("agreement", Label("协议签订日期", "Agreement signed"), Label("签约在册", "Signed"),
         "pairings.agreement_date", says_no=False),
    Item("plan", Label("一校一策方案", "Plan for the school"), Label("一校一策", "Plan"),
         "pairings.has_plan"),
    Item("development_plan", Label("学校发展规划", "School development plan"),
         Label("发展规划", "School plan"), "pairings.has_development_plan"),
    Item("county_policy", Label("县级支持政策", "County policy"),
         Label("县级政策", "County policy"), "pairings.has_county_policy"),
    Item("leading_group", Label("高校领导小组", "Leading group"),
         Label("领导小组", "Group"), "universities.has_leading_group"),
    Item("incentives", Label("派驻人员激励政策", "Incentives for staff"),
         Label("激励政策", "Staff policy"), "universities.has_incentives"),
)  # fmt: skip
