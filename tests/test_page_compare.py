"""Two sides of a comparison, and the page that shows them, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS, engine_of, figures_of, lake_of, names_in, view_of
from tests.opening import page_to_run
from tests.spread import spread
from xianzhong.brief.figures import shown
from xianzhong.model.terms import Term
from xianzhong.query import tables
from xianzhong.query.compare import Sides, chosen_way, code_of, with_code
from xianzhong.query.filters import Filters
from xianzhong.ui.compare.table import indicators_for

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A function that opens a page of a lake, in a language, with the parameters of a link."""

    def opened(lake: str, lang: str = "zh", page: str = "compare", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind)).replace("\\", "")


def two_universities(lake: str) -> tuple[str, str]:
    frame = tables.universities(engine_of(lake), view_of(lake, {}), limit=2)
    first, second = (str(code) for code in frame["code"])
    return first, second


# --- sides ------------------------------------------------------------------------------------

WHOLE = Filters(
    province="53", prefecture="5306", county="530622", school="A1", university="U1",
    term=Term(2023, 1), kind=("lab",),
)  # fmt: skip


def test_a_side_is_the_filters_with_one_thing_replaced() -> None:
    place = with_code(WHOLE, "province", "52")
    assert (place.province, place.prefecture, place.county, place.school) == ("52", "", "", "")
    assert (place.university, place.term, place.kind) == ("U1", Term(2023, 1), ("lab",))
    who = with_code(WHOLE, "university", "U2")
    assert (who.university, who.school, who.county) == ("U2", "", "530622")
    when = with_code(Filters(province="53"), "term", "2022-2")
    assert (when.term, when.province) == (Term(2022, 2), "53")
    for by in ("province", "university", "term"):
        assert code_of(with_code(WHOLE, by, ""), by) == ""
        assert code_of(WHOLE, by) == {"province": "53", "university": "U1", "term": "2023-1"}[by]
    assert Sides("term", "a", "b").swapped == Sides("term", "b", "a")


def test_a_view_is_about_its_province_then_its_university_then_its_term() -> None:
    assert chosen_way(WHOLE) == "province"
    assert chosen_way(Filters(university="U1", term=Term(2023, 1))) == "university"
    assert chosen_way(Filters(term=Term(2023, 1))) == "term"
    assert chosen_way(Filters(kind=("lab",))) == ""


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_without_data_the_page_says_so(open_page: Open, lang: str) -> None:
    app = open_page("empty", lang)
    assert len(app.info) == 1
    assert not app.table
    assert not [box for box in app.selectbox if str(box.key).startswith("compare_")]


@pytest.mark.parametrize(
    ("by", "where"),
    spread(
        ["province", "term", "university"],
        [("demo", "zh"), ("real", "en"), ("demo", "en"), ("real", "zh")],
    ),
)
def test_both_sides_have_their_own_figures(
    open_page: Open, by: str, where: tuple[str, str]
) -> None:
    lake, lang = where
    first, second = {
        "province": ("53", "15"), "term": ("2022-1", "2022-2"),
        "university": two_universities(lake),
    }[by]  # fmt: skip
    app = open_page(lake, lang, by=by, with_=second, **{by: first})
    (table,) = app.table
    rows = table.value
    ids = indicators_for(by)
    assert len(rows) == len(ids)
    for place, code in ((2, first), (3, second)):
        expected = figures_of(lake, {by: code})
        for name, text in zip(ids, rows.iloc[:, place], strict=True):
            value = expected[name].value
            nothing = "未找到来源" if lang == "zh" else "no source found"
            assert str(text).startswith(shown(value) if value is not None else nothing), name
    known = dict(zip(ids, rows.iloc[:, 4], strict=True))
    one, two = (figures_of(lake, {by: code})["activities"].value for code in (first, second))
    assert known["activities"] == (f"{one - two:+,}" if one != two else "0")  # type: ignore[operator]
    naming = {
        "province": lambda code: engine_of(lake).divisions.label(code, lang),
        "term": lambda code: Term.parse(code).label("en" if lang == "en" else "zh"),
        "university": names_in(lake).university,
    }[by]
    names = [naming(code) for code in (first, second)]
    assert [f"A {names[0]}", f"B {names[1]}"] == list(rows.columns[2:4])
    assert len(app.download_button) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_a_side_with_nothing_on_record_is_named(open_page: Open, lang: str) -> None:
    app = open_page("real", lang, by="province", province="53", with_="71")
    (note,) = app.info
    assert engine_of("real").divisions.label("71", "en" if lang == "en" else "zh") in note.value


def test_without_both_sides_the_page_asks_for_them(open_page: Open) -> None:
    for params in ({}, {"province": "53"}, {"by": "term"}, {"with_": "52"}):
        app = open_page("real", **params)
        assert len(app.info) == 1
        assert not app.table
        assert {"compare_a", "compare_b"} <= {box.key for box in app.selectbox}


def test_choosing_and_swapping_write_the_link(open_page: Open) -> None:
    app = open_page("demo", province="53")
    app.selectbox(key="compare_b").select("52").run()
    assert app.query_params["with"] == "52"
    assert app.query_params["by"] == "province"
    before = app.table[0].value
    app.button(key="compare_swap").click().run()
    assert (app.query_params["province"], app.query_params["with"]) == ("52", "53")
    after = app.table[0].value
    assert before.iloc[:, 2].tolist() == after.iloc[:, 3].tolist()
    app.selectbox(key="compare_a").select("53").run()
    # The same on both sides is no comparison: the other is asked for anew.
    assert "with" not in app.query_params
    assert not app.table


@pytest.mark.parametrize(
    "params",
    [
        {"by": "county"},
        {"by": "province", "province": "53", "with_": "99"},
        {"by": "province", "province": "53", "with_": "53"},
        {"by": "term", "term": "2022-1", "with_": "2022-3"},
        {"by": "university", "with_": "nobody"},
    ],
)
def test_what_there_is_not_is_named_and_left_out(open_page: Open, params: dict[str, str]) -> None:
    app = open_page("real", **params)
    wrong = params.get("with_", params["by"])
    assert any(wrong in warning.value.replace("\\", "") for warning in app.warning)
    assert not app.table


def test_the_other_filters_act_on_both_sides(open_page: Open) -> None:
    app = open_page("demo", by="province", province="53", with_="52", kind="lab")
    ids = indicators_for("province")
    row = app.table[0].value.iloc[ids.index("activities")]
    for place, code in ((2, "53"), (3, "52")):
        expected = figures_of("demo", {"province": code, "kind": "lab"})["activities"]
        assert row.iloc[place] == shown(expected.value)
    county = open_page("demo", by="province", county="530622", with_="52")
    assert "市（州）、县和学校条件在本页不使用" in words(county)
    assert county.table[0].value.iloc[0, 2] == open_page(
        "demo", by="province", province="53", with_="52").table[0].value.iloc[0, 2]  # fmt: skip


# --- the way there ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "by"),
    [
        ({"province": "53", "term": "2022-1"}, "province"),
        ({"term": "2022-1"}, "term"),
        ({"university": "10718", "term": "2022-1"}, "university"),
        ({"kind": "lab"}, ""),
        ({}, ""),
    ],
)
def test_a_quiet_link_leads_here_from_what_is_chosen(
    open_page: Open, params: dict[str, str], by: str
) -> None:
    app = open_page("real", page="activities", **params)
    found = [e.proto for e in app.main.get("page_link") if e.proto.page == "compare"]
    if not by:
        assert not found
        return
    (link,) = found
    query = {name: values[0] for name, values in parse_qs(link.query_string).items()}
    assert query == params | {"by": by}
