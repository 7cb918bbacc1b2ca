"""Tells what a file is that is no spreadsheet, whatever its name says."""

from __future__ import annotations

from collections.abc import Sequence

from xianzhong.model.labels import Label

_WORD = Label("Word 文档", "a Word document")
_SLIDES = Label("演示文稿", "a presentation")
_PICTURE = Label("图片", "a picture")
_PDF = Label("PDF 文件", "a PDF file")
_ARCHIVE = Label("压缩包", "an archive")
_TEXT_DOCUMENT = Label("文字文档", "a text document")
_BEGINNINGS: tuple[tuple[bytes, Label], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"%PDF", _PDF),
    (b"{\\rtf", _WORD),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
)
_BOXED: tuple[tuple[str, Label], ...] = (
    ("WordDocument", _WORD),
    ("PowerPoint Document", _SLIDES),
)
_BOOKS = ("Workbook", "Book")
_INSIDE: tuple[tuple[str, Label], ...] = (
    ("word/", _WORD),
    ("ppt/", _SLIDES),
)
_HEAD = 16
# The directory of a box is looked for in its first and last part.
_SEARCHED = 1024 * 1024


def other_kind(content: bytes) -> Label | None:
    """What a file is by its first bytes; None where they are not those of a known kind."""
    head = content[:_HEAD]
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _PICTURE
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return _PICTURE
    # A bitmap: two letters, its length, and four bytes of zero.
    if head.startswith(b"BM") and int.from_bytes(head[2:6], "little") == len(content):
        return _PICTURE
    return next((what for begin, what in _BEGINNINGS if head.startswith(begin)), None)


def other_box(content: bytes) -> Label | None:
    """What an older file of an office program is, where it holds no workbook."""
    parts = content[:_SEARCHED] + content[-_SEARCHED:]
    if any(f"{name}\0".encode("utf-16-le") in parts for name in _BOOKS):
        return None
    return next((what for name, what in _BOXED if name.encode("utf-16-le") in parts), None)


def other_archive(names: Sequence[str]) -> Label | None:
    """What a ZIP file is that holds no workbook, by the names of its members."""
    for start, what in _INSIDE:
        if any(name.startswith(start) for name in names):
            return what
    if "content.xml" in names and "mimetype" in names:
        return _TEXT_DOCUMENT
    # Parts of a workbook without the workbook are a damaged one.
    office = any(name.startswith(("xl/", "_rels/", "[Content_Types]")) for name in names)
    return _ARCHIVE if names and not office and "content.xml" not in names else None
