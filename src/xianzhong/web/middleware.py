"""Middleware that answers with the shell's index page in place of Streamlit's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, urlencode

import anyio
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xianzhong.web.assets import packed_or_plain
from xianzhong.web.cards import Describe
from xianzhong.web.index import IndexPage, language_of

# What a page may load and run: this server's own files and nothing else, no inline script, no
# eval. The browser itself so upholds that no page asks another origin for anything. Inline styles
# are how Streamlit and Plotly dress their elements; data and blob addresses are how Plotly draws
# maps without its content network and saves pictures.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "same-origin",
}

# Below these Streamlit serves files that may be HTML in their own right (a download, say); short
# addresses and statements have pages of their own.
_NOT_PAGES = (
    "/s/",
    "/g/",
    "/about/",
    "/_stcore/",
    "/media/",
    "/component/",
    "/static/",
    "/app/static/",
)
# Plain pages of the server's own, which need neither Streamlit nor a script.
_OWN_PAGES = frozenset({"/sign-in", "/sign-in/go", "/sign-in/back", "/sign-in/out", "/sign-out"})
# The first page has no name in its address; who writes it means that page all the same.
FIRST = "overview"
MISSING = "missing"
_LONGEST = 80


class IndexMiddleware:
    """Replaces the HTML of every page address, and answers 404 for missing files.

    An address of no page leads to the first page, which names it in the product's own words: its
    query stays, and ``missing`` says what was asked for.

    Streamlit answers any unknown address with its index page and status 200. That is right for
    pages, which are routed in the browser, and wrong for files: a missing ``/robots.txt`` or
    ``/geo/x.geojson`` must not look like a success. Page addresses have no dot, files have one.

    Args:
        app: The application inside.
        pages: The index page by language.
        base_path: The prefix under which the application is served, or empty.
        describe: Says what an address shows, for its title and description; called in a worker
            thread. Where it fails or says nothing, the page carries the product's own.
        names: The pages' addresses below it; nothing where they are not known.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Mapping[str, IndexPage],
        base_path: str = "",
        describe: Describe | None = None,
        names: Collection[str] = (),
    ) -> None:
        self.app = app
        self.pages = pages
        self.names = frozenset(names)
        self.base_path = base_path
        self.describe = describe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; anything but a page request passes through untouched."""
        if scope["type"] != "http" or not self._may_be_page(scope):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def send_or_replace(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_html(message):
                replaced = True
                answer = await self._answer(scope)
                await answer(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, send_or_replace)

    def _may_be_page(self, scope: Scope) -> bool:
        path = scope["path"].removeprefix(self.base_path)
        own = path in _OWN_PAGES or path.startswith(_NOT_PAGES)
        return scope["method"] in {"GET", "HEAD"} and not own

    async def _about(self, scope: Scope, page: IndexPage) -> IndexPage:
        """The page with the title and description of what the address shows."""
        if self.describe is None:
            return page
        name = scope["path"].removeprefix(self.base_path).strip("/")
        params = dict(QueryParams(scope["query_string"]))
        try:
            card = await anyio.to_thread.run_sync(self.describe, name, params)
        except Exception:  # whatever is wrong with the data, the page itself says it in words
            return page
        return page.about(card) if card else page

    async def _answer(self, scope: Scope) -> Response:
        name = scope["path"].rsplit("/", 1)[-1]
        if "." in name and name != "index.html":
            return PlainTextResponse("Not Found", status_code=404)
        if (elsewhere := self._first_page(scope)) is not None:
            return elsewhere
        request = Request(scope)
        page = self.pages[language_of(QueryParams(scope["query_string"]))]
        page = await self._about(scope, page)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            # Always asked again, and answered with 304 while nothing has changed.
            "Cache-Control": "no-cache",
            "ETag": page.etag,
            **PAGE_HEADERS,
        }
        if page.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return packed_or_plain(request, page.body, page.packed, headers)

    def _first_page(self, scope: Scope) -> Response | None:
        """Where an address leads that is none of a page; None for one that is."""
        asked = scope["path"].removeprefix(self.base_path).strip("/")
        if not self.names or asked in self.names or asked in {"", "index.html"}:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        kept = [(name, value) for name, value in query if name != MISSING]
        told = [] if asked == FIRST else [(MISSING, asked[:_LONGEST])]
        address = f"{self.base_path}/"
        if told or kept:
            address += f"?{urlencode([*kept, *told])}"
        # Tomorrow there may be such a page.
        return RedirectResponse(address, 302, {"Cache-Control": "no-store"})


def _is_html(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] == 200 and kind.startswith("text/html")
