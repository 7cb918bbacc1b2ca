"""What the annotated workbook adds to a user's file, so that the reader knows it again."""

from __future__ import annotations

from xianzhong.model.labels import Label

# Header of the added column. Not just 问题: a table's own column may be called so.
PROBLEM_HEADER = Label("系统标注的问题", "Problems marked by the system")
# Name of the added sheet.
SUMMARY_SHEET = Label("系统问题汇总", "Summary by the system")

PROBLEM_HEADERS = (PROBLEM_HEADER.zh, PROBLEM_HEADER.en)
SUMMARY_SHEETS = (SUMMARY_SHEET.zh, SUMMARY_SHEET.en)
