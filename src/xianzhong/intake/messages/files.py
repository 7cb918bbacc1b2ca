"""What is said about a file, its sheets and its headers."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

_SPLIT = ("请拆分后分次上传。", "Split it and upload the parts.")
_SAVE_AS = ("请用 Excel 或 WPS 另存为 .xlsx 或 .csv。", "Save it as .xlsx or .csv.")

FILE_RULES: dict[str, Rule] = {
    "file_empty": rule("error", "文件是空的。", "The file is empty."),
    "file_kind": rule(
        "error", "不支持这种文件:{name}。", "Files of this kind are not supported: {name}.",
        *_SAVE_AS,
    ),
    "file_old_excel": rule(
        "error", "这是旧版 Excel(.xls)或加密的文件,无法读取。",
        "This is an old (.xls) or encrypted Excel file and cannot be read.", *_SAVE_AS,
    ),
    "file_too_big": rule(
        "error", "文件大于 {limit} MB。", "The file is larger than {limit} MB.", *_SPLIT
    ),
    "file_broken": rule(
        "error", "文件已损坏或不是有效的工作簿。", "The file is damaged or not a workbook.",
        *_SAVE_AS,
    ),
    "file_unpacks": rule(
        "error", "工作簿解压后超过 {limit} MB,未打开。",
        "The workbook unpacks to more than {limit} MB and was not opened.", *_SPLIT,
    ),
    "file_members": rule(
        "error", "工作簿的内部结构不正常,未打开。",
        "The inside of the workbook is not as it should be; it was not opened.", *_SAVE_AS,
    ),
    "file_encoding": rule(
        "error", "无法识别文件的文字编码。", "The file's text encoding is not recognised.",
        "请另存为 UTF-8 编码的 CSV,或 .xlsx。", "Save it as CSV in UTF-8, or as .xlsx.",
    ),
    "file_binary": rule(
        "error", "文件内容不是表格文字。", "The file does not hold the text of a table.", *_SAVE_AS
    ),
    "file_csv": rule(
        "error", "无法按 CSV 读取:{reason}。", "It cannot be read as CSV: {reason}.", *_SAVE_AS
    ),
    "sheet_too_long": rule(
        "error", "工作表“{sheet}”超过 {limit} 行。", "Sheet “{sheet}” has more than {limit} rows.",
        *_SPLIT,
    ),
    "sheet_too_wide": rule(
        "error", "工作表“{sheet}”超过 {limit} 列。",
        "Sheet “{sheet}” has more than {limit} columns.",
        "请删去多余的列。", "Remove the columns that are not needed.",
    ),
    "no_rows": rule(
        "error", "没有找到数据行。", "No rows of data were found.",
        "请确认表头下面有数据。", "Check that there are data below the headers.",
    ),
    "no_header": rule(
        "error", "前 {rows} 行里没有找到“{table}”的表头。",
        "No headers of “{table}” were found in the first {rows} rows.",
        "请下载模板对照表头,或检查是否选错了表。",
        "Compare with the template, or check that the right table was chosen.",
    ),
    "missing_column": rule(
        "error", "缺少必填的列“{column}”。", "The required column “{column}” is missing.",
        "可用的表头:{headers}。", "Accepted headers: {headers}.",
    ),
    "column_twice": rule(
        "warning", "这一列与 {first} 列同为“{column}”,只采用 {first} 列。",
        "This column and column {first} both mean “{column}”; column {first} is used.",
        "请只保留一列。", "Keep one of them.",
    ),
    "column_ignored": rule(
        "info", "没有对应的栏目,这一列未读取。", "No column of the table corresponds; ignored."
    ),
    "sheet_ignored": rule(
        "info", "工作表“{name}”没有可识别的表头,未读取。",
        "Sheet “{name}” has no headers that are recognised; ignored.",
    ),
    "title_rows": rule(
        "info", "表头在第 {row} 行,其上的内容未读取。",
        "The headers are in row {row}; what stands above was not read.",
    ),
    "rows_skipped": rule(
        "info", "跳过 {count} 行{what}:第 {rows} 行。", "Skipped {count} {what}: {rows}."
    ),
    "demo_lake": rule(
        "error", "这是示例数据,不能导入真实记录:真实数据与示例数据不混放。",
        "This lake holds generated data; records are not loaded into it.",
        "请换一个数据目录(--lake)。", "Choose another lake (--lake).",
    ),
    "already_loaded": rule(
        "info", "这个文件已于 {at} 导入(批次 {upload}),内容没有变化。",
        "This very file was loaded on {at} (upload {upload}); nothing has changed.",
    ),
}  # fmt: skip
