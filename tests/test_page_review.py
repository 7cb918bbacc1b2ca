"""The page of reviews: who waits, what is seen of it, accepting, returning, closing terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.intake_lakes import csv_bytes
from tests.opening import door_of_a_server, menu_of, page_to_run, press
from tests.small_lake import A1, build
from tests.some_people import ROOT, person, reporter, viewer
from tests.test_scoped_pages import everything
from xianzhong.access.caller import LOCAL, Caller
from xianzhong.access.change import invite
from xianzhong.access.people import person_of
from xianzhong.access.roles import Grant, Role
from xianzhong.access.terms import closed_terms
from xianzhong.access.writing import commit, prepare
from xianzhong.intake.read import read_with_notes
from xianzhong.lake.pending import Pending, pending_of, pendings
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES
from xianzhong.model.terms import Term
from xianzhong.query.asof import today
from xianzhong.query.scope import NATION, Scope
from xianzhong.signin import callers
from xianzhong.signin.door import install
from xianzhong.signin.identity import Identity

YUNNAN, HUBEI = Scope("53"), Scope("42")
HEADERS = ["帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期"]
HERE = ["示例大学甲", "示例巧家一中", "签约", "示例新活动", "2024-03-01"]
Open = Callable[..., AppTest]


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    made = build(tmp_path / "lake")
    monkeypatch.setenv("XIANZHONG_LAKE", str(made.root))
    monkeypatch.setenv("XIANZHONG_REVIEW", "1")
    monkeypatch.setattr("xianzhong.intake.load.read_in_child", read_with_notes)
    return made


@pytest.fixture
def open_as(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a page as somebody who has signed in."""
    door = door_of_a_server()
    sent: dict[str, str] = {}
    monkeypatch.setattr("xianzhong.ui.signed_in._cookies", lambda: sent)
    install(door)

    def opened(caller: Caller, page: str = "review", lang: str = "zh", **params: str) -> AppTest:
        identity = Identity("http://127.0.0.1:1", caller.person, caller.name)
        sent.clear()
        sent[door.settings.cookie] = door.open(identity)
        callers.use(lambda who: now(lake, who.subject))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    yield opened
    install(None)
    callers.use(callers.Admitted)


def now(lake: Lake, key: str) -> Caller:
    found = person_of(lake, key)
    assert found is not None
    return found.caller


def send(lake: Lake, caller: Caller, *rows: list[str]) -> Pending:
    content = csv_bytes([HEADERS, *(rows or [HERE])])
    prepared = prepare(lake, caller, TABLES["activities"], "示例.csv", content)
    found = pending_of(lake, commit(lake, caller, prepared).pending)
    assert found is not None
    return found


def has(app: AppTest, prefix: str) -> bool:
    return any((button.key or "").startswith(prefix) for button in app.button)


