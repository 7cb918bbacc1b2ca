"""``xianzhong access``: the first administrator, and who may what, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.small_lake import A1, build
from xianzhong.cli import app

Run = Callable[..., Result]
ROLES = ["viewer", "reporter", "reviewer", "administrator"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command against a lake of the test's own, in an English terminal."""
    build(tmp_path / "lake")
    monkeypatch.setenv("XIANZHONG_LAKE", str(tmp_path / "lake"))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def runner(*args: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, ["access", *args])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return runner


def listed(run: Run) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(run("list", "--json").stdout)}


def test_the_first_administrator_is_made_here(run: Run) -> None:
    assert "Nobody has been invited" in run("list").stdout
    said = run("invite", "示例甲", "A@example.org", "--role", "administrator", "--scope", "nation")
    assert "Invited 示例甲: Administrator (Whole nation)" in said.stdout
    person = listed(run)["示例甲"]
    assert person["accounts"] == ["a@example.org"]
    assert (person["bound"], person["disabled"]) == (False, False)
    assert person["grants"] == [
        {"role": "administrator", "level": "nation", "code": "", "until": None}
    ]
    assert "not signed in yet" in run("list").stdout


@pytest.mark.parametrize("role", ROLES)
def test_a_grant_comes_changes_and_goes(role: str, run: Run) -> None:
    run("invite", "示例甲", "a")
    run("grant", "a", role, "云南省", "--until", "2099-12-31")
    said = run("grant", "示例甲", role, "53", "--until", "2099-06-30")
    assert "until 2099-06-30" in said.stdout
    assert [one["until"] for one in listed(run)["示例甲"]["grants"]] == ["2099-06-30"]
    run("grant", "示例甲", role, f"school:{A1}")
    assert "no grant yet" not in run("revoke", "示例甲", role, "53").stdout
    assert "no grant yet" in run("revoke", "示例甲", role, f"school:{A1}").stdout


def test_every_change_is_in_the_history_with_who_made_it(run: Run) -> None:
    run("invite", "示例甲", "a")
    run("invite", "示例乙", "b")
    for command in ("disable", "enable", "release"):
        run(command, "示例甲")
    changes = json.loads(run("history", "a", "--json").stdout)
    assert [c["action"] for c in changes] == ["released", "enabled", "disabled", "invited"]
    assert all(c["who"] and c["by"] is None and c["name"] == "示例甲" for c in changes)
    assert len(json.loads(run("history", "--json").stdout)) == 5
    assert "示例乙" in run("history").stdout


def test_why_answers_by_its_words_and_its_exit_code(run: Run) -> None:
    run("invite", "示例甲", "a", "--role", "reporter", "--scope", "53")
    assert "by Reporter (Yunnan)" in run("why", "a", "report", "巧家县").stdout
    assert "by Reporter (Yunnan)" in run("why", "a", "see", "activities/a01").stdout
    assert "outside what was granted" in run("why", "a", "see", "42", code=1).stdout
    assert "outside what was granted" in run("why", "a", "see", "activities/a10", code=1).stdout
    run("disable", "a")
    assert "disabled" in run("why", "a", "see", "53", code=1).stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("grant", "nobody", "viewer", "53"), 1, "no person nobody"),
        (("grant", "示例甲", "king", "53"), 2, "king"),
        (("grant", "示例甲", "viewer", "nowhere"), 1, "no scope"),
        (("grant", "示例甲", "viewer", "school:nobody"), 1, "no scope"),
        (("grant", "示例甲", "viewer", "53", "--until", "soon"), 2, "soon"),
        (("revoke", "示例甲", "viewer", "53"), 1, "no such grant"),
        (("invite", "示例乙", "A"), 1, "示例甲"),
        (("invite", "示例乙", "b", "--role", "viewer"), 2, "--scope"),
        (("why", "示例甲", "eat", "53"), 2, "administer"),
        (("why", "示例甲", "see", "activities/nothing"), 1, "no record"),
        (("disable", "nobody"), 1, "no person"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_changes_nothing(
    args: tuple[str, ...], code: int, words: str, run: Run
) -> None:
    run("invite", "示例甲", "a")
    before = run("history", "--json").stdout
    result = run(*args, code=code)
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert run("history", "--json").stdout == before


def test_the_commands_speak_chinese_in_a_chinese_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    said = run("invite", "示例甲", "a", "--role", "填报人员", "--scope", "云南省昭通市")
    assert said.stdout.startswith("已邀请，示例甲：填报人员（云南省昭通市）")
    assert "待首次登录" in run("list").stdout
