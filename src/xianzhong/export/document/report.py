"""The report: title, chapters with their sentences, figures, tables, charts and maps, annex."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from xianzhong.brief.brief import PRODUCT, Brief, Section, as_of
from xianzhong.brief.part import Native, Part
from xianzhong.brief.sentences import paragraph
from xianzhong.charts.geometry import Boundaries
from xianzhong.export.clean import in_line
from xianzhong.export.document import annex, charts, maps, tables
from xianzhong.export.document.layout import SIZE_2, WIDTH_MM
from xianzhong.export.document.page import FIGURE, Paper
from xianzhong.export.slides.measure import width_of
from xianzhong.settings import Settings


def to_docx(brief: Brief, *, boundaries: Boundaries | None = None) -> bytes:
    """A briefing as a document: sentences, tables, charts and maps that can all be edited.

    Args:
        brief: what is reported.
        boundaries: of the maps; those of the settings by default.

    Returns:
        A .docx file in the language of the briefing, A4.

    Raises:
        LakeError: the lake cannot be read.
        FileNotFoundError: there is a map, and no boundary files.
    """
    paper = Paper(brief.source)
    known = boundaries or Boundaries(Settings.from_environment().data / "geo")
    _head(paper, brief)
    for section in brief.sections:
        _section(paper, section, known)
    annex.add(paper, brief)
    _properties(paper, brief)
    content = BytesIO()
    paper.document.save(content)
    return content.getvalue()


def _head(paper: Paper, brief: Brief) -> None:
    source = brief.source
    _title(paper, brief.title)
    if source.sentence not in brief.title:
        paper.paragraph(source.sentence, "Subtitle")
    said = as_of(source).rstrip("。.")
    paper.paragraph(f"（{said}）" if paper.lang == "zh" else f"({said})", "Subtitle")
    if source.demo:
        words = source.say(
            "Demonstration data: generated at random, with fictional names. Nothing in this file "
            "is about a real school or university."
        )
        paper.paragraph(words, "Subtitle").runs[0].bold = True
    paper.paragraph("")


def _title(paper: Paper, title: str) -> None:
    """The title, in two lines of their own sense where it does not fit into one."""
    pieces = in_line(title).split(" · ")
    lines = [" · ".join(pieces)]
    if width_of(lines[0], SIZE_2) > WIDTH_MM / 25.4 * 72 and len(pieces) > 1:
        splits = [(" · ".join(pieces[:i]), " · ".join(pieces[i:])) for i in range(1, len(pieces))]
        lines = list(min(splits, key=lambda two: max(width_of(line, SIZE_2) for line in two)))
    made = paper.paragraph(lines[0], "Title")
    for line in lines[1:]:
        made.add_run().add_break()
        made.add_run(line)


def _section(paper: Paper, section: Section, boundaries: Boundaries) -> None:
    paper.heading(section.title, 1)
    if section.source.sentence != paper.source.sentence:
        paper.paragraph(section.source.sentence)
    if section.note:
        for line in section.note.splitlines():
            if in_line(line):
                paper.paragraph(line)
    if told := paragraph(section.source, section.page):
        paper.paragraph(told)
    for part in section.parts:
        _part(paper, part, boundaries)


def _part(paper: Paper, part: Part, boundaries: Boundaries) -> None:
    paper.heading(part.title, 2)
    if part.empty:
        paper.paragraph(paper.source.say("Nothing on record here."))
        paper.notes(_notes(paper, part))
        return
    further: list[str] = []
    if part.places is not None:
        maps.add(paper, part, part.places, boundaries)
        paper.caption(FIGURE, part.title)
    elif part.native is not None:
        further = _chart(paper, part, part.native)
    tables.add(paper, tables.grid_of(part.table, part.rows), part.title, part.alt)
    paper.notes(further + _notes(paper, part))


def _chart(paper: Paper, part: Part, native: Native) -> list[str]:
    """Adds the chart with its caption; what must be said of it."""
    shown = charts.add(paper, part, native)
    if shown is None:
        return []
    bracket = f"（{native.unit}）" if paper.lang == "zh" else f" ({native.unit})"
    said = not native.unit or native.unit in part.title
    paper.caption(FIGURE, part.title if said else f"{part.title}{bracket}")
    if not shown.left_out:
        return []
    drawn = len(shown.categories)
    numbers = {"shown": f"{drawn:,}", "total": f"{drawn + shown.left_out:,}"}
    if shown.newest:
        return [paper.source.say("The chart shows the last {shown} of {total}.", **numbers)]
    return [paper.source.say("The chart shows the first {shown} of {total}.", **numbers)]


def _notes(paper: Paper, part: Part) -> list[str]:
    """What must be read with a part, and with each of its figures, which it names."""
    lang = paper.lang
    named = {figure.indicator.id: figure.indicator.label[lang] for figure in part.figures}
    by_note: dict[str, list[str]] = {}
    for name, note in part.figure_notes.items():
        if name in named and in_line(note):
            by_note.setdefault(in_line(note), []).append(named[name])
    joint, colon = ("、", "：") if lang == "zh" else (", ", ": ")
    of_figures = [f"{joint.join(names)}{colon}{note}" for note, names in by_note.items()]
    return [note for note in part.notes if in_line(note)] + of_figures


def _properties(paper: Paper, brief: Brief) -> None:
    """Title and language; no name of whoever made the file, only of the product."""
    found = paper.document.core_properties
    found.title = in_line(brief.title)[:255]
    found.subject = in_line(brief.source.sentence)[:255]
    found.author = found.last_modified_by = PRODUCT[paper.lang]
    found.language = "zh-CN" if paper.lang == "zh" else "en-US"
    found.comments = found.keywords = found.category = ""
    # The moment of the data: the same report is the same file.
    found.created = found.modified = (
        brief.snapshot.at or datetime(2000, 1, 1, tzinfo=UTC)
    ).replace(tzinfo=None)
    found.revision = 1
