"""Lakes and sheets for the tests of the intake."""

from __future__ import annotations

import atexit
import csv
import io
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl

from xianzhong.intake.load import Prepared, Receipt, commit, prepare
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES

PROGRAMME = Path(__file__).resolve().parents[1] / "data" / "programme"
ORDER = (
    ("universities", "universities.csv"),
    ("schools", "schools.csv"),
    ("pairings", "pairings.csv"),
    ("activities", "activities.csv"),
    ("weak_counties", "former_poverty_counties.csv"),
)
TODAY = date(2026, 1, 1)

Cells = Sequence[Sequence[object]]


def csv_bytes(rows: Cells, encoding: str = "utf-8-sig") -> bytes:
    """A CSV file of these rows."""
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode(encoding)


def workbook(**sheets: list[list[object]]) -> bytes:
    """An XLSX file with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def programme_rows(name: str) -> list[list[str]]:
    """The rows of one of the programme's own files, headers first."""
    with (PROGRAMME / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def load_real(lake: Lake, table: str, name: str) -> Receipt:
    """Loads one of the programme's own files."""
    prepared = prepare(lake, TABLES[table], name, (PROGRAMME / name).read_bytes(), today=TODAY)
    return commit(lake, prepared, who="test")


def real_lake(root: Path, *tables: str) -> Lake:
    """A lake of its own with these tables of the programme, loaded once per process."""
    shutil.copytree(_loaded_once(*tables), root, dirs_exist_ok=True)
    return Lake(root)


@cache
def _loaded_once(*tables: str) -> Path:
    folder = tempfile.TemporaryDirectory(prefix="xianzhong-real-")
    atexit.register(folder.cleanup)
    lake = Lake(Path(folder.name))
    for table, name in ORDER:
        if table in tables:
            assert load_real(lake, table, name).committed
    return lake.root


def try_rows(lake: Lake, table: str, rows: Cells) -> Prepared:
    """Prepares a sheet of these rows; writes nothing."""
    return prepare(lake, TABLES[table], "表.csv", csv_bytes(rows), today=TODAY)


def put_rows(lake: Lake, table: str, rows: Cells) -> Receipt:
    """Loads a sheet of these rows; fails the test where something keeps it out."""
    prepared = try_rows(lake, table, rows)
    assert prepared.report.ok, said(prepared)
    return commit(lake, prepared, who="test")


def said(prepared: Prepared | Receipt) -> list[tuple[int, str, str]]:
    """Row, column and rule of every finding."""
    return [(f.row, f.column, f.rule) for f in prepared.report.findings]


def rules(prepared: Prepared | Receipt) -> set[str]:
    """The rules of all findings."""
    return {finding.rule for finding in prepared.report.findings}


def stored(lake: Lake, table: str) -> dict[str, dict[str, object]]:
    """The rows of a table by record id."""
    rows = lake.rows(table, lake.snapshot()).to_pylist()
    return {row["record_id"]: row for row in rows}
