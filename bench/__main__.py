"""`python -m bench` measures pages; `uploads`, `briefings` (files) and `soak` (many readers)."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import briefings, browser, floor, servers, soak, uploads
from bench.report import PageResult, Result, write
from tools.find_browser import find_browser
from xianzhong.demo.build import build_demo
from xianzhong.lake.store import Lake
from xianzhong.reference import load_divisions
from xianzhong.ui.navigation import PAGES

SCHOOLS, ACTIVITIES = 8_000, 1_000_000
CHANGES, PICTURES, SEED = 20, 5, 7
LAKE = servers.ROOT / "var" / "bench" / f"lake-{SCHOOLS}-{ACTIVITIES}"
EMPTY_OPTIONS = ["河北省", "山西省", "云南省", "四川省", "贵州省", "湖南省", "甘肃省"]
# Six do not answer to the filters; the choice of a province leaves the page of one school.
UNFILTERED = ("upload", "history", "definitions", "school", "links", "meetings", "meeting")


@dataclass(frozen=True, slots=True)
class Target:
    """A page to measure: what the report calls it, and its address under the server's."""

    name: str
    path: str


def main() -> None:
    """Builds the lake where it is missing, measures, writes the page."""
    executable = find_browser()
    if executable is None:
        sys.exit("no browser found: see tools/find_browser.py")
    build_demo(Lake(LAKE), SCHOOLS, ACTIVITIES)
    busy = os.getloadavg()[0]
    provinces = [d for d in load_divisions().provinces if d.code < "66"]
    results, names = [_floor([d.code for d in provinces])], [d.name for d in provinces]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        with servers.empty_page() as server:
            pages = [_page(chromium, server, Target("an empty page", ""), EMPTY_OPTIONS)]
        with servers.dashboard(LAKE) as server:
            results += _start(chromium, server)
            for target in targets():
                pages.append(_page(chromium, server, target, names))
            changes = (len(pages) - 1) * CHANGES
            results.append(Result(f"server memory after {changes} changes", "MB",
                                  server.megabytes, server.megabytes, 1))  # fmt: skip
        chromium.close()
    machine = (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"load {busy:.1f} before and {os.getloadavg()[0]:.1f} after"
    )
    about = f"{machine}; demo lake of {SCHOOLS:,} schools and {ACTIVITIES:,} activities"
    write(Path("docs/performance.md"), results, pages, about)


def targets() -> list[Target]:
    """Every page that answers to the filters; those about one thing with it in the address."""
    lake = Lake(LAKE)
    pairs = lake.rows("pairings", lake.snapshot(), columns=["university_code"])
    university = min(pairs["university_code"].to_pylist())
    about = {
        "overview": "/", "university": f"/university?university={university}",
        "figure": "/figure?id=activities",
    }  # fmt: skip
    return [
        Target(page.name, about.get(page.name, f"/{page.name}"))
        for page in PAGES
        if page.name not in UNFILTERED
    ]


def _floor(provinces: list[str]) -> Result:
    return Result.of(
        "the overview's SQL alone, one process", floor.overview_questions(LAKE, provinces)
    )


def _start(chromium: Browser, server: servers.Server) -> list[Result]:
    cold = [browser.first_picture(chromium, server.url, warm=False) for _ in range(PICTURES)]
    warm = [browser.first_picture(chromium, server.url, warm=True) for _ in range(PICTURES)]
    return [
        Result.of("server start to /healthz", [server.started_in * 1000]),
        Result.of("first useful picture, empty browser cache", cold),
        Result.of("first useful picture, warm browser cache", warm),
    ]


def _page(
    chromium: Browser, server: servers.Server, target: Target, options: list[str]
) -> PageResult:
    before = server.processor_seconds
    times = browser.filter_changes(
        chromium, server.url + target.path, "省份", options, CHANGES, SEED
    )
    used = (server.processor_seconds - before) / CHANGES * 1000
    change = Result.of(target.name, times)
    print(f"{target.name}: {change.middle:.0f} / {change.high:.0f} ms", flush=True)
    return PageResult(change, used)


if __name__ == "__main__":
    if sys.argv[1:] == ["uploads"]:
        uploads.main()
    elif sys.argv[1:2] == ["soak"]:
        soak.main(sys.argv[2:])
    elif sys.argv[1:] == ["briefings"]:
        briefings.main(LAKE, SCHOOLS, ACTIVITIES)
    else:
        main()
