"""Links and meetings that a caller may list and open: their own, and those within their scope.

What is behind a link is cut by the gate for whoever opens it. But titles, notes and the figures
that were kept when a link was pinned are as their maker saw them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from xianzhong.access.caller import Caller
from xianzhong.access.errors import NotAllowedError
from xianzhong.access.people import fresh
from xianzhong.access.places import Places, places_of
from xianzhong.access.reach import covers
from xianzhong.access.roles import Action
from xianzhong.lake.links import SharedLink, change_link, shared_links
from xianzhong.lake.meetings import Action as MeetingAction
from xianzhong.lake.meetings import Meeting, Slide, add_slides, change_meeting, meeting, meetings
from xianzhong.lake.store import Lake
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, Scope, parts_of

LinkAction = Literal["renamed", "extended", "revoked"]
Kept = Sequence[Mapping[str, str]]


def scope_kept(caller: Caller) -> list[dict[str, str]]:
    """What a link or a meeting keeps of the scope that its maker sees."""
    return [
        {"division": part.division, "university": part.university, "school": part.school}
        for part in parts_of(caller.scopes(Action.SEE))
    ]


def made_in(caller: Caller) -> list[dict[str, str]] | None:
    """The same for who makes one, None for the whole nation: what was kept before sign-in was."""
    return None if caller.scopes(Action.SEE) == NATION else scope_kept(caller)


def view_seen(
    lake: Lake, caller: Caller, params: Mapping[str, str], made_in: Kept | None = None
) -> bool:
    """Whether all that a view shows, as its maker saw it, lies in the caller's scope.

    Args:
        lake: where.
        caller: who wants to see it.
        params: of the view.
        made_in: scope of its maker (:func:`scope_kept`), None for the whole nation.

    Raises:
        LakeError: the lake cannot be read.
    """
    return _seen(places_of(lake), caller.scopes(Action.SEE), params, made_in)


def links_seen(lake: Lake, caller: Caller) -> tuple[SharedLink, ...]:
    """The links that the caller may list, newest first, each as :func:`link_seen` shows it.

    Raises:
        LakeError: the journal cannot be read.
    """
    places, scope = places_of(lake), caller.scopes(Action.SEE)
    return tuple(
        link_seen(caller, link)
        for link in shared_links(lake)
        if _own(caller, link.by) or _seen(places, scope, link.params, link.scope)
    )


def link_seen(caller: Caller, link: SharedLink) -> SharedLink:
    """A link without the figures that were kept in it, where they are of another scope.

    They would tell what the caller may not see, and no page could find them again.
    """
    mine = caller.scopes(Action.SEE)
    same = mine == NATION if link.scope is None else scope_kept(caller) == list(link.scope)
    return link if same else replace(link, values=None)


def meetings_seen(lake: Lake, caller: Caller) -> tuple[Meeting, ...]:
    """The meetings that the caller may list, the one changed last first.

    Raises:
        LakeError: the journal cannot be read.
    """
    places, scope = places_of(lake), caller.scopes(Action.SEE)
    return tuple(one for one in meetings(lake) if _of_meeting(places, caller, scope, one))


def meeting_seen(lake: Lake, caller: Caller, key: str) -> Meeting | None:
    """The meeting of an id, None where there is none that the caller may open.

    Raises:
        LakeError: the journal cannot be read.
    """
    found = meeting(lake, key)
    scope = caller.scopes(Action.SEE)
    if found is None or not _of_meeting(places_of(lake), caller, scope, found):
        return None
    return found


def _own(caller: Caller, by: str) -> bool:
    return bool(caller.person) and caller.person == by and caller.scopes(Action.SEE) != NOWHERE


def _of_meeting(places: Places, caller: Caller, scope: AnyScope, one: Meeting) -> bool:
    if _own(caller, one.by):
        return True
    # One without slides says its title and nothing else; it is its maker's whole scope.
    views = [slide.params for slide in one.slides] or [{}]
    return all(_seen(places, scope, params, one.scope) for params in views)


def _seen(places: Places, scope: AnyScope, params: Mapping[str, str], made_in: Kept | None) -> bool:
    if scope in (NATION, NOWHERE):
        return scope == NATION
    division = params.get("county") or params.get("prefecture") or params.get("province") or ""
    try:
        shown = places.whole(
            Scope(division, params.get("university", ""), params.get("school", ""))
        )
    except ValueError:
        return False
    makers = [places.whole(Scope(**part)) for part in made_in] if made_in is not None else []
    # Within what the filters leave, or else within all that its maker could see.
    return covers(scope, shown) or (bool(makers) and all(covers(scope, p) for p in makers))


def may_change(caller: Caller, made_by: str) -> bool:
    """Whether the caller may rename, revoke or delete what somebody made.

    Their own; everything, for who administers the whole nation or sits at the machine.
    """
    everything = caller.standing == "local" or caller.may(Action.ADMINISTER, NATION)
    return everything or _own(caller, made_by)


def change_link_as(
    lake: Lake, caller: Caller, link: SharedLink, action: LinkAction, who: str, **changes: Any
) -> SharedLink:
    """Renames, extends or revokes a link that is the caller's to change; see ``change_link``.

    Raises:
        NotAllowedError: it is not.
        LakeError: as ``lake.links.change_link``.
    """
    _check(lake, caller, link.by)
    return change_link(lake, link, action, who, **changes)


def change_meeting_as(
    lake: Lake, caller: Caller, seen: Meeting, action: MeetingAction, who: str, **changes: Any
) -> Meeting:
    """Changes a meeting that is the caller's to change; see ``change_meeting``.

    Raises:
        NotAllowedError: it is not.
        LakeError: as ``lake.meetings.change_meeting``.
    """
    _check(lake, caller, seen.by)
    return change_meeting(lake, seen, action, who, **changes)


def add_slides_as(
    lake: Lake, caller: Caller, key: str, slides: Sequence[Slide], who: str
) -> Meeting:
    """Adds slides to a meeting that is the caller's to change; see ``add_slides``.

    Raises:
        NotAllowedError: it is not, or there is none.
        LakeError: as ``lake.meetings.add_slides``.
    """
    found = meeting(lake, key)
    _check(lake, caller, found.by if found else "")
    return add_slides(lake, key, slides, who)


def _check(lake: Lake, caller: Caller, made_by: str) -> None:
    if not may_change(fresh(lake, caller), made_by):
        raise NotAllowedError(
            "only whoever made it, or an administrator of the whole nation, may change it",
            "只有建立人或全国管理员可以修改",
        )
