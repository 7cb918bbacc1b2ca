"""The pages of shared links and of changes, and the line of a pinned view, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.lakes import LANGS, lake_of
from tests.opening import page_to_run
from tests.small_lake import A1, SECOND_UPLOAD, U1, activity, build, put
from tests.some_difficulties import put_difficulties
from xianzhong.lake.links import SharedLink, change_link, share, shared_link, shared_links
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today

Open = Callable[..., AppTest]
NEW = ("a20", U1, A1, "guidance", "2024-06-10", "", 7, None, None, None)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path / "lake")


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    def opened(root: Path, page: str, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(root))
        app = page_to_run(page, lang, **params)
        app.run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    blocks = (app.markdown, app.caption, app.info, app.error, app.warning, app.success, app.header)
    return "\n".join(str(e.value) for block in blocks for e in block).replace("\\", "")


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def a_link(lake: Lake, **values: object) -> SharedLink:
    link = SharedLink(
        id="", title="示例<b>会议", who="示例人", page="overview", params={},
        snapshot=lake.snapshot().number, expires=today() + timedelta(days=30),
    )  # fmt: skip
    return share(lake, replace(link, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["empty", "real", "demo"])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", ["links", "changes"])
def test_the_pages_open_over_every_lake(open_page: Open, page: str, lang: str, name: str) -> None:
    app = open_page(lake_of(name), page, lang)
    titles = {"links": ("分享的链接", "Shared links"), "changes": ("变化", "What changed")}
    assert app.title[0].value == titles[page][LANGS.index(lang)]


def test_a_pinned_view_keeps_its_numbers_and_says_what_came_since(
    lake: Lake, open_page: Open
) -> None:
    link = a_link(lake)
    before = metrics(open_page(lake.root, "overview"))
    put(lake, "activities", [activity(NEW)], SECOND_UPLOAD + timedelta(hours=1))
    app = open_page(lake.root, "overview", pin=link.id)
    assert metrics(app) == before
    said = words(app)
    assert "固定视图：示例<b>会议" in said
    assert "此后上报 1 次。" in said
    assert "活动 15 → **16**" in said
    live = metrics(open_page(lake.root, "overview"))
    assert live != before


@pytest.mark.parametrize("lang", LANGS)
def test_a_pinned_link_that_does_not_open_shows_no_numbers(
    lake: Lake, open_page: Open, lang: str
) -> None:
    revoked = a_link(lake)
    change_link(lake, revoked, "revoked", "另一人", revoked="另一人")
    expired = a_link(lake, expires=today() - timedelta(days=1))
    for pin, told in (
        (revoked.id, ("收回", "taken back by 另一人")),
        (expired.id, ("过期", "expired on")),
        ("nonsense", ("没有这个固定链接", "not known here")),
    ):
        app = open_page(lake.root, "overview", lang, pin=pin)
        assert told[LANGS.index(lang)] in words(app)
        assert not app.metric


def test_a_view_with_a_base_line_says_what_differs(lake: Lake, open_page: Open) -> None:
    app = open_page(lake.root, "overview", base="2024-06-19")
    assert "活动 11 → **15**" in words(app)
    app = open_page(lake.root, "changes", base="2024-06-19")
    assert "**帮扶活动** · 新增 4" in [e.label for e in app.expander]
    frames = [frame.value for frame in app.dataframe]
    figures = next(f for f in frames if "差额" in f.columns).set_index("指标")
    assert figures.loc["活动", ["此前", "现值", "差额"]].tolist() == ["11", "15", "+4"]


def test_the_form_makes_a_pinned_link_with_the_numbers_of_the_view(
    lake: Lake, open_page: Open
) -> None:
    app = open_page(lake.root, "overview", province="53")
    app.session_state["share"] = True
    app.run()
    app.button(key="share_make").click().run()
    assert "请先填写您的姓名。" in words(app)
    assert shared_links(lake) == ()
    app.text_input(key="share_who").set_value("示例人").run()
    app.button(key="share_make").click().run()
    (link,) = shared_links(lake)
    assert (link.page, dict(link.params), link.snapshot) == ("overview", {"province": "53"}, 6)
    assert link.title == "总览 · 云南省 · 全部时段"
    # In Yunnan: five at the first school, two at the second, two at the third.
    assert link.values["activities"] == 9  # type: ignore[index]


def test_a_link_is_renamed_extended_and_taken_back_in_the_list(lake: Lake, open_page: Open) -> None:
    link = a_link(lake)
    app = open_page(lake.root, "links", link=link.id)
    app.text_input(key=f"link_title_{link.id}").set_value("新名称").run()
    app.button(key="link_save").click().run()
    assert "请先填写您的姓名。" in words(app)
    app.text_input(key="link_who").set_value("另一人").run()
    app.button(key="link_save").click().run()
    assert shared_link(lake, link.id).title == "新名称"  # type: ignore[union-attr]
    app.button(key="link_revoke").click().run()
    found = shared_link(lake, link.id)
    assert found is not None
    assert found.revoked == "另一人"
    assert not [b for b in app.button if b.key == "link_revoke"]


def test_a_link_that_is_none_is_named(lake: Lake, open_page: Open) -> None:
    a_link(lake)
    assert "链接中的 link = zzz" in words(open_page(lake.root, "links", link="zzz"))


def test_nothing_is_written_from_a_pinned_state(lake: Lake, open_page: Open) -> None:
    put_difficulties(lake)
    link = a_link(lake, page="difficulties")
    words_of_it = "这是固定的数据"
    for params, told in (({}, False), ({"pin": link.id}, True)):
        app = open_page(lake.root, "difficulties", **params)
        app.session_state["add_difficulty"] = True
        app.run()
        assert (words_of_it in words(app)) is told
