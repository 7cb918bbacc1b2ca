"""A backup made while others write, read back, put back, and found out where it is damaged."""

from __future__ import annotations

import json
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.small_lake import append_some, build, put, university
from tests.test_tidy import some, state, twice
from xianzhong.cli import app
from xianzhong.lake import backup as backups
from xianzhong.lake.backup import MANIFEST, backup, restore, verify
from xianzhong.lake.errors import LakeError
from xianzhong.lake.links import SharedLink, share, shared_link, snapshot_of
from xianzhong.lake.originals import keep_original, original
from xianzhong.lake.store import Lake
from xianzhong.lake.tidy import tidy
from xianzhong.lake.undo import undo


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = build(tmp_path / "县中 数据")
    some(lake, 3)
    return lake


def all_states(lake: Lake) -> list[dict[str, list[str]]]:
    return [state(lake, number) for number in range(lake.snapshot().number + 1)]


def test_a_restored_lake_has_every_snapshot_link_and_original_and_goes_on(lake, tmp_path) -> None:
    link = share(lake, SharedLink("", "示例", "示例", "overview", {}, 4, date(2030, 1, 1)))
    before = all_states(lake)
    made = backup(lake, tmp_path / "backup")
    put(lake, "universities", [university("99999")])
    whole = restore(tmp_path / "backup", tmp_path / "again")
    again = Lake(tmp_path / "again", create=False)
    assert (whole.snapshot, whole.rows) == (made.snapshot, made.rows)
    assert all_states(again) == before
    found = shared_link(again, link.id)
    assert found is not None
    assert state(again, snapshot_of(again, found).number) == before[4]
    undo(again, again.entries()[-1].upload_id, who="test")
    put(again, "universities", [university("99998")])
    assert len(all_states(again)) == len(before) + 2


def test_originals_that_the_ledger_names_are_copied_and_no_others(lake, tmp_path) -> None:
    from dataclasses import replace

    from tests.small_lake import change, entry

    named = keep_original(lake, b"named")
    stray = keep_original(lake, b"stray")
    made = replace(entry("universities"), sha256=named)
    lake.commit([change("universities", [university("1")])], made, base=lake.snapshot())
    backup(lake, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again")
    again = Lake(tmp_path / "again", create=False)
    assert original(again, named) == b"named"
    with pytest.raises(FileNotFoundError):
        original(again, stray)


def test_a_backup_made_while_others_write_is_one_snapshot(lake, tmp_path) -> None:
    context = get_context("forkserver")
    writers = [context.Process(target=append_some, args=(str(lake.root), n, 6)) for n in range(2)]
    for writer in writers:
        writer.start()
    copies = []
    while any(writer.is_alive() for writer in writers) or not copies:
        copies.append(backup(lake, tmp_path / f"backup{len(copies)}"))
    for writer in writers:
        writer.join()
    assert len(lake.entries()) == 9 + 12
    for copy in copies:
        at = Lake(copy.where, create=False)
        assert at.snapshot().number == copy.snapshot
        assert all_states(at) == [state(lake, n) for n in range(copy.snapshot + 1)]


def test_a_compacted_and_cleared_lake_is_copied_as_it_is_read(lake, tmp_path) -> None:
    tidy(lake, retention=timedelta(days=730), many=3)
    put(lake, "universities", [university("90001", "示例改名")])
    twice(lake, retention=timedelta(days=30))
    backup(lake, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "again")
    again = Lake(tmp_path / "again", create=False)
    assert state(again) == state(lake)
    put(again, "universities", [university("5")])
    assert "5" in state(again)["universities"]


@pytest.mark.parametrize("fault", ["a byte", "missing", "cut", "manifest", "outside"])
def test_a_damaged_backup_is_refused_and_nothing_is_put_in_its_place(lake, tmp_path, fault) -> None:
    backup(lake, tmp_path / "backup")
    at = tmp_path / "backup"
    victim = next((at / "universities").glob("*.parquet"))
    manifest = json.loads((at / MANIFEST).read_text("utf-8"))
    if fault == "a byte":
        content = bytearray(victim.read_bytes())
        content[len(content) // 2] ^= 1
        victim.write_bytes(bytes(content))
    elif fault == "missing":
        victim.unlink()
    elif fault == "cut":
        victim.write_bytes(victim.read_bytes()[:-9])
    elif fault == "manifest":
        (at / MANIFEST).write_text("{}", "utf-8")
    else:
        manifest["files"]["../../outside"] = {"size": 1, "sha256": "0" * 64}
        (at / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(LakeError) as refusal:
        restore(at, tmp_path / "again")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.said.zh)
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "again.part").exists()
    with pytest.raises(LakeError):
        verify(at)


def test_a_copy_that_the_disk_has_changed_is_not_kept(lake, tmp_path, monkeypatch) -> None:
    def spoiled(source: Path, target: Path) -> dict[str, object]:
        known = real(source, target)
        if target.suffix == ".parquet":
            target.write_bytes(b"x" + target.read_bytes()[1:])
        return known

    real = backups.copied
    monkeypatch.setattr(backups, "copied", spoiled)
    with pytest.raises(LakeError):
        backup(lake, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("what", ["backup", "restore"])
def test_nothing_is_written_over(lake, tmp_path, what) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "mine").write_text("mine")
    backup(lake, tmp_path / "backup")
    with pytest.raises(LakeError, match="not empty"):
        backup(lake, target) if what == "backup" else restore(tmp_path / "backup", target)
    assert [path.name for path in target.iterdir()] == ["mine"]


def test_a_lake_with_a_missing_file_is_not_backed_up_in_silence(lake, tmp_path) -> None:
    next(Path(lake.path("schools")).glob("*.parquet")).unlink()
    with pytest.raises(LakeError, match="missing"):
        backup(lake, tmp_path / "backup")


def test_the_commands_back_up_verify_and_restore(lake, tmp_path) -> None:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, [*words])

    at, inside = str(tmp_path / "backup"), str(lake.root / "backup")
    assert run("backup", at, "--lake", str(lake.root)).exit_code == 0
    assert "备份完好" in run("backup", at, "--check").output
    assert run("restore", at, "--lake", str(tmp_path / "again")).exit_code == 0
    refused = run("backup", inside, "--lake", str(lake.root))
    assert (refused.exit_code, "备份不能放在数据目录里面" in refused.output) == (2, True)
    tidied = run("tidy", "--lake", str(tmp_path / "again"), "--json")
    assert json.loads(tidied.stdout)["cleared"] == []
    assert state(Lake(tmp_path / "again", create=False)) == state(lake)
