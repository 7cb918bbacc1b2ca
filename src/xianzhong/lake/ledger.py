"""The ledger: one row per commit, and the snapshot that each commit made.

The ledger's own commit is the moment at which an upload becomes visible. A table version that
no ledger row names was left by a writer that died; readers never see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

import pyarrow as pa

from xianzhong.lake.schema import LEDGER_SCHEMA

CommitKind = Literal["upload", "undo"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of all tables.

    Attributes:
        number: 0 for the empty lake, then one more with each commit.
        at: when it was made (UTC), None for the empty lake.
        versions: (table, Delta version) pairs, sorted; hashable, so a cache key.
    """

    number: int
    at: datetime | None
    versions: tuple[tuple[str, int], ...]

    def version(self, table: str) -> int:
        """Delta version of ``table``; 0, the empty one, where it is not named."""
        return dict(self.versions).get(table, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger: an upload or an undo, and what it did.

    ``table`` is the table whose sheet was loaded; the commit may have touched others (new
    schools that a pairing sheet named). ``undoes`` holds the upload taken back, or nothing.
    """

    upload_id: str
    kind: CommitKind
    table: str
    file_name: str
    sha256: str
    who: str
    new: int
    updated: int
    unchanged: int
    rejected: int
    reader: str
    undoes: str = ""
    number: int = 0
    at: datetime | None = None
    versions: Mapping[str, int] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        """The state that this commit made."""
        return Snapshot(self.number, self.at, tuple(sorted(self.versions.items())))

    def to_arrow(self) -> pa.Table:
        """The entry as a one-row Arrow table of ``LEDGER_SCHEMA``."""
        row = asdict(self) | {"versions": json.dumps(dict(self.versions), sort_keys=True)}
        return pa.Table.from_pylist([row], schema=LEDGER_SCHEMA)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Entry:
        """The entry of a ledger row."""
        return cls(**(row | {"versions": json.loads(row["versions"])}))


def in_order(rows: Iterable[dict[str, Any]]) -> tuple[Entry, ...]:
    """The entries of ledger rows, oldest first: by number, for clocks are set back."""
    return tuple(sorted(map(Entry.from_row, rows), key=lambda entry: entry.number))


def undone(entries: tuple[Entry, ...]) -> frozenset[str]:
    """Ids of the uploads (and undos) that are taken back at present."""
    gone: set[str] = set()
    # Newest first: an undo counts unless a later one has taken it back.
    for entry in reversed(entries):
        if entry.undoes and entry.upload_id not in gone:
            gone.add(entry.undoes)
    return frozenset(gone)
