"""Needs attention: what the rules find, where, and what can wait."""

import streamlit as st

from xianzhong.model.alerts import ALERT_RULE_BY_CODE
from xianzhong.ui import attention, attention_aside, attention_list
from xianzhong.ui.frame import begin, empty, section

session = begin("attention")
now = attention.chosen(session)
if session.view.snapshot.number == 0:
    empty(
        session,
        session.say(
            "Nothing has been loaded yet. With pairings and activities on record, this page lists "
            "silent schools, agreements that end, missing plans, support behind its promise, "
            "overdue difficulties and late reports, each with its rule and what to do."
        ),
    )
    st.stop()

counts = attention.counts_of(session)
attention.summary(session, counts)
attention.rules(session, counts, now)
attention.empty_tables(session, now.rule)
attention.where(session, now)

rule = ALERT_RULE_BY_CODE.get(now.rule)
section(session.label(rule.label) if rule else session.say("All alerts"))
if rule:
    attention.explain(session, rule)
asked = [counts[rule.code]] if rule else list(counts.values())
waiting, aside = sum(count.open for count in asked), sum(count.aside for count in asked)
attention_list.switch(session, open_count=waiting, aside_count=aside, now=now)
attention_aside.said(session)
count = aside if now.aside else waiting
if count:
    selected = attention_list.listed(session, now, count)
    act = attention_aside.take_up if now.aside else attention_aside.put_aside
    act(session, selected)
    attention_list.download(session, now)
else:
    st.caption(session.say("No such alert for these filters."))
attention.all_rules(session)
