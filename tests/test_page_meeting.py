"""Meetings on their pages: gathered, put in order, shown and read, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS
from tests.opening import charts_of, page_to_run
from xianzhong.brief.chapters import CHAPTER_BY_PAGE
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.large import FACTOR, LEAST, first_rows, fits, large
from xianzhong.charts.trend import term_bars
from xianzhong.cli.cards import describe
from xianzhong.lake.meetings import (
    Meeting,
    Slide,
    change_meeting,
    edited,
    make_meeting,
    meeting,
    meetings,
    pinned,
)
from xianzhong.lake.store import Lake
from xianzhong.model.terms import Term
from xianzhong.query.asof import today
from xianzhong.settings import Settings
from xianzhong.ui.meeting.position import Positions, positions

MONTHS = Slide("overview", "months", {"province": "53"}, note="先讲 *秋季* 学期\n再讲春季")
FIGURES = Slide("overview", "figures", {}, title="全国<b>总况</b>")
GONE = Slide("nowhere", "nothing", {})
EMPTY = Slide("activities", "months", {"province": "11"})

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(lake: Lake) -> Open:
    def opened(page: str, lang: str = "zh", **params: str) -> AppTest:
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "success")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def param(app: AppTest, name: str) -> str:
    found = app.query_params.get(name, [""])
    return found[0] if isinstance(found, list) else found


def three(lake: Lake) -> Meeting:
    return make_meeting(lake, "六月*调度*会", "李", [FIGURES, MONTHS, EMPTY])


# The list -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_meeting_the_list_says_how_to_make_one(open_page, lang):
    app = open_page("meetings", lang)
    (info,) = app.info
    assert ("加入会议" if lang == "zh" else "Add to meeting") in info.value


def test_a_meeting_is_made_from_the_list_with_title_and_name(open_page, lake):
    app = open_page("meetings")
    press(app, "meeting_make")
    assert "请填写会议标题" in words(app)
    app.text_input(key="meeting_title").set_value("例会")
    app.text_input(key="meeting_who").set_value("王")
    press(app, "meeting_make")
    (made,) = meetings(lake)
    assert (made.title, made.who, made.slides) == ("例会", "王", ())
    assert any("例会" in link.proto.label for link in app.get("page_link"))


# Adding -------------------------------------------------------------------------------------------


def adding(app: AppTest) -> AppTest:
    app.session_state["add"] = True  # the popover is open
    return app.run()


def test_parts_of_a_view_become_slides_with_its_filters_and_without_its_language(open_page, lake):
    app = adding(open_page("overview", "en", province="53", map="activities"))
    app.checkbox(key="add_part_overview_months").check()
    app.checkbox(key="add_part_overview_kinds").check()
    app.text_input(key="add_title").set_value("June")
    app.text_input(key="add_who").set_value("Li")
    press(app, "add_make")
    (made,) = meetings(lake)
    assert [(s.page, s.part) for s in made.slides] == [
        ("overview", "months"), ("overview", "kinds"),
    ]  # fmt: skip
    for slide in made.slides:
        assert dict(slide.params) == {"province": "53", "map": "activities"}
        assert slide.snapshot is None
    assert "Slides added: 2" in words(app)
    assert any(made.id in link.proto.query_string for link in app.get("page_link"))


def test_adding_again_goes_to_the_same_meeting(open_page, lake):
    made = make_meeting(lake, "会", "李")
    app = adding(open_page("activities"))
    app.selectbox(key="add_meeting").set_value(made.id)
    app.checkbox(key="add_all").check().run()
    app.text_input(key="add_who").set_value("李")
    press(app, "add_make")
    (found,) = meetings(lake)
    parts = [part.id for part in CHAPTER_BY_PAGE["activities"].parts]
    assert [s.part for s in found.slides] == parts
    assert not app.checkbox(key="add_all").value


def test_adding_asks_for_what_is_missing(open_page, lake):
    app = adding(open_page("overview"))
    press(app, "add_make")
    assert "请至少选择一项内容" in words(app)
    app.checkbox(key="add_part_overview_months").check()
    press(app, "add_make")
    assert "请填写会议标题" in words(app)
    app.text_input(key="add_title").set_value("会")
    press(app, "add_make")
    assert "请先填写您的姓名" in words(app)
    assert meetings(lake) == ()


def test_a_page_without_parts_has_no_such_control(open_page):
    assert not [b for b in open_page("compare").get("popover") if "会议" in str(b.proto)]


# In order -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_a_meeting_has_its_title_as_it_was_written_and_its_slides(
    open_page, lake, lang
):
    made = three(lake)
    app = open_page("meeting", lang, id=made.id)
    assert [t.value for t in app.title] == [r"六月\*调度\*会"]
    said = words(app)
    assert r"全国\<b\>总况" in said
    assert r"先讲 \*秋季\* 学期" in said
    assert ("云南" if lang == "zh" else "Yunnan") in said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("asked", ["", "nothing"])
def test_an_unknown_meeting_is_said_and_the_list_is_at_hand(open_page, lang, asked):
    app = open_page("meeting", lang, id=asked) if asked else open_page("meeting", lang)
    assert len(app.info) == 1
    assert any("meetings" in link.proto.page for link in app.get("page_link"))
    app = open_page("meeting", lang, id="nothing", present="1")
    assert len(app.info) == 1


def test_slides_move_are_edited_and_removed_under_a_name(open_page, lake):
    made = three(lake)
    first, second, third = (s.id for s in made.slides)
    app = open_page("meeting", id=made.id)
    assert app.button(key=f"up_{first}").disabled
    assert app.button(key=f"down_{third}").disabled
    press(app, f"down_{first}")
    assert "请先填写您的姓名" in words(app)
    app.text_input(key="meeting_who").set_value("王").run()
    press(app, f"down_{first}")
    assert [s.id for s in meeting(lake, made.id).slides] == [second, first, third]
    press(app, f"remove_{first}")
    app.session_state[f"edit_{second}"] = True
    app.run()
    app.text_input(key=f"title_{second}").set_value("云南")
    app.text_area(key=f"note_{second}").set_value("新备注")
    app.selectbox(key=f"numbers_{second}").set_value(lake.snapshot().number)
    press(app, f"save_{second}")
    found = meeting(lake, made.id).slides
    assert [s.id for s in found] == [second, third]
    assert (found[0].title, found[0].note, found[0].snapshot) == (
        "云南",
        "新备注",
        lake.snapshot().number,
    )


def test_who_comes_second_is_told_so_and_sees_the_newest_state(open_page, lake):
    made = three(lake)
    app = open_page("meeting", id=made.id)
    app.text_input(key="meeting_who").set_value("王").run()
    change_meeting(lake, made, "renamed", "赵", title="新标题")
    press(app, f"remove_{made.slides[0].id}")
    assert "刚刚有别人改过这个会议" in words(app)
    assert [t.value for t in app.title] == ["新标题"]
    assert len(meeting(lake, made.id).slides) == 3
    press(app, f"remove_{made.slides[0].id}")
    assert len(meeting(lake, made.id).slides) == 2


def test_a_meeting_is_fixed_freed_renamed_and_deleted_as_a_whole(open_page, lake):
    made = three(lake)
    app = open_page("meeting", id=made.id)
    app.text_input(key="meeting_who").set_value("王").run()
    press(app, "meeting_pin")
    newest = lake.snapshot().number
    assert {s.snapshot for s in meeting(lake, made.id).slides} == {newest}
    press(app, "meeting_live")
    assert {s.snapshot for s in meeting(lake, made.id).slides} == {None}
    app.text_input(key=f"meeting_title_{made.id}").set_value("例会")
    press(app, "meeting_rename")
    assert [t.value for t in app.title] == ["例会"]
    app.session_state["meeting_delete"] = True
    app.run()
    press(app, "meeting_deleted")
    assert "由王于" in words(app)
    assert meetings(lake) == ()


# On the wall --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_title_comes_first_then_each_slide_with_its_number_and_moment(open_page, lake, lang):
    made = three(lake)
    app = open_page("meeting", lang, id=made.id, present="1")
    assert [t.value for t in app.title] == [r"六月\*调度\*会"]
    assert f"{today().year}" in words(app)
    assert not app.sidebar.markdown
    press(app, "slide_next")
    assert param(app, "slide") == "1"
    assert app.metric
    assert "1 / 3" in words(app)
    press(app, "slide_next")
    said = words(app)
    assert "2 / 3" in said
    assert ("云南" if lang == "zh" else "Yunnan") in said
    assert ("版" if lang == "zh" else "snapshot ") in said
    assert "先讲" not in said
    assert len(charts_of(app)) == 1
    press(app, "slide_last")
    assert ("没有记录" if lang == "zh" else "Nothing on record") in words(app)
    press(app, "slide_next")
    assert param(app, "slide") == "3"
    press(app, "slide_first")
    assert param(app, "slide") == ""
    press(app, "slide_leave")
    assert param(app, "present") == ""
    assert param(app, "id") == made.id


@pytest.mark.parametrize(("asked", "shown"), [("99", "3"), ("-1", ""), ("x", ""), ("²", "")])
def test_a_number_that_no_slide_has_leads_to_one_that_is_there(open_page, lake, asked, shown):
    app = open_page("meeting", id=three(lake).id, present="1", slide=asked)
    assert (f"{shown} / 3" in words(app)) == bool(shown)


@pytest.mark.parametrize("lang", LANGS)
def test_a_slide_that_cannot_be_made_says_why(open_page, lake, lang):
    made = make_meeting(lake, "会", "李", [GONE, MONTHS])
    app = open_page("meeting", lang, id=made.id, present="1", slide="1")
    assert "nowhere" in words(app)
    lost = change_meeting(lake, made, "pinned", "李", slides=pinned(made.slides, 77))
    app = open_page("meeting", lang, id=lost.id, present="1", slide="2")
    assert "77" in words(app)
    assert not charts_of(app)
    app = open_page("meeting", lang, id=lost.id)
    assert "77" in words(app)


def test_a_meeting_without_slides_has_its_title_and_says_so(open_page, lake):
    made = make_meeting(lake, "会", "李")
    app = open_page("meeting", id=made.id, present="1", slide="1")
    assert "还没有幻灯片" in words(app)
    press(app, "slide_next")
    assert "还没有幻灯片" in words(app)


def test_a_pinned_slide_keeps_its_numbers(open_page, lake):
    made = make_meeting(lake, "会", "李", [FIGURES])
    live = open_page("meeting", id=made.id, present="1", slide="1")
    change_meeting(lake, made, "edited", "李", slides=edited(made.slides, made.slides[0].id,
                                                             snapshot=1))  # fmt: skip
    fixed = open_page("meeting", id=made.id, present="1", slide="1")
    assert [m.value for m in live.metric] != [m.value for m in fixed.metric]
    assert "第 1 版" in words(fixed)


# The speaker --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_speaker_sees_note_and_next_title(open_page, lake, lang):
    made = three(lake)
    app = open_page("meeting", lang, id=made.id, present="1", speaker="1", slide="1")
    said = words(app)
    assert "1 / 3" in said
    assert r"先讲 \*秋季\* 学期" in said  # the next slide's
    press(app, "slide_next")
    assert param(app, "slide") == "2"


def test_the_code_joins_the_speaker_with_the_screen(open_page, lake):
    made = three(lake)
    screen = open_page("meeting", id=made.id, present="1", slide="1")
    press(screen, "slide_remote")
    code = param(screen, "room")
    assert code in words(screen)
    phone = open_page("meeting", id=made.id, present="1", speaker="1", room=code)
    assert "1 / 3" in words(phone)
    press(phone, "slide_next")
    screen.run()
    assert param(screen, "slide") == "2"
    assert "2 / 3" in words(screen)
    press(screen, "slide_last")
    phone.run()
    assert "3 / 3" in words(phone)


def test_a_code_that_no_screen_has_is_said(open_page, lake):
    app = open_page("meeting", id=three(lake).id, present="1", speaker="1", room="zzzzzz")
    assert "zzzzzz" in words(app)
    press(app, "speaker_alone")
    assert param(app, "room") == ""
    assert "0 / 3" in words(app)


def test_a_new_server_takes_a_presentation_up_where_its_address_is(open_page, lake):
    made = three(lake)
    app = open_page("meeting", id=made.id, present="1", slide="2", room="abcdef")
    assert "2 / 3" in words(app)
    assert positions.at("abcdef", made.id).slide == 2


# Where a presentation is --------------------------------------------------------------------------


def test_positions_are_bounded_and_forgotten():
    time = [0.0]
    store = Positions(most=2, idle=10, clock=lambda: time[0])
    first, second = store.begin("m", 0), store.begin("m", 1)
    assert store.move(first, "m", 3).version == 2
    assert store.move(first, "m", 3).version == 2
    third = store.begin("m", 2)
    assert store.at(second, "m") is None
    assert store.at(first, "m").slide == 3
    assert store.at(third, "other") is None
    assert store.move(third, "other", 5) is None
    time[0] = 11
    assert store.at(first, "m") is None
    assert store.move(first, "m", 4).version == 1


@pytest.mark.parametrize("code", ["", "a", "abcde1", "ABCDEF", "abcdefg", "<b>abc"])
def test_what_is_no_code_is_kept_nowhere(code):
    store = Positions()
    assert store.move(code, "m", 1) is None
    assert store.at(code, "m") is None


# Large charts -------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.sampled_from([0.5, 1.0, 1.5, 3.0]))
def test_a_chart_for_the_wall_has_large_letters_and_few_rows(count, size):
    names = [f"高校{n}" for n in range(count)]
    cut, rows = first_rows(horizontal_bars(names, range(count), names, unit="次"))
    assert rows == (count if count > 16 else 0)
    grown = large(cut, size).full()
    assert len(grown.data[0].y) == min(count, 16) == len(grown.layout.yaxis.ticktext)
    assert grown.layout.yaxis.tickfont.size >= LEAST * size
    assert grown.data[0].textfont.size >= LEAST * size
    assert grown.layout.height is None
    assert fits(cut)


def test_upright_bars_keep_all_they_have():
    terms = [(Term(2020 + n // 2, 1 + n % 2), n) for n in range(10)]
    figure = term_bars(terms, unit="次", lang="zh")
    same, rows = first_rows(figure)
    assert (same, rows) == (figure, 0)
    assert large(figure).full().layout.font.size == pytest.approx(14 * FACTOR)


# Before it is opened ------------------------------------------------------------------------------


def test_the_preview_of_a_meeting_says_its_title_and_slides(lake):
    made = three(lake)
    settings = Settings.from_environment()
    card = describe(settings, "meeting", {"id": made.id, "present": "1"})
    assert card.title.startswith("六月*调度*会")
    assert "3" in card.description
    english = describe(settings, "meeting", {"id": made.id, "lang": "en"})
    assert "Slides: 3" in english.description
    assert "会议材料" in describe(settings, "meeting", {"id": "nothing"}).title
