"""Places at the level right below a view's, and their short names."""

from __future__ import annotations

from xianzhong.brief.source import Source
from xianzhong.charts.places import PLACES
from xianzhong.query.levels import level_below


def level_label(source: Source) -> str:
    """What the parts of the view are: provinces, prefectures or counties."""
    level = level_below(source.filters, source.engine.divisions)
    return {
        "province": source.say("Province"),
        "prefecture": source.say("Prefecture"),
        "county": source.say("County"),
    }[level]


def place_name(source: Source, code: str) -> str:
    """The short name of a place; records without one are named so."""
    if not code:
        return source.say("place unknown")
    if code in PLACES:
        return PLACES[code][0][source.lang]
    return source.engine.divisions.label(code, source.lang)
