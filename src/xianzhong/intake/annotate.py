"""The user's own file back, with every finding in its place.

Bad cells are filled and commented, a column right of the data says what each row has, and a
summary sheet lists it all. The file may be mended and uploaded as it is: the reader passes over
what was added (:mod:`xianzhong.intake.marks`). See docs/decisions/0012-the-annotated-file.md.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePath

from xianzhong.intake.annotate_child import annotate_in_child
from xianzhong.intake.annotate_findings import clean, in_words, marks_of
from xianzhong.intake.annotate_summary import Summary
from xianzhong.intake.read import read_file
from xianzhong.intake.report import Report
from xianzhong.intake.values import Sheet
from xianzhong.model.labels import Label, Lang

# Above either, a workbook is not loaded with its formats: openpyxl takes about 50 times the
# space of the text, and some ten seconds for so many cells.
FULL_ROWS = 20_000
FULL_CELLS = 200_000
__all__ = ["FULL_CELLS", "FULL_ROWS", "annotate", "annotate_in_child", "annotated_name"]
SUFFIX = Label("问题", "problems")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+')
_STEM = 80


def annotate(
    content: bytes,
    file_name: str,
    report: Report,
    lang: Lang,
    *,
    sheets: Sequence[Sheet] | None = None,
    formats: bool = True,
) -> tuple[bytes, str]:
    """The annotated workbook and a name for it.

    An .xlsx or .xlsm keeps its formats. Any other file, and one of more than ``FULL_ROWS`` rows
    or ``FULL_CELLS`` cells, becomes a new workbook of its values, which the summary sheet says.
    The result never holds a formula, a macro or a link out.

    It opens a file that somebody sent: the server calls it through
    :func:`annotate_in_child` only.

    Args:
        content: the file as it was uploaded, which the reader has accepted.
        file_name: its name; never used as a path.
        report: what was found in it.
        lang: language of the words that are added.
        sheets: what the reader made of it, where the caller has that; else it is read again.
        formats: false to make a new workbook in any case.

    Raises:
        IntakeError: the file cannot be read.
    """
    # The writers are heavy, and only the process that writes needs them.
    from xianzhong.intake.annotate_rebuilt import rebuild
    from xianzhong.intake.annotate_workbook import mark_workbook

    read = read_file(content, file_name) if sheets is None else sheets
    said = in_words(report, lang)
    marks = marks_of(report, said, read)
    formulas = any(sheet.formulas for sheet in read)
    summary = Summary(PurePath(file_name).name, said, lang, formulas)
    made: bytes | None = None
    if formats and _keeps_formats(content, read):
        try:
            made = mark_workbook(content, marks, summary)
        except Exception:
            # A workbook that the reader takes may still have styles that openpyxl does not.
            made = None
    if made is None:
        made = rebuild(read, marks, summary)
    return made, annotated_name(file_name, lang)


def annotated_name(file_name: str, lang: Lang) -> str:
    """A name for the annotated file, such as ``活动-问题.xlsx``, safe on every system."""
    stem = clean(PurePath(file_name.replace("\\", "/")).stem)
    for word in (SUFFIX.zh, SUFFIX.en):
        stem = stem.removesuffix(f"-{word}")
    stem = _UNSAFE.sub("_", stem).strip(". ")[:_STEM] or "upload"
    return f"{stem}-{SUFFIX[lang]}.xlsx"


def _keeps_formats(content: bytes, sheets: Sequence[Sheet]) -> bool:
    rows = sum(len(sheet.rows) for sheet in sheets)
    cells = sum(len(row.values) for sheet in sheets for row in sheet.rows)
    if rows > FULL_ROWS or cells > FULL_CELLS:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
