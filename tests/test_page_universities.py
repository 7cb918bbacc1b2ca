"""The list of universities and a university's page, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LAKES, LANGS, engine_of, figures_of, lake_of, names_in, view_of
from tests.opening import page_to_run
from xianzhong.brief.figures import shown
from xianzhong.model.tables import UNIVERSITIES
from xianzhong.model.tables.activities import EXTENSIONS
from xianzhong.query import tables
from xianzhong.query.universities import extensions, pairing_schools, university_list
from xianzhong.ui.navigation import PAGE_BY_NAME
from xianzhong.ui.university import MOST_RECORDS, NUMBERS

Open = Callable[..., AppTest]
PAGES = ("universities", "university")


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A function that opens a page of a lake, in a language, with the parameters of a link."""

    def opened(lake: str, page: str, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind)).replace("\\", "")


def most_active(lake: str) -> str:
    frame = tables.universities(engine_of(lake), view_of(lake, {}), limit=1)
    return str(frame["code"].iloc[0])


def links(app: AppTest) -> list[tuple[str, str, str]]:
    """Label, page and query of every link outside the menu."""
    found = [element.proto for element in app.main.get("page_link")]
    return [(link.label, link.page, link.query_string) for link in found]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_lake_is_explained_once(open_page: Open, lang: str, page: str) -> None:
    app = open_page("empty", page, lang)
    assert len(app.info) == 1
    assert not app.metric
    assert not app.dataframe
    if page == "universities":
        assert any("table=universities" in query for _, _, query in links(app))


# --- the list ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_the_list_has_every_university_and_opens_its_page(
    open_page: Open, lake: str, lang: str
) -> None:
    app = open_page(lake, "universities", lang, term="2022-1")
    (listed,) = app.dataframe
    expected = university_list(engine_of(lake), view_of(lake, {"term": "2022-1"}))
    paths = list(listed.value.iloc[:, 0])
    assert len(paths) == len(expected) > 0
    for code, name, path in zip(expected["university_code"], expected["name"], paths, strict=True):
        assert f"university?university={code}&term=2022-1" in path
        assert path.endswith(f"#{name}")
        assert ("lang=en" in path) == (lang == "en")
    assert len(app.download_button) == 2


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_the_cards_count_the_universities_and_say_how_many_are_not_recorded(
    open_page: Open, lake: str, lang: str
) -> None:
    app = open_page(lake, "universities", lang)
    expected = figures_of(lake, {})
    values = [metric.value for metric in app.metric]
    ids = ("universities", "universities_leading_group", "universities_incentives",
           "universities_affiliated")  # fmt: skip
    assert values == [shown(expected[name].value) for name in ids]
    group, said = expected["universities_leading_group"], words(app)
    if lake == "real":
        assert (group.known, group.total) == (0, 15)
        assert "未找到来源" in said or "no source found" in said
        assert any("table=universities" in query for _, _, query in links(app))
    else:
        assert 0 < group.known < group.total
        assert f"{group.total - group.known:,}" in said
        assert f"{group.yes:,}" in said


def test_readiness_in_the_list_tells_yes_from_no_from_nothing_found(open_page: Open) -> None:
    (listed,) = open_page("demo", "universities").dataframe
    frame = university_list(engine_of("demo"), view_of("demo", {}))
    for name in ("has_leading_group", "has_incentives"):
        marks = listed.value[UNIVERSITIES.column(name).label.zh].tolist()
        assert set(marks) == {"✓ 有", "— 无", "未找到来源"}
        for value, mark in zip(frame[name].astype(object), marks, strict=True):
            wanted = {True: "✓ 有", False: "— 无"}.get(value, "未找到来源")
            assert mark == wanted


def test_searching_the_list_finds_schemes_and_provinces_too(open_page: Open) -> None:
    everything = open_page("demo", "universities").dataframe[0].value
    for word in ("组团式", "河南"):
        found = open_page("demo", "universities", q=word).dataframe[0].value
        assert 0 < len(found) < len(everything)
    app = open_page("demo", "universities", q="没有这样的大学")
    assert not app.dataframe
    assert "没有这样的大学" in app.info[0].value


