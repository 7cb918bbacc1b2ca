"""The figures of a URL query as plain data, for the command line and for scripts."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from xianzhong.model.labels import Lang
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure, figures
from xianzhong.query.filters import FIELDS, UNKNOWN_NAME, Problem, joined, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.scope import NATION, Scope
from xianzhong.query.sentence import sentence

# Parts of a link that say how a page looks and not what it is about.
_NAMES = {*FIELDS, "lang", "map", "q", "id", "item", "upload", "table"}


def figures_report(engine: Engine, query: str, lang: Lang, scope: Scope = NATION) -> dict[str, Any]:
    """The indicators' values for a query such as ``province=53&kind=guidance``.

    The same functions as on the pages: ``snapshot``, ``filters``, ``ignored`` and ``figures``
    (``id``, ``label``, ``value``, ``unit``, ``previous``).

    Args:
        engine: the lake's engine.
        query: the part of a link behind the question mark.
        lang: language of the labels.
        scope: what the caller may see.

    Raises:
        LakeError: the lake cannot be read.
    """
    snapshot = engine.lake.snapshot()
    names = names_of(engine, snapshot, scope)
    params, doubled = joined(parse_qsl(query, keep_blank_values=True))
    filters, problems = parse_filters(params, names)
    unknown = (Problem(n, v[:80], UNKNOWN_NAME) for n, v in params.items() if n not in _NAMES)
    problems = (*doubled, *unknown, *problems)
    view = View(snapshot, scope, filters)
    return {
        "snapshot": {
            "number": snapshot.number,
            "at": snapshot.at.isoformat() if snapshot.at else None,
            "versions": dict(snapshot.versions),
        },
        "filters": {
            "query": filters.to_params(),
            "sentence": sentence(filters, names, lang),
        },
        "ignored": [
            {"parameter": p.parameter, "value": p.value, "reason": p.reason[lang]} for p in problems
        ],
        "figures": [_figure(figure, lang) for figure in figures(engine, view)],
    }


def _figure(figure: Figure, lang: Lang) -> dict[str, Any]:
    return {
        "id": figure.indicator.id,
        "label": figure.indicator.label[lang],
        "value": figure.value,
        "unit": figure.indicator.unit[lang],
        "previous": figure.previous,
    }
