"""What links show, in words, for the server: it knows neither the lake nor the pages."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from xianzhong.access.caller import Caller
from xianzhong.access.guests import forced
from xianzhong.brief.brief import PRODUCT, as_of
from xianzhong.brief.source import source_of
from xianzhong.lake.links import SharedLink, shared_link
from xianzhong.lake.meetings import Meeting, meeting
from xianzhong.lake.openings import openings_of
from xianzhong.model.labels import Label, Lang
from xianzhong.query.asof import PIN, today
from xianzhong.query.asof import as_of as moment_of
from xianzhong.query.filters import Filters, parse_filters
from xianzhong.query.gate import View
from xianzhong.query.names import names_of
from xianzhong.query.open import open_engine
from xianzhong.query.scope import NATION
from xianzhong.settings import Settings
from xianzhong.ui.navigation import PAGE_BY_NAME
from xianzhong.web.cards import Card, ShortLink
from xianzhong.web.guests import GuestLinks

_TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
_UNKNOWN = Label("没有这个链接", "There is no such link")
_UNKNOWN_MORE = Label(
    "地址可能缺了一部分，请向发送的人核对。",
    "A part of the address may have been lost; ask whoever sent it.",
)
_REVOKED = Label("这个链接已收回", "This link was taken back")
_EXPIRED = Label("这个链接已过期", "This link has expired")
_ASK = Label("请联系 {who}。", "Ask {who}.")
_SHARED = Label("分享的链接", "A shared link")
_LIVE = Label("始终是最新数据", "always the newest data")
_DELETED = Label("这个会议已删除", "This meeting was deleted")
_SLIDES = Label("会议材料，{n} 页　{who} 建立", "Meeting. Slides: {n} · made by {who}")
_BY = Label("{shows}　{who} 分享", "{shows} · shared by {who}")


def describe(
    settings: Settings, page: str, params: Mapping[str, str], *, open_to_all: bool = True
) -> Card | None:
    """The title and description of a page's address, None for what is no page.

    Where people sign in, a preview would tell everybody what only some may see: there is none.

    Raises:
        LakeError: the lake cannot be read.
    """
    spec = PAGE_BY_NAME.get(page or "overview")
    if spec is None or not open_to_all:
        return None
    lang = _lang(params.get("lang", ""))
    engine = open_engine(settings)
    if page == "meeting" and (found := meeting(engine.lake, params.get("id", ""))):
        return _meeting(found, lang)
    asof = moment_of(engine.lake, params)
    if asof.closed:
        return Card(_EXPIRED[lang], "", PRODUCT[lang], _TAGS[lang])
    filters, _ = parse_filters(dict(params), names_of(engine, asof.snapshot, NATION))
    source = source_of(engine, View(asof.snapshot, NATION, filters), lang)
    title = f"{spec.title[lang]} · {source.sentence} · {PRODUCT[lang]}"
    return Card(title, as_of(source), PRODUCT[lang], _TAGS[lang])


def _meeting(found: Meeting, lang: Lang) -> Card:
    if found.deleted:
        return Card(_DELETED[lang], "", PRODUCT[lang], _TAGS[lang])
    words = _SLIDES[lang].format(n=len(found.slides), who=found.who)
    return Card(f"{found.title} · {PRODUCT[lang]}", words, PRODUCT[lang], _TAGS[lang])


def find_link(settings: Settings, key: str, asked: str, *, open_to_all: bool = True) -> ShortLink:
    """Where a short address leads, in the language that it asks for or was shared in.

    Where people sign in, it says neither title nor name: who opens it may not see what it shows.
    """
    engine = open_engine(settings)
    link = shared_link(engine.lake, key)
    lang = _lang(asked or (link.params.get("lang", "") if link else ""))
    site, tag = PRODUCT[lang], _TAGS[lang]
    if link is None:
        return ShortLink(Card(_UNKNOWN[lang], _UNKNOWN_MORE[lang], site, tag), "unknown")
    state = link.state(today())
    if state != "open":
        why = _REVOKED if state == "revoked" else _EXPIRED
        ask = _ASK[lang].format(who=link.who) if open_to_all else ""
        return ShortLink(Card(why[lang], ask, site, tag), "gone")
    if not open_to_all:
        return ShortLink(Card(_SHARED[lang], "", site, tag), "open", target(link, lang))
    shows = _LIVE[lang]
    if link.snapshot is not None:
        view = View(engine.lake.snapshot(link.snapshot), NATION, Filters())
        shows = as_of(source_of(engine, view, lang))
    words = _BY[lang].format(shows=shows, who=link.who)
    return ShortLink(Card(link.title, words, site, tag), "open", target(link, lang))


def target(link: SharedLink, lang: Lang) -> str:
    """Relative address of the view of a link."""
    params = {name: value for name, value in link.params.items() if name != "lang"}
    if link.snapshot is not None:
        params[PIN] = link.id
    if lang == "en":
        params["lang"] = "en"
    page = "" if link.page == "overview" else link.page
    query = urlencode(params, safe=",")
    return f"{page}?{query}" if query else page


def guest_links(settings: Settings) -> GuestLinks:
    """What is behind links for people without an account, for the server."""

    def page(caller: object, lang: str) -> tuple[str, Mapping[str, str]] | None:
        link = caller.link if isinstance(caller, Caller) else None
        return (link.page, forced(link, lang or link.params.get("lang", ""))) if link else None

    def opened(link: str) -> None:
        openings_of(open_engine(settings).lake).note(link)

    return GuestLinks(page, opened)


def _lang(asked: str) -> Lang:
    return "en" if asked.lower().startswith("en") else "zh"
