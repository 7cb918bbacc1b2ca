"""Where things are and how the product is configured: environment variables over defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_LAKE = "var/lake"
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8501
TIME_ZONE = "Asia/Shanghai"


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
    """

    lake: Path
    data: Path = ROOT / "data"
    memory: str = "512MB"
    threads: int = 2
    operator: str = ""
    contact: str = ""

    @classmethod
    def from_environment(cls) -> Settings:
        """Settings from ``XIANZHONG_LAKE`` and, in the same way, the other attributes but data."""
        lake = Path(os.environ.get("XIANZHONG_LAKE", DEFAULT_LAKE))
        return cls(
            lake=lake if lake.is_absolute() else ROOT / lake,
            memory=os.environ.get("XIANZHONG_MEMORY", "512MB"),
            threads=int(os.environ.get("XIANZHONG_THREADS", "2")),
            operator=os.environ.get("XIANZHONG_OPERATOR", "").strip(),
            contact=os.environ.get("XIANZHONG_CONTACT", "").strip(),
        )
