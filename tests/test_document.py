"""The report as a Word document: laid out by GB/T 9704-2012, and the same numbers everywhere."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from tests.lakes import engine_of, view_of
from xianzhong.brief.brief import PRODUCT, Brief, Section, report
from xianzhong.brief.chapters import REPORT
from xianzhong.brief.part import Native, Part
from xianzhong.brief.sentences import WRITERS, claimed, paragraph
from xianzhong.brief.source import source_of
from xianzhong.export.clean import in_line
from xianzhong.export.document import to_docx
from xianzhong.export.document.annex import indicators_of
from xianzhong.export.document.numbering import Numbering, in_chinese
from xianzhong.export.document.tables import MOST_ROWS, grid_of
from xianzhong.export.slides.charts import drawn
from xianzhong.model.labels import LANGS, Lang

LINK = "https://example.org/overview?province=53&lang=zh"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SHAPES = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
HOSTILE = '=1+1 <b>&"\x00\x07\u202e县中\ufffe\nB'


@cache
def brief(lake: str, lang: Lang, province: str = "53") -> Brief:
    params = {"province": province} if province else {}
    source = source_of(engine_of(lake), view_of(lake, params), lang)
    return report(source, REPORT, link=LINK)


@cache
def made(lake: str, lang: Lang, province: str = "53") -> bytes:
    return to_docx(brief(lake, lang, province))


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def parts_of(content: bytes, prefix: str) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(prefix)}


def texts(document: Any, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def cells(table: Any) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in table.rows]


def test_the_page_is_that_of_an_official_document() -> None:
    section = opened(made("demo", "zh")).sections[0]
    near = Mm(0.1)
    assert abs(section.page_width - Mm(210)) < near
    assert abs(section.page_height - Mm(297)) < near
    assert abs(section.top_margin - Mm(37)) < near
    assert abs(section.left_margin - Mm(28)) < near
    text = section.page_width - section.left_margin - section.right_margin
    assert abs(text - Mm(156)) < near
    assert abs(section.page_height - section.top_margin - section.bottom_margin - Mm(225)) < near


STYLES = [
    ("Normal", "仿宋", 16), ("Title", "方正小标宋简体", 22), ("Heading 1", "黑体", 16),
    ("Heading 2", "楷体", 16), ("Heading 3", "仿宋", 16), ("Cell", "仿宋", 10.5),
    ("Note", "仿宋", 12),
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "font", "size"), STYLES)
def test_fonts_and_sizes_are_those_of_the_standard(
    lang: Lang, name: str, font: str, size: float
) -> None:
    style = opened(made("demo", lang)).styles[name]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == font
    assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == "Times New Roman"
    assert style.font.size == Pt(size)
    assert str(style.font.color.rgb) == "000000"
    if name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        assert style.paragraph_format.line_spacing == Pt(28)
        indent = style.element.pPr.find(qn("w:ind"))
        assert indent.get(qn("w:firstLineChars")) == "200"
    if name == "Heading 3":
        assert style.font.bold


def test_the_page_number_stands_outside_between_dashes() -> None:
    document = opened(made("demo", "zh"))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    assert section.header.is_linked_to_previous or not section.header.paragraphs[0].text
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph_ = footer.paragraphs[0]
        assert "— 1 —" in paragraph_.text
        assert " PAGE " in paragraph_._p.xml
        assert paragraph_._p.pPr.find(qn("w:jc")).get(qn("w:val")) == align
        assert all(run.font.size == Pt(14) for run in paragraph_.runs)
        assert all('eastAsia="宋体"' in run._r.xml for run in paragraph_.runs)


def test_numbers_of_headings_are_written_as_officials_write_them() -> None:
    known = {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百", 103: "一百零三",
             110: "一百一十"}  # fmt: skip
    assert {number: in_chinese(number) for number in known} == known
    for wrong in (0, 1000):
        with pytest.raises(ValueError, match="no heading"):
            in_chinese(wrong)
    levels = (1, 2, 2, 3, 3, 1, 2)
    zh, en = Numbering("zh"), Numbering("en")
    assert [zh.next(level) for level in levels] == [
        "一、", "（一）", "（二）", "1. ", "2. ", "二、", "（一）"
    ]  # fmt: skip
    assert [en.next(level) for level in levels] == [
        "1. ", "1.1. ", "1.2. ", "1.2.1. ", "1.2.2. ", "2. ", "2.1. "
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_headings_are_numbered_in_order(lang: Lang) -> None:
    document, about = opened(made("demo", lang)), brief("demo", lang)
    numbering = Numbering(lang)
    wanted: list[tuple[str, str]] = []
    for section in about.sections:
        wanted.append(("Heading 1", numbering.next(1) + in_line(section.title)))
        wanted += [("Heading 2", numbering.next(2) + in_line(part.title)) for part in section.parts]
    found = [
        (p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")
    ]
    assert found[: len(wanted)] == wanted


@pytest.mark.parametrize("lake", ["demo", "real", "empty"])
@pytest.mark.parametrize("lang", LANGS)
def test_each_chapter_has_its_sentences(lake: str, lang: Lang) -> None:
    body = texts(opened(made(lake, lang)), "Normal")
    for section in brief(lake, lang).sections:
        told = paragraph(section.source, section.page)
        assert bool(told) == (section.page in WRITERS)
        assert not told or in_line(told) in body


@pytest.mark.parametrize("lang", LANGS)
def test_tables_are_the_tables_of_the_parts(lang: Lang) -> None:
    document, about = opened(made("demo", lang)), brief("demo", lang)
    parts = [part for section in about.sections for part in section.parts if not part.empty]
    assert len(parts) > 20
    for part, table in zip(parts, document.tables, strict=False):
        grid = grid_of(part.table, part.rows)
        assert cells(table) == [list(grid.headers), *map(list, grid.rows)], part.title
        assert len(table.rows) <= MOST_ROWS + 1
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert [b.tag for b in borders] == [qn("w:top"), qn("w:bottom")]
        widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
        assert sum(widths) <= 156 / 25.4 * 1440 + 20


def test_cells_say_the_values_of_the_table() -> None:
    table = pd.DataFrame(
        {"名称": ["甲", "乙"], "数": [1234, None], "率": [10.0, 2.55], "空": ["", ""],
         "年度": [2024, 2025]}
    )  # fmt: skip
    grid = grid_of(table, 25)
    assert grid.headers == ("名称", "数", "率", "年度")
    assert grid.rows == (("甲", "1,234", "10.0", "2024"), ("乙", "—", "2.5", "2025"))
    assert grid.right == (False, True, True, True)
    assert grid.left_out == 23


@pytest.mark.parametrize("lang", LANGS)
def test_charts_hold_the_data_of_their_parts_and_can_be_edited(lang: Lang) -> None:
    content = made("demo", lang)
    about = brief("demo", lang)
    wanted = [
        drawn(part, part.native)
        for section in about.sections
        for part in section.parts
        if part.native and part.places is None and not part.empty
    ]
    wanted = [one for one in wanted if any(v is not None for _, vs in one.series for v in vs)]
    charts, books = parts_of(content, "word/charts/chart"), parts_of(content, "word/embeddings/")
    assert len(charts) == len(books) == len(wanted) > 5
    for number, shown in enumerate(wanted, 1):
        root = etree.fromstring(charts[f"word/charts/chart{number}.xml"])
        assert root.tag == f"{CHART}chartSpace"
        order = [etree.QName(child).localname for child in root]
        known = ("date1904", "roundedCorners", "chart", "spPr", "txPr", "externalData")
        assert [name for name in known if name in order] == [n for n in order if n in known]
        assert root.find(f"{CHART}externalData") is not None
        for (name, values), series in zip(shown.series, root.iter(f"{CHART}ser"), strict=True):
            points = series.findall(f"{CHART}val/{CHART}numRef/{CHART}numCache/{CHART}pt")
            found = {int(p.get("idx")): float(p.findtext(f"{CHART}v")) for p in points}
            assert found == {i: v for i, v in enumerate(values) if v is not None}
            assert series.findtext(f"{CHART}tx//{CHART}v") == name
        sheet = openpyxl.load_workbook(BytesIO(books[f"word/embeddings/chart{number}.xlsx"])).active
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == list(shown.categories)
        for column, (name, values) in enumerate(shown.series, 1):
            assert rows[0][column] == name
            assert [row[column] for row in rows[1:]] == list(values)


def test_every_drawing_has_a_number_of_its_own_and_words_for_who_does_not_see_it() -> None:
    root = opened(made("demo", "zh")).element
    found = list(root.iter(f"{INLINE}docPr"))
    ids = [one.get("id") for one in (*found, *root.iter(f"{SHAPES}cNvPr"))]
    assert len(ids) == len(set(ids))
    assert all(one.get("descr") for one in found)


@pytest.mark.parametrize("province", ["53", "46", ""])
def test_maps_are_shapes_with_their_credit(province: str) -> None:
    content = made("demo", "zh", province)
    document = opened(content)
    about = brief("demo", "zh", province)
    maps = [p for s in about.sections for p in s.parts if p.places is not None and not p.empty]
    groups = [d for d in document.element.iter(f"{INLINE}docPr") if "Map" in d.get("name", "")]
    assert len(groups) == len(maps) > 0
    sources = texts(document, "Credit")
    assert len(sources) == len(maps)
    assert all(re.search(r"审图号.*GS", credit) for credit in sources)
    shapes = {s.get("name", "") for s in document.element.iter(f"{SHAPES}cNvPr")}
    if province == "53":
        assert sum("巧家县" in name for name in shapes) >= 1
    else:
        assert "断续线" in shapes
        assert "南海诸岛" in shapes


@pytest.mark.parametrize("lang", LANGS)
def test_the_annex_explains_every_indicator_that_is_named(lang: Lang) -> None:
    about = brief("demo", lang)
    said = {i.id for i in indicators_of(about)}
    assert said >= {i.id for i in about.definitions}
    assert said >= {name for section in about.sections for name in claimed(section.page)}
    written = "\n".join(
        text for table in opened(made("demo", lang)).tables for row in cells(table) for text in row
    )
    for indicator in indicators_of(about):
        assert indicator.definition[lang] in written
        assert indicator.formula[lang] in written


@pytest.mark.parametrize("lang", LANGS)
def test_the_head_says_what_as_of_when_and_that_it_is_no_real_data(lang: Lang) -> None:
    demo, real = opened(made("demo", lang)), opened(made("real", lang))
    snapshot = brief("demo", lang).snapshot.number
    assert any(str(snapshot) in text for text in texts(demo, "Subtitle"))
    word = {"zh": "示例数据", "en": "Demonstration data"}[lang]
    assert any(word in text for text in texts(demo, "Subtitle"))
    assert not any(word in text for text in texts(real, "Subtitle"))
    targets = [r.target_ref for r in demo.part.rels.values() if r.is_external]
    links = [section.link for section in brief("demo", lang).sections]
    # python-docx relates an address once, however often it is linked.
    assert set(targets) == {LINK, *filter(None, links)}


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_names_the_product_and_nobody(lang: Lang) -> None:
    found = opened(made("demo", lang)).core_properties
    assert found.title == brief("demo", lang).title
    assert found.author == found.last_modified_by == PRODUCT[lang]
    assert found.language == {"zh": "zh-CN", "en": "en-US"}[lang]
    assert found.comments == ""
    spoken = opened(made("demo", lang)).styles.element.find(f".//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == found.language
    again = to_docx(brief("demo", lang))
    for folder in ("docProps/", "word/document", "word/charts", "word/styles"):
        assert parts_of(again, folder) == parts_of(made("demo", lang), folder)


@pytest.mark.parametrize("lang", LANGS)
def test_a_report_of_an_empty_lake_says_that_nothing_is_on_record(lang: Lang) -> None:
    document = opened(made("empty", lang))
    # The notes are the parts' own words.
    text = "\n".join(p.text for p in document.paragraphs if p.style.name != "Note")
    assert {"zh": "暂无活动记录", "en": "no activity is on record"}[lang].lower() in text.lower()
    assert not re.search(r"\b(None|nan|NaT|2000)\b", text)


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_names_break_nothing(lang: Lang) -> None:
    source = brief("demo", lang).source
    table = pd.DataFrame({HOSTILE: [HOSTILE, "=SUM(A1)"], f"{HOSTILE}n": [1, 2]})
    part = Part(
        "x", HOSTILE, table, alt=HOSTILE, notes=(HOSTILE,),
        native=Native("bar", (f"{HOSTILE}n",), unit=HOSTILE),
    )  # fmt: skip
    about = Brief(
        HOSTILE, source, (Section(HOSTILE, "no page", source, (part,), note=HOSTILE),), link=LINK
    )
    content = to_docx(about)
    document = opened(content)
    clean = in_line(HOSTILE)
    assert document.core_properties.title == clean
    assert cells(document.tables[0])[1] == [clean, "1"]
    book = parts_of(content, "word/embeddings/")["word/embeddings/chart1.xlsx"]
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert sheet["A3"].value == "=SUM(A1)"
    assert sheet["A3"].data_type == "s"
    for name, blob in parts_of(content, "").items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(blob)


def test_the_maker_of_a_meeting_is_quoted_line_by_line() -> None:
    whole = brief("demo", "zh")
    section = replace(whole.sections[0], note="第一行\n\n第二行", title="会议一", parts=())
    document = opened(to_docx(replace(whole, sections=(section,))))
    body = texts(document, "Normal")
    assert body.index("第二行") == body.index("第一行") + 1
    assert "一、会议一" in texts(document, "Heading 1")
