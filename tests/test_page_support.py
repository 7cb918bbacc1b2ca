"""The pages on county support and on coverage, in both languages, over every lake."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LAKES, LANGS, engine_of, figures_of, lake_of, view_of
from tests.opening import page_to_run
from tests.spread import spread
from xianzhong.brief.figures import shown
from xianzhong.charts.bullets import Bullet, goal_rows, promise_columns, promise_rows
from xianzhong.charts.classes import MISSING, ZERO, Palette, classes_of
from xianzhong.charts.style import LOUD
from xianzhong.model.labels import Label
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import SUPPORT, TABLES
from xianzhong.query.county_support import support_by_category, weak_county_list
from xianzhong.ui.coverage import NUMBERS as WEAK
from xianzhong.ui.support import NUMBERS

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(lake: str, page: str, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def expect_cards(app: AppTest, lake: str, lang: str, names: tuple[str, ...], **link: str) -> None:
    found = figures_of(lake, link)
    values = {metric.label: metric.value for metric in app.metric}
    for name in names:
        label = found[name].indicator.label[lang]
        (card,) = [key for key in values if key in (label, f"{label}（{_unit(found[name])}）")]
        assert values[card] == shown(found[name].value), name


def _unit(figure: object) -> str:
    return str(figure.indicator.unit.zh)  # type: ignore[attr-defined]


# County support


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["empty", "real"])
def test_without_support_on_record_the_page_says_how_to_upload_it(open_page, lake, lang):
    app = open_page(lake, "support", lang)
    assert len(app.info) == 1
    assert not app.metric
    assert not app.dataframe
    (link,) = [e for e in app.get("page_link") if f"“{SUPPORT.label[lang]}”" in e.proto.label]
    assert "table=support" in link.proto.query_string


@pytest.mark.parametrize(
    ("link", "lang"),
    spread([{}, {"province": "13"}, {"term": "2024-2", "scheme": "team"}], LANGS),
)
def test_the_cards_of_support_are_the_figures_of_the_link(open_page, lang, link):
    app = open_page("demo", "support", lang, **link)
    expect_cards(app, "demo", lang, NUMBERS, **link)
    flagged = figures_of("demo", link)["brand_fee_records"].value
    assert ("⚠" in words(app)) == bool(flagged)


def test_the_demo_lake_has_a_brand_fee_and_its_schools_are_linked(open_page):
    app = open_page("demo", "support")
    assert figures_of("demo", {})["brand_fee_records"].value
    listed = next(t.value for t in app.table if "受援县中" in t.value.columns)
    assert all("(school?school=" in cell for cell in listed["受援县中"])


def test_the_table_of_categories_sums_the_duty_and_leaves_the_fees_apart(open_page):
    frame = support_by_category(engine_of("demo"), view_of("demo", {}))
    duty = frame[frame["category"].isin(["building", "expenses", "conditions", "policy"])]
    year = int(duty["year"].max())
    wanted = duty[duty["year"] == year]["promised"].sum()
    app = open_page("demo", "support", cells="promised")
    table = next(t.value for t in app.table if "四类合计" in t.value.index)
    assert table.loc["四类合计", str(year)] == f"{wanted:,.1f}"
    assert table.index.tolist().index("管理费") > table.index.tolist().index("四类合计")


def test_each_choice_of_the_map_and_of_the_table_opens_and_others_are_named(open_page):
    for name in ("share", "promised", "delivered"):
        app = open_page("demo", "support", map=name, cells=name, province="53")
        assert len(app.warning) == 1
        assert app.session_state["map_by"] == app.session_state["support_cells"] == name
    wrong = [w.value for w in open_page("demo", "support", map="x1", cells="x2").warning]
    assert sum("x1" in text for text in wrong) == sum("x2" in text for text in wrong) == 1


def test_filters_that_leave_no_support_offer_to_be_cleared(open_page):
    app = open_page("demo", "support", term="2001-1")
    assert len(app.info) == 1
    app.get_by_key("clear_empty").click().run()
    assert app.metric


def test_the_page_says_how_period_and_kind_act_on_support(open_page):
    said = words(open_page("demo", "support", term="2024-1", kind="camp"))
    assert "2024–2025" in said
    assert "活动类型" in said


# Coverage


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_list_the_page_says_how_to_upload_one(open_page, lang):
    app = open_page("empty", "coverage", lang)
    assert len(app.info) == 1
    assert not app.metric
    (link,) = [
        e for e in app.get("page_link") if TABLES["weak_counties"].label[lang] in e.proto.label
    ]
    assert "table=weak_counties" in link.proto.query_string


@pytest.mark.parametrize(
    ("link", "where"),
    spread(
        [{}, {"prefecture": "5306"}, {"scheme": "team,ministry"}],
        [("real", "zh"), ("demo", "zh"), ("real", "en"), ("demo", "en")],
    ),
)
def test_the_cards_and_the_list_are_those_of_the_link(open_page, link, where):
    lake, lang = where
    app = open_page(lake, "coverage", lang, **link)
    expect_cards(app, lake, lang, WEAK, **link)
    frame = weak_county_list(engine_of(lake), view_of(lake, link))
    (listed,) = app.dataframe
    assert len(listed.value) == (frame["schemes"] == "").sum()
    everything = open_page(lake, "coverage", lang, list="all", **link)
    assert len(everything.dataframe[0].value) == len(frame)


def test_schemes_without_records_are_named_so_that_a_gap_is_not_read_as_neglect(open_page):
    said = words(open_page("real", "coverage"))
    for scheme in SCHEMES:
        assert (f"{scheme.label.zh}、" in said or f"{scheme.label.zh}尚无" in said) == (
            scheme.code != "ministry"
        )
    assert "尚无在册结对记录" not in words(open_page("demo", "coverage"))


def test_a_county_in_two_schemes_counts_once(open_page):
    frame = weak_county_list(engine_of("demo"), view_of("demo", {}))
    covered = frame[frame["schemes"] != ""]
    counted = [len(codes.split(",")) for codes in covered["schemes"]]
    assert sum(counted) > len(covered)
    said = words(open_page("demo", "coverage"))
    assert f"四类合计 {sum(counted)} 个" in said
    assert f"**{sum(n > 1 for n in counted)}** 个县由两类及以上覆盖" in said
    assert f"去重后已覆盖 **{len(covered)}** 个县" in said
    app = open_page("demo", "coverage")
    combined = next(t.value for t in app.table if "组团式帮扶" in t.value.columns)
    assert combined["薄弱县"].astype(int).sum() == len(covered)


def test_the_default_list_is_named_as_such(open_page):
    for lake in ("real", "demo"):
        assert "当前使用默认名单" in words(open_page(lake, "coverage", province="53"))


def test_a_place_without_weak_counties_is_explained(open_page):
    app = open_page("real", "coverage", province="31")
    assert len(app.info) == 1
    assert not app.metric


def test_each_choice_of_coverage_opens_and_others_are_named(open_page):
    for link in ({"map": "share"}, {"map": "share", "province": "53"}, {"list": "covered"}):
        assert not open_page("real", "coverage", **link).warning
    (wrong,) = open_page("real", "coverage", list="x3").warning
    assert "x3" in wrong.value


@pytest.mark.parametrize("page", ["support", "coverage"])
def test_every_province_opens(open_page, page):
    app = open_page("demo", page)
    provinces = engine_of("demo").divisions.provinces
    grid = spread(provinces, ["support", "coverage"])
    for province in (one for one, opened in grid if opened == page):
        app.query_params["province"] = province.code
        app.run()
        assert not app.exception, province.code


def test_every_lake_is_among_those_of_these_tests():
    assert set(LAKES) == {"empty", "real", "demo"}


# The charts


BULLETS = [
    Bullet("<甲>", "a", goal=10, reached=6, unknown=4, note="60%"),
    Bullet("乙", "b", goal=5, reached=5),
]


def test_a_promise_without_a_delivery_on_record_stands_on_top_of_the_others():
    rows = promise_rows(BULLETS, words=("承诺", "落实", "未填"), unit="万元")
    goal, reached, unknown = rows.data
    assert list(goal.x) == [10, 5]
    assert list(reached.x) == [6, 5]
    assert (list(unknown.x), list(unknown.base)) == ([4, 0], [10, 5])
    columns = promise_columns(BULLETS, words=("承诺", "落实", "未填"), unit="万元", chosen=["b"])
    assert list(columns.data[0].customdata) == ["a", "b"]
    assert len(set(columns.data[1].marker.color)) == 2
    texts = [note.text for note in columns.layout.annotations]
    assert "60%" in texts
    assert "<甲>" not in "".join([*columns.layout.xaxis.ticktext, *texts])


def test_what_is_missing_to_the_goal_is_loud_and_both_parts_make_the_whole():
    done, missing = goal_rows(BULLETS, reached="已", missing="未", unit="个").data
    assert [a + b for a, b in zip(done.x, missing.x, strict=True)] == [100, 100]
    assert missing.marker.color == LOUD != done.marker.color
    assert goal_rows([], reached="已", missing="未", unit="个").data[0].x == ()


def test_a_palette_has_its_own_colours_and_words():
    palette = Palette(("#000001",), "#000002", "#000003", ((ZERO, Label("无", "none")),))
    classes = classes_of([0, 1, None], palette=palette)
    assert [classes.color(classes.of(v)) for v in (1, 0, None)] == ["#000001", "#000002", "#000003"]
    assert classes.label(ZERO, "zh") == "无"
    assert classes.label(MISSING, "en") == "No record"
    assert classes.is_dark(0)
