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


def card_note(source: Source, figure: Figure) -> str:
    """What must stand under a number so that it is not read as more than it is."""
    if figure.value is None:
        return source.say("no source found")
    if figure.indicator.group == "supporters":
        return _recorded(source, figure)
    if figure.indicator.group == "readiness":
        return _of_pairings(source, figure)
    if figure.total and figure.known < figure.total:
        if figure.indicator.group != "activity":
            return source.say(
                "not given by {missing} of {total} records",
                missing=f"{figure.total - figure.known:,}",
                total=f"{figure.total:,}",
            )
        return source.say(
            "reported by {known} of {total} activities",
            known=f"{figure.known:,}",
            total=f"{figure.total:,}",
        )
    return ""


def _recorded(source: Source, figure: Figure) -> str:
    """On how many universities a figure rests, and how many are not recorded."""
    missing = figure.total - figure.known
    if figure.yes is None:
        return source.say("not recorded for {missing}", missing=f"{missing:,}") if missing else ""
    words = source.say(
        "{yes} of {known} recorded", yes=f"{figure.yes:,}", known=f"{figure.known:,}"
    )
    if not missing:
        return words
    return source.say("{words}; {missing} not recorded", words=words, missing=f"{missing:,}")


def _of_pairings(source: Source, figure: Figure) -> str:
    """On how many pairings a share rests, and how many are not recorded."""
    if figure.yes is None:
        return ""
    words = source.say(
        "{yes} of {known} pairings", yes=f"{figure.yes:,}", known=f"{figure.known:,}"
    )
    missing = figure.total - figure.known
    if not missing:
        return words
    return source.say("{words}; {missing} more not recorded", words=words, missing=f"{missing:,}")


def figures_part(
    source: Source,
    ids: Sequence[str],
    title: str,
    notes: Mapping[str, str] | None = None,
    *,
    said: Sequence[str] = (),
) -> Part:
    """Some indicators of the view, in the order given.

    Args:
        source: the view.
        ids: of the indicators.
        title: the heading.
        notes: what else to say under a figure, by the indicator's id.
        said: what must be read with all of them.
    """
    found = {f.indicator.id: f for f in figures(source.engine, source.view, tuple(ids))}
    return part_of(source, [found[name] for name in ids], title, notes, said=said)


def part_of(
    source: Source,
    found: Sequence[Figure],
    title: str,
    notes: Mapping[str, str] | None = None,
    *,
    said: Sequence[str] = (),
) -> Part:
    """Figures that are known already as a part; the arguments are those of :func:`figures_part`."""
    table = pd.DataFrame(
        {
            source.say("Indicator"): [f.indicator.label[source.lang] for f in found],
            source.say("Value"): [shown(f.value) for f in found],
            source.say("Unit"): [f.indicator.unit[source.lang] for f in found],
        }
    )
    changes = [change(source, f) for f in found]
    if any(changes):
        table[source.say("Change")] = [words or "—" for words in changes]
    under: dict[str, str] = {}
    for figure in found:
        name = figure.indicator.id
        words = ((notes or {}).get(name, ""), card_note(source, figure))
        if text := " · ".join(word for word in words if word):
            under[name] = text
    return Part(
        "figures", title, table, notes=tuple(text for text in said if text),
        figures=tuple(found), figure_notes=under,
    )  # fmt: skip
