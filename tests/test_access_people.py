"""People and their grants: who is who, who may give what, and that every change is on record."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.small_lake import A1, A3, C1, U1, build
from xianzhong.access.caller import LOCAL, NOBODY, Caller, local
from xianzhong.access.change import disable, enable, grant, invite, release, revoke
from xianzhong.access.errors import NotAllowedError, UnknownPersonError, UnknownPlaceError
from xianzhong.access.people import (
    KIND,
    Person,
    caller_for,
    find_person,
    fresh,
    people,
    person_of,
)
from xianzhong.access.places import places_of
from xianzhong.access.reach import covers, lies_in
from xianzhong.access.record import ACTION_WORDS, history, people_seen
from xianzhong.access.roles import RIGHTS, Action, Grant, Role, level_of
from xianzhong.lake.errors import LakeChangedError, LakeError
from xianzhong.lake.journal import journal_of
from xianzhong.lake.store import Lake
from xianzhong.query.scope import NATION, NOWHERE, Scope, union
from xianzhong.signin.identity import Identity, identity_of

DAY = date(2026, 6, 30)
ROOT = local("示例机房")
YUNNAN, HUBEI, CORPS = Scope("53"), Scope("42"), Scope("66")
ISSUER = "https://example.org"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return build(tmp_path)


def made(lake: Lake, name: str, *grants: Grant, by: Caller = ROOT) -> Person:
    return invite(lake, by, name, [f"{name}@example.org"], grants)


def identity(subject: str, *handles: str, name: str = "") -> Identity:
    return Identity(ISSUER, subject, name, handles)


def administrator(lake: Lake, scope: Scope, name: str = "示例管理员") -> Caller:
    return made(lake, name, Grant(Role.ADMINISTRATOR, scope)).caller


# What a caller may


def test_without_sign_in_everything_is_allowed_and_by_default_nothing() -> None:
    for action in Action:
        assert LOCAL.scopes(action) == NATION
        assert NOBODY.scopes(action) == NOWHERE
        assert LOCAL.may(action, Scope("530622", U1, A1))
        assert not NOBODY.may(action, Scope("530622", U1, A1))
        assert LOCAL.may_somewhere(action)
        assert not NOBODY.may_somewhere(action)
    assert LOCAL.refused is None
    assert NOBODY.refused is not None


def test_each_role_has_its_own_rights_and_all_see() -> None:
    allowed = {role: {a for a in Action if Grant(role, NATION).allows(a)} for role in Role}
    assert allowed == {
        Role.VIEWER: {Action.SEE},
        Role.REPORTER: {Action.SEE, Action.REPORT},
        Role.REVIEWER: {Action.SEE, Action.REVIEW},
        Role.ADMINISTRATOR: {Action.SEE, Action.ADMINISTER},
    }
    assert set(RIGHTS) == set(Role)


def test_several_grants_add_up_each_for_its_own_action() -> None:
    caller = Caller("示例", "p", (
        Grant(Role.VIEWER, YUNNAN), Grant(Role.REPORTER, Scope("429004")),
        Grant(Role.REPORTER, Scope(school=C1)),
    ), "known")  # fmt: skip
    assert caller.scopes(Action.SEE) == union([YUNNAN, Scope("429004"), Scope(school=C1)])
    assert caller.scopes(Action.REPORT) == union([Scope("429004"), Scope(school=C1)])
    assert caller.scopes(Action.REVIEW) == NOWHERE
    assert caller.may(Action.SEE, Scope("530622", U1, A1))
    assert not caller.may(Action.REPORT, Scope("530622", U1, A1))
    assert caller.may(Action.REPORT, Scope("659001", "", C1))


def test_a_grant_ends_after_its_last_day() -> None:
    caller = Caller("示例", "p", (Grant(Role.VIEWER, YUNNAN, until=DAY),), "known")
    assert caller.scopes(Action.SEE, DAY) == YUNNAN
    assert caller.scopes(Action.SEE, date(2026, 7, 1)) == NOWHERE
    assert not caller.may_somewhere(Action.SEE, date(2026, 7, 1))


@pytest.mark.parametrize("standing", ["unknown", "taken", "disabled"])
def test_who_is_not_known_has_no_scope_whatever_the_grants(standing: Any) -> None:
    caller = Caller("示例", "p", (Grant(Role.ADMINISTRATOR, NATION),), standing)
    assert all(caller.scopes(action) == NOWHERE for action in Action)
    assert caller.refused is not None


@pytest.mark.parametrize(
    ("code", "wide", "inside"),
    [
        ("530622", "53", True), ("530622", "5306", True), ("530622", "530622", True),
        ("530622", "42", False), ("659001", "66", True), ("659001", "65", False),
        ("53", "530622", False), ("", "53", False), ("", "", True), ("990001", "99", True),
    ],
)  # fmt: skip
def test_divisions_decide_what_lies_where_and_not_the_digits(
    code: str, wide: str, inside: bool
) -> None:
    assert lies_in(code, wide) is inside


def test_a_scope_covers_what_lies_wholly_in_it() -> None:
    assert covers(YUNNAN, Scope("5306"))
    assert covers(YUNNAN, Scope("530622", U1, A1))
    assert not covers(YUNNAN, Scope(university=U1))
    assert not covers(Scope(university=U1), Scope("530622", "", A1))
    assert not covers(NOWHERE, Scope("530622"))
    assert not covers(union([Scope("5306"), Scope("5325")]), YUNNAN)


# Grants as they are kept


@pytest.mark.parametrize(
    "scope", [NATION, YUNNAN, Scope("5306"), Scope("530622"), Scope(school=A1), Scope("", U1)]
)
@pytest.mark.parametrize("until", [None, DAY])
def test_a_grant_is_kept_as_it_was_given(scope: Scope, until: date | None) -> None:
    given = Grant(Role.REPORTER, scope, until)
    assert Grant.from_dict(given.to_dict()) == given


@pytest.mark.parametrize(
    "changed",
    [{"code": ""}, {"code": "5"}, {"level": "county"}, {"level": "nation"}, {"level": "galaxy"},
     {"role": "king"}, {"until": "soon"}],
)  # fmt: skip
def test_a_damaged_grant_grants_nothing(changed: dict[str, str], lake: Lake) -> None:
    kept = Grant(Role.VIEWER, YUNNAN).to_dict() | changed
    with pytest.raises(ValueError):  # noqa: PT011
        Grant.from_dict(kept)
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    body = person.body() | {"grants": [kept, Grant(Role.VIEWER, HUBEI).to_dict()]}
    journal_of(lake).append(KIND, person.id, "granted", "示例", body, after=person.number)
    found = person_of(lake, person.id)
    assert found is not None
    assert found.caller.scopes(Action.SEE) == HUBEI


def test_a_grant_has_one_scope_of_the_six_kinds() -> None:
    with pytest.raises(ValueError, match="one place"):
        Grant(Role.VIEWER, Scope("53", U1))
    assert level_of(Scope("530622")) == "county"


# Signing in


def test_an_invitation_is_bound_at_the_first_sign_in_and_to_that_account_alone(lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    handle = person.handles[0]
    caller = caller_for(lake, identity("1", handle.upper()))
    assert (caller.person, caller.name, caller.standing) == (person.id, "示例甲", "known")
    # The account is the person now: also without the handle, and no other one with it.
    assert caller_for(lake, identity("1")) == caller
    other = caller_for(lake, identity("2", handle))
    assert (other.person, other.standing, other.scopes(Action.SEE)) == ("", "taken", NOWHERE)
    elsewhere = caller_for(lake, Identity("https://other.example.org", "1", ""))
    assert elsewhere.standing == "unknown"
    assert [change.action for change in history(lake, person.id)] == ["bound", "invited"]


def test_who_was_not_invited_is_let_in_nowhere_and_leaves_no_trace(lake: Lake) -> None:
    made(lake, "示例甲", Grant(Role.VIEWER, NATION))
    before = len(history(lake))
    for handles in ((), ("",), ("nobody@example.org",), ("示例甲",)):
        caller = caller_for(lake, identity("1", *handles, name="示例甲"))
        assert (caller.standing, caller.scopes(Action.SEE)) == ("unknown", NOWHERE)
    assert len(history(lake)) == before


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1, "", "missing"])
def test_only_an_address_that_the_provider_has_verified_binds(verified: Any, lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    claims = {"sub": "1", "email": person.handles[0], "email_verified": verified,
              "preferred_username": person.handles[0], "name": "示例甲"}  # fmt: skip
    if verified == "missing":
        del claims["email_verified"]
    assert caller_for(lake, identity_of(ISSUER, claims)).standing == "unknown"
    assert caller_for(lake, identity_of(ISSUER, claims | {"email_verified": True})).person


def test_an_account_name_binds_only_where_its_claim_is_trusted(lake: Lake) -> None:
    person = invite(lake, ROOT, "示例甲", ["ZhangSan"])
    claims = {"sub": "1", "preferred_username": "zhangsan"}
    assert caller_for(lake, identity_of(ISSUER, claims)).standing == "unknown"
    trusted = identity_of(ISSUER, claims, account_names=True)
    assert caller_for(lake, trusted).person == person.id


@pytest.mark.parametrize("like", ["\u212a1@example.org", "ｋ1@example.org", "ſ1@example.org"])
def test_letters_that_only_look_alike_are_other_handles(like: str, lake: Lake) -> None:
    invite(lake, ROOT, "示例甲", ["k1@example.org", "s1@example.org"])
    assert caller_for(lake, identity("1", like)).standing == "unknown"


def test_many_first_sign_ins_at_once_bind_once(lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    with ThreadPoolExecutor(4) as pool:
        subjects = ["1", "1", "2", "3"]
        callers = list(pool.map(lambda s: caller_for(lake, identity(s, *person.handles)), subjects))
    bound = person_of(lake, person.id)
    assert bound is not None
    (_, subject) = bound.identity
    standings = {c.standing for c, s in zip(callers, subjects, strict=True) if s == subject}
    assert standings == {"known"}
    assert {c.standing for c in callers} == {"known", "taken"}
    assert [change.action for change in history(lake, person.id)].count("bound") == 1


def test_a_disabled_person_is_out_at_once_and_comes_back_with_their_grants(lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    signed_in = caller_for(lake, identity("1", *person.handles))
    disable(lake, ROOT, person.id)
    out = caller_for(lake, identity("1", *person.handles))
    assert (out.standing, out.scopes(Action.SEE)) == ("disabled", NOWHERE)
    assert fresh(lake, signed_in).standing == "disabled"
    enable(lake, ROOT, person.id)
    assert caller_for(lake, identity("1")).scopes(Action.SEE) == YUNNAN


def test_who_was_disabled_before_signing_in_is_not_bound(lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    disable(lake, ROOT, person.id)
    assert caller_for(lake, identity("1", *person.handles)).standing == "disabled"
    found = person_of(lake, person.id)
    assert found is not None
    assert not found.identity


def test_a_released_account_binds_anew(lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN))
    caller_for(lake, identity("1", *person.handles))
    release(lake, ROOT, person.id)
    assert caller_for(lake, identity("1")).standing == "unknown"
    assert caller_for(lake, identity("2", *person.handles)).person == person.id
    assert caller_for(lake, identity("1", *person.handles)).standing == "taken"


# Who may give what


def test_an_administrator_gives_what_lies_in_the_own_scope_and_nothing_else(lake: Lake) -> None:
    yunnan = administrator(lake, YUNNAN)
    person = made(lake, "示例甲", by=yunnan)
    for scope in (YUNNAN, Scope("5306"), Scope("530622"), Scope(school=A1)):
        grant(lake, yunnan, person.id, Grant(Role.ADMINISTRATOR, scope))
        revoke(lake, yunnan, person.id, Role.ADMINISTRATOR, scope)
    before = history(lake)
    for scope in (NATION, HUBEI, CORPS, Scope(school=C1), Scope(university=U1)):
        with pytest.raises(NotAllowedError):
            grant(lake, yunnan, person.id, Grant(Role.VIEWER, scope))
        with pytest.raises(NotAllowedError):
            made(lake, "示例乙", Grant(Role.VIEWER, scope), by=yunnan)
    assert history(lake) == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REPORTER, Role.REVIEWER])
def test_no_other_role_changes_people(role: Role, lake: Lake) -> None:
    caller = made(lake, "示例甲", Grant(role, NATION)).caller
    person = made(lake, "示例乙", Grant(Role.VIEWER, YUNNAN))
    before = history(lake)
    for change in changes_by(lake, caller, person):
        with pytest.raises(NotAllowedError):
            change()
    assert history(lake) == before


def changes_by(lake: Lake, caller: Caller, person: Person) -> list[Callable[[], object]]:
    return [
        lambda: made(lake, "示例丙", by=caller),
        lambda: grant(lake, caller, person.id, Grant(Role.VIEWER, Scope("5306"))),
        lambda: revoke(lake, caller, person.id, Role.VIEWER, YUNNAN),
        lambda: disable(lake, caller, person.id),
        lambda: enable(lake, caller, person.id),
        lambda: release(lake, caller, person.id),
    ]


def test_who_has_grants_beyond_the_scope_is_not_shut_out_by_it(lake: Lake) -> None:
    yunnan = administrator(lake, YUNNAN)
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN), Grant(Role.VIEWER, HUBEI))
    for change in (disable, enable, release):
        with pytest.raises(NotAllowedError):
            change(lake, yunnan, person.id)
    with pytest.raises(NotAllowedError):
        revoke(lake, yunnan, person.id, Role.VIEWER, HUBEI)
    revoke(lake, yunnan, person.id, Role.VIEWER, YUNNAN)
    with pytest.raises(NotAllowedError):
        disable(lake, yunnan, person.id)


def test_what_an_administrator_was_is_not_what_counts(lake: Lake) -> None:
    nation = administrator(lake, NATION)
    ended = invite(
        lake, ROOT, "示例乙", ["b"], [Grant(Role.ADMINISTRATOR, NATION, date(2020, 1, 1))]
    )
    disable(lake, ROOT, nation.person)
    # The caller is the one that a page still holds; the journal knows better.
    assert nation.standing == "known"
    for caller in (nation, ended.caller):
        with pytest.raises(NotAllowedError):
            made(lake, "示例甲", by=caller)


def test_nobody_shuts_themselves_out(lake: Lake) -> None:
    nation = administrator(lake, NATION)
    with pytest.raises(NotAllowedError, match="themselves"):
        disable(lake, nation, nation.person)
    with pytest.raises(NotAllowedError, match="themselves"):
        revoke(lake, nation, nation.person, Role.ADMINISTRATOR, NATION)
    second = administrator(lake, NATION, "示例乙")
    revoke(lake, second, nation.person, Role.ADMINISTRATOR, NATION)
    assert not fresh(lake, nation).may_somewhere(Action.ADMINISTER)


def test_a_grant_names_a_place_that_is_there(lake: Lake) -> None:
    person = made(lake, "示例甲")
    for scope in (Scope("539999"), Scope(school="nobody"), Scope(university="nobody")):
        with pytest.raises(UnknownPlaceError):
            grant(lake, ROOT, person.id, Grant(Role.VIEWER, scope))


def test_a_handle_is_one_persons(lake: Lake) -> None:
    first = invite(lake, ROOT, "示例甲", ["a@example.org", "A@Example.org "])
    assert first.handles == ("a@example.org",)
    with pytest.raises(LakeError, match="示例甲"):
        invite(lake, ROOT, "示例乙", ["A@EXAMPLE.ORG"])
    disable(lake, ROOT, first.id)
    second = invite(lake, ROOT, "示例乙", ["a@example.org"])
    assert caller_for(lake, identity("1", "a@example.org")).person == second.id
    with pytest.raises(LakeError, match="示例乙"):
        enable(lake, ROOT, first.id)


@pytest.mark.parametrize(
    ("name", "handles"), [("", ["a"]), (" ", ["a"]), ("示例", []), ("示例", [" "])]
)
def test_an_invitation_has_a_name_and_an_account(name: str, handles: list[str], lake: Lake) -> None:
    with pytest.raises(LakeError, match="needs a name"):
        invite(lake, ROOT, name, handles)


def test_two_administrators_at_once_do_not_overwrite_one_another(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = made(lake, "示例甲")
    stale = person_of(lake, person.id)
    grant(lake, ROOT, person.id, Grant(Role.VIEWER, YUNNAN))
    monkeypatch.setattr("xianzhong.access.change.person_of", lambda *_: stale)
    with pytest.raises(LakeChangedError):
        grant(lake, ROOT, person.id, Grant(Role.VIEWER, HUBEI))
    monkeypatch.undo()
    found = person_of(lake, person.id)
    assert found is not None
    assert [one.scope for one in found.grants] == [YUNNAN]


# What is on record


def test_every_change_is_on_record_with_who_and_when_and_none_is_lost(lake: Lake) -> None:
    admin = administrator(lake, NATION)
    viewer, longer = Grant(Role.VIEWER, YUNNAN, DAY), Grant(Role.VIEWER, YUNNAN)
    person = made(lake, "示例甲", viewer, by=admin)
    caller_for(lake, identity("1", *person.handles))
    grant(lake, admin, person.id, longer)
    revoke(lake, admin, person.id, Role.VIEWER, YUNNAN)
    disable(lake, admin, person.id)
    enable(lake, admin, person.id)
    release(lake, admin, person.id)
    changes = history(lake, person.id)
    assert [(c.action, c.added, c.removed) for c in reversed(changes)] == [
        ("invited", (viewer,), ()), ("bound", (), ()), ("granted", (longer,), (viewer,)),
        ("revoked", (), (longer,)), ("disabled", (), ()), ("enabled", (), ()), ("released", (), ()),
    ]  # fmt: skip
    assert {c.action for c in changes} == set(ACTION_WORDS)
    assert {(c.who, c.by) for c in changes if c.action != "bound"} == {(admin.name, admin.person)}
    assert all(c.name == "示例甲" for c in changes)
    assert [c.at for c in changes] == sorted((c.at for c in changes), reverse=True)
    # Append-only, and read anew from the files it is the same.
    assert history(Lake(lake.root), person.id) == changes
    assert lake.snapshot().number == Lake(lake.root).snapshot().number == 6


def test_an_administrator_lists_those_of_the_own_scope(lake: Lake) -> None:
    yunnan = administrator(lake, YUNNAN)
    here = made(lake, "示例甲", Grant(Role.VIEWER, Scope(school=A3)), Grant(Role.VIEWER, HUBEI))
    new, elsewhere = made(lake, "示例乙"), made(lake, "示例丙", Grant(Role.VIEWER, HUBEI))
    seen = {person.id for person in people_seen(lake, yunnan)}
    assert seen == {yunnan.person, here.id, new.id}
    assert {p.id for p in people_seen(lake, elsewhere.caller)} == {elsewhere.id}
    assert len(people_seen(lake, LOCAL)) == len(people(lake)) == 4
    assert people_seen(lake, NOBODY) == ()


def test_a_person_is_found_by_id_account_or_full_name(lake: Lake) -> None:
    person = made(lake, "示例甲")
    invite(lake, ROOT, "示例乙", ["b1"])
    invite(lake, ROOT, "示例乙", ["b2"])
    for text in (person.id, "示例甲", "示例甲@EXAMPLE.org"):
        assert find_person(lake, text) == person
    with pytest.raises(UnknownPersonError, match="several"):
        find_person(lake, "示例乙")
    with pytest.raises(UnknownPersonError, match="no person"):
        find_person(lake, "示例")
    with pytest.raises(UnknownPersonError):
        grant(lake, ROOT, "nobody", Grant(Role.VIEWER, YUNNAN))


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("nation", NATION), ("全国", NATION), ("53", YUNNAN), ("云南省", YUNNAN),
        ("云南省昭通市巧家县", Scope("530622")), ("巧家县", Scope("530622")), ("66", CORPS),
        (f"school:{A1}", Scope(school=A1)), ("school:示例巧家一中", Scope(school=A1)),
        (f"university:{U1}", Scope(university=U1)), ("university:示例大学甲", Scope(university=U1)),
    ],
)  # fmt: skip
def test_a_scope_is_found_by_code_or_name(text: str, scope: Scope, lake: Lake) -> None:
    assert places_of(lake).find(text) == scope


@pytest.mark.parametrize(
    "text", ["", "5", "9", "朝阳区", "school:", "school:x", "university:", "x"]
)
def test_a_text_that_names_no_scope_or_several_is_none(text: str, lake: Lake) -> None:
    with pytest.raises(UnknownPlaceError):
        places_of(lake).find(text)


def test_two_roles_of_one_person_are_two_grants(lake: Lake) -> None:
    person = made(lake, "示例甲", Grant(Role.VIEWER, YUNNAN), Grant(Role.REPORTER, Scope("5306")))
    revoke(lake, ROOT, person.id, Role.VIEWER, YUNNAN)
    found = person_of(lake, person.id)
    assert found is not None
    assert found.caller.scopes(Action.SEE) == Scope("5306")
    with pytest.raises(LakeError, match="no such grant"):
        revoke(lake, ROOT, person.id, Role.REPORTER, YUNNAN)
