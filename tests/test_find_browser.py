"""The search for a browser takes one that starts, in the order that the tool's words promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import find_browser

ROOT = Path(__file__).resolve().parents[1]


def program(folder: Path, name: str, exit_code: int = 0) -> Path:
    """An executable that answers --version with ``exit_code``."""
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def only_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; no browser is named or fetched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "fetched"))
    return tmp_path


def test_the_named_browser_goes_before_those_on_the_path(
    only_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(only_path, "chromium")
    named = program(only_path, "mine")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find_browser.find_browser() == str(named)


def test_a_placeholder_that_does_not_start_is_passed_over(only_path: Path) -> None:
    program(only_path, "chromium", exit_code=1)
    chrome = program(only_path, "google-chrome")
    assert find_browser.find_browser() == str(chrome)


def test_without_any_browser_it_says_so_in_both_languages_and_fails(only_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "find_browser.py")],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "没有找到可用的浏览器" in answer.stderr
    assert "No working browser found" in answer.stderr
