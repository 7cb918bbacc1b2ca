"""The page of what needs attention, and the number in the menu, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS, engine_of, lake_of, view_of
from tests.opening import menu_of, page_to_run, press
from tests.small_lake import A2, U1, U4, build, put, university
from tests.test_alerts import fill
from xianzhong.lake.store import Lake
from xianzhong.model.alerts import ALERT_RULES, LONGEST_ASIDE
from xianzhong.query.alerts import alerts, by_rule, open_alerts
from xianzhong.ui import attention_list
from xianzhong.ui.attention_aside import _today

Open = Callable[..., AppTest]


@pytest.fixture
def small(tmp_path: Path) -> Lake:
    """The small lake with records of every rule, judged today: one to write to."""
    lake = build(tmp_path / "lake")
    fill(lake)
    put(lake, "universities", [university(U4)], datetime.now(UTC))
    return lake


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    def opened(root: Path | str, lang: str = "zh", **params: str) -> AppTest:
        path = lake_of(root) if isinstance(root, str) else root
        monkeypatch.setenv("XIANZHONG_LAKE", str(path))
        app = page_to_run("attention", lang, **params)
        app.session_state["upload_who"] = "示例人"
        app.run()
        assert not app.exception
        return app

    return opened


@pytest.fixture
def tick(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Selects the first rows of the list, which AppTest cannot do by itself."""

    def ticked(count: int) -> None:
        listed = attention_list.listed

        def with_rows(session, now, total):  # type: ignore[no-untyped-def]
            listed(session, now, total)
            frame = alerts(
                session.engine, session.view, now.rule, aside=now.aside, limit=attention_list.ROWS
            )
            return frame.iloc[:count]

        monkeypatch.setattr(attention_list, "listed", with_rows)

    return ticked


def said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success", "error")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def badge(app: AppTest) -> str:
    return menu_of(app)["attention"][1]


def test_nothing_loaded_is_explained_once_and_the_menu_has_no_number(open_page: Open) -> None:
    for lang in LANGS:
        app = open_page("empty", lang)
        assert len(app.info) == 1
        assert not app.dataframe
        assert not app.metric
        assert badge(app) == ""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lake", ["real", "demo"])
def test_every_rule_has_a_button_with_its_number(open_page: Open, lake: str, lang: str) -> None:
    app = open_page(lake, lang)
    counts = by_rule(engine_of(lake), view_of(lake, {}))
    for rule in ALERT_RULES:
        label = f"{rule.label['en' if lang == 'en' else 'zh']}  \n**{counts[rule.code].open:,}**"
        assert label in labels(app)
    total = open_alerts(engine_of(lake), view_of(lake, {}))
    assert badge(app) == f"{total:,}" != "0"
    assert len(app.dataframe[0].value) == min(total, attention_list.ROWS)


def test_a_rule_in_the_link_says_what_it_means_and_lists_its_alerts_alone(open_page: Open) -> None:
    counts = by_rule(engine_of("demo"), view_of("demo", {}))
    for rule in ALERT_RULES:
        app = open_page("demo", rule=rule.code)
        assert rule.meaning.zh in said(app)
        assert rule.todo.zh in said(app)
        assert app.header[0].value == rule.label.zh
        shown = len(app.dataframe[0].value) if app.dataframe else 0
        assert shown == min(counts[rule.code].open, attention_list.ROWS)


def test_a_button_chooses_its_rule_and_begins_at_the_first_page(open_page: Open) -> None:
    app = open_page("demo", page="2", province="13")
    app.get_by_key("rule_agreement_ended").click().run()
    assert app.query_params == {"province": "13", "rule": "agreement_ended"}
    app.get_by_key("rule_all").click().run()
    assert app.query_params == {"province": "13"}


def test_the_menu_counts_the_place_and_nothing_else(open_page: Open) -> None:
    expected = open_alerts(engine_of("demo"), view_of("demo", {"province": "13"}))
    for further in ({}, {"term": "2022-1"}, {"kind": "camp"}, {"rule": "no_plan"}):
        assert badge(open_page("demo", province="13", **further)) == f"{expected:,}"


def test_what_the_link_has_wrong_is_named(open_page: Open) -> None:
    for name, value in (("rule", "nonsense"), ("aside", "yes"), ("page", "0"), ("page", "x"),
                        ("page", "²")):  # fmt: skip
        (warning,) = open_page("real", **{name: value}).warning
        assert name in warning.value
    assert not open_page("real", page="999").warning


