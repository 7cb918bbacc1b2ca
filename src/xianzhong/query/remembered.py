"""Answers made from a view, made once for all who look at it (docs/decisions/0018)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import orjson
import pandas as pd

from xianzhong.query.engine import Engine
from xianzhong.query.gate import View

P = ParamSpec("P")
R = TypeVar("R")


def remembered(
    function: Callable[Concatenate[Engine, View, P], R],
) -> Callable[Concatenate[Engine, View, P], R]:
    """A function of a view whose results are kept with the engine.

    Only for results that nobody can change, and that follow from the view alone: snapshot, scope
    and filters are part of the key, so nobody is given what another scope may see.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(engine: Engine, view: View, *given: P.args, **named: P.kwargs) -> R:
        key = (name, view, *key_of(*given, **named))
        return engine.remember(key, lambda: function(engine, view, *given, **named))

    return cast("Callable[Concatenate[Engine, View, P], R]", asked)


def key_of(*given: object, **named: object) -> tuple[object, ...]:
    """Arguments as part of a key; a frame counts by what is in it."""
    values = (*given, *sorted(named.items()))
    return tuple(map(_one, values))


def _one(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_one, value))
    if isinstance(value, list):
        return ("list", *map(_one, value))
    if not isinstance(value, pd.DataFrame):
        return value
    columns = [(str(name), value[name].tolist()) for name in value.columns]
    # As text: a missing number does not equal itself, and would never be found again.
    return orjson.dumps(columns, default=str, option=orjson.OPT_SERIALIZE_NUMPY)
