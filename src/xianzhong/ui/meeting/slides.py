"""What a slide of a meeting shows: its part, or in words why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xianzhong.brief.brief import as_of
from xianzhong.brief.chapters import CHAPTER_BY_PAGE
from xianzhong.brief.part import Part
from xianzhong.brief.source import Source, source_of
from xianzhong.lake.errors import LakeError
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.meetings import Slide
from xianzhong.query.filters import Filters, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.sentence import sentence
from xianzhong.ui.navigation import PAGE_BY_NAME
from xianzhong.ui.session import Session, params_for


@dataclass(frozen=True)
class Made:
    """A slide as it is shown.

    Attributes:
        title: its heading.
        sentence: the filters in words.
        as_of: as of when the numbers are.
        part: what is drawn, None where it cannot be.
        trouble: why not, in words.
    """

    title: str
    sentence: str = ""
    as_of: str = ""
    part: Part | None = None
    trouble: str = ""


def title_of(session: Session, slide: Slide) -> str:
    """A slide's own title, or what its part is called in lists."""
    if slide.title:
        return slide.title
    chapter = CHAPTER_BY_PAGE.get(slide.page)
    part = chapter.part(slide.part) if chapter else None
    if chapter is None or part is None:
        return session.say("Unknown slide")
    return f"{session.label(chapter.title)} · {session.label(part.label)}"


def place_of(session: Session, slide: Slide) -> str:
    """The page, the filters and the numbers of a slide, in words for a list."""
    page = PAGE_BY_NAME.get(slide.page)
    filters, _ = parse_filters(dict(slide.params), session.names)
    chapter = CHAPTER_BY_PAGE.get(slide.page)
    part = chapter.part(slide.part) if chapter else None
    words = (
        session.label(page.title) if page else slide.page,
        session.label(part.label) if part else slide.part,
        sentence(filters, session.names, session.lang),
    )
    return " · ".join(words)


def numbers_of(session: Session, slide: Slide) -> str:
    """As of when a slide's numbers are, in words for a list."""
    if slide.snapshot is None:
        return session.say("always the newest numbers")
    return session.say("numbers of snapshot {number}", number=slide.snapshot)


def link_params(session: Session, slide: Slide) -> dict[str, str]:
    """Parameters of the link that opens a slide's view."""
    kept = {name: value for name, value in slide.params.items() if name != "lang"}
    lang = params_for(Filters(), session.lang).get("lang")
    return {**kept, "lang": lang} if lang else kept


def made(session: Session, slide: Slide) -> Made:
    """The slide as it is shown now; whatever is wrong with it is said in words."""
    title = title_of(session, slide)
    chapter = CHAPTER_BY_PAGE.get(slide.page)
    spec = chapter.part(slide.part) if chapter else None
    if spec is None:
        trouble = session.say(
            "This version of the product has no such part: page {page}, part {part}.",
            page=slide.page, part=slide.part,
        )  # fmt: skip
        return Made(title, trouble=trouble)
    try:
        source, ignored = _source(session, slide)
    except LakeError as error:
        return Made(title, trouble=_gone(session, slide, error))
    if ignored:
        # Without one of its filters a slide would show other numbers than those that were chosen.
        return Made(title, trouble=" ".join(ignored))
    shown = Made(title, source.sentence, as_of(source))
    try:
        part = spec.build(source)
    except LakeError as error:
        return replace(shown, trouble=error.said[session.lang])
    return replace(shown, part=part, title=slide.title or part.title)


def _gone(session: Session, slide: Slide, error: LakeError) -> str:
    if slide.snapshot is None:
        return error.said[session.lang]
    return session.say(
        "The numbers of snapshot {number}, to which this slide is fixed, cannot be had any more: "
        "{reason}. No other numbers are shown in their place.",
        number=slide.snapshot, reason=error.said[session.lang],
    )  # fmt: skip


def _source(session: Session, slide: Slide) -> tuple[Source, tuple[str, ...]]:
    snapshot: Snapshot = session.engine.lake.snapshot(slide.snapshot)
    names = names_of(session.engine, snapshot, session.view.scope)
    filters, problems = parse_filters(dict(slide.params), names)
    view = View(snapshot, session.view.scope, filters)
    ignored = tuple(
        session.say(
            "The link's {parameter} = {value} was ignored: {reason}.",
            parameter=problem.parameter, value=problem.value, reason=problem.reason[session.lang],
        )
        for problem in problems
    )  # fmt: skip
    return source_of(session.engine, view, session.lang), ignored
