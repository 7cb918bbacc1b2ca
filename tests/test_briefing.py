"""Files of a view, a report and a meeting: their numbers are those of ``xianzhong figures``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.lakes import LANGS, engine_of, lake_of, view_of
from tests.opening import page_to_run
from tests.small_lake import (
    A1,
    SECOND_UPLOAD,
    U1,
    activity,
    build,
    engine_over,
    put,
    view,
)
from tests.spread import spread
from xianzhong.brief.brief import Brief, report
from xianzhong.brief.chapters import CHAPTER_BY_PAGE, REPORT, REPORT_PARTS
from xianzhong.brief.figures import shown
from xianzhong.brief.meeting import meeting_brief, unusable
from xianzhong.brief.source import source_of
from xianzhong.cli.app import app
from xianzhong.export.workbook import LONGEST_NAME, to_workbook
from xianzhong.lake.errors import LakeError
from xianzhong.lake.links import SharedLink, share
from xianzhong.lake.meetings import Meeting, Slide, make_meeting
from xianzhong.lake.store import Lake
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import Lang
from xianzhong.query.asof import today
from xianzhong.query.figures import figures

FIGURES = ("pairings", "universities", "schools", "activities", "people_sent", "active_schools")
NEW = ("a20", U1, A1, "guidance", "2024-06-10", "", 7, None, None, None)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


@pytest.fixture
def run(lake: Lake) -> Callable[..., str]:
    def ran(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, "--lake", str(lake.root)])
        assert result.exit_code == code, result.output
        return result.output

    return ran


def brief_of(lake: str, lang: Lang, *pages: str, **params: str) -> Brief:
    return report(source_of(engine_of(lake), view_of(lake, params), lang), pages)


def reported(run: Callable[..., str], query: str, lang: str) -> dict[str, float | None]:
    found = json.loads(run("figures", query, "--json", "--lang", lang))
    return {figure["label"]: figure["value"] for figure in found["figures"]}


def texts_of(slides: Path) -> str:
    shapes = [shape for slide in Presentation(str(slides)).slides for shape in slide.shapes]
    return "\n".join(s.text_frame.text for s in shapes if s.has_text_frame)


@pytest.mark.parametrize(("kind", "lang"), spread(["xlsx", "docx", "pptx"], LANGS))
def test_every_format_has_the_numbers_of_the_figures_command(
    run: Callable[..., str], tmp_path: Path, kind: str, lang: str
) -> None:
    query = "province=53&term=2023-2"
    expected = reported(run, query, lang)
    out = tmp_path / f"file.{kind}"
    said = run("brief", query, "--format", kind, "--out", str(out), "--lang", lang)
    assert "6" in said
    labels = {INDICATOR_BY_ID[name].label[lang] for name in FIGURES}  # type: ignore[index]
    numbers = {label: shown(expected[label]) for label in labels}
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(out).worksheets[1]
        found = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0] in labels}
        assert found == {label: expected[label] for label in labels}
    elif kind == "docx":
        rows = [row.cells for table in Document(str(out)).tables for row in table.rows]
        # Labels stand in the definitions once more, further down.
        cells = {row[0].text: row[1].text for row in reversed(rows)}
        assert {label: cells[label] for label in labels} == numbers
    else:
        said = texts_of(out)
        for label, number in numbers.items():
            assert label in said
            assert number in said


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_every_file_says_filters_moment_definitions_and_link(
    run: Callable[..., str], tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"file.{kind}"
    link = "https://dashboard.example/activities?province=53"
    run("brief", link, "--format", kind, "--out", str(out), "--lang", "en",
        "--url", "https://dashboard.example/")  # fmt: skip
    if kind == "docx":
        said = "\n".join(p.text for p in Document(str(out)).paragraphs)
        said += "\n".join(
            c.text for t in Document(str(out)).tables for r in t.rows for c in r.cells
        )
    elif kind == "pptx":
        said = texts_of(out)
        tables = [s.table for p in Presentation(str(out)).slides for s in p.shapes if s.has_table]
        said += "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    else:
        book = openpyxl.load_workbook(out)
        said = "\n".join(str(c) for s in book for row in s.iter_rows(values_only=True) for c in row)
    assert "Yunnan" in said
    assert "snapshot 6" in said
    assert link in said
    definition = INDICATOR_BY_ID["activities"].definition["en"]
    assert re.sub(r"\s+", "", definition[:60]) in re.sub(r"\s+", "", said)


def test_a_pinned_link_is_written_with_its_own_numbers(
    lake: Lake, run: Callable[..., str], tmp_path: Path
) -> None:
    link = share(lake, SharedLink("", "示例", "示例人", "overview", {}, 6, today()))
    late = share(lake, replace(link, expires=today() - timedelta(days=1)))
    put(lake, "activities", [activity(NEW)], SECOND_UPLOAD + timedelta(hours=1))
    assert reported(run, f"pin={link.id}", "zh")["活动"] == 15
    assert reported(run, "", "zh")["活动"] == 16
    out = tmp_path / "file.xlsx"
    run("brief", f"overview?pin={link.id}", "--format", "xlsx", "--out", str(out), "--lang", "zh")
    sheet = openpyxl.load_workbook(out).worksheets[1]
    found = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert found["活动"] == 15
    run("brief", f"pin={late.id}", "--out", str(out), code=1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["province=53"], 2),
        (["province=53", "--out", "x.pdf", "--format", "pdf"], 2),
        (["nonsense?province=53", "--out", "x.docx"], 2),
        (["province=53", "--out", "x.docx", "--template", "y.pptx"], 2),
        (["--meeting", "none", "--out", "x.docx"], 2),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(
    run: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], code: int,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    run("brief", *arguments, code=code)
    assert not list(tmp_path.glob("x.*"))


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    run: Callable[..., str], tmp_path: Path
) -> None:
    out = tmp_path / "nowhere" / "file.xlsx"
    run("brief", "schools?province=53", "--format", "xlsx", "--out", str(out), code=1)
    out.parent.mkdir()
    out.write_text("old")
    run("brief", "schools?province=53", "--format", "xlsx", "--out", str(out))
    assert openpyxl.load_workbook(out).worksheets
    assert [path.name for path in out.parent.iterdir()] == ["file.xlsx"]


@pytest.mark.parametrize("lake", ["empty", "real", "demo"])
@pytest.mark.parametrize("page", list(CHAPTER_BY_PAGE))
def test_the_workbook_has_a_sheet_for_each_part_definitions_and_records(
    lake: str, page: str
) -> None:
    brief = brief_of(lake, "zh", page, province="53")
    book = openpyxl.load_workbook(BytesIO(to_workbook(brief)))
    names = book.sheetnames
    assert len(set(map(str.lower, names))) == len(names)
    assert all(len(name) <= LONGEST_NAME for name in names)
    parts = brief.sections[0].parts
    assert names[0] == "目录"
    assert names[1 + len(parts)].startswith("指标说明")
    for sheet, part in zip(book.worksheets[1:], parts, strict=False):
        heads = [str(c.value) for row in sheet.iter_rows() for c in row]
        assert "筛选：云南省 · 全部时段" in heads
        if not part.figures:
            assert set(map(str, part.table.columns)) <= set(heads)
    linked = [c.hyperlink.location for row in book.worksheets[0].iter_rows() for c in row
              if c.hyperlink]  # fmt: skip
    assert linked == [f"'{name}'!A1" for name in names[1:]]


def test_a_workbook_never_holds_a_formula_of_somebody_elses(lake: Lake) -> None:
    put(lake, "activities", [activity(NEW, title="=HYPERLINK(1)")])
    engine = engine_over(lake)
    brief = report(source_of(engine, view(engine), "zh"), ("activities",))
    book = openpyxl.load_workbook(BytesIO(to_workbook(brief)))
    found = [c for s in book for row in s.iter_rows() for c in row if c.value == "=HYPERLINK(1)"]
    assert found
    assert {cell.data_type for cell in found} == {"s"}


def test_a_report_takes_parts_that_there_are() -> None:
    assert set(REPORT_PARTS) == set(REPORT)
    for page, names in REPORT_PARTS.items():
        assert [n for n in names if CHAPTER_BY_PAGE[page].part(n) is None] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_meeting_is_written_slide_by_slide_each_with_its_own_view(
    lake: Lake, run: Callable[..., str], tmp_path: Path, lang: str
) -> None:
    slides = (
        Slide(
            "overview", "figures", {"province": "53"}, title="云南", note="先讲这一页", snapshot=5
        ),
        Slide("activities", "terms", {}),
    )
    made = make_meeting(lake, "示例会议", "示例人", slides)
    for kind in ("pptx", "docx", "xlsx"):
        out = tmp_path / f"m.{kind}"
        run("brief", "--meeting", made.id, "--format", kind, "--out", str(out), "--lang", lang)
    notes = [s.notes_slide.notes_text_frame.text for s in
             Presentation(str(tmp_path / "m.pptx")).slides if s.has_notes_slide]  # fmt: skip
    assert any("先讲这一页" in note for note in notes)
    first = openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[1]
    label = INDICATOR_BY_ID["activities"].label[lang]  # type: ignore[index]
    found = {row[0]: row[1] for row in first.iter_rows(values_only=True)}
    # On 31 March: four at the first school, two at the second, one at the third.
    assert found[label] == 7


def test_a_meeting_with_a_slide_that_is_none_is_not_written_with_a_hole(lake: Lake) -> None:
    engine = engine_over(lake)
    source = source_of(engine, view(engine), "zh")
    good = Slide("overview", "figures", {})
    for bad in (Slide("overview", "none", {}), Slide("overview", "figures", {}, snapshot=99)):
        meeting = Meeting("x", "示例", "示例人", (good, bad))
        assert unusable(source, meeting) is not None
        with pytest.raises(LakeError):
            meeting_brief(source, meeting)
    assert unusable(source, Meeting("x", "示例", "示例人", (good,))) is None
    with pytest.raises(LakeError, match="no slides"):
        meeting_brief(source, Meeting("x", "示例", "示例人"))


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_offers_its_files(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of("real")))
    page: AppTest = page_to_run("schools", lang, province="53")
    page.session_state["briefing"] = True
    page.run()
    assert not page.exception
    labels = [button.label for button in page.get("download_button")]
    words = {"zh": "工作簿（XLSX）", "en": "Workbook (XLSX)"}
    assert words[lang] in labels


def test_the_figures_of_a_brief_are_those_of_its_view() -> None:
    brief = brief_of("demo", "zh", "overview")
    expected = {f.indicator.id: f for f in figures(engine_of("demo"), view_of("demo", {}))}
    (first, *_) = brief.sections[0].parts
    assert first.figures
    assert all(expected[f.indicator.id] == f for f in first.figures)


def test_a_report_lists_no_brand_fees_where_none_is_on_record() -> None:
    assert "brand_fees" in REPORT_PARTS["support"]
    brief = brief_of("real", "zh", *REPORT)
    support = next(section for section in brief.sections if section.page == "support")
    assert "brand_fees" not in [part.id for part in support.parts]


def test_changes_are_a_column_only_where_there_are_any() -> None:
    def heads(**params: str) -> list[str]:
        (first, *_) = brief_of("demo", "zh", "overview", **params).sections[0].parts
        return list(map(str, first.table.columns))

    assert "变化" not in heads()
    assert "变化" in heads(term="2024-1")


def test_a_file_from_the_command_line_has_no_link_that_leads_nowhere(
    run: Callable[..., str], tmp_path: Path
) -> None:
    out = tmp_path / "file.xlsx"
    run("brief", "province=53", "--format", "xlsx", "--out", str(out), "--lang", "zh")
    book = openpyxl.load_workbook(out)
    assert not [c for s in book for row in s.iter_rows(values_only=True) for c in row
                if str(c).startswith("链接")]  # fmt: skip
    link = "https://dashboard.example/sub/schools?province=53"
    run("brief", link, "--format", "xlsx", "--out", str(out), "--lang", "zh")
    lines = [
        row[0] for row in openpyxl.load_workbook(out).worksheets[1].iter_rows(values_only=True)
    ]
    assert f"链接：{link}" in lines
