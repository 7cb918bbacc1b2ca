"""Looks for known faults of the packages that are pinned, and for secrets among the files.

A package with a known fault, or a secret, ends it with 1. Where the list of faults cannot be
reached, or knows nothing of a package, that is said and is no failure: offices without internet
build this too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Official records, boundaries and translations: thousands of codes, and nothing to hide.
NOT_OURS = ("data/", "docs/images/", "src/xianzhong/locale/", "constraints.txt")
CHECKSUM = r'": "[0-9a-f]{64}",$'
# The name of the file that holds a secret is none.
NAME_OF_A_FILE = r'^\w+_secret_file = "'


def main() -> int:
    """Runs both and gives the exit code."""
    return max(packages(), secrets())


def packages() -> int:
    """Asks for the known faults of every version in constraints.txt."""
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--requirement", "constraints.txt", "--no-deps",
         "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"packages: NOT CHECKED, the list of faults cannot be reached: {reason[:200]}")
        return 0
    faulty = [package for package in found if package.get("vulns")]
    for package in faulty:
        for fault in package["vulns"]:
            mended = ", ".join(fault.get("fix_versions") or ["no version yet"])
            print(f"packages: {package['name']} {package['version']}: {fault['id']}; "
                  f"mended in: {mended}")  # fmt: skip
    checked = sum("vulns" in package for package in found)
    if not checked:
        print("packages: NOT CHECKED, the list of faults knows nothing of them here")
        return 0
    print(f"packages: {checked} of {len(found)} checked, {len(faulty)} with known faults")
    return 1 if faulty else 0


def secrets() -> int:
    """Looks through the files under version control, but for data."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    files = [name for name in listed if not name.startswith(NOT_OURS)]
    done = subprocess.run(
        [sys.executable, "-m", "detect_secrets.pre_commit_hook", "--cores", "1",
         "--exclude-lines", CHECKSUM, "--exclude-lines", NAME_OF_A_FILE, *files],
        cwd=ROOT, check=False,
    )  # fmt: skip
    print(f"secrets: {len(files)} files, {'SOME FOUND' if done.returncode else 'none found'}")
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
