"""What is said about schools and universities."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

_CHECK_PLACE = ("请核对省、市、县的名称和代码。", "Check the names and codes of the places.")
_REGISTER = (
    "若确是另一所，请先在对应的登记表中登记它。",
    "If it really is another one, first register it in its own table.",
)
_ONE_EACH = (
    "请分行填写，每行一所；也可选择把这一行拆分。",
    "Write one row for each, or choose to split the row.",
)

PARTY_RULES: dict[str, Rule] = {
    "school_unknown": rule(
        "error", "没有登记过这所学校。", "This school is not on record.",
        "请先在“结对关系”或“受援县中”中登记。", "Register it with a pairing or among the schools.",
    ),
    "school_near": rule(
        "error", "没有登记过这所学校，是不是“{near}”？",
        "This school is not on record; did you mean “{near}”?", *_REGISTER,
    ),
    "school_exists": rule(
        "error", "这个县已登记{name}（{code}），去掉地名后与它同名。",
        "This county has {name} ({code}) on record, the same name without the places in it.",
        "若是同一所，请填学校代码 {code}；若确是另一所，请给它填一个自己的学校代码。",
        "Where it is the same one, fill in its code {code}; else give it a code of its own.",
    ),
    "school_several": rule(
        "error", "一个单元格里有几所学校：{parts}。", "One cell names several schools: {parts}.",
        *_ONE_EACH,
    ),
    "school_alias": rule(
        "corrected", "别名或曾用名，按{name}（{code}）记录。",
        "Another or a former name; recorded as {name} ({code}).",
    ),
    "school_short": rule(
        "corrected", "简称，按{name}（{code}）记录。", "A short name; recorded as {name} ({code})."
    ),
    "school_ambiguous": rule(
        "error", "有几所同名的学校：{names}。", "Several schools have this name: {names}.",
        "请改填学校代码，或补填县名。", "Use the school's code, or add the county.",
    ),
    "school_conflict": rule(
        "error", "学校代码 {code} 是{name}，与本行的校名不符。",
        "School code {code} is {name}, not the school named in this row.",
        "请核对代码和校名。", "Check code and name.",
    ),
    "school_elsewhere": rule(
        "error", "{name}在{place}，与本行的县不符。",
        "{name} is in {place}, not in this row's county.",
        *_CHECK_PLACE,
    ),
    "school_needs_county": rule(
        "error", "新学校需要县级代码或县名才能登记。",
        "A new school needs its county's code or name to be registered.",
        "请补填“县级代码”。", "Fill in the county code.",
    ),
    "school_registered": rule(
        "info", "新学校，登记为 {code}。", "A new school; registered as {code}."
    ),
    "university_unknown": rule(
        "error", "没有登记过这所高校（机构）。", "This university is not on record.",
        "请先在“结对关系”或“帮扶高校”中登记。",
        "Register it with a pairing or among the universities.",
    ),
    "university_near": rule(
        "error", "没有登记过这所高校（机构），是不是“{near}”？",
        "This university is not on record; did you mean “{near}”?", *_REGISTER,
    ),
    "university_several": rule(
        "error", "一个单元格里有几所高校（机构）：{parts}。",
        "One cell names several universities: {parts}.", *_ONE_EACH,
    ),
    "university_alias": rule(
        "corrected", "别名或曾用名，按{name}（{code}）记录。",
        "Another or a former name; recorded as {name} ({code}).",
    ),
    "university_short": rule(
        "corrected", "简称，按{name}（{code}）记录。", "A short name; recorded as {name} ({code})."
    ),
    "university_ambiguous": rule(
        "error", "有几所同名的高校（机构）：{names}。",
        "Several universities have this name: {names}.",
        "请改填高校代码。", "Use the university's code.",
    ),
    "university_conflict": rule(
        "error", "高校代码 {code} 是{name}，与本行的校名不符。",
        "University code {code} is {name}, not the one named in this row.",
        "请核对代码和校名。", "Check code and name.",
    ),
    "university_registered": rule(
        "info", "新高校（机构），登记为 {code}。", "A new university; registered as {code}."
    ),
    "party_code_unknown": rule(
        "warning", "代码 {code} 没有登记过，按名称“{name}”对应。",
        "Code {code} is not on record; found by the name “{name}”.",
        "请核对代码。", "Check the code.",
    ),
    "similar_name": rule(
        "warning", "与已登记的“{near}”很相近，仍按新的登记。",
        "Very like “{near}”, which is on record; registered as a new one all the same.",
        "若是同一所，请改用已登记的名称或代码。", "If it is the same, use the name on record.",
    ),
}  # fmt: skip
