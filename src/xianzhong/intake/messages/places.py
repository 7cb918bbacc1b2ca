"""What is said about provinces, prefectures and counties."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

_CHECK_PLACE = ("请核对省、市、县的名称和代码。", "Check the names and codes of the places.")

PLACE_RULES: dict[str, Rule] = {
    "province_unknown": rule(
        "error", "没有这个省级行政区。", "There is no such province.", *_CHECK_PLACE
    ),
    "province_mismatch": rule(
        "error", "{county}属于{province}，与本行的省份不符。",
        "{county} belongs to {province}, not to the province in this row.", *_CHECK_PLACE,
    ),
    "prefecture_mismatch": rule(
        "warning", "{county}属于{prefecture}，与本行的市（州）不同。",
        "{county} belongs to {prefecture}, not to the prefecture in this row.", *_CHECK_PLACE,
    ),
    "county_unknown": rule(
        "error", "没有这个县级行政区。", "There is no such county.", *_CHECK_PLACE
    ),
    "county_near": rule(
        "error", "没有这个县级行政区，是不是“{near}”？", "No such county; did you mean “{near}”?",
        *_CHECK_PLACE,
    ),
    "county_ambiguous": rule(
        "error", "有几个同名的县级行政区：{names}。", "Several counties have this name: {names}.",
        "请补填省份和市（州），或改填六位代码。", "Add province and prefecture, or use the code.",
    ),
    "county_conflict": rule(
        "error", "代码 {code} 是{name}，与本行的县名不符。",
        "Code {code} is {name}, not the county named in this row.", *_CHECK_PLACE,
    ),
    "county_former": rule(
        "corrected", "旧名或旧代码，现为{name}（{code}）。",
        "A former name or code; today it is {name} ({code}).",
    ),
    "county_short": rule(
        "corrected", "简称，按{name}（{code}）记录。", "A short name; recorded as {name} ({code})."
    ),
    "listed_same_code": rule(
        "corrected", "名单上的名称已改，代码 {code} 现为{name}。",
        "The listed name has changed; code {code} is {name} today.",
    ),
    "listed_code_differs": rule(
        "corrected", "名单上的代码与现行代码不同，按名称对应为{name}（{code}）。",
        "The listed code is not today's; by its name it is {name} ({code}).",
    ),
    "listed_code_of_other": rule(
        "warning", "名单上的代码现属{other}；按名称对应为{name}（{code}）。",
        "The listed code belongs to {other} today; by its name it is {name} ({code}).",
        "请核对名单。", "Check the list.",
    ),
    "listed_merged": rule(
        "warning", "已撤销，大部分并入{name}（{code}）。",
        "Dissolved; all or most of it is in {name} ({code}) now.",
    ),
    "listed_upgraded": rule(
        "corrected", "已改设为{name}（{code}）。", "It has become {name} ({code})."
    ),
    "listed_unresolved": rule(
        "warning", "在现行区划中找不到对应的县，现行代码留空。",
        "No county of today corresponds; the current code is left empty.",
        "如知道现行代码，请补填。", "Fill in the current code if you know it.",
    ),
}  # fmt: skip
