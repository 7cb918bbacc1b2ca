"""The page of good practice without a browser: search, counts, pages and reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS, engine_of, figures_of, lake_of, view_of
from tests.opening import page_to_run
from tests.small_lake import SECOND_UPLOAD, build, put
from tests.some_difficulties import practice, put_practices
from xianzhong.brief.figures import shown
from xianzhong.lake.store import Lake
from xianzhong.query import practices
from xianzhong.query.practices import Search

Open = Callable[..., AppTest]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = build(tmp_path / "lake")
    put_practices(made)
    return made


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    def opened(root: Path, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(root))
        app = page_to_run("practices", lang, **params).run()
        assert not app.exception
        return app

    return opened


def titles(app: AppTest) -> list[str]:
    """Labels of the buttons that open a practice."""
    opening = [button for button in app.button if (button.key or "").startswith("open_")]
    return [button.label.replace("\\", "") for button in opening]


def words(app: AppTest) -> str:
    blocks = (app.markdown, app.caption, app.info, app.header)
    return "\n".join(str(e.value) for block in blocks for e in block).replace("\\", "")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["empty", "real"])
def test_an_empty_table_is_explained_with_the_way_to_fill_it(open_page, name, lang) -> None:
    app = open_page(lake_of(name), lang)
    assert len(app.info) == 1
    assert not app.metric
    links = [link.proto.query_string for link in app.get("page_link")]
    assert any("table=practices" in query for query in links)


@pytest.mark.parametrize("lang", LANGS)
def test_the_demo_shows_its_figures_and_its_newest_practices(open_page, lang) -> None:
    app = open_page(lake_of("demo"), lang)
    expected = figures_of("demo", {})
    names = ("practices_recorded", "practices_province", "practices_nation")
    assert [m.value for m in app.metric] == [shown(expected[name].value) for name in names]
    found = practices.found(engine_of("demo"), view_of("demo", {}), Search(), limit=10)
    assert titles(app) == list(found["title"])
    assert len(app.download_button) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_a_search_marks_its_words_and_says_how_many(open_page, lake, lang) -> None:
    app = open_page(lake.root, lang, q="体备")
    assert titles(app) == ["集**体备**课新做法", "集**体备**课促教研", "科学营", "青蓝结对"]
    assert "参加集**体备**课" in words(app)
    assert ("共 4 条" if lang == "zh" else "4 found") in words(app)


def test_the_box_and_the_counts_write_the_link(open_page, lake) -> None:
    app = open_page(lake.root, page="1")
    app.get_by_key("search").input("备课").run()
    assert app.query_params == {"q": "备课"}
    app.get_by_key("practices_spread").set_value("province").run()
    assert app.query_params == {"q": "备课", "spread": "province"}
    assert titles(app) == ["青蓝结对"]
    app.get_by_key("practices_theme").set_value("教师培训").run()
    assert app.query_params == {"q": "备课", "spread": "province", "theme": "教师培训"}
    assert app.get_by_key("practices_theme").value == "教师培训"


def test_pages_of_hits_follow_each_other(open_page) -> None:
    app = open_page(lake_of("demo"))
    app.get_by_key("page_on").click().run()
    assert app.query_params == {"page": "2"}
    found = practices.found(engine_of("demo"), view_of("demo", {}), Search(), limit=10, offset=10)
    assert titles(app) == list(found["title"])
    app.get_by_key("page_back").click().run()
    assert app.query_params == {}


@pytest.mark.parametrize("name", ["item", "theme", "spread", "page"])
def test_a_value_that_does_not_exist_is_named(open_page, lake, name) -> None:
    app = open_page(lake.root, **{name: "**x**"})
    (warning,) = app.warning
    assert name in warning.value
    assert len(titles(app)) == 5


def test_nothing_found_and_nothing_in_the_place_are_told_apart(open_page, lake) -> None:
    app = open_page(lake.root, q="没有的词")
    assert len(app.info) == 1
    assert len(app.metric) == 3
    app = open_page(lake.root, province="11")
    assert len(app.info) == 1
    assert app.get_by_key("clear_empty")


@pytest.mark.parametrize("lang", LANGS)
def test_a_practice_is_read_with_its_neighbours_and_the_way_back(open_page, lake, lang) -> None:
    app = open_page(lake.root, lang, q="集体备课", item="p2")
    assert app.header[0].value == "青蓝结对"
    said = words(app)
    assert "新教师参加**集体备课**。\n\n第二段。" in said
    assert "示例大学甲" in said, "who supports its school"
    assert "2024-03" in said
    app.get_by_key("go_earlier").click().run()
    assert app.header[0].value == "科学营"
    assert "go_later" in [button.key for button in app.button]
    app.get_by_key("back").click().run()
    lang_too = {"lang": "en"} if lang == "en" else {}
    assert app.query_params == {"q": "集体备课", **lang_too}
    assert "go_later" not in [b.key for b in open_page(lake.root, q="集体备课", item="p2").button]


def test_a_text_is_text_and_its_paragraphs_stay(open_page, lake) -> None:
    text = "# 一\n\n<script>x</script>\n    **二**\n1. [三](http://x)"
    row = practice(("p9", "530622-01", "**题**", "主题", text, "school", "2024-06-01"))
    put(lake, "practices", [row], SECOND_UPLOAD)
    for params in ({}, {"item": "p9"}):
        app = open_page(lake.root, **params)
        raw = "\n".join(str(m.value) for m in app.markdown)
        for active in ("<script>", "**二**", "[三](", "**题**"):
            assert active not in raw
