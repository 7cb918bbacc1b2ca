"""A term that is closed for a province stays as it is, but for its administrators, on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.intake_lakes import csv_bytes
from tests.small_lake import build_full
from tests.some_people import ROOT, person, reporter
from xianzhong.access.caller import LOCAL, Caller
from xianzhong.access.change import invite
from xianzhong.access.errors import NotAllowedError
from xianzhong.access.roles import Grant, Role
from xianzhong.access.terms import ClosedTermError, close, closed_terms, reopen, term_history
from xianzhong.access.writing import commit, plan_undo, prepare, undo
from xianzhong.cli import app
from xianzhong.intake.load import Prepared
from xianzhong.intake.read import read_with_notes
from xianzhong.lake.errors import LakeError
from xianzhong.lake.ledger import Entry
from xianzhong.lake.originals import kept_report
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import UndoRefusedError
from xianzhong.model.tables import TABLES
from xianzhong.model.terms import Term
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION, Scope

YUNNAN, HUBEI = Scope("53"), Scope("42")
SPRING = Term.parse("2023-2")
HEADERS = ["活动编号", "帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期"]
HERE = ["", "示例大学甲", "示例巧家一中", "签约", "示例新活动", "2024-03-01"]
BEFORE = ["", "示例大学甲", "示例巧家一中", "签约", "示例新活动", "2024-01-31"]
THERE = ["", "示例大学丙", "示例仙桃一中", "签约", "示例新活动", "2024-03-01"]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads with the very function that the reading process runs; the process has own tests."""
    monkeypatch.setattr("xianzhong.intake.load.read_in_child", read_with_notes)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = build_full(tmp_path)
    close(made, LOCAL, "53", SPRING)
    return made


def prepared(lake: Lake, caller: Caller, *rows: list[str]) -> Prepared:
    return prepare(lake, caller, TABLES["activities"], "示例.csv", csv_bytes([HEADERS, *rows]))


def shut(found: Prepared) -> list[int]:
    return [f.row for f in found.report.findings if f.rule == "term_closed"]


def late(lake: Lake, entry: Entry | None) -> bool:
    assert entry is not None
    text = kept_report(lake, entry.upload_id)
    return bool(json.loads(text).get("by", {}).get("late")) if text else False


def administrator(lake: Lake, *scopes: Scope) -> Caller:
    grants = [Grant(role, s) for s in scopes for role in (Role.ADMINISTRATOR, Role.REPORTER)]
    return invite(lake, ROOT, "示例管理", ["m@example.org"], grants).caller


def test_new_records_of_the_term_and_province_are_kept_out_with_the_reason(lake: Lake) -> None:
    caller = reporter(lake, NATION)
    found = prepared(lake, caller, HERE, BEFORE, THERE)
    assert shut(found) == [2]
    (finding,) = [f for f in found.report.findings if f.rule == "term_closed"]
    assert "2023-2024学年春季学期已封账" in finding.message("zh")
    assert "Spring term 2023-2024" in finding.message("en")
    receipt = commit(lake, caller, found, accept_partial=True)
    assert receipt.entry is not None
    assert (receipt.entry.new, receipt.entry.rejected) == (2, 1)
    assert not late(lake, receipt.entry)


@pytest.mark.parametrize(
    ("code", "day", "kept_out"),
    [("a04", "2024-03-06", True), ("a04", "2024-09-06", True), ("a01", "2024-03-06", True),
     ("a01", "2022-09-30", False)],
    ids=["within", "out of it", "into it", "elsewhere"],
)  # fmt: skip
def test_no_record_is_changed_within_it_or_moved_out_or_in(
    lake: Lake, code: str, day: str, kept_out: bool
) -> None:
    row = [code, "示例大学甲", "示例巧家一中", "签约", "示例新活动", day]
    found = prepared(lake, reporter(lake, YUNNAN), row)
    assert bool(shut(found)) == kept_out


def test_a_row_that_changes_nothing_is_no_error(lake: Lake) -> None:
    caller = reporter(lake, NATION)
    reopen(lake, LOCAL, "53", SPRING)
    assert commit(lake, caller, prepared(lake, caller, HERE)).committed
    close(lake, LOCAL, "53", SPRING)
    again = prepared(lake, caller, HERE, BEFORE)
    assert again.report.ok
    assert again.report.counts["unchanged"] == 1


