"""What the workers of a run share is made once, and is left when the last one has left it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sharing import Held, made_once

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="each worker has all for itself")

HOLDER = """
import sys
from pathlib import Path
from tests.sharing import Held
held = Held(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_first_makes_it_and_the_others_find_it(tmp_path: Path) -> None:
    made: list[Path] = []
    for _ in range(2):
        assert made_once(tmp_path / "lake", made.append) == tmp_path / "lake"
    assert made == [tmp_path / "lake"]


def test_what_could_not_be_made_is_tried_again(tmp_path: Path) -> None:
    def fail(_place: Path) -> None:
        raise ValueError("example")

    made: list[Path] = []
    with pytest.raises(ValueError, match="example"):
        made_once(tmp_path / "lake", fail)
    made_once(tmp_path / "lake", made.append)
    assert len(made) == 1


def test_a_place_is_free_when_nobody_holds_it(tmp_path: Path) -> None:
    first, second = (Held(tmp_path / "used") for _ in range(2))
    first.let_go()
    assert not first.is_free(wait=False)
    second.let_go()
    assert first.is_free(wait=True)


def test_whoever_is_killed_holds_nothing_any_more(tmp_path: Path) -> None:
    held = Held(tmp_path / "used")
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "used")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        held.let_go()
        assert not held.is_free(wait=False)
        other.kill()
    assert held.is_free(wait=True)
