"""The schools and universities that a pairing sheet adds, as changes of the same commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xianzhong.intake.compare import to_arrow
from xianzhong.intake.parties import Parties, Who
from xianzhong.intake.roster import Party
from xianzhong.intake.rows import Record
from xianzhong.lake.schema import COMMIT_ID, RECORD_ID, SOURCE_ROW, UPLOAD_ID
from xianzhong.lake.store import Change
from xianzhong.model.tables import TABLES

_TABLES: dict[Who, str] = {"university": "universities", "school": "schools"}
# A new school is known from the same source as the pairing that named it.
_SHARED = ("source", "source_date", "source_url")


def registrations(parties: Parties, records: Sequence[Record], upload_id: str) -> list[Change]:
    """One change per table for the new parties that accepted records name."""
    naming: dict[str, Record] = {}
    for record in records:
        if not record.rejected:
            for column in ("university_code", "school_code"):
                naming.setdefault(record.values.get(column, ""), record)
    rows: dict[Who, list[dict[str, Any]]] = {"university": [], "school": []}
    for code, (who, party) in parties.added.items():
        if code in naming:
            rows[who].append(_row(who, party, naming[code], upload_id))
    return [
        Change(_TABLES[who], to_arrow(TABLES[_TABLES[who]], found))
        for who, found in rows.items()
        if found
    ]


def _row(who: Who, party: Party, record: Record, upload_id: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        RECORD_ID: party.code,
        f"{who}_code": party.code,
        "name": party.name,
        UPLOAD_ID: upload_id,
        COMMIT_ID: None,
        SOURCE_ROW: record.row.number,
    }
    if who == "school":
        row["county_code"] = party.county
    return row | {name: record.values.get(name) for name in _SHARED}
