"""Writes what was measured into docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Result:
    """One row: what was measured, its unit, median, 95th percentile, and how often."""

    what: str
    unit: str
    middle: float
    high: float
    times: int

    @classmethod
    def of(cls, what: str, milliseconds: Sequence[float]) -> Result:
        """A row of milliseconds."""
        ordered = sorted(milliseconds)
        high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        return cls(what, "ms", median(ordered), high, len(ordered))


def write(
    path: Path, results: Sequence[Result], machine: str, schools: int, activities: int
) -> None:
    """Replaces the measured part of the page and prints it."""
    lines = [
        machine_line(f"{machine}; demo lake of {schools:,} schools and {activities:,} activities"),
        "",
        "| what | median | p95 | unit | runs |",
        "| --- | ---: | ---: | --- | ---: |",
        *(
            f"| {r.what} | {r.middle:,.0f} | {r.high:,.0f} | {r.unit} | {r.times} |"
            for r in results
        ),
    ]
    write_section(path, "measured", lines)


def machine_line(about: str) -> str:
    """When it was measured, and on what."""
    return f"Measured on {datetime.now(UTC):%Y-%m-%d}: {about}."


def write_section(path: Path, name: str, lines: Sequence[str]) -> None:
    """Replaces what stands between the marks of a section of the page, and prints it."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    whole = "\n".join([begin, *lines, end])
    path.write_text(before + whole + rest.split(end)[1], encoding="utf-8")
    print("\n".join(lines))
