"""Headline figures as a part: cards on the screen, a table elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.query.figures import Figure, Number, figures


def shown(value: Number) -> str:
    """A number as it is shown: thousands separated, a dash for nothing on record.

    From ten thousand on no tenths: a card of a phone has no room for them.
    """
    if value is None:
        return "—"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.1f}"


def change(source: Source, figure: Figure) -> str | None:
    """The change against the period before with its sign, None where there is none to give."""
    if figure.value is None or figure.previous is None:
        return None
    difference = figure.value - figure.previous
    if not difference:
        return source.say("no change")
    return f"{difference:+,}" if isinstance(difference, int) else f"{difference:+,.1f}"


def figures_part(
    source: Source, ids: Sequence[str], title: str, notes: Mapping[str, str] | None = None
) -> Part:
    """Some indicators of the view, in the order given.

    Args:
        source: the view.
        ids: of the indicators.
        title: the heading.
        notes: what must stand under a figure, by the indicator's id.
    """
    found = {f.indicator.id: f for f in figures(source.engine, source.view, tuple(ids))}
    ordered = tuple(found[name] for name in ids)
    table = pd.DataFrame(
        {
            source.say("Indicator"): [f.indicator.label[source.lang] for f in ordered],
            source.say("Value"): [shown(f.value) for f in ordered],
            source.say("Unit"): [f.indicator.unit[source.lang] for f in ordered],
            source.say("Change"): [change(source, f) or "—" for f in ordered],
        }
    )
    return Part("figures", title, table, figures=ordered, figure_notes=notes or {})
