"""Fixtures for tests that drive a real browser against a running server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Page,
    ViewportSize,
    sync_playwright,
)

from tests.browser.serving import running_server

# An intranet name for this machine: unlike 127.0.0.1 it is not a secure context.
INTRANET = "intranet.test"
OWN_HOSTS = {"127.0.0.1", "localhost", INTRANET}

CHROMIUM_OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--no-first-run",
    f"--host-resolver-rules=MAP {INTRANET} 127.0.0.1",
]


USUAL = ViewportSize(width=1280, height=900)


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[BrowserType, Mapping[str, Any]]]:
    """What starts a Chromium, the system's or the one that Playwright has, and how."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    # Chromium refuses its sandbox to root, which is what a container's user is.
    options = [*CHROMIUM_OPTIONS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        yield playwright.chromium, {"executable_path": path, "args": options}


@pytest.fixture(scope="session")
def browser(chromium: tuple[BrowserType, Mapping[str, Any]]) -> Iterator[Browser]:
    """A Chromium for tests that want contexts of their own."""
    kind, options = chromium
    launched = kind.launch(**options)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def shared_context(
    chromium: tuple[BrowserType, Mapping[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A browser like a reader's, with its folder: it keeps the frontend's compiled scripts.

    Without a folder they are compiled for every page: a third of a page's processor time.
    """
    kind, options = chromium
    folder = tmp_path_factory.mktemp("browser")
    context = kind.launch_persistent_context(folder, locale="zh-CN", viewport=USUAL, **options)
    yield context
    context.close()


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """The addresses of other origins that were asked for anything; there must be none."""
    asked: list[str] = []
    yield asked
    assert asked == [], "a page asked another origin"


@pytest.fixture(scope="session")
def context_like(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A function that gives the context of these options, one for all tests that want its like."""
    contexts: dict[str, BrowserContext] = {}

    def like(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(**options)
        return contexts[key]

    yield like
    for context in contexts.values():
        context.close()


@pytest.fixture
def new_page(
    request: pytest.FixtureRequest, shared_context: BrowserContext, elsewhere: list[str]
) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in a context with the options that it is given.

    The context keeps the frontend's files from earlier tests and nothing else of them. A ``cold``
    one has never seen the product, and is a browser, or a person, of its own.
    """
    with ExitStack() as closing:

        def context_with(cold: bool, options: dict[str, Any]) -> BrowserContext:
            if not cold and not options:
                closing.callback(forget, shared_context)
                return shared_context
            options = {"locale": "zh-CN", **options}
            if cold:
                context: BrowserContext = request.getfixturevalue("browser").new_context(**options)
                closing.callback(context.close)
            else:
                context = request.getfixturevalue("context_like")(**options)
                closing.callback(forget, context)
            return context

        def open_page(*, cold: bool = False, **options: Any) -> Page:
            # Another size alone needs no other context.
            viewport = options.pop("viewport") if not cold and set(options) == {"viewport"} else {}
            opened = watch(context_with(cold, options).new_page(), elsewhere)
            if viewport:
                opened.set_viewport_size(viewport)
            return opened

        yield open_page


def forget(context: BrowserContext) -> None:
    """Close the pages of a context and let it forget what they have noted there."""
    for page in context.pages:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()
    context.clear_cookies()


@pytest.fixture
def page(shared_context: BrowserContext, elsewhere: list[str]) -> Iterator[Page]:
    """A page 1280 wide, in a browser that speaks Chinese."""
    opened = watch(shared_context.new_page(), elsewhere)
    yield opened
    opened.close()


def watch(page: Page, elsewhere: list[str]) -> Page:
    """Note in ``elsewhere`` every request of ``page`` that leaves this machine."""

    def note(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname not in OWN_HOSTS:
            elsewhere.append(url)

    page.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    return page


@pytest.fixture(scope="session")
def serve_script() -> Iterator[Callable[[Path], str]]:
    """A function that serves a Streamlit script, once per session, and returns its address."""
    addresses: dict[Path, str] = {}
    with ExitStack() as servers:

        def serve(script: Path) -> str:
            if script not in addresses:
                server = running_server(script, allowed_hosts=[INTRANET])
                addresses[script] = servers.enter_context(server)[0]
            return addresses[script]

        yield serve
