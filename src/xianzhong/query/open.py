"""Opens a lake for questions: one engine per process."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from xianzhong.lake.store import Lake
from xianzhong.query import tables
from xianzhong.query.engine import Engine
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.scope import NATION
from xianzhong.reference import load_divisions
from xianzhong.settings import Settings

_opening = Lock()


# A server has one lake; what opens several in turn should not make each anew.
@lru_cache(maxsize=4)
def _made(settings: Settings) -> Engine:
    return Engine(Lake(settings.lake), load_divisions(settings.data / "divisions"), settings)


def open_engine(settings: Settings) -> Engine:
    """The engine over the settings' lake, made once and shared by all threads.

    Raises:
        LakeError: the lake cannot be opened.
    """
    with _opening:
        return _made(settings)


def ready(settings: Settings) -> None:
    """Asks the newest snapshot a question.

    Raises:
        LakeError: the lake cannot answer.
    """
    engine = open_engine(settings)
    tables.span(engine, View(engine.lake.snapshot(), NATION, Filters()))


def warm(settings: Settings) -> None:
    """Answers what the first reader of the overview will ask, so that nobody waits for it.

    Raises:
        LakeError: the lake cannot answer.
    """
    engine = open_engine(settings)
    view = View(engine.lake.snapshot(), NATION, Filters())
    names_of(engine, view.snapshot, NATION)
    figures(engine, view)
    tables.months(engine, view)
    tables.span(engine, view)
    tables.school_points(engine, view)
    tables.records(engine, view, limit=tables.LATEST)
