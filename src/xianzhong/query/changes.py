"""What became another between two states of a view: figures, and records one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from xianzhong.lake.ledger import Snapshot
from xianzhong.model.tables import TABLES
from xianzhong.query.effect import Effect
from xianzhong.query.engine import Engine
from xianzhong.query.figures import ALL, figures
from xianzhong.query.gate import View

What = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Changes:
    """Records of one table that are not the same any more, by their ids.

    Attributes:
        table: its name.
        new, gone, changed: ids of the records that came, went, or say something else.
    """

    table: str
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.new) + len(self.gone) + len(self.changed)

    def ids(self, what: What) -> tuple[str, ...]:
        """The ids of one sort."""
        return {"new": self.new, "gone": self.gone, "changed": self.changed}[what]


def figures_between(
    engine: Engine, view: View, before: Snapshot, ids: Sequence[str] = ALL
) -> tuple[Effect, ...]:
    """The view's figures in an earlier state and in its own, those alone that differ.

    Each state is judged on its own day, as it was shown then.

    Raises:
        LakeError: a snapshot cannot be read.
    """
    found = (figures(engine, each, ids) for each in (replace(view, snapshot=before), view))
    return tuple(
        Effect(then.indicator, then.value, now.value)
        for then, now in zip(*found, strict=True)
        if then.value != now.value
    )


def records_between(engine: Engine, view: View, before: Snapshot) -> tuple[Changes, ...]:
    """The records of a view that are new, gone or changed since an earlier state, by table.

    Tables without any are left out; so is a table that no commit touched in between.

    Raises:
        LakeError: a snapshot cannot be read.
    """
    earlier = replace(view, snapshot=before)
    # The place and the supporter of a record are another table's: where these were touched, a
    # record may have come into the view or gone from it without being touched itself.
    moved = any(
        before.version(name) != view.snapshot.version(name)
        for name in ("schools", "pairings", "universities")
    )
    found = []
    for table in TABLES:
        if not moved and before.version(table) == view.snapshot.version(table):
            continue
        frame = engine.differences(table, earlier, view)
        by_what = {
            what: tuple(frame.loc[frame["what"] == what, "record_id"])
            for what in ("new", "gone", "changed")
        }
        changes = Changes(table, **by_what)
        if len(changes):
            found.append(changes)
    return tuple(found)
