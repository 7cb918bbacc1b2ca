"""Alerts as a table that people read, and that can be filled in and loaded to put them aside."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from xianzhong.brief.readable import SCHOOL_CODE, Names, partial_date
from xianzhong.model.alerts import ALERT_RULE_BY_CODE, LATE_DAYS
from xianzhong.model.labels import LISTED, Label, Lang
from xianzhong.model.tables import ACTIVITIES, PUT_ASIDE
from xianzhong.wording import translate

WHAT = Label("情况", "What and since when")
BY_WHOM = Label("暂缓人", "Put aside by")


def readable_alerts(
    frame: pd.DataFrame, names: Names, lang: Lang, *, who: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Alerts with the headers of the sheet that puts them aside, and what explains them.

    Whoever fills in until when and why can load the file as the table ``put_aside``.

    Args:
        frame: rows of :func:`xianzhong.query.alerts.alerts`.
        names: what names the codes.
        lang: language of headers and labels.
        who: for alerts that are put aside: who did it, by the id of the upload.
    """
    label = {column.name: column.label[lang] for column in PUT_ASIDE.columns}
    place = {column.name: column.label[lang] for column in ACTIVITIES.columns}
    rows = frame.to_dict("records")
    columns: dict[str, Any] = {
        label["rule"]: [ALERT_RULE_BY_CODE[row["rule"]].label[lang] for row in rows],
        label["school_code"]: [row["school"] or row["school_code"] for row in rows],
        WHAT[lang]: [explained(row, lang) for row in rows],
        place["county"]: [row["county"] for row in rows],
        place["university_code"]: [supporters(row, names, lang) for row in rows],
        label["until"]: [partial_date(row["until"], "day") for row in rows],
        label["reason"]: [row["reason"] or "" for row in rows],
    }
    if who is not None:
        columns[BY_WHOM[lang]] = [who.get(str(row["commit_id"]), "") for row in rows]
    columns |= {
        place["province"]: [_division(row["province"], names, lang) for row in rows],
        SCHOOL_CODE[lang]: [row["school_code"] for row in rows],
        label["item"]: [_item(row, aside=who is not None) for row in rows],
    }
    return pd.DataFrame(columns)


def _division(code: object, names: Names, lang: Lang) -> str:
    return names.divisions.label(code, lang) if isinstance(code, str) and code else ""


def _item(row: Mapping[Hashable, Any], *, aside: bool) -> str:
    """What the record has that is to be replaced, which may cover the whole school."""
    return str(row["aside_item"] if aside else row["item"])


def supporters(row: Mapping[Hashable, Any], names: Names, lang: Lang) -> str:
    """Names of the supporting universities."""
    codes = row["universities"]
    if codes is None or isinstance(codes, float):
        return ""
    return LISTED[lang].join(names.university(code) for code in codes)


def explained(row: Mapping[Hashable, Any], lang: Lang) -> str:
    """What is the matter and since when, in words.

    Args:
        row: one row of :func:`xianzhong.query.alerts.alerts`.
        lang: the language.
    """
    return _SPOKEN[str(row["rule"])](row, lang)


_Row = Mapping[Hashable, Any]


def _silent(row: _Row, lang: Lang) -> str:
    days, day = _number(row["number"]), partial_date(row["day"], "month")
    if not day:
        return translate(
            "No activity on record since the agreement began, {days} days", lang, days=days
        )
    # Some activities are known only to the month, so none is shown to the day.
    return translate("Last activity in {month}, none for {days} days", lang, month=day, days=days)


def _ending(row: _Row, lang: Lang) -> str:
    day = partial_date(row["day"], "day")
    return translate("Ends on {day}, in {days} days", lang, day=day, days=_number(row["number"]))


def _ended(row: _Row, lang: Lang) -> str:
    day = partial_date(row["day"], "day")
    return translate("Ended on {day}, {days} days ago", lang, day=day, days=_number(row["number"]))


def _no_plan(row: _Row, lang: Lang) -> str:
    day = partial_date(row["day"], "day")
    if not day:
        return translate("The record says that there is no plan", lang)
    return translate("The record says that there is no plan; agreement until {day}", lang, day=day)


def _behind(row: _Row, lang: Lang) -> str:
    return translate(
        "{year}: {promised} (10,000 yuan) promised, {delivered} delivered, {share}%", lang,
        year=row["item"], promised=_number(row["total"]), delivered=_number(row["number"]),
        share=f"{100 * row['number'] / row['total']:.0f}",
    )  # fmt: skip


def _fee(row: _Row, lang: Lang) -> str:
    return translate(
        "{year}: a brand fee of {amount} (10,000 yuan) is on record", lang,
        year=row["item"], amount=_number(row["number"]),
    )  # fmt: skip


def _overdue(row: _Row, lang: Lang) -> str:
    text = translate(
        "“{title}”: due {day}, {days} days overdue", lang,
        title=row["what"], day=partial_date(row["day"], "day"), days=_number(row["number"]),
    )  # fmt: skip
    owner = row["owner"]
    if isinstance(owner, str) and owner:
        text += translate("; owner: {owner}", lang, owner=owner)
    return text


def _late(row: _Row, lang: Lang) -> str:
    return translate(
        "{late} of {all} activities of the last year reported over {days} days after their end",
        lang, late=_number(row["number"]), all=_number(row["total"]), days=LATE_DAYS,
    )  # fmt: skip


def _number(value: object) -> str:
    number = float(value)  # type: ignore[arg-type]
    return f"{number:,.0f}" if number.is_integer() else f"{number:,.1f}"


_SPOKEN: dict[str, Callable[[_Row, Lang], str]] = {
    "silent_180": _silent,
    "silent_90": _silent,
    "agreement_ending": _ending,
    "agreement_ended": _ended,
    "no_plan": _no_plan,
    "support_behind": _behind,
    "brand_fee": _fee,
    "difficulty_overdue": _overdue,
    "late_reporting": _late,
}
