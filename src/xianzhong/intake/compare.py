"""Compares records with the lake: new, updated field by field, unchanged, duplicate, rejected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from xianzhong.intake.alike import Alike
from xianzhong.intake.check import (
    HAPPENED,
    PARTIES,
    Facts,
    place_column,
    where_label,
    where_of,
)
from xianzhong.intake.keys import (
    code_for,
    is_running_number,
    natural_key,
    same_words,
    stored_key,
)
from xianzhong.intake.parties import Parties
from xianzhong.intake.report import Difference, FieldChange, Removed
from xianzhong.intake.rows import Record
from xianzhong.intake.values import PartialDate, Problem, problem
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.schema import (
    COMMIT_ID,
    RECORD_ID,
    SOURCE_ROW,
    UPLOAD_ID,
    lake_schema,
    precision_name,
)
from xianzhong.lake.store import Lake
from xianzhong.model.columns import ColumnType, Table
from xianzhong.model.labels import Label
from xianzhong.model.terms import Term

_FILTERED_KEY = "school_code"


@dataclass(slots=True)
class Comparison:
    """The outcome for every record and the rows to put.

    Attributes:
        differences, puts: outcomes, and the rows to put.
        kept_empty: how many stored values stay because their cell is empty, by column.
        removed: what goes because the file stands for the whole table.
        foreign: how many of those lie outside the user's region.
    """

    differences: list[Difference] = field(default_factory=list)
    puts: list[dict[str, Any]] = field(default_factory=list)
    kept_empty: dict[str, int] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    foreign: int = 0


class Comparer:
    """Compares the records of one file with one snapshot."""

    def __init__(
        self, facts: Facts, lake: Lake, snapshot: Snapshot, parties: Parties, upload_id: str,
        *, replaces: bool = False,
    ) -> None:  # fmt: skip
        self.facts = facts
        self.table = table = facts.table
        self.lake = lake
        self.snapshot = snapshot
        self.parties = parties
        self.upload_id = upload_id
        self.replaces = replaces
        self._by_key: dict[tuple[str, ...], str] = {}
        self._by_stand_in: dict[str | None, list[str]] = {}
        self._stored: dict[str, dict[str, Any]] = {}
        self._first: dict[str, tuple[Record, dict[str, Any]]] = {}
        self._key_of: dict[tuple[str, ...], tuple[str, int]] = {}
        self._alike = Alike(table)
        self.result = Comparison()

    def compare(self, records: list[Record]) -> Comparison:
        """Settles each record's identity and outcome, in the order of the file."""
        good = [record for record in records if not record.rejected]
        self._load(good)
        for record in records:
            difference = self._one(record) if not record.rejected else None
            self.result.differences.append(difference or self._rejected(record))
        if self.replaces and all(d.record_id for d in self.result.differences) and records:
            self._remove_others()
        return self.result

    def _remove_others(self) -> None:
        """What the file lacks goes: only where each of its rows is known to be good."""
        key, county = self.table.natural_key, {"county_code", "school_code", "university_code"}
        names = {column.name for column in self.table.stored_columns}
        columns = [RECORD_ID, *dict.fromkeys((*key, *sorted(county & names)))]
        named = {difference.record_id for difference in self.result.differences}
        rows = self.lake.rows(self.table.name, self.snapshot, columns=columns).to_pylist()
        gone = [row for row in rows if row[RECORD_ID] not in named]
        words = {row[RECORD_ID]: " ".join(str(row[n]) for n in key if row[n]) for row in gone}
        self.result.removed = tuple(
            Removed(id_, said) for id_, said in sorted(words.items(), key=lambda one: one[1])
        )
        if scope := self.facts.scope:
            places = (where_of(self.table, row, self.facts.county_of) for row in gone)
            self.result.foreign = sum(not scope(place) for place in places)

    # What the lake has

    def _load(self, records: list[Record]) -> None:
        keys = self._key_rows(records)
        self._by_key = {stored_key(self.table, row): row[RECORD_ID] for row in keys}
        for row in keys if self.table.stand_in else ():
            self._by_stand_in.setdefault(row[self.table.stand_in], []).append(row[RECORD_ID])
        self._alike.know(keys)
        wanted = {natural_key(self.table, record.values) for record in records}
        ids = {self._by_key[key] for key in wanted if key in self._by_key}
        ids |= {id_ for record in records for id_ in (self._standing_in(record),) if id_}
        identity = self.table.identity
        given = {r.values[identity] for r in records if identity and r.values.get(identity)}
        ids |= given
        if self.table.name == "schools":
            self.parties.reserve(given)
        rows = self.lake.rows(self.table.name, self.snapshot, match=(RECORD_ID, ids))
        self._stored = {row[RECORD_ID]: row for row in rows.to_pylist()}

    def _key_rows(self, records: list[Record]) -> list[dict[str, Any]]:
        """Id and natural key of the stored records that a record of the file may equal.

        What can be compared as it is stored is compared in Arrow, by school first: an upload
        of a few rows must not carry a million through Python.
        """
        table, names = self.table, list(self.table.natural_key)
        dates = [n for n in names if table.column(n).type is ColumnType.DATE]
        further = [table.stand_in] if table.stand_in else []
        columns = [RECORD_ID, *names, *further, *(precision_name(n) for n in dates)]
        match = None
        if _FILTERED_KEY in names:
            match = (_FILTERED_KEY, {r.values[_FILTERED_KEY] for r in records})
        rows = self.lake.rows(table.name, self.snapshot, columns=columns, match=match)
        # An empty part would equal nothing in a join, and texts are compared by their words.
        exact = [n for n in names if table.column(n).required and n not in _texts(table)]
        if exact and records:
            wanted = {n: [_stored_value(r.values[n]) for r in records] for n in exact}
            schema = pa.schema([rows.schema.field(n) for n in exact])
            said = pa.table(wanted, schema=schema)
            rows = rows.join(said, keys=exact, join_type="left semi")
        found: list[dict[str, Any]] = rows.to_pylist()
        return found

    # One record

    def _one(self, record: Record) -> Difference | None:
        key = natural_key(self.table, record.values)
        record_id = self._identify(record, key)
        if record_id is None or not self._may_change(record, record_id):
            return None
        stored = self._stored.get(record_id)
        content = self._content(record, record_id, stored)
        seen = self._first.get(record_id)
        if seen is not None:
            return self._again(record, record_id, content, seen)
        other, where = self._key_of.setdefault(key, (record_id, record.row.number))
        if other != record_id:
            self._say(record, problem("duplicate_conflict", first=where))
            return None
        self._first[record_id] = record, content
        if stored is None:
            return self._new(record, record_id, key, content)
        changes = self._changes(stored, content)
        if not changes:
            return self._difference("unchanged", record, record_id)
        return self._updated(record, record_id, stored, content, changes)

    def _updated(
        self,
        record: Record,
        record_id: str,
        stored: dict[str, Any],
        content: dict[str, Any],
        changes: tuple[FieldChange, ...],
    ) -> Difference | None:
        if not self._still_open(record, stored, stored | content):
            return None
        self._put(record, stored | content)
        return self._difference("updated", record, record_id, changes)

    def _new(
        self, record: Record, record_id: str, key: tuple[str, ...], content: dict[str, Any]
    ) -> Difference | None:
        if not self._is_apart(record) or not self._still_open(record, content):
            return None
        self._notice_like(record, record_id)
        for said in self._alike.to(record, key):
            self._say(record, said)
        self._put(record, content)
        return self._difference("new", record, record_id)

    def _may_change(self, record: Record, record_id: str) -> bool:
        """Whether the record as it is stored lies where the user may: no code moves it there.

        So must a school or university as it would be; other records were looked at already.
        """
        scope, facts = self.facts.scope, self.facts
        if scope is None:
            return True
        states = [self._stored[record_id]] if record_id in self._stored else []
        if self.table.name in PARTIES:
            states.append({**record.values, self.table.identity: record_id})
        for state in states:
            where = where_of(self.table, state, facts.county_of)
            if not scope(where):
                said = problem("out_of_scope", place=where_label(where, facts))
                record.say(place_column(self.table), said)
                return False
        return True

    def _still_open(self, record: Record, *states: Mapping[str, Any]) -> bool:
        """Whether no term is closed to the user in which the record happened, or would have."""
        closed, facts = self.facts.closed, self.facts
        for state in states if closed else ():
            where = where_of(self.table, state, facts.county_of)
            if closed and closed(where):
                term = Term.parse(where.term)
                labels = Label(term.label("zh"), term.label("en"))
                said = problem("term_closed", term=labels, place=where_label(where, facts))
                record.say(HAPPENED[self.table.name], said)
                return False
        return True

    def _identify(self, record: Record, key: tuple[str, ...]) -> str | None:
        """The id of the record that this row is about; None after an error."""
        identity = self.table.identity
        matched = self._by_key.get(key) or self._standing_in(record)
        code = record.values.get(identity, "") if identity else ""
        if code and code not in self._stored and is_running_number(self.table, code):
            record.say(identity, problem("code_not_ours"))
            code = ""
        if not code:
            return matched or self._new_code(record, key)
        if matched in (None, code):
            if code in self._stored:
                self._notice_new_name(record, code)
            return str(code)
        if code in self._stored:
            record.say(identity, problem("key_taken", code=matched))
            return None
        record.say(identity, problem("code_kept", code=matched))
        return matched

    def _standing_in(self, record: Record) -> str | None:
        """The only record of the same stand-in, for a row without the open part of its key."""
        table = self.table
        value = record.values.get(table.stand_in) if table.stand_in else None
        if not value or all(record.values.get(name) for name in table.natural_key):
            return None
        found = self._by_stand_in.get(value, [])
        return found[0] if len(found) == 1 else None

    def _new_code(self, record: Record, key: tuple[str, ...]) -> str:
        if self.table.name != "schools":
            return code_for(self.table, key)
        # Two rows of one file may name the same new school.
        self._by_key[key] = self.parties.next_code(record.values["county_code"])
        return self._by_key[key]

    def _notice_new_name(self, record: Record, code: str) -> None:
        if self.table.name not in ("schools", "universities"):
            return
        old, new = self._stored[code]["name"], record.values["name"]
        if same_words(old) != same_words(new):
            record.say("name", problem("renamed", code=code, old=old, new=new))

    def _is_apart(self, record: Record) -> bool:
        """Whether a new school is surely none that its county has; false after an error."""
        values = record.values
        if self.table.name != "schools" or values.get(self.table.identity):
            return True
        same = self.parties.cores.of_county(values["name"], values["county_code"])
        if same:
            record.say("name", problem("school_exists", name=same[0].name, code=same[0].code))
        return not same

    def _notice_like(self, record: Record, record_id: str) -> None:
        if self.table.name != "schools":
            return
        values = record.values
        near = self.parties.schools.near_school(values["name"], values["county_code"])
        if near is not None and near.code != record_id:
            record.say("name", problem("similar_name", near=near.name))

    def _content(
        self, record: Record, record_id: str, stored: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """What the row says, as stored columns. Columns that it does not fill are absent."""
        content: dict[str, Any] = {RECORD_ID: record_id}
        bound = record.layout.match.bound
        for column in self.table.stored_columns:
            name = column.name
            if name == self.table.identity:
                content[name] = record_id
            elif name in record.values or name in record.cleared:
                content |= _fields(name, record.values.get(name), column.type)
            elif self.replaces:
                # Nothing of the old list stays beside what the new one says.
                content |= _fields(name, None, column.type)
            elif name in bound and stored is not None and stored.get(name) is not None:
                self.result.kept_empty[name] = self.result.kept_empty.get(name, 0) + 1
        return content

    def _changes(
        self, stored: Mapping[str, Any], content: Mapping[str, Any]
    ) -> tuple[FieldChange, ...]:
        changes = []
        for column in self.table.stored_columns:
            name = column.name
            if name not in content:
                continue
            old, new = _value(stored, name, column.type), _value(content, name, column.type)
            if old != new:
                changes.append(FieldChange(name, old, new))
        return tuple(changes)

    def _again(
        self,
        record: Record,
        record_id: str,
        content: dict[str, Any],
        seen: tuple[Record, dict[str, Any]],
    ) -> Difference | None:
        """A second row about the same record."""
        first, said = seen
        where = first.row.number
        if content == said:
            self._say(record, problem("duplicate_row", first=where))
            return self._difference("duplicate", record, record_id)
        self._say(record, problem("duplicate_conflict", first=where))
        return None

    def _say(self, record: Record, said: Problem) -> None:
        names = [n for n in self.table.natural_key if n in record.layout.match.bound]
        record.say(names[-1], said)

    def _put(self, record: Record, content: Mapping[str, Any]) -> None:
        first = {UPLOAD_ID: self.upload_id, COMMIT_ID: None, SOURCE_ROW: record.row.number}
        self.result.puts.append(first | dict(content))

    def _rejected(self, record: Record) -> Difference:
        return self._difference("rejected", record, "")

    @staticmethod
    def _difference(
        outcome: Any, record: Record, record_id: str, changes: tuple[FieldChange, ...] = ()
    ) -> Difference:
        return Difference(outcome, record_id, record.layout.name, record.row.number, changes)


def _texts(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.type is ColumnType.TEXT}


def _stored_value(value: Any) -> Any:
    return value.day if isinstance(value, PartialDate) else value


def _fields(name: str, value: Any, kind: ColumnType) -> dict[str, Any]:
    if kind is not ColumnType.DATE:
        return {name: value}
    if value is None:
        return {name: None, precision_name(name): None}
    return {name: value.day, precision_name(name): value.precision}


def _value(row: Mapping[str, Any], name: str, kind: ColumnType) -> Any:
    value = row.get(name)
    if kind is ColumnType.DATE and value is not None:
        return PartialDate(value, row.get(precision_name(name)) or "day")
    return value


def to_arrow(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of the lake's schema; what a row lacks is empty."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=lake_schema(table))
