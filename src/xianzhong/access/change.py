"""Changes to people and what they may: only by an administrator whose scope covers it.

Every change is one event of the journal, with who made it and when, and nothing is ever taken
out of it. The first administrator is made on the machine itself, with ``xianzhong access``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from xianzhong.access.caller import Caller
from xianzhong.access.errors import NotAllowedError, UnknownPersonError, UnknownPlaceError
from xianzhong.access.people import (
    KIND,
    LONGEST_NAME,
    Person,
    fresh,
    people,
    person_of,
)
from xianzhong.access.people import (
    Action as Done,
)
from xianzhong.access.places import grant_label, places_of
from xianzhong.access.roles import Action, Grant, Role
from xianzhong.lake.errors import LakeError
from xianzhong.lake.journal import journal_of, new_key
from xianzhong.lake.store import Lake
from xianzhong.query.asof import today
from xianzhong.query.scope import Scope
from xianzhong.signin.identity import handle


def _not_administrator() -> NotAllowedError:
    return NotAllowedError(
        "only an administrator may change who may see what", "只有管理员可以修改人员权限"
    )


def _oneself() -> NotAllowedError:
    return NotAllowedError(
        "nobody disables themselves or gives up their own administration: "
        "ask another administrator",
        "不能停用自己，也不能收回自己的管理员权限，请由其他管理员操作",
    )


def invite(
    lake: Lake, caller: Caller, name: str, handles: Iterable[str], grants: Iterable[Grant] = (),
    *, now: datetime | None = None,
) -> Person:  # fmt: skip
    """Puts a person on record, bound at their first sign-in with one of the handles.

    Args:
        lake: where.
        caller: who invites.
        name: what the person is called, in the ledger too.
        handles: e-mail addresses or account names.
        grants: what they may from the start.
        now: the moment, the present one by default.

    Raises:
        NotAllowedError: the caller may not give these grants, or may not administer at all.
        LakeError: there is no name or handle, a handle is another person's, or the journal
            cannot be written.
    """
    given = tuple(dict.fromkeys(one for one in map(handle, handles) if one))
    called = name.strip()[:LONGEST_NAME]
    if not called or not given:
        raise LakeError(
            "an invitation needs a name and an e-mail address or account name",
            "邀请需要填写姓名，以及邮箱或账号名",
        )
    person = Person(new_key(), called, given, grants=_one_of_each(grants))

    def free(by: Caller) -> None:
        if not by.may_somewhere(Action.ADMINISTER):
            raise _not_administrator()
        for other in people(lake):
            if set(given) & set(other.handles) and not other.disabled:
                shared = min(set(given) & set(other.handles))
                raise LakeError(
                    f"{shared} is the account of {other.name} already",
                    f"{shared} 已是{other.name}的账号",
                )
        for one in person.grants:
            _may_give(lake, by, one)

    return _written(lake, caller, person, "invited", free, now=now)


def grant(
    lake: Lake, caller: Caller, person: str, given: Grant, *, now: datetime | None = None
) -> Person:
    """Gives a person a role in a scope; given again, its last day becomes another.

    Args:
        lake: where.
        caller: who gives.
        person: the id of who gets it.
        given: what.
        now: the moment, the present one by default.

    Raises:
        NotAllowedError: the caller's administration does not cover the scope.
        UnknownPersonError, UnknownPlaceError: there is no such person, or no such place.
        LakeChangedError: somebody else has changed the person at the same time.
        LakeError: the journal cannot be written.
    """
    seen = _person(lake, person)
    changed = replace(seen, grants=_one_of_each((*seen.grants, given)))
    return _written(
        lake, caller, changed, "granted", lambda by: _may_give(lake, by, given), now=now
    )


def revoke(
    lake: Lake, caller: Caller, person: str, role: Role, scope: Scope, *,
    now: datetime | None = None,
) -> Person:  # fmt: skip
    """Takes a role in a scope away.

    Raises:
        NotAllowedError: the caller's administration does not cover the scope, or it is their
            own administration.
        UnknownPersonError: there is no such person.
        LakeChangedError: somebody else has changed the person at the same time.
        LakeError: the person has no such grant, or the journal cannot be written.
    """
    seen = _person(lake, person)
    gone = [one for one in seen.grants if (one.role, one.scope) == (role, scope)]
    if not gone:
        raise LakeError(f"{seen.name} has no such grant", f"{seen.name}没有这项权限")

    def allowed(by: Caller) -> None:
        if by.person == seen.id and role is Role.ADMINISTRATOR:
            raise _oneself()
        _may_give(lake, by, gone[0], anywhere=True)

    left = tuple(one for one in seen.grants if one not in gone)
    return _written(lake, caller, replace(seen, grants=left), "revoked", allowed, now=now)


def disable(lake: Lake, caller: Caller, person: str, *, now: datetime | None = None) -> Person:
    """Shuts a person out at once, whatever they have been granted; the grants stay on record.

    Raises:
        NotAllowedError: the caller's administration does not cover all that the person may, or
            it is the caller themselves.
        UnknownPersonError, LakeChangedError, LakeError: as for :func:`revoke`.
    """
    seen = _person(lake, person)
    changed = replace(seen, disabled=caller.name or "-")

    def allowed(by: Caller) -> None:
        if by.person == seen.id:
            raise _oneself()
        _may_change(lake, by, seen)

    return _written(lake, caller, changed, "disabled", allowed, now=now)


def enable(lake: Lake, caller: Caller, person: str, *, now: datetime | None = None) -> Person:
    """Lets a person who was disabled in again, with the grants that they have.

    Raises:
        NotAllowedError: the caller's administration does not cover all that the person may.
        UnknownPersonError, LakeChangedError, LakeError: as for :func:`revoke`.
    """
    seen = _person(lake, person)

    def allowed(by: Caller) -> None:
        for other in people(lake):
            same = set(seen.handles) & set(other.handles)
            if other.id != seen.id and same and not other.disabled:
                raise LakeError(
                    f"{min(same)} is the account of {other.name} now",
                    f"{min(same)} 现在是{other.name}的账号",
                )
        _may_change(lake, by, seen)

    return _written(lake, caller, replace(seen, disabled=""), "enabled", allowed, now=now)


def release(lake: Lake, caller: Caller, person: str, *, now: datetime | None = None) -> Person:
    """Unbinds a person's account, so that the next sign-in with a handle of theirs binds anew.

    For a provider that was changed, or an account that was made anew.

    Raises:
        NotAllowedError: the caller's administration does not cover all that the person may.
        UnknownPersonError, LakeChangedError, LakeError: as for :func:`revoke`.
    """
    seen = _person(lake, person)
    return _written(
        lake, caller, replace(seen, identity=()), "released",
        lambda by: _may_change(lake, by, seen), now=now,
    )  # fmt: skip


def _person(lake: Lake, key: str) -> Person:
    found = person_of(lake, key)
    if found is None:
        raise UnknownPersonError(key)
    return found


def _one_of_each(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The last of several grants of one role in one scope."""
    return tuple({(one.role, one.scope): one for one in grants}.values())