def test_the_page_says_on_what_a_filter_does_not_act(open_page: Open) -> None:
    plain = words(open_page("demo", "universities"))
    filtered = words(open_page("demo", "universities", kind="lab", term="2023-1"))
    for note in ("结对和保障情况不分活动类型", "按目前记录统计"):
        assert note in filtered
        assert note not in plain


# --- one university ---------------------------------------------------------------------------


def test_a_page_without_a_university_says_where_to_choose_one(open_page: Open) -> None:
    for lake in LAKES:
        app = open_page(lake, "university")
        assert [title.value for title in app.title] == [PAGE_BY_NAME["university"].title.zh]
        assert "高校列表" in app.info[0].value
        assert any(page == "universities" for _, page, _ in links(app))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_the_page_shows_the_university_its_schools_and_its_records(
    open_page: Open, lake: str, lang: str
) -> None:
    code = most_active(lake)
    view = view_of(lake, {"university": code})
    app = open_page(lake, "university", lang, university=code)
    assert app.title[0].value == names_in(lake).university(code)
    expected = figures_of(lake, {"university": code})
    values = [metric.value for metric in app.metric][: len(NUMBERS)]
    assert values == [shown(expected[name].value) for name in NUMBERS]
    schools = pairing_schools(engine_of(lake), view)
    (table,) = app.table
    cells = "".join(map(str, table.value.to_numpy().flatten())).replace("\\", "")
    for school_code, name in zip(schools["school_code"], schools["school"], strict=True):
        assert f"school?school={school_code}&university={code}" in cells
        assert name in cells
    done = tables.records(engine_of(lake), view, limit=10_000)
    assert max(len(f.value) for f in app.dataframe) == min(len(done), MOST_RECORDS) > 0
    assert len(app.download_button) == 4


def test_the_page_compares_a_term_with_its_own_term_before(open_page: Open) -> None:
    code = most_active("demo")
    params = {"university": code, "term": "2025-1"}
    app = open_page("demo", "university", **params)
    figure = figures_of("demo", params)["activities"]
    card = next(m for m in app.metric if m.label.startswith(figure.indicator.label.zh))
    assert figure.previous
    assert card.delta.startswith(f"{figure.value - figure.previous:+,} ")  # type: ignore[operator]


def test_pairings_stay_in_a_period_without_any(open_page: Open) -> None:
    code = most_active("real")
    app = open_page("real", "university", university=code, term="2001-1")
    expected = pairing_schools(engine_of("real"), view_of("real", {"university": code}))
    (table,) = app.table
    assert len(table.value) == len(expected) > 0


@pytest.mark.parametrize("lang", LANGS)
def test_reach_beyond_the_school_is_counted_or_explained(open_page: Open, lang: str) -> None:
    code = most_active("demo")
    found = extensions(engine_of("demo"), view_of("demo", {"university": code}))
    said = words(open_page("demo", "university", lang, university=code))
    ways = "类中**已有 {} 类**" if lang == "zh" else "**{} of"
    assert ways.format(len(found)) in said
    app = open_page("real", "university", lang, university=most_active("real"))
    for choice in EXTENSIONS:
        assert choice.label[lang] in words(app)
    assert any("table=activities" in query for _, _, query in links(app))


def test_the_links_of_the_page_keep_the_filters(open_page: Open) -> None:
    code = most_active("demo")
    app = open_page("demo", "university", "en", university=code, term="2025-1", kind="lab")
    to = {page: query for _, page, query in links(app)}
    assert "by=university" in to["compare"]
    assert f"university={code}" in to["compare"]
    assert "university" not in to["universities"]
    for page in ("compare", "universities"):
        for part in ("term=2025-1", "kind=lab", "lang=en"):
            assert part in to[page], page


def test_a_code_that_does_not_exist_is_named(open_page: Open) -> None:
    app = open_page("real", "university", university="99999")
    (warning,) = app.warning
    assert "99999" in warning.value
    assert len(app.info) == 1


def test_a_schools_page_leads_to_its_university(open_page: Open) -> None:
    frame = pairing_schools(engine_of("real"), view_of("real", {}))
    school, university = frame["school_code"].iloc[0], frame["university_code"].iloc[0]
    said = words(open_page("real", "school", school=school, kind="signing"))
    name = names_in("real").university(university)
    assert f"[{name}](university?university={university}&kind=signing)" in said
