"""Opens the template that slides are made from: the product's own, or an office's."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from xianzhong.export.slides.errors import no_layout, no_presentation
from xianzhong.export.slides.plain import plain_template

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
# Placeholders that every layout may have, whatever is on it.
_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_COVERS = ("title slide", "标题幻灯片", "封面")
_TITLE_ONLY = ("title only", "仅标题")
_TYPES = "[Content_Types].xml"
_OF_TEMPLATES = b"presentationml.template.main+xml"
_OF_PRESENTATIONS = b"presentationml.presentation.main+xml"
_BLANK = ("blank", "空白")


@dataclass(frozen=True)
class Template:
    """A presentation without slides, and its layouts.

    Attributes:
        deck: the presentation.
        cover: layout of the first slide.
        page: layout of all others: one with a title alone, or a blank one.
    """

    deck: Any
    cover: Any
    page: Any


def open_template(path: Path | None) -> Template:
    """A template, the product's own by default; slides in it are left out.

    Layouts are known by name (of PowerPoint and WPS, in both languages) or by what they hold.

    Raises:
        TemplateError: the file is no presentation, or has no layout that serves.
    """
    name = path.name if path else "plain"
    try:
        content = path.read_bytes() if path else plain_template()
        deck: Any = Presentation(BytesIO(_as_presentation(content)))
        layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    except (OSError, ValueError, KeyError, AttributeError, zipfile.BadZipFile,
            PythonPptxError, SyntaxError) as error:  # fmt: skip
        raise no_presentation(name) from error
    _without_slides(deck)
    page = _named(layouts, _TITLE_ONLY) or _held(layouts, titles=1) or _named(layouts, _BLANK)
    page = page or _held(layouts, titles=0)
    if page is None:
        raise no_layout(name)
    return Template(deck, _named(layouts, _COVERS) or page, page)


def _as_presentation(content: bytes) -> bytes:
    """A template of PowerPoint's (.potx) as the presentation that it else is."""
    with zipfile.ZipFile(BytesIO(content)) as known:
        types = known.read(_TYPES)
        if _OF_TEMPLATES not in types:
            return content
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in known.infolist():
                held = known.read(entry)
                changed = held.replace(_OF_TEMPLATES, _OF_PRESENTATIONS)
                new.writestr(entry, changed if entry.filename == _TYPES else held)
    return made.getvalue()


def _named(layouts: list[Any], names: tuple[str, ...]) -> Any:
    return next((one for one in layouts if one.name.strip().lower() in names), None)


def _held(layouts: list[Any], *, titles: int) -> Any:
    """A layout with so many titles and nothing else to fill."""
    for layout in layouts:
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        filled = [kind for kind in kinds if kind not in _FOOT]
        if len(filled) == titles and all(kind in _TITLES for kind in filled):
            return layout
    return None


def _without_slides(deck: Any) -> None:
    # Sections name slides by their ids: PowerPoint would want to repair the file.
    for known in deck.part._element.findall(".//{*}sectionLst"):
        extension = known.getparent()
        extension.getparent().remove(extension)
    slides = deck.slides._sldIdLst
    for entry in list(slides):
        deck.part.drop_rel(entry.rId)
        slides.remove(entry)