def test_ended_agreements_of_the_real_programme_are_a_matter_of_records(open_page: Open) -> None:
    for lang, words in (("zh", "不是学校的过错"), ("en", "no school is at fault")):
        (info,) = open_page("real", lang).info
        assert words in info.value
    assert not open_page("demo").info


def test_tables_without_records_are_named_with_a_way_to_fill_them(open_page: Open) -> None:
    app = open_page("real")
    assert "县级政府投入" in said(app)
    uploads = [link.proto for link in app.get("page_link") if "table=" in link.proto.query_string]
    assert {link.query_string.split("table=")[1] for link in uploads} == {
        "support", "difficulties",
    }  # fmt: skip
    assert not [
        link for link in open_page("demo").get("page_link") if "table=" in link.proto.query_string
    ]


def test_those_put_aside_are_shown_apart_with_reason_and_day(open_page: Open) -> None:
    counts = by_rule(engine_of("demo"), view_of("demo", {}))
    hidden = sum(count.aside for count in counts.values())
    assert hidden
    app = open_page("demo", aside="1")
    table = app.dataframe[0].value
    assert len(table) == min(hidden, attention_list.ROWS)
    assert table["暂缓理由"].str.startswith("示例").all()
    assert (table["暂缓人"] == "demo").all()
    assert "暂缓理由" not in open_page("demo").dataframe[0].value


def test_a_generated_lake_refuses_in_the_words_of_the_upload_page(open_page: Open, tick) -> None:
    tick(1)
    app = open_page("demo")
    assert any("不接受上报" in info.value for info in app.info)
    assert not any((button.key or "").startswith("aside_press") for button in app.button)


def test_alerts_are_put_aside_and_taken_up_again_by_one_entry_each(
    open_page: Open, tick, small: Lake
) -> None:
    tick(2)
    app = open_page(small.root, rule="agreement_ended")
    before, count = len(small.entries()), int(badge(app))
    press(app, "aside_press")
    assert "请填写理由" in said(app)
    assert len(small.entries()) == before
    reason = '=1+1, "示例"'
    app.get_by_key("aside_reason").set_value(reason)
    app.get_by_key("aside_until").set_value(_today() + timedelta(days=LONGEST_ASIDE))
    app.get_by_key("upload_who").set_value("示例人")
    press(app, "aside_press")
    assert not app.exception
    assert len(app.success) == 1
    entry = small.entries()[-1]
    assert (entry.table, entry.file_name, entry.who, entry.new) == (
        "put_aside", "待办暂缓.csv", "示例人", 2,
    )  # fmt: skip
    assert len(small.entries()) == before + 1
    assert int(badge(app)) == count - 2
    hidden = open_page(small.root, aside="1").dataframe[0].value
    assert len(hidden) == 2
    assert set(hidden["暂缓理由"]) == {reason}
    assert set(hidden["暂缓人"]) == {"示例人"}

    app = open_page(small.root, aside="1")
    press(app, "up_press")
    assert not app.exception
    last = small.entries()[-1]
    assert (last.file_name, last.updated) == ("待办恢复.csv", 2)
    assert int(badge(app)) == count
    assert not open_page(small.root, aside="1").dataframe


def test_the_same_said_twice_is_recorded_once(open_page: Open, tick, small: Lake) -> None:
    """Two sessions that see the same list: the second finds its record there."""
    tick(1)
    first, second = (open_page(small.root, rule="agreement_ended") for _ in range(2))
    before = len(small.entries())
    for app in (first, second):
        app.get_by_key("aside_reason").set_value("示例")
        app.get_by_key("upload_who").set_value("示例人")
    # Both pages show the same alert, whatever was written in between.
    rule, school, item = "agreement_ended", A2, U1

    def same(session, now, total):  # type: ignore[no-untyped-def]
        frame = alerts(session.engine, session.view, rule, aside=True)
        found = frame if len(frame) else alerts(session.engine, session.view, rule)
        return found[(found["school_code"] == school) & (found["item"] == item)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attention_list, "listed", same)
        for app in (first, second):
            press(app, "aside_press")
            assert not app.exception
    assert len(small.entries()) == before + 1
