"""The statements on accessibility and on privacy."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette

from tests.opening import page_to_run
from tests.test_server import ask
from xianzhong.web.assets import load_assets
from xianzhong.web.index import LANGUAGES
from xianzhong.web.middleware import PAGE_HEADERS
from xianzhong.web.statements import STATEMENTS, Operator, statement_routes

NOBODY = Operator()
WANTED = {"zh-CN": "", "en": "lang=en"}


def site(operator: Operator = NOBODY, base: str = "") -> Starlette:
    return Starlette(routes=statement_routes(operator, load_assets(), PAGE_HEADERS, base))


def page(name: str, lang: str, operator: Operator = NOBODY, base: str = "") -> str:
    answer = ask(site(operator, base), f"{base}/about/{name}", WANTED[lang])
    assert answer.status == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    return answer.body.decode()


def headings(text: str) -> list[str]:
    return re.findall(r"<(h[1-6])>", text)


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_says_the_same_sections_in_both_languages(name: str) -> None:
    chinese, english = (page(name, lang) for lang in LANGUAGES)
    assert headings(chinese) == headings(english)
    assert headings(chinese)[0] == "h1"
    assert chinese.count("<li>") == english.count("<li>")
    assert chinese.count("<br") == english.count("<br")
    assert '<html lang="zh-CN">' in chinese
    assert '<html lang="en">' in english
    assert not re.search("[\u4e00-\u9fff]", english.replace("中文</a>", ""))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STATEMENTS)
def test_whom_to_ask_is_named_and_cannot_write_into_the_page(name: str, lang: str) -> None:
    assert "{" not in page(name, lang)
    bad = Operator("<b>示例</b>局", "[示例](javascript:alert(1)) a_b_c@example.org <script>")
    text = page(name, lang, bad)
    assert "a_b_c@example.org" in text
    assert "&lt;script&gt;" in text
    parser = Tags()
    parser.feed(text)
    assert not parser.found & {"b", "script", "em"}
    assert not [way for way in parser.ways if way.startswith("javascript")]


def test_a_statement_is_found_below_a_prefix_and_names_only_files_of_this_server() -> None:
    text = page("privacy", "zh-CN", base="/prefix")
    ways = re.findall(r'(?:href|src)="([^"]*)"', text)
    assert ways
    assert all(way.startswith(("../", "?")) for way in ways)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_frame_leads_to_both(lang: str) -> None:
    app = page_to_run("definitions", lang).run()
    foot = " ".join(caption.value for caption in app.sidebar.caption)
    for name in STATEMENTS:
        assert f"(about/{name}{'?lang=en' if lang == 'en' else ''})" in foot


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ways: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.ways += [value or "" for name, value in attrs if name == "href"]
