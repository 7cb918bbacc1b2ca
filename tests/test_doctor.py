"""The doctor finds what is wrong, says it in both languages, and ends with a code."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import write_deltalake

from tests.small_lake import build, change, entry, put, university
from tests.test_tidy import some
from xianzhong.cli.doctor import examined, memory_limit
from xianzhong.lake import doctor
from xianzhong.lake.backup import backup
from xianzhong.lake.doctor import Check, examine
from xianzhong.lake.originals import keep_original
from xianzhong.lake.store import Lake
from xianzhong.lake.tidy import tidy


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


def found(lake: Path, *, thorough: bool = False, floor: int = 1, later: timedelta = timedelta(0)):
    now = datetime.now(UTC) + later
    checks = list(examine(lake, disk_floor=floor, thorough=thorough, now=now))
    for check in checks:
        assert check.said.zh
        assert check.said.en
        assert (check.state == "good") != bool(check.do.zh and check.do.en)
    return {check.name: check for check in checks}


def test_a_sound_lake_has_nothing_wrong_but_that_it_was_never_backed_up(lake, tmp_path) -> None:
    checks = found(lake.root)
    assert {name: c.state for name, c in checks.items() if c.state != "good"} == {
        "backup": "attention"
    }
    backup(lake, tmp_path / "backup")
    assert found(lake.root)["backup"].state == "good"
    assert found(lake.root, later=timedelta(days=30))["backup"].state == "attention"


def test_no_lake_is_bad(tmp_path) -> None:
    assert found(tmp_path / "none")["lake"].state == "bad"


@pytest.mark.parametrize("cut", [True, False])
def test_a_damaged_table_is_bad_and_leads_to_the_backup(lake, cut) -> None:
    victim = Path(lake.files("pairings", lake.snapshot())[0])
    victim.write_bytes(victim.read_bytes()[:-5]) if cut else victim.unlink()
    check = found(lake.root)["tables"]
    assert check.state == "bad"
    assert "restore" in check.do.en


def test_what_a_dead_writer_left_is_told_and_is_gone_after_a_tidying(lake) -> None:
    rows = change("universities", [university("5")]).puts
    write_deltalake(lake.path("universities"), rows, mode="append")
    assert found(lake.root)["left_over"].state == "attention"
    tidy(lake, retention=timedelta(days=730))
    assert found(lake.root)["left_over"].state == "good"


def test_an_original_that_is_missing_or_changed_is_told(lake) -> None:
    digest = keep_original(lake, b"original")
    made = replace(entry("universities"), sha256=digest)
    lake.commit([change("universities", [university("1")])], made, base=lake.snapshot())
    path = lake.root / "originals" / digest
    # The small lake's own uploads name an original that never was.
    assert found(lake.root)["originals"].said.en.startswith("1 ")
    path.write_bytes(b"changed")
    assert found(lake.root, thorough=True)["originals"].said.en.startswith("2 ")
    path.rename(path.with_name("elsewhere"))
    assert found(lake.root)["originals"].said.en.startswith("2 ")


def test_a_full_disk_a_clock_set_back_and_many_files_are_told(lake, monkeypatch) -> None:
    checks = found(lake.root, floor=10**9, later=timedelta(days=-20_000))
    assert checks["disk"].state == "bad"
    assert checks["clock"].state == "attention"
    monkeypatch.setattr(doctor, "MANY_FILES", 3)
    some(lake, 3)
    assert found(lake.root)["tidied"].state == "attention"
    tidy(lake, retention=timedelta(days=730), many=3)
    assert found(lake.root)["tidied"].state == "good"


def test_a_wrong_setting_is_named(lake, monkeypatch) -> None:
    monkeypatch.setenv("XIANZHONG_DISK_FLOOR", "much")
    checks: dict[str, Check] = {c.name: c for c in examined(lake.root, thorough=False)}
    assert checks["configuration"].state == "bad"
    assert "XIANZHONG_DISK_FLOOR" in checks["configuration"].said.zh
    assert checks["versions"].state == "good"


@pytest.mark.parametrize(("text", "size"), [("512MB", 512 * 2**20), ("1.5GB", 1536 * 2**20)])
def test_a_memory_limit_is_read(text, size) -> None:
    assert memory_limit(text) == size


@pytest.mark.parametrize("text", ["", "much", "512", "MB", "-1GB"])
def test_what_is_no_memory_limit_is_refused(text) -> None:
    with pytest.raises(ValueError, match="XIANZHONG_MEMORY"):
        memory_limit(text)


def test_the_command_ends_with_a_code_and_prints_json(lake) -> None:
    Path(lake.files("schools", lake.snapshot())[0]).unlink()
    ended = subprocess.run(
        [sys.executable, "-m", "xianzhong", "doctor", "--json", "--lake", str(lake.root)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1, ended.stderr
    checks = {check["check"]: check["state"] for check in json.loads(ended.stdout)}
    assert (checks["tables"], checks["disk"]) == ("bad", "good")


def test_a_write_that_goes_on_is_not_taken_for_a_remain(lake) -> None:
    rows = change("universities", [university("5")]).puts
    write_deltalake(lake.path("universities"), rows, mode="append")
    with lake._writer():
        assert found(lake.root)["left_over"].state == "good"
    put(lake, "universities", [university("6")])
