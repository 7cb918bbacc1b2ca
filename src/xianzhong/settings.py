"""Where things are and how the product is configured: environment variables over defaults."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_LAKE = "var/lake"
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8501
TIME_ZONE = "Asia/Shanghai"


@cache
def programme_version() -> str:
    """The version of this programme, 0 where it is not installed."""
    # Late: it costs a start more than most of what is needed, also of each process that reads
    # an upload.
    from importlib import metadata

    try:
        return metadata.version("xianzhong")
    except metadata.PackageNotFoundError:
        return "0"


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of one process.

    Attributes:
        lake: root of the lake, a local folder.
        data: folder of the reference data and the boundaries.
        memory: DuckDB's memory limit.
        threads: DuckDB's threads.
        operator: name of the office that runs the server, for its statements.
        contact: how that office is reached.
        review: whether what a reporter uploads waits until a reviewer has accepted it.
    """

    lake: Path
    data: Path = ROOT / "data"
    memory: str = "512MB"
    threads: int = 2
    operator: str = ""
    contact: str = ""
    review: bool = False

    @classmethod
    def from_environment(cls) -> Settings:
        """Settings from ``XIANZHONG_LAKE`` and, in the same way, the other attributes but data.

        ``XIANZHONG_REVIEW`` is on for all but an empty text and ``0``: whoever wrote anything
        else wanted it.
        """
        lake = Path(os.environ.get("XIANZHONG_LAKE", DEFAULT_LAKE))
        return cls(
            lake=lake if lake.is_absolute() else ROOT / lake,
            memory=os.environ.get("XIANZHONG_MEMORY", "512MB"),
            threads=int(os.environ.get("XIANZHONG_THREADS", "2")),
            operator=os.environ.get("XIANZHONG_OPERATOR", "").strip(),
            contact=os.environ.get("XIANZHONG_CONTACT", "").strip(),
            review=os.environ.get("XIANZHONG_REVIEW", "").strip() not in ("", "0"),
        )


@dataclass(frozen=True, slots=True)
class Operation:
    """How a server is run, beside where its data are.

    Attributes:
        disk_floor: megabytes of the lake's disk that must stay free; below, the server says that
            it is not ready.
        retention: days for which every snapshot stays readable; see ``lake.tidy``.
        metrics_from: networks, beside this machine, that may read ``/metrics``.
        log: form of the log, ``json`` or ``console``; empty for what standard error is.
        log_level: the least level that is logged; empty for the form's own.
        stop_seconds: how long a stop waits for writings that have begun.
    """

    disk_floor: int = 256
    retention: int = 730
    metrics_from: tuple[str, ...] = ()
    log: str = ""
    log_level: str = ""
    stop_seconds: int = 60

    @classmethod
    def from_environment(cls) -> Operation:
        """The same from the environment.

        ``XIANZHONG_DISK_FLOOR`` (MB), ``_RETENTION`` (days), ``_METRICS_FROM`` (networks, by
        commas), ``_LOG``, ``_LOG_LEVEL`` and ``_STOP_SECONDS``.

        Raises:
            ValueError: one of them is not what it should be; the message names it.
        """
        given = os.environ
        networks = given.get("XIANZHONG_METRICS_FROM", "").split(",")
        log = given.get("XIANZHONG_LOG", "")
        level = given.get("XIANZHONG_LOG_LEVEL", "").upper()
        if log not in ("", "json", "console"):
            raise ValueError(f"XIANZHONG_LOG: json / console, {log!r} ?")
        if level not in ("", "DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError(f"XIANZHONG_LOG_LEVEL: DEBUG / INFO / WARNING / ERROR, {level!r} ?")
        return cls(
            disk_floor=_whole("XIANZHONG_DISK_FLOOR", 256, 0),
            retention=_whole("XIANZHONG_RETENTION", 730, 1),
            metrics_from=tuple(_network(name) for name in map(str.strip, networks) if name),
            log=log,
            log_level=level,
            stop_seconds=_whole("XIANZHONG_STOP_SECONDS", 60, 1),
        )


def _whole(name: str, default: int, least: int) -> int:
    given = os.environ.get(name, "")
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or int(given) < least:
        raise ValueError(f"{name}: {least}, {least + 1}, …; {given!r} ?")
    return int(given)


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError as error:
        raise ValueError(f"XIANZHONG_METRICS_FROM: {error}") from error
