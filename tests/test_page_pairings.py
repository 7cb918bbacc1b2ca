"""The page of pairings and agreements, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS, engine_of, figures_of, lake_of, view_of
from tests.opening import page_to_run
from xianzhong.brief.figures import shown
from xianzhong.model.pairing_states import STATES
from xianzhong.query.pairings import by_state, ends_by_term, pairing_list
from xianzhong.ui.pairings.choice import ROWS
from xianzhong.ui.pairings.headline import HEADLINE, READY

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A function that opens the page of a lake, in a language, with the parameters of a link."""

    def opened(lake: str, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(lake_of(lake)))
        app = page_to_run("pairings", lang, **params).run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind)).replace("\\", "")


def links(app: AppTest) -> list[str]:
    return [element.proto.query_string for element in app.main.get("page_link")]


def listed(app: AppTest) -> int:
    """How many records the table at the end has."""
    (table,) = app.dataframe
    return len(table.value)


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_pairing_the_page_says_what_it_would_show(open_page: Open, lang: str) -> None:
    app = open_page("empty", lang)
    assert len(app.info) == 1
    assert not app.metric
    assert any("table=pairings" in query for query in links(app))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("lake", "params"), [("real", {}), ("demo", {}), ("demo", {"province": "53"})]
)
def test_the_cards_are_the_figures(
    open_page: Open, lake: str, params: dict[str, str], lang: str
) -> None:
    app = open_page(lake, lang, **params)
    expected = figures_of(lake, params)
    values = [metric.value for metric in app.metric]
    assert values == [shown(expected[name].value) for name in (*HEADLINE, *READY)]
    assert listed(app) == expected["pairings"].value
    assert len(app.download_button) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_the_real_agreements_are_past_their_end_and_that_is_no_fault(
    open_page: Open, lang: str
) -> None:
    said = words(open_page("real", lang))
    assert by_state(engine_of("real"), view_of("real", {})) == {"ended": 21}
    for calm in (
        ("不等于没有续签", "未找到来源不等于“没有”") if lang == "zh"
        else ("no source was found, not that nothing was signed", "That is not a “no”")
    ):  # fmt: skip
        assert calm in said
    assert any("table=pairings" in query for query in links(open_page("real", lang)))


def test_a_state_and_a_term_of_the_end_narrow_the_list_and_can_be_taken_away(
    open_page: Open,
) -> None:
    engine, view = engine_of("demo"), view_of("demo", {})
    counts = by_state(engine, view)
    assert counts["ending"] > 0
    app = open_page("demo", state="ending")
    assert listed(app) == counts["ending"]
    # The cards stay those of the filters.
    assert app.metric[0].value == shown(sum(counts.values()))
    term, count = max(ends_by_term(engine, view), key=lambda pair: pair[1])
    app = open_page("demo", ends=term.code)
    assert listed(app) == count > 0
    app.button(key="remove_ends").click().run()
    assert listed(app) == sum(counts.values())
    assert "ends" not in app.query_params


@pytest.mark.parametrize(
    ("name", "value"), [("state", "renewed"), ("ends", "2024"), ("page", "999"), ("page", "-1")]
)
def test_a_value_that_there_is_not_is_named_and_left_out(
    open_page: Open, name: str, value: str
) -> None:
    app = open_page("demo", **{name: value})
    assert any(name in w.value and value in w.value.replace("\\", "") for w in app.warning)
    assert listed(app) == figures_of("demo", {})["pairings"].value


def test_the_list_is_paged_and_searched(open_page: Open) -> None:
    frame = pairing_list(engine_of("demo"), view_of("demo", {}))
    assert len(frame) > ROWS
    everything = open_page("demo")
    found = open_page("demo", q="组团式")
    assert 0 < listed(found) == (frame["scheme"] == "team").sum() < listed(everything)
    nothing = open_page("demo", q="没有这样的学校")
    assert not nothing.dataframe
    assert len(nothing.info) == 1


def test_the_kind_is_said_not_to_act(open_page: Open) -> None:
    assert "活动类型筛选对本页不起作用" in words(open_page("demo", kind="lab"))
    assert "活动类型筛选对本页不起作用" not in words(open_page("demo"))


def test_few_universities_are_drawn_with_their_schools_and_many_by_scheme(open_page: Open) -> None:
    assert "高校 → 省份 → 县中" in words(open_page("real"))
    assert "帮扶类型 → 省份" in words(open_page("demo"))


def test_the_states_have_words_in_both_languages() -> None:
    assert all(label.zh and label.en for label in STATES.values())
