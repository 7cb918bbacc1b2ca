"""Good practice: the search, the counts beside it, and one practice among what was found.

The search is one of substrings, so a Chinese text is found by any two (or more) characters that
stand side by side in it. Of several words all must occur, wherever.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View

NOT_SAID = "-"
MOST_RECORDS = 1_000_000
Row = Mapping[Any, Any]


def folded(text: str) -> str:
    """A text in small letters and narrow forms, letter for letter: as long as it was."""
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    narrow = unicodedata.normalize("NFKC", letter).lower()
    return narrow if len(narrow) == 1 else letter


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for.

    Attributes:
        words: all of which must occur, folded.
        theme: as it is written, ``NOT_SAID`` for none, empty for all.
        spread: a code, ``NOT_SAID`` for none, empty for all.
    """

    words: tuple[str, ...] = ()
    theme: str = ""
    spread: str = ""

    @classmethod
    def of(cls, text: str, theme: str = "", spread: str = "") -> Search:
        """The search for a text's words, each once."""
        return cls(tuple(dict.fromkeys(folded(text).split())), theme, spread)

    @property
    def values(self) -> dict[str, object]:
        """What the questions bind."""
        return {"words": self.words, "theme": self.theme, "spread": self.spread}


def found(
    engine: Engine, view: View, search: Search, *, limit: int, offset: int = 0
) -> pd.DataFrame:
    """Hits in their order, each with ``nth`` and ``hits``; a page of ``limit`` rows."""
    return engine.run(
        "practice_search", view, item="", row_limit=limit, row_offset=offset, **search.values
    )


def practice(engine: Engine, view: View, code: str, search: Search) -> Row | None:
    """One practice with ``nth``, ``hits``, ``earlier`` and ``later`` in the search's result.

    One that the search or the filters leave out stands alone (``nth`` is 0); None where the
    scope has none of that code.
    """
    rows = _one(engine, view, code, search)
    if rows:
        return rows[0]
    alone = _one(engine, replace(view, filters=Filters()), code, Search())
    return {**alone[0], "nth": 0, "hits": 0, "earlier": None, "later": None} if alone else None


def _one(engine: Engine, view: View, code: str, search: Search) -> Sequence[Row]:
    frame = engine.run(
        "practice_search", view, item=code, row_limit=0, row_offset=0, **search.values
    )
    rows: Sequence[Row] = frame.to_dict("records")
    return rows


def facets(engine: Engine, view: View, search: Search) -> pd.DataFrame:
    """``part`` (all, theme, spread), ``code`` and ``practices``: what each choice would show."""
    return engine.run("practice_facets", view, **search.values)


def records(engine: Engine, view: View, search: Search) -> pd.DataFrame:
    """The practices of a search with all that is recorded, newest first."""
    return engine.run("practice_records", view, row_limit=MOST_RECORDS, **search.values)
