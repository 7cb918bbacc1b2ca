"""Open a page in the desktop's browser once it answers: `python tools/open_when_ready.py URL`.

Does nothing without a desktop or under CI; gives up quietly after a minute.
"""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
import webbrowser

PATIENCE_SECONDS = 60


def has_desktop() -> bool:
    """Whether a person sits before this machine."""
    if os.environ.get("CI"):
        return False
    return sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def answers(url: str) -> bool:
    """Whether ``url`` answers a request within two seconds."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - the Makefile's own address
            return True
    except (urllib.error.URLError, OSError):
        return False


def main() -> None:
    """Wait for the page, then open it."""
    url = sys.argv[1]
    give_up = time.monotonic() + PATIENCE_SECONDS
    while has_desktop() and time.monotonic() < give_up:
        if answers(url):
            webbrowser.open(url)
            return
        time.sleep(0.5)


if __name__ == "__main__":
    main()
