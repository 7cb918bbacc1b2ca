"""Reads the XML parts of workbooks as a stream. No part may declare a document type.

Without a document type there are no entities: none that multiply, none that name a file.
"""

from __future__ import annotations

import zipfile
from typing import Protocol
from xml.parsers import expat

from xianzhong.intake.errors import IntakeError

Attributes = dict[str, str]
_PIECE = 1 << 18


class Reader(Protocol):
    """What is called for each element; ``parts`` gathers the text since the last start."""

    parts: list[str]

    def start(self, name: str, attributes: Attributes, /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""


def _refuse(*_: object) -> None:
    raise IntakeError("file_broken")


def parse(archive: zipfile.ZipFile, name: str, reader: Reader) -> None:
    """Feeds a member of the archive to a reader.

    Raises:
        IntakeError: the member is missing, is no XML, or declares a document type.
    """
    try:
        with archive.open(name) as stream:
            parser = _parser(reader)
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
            parser.Parse(b"", True)
    except (KeyError, expat.ExpatError) as error:
        raise IntakeError("file_broken") from error


def parse_text(content: bytes, reader: Reader) -> None:
    """Feeds XML to a reader.

    Raises:
        IntakeError: it is no XML, or declares a document type.
    """
    try:
        _parser(reader).Parse(content, True)
    except expat.ExpatError as error:
        raise IntakeError("file_broken") from error


def _parser(reader: Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    # A method of the list itself: the text of two million cells costs no call of Python.
    parser.CharacterDataHandler = reader.parts.append
    return parser


def local(name: str) -> str:
    """The name without its prefix: some programs write ``x:row`` for ``row``."""
    return name.rpartition(":")[2]
