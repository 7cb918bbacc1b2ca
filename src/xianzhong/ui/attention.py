"""The alerts of a view: how many by rule, where, and what the chosen rule says."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from xianzhong.brief import attention
from xianzhong.brief.attention import MOST_PLACES
from xianzhong.model.alerts import ALERT_RULE_BY_CODE, ALERT_RULES, AlertRule
from xianzhong.model.tables import TABLES
from xianzhong.query.alerts import Count, by_rule, of_the_place
from xianzhong.query.filters import UNKNOWN, Problem
from xianzhong.ui.charts import chart, filter_by
from xianzhong.ui.frame import ignored
from xianzhong.ui.navigation import page_object
from xianzhong.ui.session import Session, page_params, params_for, set_params

RULE, ASIDE, PAGE = "rule", "aside", "page"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the link chooses on this page besides the filters.

    Attributes:
        rule: code of a rule, empty for all.
        aside: the alerts that are put aside instead of those that are open.
        page: of the list, from 1.
    """

    rule: str = ""
    aside: bool = False
    page: int = 1


def chosen(session: Session) -> Chosen:
    """What the link chooses; what it says that cannot be is named."""
    asked = page_params()
    rule, aside, page = asked.get(RULE, ""), asked.get(ASIDE, ""), asked.get(PAGE, "1")
    wrong = {
        RULE: bool(rule) and rule not in ALERT_RULE_BY_CODE,
        ASIDE: aside not in ("", "1"),
        PAGE: not (page.isascii() and page.isdigit() and int(page[:9]) >= 1 and len(page) < 9),
    }
    for name in (name for name, fault in wrong.items() if fault):
        ignored(session, Problem(name, asked[name][:80], UNKNOWN))
    return Chosen(
        "" if wrong[RULE] else rule, aside == "1", 1 if wrong[PAGE] else int(page)
    )  # fmt: skip


def choose(**changes: str) -> None:
    """For callbacks: writes what the page chooses into the link; another list begins anew."""
    params = {**st.query_params.to_dict(), PAGE: "", **changes}
    set_params({name: value for name, value in params.items() if value})


def summary(session: Session, counts: dict[str, Count]) -> None:
    """How much there is in all, as of which day, and by whose rules."""
    st.markdown(attention.summary(session, counts))
    if session.filters != of_the_place(session.view).filters:
        st.caption(
            session.say(
                "A period moves the day of judgement to its last day. Kinds of activity act on "
                "silence and late reporting only, which then look at these kinds alone. The number "
                "in the menu follows the place alone, as of the day of the data."
            )
        )
    if calm := attention.calm(session, counts):
        st.info(calm, icon=":material/info:")


def rules(session: Session, counts: dict[str, Count], now: Chosen) -> None:
    """A button for every rule with its number; the chosen one stands out."""
    shown = {code: c.aside if now.aside else c.open for code, c in counts.items()}
    entries = [("", session.say("All alerts"), sum(shown.values()))]
    entries += [(rule.code, session.label(rule.label), shown[rule.code]) for rule in ALERT_RULES]
    with st.grid(5, min_column_width=150, gap="small"):
        for code, label, number in entries:
            st.button(
                f"{label}  \n**{number:,}**", key=f"rule_{code or 'all'}",
                width="stretch", wrap=True,
                type="primary" if code == now.rule else "secondary",
                on_click=choose, kwargs={RULE: code},
            )  # fmt: skip


def explain(session: Session, rule: AlertRule) -> None:
    """When the rule speaks, what to do, and where its records are."""
    st.markdown(
        session.say("**Rule** {meaning}", meaning=session.label(rule.meaning))
        + "  \n"
        + session.say("**What to do** {todo}", todo=session.label(rule.todo))
    )
    if rule.page:
        st.page_link(
            page_object(rule.page), icon=":material/arrow_forward:",
            label=session.say("Go to the records: {page}", page=page_object(rule.page).title),
            query_params=params_for(replace(session.filters, school=""), session.lang),
        )  # fmt: skip


def empty_tables(session: Session, rule: str) -> None:
    """Says of which tables nothing is on record, so that no alert is no sign that all is well."""
    empty = attention.tables_without_records(session, rule)
    if not empty:
        return
    labels = [session.label(TABLES[name].label) for name in empty]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(attention.nothing_of(session, empty), width="content")
        for name, label in zip(empty, labels, strict=True):
            st.page_link(
                page_object("upload"), label=session.say("Upload {table}", table=label),
                icon=":material/upload_file:",
                query_params={**params_for(session.filters, session.lang), "table": name},
            )  # fmt: skip


def _clicked(code: str) -> None:
    """A cell filters by its place and chooses its rule."""
    place, _, rule = code.partition("|")
    if rule:
        choose(rule=rule)
    if place:
        filter_by(level="province" if len(place) == 2 else "county")(place)


def where(session: Session, now: Chosen) -> None:
    """Places by rules, those with the most alerts first; a click on a cell filters by both."""
    part = attention.places(session, now.rule, aside=now.aside)
    if part.figure is None or session.filters.county or session.filters.school:
        return
    st.markdown(f"**{part.title}**")
    name = f"cells_{now.rule}_{int(now.aside)}"
    chart(session, name, part.figure, part.table, alt=part.alt, on_code=_clicked)
    more, count = session.say("Click to filter by place and rule."), len(part.table)
    if count > MOST_PLACES:
        more += " " + session.say("The first {n} of {all}; all in the table.", n=MOST_PLACES,
                                  all=count)  # fmt: skip
    st.caption(more)


def counts_of(session: Session) -> dict[str, Count]:
    """The counts of this view, by rule."""
    return by_rule(session.engine, session.view)


def all_rules(session: Session) -> None:
    """What every rule says and what to do, for who wants to know what is watched."""
    title = session.say("All rules")
    opened = st.expander(title, key="all_rules", on_change="rerun", icon=":material/rule:")
    if opened.open:
        with opened:
            st.table(
                pd.DataFrame(
                    {
                        session.say("Rule"): [session.label(r.label) for r in ALERT_RULES],
                        session.say("When it speaks"): [
                            session.label(r.meaning) for r in ALERT_RULES
                        ],
                        session.say("What to do"): [session.label(r.todo) for r in ALERT_RULES],
                    }
                ),
                border="horizontal", hide_index=True, alt=title,
            )  # fmt: skip
