"""Copies files so that what was read, what was written and what is on the disk can be compared."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePosixPath

_PIECE = 1024 * 1024


class CopyError(Exception):
    """A file is missing, or holds something else than it should; the message is its name."""


def copied(source: Path, target: Path) -> dict[str, object]:
    """Copies a file to the disk and gives its ``size`` and ``sha256`` as they were read.

    Raises:
        CopyError: the source is gone.
        OSError: it cannot be read, or the target cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        read = source.open("rb")
    except FileNotFoundError as error:
        raise CopyError(source.name) from error
    with read, target.open("xb") as written:
        while piece := read.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def digest_of(path: Path) -> dict[str, object]:
    """Size and digest of a file as it is on the disk.

    Raises:
        CopyError: it is not there.
        OSError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return {"size": file.tell(), "sha256": digest}
    except FileNotFoundError as error:
        raise CopyError(path.name) from error


def forget_cached(path: Path) -> None:
    """Asks the system to read a file from the disk the next time, where it can be asked."""
    if not hasattr(os, "posix_fadvise") or not path.is_file():
        return
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync(folder: Path) -> None:
    """Brings a folder's own entries to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def safe_name(name: str) -> Path:
    """A name from a manifest as a path below a folder.

    Raises:
        CopyError: it would lead out of it.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise CopyError(name)
    return Path(*path.parts)
