"""The journal: what is kept beside the programme's records, such as shared links and meetings.

An append-only Delta table. Each event holds the whole new state of one thing, so the newest
event of a thing is what it is, and those before are its history. Nothing here makes a snapshot
of the records: to share a view does not change the numbers.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from filelock import Timeout

from xianzhong.lake.errors import BusyError, LakeChangedError, LakeError, cause, unwritable
from xianzhong.lake.merging import HOOKS, properties
from xianzhong.lake.schema import JOURNAL, JOURNAL_SCHEMA
from xianzhong.lake.store import Lake, read_files
from xianzhong.lake.writing import running

# Without l, 1, o and 0, which are taken for one another when they are read aloud.
_LETTERS = "23456789abcdefghijkmnpqrstuvwxyz"  # pragma: allowlist secret
_KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody did to a thing.

    Attributes:
        kind: what sort of thing it is, such as ``link``.
        key: its id.
        number: 1 for the first event of the thing, then one more with each.
        at: when (UTC).
        who: the name that was given.
        action: what was done, such as ``created``.
        body: the state of the thing from then on, JSON-like.
    """

    kind: str
    key: str
    number: int
    at: datetime
    who: str
    action: str
    body: Mapping[str, Any]


class Journal:
    """The journal of a lake; safe to share between threads."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._guard = Lock()
        self._version = -1
        self._events: tuple[Event, ...] = ()

    def events(self, kind: str, key: str = "") -> tuple[Event, ...]:
        """The events of a kind, or of one thing, oldest first. Cheap while nothing is new.

        Raises:
            LakeError: the journal cannot be read.
        """
        found = tuple(e for e in self._all() if e.kind == kind and (not key or e.key == key))
        # By number and not by moment: a clock may have been set back in between.
        return tuple(sorted(found, key=lambda event: event.number)) if key else found

    def newest(self, kind: str) -> dict[str, Event]:
        """The newest event of each thing of a kind, by key, in the order of their making.

        Raises:
            LakeError: the journal cannot be read.
        """
        found: dict[str, Event] = {}
        for event in self.events(kind):
            # By number and not by moment: a clock may have been set back in between.
            if event.key not in found or found[event.key].number < event.number:
                found[event.key] = event
        return found

    def append(
        self,
        kind: str,
        key: str,
        action: str,
        who: str,
        body: Mapping[str, Any],
        *,
        after: int,
        now: datetime | None = None,
        only_if: Callable[[], object] = lambda: None,
    ) -> Event:
        """Adds an event to a thing that is still as the caller saw it.

        Args:
            kind: of the thing.
            key: of the thing.
            action: what is done to it.
            who: the name that was given.
            body: the state of the thing from then on.
            after: number of the thing's newest event that the caller knows, 0 for a new thing.
            now: the moment, the present one by default.
            only_if: called when nobody else can write any more; what it raises leaves all as
                it was. For what must be true of other things than this one.

        Raises:
            LakeChangedError: somebody else has changed the thing since.
            LakeError: the journal cannot be written.
        """
        try:
            with running("journal"), self._lake._writer():  # one room, one lock
                known = len(self.events(kind, key))
                if known != after:
                    raise LakeChangedError(
                        "somebody else has changed it in the meantime", "刚刚有别人改过"
                    )
                only_if()
                event = Event(kind, key, known + 1, now or datetime.now(UTC), who, action, body)
                row = {
                    "kind": kind, "key": key, "number": event.number, "at": event.at, "who": who,
                    "action": action, "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
                }  # fmt: skip
                write_deltalake(
                    self._lake.path(JOURNAL), pa.Table.from_pylist([row], schema=JOURNAL_SCHEMA),
                    mode="append", commit_properties=properties(f"{kind} {key} {event.number}"),
                    post_commithook_properties=HOOKS,
                )  # fmt: skip
        except Timeout as error:
            raise BusyError from error
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise unwritable(error) from error
        return event

    def _all(self) -> tuple[Event, ...]:
        with self._guard:
            log = self._lake.root / JOURNAL / "_delta_log"
            if self._version >= 0 and not (log / f"{self._version + 1:020d}.json").exists():
                return self._events
            try:
                table = DeltaTable(self._lake.path(JOURNAL))
                rows = read_files(self._lake, JOURNAL, JOURNAL_SCHEMA, table).to_pylist()
            except Exception as error:
                raise LakeError(
                    f"the lake's journal cannot be read: {cause(error)}",
                    f"数据目录的链接和会议记录读不出来：{cause(error)}",
                ) from error
            found = [Event(**(row | {"body": json.loads(row["body"])})) for row in rows]
            self._events = tuple(sorted(found, key=lambda e: (e.at, e.key, e.number)))
            self._version = table.version()
            return self._events


_journals: WeakKeyDictionary[Lake, Journal] = WeakKeyDictionary()
_making = Lock()


def journal_of(lake: Lake) -> Journal:
    """The journal of a lake, one for all its callers."""
    with _making:
        return _journals.setdefault(lake, Journal(lake))


def new_key() -> str:
    """An id that nobody can guess: 60 random bits in letters that are told apart by ear."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_KEY_LENGTH))
