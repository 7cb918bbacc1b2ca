"""A file's bytes become sheets. What is not a sheet is refused in words.

Uploaded files are hostile until parsed. What a file is, its bytes say and not its name. These
functions take bytes and give plain values; the product calls them only in a process of its own
(:mod:`xianzhong.intake.read_child`), for a parser may still be made to end the process.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.findings import Finding
from xianzhong.intake.limits import MAX_FILE, MEGABYTE
from xianzhong.intake.read_others import other_archive, other_box, other_kind
from xianzhong.intake.values import Problem, Sheet, problem

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
ENDINGS = (*WORKBOOKS, *TEXTS)
# What each kind may be called without a word about it. WPS saves either kind of workbook as ET.
_NAMES = {
    "XLSX": (".xlsx", ".xlsm", ".et"),
    "XLS": (".xls", ".et"),
    "XLSB": (".xlsb",),
    "ODS": (".ods",),
    "HTML": (".html", ".htm"),
    "CSV": TEXTS,
}
_NO_TEXT = frozenset({"file_binary", "file_encoding", "file_csv"})
_ZIP = b"PK\x03\x04"
_XML = (b"<?xml", b"\xef\xbb\xbf<?xml")
_SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Attributes:
        sheets: each with its rows that hold a value.
        notes: what there is to say about the file as a whole.
    """

    sheets: tuple[Sheet, ...]
    notes: tuple[Problem, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The notes as findings about the file."""
        return tuple(Finding("", 0, "", "", "", note.rule, note.fields) for note in self.notes)


class _Kind(NamedTuple):
    name: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Problem, ...] = ()


def read_file(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a file, each with its rows that hold a value, without the notes.

    Raises:
        IntakeError: see :func:`read_with_notes`.
    """
    return read_with_notes(content, file_name).sheets


def read_with_notes(content: bytes, file_name: str) -> Read:
    """The sheets of a file, and what there is to say about the file.

    Args:
        content: the file.
        file_name: its name, for its ending and for the name of a CSV's only sheet; it is
            never used as a path.

    Raises:
        IntakeError: the file is too big, encrypted, of another kind, damaged, not readable as
            text, or holds more than may be read.
        MemoryError: the process may take no more.
    """
    check_size(content)
    name = PurePath(file_name)
    try:
        kind = _read(content, name)
    except (IntakeError, MemoryError):
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A damaged file fails in as many ways as it has parts, and a panic of a parser that is
        # not written in Python is no Exception.
        raise IntakeError("file_broken") from error
    notes = kind.notes
    ending = name.suffix.lower()
    if ending not in _NAMES[kind.name]:
        notes = (problem("read_as", ending=ending or "—", kind=kind.name), *notes)
    return Read(kind.sheets, notes)


def check_size(content: bytes) -> None:
    """Refuses what needs no reading.

    Raises:
        IntakeError: the file is empty or too big.
    """
    if len(content) > MAX_FILE:
        raise IntakeError("file_too_big", limit=MAX_FILE // MEGABYTE)
    if not content.strip(b"\x00 \r\n\t"):
        raise IntakeError("file_empty")


def _read(content: bytes, name: PurePath) -> _Kind:
    from xianzhong.intake.read_xls import BARE, OLE

    if content.startswith(_ZIP):
        return _archive(content, name)
    if content.startswith((OLE, *BARE)):
        return _binary(content)
    if _is_unknown(name):
        raise IntakeError("file_kind", name=name.name)
    if what := other_kind(content):
        raise IntakeError("file_is_other", what=what)
    return _plain(content, name)


def _is_unknown(name: PurePath) -> bool:
    return name.suffix.lower() not in (*ENDINGS, *_NAMES["HTML"])


def _archive(content: bytes, name: PurePath) -> _Kind:
    from xianzhong.intake.read_archive import has, open_archive

    with open_archive(content) as archive:
        names = archive.namelist()
        notes = []
        if has(archive, ("xl/vbaProject", "Basic/", "Scripts/")):
            notes.append(problem("macros_ignored"))
        if has(archive, ("xl/externalLinks/", "xl/embeddings/", "xl/connections")):
            notes.append(problem("links_ignored"))
        try:
            kind, sheets = _sheets(content, archive, names)
        except (zipfile.BadZipFile, zlib.error, EOFError, struct.error) as error:
            raise IntakeError("file_broken") from error
        if kind:
            return _Kind(kind, sheets, tuple(notes))
    if _is_unknown(name):
        raise IntakeError("file_kind", name=name.name)
    if what := other_archive(names):
        raise IntakeError("file_is_other", what=what)
    raise IntakeError("file_broken")


def _sheets(
    content: bytes, archive: zipfile.ZipFile, names: list[str]
) -> tuple[str, tuple[Sheet, ...]]:
    """The kind of workbook and its sheets; no kind where the archive is none."""
    if "xl/workbook.xml" in names:
        from xianzhong.intake.read_xlsx import read_xlsx

        return "XLSX", tuple(read_xlsx(archive))
    if "xl/workbook.bin" in names:
        from xianzhong.intake.read_xlsb import read_xlsb

        return "XLSB", tuple(read_xlsb(content, archive))
    if "content.xml" in names:
        from xianzhong.intake.read_ods import is_spreadsheet, read_ods

        if is_spreadsheet(archive):
            return "ODS", tuple(read_ods(archive))
    return "", ()


def _binary(content: bytes) -> _Kind:
    from xianzhong.intake.read_xls import MACROS, read_xls

    if what := other_box(content):
        raise IntakeError("file_is_other", what=what)
    notes = (problem("macros_ignored"),) if MACROS in content else ()
    return _Kind("XLS", tuple(read_xls(content)), notes)


def _plain(content: bytes, name: PurePath) -> _Kind:
    from xianzhong.intake.read_html import charset, is_html, read_html
    from xianzhong.intake.read_text import decode, read_text

    if content.startswith(_XML) and _SHEET_XML in content[:MEGABYTE]:
        raise IntakeError("file_xml_sheet")
    if is_html(content):
        return _Kind("HTML", read_html(decode(content, charset(content)), name.stem))
    ending = name.suffix.lower()
    try:
        text = decode(content)
        return _Kind("CSV", (read_text(text, name.stem, tabs=ending == ".tsv"),))
    except IntakeError as error:
        if ending in WORKBOOKS and error.rule in _NO_TEXT:
            raise IntakeError("file_broken") from error
        raise
