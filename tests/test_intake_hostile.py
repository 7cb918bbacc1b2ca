"""Files made to break their reader are answered in words, at a small and bounded price."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import HOSTILE
from tests.intake_lakes import workbook
from xianzhong.intake import limits, read_child
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.messages import RULES
from xianzhong.intake.read_child import allowed_seconds, read_in_child

MOST = 500 * limits.MEGABYTE

# A process between the test and the reader: what its children took is told when they have ended,
# however they ended, and nothing that the test itself took is counted with them.
WATCH = """
import json, resource, sys
from xianzhong.intake.errors import IntakeError
from xianzhong.intake.read_child import read_in_child
try:
    found = {"read": len(read_in_child(sys.stdin.buffer.read(), sys.argv[1]).sheets)}
except IntakeError as error:
    found = {"rule": error.rule, "zh": error.message("zh"), "en": error.message("en")}
unit = 1 if sys.platform == "darwin" else 1024
found["peak"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
print(json.dumps(found))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the platform tells no peak of a child")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_in_words_with_little_memory(name: str) -> None:
    make, file_name, rule = HOSTILE[name]
    watched = subprocess.run(
        [sys.executable, "-c", WATCH, file_name], input=make(), capture_output=True, check=True
    )
    found = json.loads(watched.stdout)
    assert found.get("rule", "") == rule
    if rule:
        assert found["zh"]
        assert found["en"]
        assert "{" not in found["zh"] + found["en"]
    assert 0 < found["peak"] < MOST


def test_every_rule_that_answers_a_hostile_file_is_an_error_of_the_catalogue() -> None:
    assert {RULES[rule].severity for _, _, rule in HOSTILE.values() if rule} == {"error"}


def test_the_limits_keep_an_answer_under_five_seconds_and_half_a_gigabyte() -> None:
    assert limits.CHILD_SECONDS < 5
    assert limits.CHILD_MEMORY < MOST
    # Only a workbook that is large on its way here may take longer.
    small = b"PK\x03\x04" + b"x" * (limits.FREE_MEGABYTES * limits.MEGABYTE - 4)
    assert allowed_seconds(small) == limits.CHILD_SECONDS
    assert allowed_seconds(b"PK\x03\x04" + b"x" * limits.MAX_FILE) < 20
    assert allowed_seconds(b"<table>" + b"x" * limits.MAX_FILE) == limits.CHILD_SECONDS


def test_a_long_name_of_a_sheet_is_kept_and_an_endless_one_refused() -> None:
    long = "表" * 200
    content = workbook(s=[["a"]])
    assert read_in_child(renamed(content, long), "x.xlsx").sheets[0].name == long
    with pytest.raises(IntakeError) as caught:
        read_in_child(renamed(content, "表" * 100_000), "x.xlsx")
    assert caught.value.rule == "file_members"


def renamed(content: bytes, name: str) -> bytes:
    """The workbook with another name for its sheet."""
    from tests.intake_files import members_of, repacked

    book = members_of(content)["xl/workbook.xml"].decode()
    return repacked(content, {"xl/workbook.xml": book.replace('name="s"', f'name="{name}"')})


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "/etc/passwd", "a\nb.csv", "\x00.csv", "\udcff.csv",
             "=cmd|' /C calc'!A0.csv", "<script>.csv", "长" * 5_000 + ".csv", "", "."],
)  # fmt: skip
def test_a_name_of_a_file_is_only_a_name(name: str, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    rule, rows = "", ()
    try:
        rows = read_in_child(b"a,b\n1,2\n", name).sheets[0].rows
    except IntakeError as error:
        rule = error.rule
    assert rule == "file_kind" or rows[1].values == ("1", "2")
    assert set(tmp_path.iterdir()) == before


def test_the_reader_is_started_by_no_name_that_the_file_brings() -> None:
    assert read_child.PROGRAM == ("-P", "-X", "utf8", "-m", "xianzhong.intake.child")
