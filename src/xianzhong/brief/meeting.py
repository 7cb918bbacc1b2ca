"""A meeting as a briefing: its slides in their order, each with its own title and note."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from xianzhong.brief.brief import Brief, Section
from xianzhong.brief.chapters import CHAPTER_BY_PAGE, Chapter, PartSpec
from xianzhong.brief.source import Source, source_of
from xianzhong.lake.errors import LakeError
from xianzhong.lake.meetings import Meeting, Slide
from xianzhong.model.labels import Lang
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.scope import AnyScope


def meeting_source(engine: Engine, scope: AnyScope, slide: Slide, lang: Lang) -> Source:
    """The view of a slide: its filters on its own snapshot, or on the newest one.

    Raises:
        LakeError: its snapshot is not there any more, or one of its filters means nothing now.
    """
    snapshot = engine.lake.snapshot(slide.snapshot)
    filters, problems = parse_filters(dict(slide.params), names_of(engine, snapshot, scope))
    if problems:
        name, first = slide.title or slide.part, problems[0]
        raise LakeError(
            f"the slide “{name}”: {first.parameter} = {first.value}: {first.reason.en}",
            f"“{name}”一页：{first.parameter} = {first.value}：{first.reason.zh}",
        )
    return source_of(engine, View(snapshot, scope, filters), lang)


def meeting_brief(
    source: Source,
    meeting: Meeting,
    *,
    root: str = "",
    told: Callable[[str], None] = lambda _title: None,
) -> Brief:
    """The slides of a meeting as sections of one part each.

    A slide that cannot be shown (an unknown part, a snapshot that is gone) is not passed over in
    silence: it raises, for a file with a hole would be handed on as whole.

    Args:
        source: whose language and scope are taken.
        meeting: with at least one slide.
        root: the product's address, empty where it is not known.
        told: is told the title of each slide before its part is made.

    Raises:
        LakeError: the meeting has no slides, or one of them cannot be shown.
    """
    sections = []
    for slide in meeting.slides:
        title, section = _section(source, slide, root)
        told(title)
        sections.append(section)
    if not sections:
        raise LakeError("the meeting has no slides yet", "会议里还没有页面")
    whole = source_of(source.engine, View(source.view.snapshot, source.view.scope, Filters()),
                      source.lang)  # fmt: skip
    # One view in all slides is that of the whole, as a report about a province has it.
    views = {section.source.view for section in sections}
    if len(views) == 1:
        whole = sections[0].source
    link = f"{root}/meeting?{urlencode({'id': meeting.id, 'present': '1'})}"
    return Brief(meeting.title, whole, tuple(sections), link)


def unusable(source: Source, meeting: Meeting) -> LakeError | None:
    """Why a meeting cannot be written as a file: its first slide that cannot be shown, or None."""
    try:
        for slide in meeting.slides:
            _spec(slide)
            meeting_source(source.engine, source.view.scope, slide, source.lang)
    except LakeError as error:
        return error
    return None


def _spec(slide: Slide) -> tuple[Chapter, PartSpec]:
    chapter = CHAPTER_BY_PAGE.get(slide.page)
    spec = chapter.part(slide.part) if chapter else None
    if chapter is None or spec is None:
        name = slide.title or slide.part
        raise LakeError(
            f"the slide “{name}” shows a part that there is none of; remove it from the meeting",
            f"“{name}”一页的内容已不存在，请从会议中移除后重试",
        )
    return chapter, spec


def _section(source: Source, slide: Slide, root: str) -> tuple[str, Section]:
    chapter, spec = _spec(slide)
    of_slide = meeting_source(source.engine, source.view.scope, slide, source.lang)
    part = spec.build(of_slide)
    title = slide.title or source.label(chapter.title)
    query = urlencode(dict(slide.params), safe=",")
    page = "" if slide.page == "overview" else slide.page
    link = f"{root}/{page}" + (f"?{query}" if query else "")
    return title, Section(title, slide.page, of_slide, (part,), slide.note, link)
