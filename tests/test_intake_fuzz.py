"""Damaged files by the thousand: each is read or refused in words, and nothing else comes out.

Sound files of every format are damaged at random places (bits flipped, spans taken out, doubled or
cut off), workbooks also inside one of their parts, packed again so that the ZIP itself is whole.
"""

from __future__ import annotations

import io
import pickle
import random
import subprocess
import sys
import zipfile
from functools import cache

import pytest

from tests.intake_files import ods, xls, xlsb, xlsb_cell, xlsb_row, zipped
from tests.intake_lakes import csv_bytes, workbook
from tests.lakes import ROOT
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read_child import read_in_child

SEED, FILES, BATCHES, THROUGH_THE_PROCESS = 20261124, 2_400, 4, 40
ROWS: list[list[object]] = [
    ["受援县中", "活动类型", "开始日期", "派出人数"],
    *(["示例", "指导", "2024-03-05", n] for n in range(9)),
]
WORKBOOKS = (".xlsx", ".xlsb", ".ods")

# Runs in a process of its own, as the reader does: what is damaged may take memory and time.
BATCH = """
import pickle, sys
from xianzhong.intake.child import limit
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read import read_with_notes
limit(60)
for name, content in pickle.load(sys.stdin.buffer):
    try:
        read_with_notes(content, name)
        print("read")
    except IntakeError as error:
        assert error.message("zh") and error.message("en")
        print("refused")
    except MemoryError:
        print("refused")
"""


@cache
def sound() -> tuple[tuple[str, bytes], ...]:
    """A sound file of each format; xlsx twice, for it is what most people send."""
    book = workbook(表=ROWS, 另=[["说明"]])
    text = csv_bytes([[str(cell) for cell in row] for row in ROWS])
    cells = [[xlsb_cell(at, str(cell)) for at, cell in enumerate(row)] for row in ROWS]
    listed = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return (
        ("表.xlsx", book),
        ("表.xlsx", book),
        ("表.xls", xls()),
        ("表.xlsb", xlsb(b"".join(xlsb_row(n, row) for n, row in enumerate(cells, 1)))),
        ("表.ods", ods(f'<table:table table:name="表">{listed}</table:table>')),
        ("表.csv", text),
        ("表.txt", text.decode("utf-8-sig").encode("utf-16")),
        ("表.xls", f"<table>{page}</table>".encode()),
    )


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, taken out, doubled or cut off."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(found))
        span = chance.randint(1, 40)
        match chance.randrange(4):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + span]
            case 2:
                found[at:at] = found[at : at + span]
            case _:
                if chance.random() < 0.1:
                    del found[at:]
        if not found:
            return b"\x00"
    return bytes(found)


def damaged_part(content: bytes, chance: random.Random) -> bytes:
    """A workbook of which one part is damaged and packed again, so that the ZIP is whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return zipped(parts | {name: damaged(parts[name], chance)})


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """All damaged files, the same in every run."""
    chance = random.Random(SEED)
    found = []
    for number in range(FILES):
        name, content = sound()[number % len(sound())]
        within = name.endswith(WORKBOOKS) and chance.random() < 0.6
        found.append((name, damaged_part(content, chance) if within else damaged(content, chance)))
    return tuple(found)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_damaged_files_are_read_or_refused_in_words(batch: int) -> None:
    made = files()[batch::BATCHES]
    done = subprocess.run(
        [sys.executable, "-c", BATCH], input=pickle.dumps(made),
        capture_output=True, cwd=ROOT, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answers = done.stdout.decode().split()
    assert len(answers) == len(made)
    # The damage is neither so light that all is read nor so heavy that nothing is.
    assert min(answers.count("read"), answers.count("refused")) > len(made) // 20


def answered(name: str, content: bytes) -> bool:
    """Whether the process gives sheets, or a refusal with words and a hint."""
    try:
        return read_in_child(content, name).sheets is not None
    except IntakeError as error:
        return bool(error.message("zh") and error.hint("zh"))


@pytest.mark.parametrize("number", range(0, FILES, FILES // THROUGH_THE_PROCESS - 1))
def test_a_damaged_file_leaves_the_server_standing(number: int) -> None:
    assert answered(*files()[number])
