"""Files that are made to break whoever reads them. Each is made here, none is from outside."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import xlwt

from tests.intake_files import (
    SHEET,
    members_of,
    ods,
    repacked,
    with_rows,
    with_sheet,
    xlsb,
    xlsb_cell,
    xlsb_row,
    zipped,
)
from tests.intake_lakes import workbook

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'


def far() -> bytes:
    """1.4 KB: two cells in opposite corners."""
    return with_rows(FAR)


def far_binary() -> bytes:
    """The same as XLSB: the reader below makes a grid of half a terabyte of it, and aborts."""
    return xlsb(xlsb_row(1, [xlsb_cell(0, 1.0)]) + xlsb_row(1_048_576, [xlsb_cell(16_383, 2.0)]))


def far_opendocument() -> bytes:
    """The same as ODS: a value after a million repeated rows and columns, itself repeated."""
    row = '<table:table-row table:number-rows-repeated="{0}">{1}</table:table-row>'
    cell = (
        '<table:table-cell table:number-columns-repeated="16383" office:value-type="float"'
        ' office:value="1"/>'
    )
    return ods('<table:table table:name="s">' + row.format(1_048_575, cell) + "</table:table>")


def far_older() -> bytes:
    """Every row of an XLS with one cell in the last column: 17 million places."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    for row in range(65_536):
        sheet.write(row, 255, 1)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bomb() -> bytes:
    """Three million cells: 9 MB that are 80 MB of XML."""
    rows = "".join(
        f"<row>{''.join(f'<c><v>{row * column % 99_991}</v></c>' for column in range(7, 37))}</row>"
        for row in range(7_919, 27_919)
    )
    return with_rows(rows * 5)


def same_bomb() -> bytes:
    """The same of one number: half a megabyte."""
    row = "".join('<c t="n"><v>1234567</v></c>' for _ in range(30))
    return with_rows(f"<row>{row}</row>" * 100_000)


def spaces() -> bytes:
    """Nothing but spaces, packed a thousand times."""
    return with_sheet(f"{SHEET}{' ' * 90_000_000}</worksheet>")


def empty_rows() -> bytes:
    """Ten million rows with nothing in them, in pieces that do not pack too well."""
    noise = "".join(f'<row ht="{number * 7919 % 100_003}"/>' for number in range(100_000))
    return with_rows(noise * 40)


