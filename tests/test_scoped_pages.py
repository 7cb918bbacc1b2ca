"""Every page, opened by somebody of one province: nothing of any other place stands on it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from google.protobuf.json_format import MessageToJson
from streamlit.testing.v1 import AppTest

from tests.intake_lakes import real_lake, workbook
from tests.lakes import lake_of
from tests.opening import door_of_a_server, page_to_run, press
from xianzhong.access import people
from xianzhong.access.caller import LOCAL, Caller
from xianzhong.access.change import invite
from xianzhong.access.roles import Grant, Role
from xianzhong.brief.brief import report
from xianzhong.brief.chapters import REPORT
from xianzhong.brief.figures import shown
from xianzhong.brief.source import source_of
from xianzhong.lake.links import SharedLink, share
from xianzhong.lake.meetings import Slide, make_meeting
from xianzhong.lake.pending import Pending, add_pending
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today
from xianzhong.query.figures import figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION, Scope
from xianzhong.settings import Settings
from xianzhong.signin import callers
from xianzhong.signin.door import install
from xianzhong.signin.identity import Identity
from xianzhong.ui.briefing import FORMATS
from xianzhong.ui.navigation import PAGES

HOME, ABROAD = "53", "51"
Open = Callable[..., AppTest]


@dataclass(frozen=True)
class World:
    """A lake, what of it lies in the province, and what does not."""

    lake: Lake
    inside: frozenset[str]
    outside: frozenset[str]
    foreign: dict[str, str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("scoped") / "lake"
    shutil.copytree(lake_of("demo"), root)
    engine = open_engine(Settings(lake=root))
    snapshot = engine.lake.snapshot()
    everybody = names_of(engine, snapshot, NATION)
    home = names_of(engine, snapshot, Scope(HOME))
    abroad = names_of(engine, snapshot, Scope(ABROAD))
    known = [*home.schools.items(), *home.universities.items()]
    inside = frozenset(text for pair in known for text in pair)
    told = "\n".join(sorted(inside))
    others = [*everybody.schools.items(), *everybody.universities.items()]
    outside = frozenset(t for pair in others for t in pair if t not in told)
    return World(engine.lake, inside, outside, _foreign(engine.lake, abroad.schools, home.schools))


def _foreign(lake: Lake, schools: object, home: object) -> dict[str, str]:
    """Ids of things of another province, as somebody might guess or be sent them."""
    there, here = set(schools), set(home)  # type: ignore[call-overload]
    snapshot, last = lake.snapshot(), today() + timedelta(days=30)

    def first(table: str) -> str:
        rows = lake.rows(table, snapshot, columns=[RECORD_ID, "school_code"]).to_pylist()
        return next(r[RECORD_ID] for r in rows if r["school_code"] in there - here)

    link = SharedLink("", "别省的标题", "别省的人", "schools", {"province": ABROAD},
                      snapshot.number, last)  # fmt: skip
    meeting = make_meeting(lake, "别省的会议", "别省的人",
                           [Slide("overview", "by_kind", {"province": ABROAD})])  # fmt: skip
    school = next(iter(there - here))
    pending = add_pending(lake, Pending(
        "", "activities", "别省的文件.csv", "0" * 64, {}, False, "p9", "别省的人",
        (("activities", school.partition("-")[0], school, ""),), {"new": 1},
    ))  # fmt: skip
    return {
        "pending": pending.id,
        "school": next(iter(there)),
        "difficulty": first("difficulties"),
        "practice": first("practices"),
        "link": share(lake, link).id,
        "meeting": meeting.id,
        "upload": lake.entries()[-1].upload_id,
    }


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Lets a browser be signed in with some grants."""
    door = door_of_a_server()
    sent = {door.settings.cookie: door.open(Identity("http://127.0.0.1:1", "1", "示例员"))}
    monkeypatch.setattr("xianzhong.ui.signed_in._cookies", lambda: sent)
    install(door)

    def signed_in(*grants: Grant) -> None:
        callers.use(lambda who: Caller(who.name, "p1", grants, "known"))

    yield signed_in
    install(None)
    callers.use(callers.Admitted)


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, world: World, sign_in) -> Open:
    sign_in(Grant(Role.VIEWER, Scope(HOME)))

    def opened(page: str, lang: str = "zh", **params: str) -> AppTest:
        monkeypatch.setenv("XIANZHONG_LAKE", str(world.lake.root))
        app = page_to_run(page, lang, **params).run()
        assert not app.exception
        return app

    return opened


