"""What is counted and measured, for ``/metrics``.

No label holds what a user typed, and each has few values: names of pages, queries and tables are
those that the product declares.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time, open files

_FAST = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)
_SLOW = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)

SESSIONS = Gauge("xianzhong_sessions", "Open connections of browsers.", registry=REGISTRY)
SESSIONS_OPENED = Counter(
    "xianzhong_sessions_opened", "Connections of browsers since the start.", registry=REGISTRY
)
RERUNS = Counter(
    "xianzhong_reruns", "Runs of a page, by how they ended.", ["page", "outcome"],
    registry=REGISTRY,
)  # fmt: skip
RERUN_SECONDS = Histogram(
    "xianzhong_rerun_seconds", "Time that a run of a page took.", ["page"], buckets=_SLOW,
    registry=REGISTRY,
)  # fmt: skip
QUERIES = Counter(
    "xianzhong_queries", "Questions asked, and whether the answer was kept from before.",
    ["query", "answer"], registry=REGISTRY,
)  # fmt: skip
QUERY_SECONDS = Histogram(
    "xianzhong_query_seconds", "Time of a question that DuckDB answered.", buckets=_FAST,
    registry=REGISTRY,
)  # fmt: skip
UPLOADS = Counter(
    "xianzhong_uploads", "Files, by table and what became of them: read, unreadable, committed, "
    "refused, unchanged, failed.", ["table", "outcome"], registry=REGISTRY,
)  # fmt: skip
COMMITS = Counter(
    "xianzhong_commits", "Writings to the lake, by kind and how they ended.", ["kind", "outcome"],
    registry=REGISTRY,
)  # fmt: skip
COMMIT_SECONDS = Histogram(
    "xianzhong_commit_seconds", "Time of a writing, the wait for other writers with it.",
    buckets=_SLOW, registry=REGISTRY,
)  # fmt: skip
WRITING = Gauge("xianzhong_commits_running", "Writings that are going on.", registry=REGISTRY)
CONFLICTS = Counter(
    "xianzhong_conflicts", "Writings that came after somebody else's and had to look again.",
    registry=REGISTRY,
)  # fmt: skip
REQUESTS = Counter(
    "xianzhong_requests", "HTTP requests, by route and class of status.", ["route", "status"],
    registry=REGISTRY,
)  # fmt: skip
REQUEST_SECONDS = Histogram(
    "xianzhong_request_seconds", "Time of an HTTP request.", ["route"], buckets=_FAST,
    registry=REGISTRY,
)  # fmt: skip
ERRORS = Counter(
    "xianzhong_errors", "Errors, by where they were met: page, request, lake, upload.", ["where"],
    registry=REGISTRY,
)  # fmt: skip
READY = Gauge("xianzhong_ready", "1 where the last look found the server ready.", registry=REGISTRY)
DISK_FREE = Gauge("xianzhong_disk_free_bytes", "Free space of the lake's disk.", registry=REGISTRY)
SNAPSHOT = Gauge("xianzhong_snapshot", "Number of the newest snapshot.", registry=REGISTRY)
VERSION = Gauge("xianzhong_version_info", "The programme's version.", ["version"],
                registry=REGISTRY)  # fmt: skip


@contextmanager
def clocked(told: Callable[[float], object]) -> Iterator[None]:
    """Tells the seconds that the block took, by a clock that nobody sets."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        told(time.perf_counter() - begun)


def exposition() -> bytes:
    """All of it in Prometheus' text form."""
    return generate_latest(REGISTRY)


def value(name: str, **labels: str) -> float:
    """What a counter or gauge stands at, 0 where it never moved."""
    return REGISTRY.get_sample_value(name, labels) or 0.0
