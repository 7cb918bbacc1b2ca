"""Puts a briefing's slides together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC
from functools import partial
from io import BytesIO
from pathlib import Path

from xianzhong.brief.brief import PRODUCT, Brief, Section
from xianzhong.brief.part import Part
from xianzhong.charts.geometry import Boundaries
from xianzhong.export.clean import in_line
from xianzhong.export.slides import cards, charts, cover, ending, maps, tables
from xianzhong.export.slides.box import Box
from xianzhong.export.slides.pages import Pages, heading_of, notes_below, nothing
from xianzhong.export.slides.template import open_template
from xianzhong.export.slides.text import LOCALE, Slide
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.settings import Settings

# Draws the content of one slide into its room.
Draw = Callable[[Slide, Box], object]


def to_pptx(
    brief: Brief, *, template: Path | None = None, boundaries: Boundaries | None = None
) -> bytes:
    """The slides of a briefing, with charts, tables, maps and text that can all be edited.

    Args:
        brief: what is shown.
        template: the office's own presentation; the product's plain one by default.
        boundaries: of the maps; those of the settings by default.

    Returns:
        A .pptx file, 16:9 unless the template is otherwise.

    Raises:
        TemplateError: the template is no presentation, or has no layout that serves.
        FileNotFoundError: there is a map, and no boundary files.
    """
    pages = Pages(open_template(template))
    known = boundaries or Boundaries(Settings.from_environment().data / "geo")
    cover.add(pages, brief)
    for section in brief.sections:
        _section(pages, brief, section, known)
    ending.add(pages, brief)
    _properties(pages, brief)
    content = BytesIO()
    pages.deck.save(content)
    return content.getvalue()


def _section(pages: Pages, brief: Brief, section: Section, boundaries: Boundaries) -> None:
    first = True
    for part in section.parts:
        for draw, notes in _slides(part, section, boundaries, pages.inner):
            remarks = _remarks(part, section, said=first)
            slide, room = pages.add(heading_of(section, in_line(part.title), brief.link, remarks))
            draw(slide, notes_below(slide, room, notes, section.source.lang))
            first = False


def _slides(
    part: Part, section: Section, boundaries: Boundaries, width: float
) -> Iterator[tuple[Draw, tuple[str, ...]]]:
    """What each slide of a part draws, and the notes below it."""
    source, alt = section.source, part.alt or part.title
    if part.figures:
        for figures in cards.batches(part):
            yield partial(cards.draw, figures=figures, part=part, source=source), part.notes
    elif part.places is not None:
        yield partial(
            maps.draw, part=part, places=part.places, source=source, boundaries=boundaries
        ), part.notes  # fmt: skip
    elif part.empty:
        yield partial(nothing, source=source), part.notes
    elif part.native is not None:
        whole = charts.drawn(part, part.native)
        notes = (*_chart_notes(whole, part, section), *part.notes)
        for shown in charts.batches(whole):
            yield partial(charts.draw, shown=shown, alt=alt), notes
    else:
        whole_grid = tables.grid_of(part.table)
        full = len(whole_grid.headers)
        grids = list(tables.batches(whole_grid.readable(width)))
        left = max(part.rows, len(part.table)) - sum(len(grid.rows) for grid in grids)
        for number, grid in enumerate(grids, 1):
            more = _more(left if number == len(grids) else 0, full - len(grid.headers), section)
            yield partial(tables.draw, grid=grid, alt=alt, lang=source.lang), (*more, *part.notes)


def _more(rows: int, columns: int, section: Section) -> tuple[str, ...]:
    """What of a table is not shown, in one line."""
    say, said = section.source.say, []
    if rows > 0:
        said.append(say("{count} more rows: see the workbook or the link", count=f"{rows:,}"))
    if columns > 0:
        said.append(say("{count} more columns: see the workbook or the link", count=columns))
    return (" · ".join(said),)


def _chart_notes(whole: charts.Drawn, part: Part, section: Section) -> tuple[str, ...]:
    """In one line the unit, and how many rows are drawn where not all are."""
    say, unit = section.source.say, whole.native.unit
    shown, total = len(whole.categories), max(part.rows, len(part.table))
    counts = {"shown": f"{shown:,}", "total": f"{total:,}"}
    said = any(unit in note and len(unit) > 1 for note in part.notes)
    notes = [say("Unit: {unit}", unit=unit)] if unit and not said else []
    # Where the part itself shows only the first, its own notes say so.
    own = any(counts["total"] in note and counts["shown"] in note for note in part.notes)
    if whole.left_out and whole.newest and not own:
        notes.append(say("The last {shown} of {total}", **counts))
    elif total > shown and not own:
        notes.append(say("The first {shown} of {total}", **counts))
    return (" · ".join(notes),)


def _remarks(part: Part, section: Section, *, said: bool) -> tuple[str, ...]:
    """Speaker notes: the maker's words on the first slide, what the part shows, definitions."""
    lang = section.source.lang
    colon = "：" if lang == "zh" else ": "
    named = [figure.indicator for figure in part.figures]
    if part.origin in INDICATOR_BY_ID:
        named.append(INDICATOR_BY_ID[part.origin])
    meant = [f"{i.label[lang]}{colon}{i.definition[lang]}" for i in named]
    return (section.note if said else "", part.alt or part.title, *part.notes, *meant)


def _properties(pages: Pages, brief: Brief) -> None:
    """What the program shows as the file's properties."""
    lang = brief.source.lang
    known = pages.deck.core_properties
    known.title, known.subject = in_line(brief.title)[:250], in_line(brief.source.sentence)[:250]
    known.author = known.last_modified_by = PRODUCT[lang]
    known.language, known.comments = LOCALE[lang], in_line(brief.link)[:250]
    if brief.snapshot.at is not None:
        # The same view of the same snapshot gives the same file.
        moment = brief.snapshot.at.astimezone(UTC).replace(tzinfo=None)
        known.created = known.modified = moment
