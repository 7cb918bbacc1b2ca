"""How tests come to a page of the application without a browser, as one who opens its link."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import lxml.html
import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.lakes import ROOT, lake_of
from xianzhong.signin.door import Door
from xianzhong.signin.secret import Secret
from xianzhong.signin.settings import SignInSettings
from xianzhong.ui.drawing.component import DIGEST_LETTERS, NAME

# Open for one session at a time: a page's script may take long on a busy machine.
SECONDS = 120


def page_to_run(page: str = "overview", lang: str = "zh", /, **params: str) -> AppTest:
    """The application at a page with the parameters of a link, ready for its first run.

    An underscore behind a parameter's name is left out: ``from_`` is ``from``.
    """
    app, first = _Served.new(), _first()
    # Each instance would look for components through all installed packages.
    app._bidi_component_manager = first._bidi_component_manager
    if page != "overview":
        app._registered_pages = first._registered_pages
        app.switch_page(f"pages/{page}.py")
    if lang == "en":
        app.query_params["lang"] = "en"
    for name, value in params.items():
        app.query_params[name.rstrip("_")] = value
    return app


@dataclass(frozen=True)
class Number:
    """A number of a page with what stands around it: a card of ours, or Streamlit's metric."""

    label: str
    value: str
    delta: str
    help: str
    note: str = ""


@dataclass(frozen=True)
class Text:
    """A line of the page, as AppTest gives those of Streamlit's own elements."""

    value: str


class _Served(AppTest):
    """Runs app.py as the server does, for a folder named pages too (see ``xianzhong.server``).

    What the product draws as pieces of HTML is found where AppTest has Streamlit's own elements.
    """

    @property
    def metric(self) -> Any:
        """The numbers of the page, from the top: the cards, and those in a row."""
        found: list[Number] = []
        for node in self._tree:
            if node.type == "metric":
                found.append(Number(node.label, node.value, node.delta, node.help))
            elif node.type == "html":
                found += _numbers(node.proto.body)
        return found

    @property
    def header(self) -> Any:
        """The headings of the second level."""
        return [*super().header, *(Text(_words(e)) for e in html_of(self) if e.tag == "h2")]

    @property
    def caption(self) -> Any:
        """The quiet lines, those under numbers and charts among them."""
        found = [Text(_words(e)) for e in html_of(self) if "xz-note" in e.classes]
        notes = (Text(note) for one in charts_of(self) for note in one.notes)
        return [*super().caption, *found, *notes]

    @classmethod
    def new(cls) -> AppTest:
        return cls(ROOT / "app.py", default_timeout=SECONDS)

    def _run(self, *given: Any, **named: Any) -> AppTest:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(PagesManager, "uses_pages_directory", False)
            # AppTest would have it found out anew; it asks a class of this name.
            patch.setattr(app_test, "PagesManager", type("Pages", (PagesManager,), {}))
            patch.setattr(local_script_runner, "require_widgets_deltas", _wait_for)
            return super()._run(*given, **named)


def _wait_for(runner: LocalScriptRunner, timeout: float) -> None:
    """Waits for the end of a run; AppTest asks for it a thousand times a second."""
    assert runner._script_thread
    runner._script_thread.join(timeout)
    if runner._script_thread.is_alive():
        runner.request_stop()
        raise TimeoutError(f"the page took longer than {timeout} s")


@dataclass(frozen=True)
class Chart:
    """A chart of a page as the browser is sent it: the figure, and what is said about it."""

    figure: dict[str, Any]
    alt: str
    tip: str
    clicks: bool
    config: dict[str, Any]
    height: int | None
    title: str
    notes: list[str]
    origin: list[str] | None


def html_of(app: AppTest) -> list[Any]:
    """The elements of the page's pieces of HTML, from the top."""
    return [e for one in app.get("html") for e in _parsed(one.proto.body).iter()]


def menu_of(app: AppTest) -> dict[str, tuple[str, str]]:
    """The menu: title of each page and how much is to be done there, under the page's name."""
    return {
        link.get("href").partition("?")[0].strip("./") or "overview": (
            _said_by(link, "xz-name"), _said_by(link, "xz-mark"),
        )
        for link in html_of(app) if link.tag == "a" and link.find_class("xz-name")
    }  # fmt: skip


def _parsed(html: str) -> Any:
    return lxml.html.fragment_fromstring(html, create_parent=True)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _said_by(element: Any, name: str) -> str:
    return " ".join(map(_words, element.find_class(name)))


def _numbers(html: str) -> list[Number]:
    whole = _parsed(html)
    parts = ("xz-name", "xz-value", "xz-change", "xz-told", "xz-note")
    return [
        Number(*(_said_by(card, name) for name in parts))
        for card in (*whole.find_class("xz-card"), *whole.find_class("xz-small"))
    ]


def charts_of(app: AppTest) -> list[Chart]:
    """The charts of the page, from the top."""
    sent = [one.proto for one in app.get("bidi_component") if one.proto.component_name == NAME]
    found = []
    for proto in sent:
        about, figure = proto.bytes[DIGEST_LETTERS:].split(b"\n", 1)
        found.append(Chart(figure=json.loads(figure), **json.loads(about)))
    return found


@cache
def _first() -> AppTest:
    """An application that has run, and so knows the pages, which app.py names the same always.

    Without it each test would have to draw an overview first, which one who opens a link to
    another page does not.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIANZHONG_LAKE", str(lake_of("empty")))
        app = _Served.new().run()
    assert not app.exception
    return app


def press(app: AppTest, prefix: str) -> AppTest:
    """Presses the first button whose key begins so, and lets the page run without an error."""
    next(b for b in app.button if (b.key or "").startswith(prefix)).click()
    app.run()
    assert not app.exception
    return app


def door_of_a_server() -> Door:
    """Sign-in as a server has it, for pages that run in the process of the test."""
    return Door(
        SignInSettings(
            address="http://127.0.0.1", issuer="http://127.0.0.1:1", client_id="x",
            client_secret=None, cookie_secret=Secret("s" * 40),
        )
    )  # fmt: skip
