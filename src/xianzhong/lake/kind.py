"""Marks the folder of a generated lake, so that it can never pass for a real one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

MARK = "DEMO"


def is_demo(root: Path) -> bool:
    """Whether the lake under ``root`` is a generated one."""
    return (root / MARK).is_file()


def demo_info(root: Path) -> dict[str, object]:
    """What the mark says of how the lake was made; empty where there is no mark or no sense."""
    try:
        info = json.loads((root / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return info if isinstance(info, dict) else {}


def mark_demo(root: Path, info: Mapping[str, object]) -> None:
    """Marks the lake under ``root`` as generated and says how.

    Raises:
        OSError: the mark cannot be written.
    """
    text = json.dumps(dict(info), ensure_ascii=False, sort_keys=True)
    (root / MARK).write_text(text + "\n", encoding="utf-8")
