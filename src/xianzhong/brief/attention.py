"""Needs attention: how many alerts by rule, where, and the alerts themselves."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from xianzhong.brief.part import Native, Part
from xianzhong.brief.printed import MOST_ROWS
from xianzhong.brief.readable import SCHOOL_CODE
from xianzhong.brief.readable_alerts import readable_alerts
from xianzhong.brief.source import Source
from xianzhong.brief.where import level_of
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.counts import cells
from xianzhong.charts.plain import PlainFigure
from xianzhong.model.alerts import ALERT_RULE_BY_CODE, ALERT_RULES, AlertRule
from xianzhong.model.indicators import INDICATOR_BY_ID
from xianzhong.model.labels import LISTED
from xianzhong.model.tables import PUT_ASIDE, TABLES
from xianzhong.query.alerts import Count, alerts, by_place, by_rule, records_behind
from xianzhong.query.figures import figures

MOST_PLACES = 15


def summary(source: Source, counts: Mapping[str, Count]) -> str:
    """How much there is in all, as of which day, and by whose rules; with Markdown's stars."""
    return source.say(
        "**{open}** alerts wait, {aside} are put aside, as of {day}. The rules are this "
        "product's own; none is an official one.",
        open=f"{sum(count.open for count in counts.values()):,}",
        aside=f"{sum(count.aside for count in counts.values()):,}",
        day=source.view.reference_day,
    )


def calm(source: Source, counts: Mapping[str, Count]) -> str:
    """Ended agreements, all of them: a matter of records, said before anybody draws conclusions."""
    ended = counts["agreement_ended"]
    if not ended.open + ended.aside:
        return ""
    (in_force,) = figures(source.engine, source.view, ("agreements_in_force",))
    if in_force.value:
        return ""
    return source.say(
        "On {day} every agreement on record is past its end and no renewal is on record. "
        "This is the state of the records: it does not say that none was renewed, and no "
        "school is at fault. As soon as a new end is recorded, the alert is gone. Without an "
        "agreement in force no school counts as silent.",
        day=source.view.reference_day,
    )


def tables_without_records(source: Source, rule: str = "") -> list[str]:
    """Names of the tables of the rules of which nothing is on record.

    Args:
        source: the view.
        rule: code of the only rule that is looked at, all by default.
    """
    found = records_behind(source.engine, source.view)
    asked = {ALERT_RULE_BY_CODE[rule].table} if rule else set(found)
    return [name for name, count in found.items() if not count and name in asked]


def nothing_of(source: Source, names: list[str]) -> str:
    """That no alert of some tables is no sign that all is well; empty where there are none."""
    if not names:
        return ""
    labels = [source.label(TABLES[name].label) for name in names]
    return source.say(
        "Nothing is on record of: {tables}. Their rules find nothing until there is.",
        tables=LISTED[source.lang].join(labels),
    )


def rules(source: Source) -> Part:
    """Alerts by rule: how many wait and how many are put aside."""
    counts = by_rule(source.engine, source.view)
    title, waiting = source.say("Alerts by rule"), source.say("Waiting")
    shown = [rule for rule in ALERT_RULES if source.view.snapshot.number]
    table = pd.DataFrame(
        {
            source.say("Rule"): [source.label(rule.label) for rule in shown],
            waiting: [counts[rule.code].open for rule in shown],
            source.say("Put aside"): [counts[rule.code].aside for rule in shown],
            source.say("What is to be done"): [source.label(rule.todo) for rule in shown],
        }
    )
    said = (
        summary(source, counts).replace("**", ""),
        calm(source, counts),
        nothing_of(source, tables_without_records(source)),
    )
    unit = INDICATOR_BY_ID["open_alerts"].unit[source.lang]
    figure = horizontal_bars(
        [source.label(rule.label) for rule in shown], table[waiting].tolist(),
        [rule.code for rule in shown], unit=unit,
    )  # fmt: skip
    return Part(
        "rules", title, table, alt=title, notes=tuple(text for text in said if text and shown),
        figure=figure, native=Native("bar", (waiting,), unit=unit), origin="open_alerts",
    )  # fmt: skip


