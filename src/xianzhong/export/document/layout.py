"""Page, fonts and styles of the report.

The values are those of GB/T 9704-2012 党政机关公文格式 (Layout key for official document of Party
and government organs), as far as a report without a letterhead has them:

- 5.1 A4, 210 mm × 297 mm.
- 5.2.1 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm: 26 mm are left on the right, 35 mm below.
- 5.2.2 each element in 仿宋 of size 3 (16 pt) where nothing else is said; 5.2.3 22 lines of 28
  characters a page: a fixed pitch of 28 pt, as offices set it, holds 22 lines.
- 5.2.4 black.
- 7.3.1 title in 小标宋 of size 2 (22 pt), centred.
- 7.3.3 each paragraph begins two characters in; levels 一、 （一） 1. （1）, the first in 黑体, the
  second in 楷体, the others in 仿宋.
- 7.5 page number in 宋体 of size 4 (14 pt), half-width digits between two dashes, 7 mm below the
  text; on odd pages one character in from the right, on even ones one in from the left.

Sizes in points: 二号 22, 三号 16, 四号 14, 小四 12, 五号 10.5, 小五 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from xianzhong.model.labels import Lang

SIZE_2, SIZE_3, SIZE_4, SMALL_4, SIZE_5, SMALL_5 = 22.0, 16.0, 14.0, 12.0, 10.5, 9.0
PITCH, NOTE_PITCH = 28.0, 20.0
WIDTH_MM, HEIGHT_MM = 156, 225
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37, 28, 26, 35
LATIN = "Times New Roman"
FANGSONG, HEITI, KAITI, SONGTI = "仿宋", "黑体", "楷体", "宋体"
XIAOBIAOSONG = "方正小标宋简体"
# What a computer without a font may take in its place.
INSTEAD = {
    XIAOBIAOSONG: "华文中宋,STZhongsong,宋体",
    FANGSONG: "仿宋_GB2312,FangSong,华文仿宋",
    KAITI: "楷体_GB2312,KaiTi,华文楷体",
    HEITI: "SimHei,微软雅黑",
}
NOTE, CELL, HEAD_CELL, CAPTION, DRAWING, CREDIT = (
    "Note", "Cell", "Cell head", "Caption", "Drawing", "Credit"
)  # fmt: skip
Align = Literal["left", "right", "center", "both"]
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks.

    Attributes:
        font: of Chinese characters.
        size: in points.
        pitch: fixed distance of lines in points, 0 for as much as a line needs.
        align: of the paragraph.
        indent: whether it begins two characters in.
        bold: in Chinese; in English headings are always bold.
        keep: whether it stays with the next paragraph.
        before, after: points around it.
    """

    font: str
    size: float
    pitch: float = PITCH
    align: Align = "both"
    indent: bool = True
    bold: bool = False
    keep: bool = False
    before: float = 0
    after: float = 0


_LOOKS: dict[str, Look] = {
    "Normal": Look(FANGSONG, SIZE_3),
    "Title": Look(XIAOBIAOSONG, SIZE_2, 36, "center", indent=False, keep=True),
    "Subtitle": Look(KAITI, SIZE_3, PITCH, "center", indent=False),
    "Heading 1": Look(HEITI, SIZE_3, keep=True, align="left"),
    "Heading 2": Look(KAITI, SIZE_3, keep=True, align="left"),
    "Heading 3": Look(FANGSONG, SIZE_3, bold=True, keep=True, align="left"),
    NOTE: Look(FANGSONG, SMALL_4, NOTE_PITCH),
    CAPTION: Look(HEITI, SMALL_4, 0, "center", indent=False, keep=True, before=6, after=4),
    CELL: Look(FANGSONG, SIZE_5, 0, "left", indent=False),
    HEAD_CELL: Look(HEITI, SIZE_5, 0, "left", indent=False),
    CREDIT: Look(FANGSONG, SMALL_5, 0, "center", indent=False, keep=True),
    DRAWING: Look(FANGSONG, SMALL_4, 0, "center", indent=False, keep=True, before=6),
}
_HEADINGS = ("Title", "Heading 1", "Heading 2", "Heading 3", CAPTION, HEAD_CELL)


def blank(lang: Lang) -> Any:
    """An empty document with the page, the styles and the footers."""
    document: Any = Document()
    _page(document)
    _defaults(document, lang)
    for name, look in _LOOKS.items():
        _style(document, name, look, lang)
    _fallbacks(document)
    _footers(document, lang)
    return document


