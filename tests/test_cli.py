"""The command line: what it prints, what it leaves, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import xianzhong.cli.serve
import xianzhong.server
import xianzhong.watch.logs
from tests.intake_lakes import ORDER, PROGRAMME, csv_bytes, workbook
from xianzhong.cli import app
from xianzhong.model.tables import TABLES

COMMANDS = ("serve", "load", "template", "history", "undo", "figures", "demo")
BAD = [["帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期"],
       ["北京大学", "延川县中学", "签约", "示例", "2023-13-01"]]  # fmt: skip

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command against a lake of the test's own, in an English terminal."""
    monkeypatch.setenv("XIANZHONG_LAKE", str(tmp_path / "lake"))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    # What serve reads ahead in the background is not these tests' matter.
    monkeypatch.setattr(xianzhong.cli.serve, "_warm", lambda *_given: None)
    # Its handler would hold the stream of this one command.
    monkeypatch.setattr(xianzhong.watch.logs, "set_up", lambda *_given, **_named: None)

    def runner(*args: object) -> Result:
        result = CliRunner().invoke(app, [str(arg) for arg in args])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        return result

    return runner


def programme(name: str) -> Path:
    return PROGRAMME / name


def as_json(result: Result) -> Any:
    return json.loads(result.stdout)


def test_the_programme_loads_and_loads_again_without_change(run: Run) -> None:
    for table, name in ORDER:
        result = run("load", table, programme(name), "--json")
        report = as_json(result)
        assert result.exit_code == 0
        assert (report["committed"], report["dry_run"]) == (True, False)
    for table, name in ORDER:
        result = run("load", table, programme(name), "--json")
        report = as_json(result)
        assert result.exit_code == 0
        assert (report["committed"], report["upload_id"], report["snapshot"]) == (False, None, 5)
        assert report["counts"]["new"] == report["counts"]["updated"] == 0


def test_the_json_report_has_the_promised_shape_and_nothing_else(run: Run, tmp_path: Path) -> None:
    run("load", "pairings", programme("pairings.csv"))
    path = tmp_path / "活动.csv"
    path.write_bytes(csv_bytes(BAD))
    result = run("load", "activities", path, "--json", "--lang", "zh")
    report = as_json(result)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert set(report) == {
        "table", "file", "snapshot", "upload_id", "committed", "dry_run", "counts", "findings",
        "removed",
    }  # fmt: skip
    assert (report["table"], report["file"], report["snapshot"]) == ("activities", "活动.csv", 1)
    assert report["counts"] == {"new": 0, "updated": 0, "unchanged": 0, "rejected": 1}
    error = report["findings"][0]
    assert error == {
        "sheet": "活动", "row": 2, "column": "E", "header": "开始日期", "value": "2023-13-01",
        "rule": "no_such_day", "severity": "error", "message": "没有这一天。",
        "hint": error["hint"],
    }  # fmt: skip
    assert "2024-03" in error["hint"]


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run) -> None:
    dry = as_json(run("load", "pairings", programme("pairings.csv"), "--dry-run", "--json"))
    assert as_json(run("history", "--json")) == []
    real = as_json(run("load", "pairings", programme("pairings.csv"), "--json"))
    assert dry["counts"] == real["counts"]
    assert [f["rule"] for f in dry["findings"]] == [f["rule"] for f in real["findings"]]
    assert (dry["dry_run"], dry["committed"], dry["upload_id"]) == (True, False, None)


def test_a_rejected_file_ends_with_one_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(BAD))
    for options in ((), ("--dry-run",)):
        result = run("load", "activities", path, *options)
        assert result.exit_code == 1
        assert "E2 开始日期 “2023-13-01” There is no such day." in result.stdout
    assert as_json(run("history", "--json")) == []


