"""What was ever changed about people: who, when, what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xianzhong.access.caller import Caller
from xianzhong.access.people import KIND, Person, grants_in, people
from xianzhong.access.places import places_of
from xianzhong.access.roles import Action, Grant
from xianzhong.lake.journal import Event, journal_of
from xianzhong.lake.store import Lake
from xianzhong.model.labels import Label

ACTION_WORDS: dict[str, Label] = {
    "invited": Label("邀请", "invited"),
    "bound": Label("首次登录，绑定账号", "bound at the first sign-in"),
    "released": Label("解除账号绑定", "released from the account"),
    "granted": Label("授予权限", "granted"),
    "revoked": Label("收回权限", "revoked"),
    "disabled": Label("停用", "disabled"),
    "enabled": Label("恢复启用", "enabled"),
}


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One change of one person.

    Attributes:
        at: when (UTC).
        who: the name of who changed it; ``by`` their id, empty for the machine itself.
        by: see ``who``.
        person, name: id and name of whom it is about.
        action: one of ``ACTION_WORDS``.
        added, removed: the grants that came and went with it.
    """

    at: datetime
    who: str
    by: str
    person: str
    name: str
    action: str
    added: tuple[Grant, ...]
    removed: tuple[Grant, ...]


def history(lake: Lake, person: str = "") -> tuple[PersonChange, ...]:
    """Every change, or those of one person, newest first.

    Raises:
        LakeError: the journal cannot be read.
    """
    before: dict[str, tuple[Grant, ...]] = {}
    found = []
    for event in sorted(journal_of(lake).events(KIND, person), key=lambda e: (e.key, e.number)):
        found.append(_change(event, before.get(event.key, ())))
        before[event.key] = grants_in(event.body)
    # Of one moment, the later one first.
    order = {id(change): number for number, change in enumerate(found)}
    return tuple(sorted(found, key=lambda c: (c.at, order[id(c)]), reverse=True))


def people_seen(lake: Lake, caller: Caller) -> tuple[Person, ...]:
    """The people whom an administrator has to do with: some grant of theirs lies in its scope.

    Who has no grant yet is seen by every administrator; everybody sees themselves.

    Raises:
        LakeError: the journal cannot be read.
    """
    places = places_of(lake)
    administers = caller.may_somewhere(Action.ADMINISTER)

    def seen(person: Person) -> bool:
        inside = (caller.may(Action.ADMINISTER, places.whole(g.scope)) for g in person.grants)
        mine = bool(caller.person) and person.id == caller.person
        return mine or (administers and (not person.grants or any(inside)))

    return tuple(person for person in people(lake) if seen(person))


def _change(event: Event, before: tuple[Grant, ...]) -> PersonChange:
    after = grants_in(event.body)
    return PersonChange(
        event.at, event.who, event.body.get("by", ""), event.key, event.body["name"],
        event.action, tuple(g for g in after if g not in before),
        tuple(g for g in before if g not in after),
    )  # fmt: skip
