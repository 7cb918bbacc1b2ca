"""What an upload would do to the figures, before it is committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.store import Change
from xianzhong.model.indicators import Indicator
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Number, figures
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.scope import AnyScope


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure before and after."""

    indicator: Indicator
    before: Number
    after: Number


def effect(
    engine: Engine,
    base: Snapshot,
    changes: Sequence[Change],
    ids: Sequence[str],
    scope: AnyScope,
    *,
    now: datetime | None = None,
) -> tuple[Effect, ...]:
    """Figures of the whole scope, before and after changes that nobody has committed.

    Both are judged on the same day, so that only the changes make the difference.

    Args:
        engine: over the lake.
        base: the snapshot that the changes were computed against.
        changes: what a commit would do.
        ids: the indicators wanted.
        scope: whose figures.
        now: the moment of judgement, the present one by default.

    Raises:
        LakeError: the snapshot cannot be read.
    """
    moment = now or datetime.now(UTC)
    found = []
    for given in ((), changes):
        with engine.supposing(base, given, moment) as snapshot:
            found.append(figures(engine, View(snapshot, scope, Filters()), ids))
    return tuple(
        Effect(before.indicator, before.value, after.value)
        for before, after in zip(*found, strict=True)
    )
