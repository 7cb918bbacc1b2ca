"""A file's bytes become sheets. What is not a sheet is refused in words.

Uploaded files are hostile until parsed. This module looks at size, kind and the ZIP directory
before any parser runs. It takes bytes and gives plain values, so that a caller may run it in
a process of its own.
"""

from __future__ import annotations

from pathlib import PurePath

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_FILE, MEGABYTE
from xianzhong.intake.read_text import read_text
from xianzhong.intake.read_workbook import read_workbook
from xianzhong.intake.values import Sheet

WORKBOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_file(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a file, each with its non-empty rows.

    Args:
        content: the file.
        file_name: its name, for its ending and for the name of a CSV's only sheet; it is
            never used as a path.

    Raises:
        IntakeError: the file is too big, of another kind, damaged, or not readable as text.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise IntakeError("file_empty")
    if len(content) > MAX_FILE:
        raise IntakeError("file_too_big", limit=MAX_FILE // MEGABYTE)
    name = PurePath(file_name)
    ending = name.suffix.lower()
    if content.startswith(_OLE):
        raise IntakeError("file_old_excel")
    if ending not in WORKBOOKS + TEXTS:
        raise IntakeError("file_kind", name=name.name)
    if content.startswith(_ZIP):
        return read_workbook(content)
    if ending in WORKBOOKS:
        raise IntakeError("file_broken")
    return (read_text(content, name.stem, tabs=ending == ".tsv"),)
