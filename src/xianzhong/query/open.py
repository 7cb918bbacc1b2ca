"""Opens a lake for questions: one engine per process."""

from __future__ import annotations

from functools import lru_cache

from xianzhong.lake.store import Lake
from xianzhong.query.engine import Engine
from xianzhong.reference import load_divisions
from xianzhong.settings import Settings


@lru_cache(maxsize=2)
def open_engine(settings: Settings) -> Engine:
    """The engine over the settings' lake, made once.

    Raises:
        LakeError: the lake cannot be opened.
    """
    return Engine(Lake(settings.lake), load_divisions(settings.data / "divisions"), settings)
