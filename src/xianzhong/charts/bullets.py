"""Bars held against what they should reach: delivered against promised, covered against all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from xianzhong.charts.plain import PlainFigure
from xianzhong.charts.style import (
    BLUE,
    INK,
    LOUD,
    PALE,
    SKY,
    TICK_ROOM,
    TICK_SIZE,
    axis,
    layout,
    width_of,
)  # fmt: skip

_EDGE = "#8296a5"
# PALE, which is too pale for a small square without an edge.
_PALE_KEY = "#b5c7d6"
_ROW, _DENSE, _MANY = 40, 25, 12
_LEGEND_ROOM = 30
_STEADY = {
    "hoverinfo": "text",
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bar.

    Attributes:
        name, code: its name and its stable code.
        goal: what should be reached, so far as it is known whether it was.
        reached: what is.
        unknown: what should be reached as well, without a record whether it was.
        note: stands at its end.
    """

    name: str
    code: str
    goal: float
    reached: float
    unknown: float = 0
    note: str = ""


def _names(bullets: Sequence[Bullet]) -> list[str]:
    return [escape(bullet.name, quote=False) for bullet in bullets]


def promise_columns(
    bullets: Sequence[Bullet], *, words: tuple[str, str, str], unit: str, chosen: Sequence[str] = ()
) -> PlainFigure:
    """What was promised as a wide pale column, what was delivered as a dark one within it.

    On top, in white, stands what was promised without a record of what was delivered.

    Args:
        bullets: from the left.
        words: names of what was promised, of what was delivered, and of the white part.
        unit: of the amounts, for the hover text.
        chosen: codes that stand out while the others step back; all stand out if empty.
    """
    at = list(range(len(bullets)))
    ends = _ends(bullets)
    most = max(ends, default=1) or 1
    notes = [
        _note(b, x=x, y=end, xanchor="center", yanchor="bottom")
        for b, x, end in zip(bullets, at, ends, strict=True)
    ]
    return PlainFigure(
        _promises(bullets, words, unit, chosen, upright=True),
        layout(
            300,
            top=_LEGEND_ROOM,
            bottom=TICK_ROOM,
            barmode="overlay",
            annotations=[*notes, _promised_key(0, words)],
            xaxis=axis(tickmode="array", tickvals=at, ticktext=_names(bullets), showgrid=False),
            yaxis=axis(range=[0, most * 1.1], showticklabels=False, showgrid=False),
        ),
    )


def promise_rows(
    bullets: Sequence[Bullet], *, words: tuple[str, str, str], unit: str
) -> PlainFigure:
    """The same as rows from the top down."""
    at = list(range(len(bullets)))
    ends = _ends(bullets)
    notes = [
        _note(b, x=end, y=y, xanchor="left", yanchor="middle", xshift=4)
        for b, y, end in zip(bullets, at, ends, strict=True)
    ]
    left = width_of([b.name for b in bullets]) + 6
    return PlainFigure(
        _promises(bullets, words, unit, (), upright=False),
        layout(
            _ROW * len(bullets) + _LEGEND_ROOM + 28,
            left=left,
            right=width_of([b.note for b in bullets]) + 6,
            top=_LEGEND_ROOM,
            barmode="overlay",
            annotations=[*notes, _promised_key(left, words)],
            xaxis=axis(range=[0, max(ends, default=1) or 1], showticklabels=False, showgrid=False),
            yaxis=_rows(bullets),
        ),
    )


def _ends(bullets: Sequence[Bullet]) -> list[float]:
    return [max(bullet.goal + bullet.unknown, bullet.reached) for bullet in bullets]