def everything(app: AppTest) -> str:
    """All that the browser is sent: words, options, tables, charts."""
    texts: list[str] = []
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is not None and hasattr(proto, "DESCRIPTOR"):
            texts.append(MessageToJson(proto, ensure_ascii=False))
    texts += [str(table.value.to_dict()) for table in [*app.dataframe, *app.table]]
    return "\n".join(texts)


def leaks(text: str, world: World) -> list[str]:
    return sorted(name for name in world.outside if name in text)[:5]


@pytest.mark.parametrize("page", [spec.name for spec in PAGES])
def test_a_page_names_nothing_beyond_the_province(open_page: Open, world: World, page: str) -> None:
    text = everything(open_page(page))
    assert not leaks(text, world)
    assert "别省" not in text


def test_the_filters_offer_no_place_beyond_the_scope(
    open_page: Open, world: World, sign_in: Callable[..., object]
) -> None:
    def offered(key: str, **params: str) -> list[str]:
        return list(open_page("schools", "zh", **params).get_by_key(key).options)

    assert offered("f_province") == ["全部", "云南省"]
    assert offered("f_province", province=ABROAD) == ["全部", "四川省", "云南省"]
    engine = open_engine(Settings(lake=world.lake.root))
    school = min(names_of(engine, world.lake.snapshot(), Scope(HOME)).schools)
    sign_in(Grant(Role.VIEWER, Scope(school=school)))
    assert offered("f_province") == ["全部", "云南省"]
    assert len(offered("f_county", province=HOME)) == 2
    sign_in(Grant(Role.VIEWER, NATION))
    assert offered("f_province")[0] == "全国"
    assert len(offered("f_province")) > 30


def test_the_test_would_see_what_leaks(open_page: Open, world: World, sign_in) -> None:
    assert any(name in everything(open_page("schools")) for name in world.inside)
    sign_in(Grant(Role.VIEWER, NATION))
    assert leaks(everything(open_page("schools")), world)
    assert "别省" in everything(open_page("meetings"))
    sign_in(Grant(Role.REVIEWER, NATION))
    assert "别省的文件" in everything(open_page("review"))


@pytest.mark.parametrize(
    ("page", "parameter", "what"),
    [
        ("school", "school", "school"),
        ("overview", "school", "school"),
        ("activities", "school", "school"),
        ("schools", "province", "province"),
        ("overview", "province", "province"),
        ("figure", "province", "province"),
        ("compare", "province", "province"),
        ("coverage", "province", "province"),
        ("difficulties", "item", "difficulty"),
        ("practices", "item", "practice"),
        ("history", "upload", "upload"),
        ("links", "link", "link"),
        ("meeting", "id", "meeting"),
        ("review", "pending", "pending"),
        ("overview", "pin", "link"),
        ("schools", "pin", "link"),
        ("changes", "base", "link"),
    ],
)
def test_what_an_address_asks_for_from_elsewhere_is_not_shown(
    open_page: Open, world: World, page: str, parameter: str, what: str
) -> None:
    asked = ABROAD if what == "province" else world.foreign[what]
    text = everything(open_page(page, **{parameter: asked}))
    # The address itself may be repeated, in links and where it is said to be ignored.
    assert not [name for name in leaks(text, world) if name != asked]
    assert "别省" not in text