def test_a_file_that_cannot_be_read_is_a_rejection_in_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    result = run("load", "activities", path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: The file is damaged")
    assert result.stderr.count("\n") == 1
    report = as_json(run("load", "activities", path, "--json"))
    assert [f["rule"] for f in report["findings"]] == ["file_broken"]
    assert report["committed"] is False


@pytest.mark.parametrize(
    "args",
    [
        ("load", "nothing", programme("pairings.csv")),
        ("load", "pairings", "no-such-file.csv"),
        ("load", "pairings"),
        ("load", "pairings", PROGRAMME),
        ("load", "pairings", programme("pairings.csv"), "--lang", "fr"),
        ("load", "pairings", programme("pairings.csv"), "--no-such-option"),
        ("template", "nothing", "x.xlsx"),
        ("template", "pairings", "x.csv"),
        ("template", "pairings", "no-such-folder/x.xlsx"),
        ("serve", "--port", "99999"),
        ("serve", "--host", "0.0.0.0"),
        ("demo", "--lake", "x", "--schools", "0"),
        ("undo",),
        ("no-such-command",),
    ],
    ids=lambda args: " ".join(str(arg) for arg in args[:3]),
)  # fmt: skip
def test_wrong_use_ends_with_two_and_a_word_on_standard_error(
    run: Run, args: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert not list(tmp_path.glob("*.xlsx"))


def test_errors_speak_the_terminals_language_or_both(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("load", "universities", programme("universities.csv"))
    english = run("undo", "nothing").stderr
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = run("undo", "nothing").stderr
    monkeypatch.setenv("LANG", "C.UTF-8")
    both = run("undo", "nothing").stderr
    assert english.startswith("Error: It cannot be taken back")
    assert chinese.startswith("错误：不能撤销")
    assert "不能撤销" in both
    assert "It cannot be taken back" in both


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: xianzhong {command}" in " ".join(result.stdout.split())


def test_the_help_lists_every_command(run: Run) -> None:
    listed = run("--help").stdout
    assert all(command in listed for command in COMMANDS)


def test_history_and_undo_take_an_upload_back_and_say_so(run: Run) -> None:
    upload = as_json(run("load", "pairings", programme("pairings.csv"), "--json"))["upload_id"]
    assert run("undo", upload).exit_code == 0
    undo, loaded = as_json(run("history", "--json"))
    assert (undo["kind"], undo["undoes"], undo["undone"]) == ("undo", upload, False)
    assert (undo["removed"], undo["restored"]) == (21 + 21 + 15, 0)
    assert "removed 57" in run("history").stdout
    assert (loaded["upload_id"], loaded["undone"]) == (upload, True)
    assert loaded["counts"] == {"new": 21, "updated": 0, "unchanged": 0, "rejected": 0}
    assert loaded["file"] == "pairings.csv"
    assert upload in run("history").stdout
    again = run("undo", upload)
    assert again.exit_code == 1
    assert "already" in again.stderr


ODD = ["援助单位", "受助\n学校", "项目", "干了什么", "什么时候"]
DONE = ["北京大学", "延川县中学", "签约", "示例签约", "2023-03-01"]
NAMES = ["university_code", "受援县中", "活动类型", "活动名称", "start"]


def columns(sheet: str) -> list[str]:
    named = zip("ABCDE", NAMES, strict=True)
    return [part for letter, name in named for part in ("--column", f"{sheet}{letter}={name}")]


def test_columns_and_headers_can_be_named_and_sheets_left_out(run: Run, tmp_path: Path) -> None:
    run("load", "pairings", programme("pairings.csv"))
    path = tmp_path / "x.xlsx"
    notes = [["说明"]] * 3
    path.write_bytes(workbook(一=[*notes, ODD, DONE], 二=[BAD[0][:4], BAD[1][:4]]))
    assert run("load", "activities", path).exit_code == 1
    args = [*columns("一!"), "--header-row", "一!4", "--leave-out", "二"]
    done = as_json(run("load", "activities", path, *args, "--json"))
    assert done["counts"]["new"] == 1
    assert done["committed"]
    # It is remembered, as it is for the page.
    path.write_bytes(workbook(一=[*notes, ODD, [*DONE[:3], "示例二", DONE[4]]]))
    assert as_json(run("load", "activities", path, "--json"))["committed"]


def test_the_only_sheet_need_not_be_named(run: Run, tmp_path: Path) -> None:
    run("load", "pairings", programme("pairings.csv"))
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes([ODD, DONE]))
    assert as_json(run("load", "activities", path, *columns(""), "--json"))["committed"]


def test_a_cell_of_several_schools_is_split_on_demand(run: Run, tmp_path: Path) -> None:
    run("load", "pairings", programme("pairings.csv"))
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes([BAD[0], [DONE[0], "延川县中学、华池县第一中学", *DONE[2:]]]))
    refused = run("load", "activities", path)
    assert refused.exit_code == 1
    assert "split" in refused.stdout
    done = as_json(run("load", "activities", path, "--split", "--json"))
    assert (done["committed"], done["counts"]["new"]) == (True, 2)


@pytest.mark.parametrize(
    "args",
    [
        ("--column", "C"), ("--column", "C=nothing"), ("--column", "九!C=start"),
        ("--column", "3=start"), ("--header-row", "x"), ("--header-row", "九!1"),
        ("--leave-out", "九"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_said_of_a_sheet_wrongly_is_wrong_use(
    run: Run, tmp_path: Path, args: tuple[str, ...]
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes(BAD))
    result = run("load", "activities", path, *args)
    assert result.exit_code == 2
    assert args[0] in result.stderr


def test_a_break_within_a_header_does_not_break_the_line_of_a_finding(
    run: Run, tmp_path: Path
) -> None:
    run("load", "pairings", programme("pairings.csv"))
    path = tmp_path / "x.csv"
    path.write_bytes(csv_bytes([[BAD[0][0], "受援\n学校", *BAD[0][2:]],
                                [DONE[0], "没有的\n学校", *DONE[2:]]]))  # fmt: skip
    shown = run("load", "activities", path, "--dry-run").stdout
    assert "B2 受援 学校 “没有的 学校”" in shown


def test_an_undo_that_would_lose_later_changes_is_refused_with_a_list(
    run: Run, tmp_path: Path
) -> None:
    first = as_json(run("load", "pairings", programme("pairings.csv"), "--json"))["upload_id"]
    path = tmp_path / "schools.csv"
    path.write_bytes(csv_bytes([["学校代码", "学校名称", "县级代码", "在校生数"],
                                ["610622-01", "延川县中学", "610622", "1000"]]))  # fmt: skip
    assert run("load", "schools", path).exit_code == 0
    result = run("undo", first)
    assert result.exit_code == 1
    assert "schools 610622-01" in result.stderr


def test_figures_say_where_one_of_them_comes_from(run: Run) -> None:
    run("load", "pairings", programme("pairings.csv"))
    listed = as_json(run("figures", "province=53", "--json", "--lang", "zh"))
    told = as_json(run("figures", "province=53", "--explain", "pairings", "--json", "--lang", "zh"))
    (figure,) = (f for f in listed["figures"] if f["id"] == "pairings")
    assert told["figure"]["value"] == figure["value"] == told["records"]["value"] > 0
    assert told["sql"]["values"]["place"] == "53"
    text = run("figures", "province=53", "--explain", "pairings", "--lang", "zh").stdout
    for part in ("definition", "formula", "source"):
        assert told["figure"][part] in text
    for line in told["sql"]["statement"].splitlines():
        assert line.strip() in text
    published = run("figures", "--explain", "pairings_announced", "--lang", "en").stdout
    assert "SELECT" not in published
    unknown = run("figures", "--explain", "weather")
    assert unknown.exit_code == 2
    assert "weather" in unknown.stderr
    assert "pairings" in unknown.stderr


def test_a_template_can_be_filled_and_loaded(run: Run, tmp_path: Path) -> None:
    for table in TABLES:
        path = tmp_path / f"{table}.xlsx"
        assert run("template", table, path).exit_code == 0
        assert path.stat().st_size > 5000
        assert run("load", table, path, "--dry-run").exit_code == 1  # nothing but the example


def test_a_lake_may_be_named_instead_of_the_environments(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run("load", "pairings", programme("pairings.csv"), "--lake", other).exit_code == 0
    assert run("history", "--json").exit_code == 1
    assert len(as_json(run("history", "--json", "--lake", other))) == 1


def test_a_lake_that_cannot_be_opened_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("history", "--lake", tmp_path / "file")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: there is no lake")
    assert result.stderr.count("\n") == 1


def test_text_from_a_sheet_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(
        workbook(s=[["高校名称", "成立领导小组"], ["示例大学", "[red]maybe[/]\u202e"]])
    )
    shown = run("load", "universities", path).stdout
    assert "[red]maybe[/]" in shown
    assert "\u202e" not in shown


def test_a_demo_lake_takes_no_programme_and_a_programme_no_demo(run: Run, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    made = run("demo", "--lake", demo, "--schools", 20, "--activities", 50)
    assert made.exit_code == 0, made.stderr
    assert made.stderr == ""  # no progress bar where nobody watches
    before = as_json(run("history", "--json", "--lake", demo))
    refused = run("load", "pairings", programme("pairings.csv"), "--lake", demo)
    assert refused.exit_code == 1
    assert "generated" in refused.stderr
    assert as_json(run("history", "--json", "--lake", demo)) == before
    run("load", "pairings", programme("pairings.csv"))
    mixed = run("demo", "--lake", os.environ["XIANZHONG_LAKE"], "--schools", 5, "--activities", 5)
    assert mixed.exit_code == 1
    assert len(as_json(run("history", "--json"))) == 1


def test_serve_starts_the_pages_over_the_named_lake(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: dict[str, Any] = {}
    monkeypatch.setattr(
        xianzhong.server, "serve", lambda script, **options: called.update(options, script=script)
    )
    assert run("serve", "--port", 8599, "--lake", tmp_path / "it").exit_code == 0
    assert called["script"].name == "app.py"
    assert (called["host"], called["port"]) == ("127.0.0.1", 8599)
    assert os.environ["XIANZHONG_LAKE"] == str(tmp_path / "it")
    assert called["operation"].readiness is not None
    assert called["door"] is None


def test_the_installed_command_works_in_a_process_of_its_own(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("xianzhong")
    environment = os.environ | {"XIANZHONG_LAKE": str(tmp_path / "lake"), "LANG": "C"}
    done = subprocess.run(
        [command, "load", "pairings", programme("pairings.csv"), "--json"],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["new"] == 21
    assert done.stderr == ""
    failed = subprocess.run(
        [command, "load", "pairings", "nowhere.csv"],
        capture_output=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    assert failed.returncode == 2
    assert len(failed.stderr.splitlines()) == 1
    assert "nowhere.csv" in failed.stderr


def test_figures_answer_a_whole_link_as_well_as_its_query(run: Run) -> None:
    for table, name in ORDER[:3]:
        run("load", table, programme(name))
    asked = [as_json(run("figures", query, "--json"))["figures"] for query in (
        "province=53", "?province=53", "http://127.0.0.1:8501/schools?province=53")]  # fmt: skip
    assert asked[0] == asked[1] == asked[2]
    assert asked[0] != as_json(run("figures", "--json"))["figures"]


def test_figures_name_what_of_a_link_they_do_not_follow(run: Run) -> None:
    run("load", "universities", programme("universities.csv"))
    report = as_json(run("figures", "zzz=1&province=53&province=45&kind=guidance&kind=camp",
                         "--json"))  # fmt: skip
    assert report["filters"]["query"] == {"province": "45", "kind": "guidance,camp"}
    assert {(p["parameter"], p["value"]) for p in report["ignored"]} == {
        ("zzz", "1"), ("province", "53")
    }  # fmt: skip
    assert run("figures", "nonsense").exit_code == 2


@pytest.mark.parametrize("command", [("figures",), ("history",), ("undo", "20240101T000000-0")])
def test_what_only_reads_makes_no_lake(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--lake", tmp_path / "no" / "such")
    assert result.exit_code == 1
    assert "no lake" in result.stderr
    assert not (tmp_path / "no").exists()
