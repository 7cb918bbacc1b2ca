"""Parts of a view, made once for all who look at it (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from xianzhong.brief.part import Part
from xianzhong.brief.source import Source
from xianzhong.query.remembered import key_of

P = ParamSpec("P")
S = TypeVar("S", bound=Source)
R = TypeVar("R")


def remembered(
    function: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """A function of a source whose parts or frames are kept with the engine.

    What it gives must follow from the source's view (and so its names), its language and the
    other arguments. Each caller is given tables of its own, which may be changed; they take no
    room until they are.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(source: S, *given: P.args, **named: P.kwargs) -> R:
        key = (name, source.view, source.lang, source.demo, *key_of(*given, **named))
        made = source.engine.remember(key, lambda: function(source, *given, **named))
        return cast("R", _own(made))

    return cast("Callable[Concatenate[S, P], R]", asked)


def _own(made: object) -> object:
    if isinstance(made, pd.DataFrame):
        return made.copy(deep=False)
    if isinstance(made, Part):
        places = made.places and replace(made.places, values=made.places.values.copy(deep=False))
        return replace(made, table=made.table.copy(deep=False), places=places)
    return made
