"""Why somebody can, or cannot, do something: the grant that applied, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xianzhong.access.caller import Caller
from xianzhong.access.grounds import Grounds
from xianzhong.access.places import Places, grant_label, places_of
from xianzhong.access.reach import covers
from xianzhong.access.roles import ACTION_LABELS, RIGHTS, ROLE_LABELS, Action, Grant
from xianzhong.lake.errors import LakeError
from xianzhong.lake.schema import RECORD_ID
from xianzhong.lake.store import Lake
from xianzhong.model.labels import Label
from xianzhong.model.tables import TABLES
from xianzhong.query.asof import today
from xianzhong.query.scope import Scope


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the lake, by its table and id."""

    table: str
    id: str


Thing = Scope | Record


@dataclass(frozen=True, slots=True)
class Why:
    """The answer.

    Attributes:
        allowed: whether the caller may.
        grant: the grant that allows it; where none does, the nearest one that would but for
            its role or its last day; None where there is none.
        words: the rule that applied, in both languages.
    """

    allowed: bool
    grant: Grant | None
    words: Label


def why(lake: Lake, caller: Caller, action: Action, thing: Thing, day: date | None = None) -> Why:
    """Why a caller may or may not do something with a place or a record.

    A place is judged as a whole: who sees only some of a province may not see the province.

    Args:
        lake: where.
        caller: who.
        action: what they want to do.
        thing: to what.
        day: in China, today by default.

    Raises:
        LakeError: the lake cannot be read, or has no such record.
    """
    places = places_of(lake)
    what = _What(lake, places, action, thing)
    if caller.standing == "local":
        return Why(True, None, Label(
            "未配置登录，本机可使用全部功能。",
            "No sign-in is configured: whoever is at this machine may do everything.",
        ))  # fmt: skip
    if caller.standing != "known":
        return Why(False, None, caller.refused or what.words("没有权限", "no grant"))
    on = day or today()
    near = [grant for grant in caller.grants if what.within(grant)]
    for grant in near:
        if grant.allows(action) and grant.holds(on):
            words = grant_label(places, grant)
            return Why(True, grant, what.words(f"依据：{words.zh}", f"by {words.en}", can=True))
    return _missing(what, caller, near)


class _What:
    """The action and the thing, in words and against a grant."""

    def __init__(self, lake: Lake, places: Places, action: Action, thing: Thing) -> None:
        self.action, self.places = action, places
        self._grounds = Grounds(lake, lake.snapshot())
        self._row = _row(lake, thing) if isinstance(thing, Record) else None
        self._thing = thing

    def within(self, grant: Grant) -> bool:
        """Whether the thing lies in a grant's scope, whatever its role."""
        if isinstance(self._thing, Scope):
            return covers(grant.scope, self.places.whole(self._thing))
        assert self._row is not None  # noqa: S101
        if self.action in (Action.REPORT, Action.REVIEW):
            where = self._grounds.where(self._thing.table, self._row)
            return self._grounds.writes(grant.scope)(where)
        return self._grounds.sees(grant.scope, self._thing.table, self._row)

    def words(self, zh: str, en: str, *, can: bool = False) -> Label:
        """A sentence that ends in a reason."""
        what, name = ACTION_LABELS[self.action], self._name()
        return Label(
            f"{'可以' if can else '不能'}{what.zh}{name.zh}，{zh}。",
            f"May {'' if can else 'not '}{what.en} {name.en}: {en}.",
        )

    def _name(self) -> Label:
        if isinstance(self._thing, Scope):
            return self.places.label(self._thing)
        label = TABLES[self._thing.table].label
        return Label(f"{label.zh} {self._thing.id}", f"{label.en} {self._thing.id}")


def _row(lake: Lake, record: Record) -> dict[str, object]:
    if record.table in TABLES:
        rows = lake.rows(record.table, lake.snapshot(), match=(RECORD_ID, [record.id]))
        if rows.num_rows:
            found: dict[str, object] = rows.to_pylist()[0]
            return found
    raise LakeError(
        f"there is no record {record.id} in {record.table}",
        f"{record.table} 中没有记录 {record.id}",
    )


def _missing(what: _What, caller: Caller, near: list[Grant]) -> Why:
    """Which grant would do but for its last day or its role, or that none reaches so far."""
    ended = [grant for grant in near if grant.allows(what.action)]
    if ended:
        words = grant_label(what.places, ended[0])
        return Why(False, ended[0], what.words(f"“{words.zh}”已到期", f"{words.en} has ended"))
    if near:
        words = grant_label(what.places, near[0])
        roles = [role for role in ROLE_LABELS if what.action in RIGHTS[role]]
        zh = "或".join(ROLE_LABELS[role].zh for role in roles)
        en = " or ".join(ROLE_LABELS[role].en for role in roles)
        return Why(False, near[0], what.words(
            f"“{words.zh}”不含此项，需要{zh}权限", f"{words.en} does not allow it; it takes {en}"
        ))  # fmt: skip
    if not caller.grants:
        return Why(False, None, what.words("尚未授予任何权限", "nothing has been granted yet"))
    zh = "、".join(grant_label(what.places, grant).zh for grant in caller.grants)
    en = "; ".join(grant_label(what.places, grant).en for grant in caller.grants)
    return Why(False, None, what.words(
        f"不在已授予的范围内：{zh}", f"it lies outside what was granted: {en}"
    ))  # fmt: skip