def places(source: Source, rule: str = "", *, aside: bool = False) -> Part:
    """Places by rules, those with the most alerts first.

    Args:
        source: the view.
        rule: code of the rule that stands out and decides the order, empty for all.
        aside: the alerts that are put aside instead of those that are open.
    """
    frame = by_place(source.engine, source.view, aside=aside)
    table = frame.pivot_table(
        index="code", columns="rule", values="alerts", aggfunc="sum", fill_value=0
    )
    found = [known for known in ALERT_RULES if known.code in table.columns]
    table = table[[known.code for known in found]]
    weight = table[rule] if rule in table else table.sum(axis=1)
    table = table.loc[weight.sort_values(ascending=False, kind="stable").index]
    title = source.say("Alerts by place and rule")
    names = [_place(source, code) for code in table.index]
    labels, everything = [source.label(known.label) for known in found], source.say("All")
    twin = pd.DataFrame({level_of(source): names}).assign(
        **dict(zip(labels, (table[known.code].tolist() for known in found), strict=True)),
        **{everything: table.sum(axis=1).astype(int).tolist()},
    )
    figure = None
    if found:
        figure = _figure(source, table.head(MOST_PLACES), names[:MOST_PLACES], found, rule)
    return Part(
        "places", title, twin, alt=title, figure=figure, origin="open_alerts",
        native=Native(
            "bar", (everything,), unit=INDICATOR_BY_ID["open_alerts"].unit[source.lang],
            most=MOST_PLACES,
        ),
    )  # fmt: skip


def _figure(
    source: Source, table: pd.DataFrame, names: list[str], found: list[AlertRule], chosen: str
) -> PlainFigure:
    """Cells, or plain bars where there is only one rule to show."""
    if len(found) == 1:
        (rule,) = found
        codes = [f"{place}|{rule.code}" for place in table.index]
        return horizontal_bars(
            names, table[rule.code].tolist(), codes, unit=source.label(rule.label)
        )
    return cells(
        list(zip(table.index, names, strict=True)),
        [(rule.code, source.label(rule.short)) for rule in found],
        table.to_numpy().tolist(), total=source.say("All"),
        names=[source.label(rule.label) for rule in found], chosen=chosen,
    )  # fmt: skip


def _place(source: Source, code: str) -> str:
    if not code:
        return source.say("Place unknown")
    return source.engine.divisions.label(code, source.lang)


def waiting(source: Source, rule: str = "") -> Part:
    """The open alerts of a rule (of all if empty), the most urgent first within each rule."""
    frame = alerts(source.engine, source.view, rule, limit=MOST_ROWS)
    counts = by_rule(source.engine, source.view)
    count = sum(n.open for code, n in counts.items() if rule in ("", code))
    found = ALERT_RULE_BY_CODE.get(rule)
    title = source.label(found.label) if found else source.say("All alerts")
    return Part(
        f"alerts_{rule}" if rule else "alerts", title, alert_table(source, frame, rule),
        notes=(source.label(found.meaning), source.label(found.todo)) if found else (),
        origin="open_alerts", rows=count if count > len(frame) else 0,
    )  # fmt: skip


def alert_table(
    source: Source, frame: pd.DataFrame, rule: str, who: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """What is shown of alerts: no codes, and no column that is the same everywhere.

    Args:
        source: the view.
        frame: rows of :func:`xianzhong.query.alerts.alerts`.
        rule: code of the only rule among them, empty for several.
        who: for alerts that are put aside: who did it, by the id of the upload.
    """
    label = {column.name: column.label[source.lang] for column in PUT_ASIDE.columns}
    table = readable_alerts(frame, source.names, source.lang, who=who)
    hidden = {SCHOOL_CODE[source.lang], label["item"]}
    hidden |= {label["rule"]} if rule else set()
    hidden |= set() if who is not None else {label["until"], label["reason"]}
    return table[[column for column in table.columns if column not in hidden]]
