"""What a guest sees of the product: one pinned view, and nothing that leads on from it."""

from __future__ import annotations

import streamlit as st

from xianzhong.access.caller import Caller
from xianzhong.access.guests import forced
from xianzhong.lake.links import SharedLink
from xianzhong.model.labels import Lang
from xianzhong.query.sentence import ALL_TIME, parts
from xianzhong.ui.navigation import PRODUCT, language_switch, page_object, statements
from xianzhong.ui.session import Session
from xianzhong.ui.text import in_china, plain
from xianzhong.wording import translate


def keep_to_the_view(caller: Caller, page: str, lang: Lang) -> None:
    """Holds a guest's run to the page and the address of their link; ends any other page.

    Nothing for who is no guest. Everything that reads the address afterwards reads the link's.

    Args:
        caller: who is asking.
        page: name of the page that the browser asks for.
        lang: the language, the one thing that a guest may choose.
    """
    link = caller.link
    if link is None:
        return
    params = forced(link, lang)
    if page != link.page:
        _one_page_only(link, params, lang)
        st.stop()
    given = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    if sorted(given) != sorted(params.items()):
        st.query_params.from_dict(params)


def _one_page_only(link: SharedLink, params: dict[str, str], lang: Lang) -> None:
    st.title(PRODUCT[lang], anchor=False)
    st.error(
        translate("This link shows one page only. To see others, sign in with an account.", lang),
        icon=":material/block:",
    )
    st.page_link(
        page_object(link.page), label=translate("Back to the page of the link", lang),
        icon=":material/arrow_back:", query_params=params,
    )  # fmt: skip


def guest_sidebar(session: Session) -> None:
    """The product's name, what the visit is, the language: no menu and no filters."""
    st.markdown(f"### {PRODUCT[session.lang]}")
    st.caption(session.say("You see one page, by a link without an account."))
    st.markdown(f":material/login: [{session.say('Sign in with an account')}](sign-in)")
    st.divider()
    language_switch(session.lang)
    statements(session.lang)


def guest_line(session: Session) -> None:
    """The filters in words, and whose link it is; what came later is not for guests."""
    words = [part.text for part in parts(session.filters, session.names, session.lang)]
    if not (session.filters.province or session.filters.school):
        words.insert(0, session.names.everywhere(session.lang))
    if session.filters.period is None:
        words.append(ALL_TIME[session.lang])
    st.markdown(f"**{' · '.join(map(plain, words))}**")
    pin, snapshot = session.asof.pin, session.view.snapshot
    if pin is None:
        return
    with st.container(border=True, key="pinned"):
        st.markdown(
            session.say(
                "**{title}** · data as of {moment} (China time), snapshot {number} · shared by "
                "{who}, open until {day}",
                title=plain(pin.title), moment=in_china(snapshot.at), number=snapshot.number,
                who=plain(pin.who), day=pin.expires,
            )
        )  # fmt: skip
