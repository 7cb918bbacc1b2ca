"""The pages and how one gets from one to another with the filters kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, urlencode

import htpy as h
import streamlit as st

from xianzhong.access.review import on_page, waiting_seen
from xianzhong.model.labels import Label, Lang
from xianzhong.query.alerts import open_in_place
from xianzhong.query.filters import Filters
from xianzhong.settings import ROOT
from xianzhong.signin.door import current_door
from xianzhong.ui.markup import icon
from xianzhong.ui.session import (
    LANG,
    Session,
    current_lang,
    page_params,
    params_for,
    set_params,
)
from xianzhong.wording import translate

PRODUCT = Label("县中帮扶监测", "County High School Support")


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: file, path in the URL, title, icon; the menu names those that have a group."""

    name: str
    title: Label
    icon: str
    group: str = ""

    @property
    def file(self) -> str:
        """The page's script."""
        return str(ROOT / "pages" / f"{self.name}.py")


GROUPS: dict[str, Label] = {
    "see": Label("看", "See"),
    "manage": Label("管", "Manage"),
    "report": Label("报", "Report"),
}
PAGES: tuple[PageSpec, ...] = (
    PageSpec("overview", Label("总览", "Overview"), ":material/monitoring:", "see"),
    PageSpec("schools", Label("学校", "Schools"), ":material/school:", "see"),
    PageSpec("school", Label("学校详情", "School"), ":material/apartment:"),
    PageSpec("universities", Label("高校", "Universities"), ":material/account_balance:", "see"),
    PageSpec("university", Label("高校详情", "University"), ":material/domain:"),
    PageSpec("activities", Label("活动", "Activities"), ":material/event_note:", "see"),
    PageSpec("measures", Label("帮扶措施", "Measures"), ":material/grid_on:", "see"),
    PageSpec("training", Label("培训", "Training"), ":material/cast_for_education:", "see"),
    PageSpec("coverage", Label("覆盖", "Coverage"), ":material/map:", "see"),
    PageSpec(
        "attention", Label("待办提醒", "Needs attention"), ":material/notifications:", "manage"
    ),
    PageSpec(
        "pairings", Label("结对与协议", "Pairings and agreements"), ":material/handshake:", "manage"
    ),
    PageSpec("support", Label("县级投入", "County support"), ":material/payments:", "manage"),
    PageSpec("difficulties", Label("困难问题", "Difficulties"), ":material/report:", "manage"),
    PageSpec("practices", Label("经验做法", "Good practice"), ":material/lightbulb:", "manage"),
    PageSpec("compare", Label("对比", "Compare"), ":material/compare_arrows:", "manage"),
    PageSpec("changes", Label("变化", "What changed"), ":material/difference:", "manage"),
    PageSpec("meetings", Label("会议", "Meetings"), ":material/slideshow:", "manage"),
    PageSpec("meeting", Label("会议材料", "Meeting"), ":material/co_present:"),
    PageSpec("upload", Label("上报", "Upload"), ":material/upload_file:", "report"),
    PageSpec("review", Label("审核", "Review"), ":material/fact_check:", "report"),
    PageSpec("history", Label("上报记录", "History"), ":material/history:", "report"),
    PageSpec("links", Label("分享的链接", "Shared links"), ":material/share:", "report"),
    PageSpec(
        "definitions", Label("指标与数据说明", "Definitions"), ":material/menu_book:", "report"
    ),
    PageSpec(
        "people", Label("人员与权限", "People and access"), ":material/manage_accounts:", "report"
    ),
    PageSpec("figure", Label("数字从哪里来", "Where a number comes from"), ":material/calculate:"),
)
# Without sign-in everybody may do everything: they open by their address, and no menu needs them.
_SIGNED_IN_ONLY = frozenset({"people"})
PAGE_BY_NAME = {page.name: page for page in PAGES}


def _page(spec: PageSpec) -> st.Page:
    lang = current_lang()
    return st.Page(
        spec.file,
        title=spec.title[lang],
        icon=spec.icon,
        url_path="" if spec.name == "overview" else spec.name,
        default=spec.name == "overview",
    )


def navigate() -> st.Page:
    """Declares the pages and gives the one that the URL names."""
    st.session_state["pages"] = {spec.name: _page(spec) for spec in PAGES}
    return st.navigation(list(st.session_state["pages"].values()), position="hidden")


def page_object(name: str) -> st.Page:
    """The Streamlit page of a name, for links."""
    page: st.Page = st.session_state["pages"][name]
    return page


def path_to(name: str, params: Mapping[str, str]) -> str:
    """Relative address of a page with the parameters of a link."""
    page = "./" if name == "overview" else name
    return f"{page}?{urlencode(params, safe=',')}" if params else page


def menu(session: Session, page: str) -> None:
    """The menu, with the filters kept in every link; the page that is open is marked."""
    marks: dict[str, int | None] = {"review": None}
    if session.view.snapshot.number:
        marks["attention"] = open_in_place(session.engine, session.view)
    lake, caller = session.engine.lake, session.caller
    if on_page(lake, caller):
        marks["review"] = len(waiting_seen(lake, caller))
    _links(page, params_for(replace(session.filters, school=""), session.lang), marks)


def bare_menu(page: str) -> None:
    """The menu and the switch of language where the data cannot be read."""
    _links(page, params_for(Filters(), current_lang()), {"review": None})
    language_switch(current_lang())


