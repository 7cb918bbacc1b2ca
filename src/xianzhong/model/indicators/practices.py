"""Good practice: how much is recorded and how far it has spread."""

from __future__ import annotations

from xianzhong.model.indicators._shared import Indicator
from xianzhong.model.labels import Label

_ITEMS = Label("条", "practices")

PRACTICES: tuple[Indicator, ...] = (
    Indicator(
        "practices_recorded", "practices", Label("在册经验", "Practices recorded"), _ITEMS,
        Label(
            "已记录的经验做法；选了时段时，只计时段内发布的。",
            "Good practice on record; with a period chosen, that published in it.",
        ),
        Label("经验做法的行数。", "Rows of practices."),
        question="practice_totals", records="practices",
    ),
    Indicator(
        "practices_province", "practices", Label("推广到全省", "Spread by a province"), _ITEMS,
        Label(
            "推广范围填为“全省”的经验做法；已推广到全国的另计。",
            "Practices whose spread is the province; those spread nationally are counted apart.",
        ),
        Label("推广范围为“全省”的行数。", "Rows whose spread is the province."),
        question="practice_totals", records="practices_province",
    ),
    Indicator(
        "practices_nation", "practices", Label("推广到全国", "Spread nationally"), _ITEMS,
        Label("推广范围填为“全国”的经验做法。", "Practices whose spread is the nation."),
        Label("推广范围为“全国”的行数。", "Rows whose spread is the nation."),
        question="practice_totals", records="practices_nation",
    ),
)  # fmt: skip
