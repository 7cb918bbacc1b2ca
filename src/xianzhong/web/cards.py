"""What a link says of itself before it is opened: title and description, and short addresses.

A chat or a mail program that is given a link asks for the page and shows these. It runs no
script, so they stand in the HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from xianzhong.web.assets import Asset


@dataclass(frozen=True, slots=True)
class Card:
    """A link in words.

    Attributes:
        title: what it shows.
        description: as of when, by whom.
        site: name of the product.
        lang: language tag of the words.
    """

    title: str
    description: str
    site: str
    lang: str

    def tags(self) -> str:
        """The tags for a page's head: title, description, and what chats read."""
        title, description, site = map(escape, (self.title, self.description, self.site))
        locale = "en_US" if self.lang == "en" else "zh_CN"
        return (
            f"<title>{title}</title>\n"
            f'<meta name="description" content="{description}">\n'
            f'<meta property="og:title" content="{title}">\n'
            f'<meta property="og:description" content="{description}">\n'
            f'<meta property="og:site_name" content="{site}">\n'
            f'<meta property="og:type" content="website">\n'
            f'<meta property="og:locale" content="{locale}">'
        )


@dataclass(frozen=True, slots=True)
class ShortLink:
    """Where a short address leads.

    Attributes:
        card: the link in words; for one that does not open, why not.
        state: ``open``; ``gone`` for expired or revoked ones; ``unknown``.
        target: relative address of the view, such as ``schools?province=53``; empty where it
            does not open.
    """

    card: Card
    state: Literal["open", "gone", "unknown"]
    target: str = ""


# By the id and the language that the address asks for (empty where it does not).
FindLink = Callable[[str, str], ShortLink]
# By the page's name and the parameters, in the order of the address.
Describe = Callable[[str, Mapping[str, str]], Card | None]


@dataclass(frozen=True, slots=True)
class LinkCards:
    """What the server is told of links; it knows neither the lake nor the pages.

    Attributes:
        find: looks a short address up.
        describe: says what a page's address shows, or None for the product's own words.
    """

    find: FindLink
    describe: Describe


_STATUS = {"open": 200, "gone": 410, "unknown": 404}
_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{tags}
{refresh}
<link rel="icon" type="image/svg+xml" href="{root}{icon}">
<link rel="stylesheet" href="{root}{style}">
</head>
<body>
<main class="xz-short">
<p>{site}</p>
<h1>{title}</h1>
<p>{description}</p>
<p><a href="{way}">{words}</a></p>
</main>
</body>
</html>
"""
_WORDS = {
    "open": {"zh-CN": "打开", "en": "Open"},
    "gone": {"zh-CN": "去首页", "en": "To the overview"},
    "unknown": {"zh-CN": "去首页", "en": "To the overview"},
}


def short_routes(
    find: FindLink, assets: Mapping[str, Asset], headers: Mapping[str, str], base_path: str = ""
) -> list[BaseRoute]:
    """Return the route of short addresses, ``/s/<id>``.

    It answers with a page that says what the link shows and moves on to it; a link that was taken
    back, has expired or never was, says so with the status 410 or 404.

    Args:
        find: looks an id up; called in a worker thread.
        assets: the shell's files by role.
        headers: of every page, the content policy among them.
        base_path: the prefix under which the application is served, or empty.
    """

    async def short(request: Request) -> Response:
        asked = request.query_params.get("lang", "")
        found = await anyio.to_thread.run_sync(find, request.path_params["key"], asked)
        # The address has one part more than a page's, so what is relative begins one level up.
        way = f"../{found.target}" if found.target else "../"
        refresh = f'<meta http-equiv="refresh" content="0; url={escape(way)}">'
        card = found.card
        body = _PAGE.format(
            lang=card.lang, tags=card.tags(), title=escape(card.title), site=escape(card.site),
            description=escape(card.description), way=escape(way), root="..",
            icon=assets["icon"].path, style=assets["style"].path,
            refresh=refresh if found.target else "", words=_WORDS[found.state][card.lang],
        )  # fmt: skip
        return HTMLResponse(body, _STATUS[found.state], {**headers, "Cache-Control": "no-store"})

    return [Route(f"{base_path}/s/{{key:path}}", short)]
