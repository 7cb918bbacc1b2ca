"""`python -m bench` measures the pages, `python -m bench uploads` uploads; docs/performance.md."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench import browser, floor, servers, uploads
from bench.report import Result, write
from tools.find_browser import find_browser
from xianzhong.demo.build import build_demo
from xianzhong.lake.store import Lake
from xianzhong.reference import load_divisions

SCHOOLS, ACTIVITIES = 8_000, 1_000_000
CHANGES, EMPTY_CHANGES, SEED = 30, 30, 7
LAKE = servers.ROOT / "var" / "bench" / f"lake-{SCHOOLS}-{ACTIVITIES}"
EMPTY_OPTIONS = ["河北省", "山西省", "云南省", "四川省", "贵州省", "湖南省", "甘肃省"]
PAGES = {"overview": "/", "schools": "/schools", "activities": "/activities"}


def main() -> None:
    """Builds the lake where it is missing, measures, writes the page."""
    executable = find_browser()
    if executable is None:
        sys.exit("no browser found: see tools/find_browser.py")
    build_demo(Lake(LAKE), SCHOOLS, ACTIVITIES)
    provinces = [d for d in load_divisions().provinces if d.code < "66"]
    results = [_floor([d.code for d in provinces])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        with servers.empty_page() as server:
            times = browser.filter_changes(
                chromium, server.url, "省份", EMPTY_OPTIONS, EMPTY_CHANGES, SEED
            )
            results.append(Result.of("an empty Streamlit page, one choice", times))
        with servers.dashboard(LAKE) as server:
            results += _dashboard(chromium, server, [d.name for d in provinces])
        chromium.close()
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    write(Path("docs/performance.md"), results, machine, SCHOOLS, ACTIVITIES)


def _floor(provinces: list[str]) -> Result:
    return Result.of(
        "the overview's SQL alone, one process", floor.overview_questions(LAKE, provinces)
    )


def _dashboard(chromium: Browser, server: servers.Server, names: list[str]) -> list[Result]:
    found = [Result.of("server start to /healthz", [server.started_in * 1000])]
    cold = [browser.first_picture(chromium, server.url, warm=False) for _ in range(5)]
    warm = [browser.first_picture(chromium, server.url, warm=True) for _ in range(5)]
    found.append(Result.of("first useful picture, empty browser cache", cold))
    found.append(Result.of("first useful picture, warm browser cache", warm))
    for page, path in PAGES.items():
        before = server.processor_seconds
        times = browser.filter_changes(
            chromium,
            server.url + path,
            "省份",
            names,
            CHANGES,
            SEED,
        )
        found.append(Result.of(f"{page}: change of province in the browser", times))
        used = (server.processor_seconds - before) / CHANGES * 1000
        found.append(Result.of(f"{page}: processor time of the server per change", [used]))
    found.append(Result(f"server memory after {len(PAGES) * CHANGES} changes", "MB",
                        server.megabytes, server.megabytes, 1))  # fmt: skip
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["uploads"]:
        uploads.main()
    else:
        main()
