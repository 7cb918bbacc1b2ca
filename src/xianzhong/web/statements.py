"""Plain pages beside the application: what it does for accessibility, and what it keeps of people.

They need neither script nor sign-in: who cannot use the pages must be able to read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from markdown_it import MarkdownIt
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from xianzhong.model.labels import Label
from xianzhong.web.assets import Asset
from xianzhong.web.index import LANGUAGES, language_of

STATEMENTS = ("accessibility", "privacy")
PREFIX = "/about"

ACCESSIBILITY = Label("无障碍声明", "Accessibility")
PRIVACY = Label("隐私说明", "Privacy")
_OVERVIEW = {"zh-CN": "返回首页", "en": "Back to the overview"}
_OTHER = {"zh-CN": ("en", "English"), "en": ("zh-CN", "中文")}
_NOBODY = {"zh-CN": "贵单位", "en": "your office"}
_ASK = {
    "zh-CN": ("请联系{contact}。", "请联系本系统的运维人员。"),
    "en": ("Please write to {contact}. ", "Please ask those who run this server. "),
}
_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="..{icon}">
<link rel="stylesheet" href="..{style}">
</head>
<body>
<main class="xz-statement">
<nav><a href="../{query}">{overview}</a> <a href="{other_query}" hreflang="{other}"\
 lang="{other}">{other_name}</a></nav>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the server, for the statements' words; what is empty is said in general words.

    Attributes:
        name: of the office.
        contact: an address, a telephone number or both.
    """

    name: str = ""
    contact: str = ""


def statement_routes(
    operator: Operator,
    assets: Mapping[str, Asset],
    headers: Mapping[str, str],
    base_path: str = "",
) -> list[BaseRoute]:
    """Return ``/about/accessibility`` and ``/about/privacy``; ``?lang=en`` for English.

    Args:
        operator: who runs the server.
        assets: the shell's files by role.
        headers: of every page, the content policy among them.
        base_path: the prefix under which the application is served, or empty.
    """

    def route(name: str) -> Route:
        pages = {lang: _page(name, lang, operator, assets) for lang in LANGUAGES}

        def statement(request: Request) -> Response:
            page = pages[language_of(request.query_params)]
            return HTMLResponse(page, headers={**headers, "Cache-Control": "no-cache"})

        return Route(f"{base_path}{PREFIX}/{name}", statement)

    return [route(name) for name in STATEMENTS]


def _page(name: str, lang: str, operator: Operator, assets: Mapping[str, Asset]) -> str:
    text = (files("xianzhong.web") / "statements" / f"{name}.{lang}.md").read_text("utf-8")
    title = text.partition("\n")[0].lstrip("# ")
    given, general = _ASK[lang]
    contact = given.format(contact=_literal(operator.contact)) if operator.contact else general
    words = {"operator": _literal(operator.name) or _NOBODY[lang], "contact": contact}
    other, other_name = _OTHER[lang]
    return _PAGE.format(
        lang=lang, title=escape(title), icon=assets["icon"].path, style=assets["style"].path,
        query="?lang=en" if lang == "en" else "", overview=_OVERVIEW[lang],
        other=other, other_name=other_name, other_query="?lang=en" if other == "en" else "?",
        body=MarkdownIt("commonmark", {"html": False}).render(text.format(**words)),
    )  # fmt: skip


def _literal(text: str) -> str:
    """A text whose signs Markdown does not take for its own."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~&" else sign for sign in text)
