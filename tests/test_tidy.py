"""Tidying: fewer files, the same snapshots; what is cleared is shown nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.small_lake import A1, build, engine_over, put, university, view
from xianzhong.lake.cleared import ClearedError, cleared
from xianzhong.lake.links import SharedLink, share, shared_link, snapshot_of
from xianzhong.lake.meetings import Slide, make_meeting
from xianzhong.lake.record_history import record_history
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import sweep
from xianzhong.lake.tidy import Tidied, tidy
from xianzhong.lake.undo import undo

YEARS = timedelta(days=730)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def state(lake: Lake, number: int | None = None) -> dict[str, list[str]]:
    """Every record of a snapshot, by table."""
    snapshot = lake.snapshot(number)
    return {
        table: sorted(lake.rows(table, snapshot, columns=[RECORD_ID])[RECORD_ID].to_pylist())
        for table in ("schools", "universities", "pairings", "activities")
    }


def some(lake: Lake, count: int, prefix: str = "8") -> None:
    for number in range(count):
        put(lake, "universities", [university(f"{prefix}{number:04d}")])


def twice(
    lake: Lake, retention: timedelta = YEARS, now: datetime = LATER, many: int = 99
) -> Tidied:
    """The first run may see that it was long not tidied; the second, a day later, clears then."""
    days = (now, now + timedelta(days=1))
    runs = [tidy(lake, retention=retention, now=day, many=many) for day in days]
    assert not runs[1].doubted
    return runs[0] if runs[0].files else runs[1]


def parquets(lake: Lake, table: str) -> int:
    return len(list(Path(lake.path(table)).glob("*.parquet")))


def test_compaction_keeps_every_snapshot_and_reads_the_newest_from_one_file(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    some(lake, 5)
    before = [state(lake, number) for number in range(lake.snapshot().number + 1)]
    done = tidy(lake, retention=YEARS, many=4)
    assert done.compacted["universities"] == (6, 1)
    for known in (lake, Lake(lake.root)):
        assert len(known.files("universities", known.snapshot())) == 1
        assert [state(known, number) for number in range(len(before))] == before
        assert known.snapshot().number == len(before) - 1


def test_writing_undo_and_history_go_on_after_a_compaction(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    some(lake, 5)
    tidy(lake, retention=YEARS, many=4)
    put(lake, "universities", [university("80001", "示例改名大学")])
    put(lake, "universities", [university("89999")])
    assert len(lake.files("universities", lake.snapshot())) < 5
    undo(lake, lake.entries()[-2].upload_id, who="test")
    names = lake.rows("universities", lake.snapshot(), match=(RECORD_ID, ["80001"]))["name"]
    assert names.to_pylist() == ["示例大学"]
    assert len(record_history(lake, "universities", "80001", lake.snapshot())) == 3


def test_a_sweep_after_a_compaction_takes_nothing_that_is_read(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    some(lake, 5)
    before = [state(lake, number) for number in range(lake.snapshot().number + 1)]
    tidy(lake, retention=YEARS, many=4)
    sweep(lake, older=timedelta(0))
    again = Lake(lake.root)
    assert [state(again, number) for number in range(len(before))] == before


def test_what_a_dead_writer_left_is_not_made_visible_by_a_compaction(tmp_path: Path) -> None:
    from deltalake import write_deltalake

    from tests.small_lake import change

    lake = build(tmp_path / "lake")
    some(lake, 5)
    before = state(lake)
    write_deltalake(
        lake.path("universities"), change("universities", [university("66666")]).puts, mode="append"
    )
    tidy(lake, retention=YEARS, many=4)
    assert state(lake) == state(Lake(lake.root)) == before
    put(lake, "universities", [university("77777")])
    assert "66666" not in state(lake)["universities"]


def test_ledger_and_journal_are_compacted_and_read_as_before(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    link = share(lake, a_link(lake, 6))
    entries = lake.entries()
    done = tidy(lake, retention=YEARS, many=2)
    assert done.compacted["uploads"] == (6, 1)
    again = Lake(lake.root)
    assert again.entries() == lake.entries() == entries
    assert shared_link(again, link.id) == link


def a_link(lake: Lake, number: int) -> SharedLink:
    return SharedLink("", "示例", "示例", "overview", {}, number, date(2030, 1, 1))


def test_nothing_within_the_retention_is_cleared(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    put(lake, "universities", [university("90001", "示例改名")], at=LATER - timedelta(days=800))
    before = parquets(lake, "universities")
    done = twice(lake, retention=timedelta(days=5000))
    assert (done.cleared, done.files, done.doubted) == ((), 0, False)
    assert parquets(lake, "universities") == before


@pytest.fixture
def aged(tmp_path: Path) -> Lake:
    """Each of snapshots 7 to 10 renames a university, all of them long ago; 11 is of late."""
    lake = build(tmp_path / "lake")
    for number in range(4):
        at = datetime(2024, 7, 1 + number, tzinfo=UTC)
        put(lake, "universities", [university("90001", f"示例{number}")], at=at)
    put(lake, "universities", [university("90001", "示例末")], at=datetime(2026, 12, 1, tzinfo=UTC))
    return lake


def name_in(lake: Lake, number: int) -> str:
    rows = lake.rows("universities", lake.snapshot(number), match=(RECORD_ID, ["90001"]))
    return str(rows["name"][0].as_py())


def test_old_snapshots_go_and_those_of_open_links_and_meetings_keep_their_numbers(aged) -> None:
    link = share(aged, a_link(aged, 8))
    make_meeting(aged, "示例", "示例", [Slide("overview", "figures", {}, snapshot=9)])
    before = {number: state(aged, number) for number in (8, 9, 10, 11)}
    done = twice(aged, retention=timedelta(days=365))
    assert done.files > 0
    assert 7 in done.cleared
    assert not {8, 9, 10, 11} & cleared(aged.root) - {10}
    again = Lake(aged.root)
    assert name_in(again, snapshot_of(again, link).number) == "示例1"
    assert name_in(again, 9) == "示例2"
    for number in (8, 9, 11):
        assert state(again, number) == before[number]
    figures = engine_over(again).run("names", view(engine_over(again)))
    assert len(figures) > 0
    with pytest.raises(ClearedError) as gone:
        name_in(again, 7)
    assert "保存期限" in gone.value.said.zh
    assert tidy(again, retention=timedelta(days=365), now=LATER + timedelta(days=2)).files == 0


def test_a_records_history_ends_where_snapshots_were_cleared(aged) -> None:
    twice(aged, retention=timedelta(days=365))
    told = record_history(aged, "universities", "90001", aged.snapshot())
    assert len(told) < 6
    assert record_history(aged, "schools", A1, aged.snapshot())


def test_both_sides_of_an_undo_stay_for_the_history(aged) -> None:
    undo(aged, aged.entries()[-1].upload_id, who="test")
    number = aged.snapshot().number
    twice(aged, retention=timedelta(days=1), now=LATER + YEARS)
    assert number - 2 in cleared(aged.root)
    assert (name_in(aged, number - 1), name_in(aged, number)) == ("示例末", "示例3")


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-3650)])
def test_a_clock_that_jumped_clears_nothing_at_once(aged, jump) -> None:
    tidy(aged, retention=3 * YEARS, now=LATER)
    done = tidy(aged, retention=3 * YEARS, now=LATER + jump)
    assert (done.doubted, done.cleared) == (True, ())
    assert name_in(aged, 7) == "示例0"


def test_an_upload_made_while_the_clock_stood_back_makes_nothing_old(tmp_path: Path) -> None:
    lake = build(tmp_path / "lake")
    for number, day in ((0, LATER - timedelta(days=9)), (1, datetime(1999, 1, 1, tzinfo=UTC))):
        put(lake, "universities", [university("90001", f"示例{number}")], at=day)
    put(lake, "universities", [university("90001", "示例末")], at=datetime(1999, 1, 2, tzinfo=UTC))
    twice(lake, retention=YEARS, now=LATER)
    assert [name_in(lake, number) for number in (7, 8, 9)] == ["示例0", "示例1", "示例末"]


def test_a_link_that_was_taken_back_stays_so_though_the_clock_was_set_back(tmp_path: Path) -> None:
    from xianzhong.lake.links import change_link

    lake = build(tmp_path / "lake")
    link = share(lake, a_link(lake, 6), now=datetime(2036, 1, 1, tzinfo=UTC))
    change_link(lake, link, "revoked", "示例", revoked="示例")
    found = shared_link(Lake(lake.root), link.id)
    assert found is not None
    assert found.revoked == "示例"


def test_the_timers_unit_runs_a_command_that_there_is_with_options_that_it_takes() -> None:
    from configparser import ConfigParser

    from typer.testing import CliRunner

    from xianzhong.cli import app

    folder = Path(__file__).resolve().parents[1] / "deploy" / "systemd"
    units = {}
    for kind in ("service", "timer"):
        units[kind] = ConfigParser(interpolation=None)
        units[kind].optionxform = str
        units[kind].read_string((folder / f"xianzhong-tidy.{kind}").read_text("utf-8"))
    program, *words = units["service"]["Service"]["ExecStart"].split()
    assert program.endswith("/bin/xianzhong")
    assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0
    assert units["timer"]["Install"]["WantedBy"] == "timers.target"
