"""Keeps the file of every upload, by its hash, and the report that was given on it."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from xianzhong.lake.errors import unwritable
from xianzhong.lake.identifiers import file_digest
from xianzhong.lake.store import Lake

ORIGINALS, REPORTS = "originals", "reports"
# What a writer that dies leaves of a file; sweep.py removes it.
UNFINISHED = ".part-"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UPLOAD = re.compile(r"[0-9A-Za-z-]{1,64}")


def _put(target: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        # As if written now, so that no sweep takes it away before its upload is in the ledger.
        os.utime(target)
        return
    name = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except OSError as error:
        if name:
            # On a full disk the half of it is in the way of what is tried next.
            Path(name).unlink(missing_ok=True)
        raise unwritable(error) from error


def keep_original(lake: Lake, content: bytes) -> str:
    """Stores a file's bytes once and gives their SHA-256.

    Raises:
        LakeError: it cannot be written.
    """
    digest = file_digest(content)
    _put(lake.root / ORIGINALS / digest, content)
    return digest


def original(lake: Lake, digest: str) -> bytes:
    """The bytes of a kept file.

    Raises:
        FileNotFoundError: no file of this hash was kept.
    """
    if not _DIGEST.fullmatch(digest):
        raise FileNotFoundError(digest)
    return (lake.root / ORIGINALS / digest).read_bytes()


def keep_report(lake: Lake, upload_id: str, report: str) -> None:
    """Stores the findings report (JSON) of an upload.

    Raises:
        LakeError: it cannot be written.
    """
    _put(lake.root / REPORTS / f"{upload_id}.json", report.encode())


def kept_report(lake: Lake, upload_id: str) -> str:
    """The findings report (JSON) that was kept for an upload, empty where there is none."""
    if not _UPLOAD.fullmatch(upload_id):
        return ""
    path = lake.root / "reports" / f"{upload_id}.json"
    return path.read_text(encoding="utf-8") if path.is_file() else ""
