"""What a caller sees of uploads, links and meetings, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.intake_lakes import csv_bytes
from tests.small_lake import A1, B1, C1, U1, build_full
from tests.some_people import ROOT, person, reporter, viewer
from xianzhong.access.caller import LOCAL, NOBODY, Caller
from xianzhong.access.change import disable, grant, revoke
from xianzhong.access.people import fresh
from xianzhong.access.roles import Action, Grant, Role
from xianzhong.access.shared import (
    link_seen,
    links_seen,
    may_change,
    meeting_seen,
    meetings_seen,
    scope_kept,
    view_seen,
)
from xianzhong.access.uploads import (
    changes_seen,
    entries_seen,
    original_seen,
    part_of,
    report_seen,
)
from xianzhong.access.why import Record, why
from xianzhong.access.writing import commit, prepare, undo
from xianzhong.lake.errors import LakeError
from xianzhong.lake.ledger import Entry
from xianzhong.lake.links import SharedLink, share
from xianzhong.lake.meetings import Meeting, Slide, make_meeting
from xianzhong.lake.store import Lake
from xianzhong.model.tables import TABLES
from xianzhong.query.scope import NATION, Scope

YUNNAN, HUBEI = Scope("53"), Scope("42")
ACTIVITY = ["活动编号", "帮扶高校", "受援县中", "活动类型", "活动名称", "开始日期"]
HERE = ["n1", "示例大学甲", "示例巧家一中", "签约", "示例新活动", "2024-03-01"]
THERE = ["n2", "示例大学丙", "示例仙桃一中", "签约", "示例新活动", "2024-03-01"]
LATER = date(2099, 1, 1)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build_full(tmp_path)


def loaded(lake: Lake, caller: Caller, *rows: list[str], partial: bool = False) -> Entry:
    content = csv_bytes([ACTIVITY, *rows])
    found = prepare(lake, caller, TABLES["activities"], "示例.csv", content)
    receipt = commit(lake, caller, found, accept_partial=partial)
    assert receipt.entry is not None, receipt.report.findings
    return receipt.entry


# Uploads


def test_an_upload_is_seen_by_whom_some_record_of_it_concerns(lake: Lake) -> None:
    here, both = (
        loaded(lake, LOCAL, HERE),
        loaded(lake, LOCAL, THERE, [*HERE[:4], "改", "2024-03-01"]),
    )
    there = loaded(lake, LOCAL, ["n3", *THERE[1:4], "示例又一活动", "2024-03-01"])
    yunnan, hubei = viewer(lake, YUNNAN), viewer(lake, HUBEI, name="示例湖北")
    assert {here.upload_id, both.upload_id} <= {e.upload_id for e in entries_seen(lake, yunnan)}
    assert there not in entries_seen(lake, yunnan)
    assert here not in entries_seen(lake, hubei)
    parts = [part_of(lake, yunnan, entry) for entry in (here, both, there)]
    assert [(len(p.seen), p.hidden, p.whole, p.none) for p in parts] == [
        (1, 0, True, False), (1, 1, False, False), (0, 1, False, True),
    ]  # fmt: skip
    assert entries_seen(lake, LOCAL) == entries_seen(lake, viewer(lake, NATION, name="示例全国"))
    assert entries_seen(lake, LOCAL) == lake.entries()
    assert entries_seen(lake, NOBODY) == ()


def test_a_record_that_moved_is_partly_of_both_places(lake: Lake) -> None:
    loaded(lake, LOCAL, HERE)
    moved = loaded(lake, LOCAL, ["n1", *THERE[1:]])
    for scope, name in ((YUNNAN, "示例甲"), (HUBEI, "示例乙")):
        part = part_of(lake, viewer(lake, scope, name=name), moved)
        assert (part.seen, part.partly, part.hidden) == (frozenset(), {("activities", "n1")}, 0)
        assert not part.whole


def test_an_undo_is_seen_like_what_it_takes_back(lake: Lake) -> None:
    entry = loaded(lake, LOCAL, HERE)
    taken = undo(lake, LOCAL, entry.upload_id, who="示例")
    assert part_of(lake, viewer(lake, YUNNAN), taken).seen == {("activities", "n1")}
    assert part_of(lake, viewer(lake, HUBEI, name="示例湖北"), taken).none


def test_the_file_is_for_its_sender_and_for_who_sees_all_of_it(lake: Lake) -> None:
    sender = reporter(lake, YUNNAN)
    plain = loaded(lake, sender, HERE)
    with_rejected = loaded(
        lake, sender, ["n4", *HERE[1:4], "示例四", "2024-03-04"], THERE, partial=True
    )
    mixed = loaded(lake, LOCAL, THERE, ["n5", *HERE[1:4], "示例五", "2024-03-05"])
    same, wide = viewer(lake, YUNNAN), viewer(lake, NATION, name="示例全国")
    narrow = viewer(lake, Scope(school=C1), name="示例学校")
    seen = {
        name: [original_seen(lake, caller, entry) for entry in (plain, with_rejected, mixed)]
        for name, caller in {"sender": sender, "same": same, "wide": wide, "narrow": narrow,
                             "nobody": NOBODY, "local": LOCAL}.items()
    }  # fmt: skip
    assert seen == {
        "sender": [True, True, False], "same": [True, False, False], "wide": [True] * 3,
        "narrow": [False] * 3, "nobody": [False] * 3, "local": [True] * 3,
    }  # fmt: skip


def test_rows_that_changed_nothing_are_trusted_only_of_a_sender_from_within(lake: Lake) -> None:
    new = ["n6", *HERE[1:4], "示例六", "2024-03-06"]
    loaded(lake, LOCAL, HERE)
    from_within = loaded(lake, reporter(lake, Scope("5306")), HERE, new)
    loaded(lake, LOCAL, THERE)
    from_outside = loaded(lake, LOCAL, THERE, ["n7", *HERE[1:4], "示例七", "2024-03-07"])
    assert (from_within.unchanged, from_outside.unchanged) == (1, 1)
    yunnan = viewer(lake, YUNNAN)
    assert original_seen(lake, yunnan, from_within)
    assert not original_seen(lake, yunnan, from_outside)


def test_a_report_tells_only_of_the_records_seen(lake: Lake) -> None:
    entry = loaded(lake, LOCAL, HERE, THERE)
    whole = report_seen(lake, LOCAL, entry)
    assert whole["zh"]["counts"]["new"] == 2
    assert "by" not in whole
    part = report_seen(lake, viewer(lake, YUNNAN), entry)
    assert [change["record_id"] for change in part["zh"]["changes"]] == ["n1"]
    assert (part["en"]["counts"]["new"], part["en"]["findings"]) == (1, [])
    assert "said" not in part
    assert report_seen(lake, NOBODY, entry) == {}
    assert report_seen(lake, LOCAL, lake.entries()[0]) == {}


def test_a_records_history_goes_back_to_where_it_lay_outside(lake: Lake) -> None:
    loaded(lake, LOCAL, THERE)
    moved = loaded(lake, LOCAL, ["n2", *HERE[1:]])
    renamed = loaded(lake, LOCAL, ["n2", *HERE[1:4], "示例改名", "2024-03-01"])
    head = lake.snapshot()

    def numbers(caller: Caller) -> list[int]:
        return [c.entry.number for c in changes_seen(lake, caller, "activities", "n2", head)]

    assert numbers(LOCAL) == [renamed.number, moved.number, moved.number - 1]
    assert numbers(viewer(lake, YUNNAN)) == [renamed.number]
    assert numbers(viewer(lake, HUBEI, name="示例湖北")) == []
    assert numbers(NOBODY) == []


# Links and meetings


def test_links_are_listed_for_their_maker_and_within_the_scope(lake: Lake) -> None:
    maker = viewer(lake, YUNNAN)

    def link(title: str, by: Caller = LOCAL, **params: str) -> str:
        scope = None if by is LOCAL else scope_kept(by)
        made = SharedLink("", title, "示例", "overview", params, None, LATER, by=by.person,
                          scope=scope, values={"activities": 1.0})  # fmt: skip
        share(lake, made)
        return title

    link("全国")
    province, county = link("省", province="53"), link("县", province="53", county="530622")
    other, school = link("外省", province="42"), link("学校", school=A1)
    supporter = link("高校", university=U1)
    own = link("自己", maker)

    def titles(caller: Caller) -> set[str]:
        return {one.title for one in links_seen(lake, caller)}

    assert titles(LOCAL) == {"全国", province, county, other, school, supporter, own}
    assert titles(maker) == {province, county, school, own}
    # Who sees all that its maker saw may see it too.
    assert titles(viewer(lake, YUNNAN, name="示例同省")) == {province, county, school, own}
    assert titles(viewer(lake, Scope("530622"), name="示例县")) == {county, school}
    assert titles(viewer(lake, Scope(university=U1), name="示例高校")) == {supporter}
    assert titles(NOBODY) == set()
    disable(lake, ROOT, maker.person)
    assert titles(fresh(lake, maker)) == set()


def test_kept_figures_are_shown_only_in_the_scope_that_they_are_of(lake: Lake) -> None:
    maker, nation = viewer(lake, YUNNAN), viewer(lake, NATION, name="示例全国")
    values = {"activities": 10.0}
    made = SharedLink("", "", "示例", "overview", {"province": "53"}, None, LATER, values=values,
                      by=maker.person, scope=scope_kept(maker))  # fmt: skip
    link = share(lake, made)
    assert link_seen(maker, link).values == values
    assert link_seen(nation, link).values is None
    whole = share(lake, SharedLink("", "", "示例", "overview", {}, None, LATER, values=values))
    assert link_seen(nation, whole).values == link_seen(LOCAL, whole).values == values
    assert link_seen(maker, whole).values is None


def test_a_link_that_was_made_before_there_were_people_is_read_as_the_whole_nations(
    lake: Lake,
) -> None:
    link = share(lake, SharedLink("", "", "示例", "overview", {}, None, LATER))
    assert (link.by, link.scope) == ("", None)
    assert not view_seen(lake, viewer(lake, YUNNAN), link.params, link.scope)
    assert view_seen(lake, LOCAL, link.params, link.scope)


@pytest.mark.parametrize("params", [{"province": "5x"}, {"county": "53062"}])
def test_a_link_that_names_no_place_is_none_of_anybodys_scope(
    params: dict[str, str], lake: Lake
) -> None:
    assert not view_seen(lake, viewer(lake, YUNNAN), params)


def test_a_meeting_is_seen_where_each_of_its_slides_is(lake: Lake) -> None:
    maker, yunnan = viewer(lake, HUBEI, name="示例湖北"), viewer(lake, YUNNAN)
    here, there = (Slide("overview", "map", {"province": code}) for code in ("53", "42"))

    def meeting(title: str, *slides: Slide, by: Caller = LOCAL) -> Meeting:
        scope = None if by is LOCAL else scope_kept(by)
        return make_meeting(lake, title, "示例", slides, by=by.person, scope=scope)

    one, two = meeting("一", here), meeting("二", here, there)
    own, empty = meeting("三", there, by=maker), meeting("四")
    assert {m.id for m in meetings_seen(lake, yunnan)} == {one.id}
    assert {m.id for m in meetings_seen(lake, maker)} == {own.id}
    assert {m.id for m in meetings_seen(lake, LOCAL)} == {one.id, two.id, own.id, empty.id}
    assert meetings_seen(lake, NOBODY) == ()
    assert meeting_seen(lake, yunnan, one.id) == one
    assert meeting_seen(lake, yunnan, two.id) is None
    assert meeting_seen(lake, maker, own.id) == own
    assert meeting_seen(lake, LOCAL, "nothing") is None


def test_what_somebody_made_is_changed_by_them_or_the_nations_administrator(lake: Lake) -> None:
    maker, other = viewer(lake, YUNNAN), viewer(lake, YUNNAN, name="示例同省")
    admin = person(lake, "示例管理", Role.ADMINISTRATOR, NATION)
    local_admin = person(lake, "示例省管理", Role.ADMINISTRATOR, YUNNAN)
    callers = (maker, LOCAL, admin, other, local_admin, NOBODY)
    assert [may_change(c, maker.person) for c in callers] == [True] * 3 + [False] * 3
    # What has no maker on record is not everybody's.
    assert [may_change(c, "") for c in callers] == [False, True, True, False, False, False]


# Why


def test_the_grant_that_applied_is_named(lake: Lake) -> None:
    caller = reporter(lake, YUNNAN)
    found = why(lake, caller, Action.REPORT, Scope("530622"))
    assert (found.allowed, found.grant) == (True, Grant(Role.REPORTER, YUNNAN))
    assert found.words.zh == "可以填报云南省昭通市巧家县，依据：填报人员（云南省）。"
    assert found.words.en.startswith("May report ")
    assert "by Reporter (Yunnan)" in found.words.en


def test_a_no_says_what_is_missing(lake: Lake) -> None:
    caller = viewer(lake, YUNNAN)
    role = why(lake, caller, Action.REPORT, Scope("530622"))
    assert (role.allowed, role.grant) == (False, Grant(Role.VIEWER, YUNNAN))
    assert "需要填报人员权限" in role.words.zh
    assert "it takes Reporter" in role.words.en
    reach = why(lake, caller, Action.SEE, HUBEI)
    assert (reach.allowed, reach.grant) == (False, None)
    assert reach.words.zh == "不能查看湖北省，不在已授予的范围内：查看人员（云南省）。"
    grant(lake, ROOT, caller.person, Grant(Role.VIEWER, HUBEI, date(2024, 1, 1)))
    ended = why(lake, fresh(lake, caller), Action.SEE, HUBEI)
    assert (ended.allowed, ended.grant) == (False, Grant(Role.VIEWER, HUBEI, date(2024, 1, 1)))
    assert "已到期" in ended.words.zh
    assert "has ended" in ended.words.en
    assert why(lake, fresh(lake, caller), Action.SEE, HUBEI, date(2023, 1, 1)).allowed
    revoke(lake, ROOT, caller.person, Role.VIEWER, YUNNAN)
    revoke(lake, ROOT, caller.person, Role.VIEWER, HUBEI)
    assert "尚未授予任何权限" in why(lake, fresh(lake, caller), Action.SEE, HUBEI).words.zh
    disable(lake, ROOT, caller.person)
    assert "已停用" in why(lake, fresh(lake, caller), Action.SEE, HUBEI).words.zh
    assert "尚未开通" in why(lake, NOBODY, Action.SEE, HUBEI).words.zh
    assert why(lake, LOCAL, Action.ADMINISTER, NATION).allowed


def test_a_record_is_judged_as_pages_and_files_judge_it(lake: Lake) -> None:
    university = reporter(lake, Scope(university=U1), name="示例高校")
    difficulty = Record("difficulties", f"difficulties-{A1}")
    assert why(lake, university, Action.SEE, difficulty).allowed
    assert not why(lake, university, Action.REPORT, difficulty).allowed
    assert not why(
        lake, university, Action.SEE, Record("difficulties", f"difficulties-{B1}")
    ).allowed
    assert why(lake, university, Action.REPORT, Record("activities", "a01")).allowed
    with pytest.raises(LakeError, match="no record"):
        why(lake, university, Action.SEE, Record("activities", "nothing"))
    with pytest.raises(LakeError, match="no record"):
        why(lake, university, Action.SEE, Record("uploads", "nothing"))
