"""The figures of a URL query as plain data, for the command line and for scripts."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from xianzhong.lake.errors import LakeError
from xianzhong.model.labels import Lang
from xianzhong.query.asof import STANDING, as_of
from xianzhong.query.behind import Reading, explain, reckoned, records_behind
from xianzhong.query.engine import Engine
from xianzhong.query.figures import Figure, figures
from xianzhong.query.filters import FIELDS, UNKNOWN_NAME, Problem, joined, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.scope import NATION, AnyScope
from xianzhong.query.sentence import sentence

# Parts of a link that say how a page looks and not what it is about.
_NAMES = {
    *FIELDS, *STANDING, "lang", "map", "q", "id", "item", "upload", "table",
    "present", "slide", "speaker", "room", "remote",
}  # fmt: skip


def figures_report(
    engine: Engine, query: str, lang: Lang, scope: AnyScope = NATION
) -> dict[str, Any]:
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
    view, heading = view_of_query(engine, query, lang, scope)
    return heading | {"figures": [_figure(figure, lang) for figure in figures(engine, view)]}


def explained_report(
    engine: Engine, name: str, query: str, lang: Lang, scope: AnyScope = NATION
) -> dict[str, Any]:
    """Where one figure comes from, as plain data: the same as on its page.

    ``snapshot``, ``filters`` and ``ignored`` as in :func:`figures_report`; ``figure`` with its
    ``definition``, ``formula`` and ``source``; ``sql`` with the ``file``, its ``question`` and
    the ``statement`` with its ``values``; ``tables`` read and the upload that last touched each;
    ``records``, the set behind it, how many there are and their value reckoned anew.

    Args:
        engine: the lake's engine.
        name: the indicator's id.
        query: the part of a link behind the question mark.
        lang: language of the labels.
        scope: what the caller may see.

    Raises:
        KeyError: there is no such indicator.
        LakeError: the lake cannot be read.
    """
    view, heading = view_of_query(engine, query, lang, scope)
    found = explain(engine, view, name)
    indicator = found.figure.indicator
    words = {part: getattr(indicator, part)[lang] for part in ("definition", "formula", "source")}
    report = heading | {"figure": _figure(found.figure, lang) | words}
    if found.statement is None:
        return report
    records = records_behind(engine, view, indicator.records)
    return report | {
        "sql": {
            "file": f"{indicator.question}.sql",
            "question": found.question,
            "statement": found.statement.text,
            "values": {name: bound(value) for name, value in found.statement.values.items()},
        },
        "tables": [_reading(reading) for reading in found.readings],
        "records": {
            "set": indicator.records,
            "count": len(records),
            "counted": indicator.counted,
            "value": reckoned(indicator, records),
        },
    }


def bound(value: object) -> Any:
    """A bound value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def view_of_query(
    engine: Engine, query: str, lang: Lang, scope: AnyScope = NATION
) -> tuple[View, dict[str, Any]]:
    """The view of a link's query, and ``snapshot``, ``filters`` and ``ignored`` in words.

    Raises:
        LakeError: the lake cannot be read, or the link pins a view and does not open any more.
    """
    params, doubled = joined(parse_qsl(query, keep_blank_values=True))
    asof = as_of(engine.lake, params)
    if asof.closed:
        raise LakeError("the pinned link does not open any more", "这个固定链接已不能打开")
    snapshot = asof.snapshot
    names = names_of(engine, snapshot, scope)
    filters, problems = parse_filters(params, names)
    unknown = (Problem(n, v[:80], UNKNOWN_NAME) for n, v in params.items() if n not in _NAMES)
    problems = (*doubled, *unknown, *asof.problems, *problems)
    return View(snapshot, scope, filters), {
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
    }


def _reading(reading: Reading) -> dict[str, Any]:
    last = reading.last
    return {
        "table": reading.table,
        "version": reading.version,
        "upload": last.upload_id if last else None,
        "file": last.file_name if last else None,
        "at": last.at.isoformat() if last and last.at else None,
    }


def _figure(figure: Figure, lang: Lang) -> dict[str, Any]:
    return {
        "id": figure.indicator.id,
        "label": figure.indicator.label[lang],
        "value": figure.value,
        "unit": figure.indicator.unit[lang],
        "previous": figure.previous,
    }
