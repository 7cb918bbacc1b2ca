"""Reads XLSX and XLSM workbooks as a stream, within limits.

Sheets of the size that is promised here take a general library half a minute, and none tells
merged areas, hidden rows and formulas while it streams; so the parts are read directly. A sheet's
own statement of its size is never believed, and nothing outside the file is ever opened.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import MAX_SHEET_NAME, MAX_SHEETS
from xianzhong.intake.read_cells import Cells
from xianzhong.intake.read_formats import Shape, built_in, shape
from xianzhong.intake.read_strings import Strings
from xianzhong.intake.read_xlsx_sheet import Book, SheetReader, check_cells
from xianzhong.intake.read_xml import Attributes, local, parse
from xianzhong.intake.values import Sheet

WORKBOOK = "xl/workbook.xml"


@dataclass(slots=True)
class _Listed:
    """Gathers the attributes of the elements with some names, wherever they stand."""

    wanted: frozenset[str]
    found: list[tuple[str, str, Attributes]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name in self.wanted:
            self.found.append((self._path[-1] if self._path else "", name, attributes))
        self._path.append(name)
        self.parts.clear()

    def end(self, name: str) -> None:
        self._path.pop()


def _listed(archive: zipfile.ZipFile, part: str, *wanted: str) -> _Listed:
    reader = _Listed(frozenset(wanted))
    parse(archive, part, reader)
    return reader


def read_xlsx(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The sheets of a workbook, each with its rows that hold a value.

    Raises:
        IntakeError: damaged, or too many sheets, rows, columns or cells.
    """
    listed = _listed(archive, WORKBOOK, "sheet", "workbookPr")
    from_1904 = any(
        attributes.get("date1904") in {"1", "true"}
        for _, name, attributes in listed.found
        if name == "workbookPr"
    )
    sheets = [attributes for _, name, attributes in listed.found if name == "sheet"]
    targets = _targets(archive)
    names = {part.casefold(): part for part in archive.namelist()}
    book = Book(_strings(archive, targets, names), _shapes(archive, targets, names), from_1904)
    parts = [(sheet, *targets.get(_relation(sheet), ("", ""))) for sheet in sheets]
    worksheets = [
        (sheet, names.get(target.casefold(), target))
        for sheet, kind, target in parts
        if kind == "worksheet"
    ]
    _check_names([sheet.get("name", "") for sheet, _ in worksheets])
    check_cells(archive, [part for _, part in worksheets])
    cells = Cells()
    for sheet, part in worksheets:
        reader = SheetReader(sheet["name"], book, cells)
        parse(archive, part, reader)
        yield reader.sheet(hidden=sheet.get("state", "visible") != "visible")


def _relation(sheet: Attributes) -> str:
    return next((value for key, value in sheet.items() if local(key) == "id" and ":" in key), "")


def _check_names(names: list[str]) -> None:
    folded = {name.casefold() for name in names}
    if len(names) > MAX_SHEETS or len(folded) != len(names):
        raise IntakeError("file_members")
    if not all(0 < len(name) <= MAX_SHEET_NAME for name in names):
        raise IntakeError("file_members")


def _targets(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Kind and member of each relation; one that leads out of the file is not among them."""
    found = {}
    for _, _, attributes in _listed(archive, "xl/_rels/workbook.xml.rels", "Relationship").found:
        if attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))
    return found


def _part(targets: dict[str, tuple[str, str]], kind: str, names: dict[str, str]) -> str | None:
    # Where no relation names it, it stands where every program puts it.
    usual = f"xl/{kind}.xml"
    target = next((target for found, target in targets.values() if found == kind), usual)
    return names.get(target.casefold())


def _strings(
    archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]], names: dict[str, str]
) -> list[str | None]:
    part = _part(targets, "sharedStrings", names)
    if part is None:
        return []
    reader = Strings()
    parse(archive, part, reader)
    return reader.found


def _shapes(
    archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]], names: dict[str, str]
) -> dict[str, Shape]:
    """What the cell formats make of a number, by their index as text; only those that do."""
    part = _part(targets, "styles", names)
    if part is None:
        return {}
    listed = _listed(archive, part, "numFmt", "xf").found
    codes = {a.get("numFmtId", ""): a.get("formatCode", "") for _, n, a in listed if n == "numFmt"}
    used = [a.get("numFmtId", "0") for above, n, a in listed if n == "xf" and above == "cellXfs"]
    shapes = (shape(codes[number]) if number in codes else built_in(number) for number in used)
    return {str(index): found for index, found in enumerate(shapes) if found}