def _key(left: int, parts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A line above the bars that names their colours, from the chart's own left edge.

    Plotly's legend takes the bars' width at most, and would stand in columns over the names.
    """
    squares = [
        f'<span style="color:{colour}">{"□" if colour == _EDGE else "■"}</span> '
        + escape(name, quote=False)
        for colour, name in parts
    ]
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "align": "left",
        "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 6,
        "text": "\u2002".join(squares), "showarrow": False,
        "font": {"size": TICK_SIZE, "color": INK},
    }  # fmt: skip


def _promised_key(left: int, words: tuple[str, str, str]) -> dict[str, Any]:
    goal, reached, unknown = words
    return _key(left, [(_PALE_KEY, goal), (BLUE, reached), (_EDGE, unknown)])


def _rows(bullets: Sequence[Bullet]) -> dict[str, Any]:
    return axis(
        autorange="reversed", tickmode="array", tickvals=list(range(len(bullets))),
        ticktext=_names(bullets), showgrid=False,
    )  # fmt: skip


def _promises(
    bullets: Sequence[Bullet], words: tuple[str, str, str], unit: str, chosen: Sequence[str],
    *, upright: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    at = list(range(len(bullets)))
    goal, reached, unknown = words
    hover = [
        f"{name}<br>{goal} {b.goal + b.unknown:,.1f} {unit}<br>{reached} {b.reached:,.1f} {unit}"
        f"<br>{unknown} {b.unknown:,.1f} {unit}<br>{escape(b.note)}"
        for name, b in zip(_names(bullets), bullets, strict=True)
    ]

    def bars(name: str, values: list[float], width: float, marker: dict[str, Any]) -> Any:
        ends = {"x": at, "y": values} if upright else {"x": values, "y": at}
        return _STEADY | ends | {
            "type": "bar",
            "orientation": "v" if upright else "h",
            "name": name,
            "width": width,
            "marker": marker,
            "customdata": [b.code for b in bullets],
            "hovertext": hover,
        }  # fmt: skip

    edge = {"color": _EDGE, "width": 1}
    strong = [BLUE if not chosen or b.code in chosen else SKY for b in bullets]
    return [
        bars(goal, [b.goal for b in bullets], 0.72, {"color": PALE, "line": edge}),
        bars(reached, [b.reached for b in bullets], 0.42, {"color": strong}),
        bars(unknown, [b.unknown for b in bullets], 0.72, {"color": "#ffffff", "line": edge})
        | {"base": [b.goal for b in bullets]},
    ]


def _note(bullet: Bullet, **place: Any) -> dict[str, Any]:
    text = escape(bullet.note, quote=False)
    return place | {"text": text, "showarrow": False, "font": {"size": TICK_SIZE, "color": INK}}


def goal_rows(
    bullets: Sequence[Bullet], *, reached: str, missing: str, unit: str, chosen: Sequence[str] = ()
) -> PlainFigure:
    """Shares of a goal of 100 %: what is reached is calm, what is missing is loud.

    Args:
        bullets: from the top down.
        reached: name of the part that is reached.
        missing: name of the part that is not.
        unit: of the counts, for the hover text.
        chosen: codes that stand out while the others step back; all stand out if empty.
    """
    shares = [100 * b.reached / b.goal if b.goal else 0 for b in bullets]
    parts = _parts(bullets, shares, (reached, missing), unit, chosen)
    notes = [
        _note(b, x=100, y=y, xanchor="left", yanchor="middle", xshift=4)
        for y, b in enumerate(bullets)
    ]
    left = width_of([b.name for b in bullets]) + 6
    row = _DENSE if len(bullets) > _MANY else 34
    return PlainFigure(
        parts,
        layout(
            row * len(bullets) + _LEGEND_ROOM + TICK_ROOM + 20,
            left=left,
            right=width_of([b.note for b in bullets]) + 6,
            top=_LEGEND_ROOM,
            bottom=TICK_ROOM,
            bargap=0.3,
            barmode="stack",
            annotations=[*notes, _key(left, [(BLUE, reached), (LOUD, missing)])],
            xaxis=axis(
                range=[0, 100], tickvals=[0, 50, 100], ticktext=["0", "50%", "100%"], showgrid=False
            ),
            yaxis=_rows(bullets),
        ),
    )


def _parts(
    bullets: Sequence[Bullet], shares: Sequence[float], words: tuple[str, str], unit: str,
    chosen: Sequence[str],
) -> list[dict[str, Any]]:  # fmt: skip
    reached, missing = words
    faint = [1 if not chosen or b.code in chosen else 0.35 for b in bullets]
    hover = [
        f"{name}<br>{reached} {b.reached:,.0f} / {b.goal:,.0f} {unit} ({share:.0f}%)<br>"
        f"{missing} {b.goal - b.reached:,.0f} {unit}"
        for name, b, share in zip(_names(bullets), bullets, shares, strict=True)
    ]

    def part(label: str, values: list[float], colour: str) -> dict[str, Any]:
        return _STEADY | {
            "type": "bar",
            "orientation": "h",
            "name": label,
            "x": values,
            "y": list(range(len(bullets))),
            "customdata": [b.code for b in bullets],
            "hovertext": hover,
            "marker": {"color": colour, "opacity": faint},
        }

    rest = [100 - share for share in shares]
    return [part(reached, list(shares), BLUE), part(missing, rest, LOUD)]