def test_an_administrator_of_the_province_changes_it_and_that_is_marked(lake: Lake) -> None:
    caller = administrator(lake, YUNNAN)
    receipt = commit(lake, caller, prepared(lake, caller, HERE))
    assert late(lake, receipt.entry)
    assert not late(lake, commit(lake, caller, prepared(lake, caller, BEFORE)).entry)
    assert receipt.entry is not None
    assert late(lake, undo(lake, caller, receipt.entry.upload_id))
    assert late(lake, commit(lake, LOCAL, prepared(lake, LOCAL, HERE)).entry)


@pytest.mark.parametrize("scope", [Scope("5306"), Scope("530622"), HUBEI])
def test_another_administrator_does_not(lake: Lake, scope: Scope) -> None:
    grants = [Grant(Role.ADMINISTRATOR, scope), Grant(Role.REPORTER, NATION)]
    caller = invite(lake, ROOT, "示例管理", ["m@example.org"], grants).caller
    assert shut(prepared(lake, caller, HERE)) == [2]


def test_nothing_of_it_is_taken_back(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    entry = commit(lake, LOCAL, prepared(lake, LOCAL, HERE)).entry
    assert entry is not None
    with pytest.raises(UndoRefusedError, match="closed"):
        plan_undo(lake, caller, entry.upload_id)


def test_a_term_that_is_closed_after_the_look_keeps_the_file_out(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    reopen(lake, LOCAL, "53", SPRING)
    found = prepared(lake, caller, HERE)
    close(lake, LOCAL, "53", SPRING)
    receipt = commit(lake, caller, found)
    assert not receipt.committed
    assert not receipt.report.ok


def test_a_term_that_is_closed_while_it_is_written_keeps_it_out(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = reporter(lake, YUNNAN)
    reopen(lake, LOCAL, "53", SPRING)
    found = prepared(lake, caller, HERE)
    write = Lake.commit

    def first_closed(self: Lake, *args: object, **named: object) -> object:
        close(lake, LOCAL, "53", SPRING)
        return write(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Lake, "commit", first_closed)
    before = lake.snapshot()
    with pytest.raises(ClosedTermError):
        commit(lake, caller, found)
    assert lake.snapshot() == before


def test_only_an_administrator_of_the_whole_province_closes_and_reopens(lake: Lake) -> None:
    term = Term.parse("2022-2")
    for role, scope in (
        (Role.REPORTER, NATION), (Role.REVIEWER, YUNNAN), (Role.ADMINISTRATOR, Scope("5306")),
        (Role.ADMINISTRATOR, HUBEI),
    ):  # fmt: skip
        caller = person(lake, f"示例{role}{scope.division}", role, scope)
        with pytest.raises(NotAllowedError):
            close(lake, caller, "53", term)
        with pytest.raises(NotAllowedError):
            reopen(lake, caller, "53", SPRING)
    caller = person(lake, "示例省管", Role.ADMINISTRATOR, YUNNAN)
    close(lake, caller, "53", term)
    assert [(c.province, c.term) for c in closed_terms(lake)] == [("53", SPRING), ("53", term)]
    reopen(lake, caller, "53", term)
    assert [(c.action, c.who) for c in term_history(lake)[:2]] == [
        ("reopened", "示例省管"), ("closed", "示例省管"),
    ]  # fmt: skip


def test_only_a_term_that_is_over_and_open_is_closed(lake: Lake) -> None:
    for province, term in (("53", SPRING), ("53", Term.of(today())), ("5306", Term(2020, 1))):
        with pytest.raises(LakeError):
            close(lake, LOCAL, province, term)
    with pytest.raises(LakeError):
        reopen(lake, LOCAL, "42", SPRING)


def test_the_command_closes_and_reopens(lake: Lake) -> None:
    def run(*args: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["access", *args, "--lake", str(lake.root)])
        return done.exit_code, done.stdout

    assert run("close-term", "湖北省", "2023-1")[0] == 0
    code, text = run("closed-terms", "--json")
    assert code == 0
    assert [(c["province"], c["term"]) for c in json.loads(text)] == [
        ("42", "2023-1"), ("53", "2023-2"),
    ]  # fmt: skip
    assert run("reopen-term", "53", "2023-2")[0] == 0
    assert [c.province for c in closed_terms(lake)] == ["42"]
    assert run("close-term", "53", "2023")[0] == 2
    assert run("close-term", "仙桃市", "2023-1")[0] == 1
    assert "湖北省" in run("closed-terms")[1]
