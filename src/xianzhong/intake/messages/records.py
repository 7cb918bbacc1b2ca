"""What is said about a whole record."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

RECORD_RULES: dict[str, Rule] = {
    "end_before_start": rule(
        "error", "“{end}”早于“{start}”。", "“{end}” is before “{start}”.",
        "请核对两个日期。", "Check the two dates.",
    ),
    "in_future": rule(
        "error", "日期晚于今天（{today}）。", "The date is after today ({today}).",
        "计划中的活动请在开展后再报。", "Report planned activities once they have begun.",
    ),
    "long_activity": rule(
        "warning", "从开始到结束超过一年（{days} 天）。",
        "More than a year from start to end ({days} days).",
        "请核对两个日期的年份。", "Check the years of both dates.",
    ),
    "out_of_scope": rule(
        "error", "{place}不在您的权限范围内。", "{place} is outside what you may change.",
        "请只填报您权限范围内的记录。", "Report only what lies within your own scope.",
    ),
    "term_closed": rule(
        "error", "{place}的{term}已封账，记录不能再改。",
        "{term} is closed for the province of {place}: its records stay as they are.",
        "请联系本省管理员更正，或请其重新开放该学期。",
        "Ask an administrator of the province to correct it, or to open the term again.",
    ),
    "split_row": rule(
        "warning", "这一行按 {parts} 拆成 {count} 条；数字只记在第一条。",
        "This row became {count} records, for {parts}; its numbers stand in the first only.",
        "请核对各条的数字。", "Check the numbers of each.",
    ),
    "not_paired": rule(
        "warning", "{university}与{school}没有在册的结对。",
        "{university} and {school} have no pairing on record.",
        "若已结对，请补报结对关系。", "If they are paired, load the pairing.",
    ),
    "before_pairing": rule(
        "warning", "早于结对开始（{start}）半年以上。",
        "More than half a year before the pairing began ({start}).",
        "请核对日期。", "Check the date.",
    ),
    "no_amount": rule(
        "error", "承诺金额和落实金额都没有。",
        "Neither a promised nor a delivered amount is given.",
        "请至少填一个；确实没有投入时填 0。", "Give at least one of them; write 0 for none.",
    ),
    "brand_fee": rule(
        "warning", "政策规定不得收取品牌费。", "The policy allows no brand fee.",
        "请核对类别和金额。", "Check category and amount.",
    ),
    "delivered_above_promised": rule(
        "warning", "落实金额大于承诺金额。", "More was delivered than promised.",
        "若属实可不改。", "Leave it if it is right.",
    ),
    "aside_too_long": rule(
        "error", "提醒最多暂缓一年（{days} 天）。",
        "An alert is put aside for a year at most ({days} days).",
        "请改为较近的日期，到期后可以再次暂缓。", "Choose an earlier day; it can be renewed.",
    ),
    "resolved_but_open": rule(
        "error", "填了解决日期，状态却是“{state}”。",
        "There is a date of its solution, but the state is “{state}”.",
        "已解决的请把状态改为“已解决”；没有解决的请清除解决日期。",
        "If it is resolved, say so in its state; if not, take the date away.",
    ),
    "resolved_undated": rule(
        "warning", "状态为“已解决”，没有填解决日期。", "It is resolved, but no date is given.",
        "请补填，否则无法计算解决用时；系统里已有日期的不用再填。",
        "Add it, or the days cannot be counted; a date on record is kept.",
    ),
    "duplicate_row": rule(
        "warning", "与第 {first} 行完全相同，只记一次。", "The same as row {first}; recorded once."
    ),
    "like_stored": rule(
        "warning", "已有同校、同高校、同类型、同日开始的记录“{title}”（{code}），仍按新的记录。",
        "A record of the same school, university, kind and start is there already: “{title}” "
        "({code}); recorded as a new one all the same.",
        "若是同一次活动，请改用已有的名称或编号。", "If it is the same, use its title or code.",
    ),
    "like_row": rule(
        "warning", "与第 {first} 行同校、同高校、同类型、同日开始，名称“{title}”相近。",
        "The same school, university, kind and start as row {first}, and a title like “{title}”.",
        "若是同一次活动，请只保留一行。", "If it is the same, keep one of them.",
    ),
    "duplicate_conflict": rule(
        "error", "与第 {first} 行是同一条记录，但内容不同。",
        "The same record as row {first}, with other content.",
        "请合并，或用编号、名称加以区分。", "Merge them, or tell them apart by code or title.",
    ),
    "key_taken": rule(
        "error", "改动后与已有记录 {code} 相同。", "With this change it equals record {code}.",
        "请核对编号。", "Check the code.",
    ),
    "code_kept": rule(
        "warning", "已有同一条记录，编号为 {code}；保留原编号。",
        "The record is there already under the code {code}, which is kept.",
        "请改用原编号。", "Use the code on record.",
    ),
    "code_not_ours": rule(
        "info", "看来是序号而不是编号，未采用。", "This looks like a running number; not used."
    ),
    "renamed": rule(
        "warning", "代码 {code} 的名称由“{old}”改为“{new}”。",
        "The name of code {code} changes from “{old}” to “{new}”.",
        "若不是改名，请核对代码。", "If it was not renamed, check the code.",
    ),
    "empty_keeps": rule(
        "info", "“{column}”有 {count} 个空单元格，保留原有的值。",
        "“{column}” has {count} empty cells; the stored values are kept.",
        "要清除原有的值，请填“（清空）”。", "To erase a stored value write （清空）.",
    ),
}  # fmt: skip
