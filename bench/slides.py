"""`python -m bench.slides`: seconds that the slides of a briefing take, and their size.

The lake is the demonstration lake of `make demo-lake`, or the one that XIANZHONG_LAKE names.
"""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

import pandas as pd

from xianzhong.brief.brief import Brief, report
from xianzhong.brief.part import Part, Places
from xianzhong.brief.source import Source, source_of
from xianzhong.charts import outlines
from xianzhong.charts.maps import Measure
from xianzhong.export.slides import to_pptx
from xianzhong.model.labels import Label
from xianzhong.query.figures import activity_totals
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION
from xianzhong.settings import Settings

TIMES = 5
MEASURE = Measure(Label("活动", "Activities"), Label("次", "activities"))


def map_part(source: Source) -> Part:
    """The nation by activities."""
    frame = activity_totals(source.engine, source.view)
    found = frame[frame["part"] == "place"]
    values = pd.DataFrame({"code": found["code"], "value": found["activities"], "text": ""})
    return Part("map", "各地活动", pd.DataFrame(), places=Places(values, MEASURE))


def briefing() -> Brief:
    """Two pages and a national map: the overview, the activities."""
    engine = open_engine(Settings.from_environment())
    source = source_of(engine, View(engine.lake.snapshot(), NATION, Filters()), "zh")
    brief = report(source, ("overview", "activities"))
    first = brief.sections[0]
    sections = (replace(first, parts=(*first.parts, map_part(source))), *brief.sections[1:])
    return replace(brief, sections=sections, link="http://127.0.0.1:8501/overview")


def seconds(brief: Brief) -> float:
    """How long the file takes."""
    begin = time.perf_counter()
    to_pptx(brief)
    return time.perf_counter() - begin


def main() -> None:
    """Measures and prints."""
    begin = time.perf_counter()
    brief = briefing()
    asked = time.perf_counter() - begin
    first = seconds(brief)
    again = median(seconds(brief) for _ in range(TIMES))
    slides = sum(len(section.parts) for section in brief.sections) + 4
    print(f"parts: {asked:.2f} s; about {slides} slides: first {first:.2f} s, then {again:.2f} s")
    first_section = brief.sections[0]
    only = replace(brief, sections=(replace(first_section, parts=first_section.parts[-1:]),))
    print(f"one national map: {seconds(only):.2f} s, {len(to_pptx(only)) / 1024:.0f} KB")
    for made in (outlines.nation, outlines.south_china_sea, outlines.counties):
        made.cache_clear()
    print(f"the same with the boundaries unread: {seconds(only):.2f} s")


if __name__ == "__main__":
    main()
