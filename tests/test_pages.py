"""Every page, in both languages, over an empty, the real and a generated lake, without a browser.

What only a browser can tell (addresses, clicks on a map, downloads) is in tests/browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import (
    DEMO_ACTIVITIES,
    DEMO_SCHOOLS,
    LAKES,
    LANGS,
    engine_of,
    figures_of,
    lake_of,
    names_in,
    sentence_of,
    view_of,
)
from tests.opening import charts_of, page_to_run
from tests.spread import spread
from xianzhong.brief.figures import shown
from xianzhong.charts.plain import PlainFigure
from xianzhong.model.indicators import INDICATORS
from xianzhong.model.kinds import KINDS, MEASURES
from xianzhong.model.programme import PAIRINGS_ANNOUNCED
from xianzhong.model.tables import PAIRINGS, TABLES
from xianzhong.query import tables
from xianzhong.ui.navigation import PAGE_BY_NAME, PAGES
from xianzhong.ui.records import MOST_SHOWN

ANSWERING = (
    "overview", "schools", "school", "activities", "universities", "university", "pairings",
    "compare",
)  # fmt: skip
FILTERED = {"province": "53", "term": "2022-1", "kind": "signing,meeting"}

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A function that opens a page of a lake, in a language, with the parameters of a link."""

    def opened(lake: str, page: str = "overview", lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    """All that the page says outside of tables."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def school_with_activities(lake: str) -> str:
    """The code of the school with the most activities on record."""
    schools = tables.schools(engine_of(lake), view_of(lake, {}))
    ranked = schools.sort_values(["activities", "school_code"], ascending=[False, True])
    return str(ranked["school_code"].iloc[0])


def numbers(app: AppTest) -> dict[str, str]:
    """Numbers by label; the first where two carry the same, the cards stand before the rest."""
    return {metric.label: metric.value for metric in reversed(list(app.metric))}


def cells(app: AppTest) -> set[str]:
    """Every cell and index entry of every table and data frame."""
    found: set[str] = set()
    for element in [*app.table, *app.dataframe]:
        frame = element.value.reset_index()
        found |= {str(value) for column in frame for value in frame[column]}
    return found


# --- every page, language and lake ------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "lang"), spread([(page.name, lake) for page in PAGES for lake in LAKES], LANGS)
)
def test_every_page_opens_with_its_title_and_the_moment_of_its_data(open_page, where, lang):
    page, lake = where
    app = open_page(lake, page, lang)
    assert [title.value for title in app.title] == [
        PAGE_BY_NAME[page].title["en" if lang == "en" else "zh"]
    ]
    assert not app.error
    demo = "示例数据" if lang == "zh" else "Demonstration data"
    assert any(demo in warning.value for warning in app.warning) == (lake == "demo")
    assert len(app.warning) == (lake == "demo")
    snapshot = engine_of(lake).lake.snapshot().number
    stamp = f"第 {snapshot} 版" if lang == "zh" else f"snapshot {snapshot}"
    if lake == "empty":
        stamp = "尚未导入数据" if lang == "zh" else "No data have been loaded yet"
    assert stamp in words(app)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ANSWERING)
def test_an_empty_lake_is_explained(open_page, lang, page):
    app = open_page("empty", page, lang)
    assert len(app.info) == 1
    assert not app.metric
    assert not app.dataframe


def test_an_empty_overview_says_how_to_load_data(open_page):
    for lang in LANGS:
        app = open_page("empty", "overview", lang)
        assert ("高校" if lang == "zh" else "universities") in app.info[0].value
        (link,) = [link for link in app.get("page_link") if "table=" in link.proto.query_string]
        assert "table=universities" in link.proto.query_string


@pytest.mark.parametrize("lang", LANGS)
def test_an_overview_without_any_record_says_so_once(open_page, lang):
    app = open_page("real", "overview", lang, province="71", term="2023-1")
    assert len(app.info) == 1
    assert not app.metric
    assert [button.key for button in app.button if button.key == "clear_empty"]


# --- overview ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_the_overview_shows_the_figures_of_the_lake(open_page, lake, lang):
    app = open_page(lake, "overview", lang)
    expected = figures_of(lake, {})
    found = numbers(app)
    for name in ("pairings", "universities", "schools", "active_schools", "activities"):
        indicator = expected[name].indicator
        labels = [label for label in found if label.startswith(indicator.label[lang])]
        assert labels, f"no card for {name}"
        assert shown(expected[name].value) in {found[label] for label in labels}


def test_the_real_programme_is_21_of_115_pairings(open_page):
    expected = figures_of("real", {})
    assert (expected["pairings"].value, PAIRINGS_ANNOUNCED.value) == (21, 115)
    for lang, missing in (("zh", "其余 94"), ("en", "other 94")):
        said = words(open_page("real", "overview", lang))
        assert "21" in said
        assert "115" in said
        assert missing.split()[-1] in said


def test_no_announced_total_is_held_against_generated_or_filtered_records(open_page):
    for app in (open_page("demo"), open_page("real", province="53")):
        assert str(PAIRINGS_ANNOUNCED.value) not in words(app)
        assert not app.get("progress")


@pytest.mark.parametrize("lang", LANGS)
def test_filters_of_a_link_decide_the_numbers_and_the_sentence(open_page, lang):
    for lake in ("real", "demo"):
        app = open_page(lake, "overview", lang, **FILTERED)
        expected = figures_of(lake, FILTERED)
        found = numbers(app)
        for name in ("pairings", "activities", "active_schools"):
            label = next(k for k in found if k.startswith(expected[name].indicator.label[lang]))
            assert found[label] == shown(expected[name].value)
        buttons = [button.label for button in app.button]
        for part in sentence_of(lake, FILTERED, lang):
            assert part in buttons


def test_every_choice_of_the_map_has_its_own_numbers(open_page):
    for choice in ("pairings", "activities", "active_schools", "coverage"):
        for lake in ("real", "demo"):
            app = open_page(lake, map=choice)
            assert app.session_state["map_by"] == choice
            app = open_page(lake, map=choice, province="52")
            assert app.session_state["map_by"] == choice


def test_every_province_opens_on_the_overview(open_page, monkeypatch):
    """The Corps, Hong Kong, Macao and Taiwan too, which have no prefectures or no schools."""
    app = open_page("demo")
    for province in names_in("demo").divisions.provinces:
        app.query_params["province"] = province.code
        app.run()
        assert not app.exception, province.code
        assert not [w for w in app.warning if "province" in w.value], province.code


# --- schools ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_the_list_of_schools_has_every_paired_school(open_page, lake, lang):
    (listed,) = open_page(lake, "schools", lang).dataframe
    expected = tables.schools(engine_of(lake), view_of(lake, {}))
    assert len(listed.value) == len(expected) == (21 if lake == "real" else DEMO_SCHOOLS)
    links = list(listed.value.iloc[:, 0])
    for code, name, link in zip(expected["school_code"], expected["school"], links, strict=True):
        assert f"school={code}" in link
        assert link.endswith(f"#{name}")
        assert ("lang=en" in link) == (lang == "en")


def test_a_link_to_a_school_keeps_the_filters_of_the_list(open_page):
    (listed,) = open_page("demo", "schools", term="2024-1", kind="guidance").dataframe
    for link in listed.value.iloc[:, 0]:
        assert "term=2024-1" in link
        assert "kind=guidance" in link


def test_searching_the_list_finds_every_word_in_whatever_case(open_page):
    everything = open_page("real", "schools").dataframe[0].value
    found = open_page("real", "schools", q="北京大学").dataframe[0].value
    assert 0 < len(found) < len(everything)
    assert found.astype(str).agg(" ".join, axis=1).str.contains("北京大学").all()
    app = open_page("real", "schools", q="没有这样的学校")
    assert not app.dataframe
    assert "没有这样的学校" in app.info[0].value


# --- one school -------------------------------------------------------------------------------


def test_a_school_page_without_a_school_says_where_to_choose_one(open_page):
    for lake in LAKES:
        app = open_page(lake, "school")
        assert len(app.info) == 1
        assert "学校列表" in app.info[0].value
        assert not app.metric


def test_a_school_page_names_a_code_that_does_not_exist(open_page):
    for lang, reason in (("zh", "没有这个代码"), ("en", "there is no such code")):
        app = open_page("real", "school", lang, school="999999-99")
        (warning,) = app.warning
        assert "999999" in warning.value
        assert "school" in warning.value
        assert reason in warning.value
        assert len(app.info) == 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_a_school_page_shows_the_school_its_pairings_and_its_records(open_page, lake, lang):
    code = school_with_activities(lake)
    app = open_page(lake, "school", lang, school=code)
    assert app.title[0].value == names_in(lake).school(code)
    said = words(app)
    pairings = tables.pairings(engine_of(lake), view_of(lake, {"school": code}))
    for university in pairings["university_code"]:
        assert names_in(lake).university(university) in said
    done = tables.records(engine_of(lake), view_of(lake, {"school": code}), limit=10_000)
    assert max(len(frame.value) for frame in app.dataframe) == len(done) > 0
    for kind in MEASURES:
        assert kind.label[lang] in said


def test_every_real_pairing_is_shown_with_the_words_that_prove_it(open_page):
    app = open_page("real", "school")
    schools = names_in("real").schools
    assert len(schools) == 21
    for code in schools:
        app.query_params["school"] = code
        app.run()
        said = words(app).replace("\\", "")
        pairings = tables.pairings(engine_of("real"), view_of("real", {"school": code}))
        assert len(pairings) > 0
        for row in pairings.to_dict("records"):
            assert row["quote"]
            assert str(row["quote"]) in said
            assert str(row["source"]) in said


def test_a_pairing_of_a_school_is_shown_whatever_the_period(open_page):
    code = school_with_activities("real")
    app = open_page("real", "school", school=code, term="2001-1")
    pairing = tables.pairings(engine_of("real"), view_of("real", {"school": code}))
    assert names_in("real").university(pairing["university_code"].iloc[0]) in words(app)


# --- activities -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_the_activities_page_lists_every_record(open_page, lake, lang):
    app = open_page(lake, "activities", lang)
    count = 22 if lake == "real" else DEMO_ACTIVITIES
    assert max(len(frame.value) for frame in app.dataframe) == min(count, MOST_SHOWN)
    label = figures_of(lake, {})["activities"].indicator.label[lang]
    found = numbers(app)
    assert found[next(k for k in found if k.startswith(label))] == f"{count:,}"
    assert len(app.download_button) == 2


def test_filters_without_an_activity_offer_to_be_cleared(open_page):
    app = open_page("real", "activities", term="2001-1")
    assert len(app.info) == 1
    app.get_by_key("clear_empty").click().run()
    assert not app.info
    assert app.query_params == {}


# --- definitions ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_definitions_name_every_indicator_kind_table_and_column(open_page, lang):
    app = open_page("empty", "definitions", lang)
    found = cells(app)
    for indicator in INDICATORS:
        assert {indicator.label[lang], indicator.definition[lang], indicator.id} <= found
    for kind in KINDS:
        assert {kind.label[lang], kind.code} <= found
    for table in TABLES.values():
        assert any(table.name in expander.label for expander in app.expander)
        for column in table.columns:
            assert {column.label[lang], column.meaning[lang]} <= found, column.name
    assert PAIRINGS.column("quote").label[lang] in found


# --- links that are wrong ---------------------------------------------------------------------

WRONG = [
    ({"province": "99"}, ["province", "99"]),
    ({"province": "云南"}, ["province", "云南"]),
    ({"prefecture": "5399"}, ["prefecture", "5399"]),
    ({"county": "530000"}, ["county", "530000"]),
    ({"province": "11", "prefecture": "5301"}, ["prefecture", "5301"]),
    ({"province": "11", "county": "530102"}, ["county", "530102"]),
    ({"school": "no such"}, ["school", "no such"]),
    ({"scheme": "ministry,dance"}, ["scheme", "dance"]),
    ({"university": "00000"}, ["university", "00000"]),
    ({"term": "2024-3"}, ["term", "2024"]),
    ({"term": "1999-1"}, ["term", "1999"]),
    ({"from_": "2024-13-01"}, ["from", "2024"]),
    ({"from_": "0001-01-01"}, ["from", "0001"]),
    ({"to": "tomorrow"}, ["to", "tomorrow"]),
    ({"from_": "2024-05-01", "to": "2024-04-01"}, ["to", "2024"]),
    ({"term": "2024-1", "from_": "2024-10-01"}, ["from", "2024"]),
    ({"kind": "guidance,dance"}, ["kind", "dance"]),
    ({"map": "weather"}, ["map", "weather"]),
]


@pytest.mark.parametrize(("wrong", "lang"), spread(WRONG, LANGS), ids=str)
def test_what_a_link_has_wrong_is_named_and_ignored(open_page, wrong, lang):
    params, named = wrong
    app = open_page("real", "overview", lang, **params)
    assert len(app.warning) == 1
    for word in named:
        assert word in app.warning[0].value


@pytest.mark.parametrize("page", [spec.name for spec in PAGES])
def test_every_page_names_all_that_a_link_has_wrong(open_page, page):
    wrong = {
        "province": "99", "school": "nowhere", "scheme": "nothing", "university": "nobody",
        "term": "never", "kind": "nonsense",
    }  # fmt: skip
    said = [warning.value for warning in open_page("demo", page, **wrong).warning]
    assert len(said) == len(wrong) + 1, "one for each, and the banner of the demonstration data"
    for name, value in wrong.items():
        assert any(name in text and value in text for text in said), name


@pytest.mark.parametrize("page", [spec.name for spec in PAGES])
def test_no_value_of_a_link_breaks_a_page_or_gets_into_its_markup(open_page, page):
    hostile = "**x** <script>alert(1)</script> [a](http://b.example) :red[c] $d$ ' OR 1=1 --"
    names = ("province", "school", "university", "term", "kind", "q", "map", "lang", "other")
    app = open_page("real", page, **dict.fromkeys(names, hostile))
    for warning in app.warning:
        assert "<script>" not in warning.value
        assert "**x**" not in warning.value.split(" = ", 1)[-1]


def test_a_value_as_long_as_a_book_is_cut_in_the_message(open_page):
    (warning,) = open_page("real", university="9" * 10_000).warning
    assert len(warning.value) < 400


# --- the widgets and the link are the same ----------------------------------------------------

WIDGETS = {
    "f_province": ("53", {"province": "53"}),
    "f_university": (None, {"university": None}),
    "f_kind": (["guidance", "camp"], {"kind": "guidance,camp"}),
    "f_scheme": (["team"], {"scheme": "team"}),
    "f_period": ("2024-1", {"term": "2024-1"}),
}


@pytest.mark.parametrize(("page", "key"), spread(ANSWERING, list(WIDGETS)))
def test_a_widget_writes_its_stable_code_into_the_link_and_reads_it_back(open_page, page, key):
    value, params = WIDGETS[key]
    if value is None:
        value = next(iter(names_in("demo").universities))
        params = dict.fromkeys(params, value)
    app = open_page("demo", page)
    app.get_by_key(key).set_value(value).run()
    assert not app.exception
    assert app.query_params == params
    again = open_page("demo", page, **params)
    assert again.get_by_key(key).value == value
    assert not [w for w in again.warning if "=" in w.value]


def test_choosing_a_county_goes_down_level_by_level_and_up_again(open_page):
    app = open_page("real")
    app.get_by_key("f_province").set_value("53").run()
    app.get_by_key("f_prefecture").set_value("5301").run()
    assert app.query_params == {"prefecture": "5301"}
    app.get_by_key("f_county").set_value("530129").run()
    assert app.query_params == {"county": "530129"}
    app.get_by_key("f_prefecture").set_value("").run()
    assert app.query_params == {"province": "53"}
    app.get_by_key("f_province").set_value("").run()
    assert app.query_params == {}


def test_choosing_dates_opens_them_on_a_year_that_has_records(open_page):
    app = open_page("real")
    app.get_by_key("f_period").set_value("dates").run()
    params = dict(app.query_params)
    assert set(params) == {"from", "to"}
    assert figures_of("real", params)["activities"].value
    app.get_by_key("f_period").set_value("").run()
    assert app.query_params == {}


def test_the_language_switch_keeps_everything_else(open_page):
    for page in ("overview", "schools", "activities"):
        app = open_page("real", page, **FILTERED, map="activities", q="一中")
        app.get_by_key("language").click().run()
        assert app.query_params == {**FILTERED, "map": "activities", "q": "一中", "lang": "en"}
        assert app.title[0].value == PAGE_BY_NAME[page].title.en
        app.get_by_key("language").click().run()
        assert app.query_params == {**FILTERED, "map": "activities", "q": "一中"}
        assert app.title[0].value == PAGE_BY_NAME[page].title.zh


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "没有“nosuchpage”这个页面"), ("en", "no page “nosuchpage”")]
)
def test_a_page_that_there_is_none_of_is_named_and_the_filters_stay(open_page, lang, words):
    app = open_page("empty", lang=lang, province="53", missing="nosuchpage")
    assert any(words in warning.value for warning in app.warning)
    assert app.query_params["province"] == "53"


@pytest.mark.parametrize("page", ["overview", "activities", "coverage", "pairings"])
def test_no_chart_is_checked_anew_for_each_reader(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    def checked(_figure: PlainFigure) -> None:
        raise AssertionError("Plotly's checked figure is slow, and not made for many threads")

    monkeypatch.setattr(PlainFigure, "full", checked)
    assert charts_of(open_page("demo", page, province="53"))


def test_a_widget_is_told_its_value_only_where_it_is_another(open_page: Open) -> None:
    app = open_page("demo", "overview", province="53", kind="camp")
    told = {key: app.get_by_key(key).proto.set_value for key in ("f_province", "f_kind")}
    assert told == {"f_province": True, "f_kind": True}
    app.query_params["province"] = "52"
    app.run()
    assert app.get_by_key("f_province").value == "52"
    assert app.get_by_key("f_province").proto.set_value
    others = ("f_kind", "f_scheme", "f_university", "f_period")
    for key in others:
        assert not app.get_by_key(key).proto.set_value, key
    # The browser knows an option by its words, which are others now.
    app.query_params["lang"] = "en"
    app.run()
    for key in ("f_province", *others):
        assert app.get_by_key(key).proto.set_value, key