def menu(app: AppTest) -> dict[str, str]:
    """How much is to be done on each page of the menu, under its title."""
    return dict(menu_of(app).values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_reviewer_sees_what_it_would_change_and_accepts(
    lake: Lake, open_as: Open, lang: str
) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending = send(lake, caller)
    app = open_as(reviewer, lang=lang)
    assert "示例填报" in everything(app)
    assert menu(app)["审核" if lang == "zh" else "Review"] == "1"
    app = open_as(reviewer, lang=lang, pending=pending.id)
    text = everything(app)
    assert "示例新活动" in text
    assert ("通过并导入" if lang == "zh" else "Accept and load") in text
    assert any(
        m.label == ("新增" if lang == "zh" else "New") and m.value == "1" for m in app.metric
    )
    press(app, "accept_")
    entry = lake.entries()[-1]
    assert (entry.who, entry.new) == ("示例填报", 1)
    assert entry.upload_id in everything(app)
    assert not has(app, "accept_")
    # Who asked and who accepted stand in the history.
    text = everything(open_as(reviewer, "history", lang, upload=entry.upload_id))
    assert "示例审核" in text


def test_it_is_returned_with_a_note_that_its_sender_reads(lake: Lake, open_as: Open) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    pending, before = send(lake, caller), lake.snapshot()
    app = open_as(reviewer, pending=pending.id)
    press(app, "return_")
    assert pendings(lake)[0].state == "waiting"
    app.text_area[0].set_value("请核对活动日期").run()
    press(app, "return_")
    assert lake.snapshot() == before
    text = everything(open_as(caller, pending=pending.id))
    assert "请核对活动日期" in text
    assert "已退回" in text
    assert "被退回 1 批" in everything(open_as(caller, "upload"))


def test_its_sender_sees_it_and_withdraws_but_does_not_accept(lake: Lake, open_as: Open) -> None:
    caller = reporter(lake, YUNNAN)
    pending = send(lake, caller)
    app = open_as(caller, pending=pending.id)
    assert not has(app, "accept_")
    assert not has(app, "return_")
    assert "示例新活动" in everything(app)
    press(app, "withdraw_")
    assert pendings(lake)[0].state == "withdrawn"


def test_nobody_else_reads_a_word_of_it(lake: Lake, open_as: Open) -> None:
    pending = send(lake, reporter(lake, YUNNAN))
    for other in (
        viewer(lake, NATION), person(lake, "示例湖北", Role.REVIEWER, HUBEI),
        person(lake, "示例管理", Role.ADMINISTRATOR, NATION),
    ):  # fmt: skip
        text = everything(open_as(other, pending=pending.id))
        assert "示例新活动" not in text
        assert "示例.csv" not in text


def test_a_reviewer_of_less_than_the_senders_scope_reads_no_findings(
    lake: Lake, open_as: Open
) -> None:
    pending = send(lake, reporter(lake, YUNNAN, HUBEI), HERE)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    app = open_as(reviewer, pending=pending.id)
    assert "审核范围以外" in everything(app)
    assert not app.get("download_button")
    assert has(app, "accept_")


def test_the_page_of_uploads_sends_for_review(lake: Lake, open_as: Open) -> None:
    caller = reporter(lake, YUNNAN)
    app = open_as(caller, "upload")
    app.file_uploader[0].set_value([("示例.csv", csv_bytes([HEADERS, HERE]), "text/csv")])
    app.run()
    before = lake.snapshot()
    assert "提交 1 条记录审核" in everything(app)
    press(app, "commit_")
    assert lake.snapshot() == before
    assert pendings(lake)[0].counts["new"] == 1
    assert "已提交审核" in everything(app)


def test_a_difficulty_that_is_typed_waits_too(lake: Lake, open_as: Open) -> None:
    caller = reporter(lake, YUNNAN)
    rows = ["受援县中", "困难问题", "提出日期", "状态"], [A1, "示例困难", "2024-03-01", "未解决"]
    made = prepare(lake, LOCAL, TABLES["difficulties"], "示例.csv", csv_bytes(rows))
    assert commit(lake, LOCAL, made).committed, made.report.findings
    app = open_as(caller, "difficulties", item=made.report.differences[0].record_id)
    before = lake.snapshot()
    next(b for b in app.text_area if (b.key or "").startswith("note_")).set_value("示例新进展")
    press(app, "save_")
    assert lake.snapshot() == before
    assert [one.table for one in pendings(lake)] == ["difficulties"]
    assert "已提交审核" in everything(app)


def test_the_overview_says_what_waits_in_the_readers_scope(lake: Lake, open_as: Open) -> None:
    send(lake, reporter(lake, YUNNAN))
    inside = everything(open_as(viewer(lake, YUNNAN), "overview"))
    assert "待审核的上报：1 批" in inside
    outside = everything(open_as(viewer(lake, HUBEI, name="示例湖北"), "overview"))
    assert "待审核" not in outside


def test_the_menu_has_it_only_for_whom_it_is(
    lake: Lake, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = reporter(lake, YUNNAN)
    reviewer = person(lake, "示例审核", Role.REVIEWER, YUNNAN)
    assert "审核" not in menu(open_as(caller))
    assert "审核" in menu(open_as(reviewer))
    send(lake, caller)
    assert "审核" in menu(open_as(caller))
    monkeypatch.setenv("XIANZHONG_REVIEW", "")
    assert "审核" not in menu(open_as(reviewer))
    install(None)
    assert "审核" not in menu(page_to_run("overview").run())


def test_an_administrator_closes_a_term_and_opens_it_again(lake: Lake, open_as: Open) -> None:
    grants = [Grant(Role.ADMINISTRATOR, YUNNAN), Grant(Role.REPORTER, YUNNAN),
              Grant(Role.REVIEWER, YUNNAN)]  # fmt: skip
    caller = invite(lake, ROOT, "示例省管", ["m@example.org"], grants).caller
    term = Term.of(today()).previous
    app = open_as(caller)
    app.selectbox(key="term_term").select(term).run()
    press(app, "term_close_")
    assert [(one.province, one.term) for one in closed_terms(lake)] == [("53", term)]
    # What the administrator changes there is marked in the history.
    day = min(term.first_day, today() - timedelta(days=1))
    content = csv_bytes([HEADERS, [*HERE[:4], day.isoformat()]])
    prepared = prepare(lake, caller, TABLES["activities"], "示例.csv", content)
    assert commit(lake, caller, prepared).committed
    assert "封账后更改" in everything(open_as(caller, "history"))
    app = open_as(caller)
    app.selectbox(key="term_closed").select_index(0).run()
    press(app, "term_reopen_")
    assert closed_terms(lake) == ()


def test_nobody_but_an_administrator_is_offered_terms(lake: Lake, open_as: Open) -> None:
    app = open_as(person(lake, "示例审核", Role.REVIEWER, NATION))
    assert not [box for box in app.selectbox if (box.key or "").startswith("term_")]
