"""`python -m bench uploads` measures uploads and writes their part of docs/performance.md.

Activities with 5 % bad rows, as XLSX and CSV: each file goes the whole road in a process of its
own (see upload_steps.py), and pandas reads the same workbook in another, as the floor.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

import xlsxwriter

from bench.report import machine_line, write_section
from bench.servers import ROOT
from xianzhong.demo.build import build_demo
from xianzhong.lake.kind import MARK
from xianzhong.lake.store import Lake
from xianzhong.model.kinds import KINDS
from xianzhong.model.tables import TABLES

SIZES, KINDS_OF_FILE = (1_000, 10_000, 100_000), ("xlsx", "csv")
SCHOOLS, BAD_EVERY, SEED = 2_000, 20, 3
STEPS = ("read", "prepare", "annotate", "commit")
SECTION = "uploads"
HEADERS = ("序号", "帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期", "结束日期",
           "派出人数", "受益人数", "备注")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One file: seconds of each step, and megabytes at the peak."""

    rows: int
    kind: str
    seconds: dict[str, float]
    server: float
    child: float
    first: float
    floor: float | None
    floor_megabytes: float | None


def main() -> None:
    """Makes the files, measures, writes the section."""
    with tempfile.TemporaryDirectory(prefix="xianzhong-bench-") as folder:
        root = Path(folder)
        lake = Lake(root / "lake")
        build_demo(lake, SCHOOLS, 0, SEED)
        # Made-up schools and pairings, in a lake that takes uploads.
        (lake.root / MARK).unlink()
        found = [_measure(root, lake, rows, kind) for rows in SIZES for kind in KINDS_OF_FILE]
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    write_section(Path("docs/performance.md"), SECTION, [*_lines(found, machine)])


def _measure(root: Path, lake: Lake, rows: int, kind: str) -> Measured:
    path = root / f"{rows}.{kind}"
    _write_file(path, [HEADERS, *_rows(lake, rows)])
    # Each file meets the same lake: no upload before it is on record.
    steps = _run("steps", str(path), str(_copy(lake, root / f"lake-{rows}-{kind}")))
    floor = _run("floor", str(path)) if kind == "xlsx" else None
    print(f"{path.name}: {steps} floor: {floor}", flush=True)
    return Measured(
        rows, kind, {name: steps[name] for name in STEPS}, steps["server"], steps["child"],
        steps["first"],
        floor["floor"] if floor else None, floor["server"] if floor else None,
    )  # fmt: skip


def _copy(lake: Lake, target: Path) -> Path:

    shutil.copytree(lake.root, target)
    return target


def _run(*arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.upload_steps", *arguments],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _rows(lake: Lake, count: int) -> Iterator[tuple[object, ...]]:
    """Activities of pairs on record, each of its own title; one in twenty has a fault."""
    random = Random(SEED)  # noqa: S311
    snapshot = lake.snapshot()
    names = {
        table: dict(zip(rows[code].to_pylist(), rows["name"].to_pylist(), strict=True))
        for table, code in (("schools", "school_code"), ("universities", "university_code"))
        for rows in (lake.rows(table, snapshot, columns=[code, "name"]),)
    }
    pairs = lake.rows("pairings", snapshot, columns=["school_code", "university_code"]).to_pylist()
    kinds = [kind.label.zh for kind in KINDS]
    for number in range(1, count + 1):
        pair = random.choice(pairs)
        month, day = random.randint(1, 12), random.randint(1, 28)
        row: list[object] = [
            number, names["universities"][pair["university_code"]], pair["school_code"],
            random.choice(kinds), f"示例活动 {number}", f"2025-{month:02d}-{day:02d}", "",
            random.randint(1, 40), random.randint(1, 400), "示例备注",
        ]  # fmt: skip
        if number % BAD_EVERY == 0:
            _spoil(row, number // BAD_EVERY)
        yield tuple(row)


def _spoil(row: list[object], turn: int) -> None:
    """One fault of five kinds: day, number, school, kind, a missing value."""
    index, value = ((5, "2025-02-30"), (7, "若干"), (2, "没有这所学校"), (3, "别的"), (1, ""))[
        turn % 5
    ]
    row[index] = value


def _write_file(path: Path, rows: list[tuple[object, ...]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(TABLES["activities"].label.zh)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def _lines(found: list[Measured], machine: str) -> Iterator[str]:
    yield machine_line(
        f"{machine}; a lake of {SCHOOLS:,} made-up schools, files of {len(HEADERS)} columns, "
        f"one row in {BAD_EVERY} bad"
    )
    yield (
        "The first file of all after a start, of one row, was read and checked in "
        f"{median(one.first for one in found):.1f} s (median of {len(found)})."
    )
    yield ""
    yield (
        "| file | read | read and check | annotated file | commit | all | server's peak "
        "| child's peak | pandas.read_excel | its peak |"
    )
    yield "| --- |" + " ---: |" * 9
    for one in found:
        seconds = one.seconds
        whole = seconds["prepare"] + seconds["annotate"] + seconds["commit"]
        floor = "" if one.floor is None else f"{one.floor:.1f} s"
        memory = "" if one.floor_megabytes is None else f"{one.floor_megabytes:,.0f} MB"
        yield (
            f"| {one.rows:,} rows, {one.kind} | {seconds['read']:.1f} s "
            f"| {seconds['prepare']:.1f} s | {seconds['annotate']:.1f} s "
            f"| {seconds['commit']:.1f} s | {whole:.1f} s | {one.server:,.0f} MB "
            f"| {one.child:,.0f} MB | {floor} | {memory} |"
        )
