"""The words of the product as tables, straight from the model."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from xianzhong.model.columns import TYPE_LABELS, Column, Table
from xianzhong.model.indicators import GROUPS, INDICATORS
from xianzhong.model.kinds import FOCAL_TASKS, KINDS
from xianzhong.model.programme import (
    PAIRINGS_ANNOUNCED,
    PROVINCES_ANNOUNCED,
    UNIVERSITIES_ANNOUNCED,
)
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import TABLES
from xianzhong.ui.session import Session


def indicators(session: Session) -> None:
    """Every indicator in its group: definition, unit, formula, source."""
    say, lang = session.say, session.lang
    for group, label in GROUPS.items():
        st.markdown(f"**{label[lang]}**")
        members = [indicator for indicator in INDICATORS if indicator.group == group]
        table = pd.DataFrame(
            {
                say("Indicator"): [i.label[lang] for i in members],
                say("Unit"): [i.unit[lang] for i in members],
                say("Definition"): [i.definition[lang] for i in members],
                say("Formula"): [i.formula[lang] for i in members],
                say("Source"): [i.source[lang] for i in members],
                say("Name in scripts"): [i.id for i in members],
            }
        ).set_index(say("Indicator"))
        with st.container(key=f"stacked_indicators_{group}"):
            st.table(table)


def programme(session: Session) -> None:
    """The Ministry's published totals with their source."""
    say, lang = session.say, session.lang
    rows = {
        say("Pairings announced"): PAIRINGS_ANNOUNCED,
        say("Universities and institutions"): UNIVERSITIES_ANNOUNCED,
        say("Provincial units"): PROVINCES_ANNOUNCED,
    }
    st.table(
        pd.DataFrame(
            {
                say("Total"): list(rows),
                say("Number"): [item.value for item in rows.values()],
                say("Published"): [item.date for item in rows.values()],
                say("Source"): [item.source[lang] for item in rows.values()],
            }
        ).set_index(say("Total"))
    )


def vocabulary(session: Session) -> None:
    """Terms, activity kinds and schemes with their codes in links."""
    say, lang = session.say, session.lang
    st.markdown(
        say(
            "The autumn term runs from 1 September to 31 January, the spring term from 1 February "
            "to 31 August: a rule of this product. A term in a link is written `2024-1` (autumn) "
            "or `2024-2` (spring of the same school year). An activity belongs to the term in "
            "which it begins; one known only to the month counts from the month's first day."
        )
    )
    st.table(
        pd.DataFrame(
            {
                say("Activity kind"): [kind.label[lang] for kind in KINDS],
                say("Code in links"): [kind.code for kind in KINDS],
                say("One of the seven measures"): [
                    say("yes") if kind.measure else say("no") for kind in KINDS
                ],
                say("Serves (our reading)"): [FOCAL_TASKS[kind.task][lang] for kind in KINDS],
            }
        ).set_index(say("Activity kind"))
    )
    st.table(
        pd.DataFrame(
            {
                say("Scheme"): [scheme.label[lang] for scheme in SCHEMES],
                say("Code in links"): [scheme.code for scheme in SCHEMES],
            }
        ).set_index(say("Scheme"))
    )


def _rule(session: Session, column: Column) -> str:
    """What a value must be, in words."""
    lang, rules = session.lang, [TYPE_LABELS[column.type][session.lang]]
    if column.choices:
        rules.append(" / ".join(choice.label[lang] for choice in column.choices))
    if column.minimum is not None and column.maximum is not None:
        rules.append(f"{column.minimum:g}–{column.maximum:g}")
    if column.unit:
        rules.append(column.unit[lang])
    return " · ".join(rules)


def _table(session: Session, table: Table) -> None:
    say, lang = session.say, session.lang
    st.markdown(table.meaning[lang])
    frame = pd.DataFrame(
        {
            say("Column"): [c.label[lang] for c in table.columns],
            say("Required"): [say("yes") if c.required else "" for c in table.columns],
            say("Meaning"): [c.meaning[lang] for c in table.columns],
            say("Values"): [_rule(session, c) for c in table.columns],
            say("Also recognised as"): ["、".join(c.headers[1:]) for c in table.columns],
            say("Name in the lake"): [
                c.name if c.stored else say("not stored") for c in table.columns
            ],
        }
    ).set_index(say("Column"))
    with st.container(key=f"stacked_columns_{table.name}"):
        st.table(frame)


def tables(session: Session) -> None:
    """Every table's columns, one expander each."""
    for table in TABLES.values():
        with st.expander(f"{table.label[session.lang]} · {table.name}"):
            _table(session, table)
