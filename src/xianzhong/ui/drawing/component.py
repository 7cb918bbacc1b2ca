"""The component that draws a chart in place, beside ``chart.js`` (docs/decisions/0018)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import plotly.graph_objects as go
import streamlit as st

from xianzhong.charts.plain import text_of

NAME = "xianzhong.chart"
# The first characters of a message tell whether anything in it is new.
DIGEST_LETTERS = 32
# Pixels, where the figure says nothing: Plotly's own.
USUAL_HEIGHT = 450
# A widget's id must not have two of them in a row: Streamlit parts it there.
_TWO = re.compile("__+")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a chart; all of it plain text.

    Attributes:
        title: above it.
        notes: what must be read with it, a line each, below.
        origin: address of the page that tells where the numbers come from, and the link's words.
    """

    title: str = ""
    notes: tuple[str, ...] = ()
    origin: tuple[str, str] | None = None


NO_WORDS = Words()


def draw_figure(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    config: Mapping[str, Any],
    fills: bool = False,
    words: Words = NO_WORDS,
    tip: str = "",
    on_code: Callable[[str], None] | None = None,
) -> None:
    """Draws a figure; where it stood before with another content, in the same place.

    Args:
        figure: what to draw.
        key: unique on the page, and the same for every view, so that the chart stays.
        alt: what the chart shows, in a sentence.
        config: Plotly's configuration.
        fills: whether it takes the height of what it stands in, not the figure's own.
        words: what stands around it.
        tip: what a click on a mark does, said with its words on hover.
        on_code: called with the code (``customdata``) of a clicked point.
    """
    key = _TWO.sub("_", key)
    # Plotly draws a figure of a height that fills as high as its box is.
    # Not figure.layout, which lets Plotly check the whole figure for every reader.
    high = figure.to_plotly_json()["layout"].get("height") or USUAL_HEIGHT
    height = None if fills else int(high)
    about = {
        "alt": alt, "config": config, "tip": tip, "clicks": on_code is not None, "height": height,
        "title": words.title, "notes": words.notes, "origin": words.origin,
    }  # fmt: skip
    given: dict[str, Any] = {}
    if on_code is not None:
        given["on_click_change"] = _clicked(key, on_code)
    _component()(
        key=key, data=message(text_of(figure), about), width="stretch",
        height="stretch" if fills else "content", **given,
    )  # fmt: skip


def message(figure: bytes, about: Mapping[str, Any]) -> bytes:
    """What the browser is sent: a digest of all that follows, a line of JSON, and the figure.

    Args:
        figure: the figure's JSON text, which is long and not made anew for every reader.
        about: everything else.
    """
    text = orjson.dumps(about) + b"\n" + figure
    digest = hashlib.blake2b(text, digest_size=DIGEST_LETTERS // 2).hexdigest()
    return digest.encode() + text


@cache
def _component() -> Callable[..., object]:
    # Not when this is imported: Streamlit knows where the script lies once it runs.
    return st.components.v2.component(NAME, js="chart.js", isolate_styles=False)


def _clicked(key: str, on_code: Callable[[str], None]) -> Callable[[], None]:
    def clicked() -> None:
        code = st.session_state[key].get("click")
        if code:
            on_code(str(code))

    return clicked
