"""What every test may use."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from xianzhong.lake.store import Lake

ROOT = Path(__file__).resolve().parents[1]

# The usual 700 new objects are soon made; each look for garbage goes through far more of them here.
gc.set_threshold(20_000, 20, 50)

# A slow machine is no fault of the code, so no example has a deadline.
_common = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=50, **_common)
settings.register_profile("ci", max_examples=100, derandomize=True, **_common)
settings.register_profile("thorough", max_examples=2000, **_common)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick")
)


def pytest_sessionfinish() -> None:
    """Spares the end of a run from looking for garbage among millions of cached objects."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Lets the interpreter take down what it holds, in its own order."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """The checkout that the tests belong to."""
    return ROOT


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """A small lake of the test's own, which the pages read."""
    # Late: not every run of tests needs what a lake needs.
    from tests.small_lake import build

    made = build(tmp_path / "lake")
    monkeypatch.setenv("XIANZHONG_LAKE", str(made.root))
    return made


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """AppTest leaves app.py as the main module; a process spawned later would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
