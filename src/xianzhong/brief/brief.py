"""A briefing: views in an order, each with its parts, and what every file of it must say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from xianzhong.brief.chapters import CHAPTER_BY_PAGE, REPORT_PARTS, PartSpec
from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.lake.ledger import Snapshot
from xianzhong.model.indicators import INDICATOR_BY_ID, Indicator
from xianzhong.model.labels import Label
from xianzhong.settings import TIME_ZONE

PRODUCT = Label("县中帮扶监测", "County High School Support")


@dataclass(frozen=True)
class Section:
    """One view of a briefing.

    Attributes:
        title: its heading: the page's title, or what the maker of a meeting called it.
        page: name of the page.
        source: what it is about.
        parts: what it shows; parts without anything on record are kept, and say so.
        note: the maker's own words, empty in a report.
        link: address of the view; relative (``activities?province=53``) where no host is known.
    """

    title: str
    page: str
    source: Source
    parts: tuple[Part, ...]
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Brief:
    """What a file of a view, a report or a meeting holds.

    Attributes:
        title: of the whole.
        source: language, and the view of the first section.
        sections: in their order, at least one.
        link: address of the view or meeting.
    """

    title: str
    source: Source
    sections: tuple[Section, ...]
    link: str = ""

    @property
    def snapshot(self) -> Snapshot:
        """The state of the data; that of the first section where they differ."""
        return self.source.view.snapshot

    @property
    def definitions(self) -> tuple[Indicator, ...]:
        """The indicators that occur, in the order of their declaration."""
        named: set[str] = set()
        for section in self.sections:
            for part in section.parts:
                named.update(figure.indicator.id for figure in part.figures)
                named.update({part.origin} - {""})
        return tuple(found for name, found in INDICATOR_BY_ID.items() if name in named)


def as_of(source: Source) -> str:
    """The line that says as of when and of which snapshot the numbers are."""
    snapshot = source.view.snapshot
    if snapshot.at is None:
        return source.say("No data have been loaded yet.")
    moment = snapshot.at.astimezone(ZoneInfo(TIME_ZONE))
    return source.say(
        "Data as of {moment} (China time), snapshot {number}",
        moment=f"{moment:%Y-%m-%d %H:%M}",
        number=snapshot.number,
    )


def section_of(
    source: Source,
    page: str,
    *,
    only: Sequence[str] = (),
    title: str = "",
    note: str = "",
    link: str = "",
) -> Section:
    """A view of a page with its parts.

    Args:
        source: the view.
        page: name of the page.
        only: ids of the parts wanted, all by default; unknown ones are passed over.
        title: heading, the page's own by default.
        note: the maker's words.
        link: its address.

    Raises:
        KeyError: the page has no parts.
        LakeError: the lake cannot be read.
    """
    chapter = CHAPTER_BY_PAGE[page]
    wanted: list[PartSpec] = [
        part for part in chapter.parts if part.id in only or (not only and part.fits(source))
    ]
    parts = tuple(part.build(source) for part in wanted)
    return Section(title or source.label(chapter.title), page, source, parts, note, link)


def report(
    source: Source,
    pages: Sequence[str],
    *,
    link: str = "",
    told: Callable[[str], None] = lambda _page: None,
) -> Brief:
    """A briefing over some pages of one view.

    Args:
        source: the view.
        pages: names of the pages, at least one.
        link: address of the view, without a page: ``https://…/?province=53``.
        told: is told the title of each page before its parts are made.

    Raises:
        KeyError: a page has no parts.
        LakeError: the lake cannot be read.
    """
    sections = []
    for page in pages:
        told(source.label(CHAPTER_BY_PAGE[page].title))
        # Of one page everything, of many what a report has room for.
        only = _of_report(source, page) if len(pages) > 1 else ()
        sections.append(section_of(source, page, only=only, link=of_page(link, page)))
    name = PRODUCT[source.lang]
    if len(sections) == 1:
        name = sections[0].title
        link = sections[0].link
    return Brief(f"{name} · {source.sentence}", source, tuple(sections), link)


def _of_report(source: Source, page: str) -> tuple[str, ...]:
    chapter = CHAPTER_BY_PAGE[page]
    specs = (chapter.part(name) for name in REPORT_PARTS.get(page, ()))
    return tuple(spec.id for spec in specs if spec is not None and spec.fits(source))


def of_page(link: str, page: str) -> str:
    """The address of a page for the address of a view without one."""
    base, mark, query = link.partition("?")
    if not link or page == "overview":
        return link
    return f"{base.rstrip('/')}/{page}{mark}{query}"
