"""Guests: people without an account, whom a link shows one pinned view and nothing else.

What they see is what the link's maker could see when it was made, as far as it lies in the view's
place. It is shown whole or not at all: a maker who may not see all of it any more takes the link
with them, for a part would be other numbers than those that were sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from xianzhong.access.caller import Caller
from xianzhong.access.people import person_of
from xianzhong.access.places import places_of
from xianzhong.access.reach import covers, within_division
from xianzhong.access.roles import Action
from xianzhong.lake.links import SharedLink, shared_link
from xianzhong.lake.store import Lake
from xianzhong.model.labels import Label
from xianzhong.query.asof import PIN, today
from xianzhong.query.scope import NATION, NOWHERE, AnyScope, Scope, parts_of, union

# Pages that are one view. Not those where something is written, nor lists of what others did.
PAGES = frozenset(
    {
        "overview", "schools", "school", "universities", "university", "activities", "measures",
        "training", "coverage", "attention", "pairings", "support", "difficulties", "practices",
        "compare", "figure",
    }
)  # fmt: skip
LANG = "lang"
# What a comparison sets beside its filters: another province, or what is no place.
WITH = "with"
_PROVINCE = re.compile(r"\d\d", re.ASCII)
UNKNOWN = Label("没有这个免登录链接。", "There is no such link without an account.")
REVOKED = Label("这个链接已收回。", "This link was taken back.")
EXPIRED = Label("这个链接已过期。", "This link has expired.")
LOST = Label(
    "建立这个链接的人已不再有查看这些数据的权限，链接随之失效。",
    "Whoever made this link may not see these records any more, so it shows them to nobody.",
)


def guest_of(lake: Lake, key: str, day: date | None = None) -> Caller:
    """The caller that a link for guests makes of whoever holds it: ``guest``, or ``closed``.

    Args:
        lake: where.
        key: the link's id, out of a signed address.
        day: in China, today by default.

    Raises:
        LakeError: the lake cannot be read.
    """
    link, on = shared_link(lake, key), day or today()
    if link is None or not may_be_for_guests(link):
        return _closed(UNKNOWN)
    state = link.state(on)
    if state != "open":
        return _closed(REVOKED if state == "revoked" else EXPIRED)
    seen = _scope_of(link)
    maker = person_of(lake, link.by)
    now = maker.caller.scopes(Action.SEE, on) if maker else NOWHERE
    places = places_of(lake)
    if seen == NOWHERE or not all(covers(now, places.whole(part)) for part in parts_of(seen)):
        return _closed(LOST)
    return Caller("", standing="guest", link=link, seen=seen)


def may_be_for_guests(link: SharedLink) -> bool:
    """Whether a link is one that guests may open: pinned, of one view, by somebody known."""
    return link.guests and link.snapshot is not None and bool(link.by) and link.page in PAGES


def forced(link: SharedLink, lang: str = "") -> dict[str, str]:
    """The parameters of the only address that a guest sees, in the language that they ask for.

    Args:
        link: the link.
        lang: ``en`` or empty for Chinese.
    """
    params = {name: value for name, value in link.params.items() if name != LANG}
    params[PIN] = link.id
    return {**params, LANG: "en"} if lang.lower().startswith("en") else params


def _scope_of(link: SharedLink) -> AnyScope:
    """What the maker could see, in the view's own place.

    By the place alone: a filter for a school or a university leaves counts beside it that are
    those of the place, and they must come out as the maker saw them.
    """
    scope = NATION if link.scope is None else union(Scope(**part) for part in link.scope)
    places = [_division(link.params)]
    other = link.params.get(WITH, "")
    if places[0] and link.page == "compare" and _PROVINCE.fullmatch(other):
        places.append(other)
    return union(within_division(scope, place) for place in places)


def _division(params: Mapping[str, str]) -> str:
    given = (params.get("county"), params.get("prefecture"), params.get("province"))
    return next((code.strip() for code in given if code and code.strip()), "")


def _closed(why: Label) -> Caller:
    return Caller("", standing="closed", why=why)