def style_id(name: str) -> str:
    """The id of one of the styles in the file's XML."""
    return name.replace(" ", "")


def fonts_of(properties: Any, font: str, lang: Lang) -> None:
    """Sets the fonts of run properties by w:ascii, w:hAnsi and w:eastAsia."""
    found = properties.find(qn("w:rFonts"))
    if found is not None:
        properties.remove(found)
    fonts = OxmlElement("w:rFonts")
    if lang == "zh":
        # Quotation marks and dashes, which both scripts have, are Chinese ones.
        fonts.set(qn("w:hint"), "eastAsia")
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font), ("cs", LATIN)):
        fonts.set(qn(f"w:{name}"), value)
    after_style = properties.find(qn("w:rStyle"))
    if after_style is None:
        properties.insert(0, fonts)
    else:
        after_style.addnext(fonts)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = Mm(15)
    # The dashes stand 7 mm below the text, so the line of 14 pt ends some 22 mm above the edge.
    section.footer_distance = Mm(22)


def _defaults(document: Any, lang: Lang) -> None:
    styles = document.styles.element
    properties = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts_of(properties, FANGSONG, lang)
    spoken = properties.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        properties.append(spoken)
    # In a Chinese text the numbers and Latin names are set as Chinese too.
    spoken.set(qn("w:val"), "zh-CN" if lang == "zh" else "en-US")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    spoken.set(qn("w:bidi"), "ar-SA")


def _style(document: Any, name: str, look: Look, lang: Lang) -> None:
    styles = document.styles
    known = {style.name for style in styles}
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in known:
        style.base_style = styles["Normal"]
        style.quick_style = True
    for old in ("w:rPr", "w:pPr"):
        found = style.element.find(qn(old))
        if found is not None:
            level = found.find(qn("w:outlineLvl"))
            style.element.remove(found)
            if level is not None:
                style.element.get_or_add_pPr().append(level)
    fonts_of(style.element.get_or_add_rPr(), look.font, lang)
    font, form = style.font, style.paragraph_format
    font.size, font.color.rgb = Pt(look.size), RGBColor(0, 0, 0)
    font.bold = look.bold or (lang == "en" and name in _HEADINGS)
    font.italic = False
    form.alignment = _ALIGN["left" if lang == "en" and look.align == "both" else look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next, form.widow_control = look.keep, True
    if look.pitch:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.pitch)
    else:
        form.line_spacing = 1.0
    indent_of(style.element.get_or_add_pPr(), look.size if look.indent else 0)


def indent_of(properties: Any, size: float) -> None:
    """Lets a paragraph begin two characters in, or not at all where ``size`` is 0."""
    found = properties.find(qn("w:ind"))
    if found is not None:
        properties.remove(found)
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200" if size else "0")
    indent.set(qn("w:firstLine"), str(round(size * 40)))


def _fallbacks(document: Any) -> None:
    """Names for each font what may stand in its place (w:altName)."""
    for part in document.part.package.iter_parts():
        if str(part.partname) != "/word/fontTable.xml":
            continue
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{instead}"/>'
            '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            for name, instead in INSTEAD.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())


def _footers(document: Any, lang: Lang) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        form = paragraph.paragraph_format
        form.alignment = _ALIGN[align]
        form.line_spacing = 1.0
        indent_of(paragraph._p.get_or_add_pPr(), 0)
        # One character in from the edge of the text.
        side = "w:rightChars" if align == "right" else "w:leftChars"
        edge = "w:right" if align == "right" else "w:left"
        indent = paragraph._p.pPr.find(qn("w:ind"))
        indent.set(qn(side), "100")
        indent.set(qn(edge), str(round(SIZE_4 * 20)))
        for piece in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if piece == "PAGE" else piece)
            run.font.size = Pt(SIZE_4)
            fonts_of(run._r.get_or_add_rPr(), SONGTI, lang)
            if piece == "PAGE":
                _field(run._r)


def _field(run: Any) -> None:
    """The number of the page as a field."""
    for kind in ("begin", "", "separate", "shown", "end"):
        if kind == "":
            element = OxmlElement("w:instrText")
            element.text = " PAGE "
            element.set(qn("xml:space"), "preserve")
        elif kind == "shown":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run.append(element)
