"""What is said about a sheet as a whole, and about its columns."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

SHEET_RULES: dict[str, Rule] = {
    "sheet_incomplete": rule(
        "error", "工作表“{name}”有 {count} 行数据，但缺少必填的列：{columns}。",
        "Sheet “{name}” holds {count} rows of data but lacks required columns: {columns}.",
        "请补上或指明这些列；若不需要这张工作表，请选择不读取它。",
        "Add these columns or say which they are; or choose to leave this sheet out.",
    ),
    "sheet_without_rows": rule(
        "info", "工作表“{name}”没有数据行，未读取。",
        "Sheet “{name}” has no rows of data; it was not read.",
    ),
    "sheet_unknown": rule(
        "warning", "工作表“{name}”有 {count} 行内容，但没有认出表头，未读取。",
        "Sheet “{name}” has {count} rows, but its headers are not recognised; it was not read.",
        "若应读取，请指明它的表头在哪一行、各列是什么。",
        "If it should be read, say which row holds the headers and what the columns are.",
    ),
    "sheet_left_out": rule(
        "info", "工作表“{name}”按您的选择不读取。",
        "Sheet “{name}” was left out, as you chose.",
    ),
    "sheet_hidden": rule(
        "info", "工作表“{name}”是隐藏的，也已读取。",
        "Sheet “{name}” is hidden; it was read as well.",
    ),
    "rows_hidden": rule(
        "info", "有 {count} 行是隐藏的，也已读取：第 {rows} 行。",
        "{count} rows are hidden; they were read as well: {rows}.",
    ),
    "layout_remembered": rule(
        "info", "表头与以前上传的表相同，按当时指定的栏目读取。",
        "The headers are those of an earlier upload; the columns named then were applied.",
        "如不合适，请重新指明各列。", "If that is wrong, say again what the columns are.",
    ),
    "column_like": rule(
        "warning", "这一列没有读入，像是“{near}”。",
        "This column was not read; it looks like “{near}”.",
        "若是，请在“识别结果”中指定；若不是，可不改。",
        "If it is, name it among what was recognised; if not, leave it.",
    ),
    "no_measures": rule(
        "warning", "没有读到任何数字（{columns}）；{letters} 列是数字，但没有对应的栏目。",
        "No number was read ({columns}); columns {letters} hold numbers but were not recognised.",
        "请在“识别结果”中指定这些列。", "Name these columns among what was recognised.",
    ),
    "parts_summed": rule(
        "warning", "“{column}”分在 {letters} 列，每行相加后记录。",
        "“{column}” stands in columns {letters}; their sum is recorded for each row.",
        "若有一列是总数或不该计入，请在“识别结果”中改正。",
        "If one is the total or does not belong, correct it among what was recognised.",
    ),
    "ditto_filled": rule(
        "corrected", "有 {count} 个单元格写着“同上”或“〃”，按上一行读取：第 {rows} 行。",
        "{count} cells say “the same”; the row above was taken: {rows}.",
    ),
    "column_year": rule(
        "info", "没有对应的栏目，只用来确定日期的年份。",
        "No column of the table corresponds; used only for the year of dates without one.",
    ),
    "merged_filled": rule(
        "info", "合并单元格的内容也用于其下 {count} 行：第 {rows} 行。",
        "The value of merged cells was also taken for {count} rows below: {rows}.",
    ),
    "merged_number": rule(
        "warning", "合并单元格里的数字只记在首行，其下 {count} 行留空：第 {rows} 行。",
        "A number in merged cells is recorded in their first row only; {count} rows below "
        "stay empty: {rows}.",
        "请拆分合并单元格，逐行填写。", "Split the merged cells and fill in each row.",
    ),
    "no_data": rule(
        "info", "有 {count} 个单元格写着“无”“不详”一类的字，按没有数据留空。若是 0，请填 0。",
        "{count} cells say that there are no data; they were left empty. Write 0 for none.",
    ),
    "formula_values": rule(
        "info", "有 {count} 个单元格是公式，采用其计算结果。",
        "{count} cells are formulas; their results were taken.",
    ),
}  # fmt: skip
