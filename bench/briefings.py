"""`python -m bench briefings` measures files and pinned views, and writes their part of the report.

Over the same lake as the pages. Each file is made for another province each time, from the first
question to the last byte; a pinned view is compared with the live one in the same run.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import browser, servers
from bench.report import Result, machine_line, write_section
from tools.find_browser import find_browser
from xianzhong.brief.brief import Brief, report
from xianzhong.brief.chapters import REPORT
from xianzhong.brief.meeting import meeting_brief
from xianzhong.brief.source import Source, source_of
from xianzhong.demo.build import build_demo
from xianzhong.export.document import to_docx
from xianzhong.export.slides import to_pptx
from xianzhong.export.workbook import to_workbook
from xianzhong.lake.links import SharedLink, share
from xianzhong.lake.meetings import Meeting, Slide
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION
from xianzhong.reference import load_divisions
from xianzhong.settings import Settings

SECTION = "briefings"
TEN = (
    ("overview", "figures"), ("overview", "map_pairings"), ("overview", "terms"),
    ("overview", "kinds"), ("pairings", "states"), ("activities", "universities"),
    ("coverage", "map_gaps"), ("coverage", "uncovered"), ("support", "years"),
    ("attention", "alerts"),
)  # fmt: skip
CHANGES, SEED = 20, 7


def main(lake: Path, schools: int, activities: int) -> None:
    """Builds the lake where it is missing, measures, writes the section."""
    executable = find_browser()
    if executable is None:
        sys.exit("no browser found: see tools/find_browser.py")
    build_demo(Lake(lake), schools, activities)
    busy = os.getloadavg()[0]
    results = [*_files(lake), *_pinned(lake, executable)]
    about = (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"load {busy:.1f} before and {os.getloadavg()[0]:.1f} after; demo lake of {schools:,} "
        f"schools and {activities:,} activities"
    )
    rows = [
        f"| {r.what} | {r.middle:,.0f} | {r.high:,.0f} | {r.unit} | {r.times} |" for r in results
    ]
    lines = [machine_line(about), "", "| what | median | p95 | unit | runs |",
             "| --- | ---: | ---: | --- | ---: |", *rows]  # fmt: skip
    write_section(Path("docs/performance.md"), SECTION, lines)


def _files(lake: Path) -> list[Result]:
    engine = open_engine(Settings(lake=lake))
    snapshot = engine.lake.snapshot()
    codes = [division.code for division in load_divisions().provinces if division.code < "66"][::4]

    def source(code: str) -> Source:
        return source_of(engine, View(snapshot, NATION, Filters(province=code)), "zh")

    def meeting(code: str) -> Brief:
        slides = tuple(Slide(page, part, {"province": code}) for page, part in TEN)
        return meeting_brief(source(code), Meeting("bench", "示例会议", "示例人", slides))

    def whole(code: str) -> Brief:
        return report(source(code), REPORT)

    # The first question of all builds the snapshot's tables: that is a server's start.
    source(codes[0])
    measured = (
        ("slides of a ten-slide meeting, PPTX", meeting, to_pptx),
        ("report on a province, DOCX", whole, to_docx),
        ("report on a province, PPTX", whole, to_pptx),
        ("report on a province, XLSX with all records", whole, to_workbook),
    )
    return [Result.of(what, _times(codes, make, write)) for what, make, write in measured]


def _times(
    codes: Sequence[str], make: Callable[[str], Brief], write: Callable[[Brief], bytes]
) -> list[float]:
    found = []
    for code in codes:
        begin = time.perf_counter()
        write(make(code))
        found.append((time.perf_counter() - begin) * 1000)
    return found


def _pinned(lake: Path, executable: str) -> list[Result]:
    """Changes of province on the overview, live and pinned to the snapshot before, in turns."""
    store = Lake(lake)
    earlier = store.snapshot().number - 1
    link = share(store, SharedLink("", "bench", "bench", "overview", {}, earlier,
                                   today() + timedelta(days=1)))  # fmt: skip
    names = [division.name for division in load_divisions().provinces if division.code < "66"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        with servers.dashboard(lake) as server:
            times = {
                what: browser.filter_changes(
                    chromium, f"{server.url}/{query}", "省份", names, CHANGES, SEED
                )
                for what, query in (("live", ""), ("pinned", f"?pin={link.id}"))
            }
        chromium.close()
    return [
        Result.of(f"change of province on the overview, {what}", found)
        for what, found in times.items()
    ]
