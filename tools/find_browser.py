"""Find a Chromium that starts, or fetch one: `python tools/find_browser.py [--install]`.

Prints the path of the browser. Looks at the variable CHROMIUM, then at the names that systems give
to Chromium, Chrome and Edge, then at the one that Playwright fetches. With --install it also sees
to a Chinese font, without which pages are drawn with empty boxes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
NOT_FOUND = """\
没有找到可用的浏览器，测试需要 Chromium。请安装 Chromium，或用 CHROMIUM=/路径/chromium 指明。
No working browser found; the tests need Chromium. Install it, or name it with CHROMIUM=/path.
"""
NO_FONT = """\
没有找到中文字体，截图中的汉字会显示为方框。请安装 fonts-noto-cjk。
No Chinese font found; characters will be drawn as boxes. Install fonts-noto-cjk.
"""


def _candidates() -> Iterator[str]:
    yield os.environ.get("CHROMIUM", "")
    yield from NAMES
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Whether ``path`` answers to --version (a placeholder that wants a snap does not)."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def find_browser() -> str | None:
    """The path of the first browser that starts, or None."""
    for candidate in _candidates():
        path = shutil.which(candidate) if candidate else None
        if path and _starts(path):
            return path
    return None


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font for Chinese; True where there is no fontconfig to ask."""
    if not shutil.which("fc-list"):
        return True
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


def _apt_install(*packages: str) -> None:
    """Install Debian packages without a question; does nothing where that cannot be done."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *command], env=quiet, stdout=sys.stderr.fileno(), check=False
        )


def install_missing() -> None:
    """Fetch a browser and a Chinese font where they are missing."""
    if find_browser() is None:
        _apt_install("chromium", "fonts-noto-cjk")
    if find_browser() is None:
        fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(fetch, stdout=sys.stderr.fileno(), check=False)
    if not has_chinese_font():
        _apt_install("fontconfig", "fonts-noto-cjk")


def main() -> int:
    """Print the browser's path; 1 where there is none."""
    if "--install" in sys.argv[1:]:
        install_missing()
    browser = find_browser()
    if browser is None:
        sys.stderr.write(NOT_FOUND)
        return 1
    if not has_chinese_font():
        sys.stderr.write(NO_FONT)
    sys.stdout.write(browser + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
