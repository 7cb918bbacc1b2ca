"""The people of a lake and who each of them is, kept in its journal.

A person is invited under a name by somebody who may, with the handles (an e-mail address, an
account name) by which the sign-in provider will know them. At the first sign-in with one of the
handles the account is bound: from then on the pair of issuer and subject alone is the person,
for handles can be given to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from xianzhong.access.caller import Caller
from xianzhong.access.errors import UnknownPersonError
from xianzhong.access.roles import Grant
from xianzhong.lake.errors import LakeChangedError
from xianzhong.lake.journal import Event, journal_of
from xianzhong.lake.store import Lake
from xianzhong.signin.identity import Identity, handle

KIND = "person"
LONGEST_NAME = 60
Action = Literal["invited", "bound", "released", "granted", "revoked", "disabled", "enabled"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was invited.

    Attributes:
        id: in the journal.
        name: given by who invited them; the ledger has it.
        handles: in the form of :func:`handle`; they bind once.
        identity: (issuer, subject) of the bound account, empty until the first sign-in.
        grants: also those that have expired.
        disabled: who disabled them, empty while nobody has.
        made_at, changed_at: moments (UTC) of the first and the newest event.
        number: of the newest event.
    """

    id: str
    name: str
    handles: tuple[str, ...] = ()
    identity: tuple[str, str] | tuple[()] = ()
    grants: tuple[Grant, ...] = ()
    disabled: str = ""
    made_at: datetime | None = None
    changed_at: datetime | None = None
    number: int = 0

    def body(self) -> dict[str, Any]:
        """What the journal keeps of them."""
        return {
            "name": self.name,
            "handles": list(self.handles),
            "identity": list(self.identity),
            "grants": [grant.to_dict() for grant in self.grants],
            "disabled": self.disabled,
        }

    @property
    def caller(self) -> Caller:
        """The person as somebody who asks."""
        standing: Literal["disabled", "known"] = "disabled" if self.disabled else "known"
        return Caller(self.name, self.id, self.grants, standing)


def people(lake: Lake) -> tuple[Person, ...]:
    """Everybody who was ever invited, in the order of their names.

    Raises:
        LakeError: the journal cannot be read.
    """
    journal = journal_of(lake)
    made = {event.key: event.at for event in journal.events(KIND) if event.number == 1}
    found = (_of(event, made[event.key]) for event in journal.newest(KIND).values())
    return tuple(sorted(found, key=lambda person: (person.name, person.id)))


def person_of(lake: Lake, key: str) -> Person | None:
    """The person of an id.

    Raises:
        LakeError: the journal cannot be read.
    """
    return next((person for person in people(lake) if person.id == key), None)


def find_person(lake: Lake, text: str) -> Person:
    """The person whom an id, a handle or a full name means.

    Raises:
        UnknownPersonError: it means nobody, or several.
        LakeError: the journal cannot be read.
    """
    everybody = people(lake)
    for meant in (
        [p for p in everybody if p.id == text],
        [p for p in everybody if handle(text) in p.handles],
        [p for p in everybody if p.name == text.strip()],
    ):
        if len(meant) > 1:
            raise UnknownPersonError(text, several=True)
        if meant:
            return meant[0]
    raise UnknownPersonError(text)


def caller_for(lake: Lake, identity: Identity) -> Caller:
    """The caller who has signed in; binds an invitation at the first sign-in.

    To be asked anew at each run of a page: what was granted, revoked or disabled meanwhile
    counts at once, and nothing is written but at the first sign-in.

    Raises:
        LakeError: the journal cannot be read or written.
    """
    account = (identity.issuer, identity.subject)
    while True:
        everybody = people(lake)
        for person in everybody:
            if person.identity == account:
                return person.caller
        invited = _invited(everybody, identity.handles)
        if len(invited) != 1:
            # Two invitations of one account name: which of them was meant nobody can know.
            return Caller(identity.name)
        (person,) = invited
        if person.disabled:
            return person.caller
        if person.identity:
            return Caller(identity.name, standing="taken")
        try:
            return _bound(lake, person, account).caller
        except LakeChangedError:
            continue


def fresh(lake: Lake, caller: Caller) -> Caller:
    """The caller as the journal has them now.

    Raises:
        LakeError: the journal cannot be read.
    """
    if not caller.person:
        return caller
    person = person_of(lake, caller.person)
    return person.caller if person else Caller(caller.name)


def _invited(everybody: Iterable[Person], handles: Iterable[str]) -> list[Person]:
    """Whose handles these are; somebody who was disabled counts only where nobody else does."""
    wanted = {handle(one) for one in handles} - {""}
    found = [person for person in everybody if wanted & set(person.handles)]
    return [person for person in found if not person.disabled] or found


def _bound(lake: Lake, person: Person, account: tuple[str, str]) -> Person:
    body = person.body() | {"identity": list(account)}

    def nobody_else() -> None:
        if any(other.identity == account for other in people(lake)):
            raise LakeChangedError("the account was bound just now", "该账号刚刚已绑定")

    event = journal_of(lake).append(
        KIND, person.id, "bound", person.name, body, after=person.number, only_if=nobody_else
    )
    return _of(event, person.made_at or event.at)


def _of(event: Event, made_at: datetime) -> Person:
    body = event.body
    pair = tuple(map(str, body["identity"]))
    return Person(
        id=event.key, name=body["name"], handles=tuple(body["handles"]),
        identity=(pair[0], pair[1]) if pair else (), grants=grants_in(body),
        disabled=body["disabled"], made_at=made_at, changed_at=event.at, number=event.number,
    )  # fmt: skip


def grants_in(body: Mapping[str, Any]) -> tuple[Grant, ...]:
    """The grants of an event; one that cannot be understood grants nothing."""
    found = []
    for kept in body["grants"]:
        try:
            found.append(Grant.from_dict(kept))
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found)
