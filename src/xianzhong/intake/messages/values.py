"""What is said about the value of one cell."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

_DATE_FORMS = (
    "可写 2024-03-05、2024年3月5日；只知道月份时写 2024年3月。",
    "Write 2024-03-05, or 2024-03 where only the month is known.",
)

VALUE_RULES: dict[str, Rule] = {
    "required": rule(
        "error", "“{column}”必填。", "“{column}” is required.", "请补填。", "Fill it in."
    ),
    "required_above": rule(
        "error", "“{column}”必填；第 {first} 行是“{above}”。",
        "“{column}” is required; row {first} has “{above}”.",
        "请补填；若与上面相同，可在“问题”中选择照上一行填写。",
        "Fill it in, or choose to fill it from the row above.",
    ),
    "filled_above": rule(
        "corrected", "原为空，照第 {first} 行填为“{above}”。",
        "It was empty; filled with “{above}” from row {first}.",
    ),
    "formula_error": rule(
        "error", "单元格是公式错误。", "The cell holds a formula's error.",
        "请改填数值或文字。", "Write the value itself.",
    ),
    "formula_no_value": rule(
        "error", "单元格是公式，但文件里没有计算结果。",
        "The cell holds a formula, and the file does not have its result.",
        "请用 Excel 或 WPS 打开并保存一次，或改填数值。",
        "Open and save the file in a spreadsheet program, or write the value itself.",
    ),
    "too_long": rule(
        "error", "文字超过 {limit} 个字。", "The text is longer than {limit} characters.",
        "请缩短。", "Shorten it.",
    ),
    "not_a_number": rule(
        "error", "不是数字。", "This is not a number.",
        "请只填数字；没有数据时留空，不要填 0。", "Write digits only; leave it empty if unknown.",
    ),
    "number_range": rule(
        "error", "填的是一个范围，不是一个数。", "This is a range, not one number.",
        "请只填一个数。", "Write one number.",
    ),
    "is_percent": rule(
        "error", "填的是百分比，不是“{expected}”的数。",
        "This is a percentage, not a number of “{expected}”.",
        "请换算成数后填写。", "Work out the number and write that.",
    ),
    "not_whole": rule(
        "error", "应为整数。", "This should be a whole number.", "请填整数。",
        "Write whole numbers.",
    ),
    "wrong_unit": rule(
        "error", "单位“{unit}”与本列的“{expected}”不符。",
        "The unit “{unit}” is not this column's “{expected}”.",
        "请换算后只填数字。", "Convert it and write the number only.",
    ),
    "unit_converted": rule(
        "corrected", "已由“{raw}”换算为 {value}{unit}。",
        "Converted from “{raw}” to {value} {unit}.",
    ),
    "approximate": rule(
        "warning", "原文是约数，按 {value} 记录。", "An approximate number; recorded as {value}.",
        "如有确数，请改填确数。", "Write the exact number if there is one.",
    ),
    "number_vague": rule(
        "error", "“{text}”没有说出大约是多少。", "“{text}” does not say about how many.",
        "请填大约的数，如“约30”；不知道时留空。",
        "Write about how many, such as 约30; leave it empty if unknown.",
    ),
    "number_summed": rule(
        "warning", "填的是几个数，相加按 {value} 记录。",
        "Several numbers; recorded as their sum, {value}.",
        "请核对；若不该相加，请改填总数。", "Check it, or write the total.",
    ),
    "remark_unread": rule(
        "warning", "括号里的“{remark}”没有读入。",
        "What stands in brackets was not read: {remark}.",
        "需要保留时，请写入“备注”。", "Write it into the note column to keep it.",
    ),
    "weeks_as_days": rule(
        "warning", "一周按 7 天计，记为 {value} 天。",
        "A week counts seven days; recorded as {value} days.",
        "若只计工作日，请改填天数。", "Write the number of days if only working days count.",
    ),
    "too_small": rule(
        "error", "小于允许的最小值 {limit}。", "Below the smallest allowed value {limit}.",
        "请核对数字和单位。", "Check the number and its unit.",
    ),
    "too_large": rule(
        "error", "大于允许的最大值 {limit}。", "Above the largest allowed value {limit}.",
        "请核对数字和单位。", "Check the number and its unit.",
    ),
    "unusual": rule(
        "warning", "比通常的数大得多（通常不超过 {limit}）。",
        "Much larger than usual (usually not above {limit}).",
        "若属实可不改。", "Leave it if it is right.",
    ),
    "not_a_date": rule("error", "不是能识别的日期。", "This date is not understood.", *_DATE_FORMS),
    "no_such_day": rule("error", "没有这一天。", "There is no such day.", *_DATE_FORMS),
    "date_is_term": rule(
        "error", "填的是学年学期，不是日期。", "This is a school term, not a date.",
        "请填到月或到日；只知道学期时，请按实际开展的月份填写。",
        "Write the day or the month in which it took place.",
    ),
    "date_term_moved": rule(
        "corrected", "填的是学年学期，记入“{column}”：{value}。",
        "A school term, recorded under “{column}”: {value}.",
    ),
    "date_year_only": rule(
        "error", "只有年份，至少要知道月份。", "Only a year; at least the month is needed.",
        *_DATE_FORMS,
    ),
    "date_no_year": rule("error", "缺少年份。", "The year is missing.", *_DATE_FORMS),
    "date_year_taken": rule(
        "warning", "原文没有年份，按{source}记为 {value}。",
        "Written without a year; recorded as {value} after {source}.",
        "请核对年份。", "Check the year.",
    ),
    "date_ambiguous": rule(
        "error", "日期有两种读法。", "The date can be read in two ways.", *_DATE_FORMS
    ),
    "date_out_of_range": rule(
        "error", "年份不在 {first} 至 {last} 之间。", "The year is not between {first} and {last}.",
        *_DATE_FORMS,
    ),
    "date_serial": rule(
        "corrected", "按 Excel 日期序号读作 {value}。", "Read as the Excel date number of {value}.",
    ),
    "date_approximate": rule(
        "warning", "日期是大概的，按 {value}（到月）记录。",
        "An approximate date; recorded as {value}, known to the month.",
        "如有确切日期，请改填。", "Write the exact date if there is one.",
    ),
    "date_short_year": rule(
        "warning", "年份只有两位，按 {value} 记录。",
        "The year has two digits; recorded as {value}.",
        "请核对，并写四位年份。", "Check it and write four digits.",
    ),
    "date_listed": rule(
        "warning", "填了几个日期，按 {first} 至 {last} 记录。",
        "Several dates; recorded as {first} to {last}.",
        "若是几次活动，请分行填写。", "If these were several activities, write a row for each.",
    ),
    "date_open": rule(
        "corrected", "没有写明结束的日期，结束留空。", "No end is named; the end stays empty.",
    ),
    "date_range": rule(
        "error", "这一列只能填一个日期。", "This column takes one date.", *_DATE_FORMS
    ),
    "precision_conflict": rule(
        "corrected", "“日期精度”为月，按 {value}（到月）记录。",
        "The precision column says month; recorded as {value}.",
    ),
    "not_a_term": rule(
        "error", "不是能识别的学年学期。", "This school term is not understood.",
        "请写成 2024-2025学年秋季学期。", "Write it as 2024-2025学年秋季学期 or 2024-1.",
    ),
    "not_a_choice": rule(
        "error", "不在可选的值之内。", "This is not one of the allowed values.",
        "可选：{choices}。", "Allowed: {choices}.",
    ),
    "choice_near": rule(
        "error", "不在可选的值之内，是不是“{near}”？",
        "This is not one of the allowed values; did you mean “{near}”?",
        "可选：{choices}。", "Allowed: {choices}.",
    ),
    "choice_taken": rule(
        "corrected", "按“{taken}”记录。", "Recorded as “{taken}”."
    ),
    "flag_not_yet": rule(
        "warning", "还没有完成，按“否”记录。", "Not done yet; recorded as no.",
        "完成后请再上报一次。", "Upload it again once it is done.",
    ),
    "not_a_flag": rule(
        "error", "应填“是”或“否”。", "This should be yes or no.", "不清楚时留空。",
        "Leave it empty if unknown.",
    ),
    "not_a_link": rule(
        "error", "不是网址。", "This is not a web address.",
        "网址应以 http:// 或 https:// 开头。", "It should begin with http:// or https://.",
    ),
    "link_completed": rule(
        "corrected", "网址补全为 {value}。", "The web address was completed to {value}."
    ),
}  # fmt: skip