def _links(page: str, here: Mapping[str, str], marks: Mapping[str, int | None]) -> None:
    """The links in their groups, and how much there is to do on some pages; None hides one.

    Of what needs attention only the place counts: who watches it has the same to do while looking
    at a past term or at one kind of activity.
    """
    lang, signed_in = current_lang(), current_door() is not None
    shown = tuple(
        (spec.name, marks.get(spec.name) or 0) for spec in PAGES
        if spec.group and marks.get(spec.name, 0) is not None
        and (spec.name not in _SIGNED_IN_ONLY or signed_in)
    )  # fmt: skip
    st.html(_drawn(page, tuple(here.items()), shown, lang))


@lru_cache(maxsize=1024)
def _drawn(
    page: str, here: tuple[tuple[str, str], ...], shown: tuple[tuple[str, int], ...], lang: Lang
) -> str:
    """The menu as HTML, made once for all who stand at the same place."""
    params = dict(here)
    lists = (
        [
            h.p[h.strong[label[lang]]],
            h.ul[
                (
                    h.li[_link(PAGE_BY_NAME[name], page, params, mark, lang)]
                    for name, mark in shown
                    if PAGE_BY_NAME[name].group == group
                )
            ],
        ]
        for group, label in GROUPS.items()
    )
    return str(h.nav(".xz-menu", aria_label=translate("Pages", lang))[lists])


def _link(spec: PageSpec, page: str, params: Mapping[str, str], mark: int, lang: Lang) -> h.Element:
    return h.a(
        href=path_to(spec.name, params), aria_current="page" if spec.name == page else None
    )[
        icon(spec.icon), h.span(".xz-name")[spec.title[lang]],
        bool(mark) and h.span(".xz-mark")[f"{mark:,}"],
    ]  # fmt: skip


def _switch_language() -> None:
    params = st.query_params.to_dict()
    if current_lang() == "zh":
        params[LANG] = "en"
    else:
        params.pop(LANG, None)
    set_params(params)


def language_switch(lang: Lang) -> None:
    """Shows the same view in the other language."""
    st.button(
        "English" if lang == "zh" else "中文",
        key="language",
        icon=":material/translate:",
        on_click=_switch_language,
        type="tertiary",
        help="Switch to English" if lang == "zh" else "切换到中文",
    )


def statements(lang: Lang) -> None:
    """The way to what the product says of accessibility and of personal information."""
    query = "?lang=en" if lang == "en" else ""
    st.caption(
        f"[{translate('Accessibility', lang)}](about/accessibility{query}) · "
        f"[{translate('Privacy', lang)}](about/privacy{query})"
    )


def school_paths(session: Session, codes: Iterable[str], names: Iterable[str]) -> list[str]:
    """Relative addresses of schools' pages, with the filters of this view kept.

    The name rides behind the # for tables to show.
    """
    return _paths("school", session, codes, names)


def university_paths(session: Session, codes: Iterable[str], names: Iterable[str]) -> list[str]:
    """The same for universities' pages."""
    return _paths("university", session, codes, names)


def _paths(page: str, session: Session, codes: Iterable[str], names: Iterable[str]) -> list[str]:
    """Addresses of pages that are about the value of the filter of the same name."""
    params = params_for(replace(session.filters, school=""), session.lang)
    params.pop(page, None)
    kept = "".join(f"&{name}={quote(value)}" for name, value in params.items())
    return [
        f"{page}?{page}={quote(code)}{kept}#{name}" for code, name in zip(codes, names, strict=True)
    ]


def upload_link(session: Session, table: str, label: str) -> None:
    """A link to where a table is filled.

    Args:
        session: the run.
        table: name of the table.
        label: what the link says.
    """
    st.page_link(
        page_object("upload"), label=label, icon=":material/upload_file:",
        query_params={**params_for(session.filters, session.lang), "table": table},
    )  # fmt: skip


def filter_paths(
    session: Session, page: str, field: str, codes: Iterable[object], names: Iterable[object]
) -> list[str | None]:
    """Relative addresses of a page with one filter more, for the names in a table's column.

    The name rides behind the # for tables to show; what has no code has no address.

    Args:
        session: the run.
        page: name of the page that the link opens, mostly the one that has the table.
        field: the filter that a name stands for.
        codes: a code for each row.
        names: what each row shows.
    """
    made: dict[object, str] = {}
    paths: list[str | None] = []
    # Read once: what the address has beside the filters is the same for every name.
    beside = params_for(Filters(), session.lang, **page_params())
    for code, name in zip(codes, names, strict=True):
        if not isinstance(code, str) or not code:
            paths.append(None)
            continue
        if code not in made:
            made[code] = _filtered(session, page, field, code, beside)
        paths.append(f"{made[code]}#{name}")
    return paths


def _filtered(session: Session, page: str, field: str, code: str, beside: Mapping[str, str]) -> str:
    changes: dict[str, object] = {field: (code,) if field in ("kind", "scheme") else code}
    if field in ("province", "prefecture", "county"):
        found = session.engine.divisions.get(code)
        place = {"province": "", "prefecture": "", "county": ""}
        if found is not None:
            place |= {"province": found.province, "prefecture": found.prefecture}
        changes = {**place, **changes}
        if field != "county":
            changes["county"] = ""
    filters = replace(session.filters, **changes)  # type: ignore[arg-type]
    return path_to(page, {**filters.to_params(), **beside})
