"""What one run of the script is about: language, filters, names and snapshot, from the URL.

The URL is the only state of a view. Every run reads it anew, so that reload, back, forward and
a link opened elsewhere all show the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from xianzhong.access.caller import Caller
from xianzhong.access.guests import forced
from xianzhong.access.roles import Action
from xianzhong.access.shared import link_seen, view_seen
from xianzhong.brief.source import Source
from xianzhong.lake.kind import is_demo
from xianzhong.lake.links import SharedLink
from xianzhong.lake.store import Lake
from xianzhong.model.labels import Lang
from xianzhong.query.asof import STANDING, AsOf, as_of
from xianzhong.query.filters import FIELDS, Filters, Problem, joined, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.open import open_engine
from xianzhong.settings import Settings
from xianzhong.ui.signed_in import asking

LANG = "lang"
# What the server adds where a link asks for a page that there is none of.
MISSING = "missing"


@dataclass(frozen=True)
class Session(Source):
    """One run: everything a page needs to ask and to speak."""

    problems: tuple[Problem, ...]
    asof: AsOf
    caller: Caller

    @property
    def guest(self) -> bool:
        """Whether somebody without an account looks, by a link."""
        return self.caller.link is not None


def current_lang() -> Lang:
    """The language of the URL: English for ``en``, ``EN`` or ``en-US``, else Chinese.

    The shell, which sets the language of the document, reads it in the same way.
    """
    return "en" if st.query_params.get(LANG, "").lower().startswith("en") else "zh"


def current() -> Session:
    """The session of this run.

    Raises:
        LakeError: the lake cannot be read.
    """
    settings = Settings.from_environment()
    engine = open_engine(settings)
    caller = asking()
    params, doubled = _asked(caller)
    asof = _seen(engine.lake, caller, as_of(engine.lake, params))
    scope = caller.scopes(Action.SEE)
    names = names_of(engine, asof.snapshot, scope)
    filters, problems = parse_filters(params, names)
    view = View(asof.snapshot, scope, filters)
    problems = (*doubled, *asof.problems, *problems)
    demo = is_demo(settings.lake)
    return Session(current_lang(), engine, view, names, demo, problems, asof, caller)


def _asked(caller: Caller) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The parameters of the view: the address's, and a guest's link's whatever the address says."""
    if caller.link is not None:
        return forced(caller.link, current_lang()), ()
    return joined(
        (name, value) for name in st.query_params for value in st.query_params.get_all(name)
    )


def _seen(lake: Lake, caller: Caller, asof: AsOf) -> AsOf:
    """What a link says of time, without the words of links that the caller may not read."""

    def of(link: SharedLink | None) -> SharedLink | None:
        if link is None:
            return None
        own = bool(caller.person) and link.by == caller.person
        if caller.link is not None and link.id == caller.link.id:
            return link
        if own or view_seen(lake, caller, link.params, link.scope):
            return link_seen(caller, link)
        return replace(link, title=link.id, who="—", values=None)

    return replace(asof, pin=of(asof.pin), base_link=of(asof.base_link))


def params_for(filters: Filters, lang: Lang, **further: str) -> dict[str, str]:
    """The URL's parameters for filters, language and what a page adds.

    As of when the present view is goes with it: who looks at a pinned state stays in it.
    """
    standing = {name: st.query_params[name] for name in STANDING if name in st.query_params}
    params = {**filters.to_params(), **standing, **{k: v for k, v in further.items() if v}}
    return {**params, LANG: "en"} if lang == "en" else params


def page_params() -> dict[str, str]:
    """Parameters that belong to the page and are not filters or the language."""
    return {
        name: value
        for name, value in st.query_params.to_dict().items()
        if name not in FIELDS and name not in (LANG, MISSING, *STANDING)
    }


@contextmanager
def showing(values: Mapping[str, object], said: Mapping[str, str] | None = None) -> Iterator[None]:
    """Lets the widgets that are made within show what the URL says.

    A widget is told its value only where it has to be: one that is told is drawn anew in the
    browser, which for the seven of the filter bar took longer than for all charts of a page. It
    has to be where it stands at another value, which came with the question for this run, and
    where the words of its value have changed: the browser knows an option by its words.

    Args:
        values: the value of each widget, under its key.
        said: of widgets whose options do not depend on the language alone, the words of the value.
    """
    told: dict[str, object] = st.session_state.setdefault("told", {})
    now = {key: (value, (said or {}).get(key, ""), current_lang()) for key, value in values.items()}
    for key, value in values.items():
        known = key in st.session_state and st.session_state[key] == value
        if not known or told.get(key) != now[key]:
            st.session_state[key] = value
    yield
    # Not where the run was cut off before: the browser has not heard of it then.
    told |= now


def go(filters: Filters, **further: str) -> None:
    """Puts filters into the URL and keeps language and the page's own parameters.

    For callbacks: the run that follows reads the new URL.
    """
    set_params(params_for(filters, current_lang(), **{**page_params(), **further}))


def set_params(params: Mapping[str, str]) -> None:
    """Replaces the URL's parameters where they differ."""
    if st.query_params.to_dict() != dict(params):
        st.query_params.from_dict(dict(params))
