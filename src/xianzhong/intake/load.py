"""From a file to a commit: prepare, look, commit. One upload is one entry of the ledger.

All or nothing by default: a file with errors changes nothing. A file that changes nothing is
not committed, so that loading it again leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any
from zoneinfo import ZoneInfo

from xianzhong.intake.check import Facts, Where, check
from xianzhong.intake.choices import Choices, Recognised
from xianzhong.intake.compare import Comparer, to_arrow
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.facts import facts_for, partners
from xianzhong.intake.findings import Finding
from xianzhong.intake.fitting import better_table
from xianzhong.intake.layout import LaidOut, Layout, lay_out
from xianzhong.intake.mend import Kept, RejectedRow, kept_out, rejected, with_fills, with_splits
from xianzhong.intake.observed import observed_commit, observed_reading
from xianzhong.intake.parties import Parties
from xianzhong.intake.places import Places
from xianzhong.intake.read_child import read_in_child
from xianzhong.intake.registration import registrations
from xianzhong.intake.remembered import Remembered, remember
from xianzhong.intake.report import Difference, Report, in_order
from xianzhong.intake.roster import load_schools, load_universities
from xianzhong.intake.rows import Record, RowReader
from xianzhong.intake.years import IN_FILE, hint_in
from xianzhong.lake.errors import BusyError, LakeChangedError
from xianzhong.lake.identifiers import file_digest, new_upload_id
from xianzhong.lake.kind import is_demo
from xianzhong.lake.ledger import Entry, Snapshot, undone
from xianzhong.lake.originals import keep_original, keep_report
from xianzhong.lake.store import Change, Lake
from xianzhong.model.columns import Table
from xianzhong.model.divisions import Divisions
from xianzhong.model.labels import LANGS
from xianzhong.reference import load_divisions
from xianzhong.settings import TIME_ZONE

READER_VERSION = "1"
ATTEMPTS = 5
_TICK = 500
_PAIRED = ("school_code", "university_code", "agreement_date", "start_term")
# Called with how much of the rows has been checked, from 0 to 1; the file has been read by then.
Progress = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file, read and compared; nothing is written yet.

    Attributes:
        base: the snapshot it was compared with.
        today: the day it was read on, where the caller chose it.
        changes: what a commit would do, for the rows without errors.
        choices: what the user said of it.
        recognised: what was made of each sheet, also of those that are not read.
        allowed: where the user may change records; None for everywhere.
        closed: what belongs to a term that is closed to the user; None for nothing.
        kept: the rows with errors; see :func:`rejected_rows`.
        learned: headers and columns of the sheets of which the user named some.
        better: name of another table whose columns the file's headers fit better, or empty.
    """

    table: Table
    file_name: str
    content: bytes
    base: Snapshot
    upload_id: str
    report: Report
    changes: tuple[Change, ...]
    today: date | None = None
    choices: Choices = field(default_factory=Choices)
    recognised: tuple[Recognised, ...] = ()
    allowed: Callable[[Where], bool] | None = None
    closed: Callable[[Where], bool] | None = None
    kept: tuple[Kept, ...] = field(default=(), repr=False)
    learned: tuple[tuple[tuple[str, ...], Mapping[int, str]], ...] = ()
    better: str = ""

    @property
    def nothing_to_do(self) -> bool:
        """Whether a commit would change nothing."""
        return all(change.empty for change in self.changes)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an upload.

    Attributes:
        committed: whether the lake has changed.
        entry: the ledger's entry, None where nothing was committed.
        snapshot: the state after it.
        report: what was found, against the state that it was committed to.
        pending: id of what waits for review instead, where uploads are reviewed.
    """

    committed: bool
    entry: Entry | None
    snapshot: Snapshot
    report: Report
    pending: str = ""


@observed_reading
def prepare(  # noqa: PLR0913
    lake: Lake,
    table: Table,
    file_name: str,
    content: bytes,
    *,
    divisions: Divisions | None = None,
    today: date | None = None,
    choices: Choices | None = None,
    allowed: Callable[[Where], bool] | None = None,
    closed: Callable[[Where], bool] | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """Reads a file and compares it with the lake; writes nothing.

    Args:
        lake: where the records are.
        table: the table that the sheet fills.
        file_name: for its ending, and for the ledger; never used as a path.
        content: the file.
        divisions: the reference data by default.
        today: the day in the country's own time by default.
        choices: what the user says of its columns and rows.
        allowed: whether the user may change records that belong somewhere; all by default.
        closed: whether what belongs to a term is closed to the user; nothing by default.
        progress: told how far it is.

    Raises:
        IntakeError: the file as a whole cannot be read, the lake holds generated data, or the
            file shall stand for a whole table that is not declared to be replaced so.
        LakeError: the lake cannot be read.
    """
    if is_demo(lake.root):
        raise IntakeError("demo_lake")
    base = lake.snapshot()
    choices = choices or Choices()
    if choices.replaces and not table.whole_list:
        raise IntakeError("not_a_whole_list", table=table.label)
    read = read_in_child(content, file_name)
    laid = lay_out(table, read.sheets, choices, Remembered(lake.root, table))
    layouts = laid.layouts
    findings = [*read.findings, *laid.findings, *(f for layout in layouts for f in layout.findings)]
    prepared = Prepared(
        table, file_name, content, base, new_upload_id(), Report(), (), today,
        choices, laid.recognised, allowed, closed, learned=_learned(laid, choices),
        better=better_table(table, read.sheets),
    )  # fmt: skip
    if any(finding.severity == "error" for finding in findings):
        report = Report(_all_rejected(layouts), in_order(findings))
        kept = kept_out((layout, row) for layout in layouts for row in layout.rows)
        return replace(prepared, report=report, kept=kept)
    places = Places(divisions or load_divisions())
    day = today or datetime.now(ZoneInfo(TIME_ZONE)).date()
    compared = _compared(lake, prepared, layouts, places, day, progress or (lambda _: None))
    found = in_order([*findings, *compared.report.findings])
    report = replace(compared.report, findings=found)
    return _with_history(lake, replace(compared, report=report))


def _learned(
    laid: LaidOut, choices: Choices
) -> tuple[tuple[tuple[str, ...], Mapping[int, str]], ...]:
    # The row of the headers alone is worth keeping too: the next sheet has it as far down.
    named = {name for name, columns in choices.columns.items() if columns} | {*choices.headers}
    spoken = [layout for layout in laid.layouts if layout.name in named]
    return tuple((layout.heading.folded, layout.said) for layout in spoken)


def rejected_rows(prepared: Prepared) -> list[RejectedRow]:
    """The rows that are kept out, as a page shows and mends them."""
    return rejected(prepared.kept, prepared.choices)


def split_rows(prepared: Prepared) -> Choices:
    """The choices under which every row that names several in one cell is split."""
    return with_splits(prepared.report.findings, prepared.choices)


def fill_rows(prepared: Prepared) -> Choices:
    """The choices under which every blank party is filled from the row above it.

    Only those cells are filled for which the report has a ``required_above``: its fields name
    the table column (``name``), what would be filled in (``above``) and the row it is from.
    """
    return with_fills(prepared.report.findings, prepared.choices)


def _all_rejected(layouts: Sequence[Layout]) -> tuple[Difference, ...]:
    return tuple(
        Difference("rejected", "", layout.name, row.number)
        for layout in layouts
        for row in layout.rows
    )


def _compared(
    lake: Lake,
    prepared: Prepared,
    layouts: Sequence[Layout],
    places: Places,
    today: date,
    progress: Progress,
) -> Prepared:
    """Reads the rows, checks each, and compares them with the lake."""
    table, base, upload_id = prepared.table, prepared.base, prepared.upload_id
    schools, universities = load_schools(lake, base), load_universities(lake, base)
    registers = table.name == "pairings"
    paired = lake.rows("pairings", base, columns=_PAIRED).to_pylist()
    parties = Parties(schools, universities, places, register=registers, partners=partners(paired))
    facts = facts_for(paired, table, parties, today, prepared.allowed, prepared.closed)
    file_year = hint_in([PurePath(prepared.file_name).stem], IN_FILE, bare=True)
    reader = RowReader(table, parties, prepared.choices, file_year)
    records: list[Record] = []
    rows = sum(len(layout.rows) for layout in layouts)
    for layout in layouts:
        for record in _checked(reader, layout, facts):
            records.append(record)
            if len(records) % _TICK == 0:
                progress(min(len(records) / rows, 1.0))
    replaces = prepared.choices.replaces
    comparer = Comparer(facts, lake, base, parties, upload_id, replaces=replaces)
    compared = comparer.compare(records)
    changes = registrations(parties, records, upload_id)
    gone = tuple(one.record_id for one in compared.removed)
    changes.append(Change(table.name, to_arrow(table, compared.puts), gone))
    findings = [finding for record in records for finding in record.findings]
    findings += [*_kept(table, compared.kept_empty), *reader.notes()]
    if compared.foreign:
        fields = {"count": compared.foreign}
        findings.append(Finding("", 0, "", "", "", "removes_out_of_scope", fields))
    report = Report(tuple(compared.differences), tuple(findings), compared.removed)
    kept = kept_out((record.layout, record.row) for record in records if record.rejected)
    return replace(prepared, report=report, changes=tuple(changes), kept=kept)


def _checked(reader: RowReader, layout: Layout, facts: Facts) -> Iterator[Record]:
    """The records of a sheet. What was split from one row is taken together or not at all."""
    for records in reader.read(layout):
        for record in records:
            check(record, facts)
        if len(records) > 1 and any(record.rejected for record in records):
            for record in records:
                record.unread.add(facts.table.natural_key[0])
        yield from records


def _kept(table: Table, kept: Mapping[str, int]) -> list[Finding]:
    found = []
    for name, count in kept.items():
        label = table.column(name).label
        fields = {"column": label, "count": count}
        found.append(Finding("", 0, "", label.zh, "", "empty_keeps", fields))
    return found


def _with_history(lake: Lake, prepared: Prepared) -> Prepared:
    """Adds that this very file was loaded before, where that is why nothing changes."""
    report = prepared.report
    if not prepared.nothing_to_do or not report.ok:
        return prepared
    digest, entries = file_digest(prepared.content), lake.entries()
    gone = undone(entries)
    for entry in reversed(entries):
        same = entry.sha256 == digest and entry.table == prepared.table.name
        if same and entry.kind == "upload" and entry.upload_id not in gone and entry.at:
            at = entry.at.astimezone(ZoneInfo(TIME_ZONE)).strftime("%Y-%m-%d %H:%M")
            fields = {"at": at, "upload": entry.upload_id}
            said = Finding("", 0, "", "", "", "already_loaded", fields)
            return replace(prepared, report=replace(report, findings=(*report.findings, said)))
    return prepared


@observed_commit
def commit(
    lake: Lake,
    prepared: Prepared,
    *,
    who: str,
    accept_partial: bool = False,
    by: Callable[[Prepared], Mapping[str, Any]] = lambda _: {},
    only_if: Callable[[Prepared], object] = lambda _: None,
) -> Receipt:
    """Writes what was prepared as one upload, or nothing.

    Where another upload came first, the file is compared again with the new state.

    Args:
        lake: the lake that it was prepared against.
        prepared: what to write.
        who: who uploads, for the ledger.
        accept_partial: write the rows without errors although others have some; not where the
            file stands for a whole table.
        by: who that is beyond the name, JSON-like; kept with the report.
        only_if: looks at what is about to be written, when nobody else can write any more; what
            it raises leaves all as it was.

    Raises:
        IntakeError: the lake holds generated data.
        LakeError: the lake cannot be written, or others write without pause.
    """
    for _ in range(ATTEMPTS):
        if lake.snapshot().number != prepared.base.number:
            prepared = prepare(
                lake, prepared.table, prepared.file_name, prepared.content,
                today=prepared.today, choices=prepared.choices, allowed=prepared.allowed,
                closed=prepared.closed,
            )  # fmt: skip
        # A part of a list cannot stand for the whole of it.
        partial = accept_partial and not prepared.choices.replaces
        refused = not prepared.report.ok and not partial
        if refused or prepared.nothing_to_do:
            return Receipt(False, None, prepared.base, prepared.report)
        try:
            return _written(lake, prepared, who, by(prepared), only_if)
        except LakeChangedError:
            continue
    raise BusyError


def _written(
    lake: Lake,
    prepared: Prepared,
    who: str,
    by: Mapping[str, Any],
    only_if: Callable[[Prepared], object],
) -> Receipt:
    report = prepared.report
    # The file and the report come first: no entry of the ledger is ever without them.
    digest = keep_original(lake, prepared.content)
    kept = {lang: report.to_dict(lang) for lang in LANGS} | {"said": prepared.choices.to_dict()}
    kept |= {"by": dict(by)} if by else {}
    keep_report(lake, prepared.upload_id, json.dumps(kept, ensure_ascii=False))
    entry = Entry(
        upload_id=prepared.upload_id,
        kind="upload",
        table=prepared.table.name,
        file_name=PurePath(prepared.file_name).name,
        sha256=digest,
        who=who,
        new=report.counts["new"],
        updated=report.counts["updated"],
        unchanged=report.counts["unchanged"],
        rejected=report.counts["rejected"],
        reader=READER_VERSION,
    )
    # Where a record belongs is told by its school and, for a university, by the pairings.
    needs = ("schools", "pairings") if prepared.allowed else ()
    snapshot = lake.commit(
        prepared.changes, entry, base=prepared.base, needs=needs, only_if=lambda: only_if(prepared)
    )
    for headers, columns in prepared.learned:
        # The records are in the lake; columns that cannot be kept are only asked for again.
        with suppress(OSError):
            remember(lake.root, prepared.table, headers, columns)
    entry = next(e for e in lake.entries() if e.upload_id == prepared.upload_id)
    return Receipt(True, entry, snapshot, report)


def load(
    lake: Lake, table: Table, path: Path, *, who: str, accept_partial: bool = False
) -> Receipt:
    """Prepares and commits a file on disk.

    Raises:
        IntakeError, LakeError: see :func:`prepare` and :func:`commit`.
        OSError: the file cannot be read.
    """
    prepared = prepare(lake, table, path.name, path.read_bytes())
    return commit(lake, prepared, who=who, accept_partial=accept_partial)
