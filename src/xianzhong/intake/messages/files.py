"""What is said about a file, its sheets and its headers."""

from __future__ import annotations

from xianzhong.intake.messages.rule import Rule, rule

_SPLIT = ("请拆分后分次上传。", "Split it and upload the parts.")
_SAVE_AS = ("请用 Excel 或 WPS 另存为 .xlsx 或 .csv。", "Save it as .xlsx or .csv.")

FILE_RULES: dict[str, Rule] = {
    "file_empty": rule("error", "文件是空的。", "The file is empty."),
    "file_kind": rule(
        "error", "不支持这种文件：{name}。", "Files of this kind are not supported: {name}.",
        *_SAVE_AS,
    ),
    "file_is_other": rule(
        "error", "这是{what}，不是表格；改了文件名也不能当表格读取。",
        "This is {what}, not a spreadsheet; a new name does not make it one.",
        "请把其中的表格复制到 Excel 或 WPS，存为 .xlsx 后上传。",
        "Copy the table into a spreadsheet program, save it as .xlsx and upload that.",
    ),
    "file_encrypted": rule(
        "error", "文件有打开密码，无法读取。", "The file is encrypted and cannot be read.",
        "请在 Excel 或 WPS 中取消密码后另存，再上传。",
        "Save it without a password in Excel or WPS, then upload it.",
    ),
    "file_xml_sheet": rule(
        "error", "这是“XML 表格 2003”，不支持这种格式。",
        "This is an XML spreadsheet of 2003; the format is not supported.", *_SAVE_AS,
    ),
    "file_too_big": rule(
        "error", "文件大于 {limit} MB。", "The file is larger than {limit} MB.", *_SPLIT
    ),
    "file_broken": rule(
        "error", "文件已损坏或不是有效的工作簿。", "The file is damaged or not a workbook.",
        *_SAVE_AS,
    ),
    "file_unpacks": rule(
        "error", "工作簿解压后超过 {limit} MB，未打开。",
        "The workbook unpacks to more than {limit} MB and was not opened.", *_SPLIT,
    ),
    "file_many_cells": rule(
        "error", "文件里的单元格超过 {limit} 个。", "The file has more than {limit} cells.", *_SPLIT
    ),
    "file_too_heavy": rule(
        "error", "读取这个文件需要的内存超过上限，已停止读取。",
        "Reading the file takes more memory than is allowed; reading was stopped.",
        "请只保留要上报的工作表，另存后再上传。",
        "Keep only the sheets to be uploaded, save them as a new file and upload that.",
    ),
    "file_took_too_long": rule(
        "error", "读取这个文件超过 {seconds} 秒，已停止读取。",
        "Reading the file took more than {seconds} seconds and was stopped.", *_SPLIT,
    ),
    "reader_busy": rule(
        "error", "正在读取别的文件，暂时轮不到这个文件。",
        "Other files are being read; this one could not have its turn.",
        "请稍后再上传一次，文件不用改。",
        "Upload it again in a minute; the file may stay as it is.",
    ),
    "file_members": rule(
        "error", "工作簿的内部结构不正常，未打开。",
        "The inside of the workbook is not as it should be; it was not opened.", *_SAVE_AS,
    ),
    "file_encoding": rule(
        "error", "无法识别文件的文字编码。", "The file's text encoding is not recognised.",
        "请另存为 UTF-8 编码的 CSV，或 .xlsx。", "Save it as CSV in UTF-8, or as .xlsx.",
    ),
    "file_binary": rule(
        "error", "文件内容不是表格文字。", "The file does not hold the text of a table.", *_SAVE_AS
    ),
    "file_csv": rule(
        "error", "第 {row} 行起有一格超过 {limit} 字，多半是引号没有成对。",
        "From row {row} on a cell has more than {limit} characters; most likely a quotation mark "
        "has no partner.",
        "请检查这一行的引号，或用 Excel 或 WPS 另存为 .xlsx。",
        "Look for the quotation mark in that row, or save the file as .xlsx.",
    ),
    "html_no_table": rule(
        "error", "这是一个网页，里面没有表格。", "This is a web page without a table.", *_SAVE_AS
    ),
    "cell_too_long": rule(
        "error", "有单元格的文字超过 {limit} 字。",
        "A cell has a text of more than {limit} characters.",
        "请检查文件内容。", "Check what the file holds.",
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
    "read_as": rule(
        "info", "文件名以 {ending} 结尾，内容却是 {kind}，已按 {kind} 读取。",
        "The name ends in {ending} but the content is {kind}; it was read as {kind}.",
    ),
    "macros_ignored": rule(
        "info", "文件带有宏。宏不会运行，只读取单元格的值。",
        "The file carries macros. They are not run; only the values of cells are read.",
    ),
    "links_ignored": rule(
        "info", "文件连着别的文件或数据。链接不会打开，只用文件里已有的值。",
        "The file links to other files or data. No link is opened; the stored values are used.",
    ),
    "no_rows": rule(
        "error", "没有找到数据行。", "No rows of data were found.",
        "请确认表头下面有数据。", "Check that there are data below the headers.",
    ),
    "no_header": rule(
        "error", "前 {rows} 行里没有找到“{table}”的表头。",
        "No headers of “{table}” were found in the first {rows} rows.",
        "请指明表头在哪一行、各列是什么；也请检查是否选错了表。",
        "Say which row holds the headers and what the columns are; check also that the right "
        "table was chosen.",
    ),
    "missing_column": rule(
        "error", "缺少必填的列“{column}”。", "The required column “{column}” is missing.",
        "若表中有这一列，请指明是哪一列；否则请补上。可用的表头：{headers}。",
        "If the sheet has it, say which column it is; else add it. Accepted headers: {headers}.",
    ),
    "column_twice": rule(
        "warning", "这一列与 {first} 列同为“{column}”，只采用 {first} 列。",
        "This column and column {first} both mean “{column}”; column {first} is used.",
        "请只保留一列。", "Keep one of them.",
    ),
    "column_ignored": rule(
        "info", "没有对应的栏目，这一列未读取。", "No column of the table corresponds; ignored."
    ),
    "sheet_ignored": rule(
        "info", "工作表“{name}”没有可识别的表头，未读取。",
        "Sheet “{name}” has no headers that are recognised; ignored.",
    ),
    "title_rows": rule(
        "info", "表头在第 {row} 行，其上的内容未读取。",
        "The headers are in row {row}; what stands above was not read.",
    ),
    "rows_skipped": rule(
        "info", "跳过 {count} 行{what}：第 {rows} 行。", "Skipped {count} {what}: {rows}."
    ),
    "demo_lake": rule(
        "error", "这是示例数据，不能导入真实记录：真实数据与示例数据不混放。",
        "This lake holds generated data; records are not loaded into it.",
        "请换一个数据目录（--lake）。", "Choose another lake (--lake).",
    ),
    "not_a_whole_list": rule(
        "error", "“{table}”不能整表替换。", "“{table}” cannot be replaced as a whole.",
        "请不选整表替换（不带 --replace）再导入：已有的记录会更新，其余保留。",
        "Load it without replacing (without --replace): what is there is updated, the rest stays.",
    ),
    "removes_out_of_scope": rule(
        "error", "整表替换会移除 {count} 条不在您权限范围内的记录，不能这样导入。",
        "To replace the whole list would remove {count} records outside your scope.",
        "请不选整表替换再导入，或由有权限的人替换。",
        "Load it without replacing, or have it replaced by someone who may.",
    ),
    "already_loaded": rule(
        "info", "这个文件已于 {at} 导入（批次 {upload}），内容没有变化。",
        "This very file was loaded on {at} (upload {upload}); nothing has changed.",
    ),
}  # fmt: skip
