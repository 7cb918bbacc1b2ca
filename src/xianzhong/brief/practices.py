"""Good practice: the figures and the list."""

from __future__ import annotations

from xianzhong.brief.figures import figures_part
from xianzhong.brief.part import Part
from xianzhong.brief.printed import head
from xianzhong.brief.readable import readable_practices
from xianzhong.brief.source import Source
from xianzhong.model.tables import ACTIVITIES, PRACTICES
from xianzhong.query import practices
from xianzhong.query.practices import Search

NUMBERS = ("practices_recorded", "practices_province", "practices_nation")
PRINTED = ("title", "theme", "spread", "school_code", "province", "county", "published")


def headline(source: Source) -> Part:
    """The figures."""
    return figures_part(source, NUMBERS, source.say("Headline figures"), said=(standing(source),))


def standing(source: Source) -> str:
    """Which filter does not act, empty where none is chosen."""
    return source.say("Activity kinds do not act on this page.") if source.filters.kind else ""


def listed(source: Source) -> Part:
    """The practices, newest first, without their texts."""
    frame = practices.records(source.engine, source.view, Search())
    rows, lang = head(frame), source.lang
    table = readable_practices(rows, source.names, lang)
    label = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    label |= {column.name: column.label[lang] for column in PRACTICES.columns}
    return Part(
        "list", source.label(PRACTICES.label), table[[label[name] for name in PRINTED]],
        origin="practices_recorded", rows=len(frame) if len(frame) > len(rows) else 0,
    )  # fmt: skip
