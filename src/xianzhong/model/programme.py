"""Published totals of the Ministry's programme, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from xianzhong.model.labels import Label


@dataclass(frozen=True, slots=True)
class Announced:
    """A published number and where it was published."""

    value: int
    source: Label
    date: str


_ANNOUNCEMENT = Label(
    "教育部关于启动实施部属高校县中托管帮扶项目的发布（教基厅函〔2022〕13号）",
    "Ministry of Education announcement on starting the programme （教基厅函〔2022〕13号）",
)
PAIRINGS_ANNOUNCED = Announced(115, _ANNOUNCEMENT, "2022-08-31")
UNIVERSITIES_ANNOUNCED = Announced(48, _ANNOUNCEMENT, "2022-08-31")
PROVINCES_ANNOUNCED = Announced(24, _ANNOUNCEMENT, "2022-08-31")
AGREEMENT_YEARS = 3
