"""The document that is being written: paragraphs in its styles, and numbers of what it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from xianzhong.brief.source import Source
from xianzhong.export.clean import in_line
from xianzhong.export.document.layout import CAPTION, NOTE, WIDTH_MM, blank, style_id
from xianzhong.export.document.numbering import Numbering
from xianzhong.model.labels import Label, Lang

WIDTH = Mm(WIDTH_MM)
FIGURE, TABLE = Label("图", "Figure "), Label("表", "Table ")


@dataclass
class Paper:
    """A document in the making.

    Attributes:
        source: whose language it speaks.
        document: python-docx's.
        numbering: of the headings.
        ids: of the drawings, no two alike.
    """

    source: Source
    document: Any = field(init=False)
    numbering: Numbering = field(init=False)
    ids: Any = field(default_factory=lambda: count(1))
    _captions: dict[Label, Any] = field(default_factory=lambda: {FIGURE: count(1), TABLE: count(1)})

    def __post_init__(self) -> None:
        self.document = blank(self.lang)
        self.numbering = Numbering(self.lang)

    @property
    def lang(self) -> Lang:
        """The language of the document."""
        return self.source.lang

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        """Adds a paragraph in one of the styles; the text may be anybody's."""
        made = self.document.add_paragraph(in_line(text))
        # python-docx looks through all styles for each paragraph.
        made._p.get_or_add_pPr().style = style_id(style)
        return made

    def heading(self, text: str, level: int) -> None:
        """Adds a numbered heading of level 1 to 3."""
        self.paragraph(f"{self.numbering.next(level)}{in_line(text)}", f"Heading {level}")

    def caption(self, what: Label, text: str) -> str:
        """Adds the caption of a figure or a table, and gives it."""
        number = f"{what[self.lang]}{next(self._captions[what])}"
        said = f"{number}　{in_line(text)}" if self.lang == "zh" else f"{number}. {in_line(text)}"
        self.paragraph(said, CAPTION)
        return said

    def notes(self, texts: list[str]) -> None:
        """Adds what must be read with a part, numbered where it is more than one."""
        begin = Label("注：", "Note: ")[self.lang]
        for number, text in enumerate(texts, 1):
            mark = "" if len(texts) == 1 else f"{number}. "
            self.paragraph(f"{begin if number == 1 else ''}{mark}{text}", NOTE)

    def link(self, paragraph: Any, address: str) -> None:
        """Adds an address that can be followed to a paragraph."""
        relation = self.document.part.relate_to(
            in_line(address).replace(" ", "%20"),
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        made = OxmlElement("w:hyperlink")
        made.set(qn("r:id"), relation)
        run = paragraph.add_run(in_line(address))
        made.append(run._r)
        paragraph._p.append(made)
