"""What a caller sees of uploads: those that touched records in scope, and of them that part.

The file and its report hold whatever somebody put into them, so they are shown only to who sent
them and to who may see all of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xianzhong.access.caller import Caller
from xianzhong.access.grounds import Grounds
from xianzhong.access.places import places_of
from xianzhong.access.reach import covers
from xianzhong.access.roles import Action
from xianzhong.lake.ledger import Entry, Snapshot
from xianzhong.lake.originals import kept_report
from xianzhong.lake.record_history import RecordChange, record_history
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import gone_with, root_of
from xianzhong.model.labels import LANGS
from xianzhong.model.tables import TABLES
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, Scope

Records = frozenset[tuple[str, str]]
_DECIDING = ("schools", "universities", "pairings", "activities")


@dataclass(frozen=True, slots=True)
class Part:
    """How much of an upload somebody sees, as (table, record id).

    Attributes:
        seen: records that lie in scope, as they were before and as they are after.
        partly: records that came into scope with it, or left it.
        hidden: how many others there are.
    """

    seen: Records = frozenset()
    partly: Records = frozenset()
    hidden: int = 0

    @property
    def whole(self) -> bool:
        """Whether there is nothing that is not seen."""
        return not (self.partly or self.hidden)

    @property
    def none(self) -> bool:
        """Whether nothing is seen."""
        return not (self.seen or self.partly)


def uploader_of(lake: Lake, entry: Entry) -> str:
    """Id of the person who made an upload or an undo, empty where no sign-in told.

    Raises:
        OSError: the kept report cannot be read.
    """
    return str(_by(lake, entry).get("person", ""))


@dataclass(frozen=True, slots=True)
class Marks:
    """What is kept of an upload beside what it did.

    Attributes:
        late: whether it changed records of a term that was closed.
        reviewed_by: name of who accepted it, empty where it was not reviewed.
    """

    late: bool = False
    reviewed_by: str = ""


def marks_of(lake: Lake, entry: Entry) -> Marks:
    """The marks of an upload or an undo.

    Raises:
        OSError: the kept report cannot be read.
    """
    by = _by(lake, entry)
    reviewed = by.get("reviewed")
    name = str(reviewed.get("name", "")) if isinstance(reviewed, dict) else ""
    return Marks(by.get("late") is True, name)


def part_of(lake: Lake, caller: Caller, entry: Entry) -> Part:
    """How much of an upload's (or an undo's) records the caller sees.

    Raises:
        LakeError: the lake cannot be read.
    """
    head = lake.snapshot()
    deciding = tuple((name, head.version(name)) for name in _DECIDING)
    return _part(lake, caller.scopes(Action.SEE), entry.upload_id, deciding)


def entries_seen(lake: Lake, caller: Caller) -> tuple[Entry, ...]:
    """The ledger's entries of which the caller sees something, or that are their own; oldest first.

    Raises:
        LakeError: the lake cannot be read.
    """
    scope = caller.scopes(Action.SEE)
    entries = lake.entries()
    if scope == NATION:
        return entries
    if scope == NOWHERE:
        return ()
    return tuple(
        entry
        for entry in entries
        if _is_own(lake, caller, entry) or not part_of(lake, caller, entry).none
    )


def original_seen(lake: Lake, caller: Caller, entry: Entry) -> bool:
    """Whether the caller may have the file of an upload and its whole report.

    It is their own, or they see the whole nation, or they see all records that it touched and
    the file has nothing else: no row was kept out, and none that changed nothing could lie
    beyond, for its sender could not have written there.

    Raises:
        LakeError: the lake cannot be read.
    """
    scope = caller.scopes(Action.SEE)
    if scope in (NATION, NOWHERE):
        return scope == NATION
    if _is_own(lake, caller, entry):
        return True
    if entry.rejected or (entry.unchanged and not _sender_within(lake, scope, entry)):
        return False
    return part_of(lake, caller, entry).whole


def report_seen(lake: Lake, caller: Caller, entry: Entry) -> Mapping[str, Any]:
    """The kept report as far as the caller may read it, by language; empty where there is none.

    Of a file that the caller does not see as a whole there are no findings, for they quote
    rows; changes and counts are those of the records seen.

    Raises:
        LakeError: the lake cannot be read.
    """
    text = kept_report(lake, entry.upload_id)
    if not text or caller.scopes(Action.SEE) == NOWHERE:
        return {}
    report = json.loads(text)
    found = {name: report[name] for name in (*LANGS, "said") if name in report}
    if original_seen(lake, caller, entry):
        return found
    seen = {key for table, key in part_of(lake, caller, entry).seen if table == entry.table}
    return {lang: _cut(found[lang], seen) for lang in LANGS if lang in found}


def changes_seen(
    lake: Lake, caller: Caller, table: str, record_id: str, snapshot: Snapshot
) -> tuple[RecordChange, ...]:
    """A record's history, newest first, back to where it lay outside the caller's scope.

    Raises:
        LakeError: the lake cannot be read.
    """
    scope = caller.scopes(Action.SEE)
    changes = record_history(lake, table, record_id, snapshot)
    if scope == NATION:
        return changes
    grounds = Grounds(lake, lake.snapshot())

    def shown(at: Snapshot) -> bool:
        rows = lake.rows(table, at, match=(RECORD_ID, [record_id])).to_pylist()
        return all(grounds.sees(scope, table, row) for row in rows)

    if scope == NOWHERE or not shown(snapshot):
        return ()
    found = []
    for change in changes:
        number = change.entry.number
        # Each change tells both states, so both have to lie inside.
        if not (shown(lake.snapshot(number)) and shown(lake.snapshot(number - 1))):
            break
        found.append(change)
    return tuple(found)


def _is_own(lake: Lake, caller: Caller, entry: Entry) -> bool:
    return bool(caller.person) and uploader_of(lake, entry) == caller.person


def _by(lake: Lake, entry: Entry) -> Mapping[str, Any]:
    return _kept_by(lake, entry.upload_id)


@lru_cache(maxsize=10_000)
def _kept_by(lake: Lake, upload_id: str) -> Mapping[str, Any]:
    # Written before its entry is in the ledger, and never again.
    text = kept_report(lake, upload_id)
    found = json.loads(text).get("by") if text else None
    return found if isinstance(found, dict) else {}


def _sender_within(lake: Lake, scope: AnyScope, entry: Entry) -> bool:
    """Whether all places lie in a scope that the sender could write to."""
    given, places = _by(lake, entry).get("scopes", ()), places_of(lake)
    return bool(given) and all(covers(scope, places.whole(Scope(**one))) for one in given)


def _cut(report: Mapping[str, Any], seen: set[str]) -> dict[str, Any]:
    changes = [change for change in report.get("changes", ()) if change["record_id"] in seen]
    counts = {
        outcome: sum(change["outcome"] == outcome for change in changes)
        for outcome in ("new", "updated")
    }
    return {"counts": counts, "findings": [], "changes": changes, "removed": []}


@lru_cache(maxsize=10_000)
def _part(
    lake: Lake, scope: AnyScope, upload_id: str, deciding: tuple[tuple[str, int], ...]
) -> Part:
    entry = next(one for one in lake.entries() if one.upload_id == upload_id)
    before, after = lake.snapshot(entry.number - 1), entry.snapshot
    grounds = Grounds(lake, Snapshot(0, None, deciding))
    states: dict[tuple[str, str], list[bool]] = {}
    for table, ids in _touched(lake, entry).items():
        for at in (before, after):
            for row in lake.rows(table, at, match=(RECORD_ID, ids)).to_pylist():
                seen = scope != NOWHERE and grounds.sees(scope, table, row)
                states.setdefault((table, row[RECORD_ID]), []).append(seen)
    whole = frozenset(key for key, seen in states.items() if all(seen))
    some = frozenset(key for key, seen in states.items() if any(seen)) - whole
    return Part(whole, some, len(states) - len(whole) - len(some))


def _touched(lake: Lake, entry: Entry) -> dict[str, set[str]]:
    """The records that an upload, or the upload that an undo is about, put or removed."""
    root = root_of(lake.entries(), entry)
    before = lake.snapshot(root.number - 1)
    found: dict[str, set[str]] = {}
    for table in TABLES:
        if before.version(table) == root.snapshot.version(table):
            continue
        put = lake.rows(
            table, root.snapshot, columns=[RECORD_ID], match=(COMMIT_ID, [root.upload_id])
        )
        found[table] = {*put[RECORD_ID].to_pylist(), *gone_with(lake, table, root)}
    return found