def _may_give(lake: Lake, by: Caller, given: Grant, *, anywhere: bool = False) -> None:
    """Raises unless the caller administers all of the grant's scope, and it is on record."""
    places = places_of(lake)
    if not by.may_somewhere(Action.ADMINISTER):
        raise _not_administrator()
    if not by.may(Action.ADMINISTER, places.whole(given.scope)):
        words = grant_label(places, given)
        raise NotAllowedError(
            f"{words.en} reaches beyond the scope that you administer",
            f"“{words.zh}”超出您的管理范围",
        )
    if not anywhere and not places.known(given.scope):
        raise UnknownPlaceError(given.to_dict()["code"])


def _may_change(lake: Lake, by: Caller, person: Person) -> None:
    """Raises unless the caller administers all that the person may."""
    if not by.may_somewhere(Action.ADMINISTER):
        raise _not_administrator()
    for one in person.grants:
        if one.holds(today()):
            _may_give(lake, by, one, anywhere=True)


def _written(
    lake: Lake, caller: Caller, person: Person, action: Done, allowed: Callable[[Caller], None],
    *, now: datetime | None,
) -> Person:  # fmt: skip
    """Keeps a person's new state, if the caller may as they are when nobody else can write."""
    body = person.body() | {"by": caller.person}
    journal_of(lake).append(
        KIND, person.id, action, caller.name[:LONGEST_NAME], body, after=person.number, now=now,
        only_if=lambda: allowed(fresh(lake, caller)),
    )  # fmt: skip
    return _person(lake, person.id)
