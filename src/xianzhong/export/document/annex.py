"""The annex: what each indicator means, and where the numbers can be looked at again."""

from __future__ import annotations

from xianzhong.brief.brief import Brief, as_of
from xianzhong.brief.sentences import claimed
from xianzhong.export.document import tables
from xianzhong.export.document.page import Paper
from xianzhong.model.indicators import GROUPS, INDICATORS, Indicator
from xianzhong.model.labels import Label

_TITLE = Label("指标说明", "Definitions")
_ANNEX = Label("附件", "Annex")


def indicators_of(brief: Brief) -> tuple[Indicator, ...]:
    """Every indicator that a part or a sentence of the briefing speaks of, in their order."""
    named = {indicator.id for indicator in brief.definitions}
    for section in brief.sections:
        named.update(claimed(section.page))
    return tuple(indicator for indicator in INDICATORS if indicator.id in named)


def add(paper: Paper, brief: Brief) -> None:
    """Adds the annex on a page of its own."""
    first = paper.paragraph(_ANNEX[paper.lang], "Heading 1")
    first.paragraph_format.page_break_before = True
    paper.paragraph(_TITLE[paper.lang], "Title")
    paper.numbering.restart()
    found = indicators_of(brief)
    for group, label in GROUPS.items():
        here = [indicator for indicator in found if indicator.group == group]
        if here:
            paper.heading(label[paper.lang], 1)
            tables.draw(paper, _grid(paper, here), label[paper.lang])
    _origin(paper, brief)


def _grid(paper: Paper, found: list[Indicator]) -> tables.Grid:
    say, lang = paper.source.say, paper.lang
    rows = tuple(
        (
            f"{one.label[lang]}（{one.unit[lang]}）" if lang == "zh" else one.label[lang],
            one.definition[lang],
            one.formula[lang],
            one.source[lang],
        )
        for one in found
    )
    headers = (say("Indicator"), say("Definition"), say("Formula"), say("Source"))
    return tables.Grid(headers, rows, (False,) * 4)


def _origin(paper: Paper, brief: Brief) -> None:
    """As of when, and the links by which the views are opened again."""
    say = paper.source.say
    paper.heading(say("Where the numbers are"), 1)
    said = as_of(brief.source).rstrip("。.")
    paper.paragraph(f"{said}{'。' if paper.lang == 'zh' else '.'}")
    links = [(brief.title, brief.link)]
    links += [(section.title, section.link) for section in brief.sections]
    for title, link in links:
        if link:
            line = paper.paragraph(f"{title}{'：' if paper.lang == 'zh' else ': '}")
            line.add_run("" if paper.lang == "zh" else " ")
            paper.link(line, link)
