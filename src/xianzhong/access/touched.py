"""The records that a change set touches, and where each of them belongs, before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from xianzhong.access.grounds import Grounds
from xianzhong.intake.check import Where
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Change, Lake

Outside = tuple[tuple[str, str], ...]


class Touch(NamedTuple):
    """One state of one record: as it is, or as it would be."""

    table: str
    record_id: str
    where: Where


def touched(lake: Lake, base: Snapshot, changes: Sequence[Change]) -> list[Touch]:
    """Both states of every record that comes, changes or goes.

    A new university that a pairing of the same changes names belongs with that pairing, and so
    does one that goes with it: they are left out.

    Raises:
        LakeError: the lake cannot be read.
    """
    puts = {c.table: c.puts.to_pylist() for c in changes}
    counties = {row[RECORD_ID]: str(row["county_code"] or "") for row in puts.get("schools", ())}
    before, after = Grounds(lake, base), Grounds(lake, base, counties)
    named: set[str] = set()
    found: list[Touch] = []
    come_or_go: set[str] = set()
    for change in changes:
        ids = [*change.puts[RECORD_ID].to_pylist(), *change.deletes]
        stored = lake.rows(change.table, base, match=(RECORD_ID, ids)).to_pylist()
        states = [(before, row) for row in stored]
        states += [(after, row) for row in puts[change.table]]
        if change.table == "pairings":
            named |= {row["university_code"] for _, row in states}
        if change.table == "universities":
            there = {row[RECORD_ID] for row in stored}
            come_or_go |= set(change.deletes) | (set(ids) - there)
        found += [
            Touch(change.table, str(row[RECORD_ID]), grounds.where(change.table, row))
            for grounds, row in states
        ]
    free = come_or_go & named
    return [one for one in found if not (one.table == "universities" and one.record_id in free)]


def outside(
    lake: Lake, base: Snapshot, changes: Sequence[Change], allowed: Callable[[Where], bool]
) -> Outside:
    """The records of changes that lie, as they are or as they would be, where nobody allowed it.

    Raises:
        LakeError: the lake cannot be read.
    """
    found = ((t.table, t.record_id) for t in touched(lake, base, changes) if not allowed(t.where))
    return tuple(dict.fromkeys(found))
