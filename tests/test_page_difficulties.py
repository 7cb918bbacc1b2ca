"""The page of difficulties without a browser: figures, board, detail, and changing a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS, engine_of, lake_of, view_of
from tests.opening import charts_of, page_to_run
from tests.small_lake import SECOND_UPLOAD, build, put
from tests.some_difficulties import difficulty, put_difficulties
from xianzhong.brief.figures import shown
from xianzhong.lake.store import Lake
from xianzhong.lake.undo import undo
from xianzhong.model.tables import DIFFICULTIES
from xianzhong.query import difficulties
from xianzhong.query.figures import difficulty_totals

Open = Callable[..., AppTest]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = build(tmp_path / "lake")
    put_difficulties(made)
    put(made, "put_aside", [], SECOND_UPLOAD)
    return made


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    def opened(root: Path, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(root))
        app = page_to_run("difficulties", lang, **params)
        app.session_state["upload_who"] = "示例人"
        app.run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    blocks = (app.markdown, app.caption, app.info, app.error, app.warning, app.success, app.header)
    said = "\n".join(str(e.value) for block in blocks for e in block)
    return said.replace("\\", "")


def pressed(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click()
    app.run()
    assert not app.exception
    return app


def field(app: AppTest, kind: str, prefix: str):
    return next(w for w in app.get(kind) if (w.key or "").startswith(prefix))


def stored(lake: Lake, code: str) -> dict[str, object]:
    rows = lake.rows("difficulties", lake.snapshot(), match=("difficulty_code", [code]))
    return dict(rows.to_pylist()[0])


# --- what is shown ----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["empty", "real"])
def test_an_empty_table_is_explained_with_the_way_to_fill_it(open_page, name, lang) -> None:
    app = open_page(lake_of(name), lang)
    assert len(app.info) == 1
    assert not app.metric
    assert not app.dataframe
    links = [link.proto.query_string for link in app.get("page_link")]
    assert any("table=difficulties" in query for query in links)


@pytest.mark.parametrize("lang", LANGS)
def test_the_demo_shows_its_figures_a_capped_board_and_bars(open_page, lang) -> None:
    app = open_page(lake_of("demo"), lang)
    expected = difficulties.owner_figures(engine_of("demo"), view_of("demo", {}), "")
    assert [m.value for m in app.metric] == [shown(f.value) for f in expected]
    said = words(app)
    assert ("逾期" if lang == "zh" else "days overdue") in said
    counts = difficulties.totals(engine_of("demo"), view_of("demo", {}))
    heads = [m.value for m in app.markdown if str(m.value).startswith("### ")]
    for name in ("waiting", "in_progress", "difficulties_resolved"):
        assert any(head.endswith(f" {int(counts[name]):,}") for head in heads)
    items = [button for button in app.button if (button.key or "").startswith("open_")]
    assert len(items) == sum(
        min(20, int(counts[name])) for name in ("waiting", "in_progress", "difficulties_resolved")
    )
    assert len(charts_of(app)) == 2
    assert len(app.download_button) == 2


def test_more_rows_and_an_owner_are_part_of_the_link(open_page) -> None:
    app = open_page(lake_of("demo"))
    app.get_by_key("more").click().run()
    assert app.query_params == {"rows": "60"}
    frame = difficulty_totals(engine_of("demo"), view_of("demo", {}))
    owner = frame[frame["part"] == "owner"]["code"].iloc[-1]
    app = open_page(lake_of("demo"), owner=owner)
    expected = difficulties.owner_figures(engine_of("demo"), view_of("demo", {}), owner)
    assert [m.value for m in app.metric] == [shown(f.value) for f in expected]
    app.get_by_key("remove_owner").click().run()
    assert app.query_params == {}


@pytest.mark.parametrize("name", ["item", "owner", "rows"])
def test_a_value_that_does_not_exist_is_named(open_page, lake, name) -> None:
    app = open_page(lake.root, **{name: "**nothing**"})
    (warning,) = app.warning
    assert name in warning.value
    assert "**nothing**" not in warning.value.split(" = ", 1)[-1]
    assert len(app.metric) == 4


def test_filters_without_a_difficulty_offer_to_be_cleared(open_page, lake) -> None:
    app = open_page(lake.root, province="11")
    assert len(app.info) == 1
    assert app.get_by_key("clear_empty")


def test_what_people_typed_is_no_markup(open_page, lake) -> None:
    row = ("d8", "530622-01", "2024-01-10", "**局** [a](http://b)", "", "open", "")
    put(lake, "difficulties", [{**difficulty(row), "title": "<b>坏</b> **x**"}], SECOND_UPLOAD)
    for params in ({}, {"item": "d8"}):
        app = open_page(lake.root, **params)
        raw = "\n".join(str(m.value) for m in app.markdown)
        assert "[a](http://b)" not in raw
        assert "<b>" not in raw


@pytest.mark.parametrize("lang", LANGS)
def test_a_difficulty_opens_with_all_that_is_recorded_and_its_history(
    open_page, lake, lang
) -> None:
    app = open_page(lake.root, lang, item="d1", province="66")
    assert app.header[0].value == "示例问题d1"
    cells = app.table[0].value.to_string()
    for text in ("示例巧家一中", "县局", "2024-01-10", "2024-03-31", "81"):
        assert text in cells
    said = words(app)
    assert ("登记" if lang == "zh" else "recorded") in said
    assert "示例.xlsx" in said


def test_a_title_opens_its_difficulty_and_the_way_back_closes_it(open_page, lake) -> None:
    app = open_page(lake.root, owner="县局", province="53")
    app.get_by_key("open_d1").click().run()
    assert app.query_params == {"province": "53", "owner": "县局", "item": "d1"}
    assert app.header[0].value == "示例问题d1"
    app.get_by_key("back").click().run()
    assert app.query_params == {"province": "53", "owner": "县局"}


# --- what is changed --------------------------------------------------------------------------


def test_a_change_is_one_commit_with_its_history_and_can_be_taken_back(open_page, lake) -> None:
    number = lake.snapshot().number
    app = open_page(lake.root, item="d1")
    field(app, "selectbox", "state_").select("in_progress")
    field(app, "text_input", "owner_").input("市局")
    field(app, "text_area", "note_").input("第一行;\n第二行,\t其他")
    app = pressed(app, "保存修改")
    row = stored(lake, "d1")
    assert (row["state"], row["owner"]) == ("in_progress", "市局")
    assert str(row["note"]).startswith("第一行;")
    assert str(row["due"]) == "2024-03-31"
    assert lake.snapshot().number == number + 1
    entry = lake.entries()[-1]
    assert (entry.updated, entry.new, entry.table) == (1, 0, "difficulties")
    assert entry.file_name == "困难问题-页面修改.xlsx"
    assert entry.upload_id in app.success[0].value
    assert "县局 → **市局**" in words(app)
    app.run()
    assert lake.snapshot().number == number + 1
    undo(lake, entry.upload_id, who="示例")
    assert stored(lake, "d1")["owner"] == "县局"


def test_a_date_is_set_and_cleared(open_page, lake) -> None:
    app = open_page(lake.root, item="d3")
    field(app, "selectbox", "state_").select("open")
    app = pressed(app, "保存修改")
    assert len(app.error) == 1
    assert "解决日期" in app.error[0].value
    assert stored(lake, "d3")["state"] == "resolved"
    field(app, "date_input", "resolved_").set_value(None)
    app = pressed(app, "保存修改")
    assert not app.error
    row = stored(lake, "d3")
    assert (row["state"], row["resolved"], row["resolved_precision"]) == ("open", None, None)


@pytest.mark.parametrize("lang", LANGS)
def test_a_change_against_the_rules_is_refused_in_words(open_page, lake, lang) -> None:
    number = lake.snapshot().number
    app = open_page(lake.root, lang, item="d1")
    field(app, "selectbox", "state_").select("resolved")
    field(app, "date_input", "resolved_").set_value("2024-01-09")
    app = pressed(app, "保存修改" if lang == "zh" else "Save the change")
    assert len(app.error) == 1
    label = DIFFICULTIES.column("resolved").label[lang]
    assert label in app.error[0].value
    assert lake.snapshot().number == number


def test_resolved_without_a_date_is_saved_with_a_warning(open_page, lake) -> None:
    app = open_page(lake.root, item="d5")
    field(app, "selectbox", "state_").select("resolved")
    app = pressed(app, "保存修改")
    assert stored(lake, "d5")["state"] == "resolved"
    assert any("没有填解决日期" in w.value for w in app.warning)


def test_a_month_stays_a_month_until_it_is_written_anew(open_page, lake) -> None:
    app = open_page(lake.root, item="d2")
    field(app, "text_input", "owner_").input("市局")
    app = pressed(app, "保存修改")
    assert stored(lake, "d2")["due_precision"] == "month"
    field(app, "text_input", "due_").input("明年春天")
    app = pressed(app, "保存修改")
    assert len(app.error) == 1
    field(app, "text_input", "due_").input("2024-07-15")
    pressed(app, "保存修改")
    row = stored(lake, "d2")
    assert (str(row["due"]), row["due_precision"]) == ("2024-07-15", "day")


def test_nothing_changed_is_no_commit(open_page, lake) -> None:
    number = lake.snapshot().number
    app = pressed(open_page(lake.root, item="d1"), "保存修改")
    assert len(app.info) == 1
    assert lake.snapshot().number == number


def test_a_form_that_another_commit_overtook_writes_nothing_and_says_so(open_page, lake) -> None:
    app = open_page(lake.root, item="d1")
    field(app, "text_input", "owner_").input("市局")
    row = ("d1", "530622-01", "2024-01-10", "省厅", "2024-03-31", "open", "")
    put(lake, "difficulties", [difficulty(row)], SECOND_UPLOAD)
    number = lake.snapshot().number
    app = pressed(app, "保存修改")
    assert lake.snapshot().number == number
    assert stored(lake, "d1")["owner"] == "省厅"
    assert any("有人改过" in w.value for w in app.warning)
    assert field(app, "text_input", "owner_").value == "省厅"


def test_a_difficulty_is_recorded_in_the_page_once(open_page, lake) -> None:
    app = open_page(lake.root, province="53")
    app.session_state["add_difficulty"] = True
    app.run()
    field(app, "selectbox", "school_").select("530622-01")
    field(app, "text_input", "title_").input("合计")
    app = pressed(app, "登记")
    assert len(app.error) == 1, "a row that reads like a total is not lost without a word"
    field(app, "text_input", "title_").input("示例:宿舍不足;床位少")
    app = pressed(app, "登记")
    code = app.query_params["item"]
    code = code if isinstance(code, str) else code[0]
    row = stored(lake, code)
    assert (row["title"], row["school_code"]) == ("示例:宿舍不足;床位少", "530622-01")
    assert row["state"] == "open"
    assert len(app.success) == 1
    again = open_page(lake.root, province="53")
    again.session_state["add_difficulty"] = True
    again.run()
    number = lake.snapshot().number
    field(again, "selectbox", "school_").select("530622-01")
    field(again, "text_input", "title_").input("示例:宿舍不足;床位少")
    again = pressed(again, "登记")
    assert any(code in w.value for w in again.warning)
    assert lake.snapshot().number == number


@pytest.mark.parametrize("lang", LANGS)
def test_generated_data_take_no_change(open_page, lang) -> None:
    code = difficulties.records(engine_of("demo"), view_of("demo", {}), limit=1)
    app = open_page(lake_of("demo"), lang, item=str(code["difficulty_code"].iloc[0]))
    assert any("make run" in info.value for info in app.info)
    labels = [button.label for button in app.button]
    assert ("保存修改" if lang == "zh" else "Save the change") not in labels
