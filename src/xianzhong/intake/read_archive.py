"""Looks into a ZIP file before anything in it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from xianzhong.intake.errors import IntakeError
from xianzhong.intake.limits import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    MEGABYTE,
    RATIO_COUNTS_FROM,
)

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_UNSAFE = re.compile(r"^/|^[a-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]", re.IGNORECASE)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, where its directory is as a spreadsheet program writes it.

    zipfile stops at the size that the directory states and compares the check sum, so that a
    directory that lies cannot unpack more than was looked at here.

    Raises:
        IntakeError: damaged, encrypted, too many members, unsafe or repeated names, a way of
            packing that no spreadsheet program uses, or too large unpacked.
    """
    # Even the directory can be made to cost too much: count its entries before it is read.
    if content.count(_ENTRY) > 4 * MAX_MEMBERS:
        raise IntakeError("file_members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise IntakeError("file_broken") from error
    _check(archive.infolist())
    return archive


def _check(members: list[zipfile.ZipInfo]) -> None:
    names = [member.orig_filename for member in members]
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise IntakeError("file_encrypted")
    if (
        len(members) > MAX_MEMBERS
        or any(_UNSAFE.search(name) for name in names)
        or len({name.casefold() for name in names}) != len(names)
        or any(member.compress_type not in _METHODS for member in members)
    ):
        raise IntakeError("file_members")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    blown = unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED or blown:
        raise IntakeError("file_unpacks", limit=MAX_UNPACKED // MEGABYTE)


def has(archive: zipfile.ZipFile, starts: Iterable[str]) -> bool:
    """Whether a member's name begins with one of these, in any case."""
    wanted = tuple(start.casefold() for start in starts)
    return any(name.casefold().startswith(wanted) for name in archive.namelist())
