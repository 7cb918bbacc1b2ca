"""Many readers who change filters for a long time: memory, errors and times of the runs."""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from threading import Event, Lock, Thread

from bench import servers
from bench.report import machine_line, write_section
from bench.visitor import Visitor
from xianzhong.demo.build import build_demo
from xianzhong.lake.store import Lake
from xianzhong.reference import load_divisions

PAGES = ("", "activities", "coverage", "schools", "universities", "pairings", "training", "support")
KINDS = ("guidance", "training", "shadowing", "camp", "online")
SCHOOLS, ACTIVITIES = 800, 60_000
LAKE = servers.ROOT / "var" / "bench" / f"lake-{SCHOOLS}-{ACTIVITIES}"
PAGE = Path("docs/reliability.md")
# A reader looks at what he has asked for before he asks again.
THINKING = (0.5, 3.0)
# After so many changes a reader closes the page and opens another.
VISIT = (5, 30)
SAMPLES = 12


@dataclass
class Told:
    """What all readers together have seen."""

    guard: Lock = field(default_factory=Lock)
    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    visits: int = 0


def main(argv: Sequence[str]) -> None:
    """Runs the readers and writes the section of docs/reliability.md."""
    parser = argparse.ArgumentParser(prog="python -m bench soak")
    parser.add_argument("--users", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lake", type=Path, default=LAKE)
    given = parser.parse_args(argv)
    if given.lake == LAKE:
        build_demo(Lake(LAKE), SCHOOLS, ACTIVITIES)
    with servers.dashboard(given.lake) as server:
        told, memory = _soak(server, given.users, given.minutes * 60, given.seed)
    _write(told, memory, given.users, given.minutes)


def _soak(
    server: servers.Server, users: int, seconds: float, seed: int
) -> tuple[Told, list[tuple[float, float]]]:
    """What the readers saw, and the server's memory (seconds since the start, MB)."""
    told, over = Told(), Event()
    provinces = [d.code for d in load_divisions().provinces if d.code < "66"]
    readers = [
        Thread(target=_read, args=(server.url, Random(seed + n), provinces, told, over))  # noqa: S311
        for n in range(users)
    ]  # fmt: skip
    memory = [(0.0, server.megabytes)]
    for reader in readers:
        reader.start()
    begun = time.monotonic()
    while (gone := time.monotonic() - begun) < seconds:
        over.wait(min(seconds / SAMPLES, seconds - gone))
        memory.append((time.monotonic() - begun, server.megabytes))
        print(f"{memory[-1][0]:.0f} s: {memory[-1][1]:.0f} MB, {len(told.seconds):,} runs, "
              f"{told.errors.total()} errors", flush=True)  # fmt: skip
    over.set()
    for reader in readers:
        reader.join(120)
    return told, memory


def _read(url: str, random: Random, provinces: Sequence[str], told: Told, over: Event) -> None:
    """One reader after the other at one place, until it is over."""
    over.wait(random.uniform(0, THINKING[1]))
    while not over.is_set():
        try:
            with Visitor(url) as visitor:
                with told.guard:
                    told.visits += 1
                for _ in range(random.randint(*VISIT)):
                    run = visitor.open(random.choice(PAGES), _filters(random, provinces))
                    with told.guard:
                        told.seconds.append(run.seconds)
                        told.sizes.append(run.size)
                        if run.error:
                            told.errors[f"page: {run.error[:60]}"] += 1
                    if over.wait(random.uniform(*THINKING)):
                        return
        except Exception as error:  # every fault is what is measured here
            with told.guard:
                told.errors[type(error).__name__] += 1
            over.wait(1)


def _filters(random: Random, provinces: Sequence[str]) -> dict[str, str]:
    found = {}
    if random.random() < 0.8:
        found["province"] = random.choice(provinces)
    if random.random() < 0.3:
        found["kind"] = random.choice(KINDS)
    if random.random() < 0.2:
        found["lang"] = "en"
    return found


def _write(told: Told, memory: Sequence[tuple[float, float]], users: int, minutes: float) -> None:
    ordered = sorted(told.seconds) or [0.0]
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    steady = [mb for at, mb in memory if at >= memory[-1][0] / 3]
    about = (
        f"{os.cpu_count()} cores shared with the readers, {platform.system()}, Python "
        f"{platform.python_version()}; {users} readers for {minutes:g} minutes"
    )
    errors = "; ".join(f"{what}: {count}" for what, count in told.errors.most_common(5)) or "none"
    rows = {
        "runs of a page": f"{len(told.seconds):,}",
        "sessions opened": f"{told.visits:,}",
        "errors": errors,
        "median of a run, as the reader waits": f"{median(ordered) * 1000:,.0f} ms",
        "95th percentile": f"{p95 * 1000:,.0f} ms",
        "longest": f"{ordered[-1] * 1000:,.0f} ms",
        "median size of a run's messages": f"{median(told.sizes or [0]) / 1024:,.0f} KB",
        "memory at the start": f"{memory[0][1]:,.0f} MB",
        "memory after a third of the time": f"{steady[0]:,.0f} MB",
        "memory at the end": f"{memory[-1][1]:,.0f} MB",
        "most memory": f"{max(mb for _, mb in memory):,.0f} MB",
    }
    lines = [machine_line(about), "", "| what | measured |", "| --- | ---: |"]
    lines += [f"| {what} | {value} |" for what, value in rows.items()]
    write_section(PAGE, "soak", lines)