def test_the_figures_are_those_of_the_province_in_plain_sql(open_page: Open, world: World) -> None:
    app = open_page("overview")
    snapshot = world.lake.snapshot()
    tables = {name: world.lake.rows(name, snapshot) for name in ("schools", "activities")}
    schools, activities = tables["schools"], tables["activities"]  # noqa: F841 - DuckDB reads them
    engine = open_engine(Settings(lake=world.lake.root))
    counties = [d.code for d in engine.divisions if d.province == HOME]
    # One in the province may lie in a county by another code: divisions decide.
    truth = duckdb.execute(
        "select count(*) from activities join schools using (school_code) "
        "where county_code in (select unnest($1))", [counties]
    ).fetchone()  # fmt: skip
    assert truth is not None
    assert truth[0] > 0
    view = View(snapshot, Scope(HOME), Filters())
    by_id = {figure.indicator.id: figure.value for figure in figures(engine, view)}
    assert by_id["activities"] == truth[0]
    assert shown(truth[0]) in everything(app)


@pytest.mark.parametrize("page", [spec.name for spec in PAGES])
def test_who_was_granted_nothing_sees_nothing(
    open_page: Open, world: World, sign_in, page: str
) -> None:
    sign_in()
    text = everything(open_page(page))
    assert not leaks(text, world)
    assert not [name for name in world.inside if name in text]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_every_page_names_nothing_beyond_the_province(world: World, form: str) -> None:
    engine = open_engine(Settings(lake=world.lake.root))
    view = View(world.lake.snapshot(), Scope(HOME), Filters())
    content = FORMATS[form][-1](report(source_of(engine, view, "zh"), list(REPORT)))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        text = "\n".join(parts.read(name).decode() for name in names)
    assert not leaks(text, world)
    assert any(name in text for name in world.inside)


HEADERS = ["受援县中", "帮扶高校", "活动类型", "活动名称", "开始日期", "派出人数(人)"]
AT_HOME = [
    "洱源县第一中学",
    "上海交通大学",
    "骨干教师到校指导",
    "示例听评课",
    "2023年3月5日",
    "8人",
]


def upload(monkeypatch: pytest.MonkeyPatch, lake: Lake, rows: list[list[object]]) -> AppTest:
    monkeypatch.setenv("XIANZHONG_LAKE", str(lake.root))
    app = page_to_run("upload").run()
    assert not app.exception
    if app.file_uploader:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        app.file_uploader[0].set_value([("示例.xlsx", workbook(表=[HEADERS, *rows]), kind)])
        app.run()
        assert not app.exception
    return app


def test_a_row_of_another_province_is_kept_out_and_the_others_may_be_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sign_in
) -> None:
    lake = real_lake(tmp_path / "lake", "universities", "schools", "pairings")
    rows = lake.rows("pairings", lake.snapshot()).to_pylist()
    far = next(r for r in rows if not r["school_code"].startswith(HOME))
    columns = ["school_code", "name"]
    schools = lake.rows("schools", lake.snapshot(), columns=columns).to_pylist()
    named = {row["school_code"]: row["name"] for row in schools}
    abroad = [named[far["school_code"]], *AT_HOME[1:]]
    # On record, for the commit asks who it is once more.
    invite(lake, LOCAL, "示例员", ["1@example.org"], [Grant(Role.REPORTER, Scope(HOME))])
    known = Identity("http://127.0.0.1:1", "1", "示例员", ("1@example.org",))
    sign_in()
    callers.use(lambda _who: people.caller_for(lake, known))
    app = upload(monkeypatch, lake, [AT_HOME, abroad])
    assert "权限范围" in everything(app)
    partial = next(box for box in app.checkbox if (box.key or "").startswith("partial_"))
    partial.check().run()
    press(app, "commit_")
    written = lake.rows("activities", lake.snapshot()).to_pylist()
    assert [row["title"] for row in written] == ["示例听评课"]
    assert all(row["school_code"] != far["school_code"] for row in written)
    assert lake.entries()[-1].who == "示例员"


def test_who_may_only_see_is_told_so_where_uploads_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sign_in
) -> None:
    lake = real_lake(tmp_path / "lake", "universities", "schools", "pairings")
    sign_in(Grant(Role.VIEWER, Scope(HOME)))
    app = upload(monkeypatch, lake, [AT_HOME])
    assert not app.file_uploader
    assert "没有填报权限" in everything(app)
