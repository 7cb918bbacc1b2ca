"""Four writers, and kill -9 at any moment: the lake shows the old state or the new one.

Only processes that the test has started are killed, each by its own process object.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from multiprocessing import connection, get_context
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest
from deltalake import DeltaTable

from tests.lake_killing import (
    LOCKED,
    TOUCHED,
    Writer,
    faults,
    faults_of_rows,
    pause,
    start,
    tell_faults,
    write_without_end,
)
from tests.small_lake import put, university
from tests.spread import THOROUGH
from xianzhong.lake import store
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.lake.sweep import Swept, sweep

# Thirty kills in a run of the tests; two hundred, as when the order of a commit was settled, take a
# minute or more.
WRITERS, ROUNDS, KILLS, SEED = 4, 8 if THOROUGH else 2, 25 if THOROUGH else 15, 20260901
WARM_UPLOADS, PATIENCE = 3, 30
# Of the kills, so many aim at whoever has just got the lock; the others at anybody, any time.
AIMED = 0.75


class Fleet:
    """Four writers on one lake; who is killed is started again."""

    def __init__(self, root: Path, seed: int) -> None:
        self.context = get_context("forkserver")
        self.context.set_forkserver_preload([write_without_end.__module__])
        self.root, self.random = root, Random(seed)
        self.started = 0
        self.acknowledged: set[str] = set()
        self.writers = [self._start() for _ in range(WRITERS)]

    def _start(self) -> Writer:
        self.started += 1
        return start(self.context, self.root, f"w{self.started}")

    def measured(self) -> float:
        """Seconds that a commit takes from the lock on, once a few were made."""
        lengths: list[float] = []
        while len(lengths) < WARM_UPLOADS:
            self._news()
            lengths = [length for writer in self.writers for length in writer.lengths]
        return median(lengths)

    def _news(self) -> list[Writer]:
        """Waits until a writer tells something, and gives those that did."""
        ready = connection.wait([writer.ear for writer in self.writers], PATIENCE)
        assert ready, "no writer gets on: the lock is stuck"
        told = [writer for writer in self.writers if writer.ear in ready]
        for writer in told:
            assert writer.process.is_alive(), "a writer has died by itself"
            writer.listen()
        return told

    def kill_one(self, length: float) -> bool:
        """Kills a writer at a random moment; true where it had the lock."""
        for writer in self.writers:
            writer.listen()
        victim = self.random.choice(self.writers)
        if self.random.random() < AIMED:
            got: list[Writer] = []
            while not got:
                got = [writer for writer in self._news() if writer.last == LOCKED]
            victim = got[0]
        pause(self.random, length)
        had_lock = self._kill(victim)
        self.writers[self.writers.index(victim)] = self._start()
        return had_lock

    def _kill(self, writer: Writer) -> bool:
        had_lock = writer.kill()
        self.acknowledged |= set(writer.done)
        return had_lock

    def kill_all(self) -> None:
        """Kills the rest."""
        for writer in self.writers:
            self._kill(writer)


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LOCK_SECONDS", PATIENCE)


@pytest.mark.timeout(600)
def test_whenever_a_writer_is_killed_the_lake_shows_the_old_state_or_the_new(
    tmp_path: Path,
) -> None:
    tally = Counter[str]()
    for turn in range(ROUNDS):
        kill_in_turn(tmp_path / f"{turn}", SEED + turn, tally)
    # Else the rounds would prove little.
    assert tally["kills"] == ROUNDS * KILLS, tally
    assert tally["with the lock"] >= tally["kills"] // 2, tally
    assert tally["put back"] > 0, tally
    assert tally["swept"] > 0, tally
    assert tally["uploads"] > ROUNDS * WARM_UPLOADS, tally


def kill_in_turn(root: Path, seed: int, tally: Counter[str]) -> None:
    """One round on a fresh lake: a reader looks after every kill, another one at the end."""
    reader = Lake(root)
    fleet = Fleet(root, seed)
    try:
        length = fleet.measured()
        for _ in range(KILLS):
            tally["with the lock"] += fleet.kill_one(length)
            tally["kills"] += 1
            assert faults(reader, fleet.acknowledged) == []
    finally:
        fleet.kill_all()
    assert faults_seen_by_another_process(fleet) == []
    tally["put back"] += restores(reader)
    tally["swept"] += after_a_sweep(reader, fleet)
    tally["uploads"] += len(reader.entries())


def faults_seen_by_another_process(fleet: Fleet) -> list[str]:
    ear, mouth = fleet.context.Pipe(duplex=False)
    process = fleet.context.Process(
        target=tell_faults, args=(str(fleet.root), fleet.acknowledged, mouth)
    )
    process.start()
    mouth.close()
    found: list[str] = ear.recv()
    process.join()
    return found


def restores(lake: Lake) -> int:
    """How often a writer found a table ahead of the ledger and put it back."""
    histories: list[list[dict[str, Any]]] = [DeltaTable(lake.path(t)).history() for t in TOUCHED]
    return sum(action["operation"] == "RESTORE" for history in histories for action in history)


def after_a_sweep(lake: Lake, fleet: Fleet) -> int:
    """The next start: what was left goes, every snapshot stays, and writing goes on."""
    again = Lake(fleet.root)
    swept = sweep(again, older=timedelta(0))
    assert sweep(again, older=timedelta(0)) == Swept()
    entries = again.entries()
    assert {p.name for p in (again.root / "originals").iterdir()} == {e.sha256 for e in entries}
    reports = {f"{entry.upload_id}.json" for entry in entries}
    assert {path.name for path in (again.root / "reports").iterdir()} == reports
    for number in range(len(entries) + 1):
        assert faults_of_rows(again, entries[:number]) == []
    for table in TOUCHED:
        head = DeltaTable(again.path(table)).file_uris()
        shown = DeltaTable(again.path(table), version=again.snapshot().version(table)).file_uris()
        assert set(head) == set(shown)
    put(again, "universities", [university("1")])
    rows = lake.rows("universities", lake.snapshot(), columns=[RECORD_ID])
    assert rows[RECORD_ID].to_pylist() == ["1"]
    return swept.files