def lying_directory() -> bytes:
    """A directory that states a tenth of what is there."""
    content = bytearray(with_rows(FAR + " " * 400_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    stated = struct.pack("<I", size)
    return bytes(content.replace(stated, struct.pack("<I", size // 10)))


def laughs() -> bytes:
    """Entities that name each other: a billion texts."""
    entities = "".join(
        f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" for _ in range(10))}">' for n in range(1, 10)
    )
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'
    rows = '<row><c t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return with_sheet(f"{head}{SHEET}<sheetData>{rows}</sheetData></worksheet>")


def quadratic() -> bytes:
    """One long entity, named ten thousand times."""
    head = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
    cells = '<row><c t="inlineStr"><is><t>&a;</t></is></c></row>' * 10_000
    return with_sheet(f"{head}{SHEET}<sheetData>{cells}</sheetData></worksheet>")


def outside() -> bytes:
    """An entity that names a file of the server."""
    head = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    rows = '<row><c t="inlineStr"><is><t>&a;</t></is></c></row>'
    return with_sheet(f"{head}{SHEET}<sheetData>{rows}</sheetData></worksheet>")


def laughs_opendocument() -> bytes:
    """Entities in the content of an ODS."""
    content = members_of(ods(""))["content.xml"].decode()
    head, mark, rest = content.partition("<office:document-content")
    return repacked(ods(""), {"content.xml": f'{head}<!DOCTYPE x [<!ENTITY a "aaa">]>{mark}{rest}'})


def million_columns() -> bytes:
    """A row of a million cells."""
    return with_rows(
        f"<row>{''.join(f'<c><v>{n * 7919 % 99_991}</v></c>' for n in range(1_000_000))}</row>"
    )


def million_columns_text() -> bytes:
    """The same as CSV."""
    return b"1," * 1_000_000


def shared_text() -> bytes:
    """A text of 90 KB in two hundred thousand cells: 18 GB for whoever writes it out."""
    texts = f"<sst><si><t>{'长' * 30_000}</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 100_000
    rels = members_of(workbook(s=[["a"]]))["xl/_rels/workbook.xml.rels"].decode()
    more = {"xl/sharedStrings.xml": texts, "xl/_rels/workbook.xml.rels": rels}
    return with_sheet(f"{SHEET}<sheetData>{rows}</sheetData></worksheet>", **more)


def merged_areas() -> bytes:
    """A million merged areas."""
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 1_000_001))
    return with_rows("<row><c><v>1</v></c></row>", f"<mergeCells>{areas}</mergeCells>")


def same_sheet() -> bytes:
    """Ten thousand sheets that are all the same part."""
    plain = members_of(workbook(s=[["a"]]))
    book = plain["xl/workbook.xml"].decode()
    start = book.index("<sheet ")
    sheet = book[start : book.index("/>", start) + 2]
    many = "".join(sheet.replace('name="s"', f'name="s{n}"') for n in range(10_000))
    return repacked(zipped(plain), {"xl/workbook.xml": book.replace(sheet, many)})


def deep() -> bytes:
    """A million elements in each other."""
    return with_sheet(SHEET + "<a>" * 1_000_000 + "</a>" * 1_000_000 + "</worksheet>")


def long_attribute() -> bytes:
    """An attribute of 10 MB that does not pack too well."""
    noise = "".join(str(number * 7919 % 100_003) for number in range(1_200_000))
    return with_sheet(f'{SHEET}<sheetData a="{noise * 2}"></sheetData></worksheet>')


def crowded() -> bytes:
    """A directory of two hundred thousand members."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0,
                        0, 0) + b"a"  # fmt: skip
    directory = entry * 200_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory), 4, 0)
    return b"PK\x03\x04" + directory + end


def climbing() -> bytes:
    """A member that would land outside."""
    return repacked(workbook(s=[["a"]]), {"../../evil.xml": "<x/>"})


def twice() -> bytes:
    """Two members of one name: readers differ in which they take."""
    target = io.BytesIO(workbook(s=[["a"]]))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/Workbook.xml", "<x/>")
    return target.getvalue()


def cut() -> bytes:
    """A workbook of which the second half did not arrive."""
    content = workbook(s=[["a"]])
    return content[: len(content) // 2]


def unclosed_page() -> bytes:
    """A page of a million elements that never end."""
    return b"<table><tr>" + b"<td><td" * 1_000_000


def comments_page() -> bytes:
    """A page of comments that never end, which some parsers look for again and again."""
    return b"<table><tr><td>" + b"<!--" * 900_000


def spanning_page() -> bytes:
    """Cells that each claim a whole table."""
    return b"<table><tr>" + b"<td rowspan=200000 colspan=200>x" * 1_000


def quotes() -> bytes:
    """A CSV whose quotation never ends."""
    return b'a,"' + b'""' * 9_000_000


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    # name: what makes it, its file name, the rule that answers it (none: it is read)
    "far": (far, "far.xlsx", "sheet_too_long"),
    "far_binary": (far_binary, "far.xlsb", "file_too_heavy"),
    "far_opendocument": (far_opendocument, "far.ods", "sheet_too_long"),
    "far_older": (far_older, "far.xls", "sheet_too_wide"),
    "bomb": (bomb, "bomb.xlsx", "file_many_cells"),
    "same_bomb": (same_bomb, "bomb.xlsx", "file_unpacks"),
    "spaces": (spaces, "bomb.xlsx", "file_unpacks"),
    "empty_rows": (empty_rows, "rows.xlsx", "file_many_cells"),
    "lying_directory": (lying_directory, "lie.xlsx", "file_broken"),
    "laughs": (laughs, "laughs.xlsx", "file_broken"),
    "laughs_opendocument": (laughs_opendocument, "laughs.ods", "file_broken"),
    "quadratic": (quadratic, "quadratic.xlsx", "file_broken"),
    "outside": (outside, "outside.xlsx", "file_broken"),
    "million_columns": (million_columns, "wide.xlsx", "sheet_too_wide"),
    "million_columns_text": (million_columns_text, "wide.csv", "sheet_too_wide"),
    "shared_text": (shared_text, "shared.xlsx", "file_too_heavy"),
    "merged_areas": (merged_areas, "merged.xlsx", "file_too_heavy"),
    "same_sheet": (same_sheet, "same.xlsx", "file_members"),
    "deep": (deep, "deep.xlsx", ""),
    "long_attribute": (long_attribute, "long.xlsx", ""),
    "crowded": (crowded, "crowd.xlsx", "file_members"),
    "climbing": (climbing, "climb.xlsx", "file_members"),
    "twice": (twice, "twice.xlsx", "file_members"),
    "cut": (cut, "cut.xlsx", "file_broken"),
    "unclosed_page": (unclosed_page, "page.xls", "file_many_cells"),
    "comments_page": (comments_page, "page.xls", "file_took_too_long"),
    "spanning_page": (spanning_page, "page.xls", "file_many_cells"),
    "quotes": (quotes, "quotes.csv", "file_csv"),
}
