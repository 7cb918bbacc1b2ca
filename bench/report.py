"""Writes what was measured into docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page's changes of province, and the server's milliseconds of processor time for each."""

    change: Result
    processor: float


def write(path: Path, results: Sequence[Result], pages: Sequence[PageResult], about: str) -> None:
    """Replaces the measured part of the page and prints it.

    Args:
        path: the page.
        results: what is measured of the whole.
        pages: the empty page, which is the floor, then those of the product.
        about: machine and lake.
    """
    lines = [
        machine_line(about),
        "",
        "| what | median | p95 | unit | runs |",
        "| --- | ---: | ---: | --- | ---: |",
        *(
            f"| {r.what} | {r.middle:,.0f} | {r.high:,.0f} | {r.unit} | {r.times} |"
            for r in results
        ),
        "",
        *_changes(pages[0], sorted(pages[1:], key=lambda page: page.change.high, reverse=True)),
    ]
    write_section(path, "measured", lines)


def _changes(floor: PageResult, pages: Sequence[PageResult]) -> Iterator[str]:
    """The table of changes, the slowest page first, below a line that names it."""
    worst = pages[0].change
    yield (
        f"Change of province in the browser, ms. The worst page is **{worst.what}**: "
        f"{worst.high:,.0f} ms (95th percentile), {worst.high - floor.change.high:,.0f} ms above "
        "an empty page."
    )
    yield ""
    yield "| page | median | p95 | the server's processor time for each | changes |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for page in (floor, *pages):
        one = page.change
        yield (
            f"| {one.what} | {one.middle:,.0f} | {one.high:,.0f} | {page.processor:,.0f} "
            f"| {one.times} |"
        )


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
