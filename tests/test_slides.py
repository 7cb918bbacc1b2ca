"""A briefing as slides: native charts, tables, figures and maps, in both languages."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches

from tests.lakes import engine_of
from xianzhong.brief.brief import Brief, Section, as_of, report
from xianzhong.brief.figures import shown
from xianzhong.brief.part import Native, Part, Places
from xianzhong.brief.source import Source, source_of
from xianzhong.charts.classes import classes_of
from xianzhong.charts.geometry import Boundaries
from xianzhong.charts.maps import Measure
from xianzhong.charts.outlines import nation
from xianzhong.charts.places import PLACES
from xianzhong.export.clean import clean
from xianzhong.export.slides import TemplateError, to_pptx
from xianzhong.export.slides.measure import fitted, lines_of, width_of
from xianzhong.export.slides.plain import plain_template
from xianzhong.export.slides.tables import ROWS, cell
from xianzhong.model.labels import LANGS, Label, Lang
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import NATION

GEO = Path(__file__).resolve().parents[1] / "data/geo"
BOUNDARIES = Boundaries(GEO)
MEASURE = Measure(Label("活动", "Activities"), Label("次", "activities"))
LINK = "https://xianzhong.example/overview?province=53"
HOSTILE = "=1+1\x00\x0b\x1f<b>&\"'\ufffe\u202e]]>{x}示例大学"


def source(lang: Lang = "zh", **filters: Any) -> Source:
    engine = engine_of("demo")
    return source_of(engine, View(engine.lake.snapshot(), NATION, Filters(**filters)), lang)


@cache
def whole(lang: Lang) -> tuple[Brief, bytes]:
    brief = report(source(lang), ("overview", "activities"))
    brief = replace(brief, link=LINK)
    return brief, to_pptx(brief, boundaries=BOUNDARIES)


def of_parts(*parts: Part, lang: Lang = "zh", note: str = "", link: str = LINK) -> Any:
    made = source(lang)
    brief = Brief("示例", made, (Section("章节", "overview", made, parts, note, link),), link)
    return Presentation(BytesIO(to_pptx(brief, boundaries=BOUNDARIES)))


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def shapes(holder: Any) -> list[Any]:
    """All shapes, those in groups too."""
    found = []
    for shape in holder.shapes:
        found += [shape, *(shapes(shape) if shape.shape_type == 6 else [])]
    return found


def words(slide: Any) -> str:
    return "\n".join(s.text_frame.text for s in shapes(slide) if s.has_text_frame)


def charts(deck: Any) -> list[Any]:
    return [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]


def tables(deck: Any) -> list[list[list[str]]]:
    return [
        [[c.text_frame.text for c in row.cells] for row in s.table.rows]
        for slide in deck.slides
        for s in slide.shapes
        if s.has_table
    ]


def workbook(chart: Any) -> list[tuple[Any, ...]]:
    blob = chart.part.chart_workbook.xlsx_part.blob
    return list(openpyxl.load_workbook(BytesIO(blob)).active.iter_rows(values_only=True))


def bars(count: int, name: str = "示例大学{}") -> pd.DataFrame:
    names = [name.format(i) for i in range(count)]
    return pd.DataFrame({"高校": names, "活动": range(count, 0, -1), "学校": range(count)})


def map_part(**values: float) -> Part:
    codes = [code for code in PLACES if code != "11"]
    numbers = [float(i) for i, _ in enumerate(codes)]
    frame = pd.DataFrame({"code": codes, "value": numbers, "text": ""})
    names = [PLACES[code][0].zh for code in codes]
    table = pd.DataFrame({"地区": names, "活动": numbers})
    return Part("map", "各地活动", table, places=Places(frame, MEASURE))


@pytest.mark.parametrize("lang", LANGS)
def test_every_slide_has_sentence_snapshot_page_number_link_and_notes(lang: Lang) -> None:
    brief, content = whole(lang)
    deck = opened(content)
    for number, slide in enumerate(deck.slides, 1):
        text = words(slide)
        assert brief.source.sentence in text, number
        assert as_of(brief.source) in text, number
        assert LINK in text, number
        fields = slide._element.findall(".//{*}fld[@type='slidenum']")
        assert [f.findtext("{*}t") for f in fields] == [str(number)]
        assert slide.notes_slide.notes_text_frame.text.strip(), number


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_slide_for_each_part_in_its_order(lang: Lang) -> None:
    brief, content = whole(lang)
    titles = [s.shapes.title.text_frame.text for s in opened(content).slides]
    wanted = [part.title for section in brief.sections for part in section.parts]
    assert titles[0] == brief.title
    assert titles[1 : len(wanted) + 1] == wanted
    assert titles[-1] == brief.source.say("How to read these slides")
    assert titles[len(wanted) + 1] == brief.source.say("Definitions of the indicators")


@pytest.mark.parametrize("lang", LANGS)
def test_charts_are_charts_whose_workbook_is_the_parts_table(lang: Lang) -> None:
    brief, content = whole(lang)
    deck = opened(content)
    drawn = [p for section in brief.sections for p in section.parts if p.native]
    assert len(charts(deck)) == len(drawn) >= 3
    for chart, part in zip(charts(deck), drawn, strict=True):
        columns = [part.table.columns[0], *part.native.columns]
        rows = [tuple(map(str, columns))]
        for row in part.table[columns].itertuples(index=False, name=None):
            rows.append((cell(row[0]), *(None if pd.isna(v) else v for v in row[1:])))
        found = workbook(chart)
        assert found[0] == rows[0]
        assert found[1:] == rows[1:][-40:] or found[1:] == rows[1:][:40]
        values = [list(series.values) for series in chart.plots[0].series]
        assert values == [list(v) for v in zip(*found[1:], strict=True)][1:]


def test_lying_bars_have_the_first_row_on_top() -> None:
    part = Part("b", "高校", bars(5), native=Native("bar", ("活动",)))
    (chart,) = charts(of_parts(part))
    assert chart.category_axis.reverse_order
    # The numbers' axis stays below.
    assert chart.value_axis._element.find("{*}crosses").get("val") == "max"
    assert next(iter(chart.plots[0].categories)) == "示例大学0"


@pytest.mark.parametrize("kind", ["column", "bar", "line", "stacked_column", "stacked_bar"])
def test_every_kind_of_chart_can_be_drawn_in_chinese_fonts(kind: Any) -> None:
    part = Part("b", "高校", bars(5), alt="说明", native=Native(kind, ("活动", "学校"), unit="次"))
    deck = of_parts(part)
    (frame,) = [s for slide in deck.slides for s in slide.shapes if s.has_chart]
    xml = frame.chart.part.blob.decode()
    assert '<a:ea typeface="Microsoft YaHei"/>' in xml
    assert '<a:latin typeface="Microsoft YaHei"/>' in xml
    assert "#,##0" in xml
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "说明"
    assert "单位：次" in words(deck.slides[1])


def test_a_long_list_goes_over_two_slides_and_says_what_is_left_out() -> None:
    deck = of_parts(Part("b", "高校", bars(57), native=Native("bar", ("活动",))))
    assert [len(list(c.plots[0].categories)) for c in charts(deck)] == [20, 20]
    assert "前 40 项，共 57 项" in words(deck.slides[1])


def test_of_many_months_the_newest_are_shown() -> None:
    months = [f"{2019 + i // 12}-{i % 12 + 1:02d}" for i in range(60)]
    table = pd.DataFrame({"月份": months, "活动": range(60)})
    deck = of_parts(Part("m", "各月", table, native=Native("column", ("活动",))))
    (chart,) = charts(deck)
    assert list(chart.plots[0].categories) == months[-40:]
    assert "最近 40 项，共 60 项" in words(deck.slides[1])


def test_missing_numbers_leave_a_gap_and_are_not_zero() -> None:
    table = pd.DataFrame({"高校": ["甲", "乙"], "活动": [float("nan"), 3.0]})
    (chart,) = charts(of_parts(Part("b", "高校", table, native=Native("column", ("活动",)))))
    assert list(chart.plots[0].series[0].values) == [None, 3.0]
    assert workbook(chart)[1] == ("甲", None)


def test_a_part_without_a_chart_is_a_table() -> None:
    table = pd.DataFrame({"高校": ["甲", "乙"], "活动": [1234, None], "占比": [1.25, 2.0]})
    (found,) = tables(of_parts(Part("t", "表", table)))
    assert found[0] == ["高校", "活动", "占比"]
    assert found[1] == ["甲", "1,234", "1.2"]
    assert found[2] == ["乙", "—", "2.0"]


def test_years_have_no_thousands_and_gaps_leave_numbers_to_the_right() -> None:
    table = pd.DataFrame({"年度": [2025, 2026], "人数": ["", "12"]})
    deck = of_parts(Part("t", "表", table))
    assert tables(deck)[0][1:] == [["2025", ""], ["2026", "12"]]
    (found,) = [s.table for s in deck.slides[1].shapes if s.has_table]
    assert {c.text_frame.paragraphs[0].alignment for c in found.rows[2].cells} == {PP_ALIGN.RIGHT}


def test_longer_texts_get_two_lines_and_fewer_rows() -> None:
    table = pd.DataFrame({"学校": ["示例第一中学"] * 20, "情况": ["一段比较长的文字内容" * 9] * 20})
    deck = of_parts(Part("t", "表", table))
    found = tables(deck)
    assert [len(rows) - 1 for rows in found] == [7, 7]
    assert "另有 6 行，见表格文件或链接" in words(deck.slides[2])
    assert len(found[0][1][1]) > 70


def test_a_table_with_too_many_columns_names_those_left_out() -> None:
    table = pd.DataFrame({f"列{i}": ["一段比较长的文字内容"] for i in range(14)})
    deck = of_parts(Part("t", "表", table))
    shown = len(tables(deck)[0][0])
    assert 3 <= shown < 14
    assert f"另有 {14 - shown} 列，见表格文件或链接" in words(deck.slides[1])


def test_a_number_is_not_cut_in_its_middle() -> None:
    for width in range(60, 200):
        assert re.search(r"\d…$", fitted("45 个薄弱县中覆盖 4123 个，其中", width, 12)) is None


def test_a_long_table_takes_two_slides_and_names_the_rest() -> None:
    deck = of_parts(Part("t", "表", bars(30), rows=57))
    found = tables(deck)
    assert [len(rows) - 1 for rows in found] == [ROWS, ROWS]
    cells = [row for rows in found for row in rows[1:]]
    assert cells == [[cell(v) for v in row] for row in bars(30).head(24).itertuples(index=False)]
    assert "另有 33 行，见表格文件或链接" in words(deck.slides[2])


def test_the_figures_are_those_of_the_part() -> None:
    brief, content = whole("zh")
    part = brief.sections[0].parts[0]
    slide = opened(content).slides[1]
    cards = {s.name: s.text_frame.text for s in slide.shapes if s.has_text_frame}
    assert len(part.figures) == 8
    for figure in part.figures:
        assert shown(figure.value) in cards[figure.indicator.label.zh]
        assert figure.indicator.unit.zh in cards[figure.indicator.label.zh]


def test_more_than_eight_figures_take_a_second_slide_and_notes_stand_under_them() -> None:
    part = whole("zh")[0].sections[0].parts[0]
    note = {part.figures[0].indicator.id: "只计已记录的"}
    deck = of_parts(replace(part, figures=part.figures + part.figures[:2], figure_notes=note))
    assert "只计已记录的" in words(deck.slides[1])
    assert part.figures[0].indicator.label.zh in words(deck.slides[2])


def test_the_map_has_every_province_in_the_colour_of_its_class() -> None:
    part = map_part()
    deck = of_parts(part)
    slide = deck.slides[1]
    by_name = {s.name: s for s in shapes(slide)}
    values = dict(zip(part.places.values["code"], part.places.values["value"], strict=True))
    classes = classes_of(values.values())
    for area in nation(BOUNDARIES).areas:
        shape = by_name[area.name]
        color = shape._element.spPr.find("{*}solidFill/{*}srgbClr").get("val")
        number = classes.of(values.get(area.code))
        assert f"#{color.lower()}" == classes.color(number), area.name
        descr = shape._element._nvXxPr.cNvPr.get("descr")
        said = f"{values[area.code]:g} 次" if area.code in values else "未找到来源"
        assert descr == f"{area.name}：{said}"
        assert shape._element.spPr.find("{*}custGeom") is not None
    assert {"断续线", "未定国界", "南海诸岛", "南海诸岛 图框", "兵团"} <= set(by_name)


def test_the_inset_has_ten_dashes_and_its_title_and_the_map_its_number() -> None:
    slide = of_parts(map_part()).slides[1]
    inset = next(s for s in slide.shapes if s.name == "南海诸岛")
    (dashes,) = [s for s in inset.shapes if s.name == "断续线"]
    assert len(dashes._element.findall(".//{*}moveTo")) == 10
    text = words(slide)
    assert "南海诸岛" in text
    assert "GS(2024)0650号" in text
    assert "天地图" in text


def test_a_map_of_a_province_has_its_counties_and_hainan_the_inset() -> None:
    for province, extra in (("53", False), ("46", True), ("66", False)):
        frame = pd.DataFrame({"code": ["530622"], "value": [3.0], "text": ["<br>"]})
        part = Part("m", "各县", bars(0), places=Places(frame, MEASURE, province))
        slide = of_parts(part).slides[1]
        names = {s.name for s in shapes(slide)}
        assert ("南海诸岛" in names) == extra
        features = BOUNDARIES.features(f"county/{province}.geojson")
        known = {f["properties"]["name"] for f in features}
        assert len(known - names) <= (3 if extra else 0)


def test_a_national_map_is_a_small_file() -> None:
    made = source()
    brief = Brief("图", made, (Section("图", "overview", made, (map_part(),)),))
    assert len(to_pptx(brief, boundaries=BOUNDARIES)) < 1_000_000


def test_there_is_no_picture_and_the_code_is_a_shape() -> None:
    _, content = whole("zh")
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert [n for n in file.namelist() if re.search(r"media/|\.(png|jpe?g|emf|wmf)$", n)] == [
            n for n in file.namelist() if n == "docProps/thumbnail.jpeg"
        ]
    last = list(opened(content).slides)[-1]
    assert [s.name for s in last.shapes].count("QR") == 1


def test_a_link_that_names_no_host_has_no_code_and_is_no_hyperlink() -> None:
    for link in ("activities?province=53", "javascript:alert(1)"):
        deck = of_parts(Part("t", "表", bars(1)), link=link)
        last = list(deck.slides)[-1]
        assert "QR" not in [s.name for s in last.shapes]
        assert link in words(last)
        for slide in deck.slides:
            assert not [r for r in slide.part.rels.values() if r.reltype.endswith("/hyperlink")]


def test_the_makers_words_and_the_definitions_are_in_the_speaker_notes() -> None:
    part = replace(whole("zh")[0].sections[0].parts[0], notes=("须知",))
    deck = of_parts(part, Part("t", "表", bars(1)), note="先说口径")
    first, second = (deck.slides[i].notes_slide.notes_text_frame.text for i in (1, 2))
    assert first.startswith("先说口径")
    assert part.figures[0].indicator.definition.zh in first
    assert "须知" in first
    assert "先说口径" not in second


def test_the_definitions_that_occur_are_on_the_last_slides() -> None:
    brief, content = whole("en")
    text = "\n".join(words(slide) for slide in opened(content).slides)
    assert len(brief.definitions) > 5
    for indicator in brief.definitions:
        assert indicator.label.en in text
        assert " ".join(indicator.definition.en.split()) in text
        assert indicator.source.en in text


def test_demonstration_data_are_named_on_every_slide() -> None:
    _, content = whole("zh")
    assert all("示例数据" in words(slide) for slide in opened(content).slides)
    real = replace(source(), demo=False)
    brief = Brief("实", real, (Section("实", "overview", real, (Part("t", "表", bars(1)),)),))
    deck = opened(to_pptx(brief))
    assert not any("示例数据" in words(slide) for slide in deck.slides)


@pytest.mark.parametrize("part", [
    Part("t", "表", bars(0)),
    Part("c", "图", bars(0), native=Native("bar", ("活动",))),
    Part("n", "无列", pd.DataFrame()),
])  # fmt: skip
def test_an_empty_part_says_that_nothing_is_on_record(part: Part) -> None:
    assert "当前范围内没有记录。" in words(of_parts(part).slides[1])


def test_hostile_names_neither_break_the_file_nor_run() -> None:
    table = pd.DataFrame({HOSTILE: [HOSTILE] * 3, "活动\x01": [1, 2, 3]})
    frame = pd.DataFrame({"code": ["53"], "value": [2.0], "text": [HOSTILE]})
    measure = Measure(Label(HOSTILE, HOSTILE), Label("次", "x"))
    deck = of_parts(
        Part("a", HOSTILE, table, alt=HOSTILE, notes=(HOSTILE,)),
        Part("b", HOSTILE, table, alt=HOSTILE, native=Native("bar", ("活动\x01",), unit=HOSTILE)),
        Part("c", HOSTILE, table, places=Places(frame, measure)),
        note=HOSTILE, link=f"https://x.example/{HOSTILE}",
    )  # fmt: skip
    (chart,) = charts(deck)
    book = chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("=1+1")
    assert "示例大学" in words(deck.slides[1])
    assert tables(deck)[0][1][0].startswith("=1+1<b>&")


def test_text_that_xml_forbids_is_left_out() -> None:
    assert clean("a\x00\x08\x0b\x1f\ufffe\uffff\ud800b\tc\nd") == "ab\tc\nd"


def template(tmp_path: Path, change: Any = None) -> Path:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0])
    if change:
        change(deck)
    path = tmp_path / "单位模板.pptx"
    deck.save(str(path))
    return path


def test_an_office_can_give_its_own_template(tmp_path: Path) -> None:
    def change(deck: Any) -> None:
        deck.slide_width = Inches(10)
        deck.slide_layouts[5].name = "仅标题"

    brief, _ = whole("zh")
    deck = opened(to_pptx(brief, template=template(tmp_path, change)))
    assert deck.slide_width == Inches(10)
    assert {s.slide_layout.name for s in list(deck.slides)[1:]} == {"仅标题"}
    # Slides of the template are left out, and nothing leaves the narrower slide.
    assert deck.slides[0].shapes.title.text_frame.text == brief.title
    for slide in deck.slides:
        assert all(s.left >= 0 and s.left + s.width <= deck.slide_width for s in slide.shapes)


def test_a_template_of_powerpoints_own_kind_serves(tmp_path: Path) -> None:
    path = tmp_path / "单位.potx"
    with zipfile.ZipFile(template(tmp_path)) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            kind = b"presentationml.presentation.main"
            new.writestr(entry, old.read(entry).replace(kind, b"presentationml.template.main"))
    assert len(opened(to_pptx(whole("zh")[0], template=path)).slides) > 5


def test_a_blank_layout_serves_where_there_is_no_title_alone(tmp_path: Path) -> None:
    def only_blank(deck: Any) -> None:
        for layout in list(deck.slide_layouts):
            if layout.name not in ("Blank", "Title Slide"):
                deck.slide_layouts.remove(layout)

    brief, _ = whole("zh")
    deck = opened(to_pptx(brief, template=template(tmp_path, only_blank)))
    assert brief.sections[0].parts[1].title in words(deck.slides[2])


def test_a_template_that_does_not_serve_is_refused_in_both_languages(tmp_path: Path) -> None:
    def without(deck: Any) -> None:
        for layout in list(deck.slide_layouts):
            if layout.name not in ("Title Slide", "Title and Content"):
                deck.slide_layouts.remove(layout)

    text = tmp_path / "模板.pptx"
    text.write_bytes(b"not a presentation")
    book = tmp_path / "模板2.pptx"
    openpyxl.Workbook().save(book)
    brief, _ = whole("zh")
    for path in (text, book, tmp_path / "none.pptx"):
        with pytest.raises(TemplateError, match="is not a PowerPoint file") as found:
            to_pptx(brief, template=path)
        assert "不是 PowerPoint 文件" in found.value.said.zh
    with pytest.raises(TemplateError, match="neither a layout") as found:
        to_pptx(brief, template=template(tmp_path, without))
    assert "版式" in found.value.said.zh


def test_the_plain_template_has_the_fonts_by_name_and_no_picture() -> None:
    with zipfile.ZipFile(BytesIO(plain_template())) as file:
        theme = file.read("ppt/theme/theme1.xml").decode()
        assert not [n for n in file.namelist() if n.startswith("ppt/media")]
    assert theme.count('<a:ea typeface="Microsoft YaHei"/>') == 2


def overflowing(slide: Any, deck: Any) -> list[str]:
    return [
        shape.name
        for shape in slide.shapes
        if shape.left < 0 or shape.top < 0
        or shape.left + shape.width > deck.slide_width
        or shape.top + shape.height > deck.slide_height
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_leaves_its_slide(lang: Lang) -> None:
    deck = opened(whole(lang)[1])
    assert [overflowing(slide, deck) for slide in deck.slides] == [[]] * len(deck.slides)
    long = pd.DataFrame({f"列{i}" * 6: ["很长的名称" * 20] * 30 for i in range(14)})
    deck = of_parts(Part("t", "标题" * 60, long, notes=("须知" * 200,) * 6), map_part())
    assert [overflowing(slide, deck) for slide in deck.slides] == [[]] * len(deck.slides)


def test_every_shape_of_a_slide_has_an_id_of_its_own() -> None:
    part = map_part()
    hainan = Part("m", "海南", bars(2), places=replace(part.places, province="46"))
    for slide in of_parts(part, hainan, *whole("zh")[0].sections[0].parts).slides:
        ids = [found.get("id") for found in slide._element.iterfind(".//{*}cNvPr")]
        assert len(ids) == len(set(ids)) > 3


def test_a_text_is_shortened_to_its_lines() -> None:
    assert fitted("县中帮扶监测", 100, 12) == "县中帮扶监测"
    assert fitted("县中帮扶监测" * 3, 100, 12).endswith("…")
    assert width_of(fitted("县中帮扶监测" * 3, 100, 12), 12) <= 100
    assert len(lines_of("county high school support", 60, 12)) > 2
    assert fitted("a\nb", 100, 12) == "a b"


def test_the_same_briefing_gives_the_same_slides() -> None:
    brief, content = whole("zh")
    again = to_pptx(brief, boundaries=BOUNDARIES)
    with zipfile.ZipFile(BytesIO(content)) as one, zipfile.ZipFile(BytesIO(again)) as other:
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            if not name.endswith(".xlsx"):
                assert one.read(name) == other.read(name), name
