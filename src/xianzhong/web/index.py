"""The HTML page that every address of the application answers with.

Streamlit ships one index page: English, titled "Streamlit", preloading a Latin font, with an
inline script. This module keeps from it only what starts Streamlit's frontend (its module
script, preloads and style sheet) and writes the rest anew, once per language.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from importlib.resources import files

from xianzhong.web.assets import Asset
from xianzhong.web.cards import Card

LANGUAGES = ("zh-CN", "en")
DEFAULT_LANGUAGE = "zh-CN"

_TITLES = {"zh-CN": "县中帮扶监测", "en": "County High School Support"}
_DESCRIPTIONS = {
    "zh-CN": "查看高校托管帮扶县域普通高中的结对、活动与成效。",
    "en": "Follow the support that universities give to county high schools.",
}
_NO_SCRIPT = (
    ("zh-CN", "本系统需要启用 JavaScript 才能使用，请在浏览器设置中启用后刷新页面。"),
    ("en", "This site needs JavaScript. Please enable it in your browser and reload the page."),
)

_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{tags}
<link rel="icon" type="image/svg+xml" href="{icon}">
<script src="{script}"></script>
{frontend}
<link rel="stylesheet" href="{style}">
<link rel="prefetch" as="script" href="{plotly}" data-xz="plotly">
</head>
<body>
<noscript>{no_script}</noscript>
<div id="root"></div>
</body>
</html>
"""


# Where the title and the description of one address go. Comments, which nobody shows.
_TAGS_BEGIN, _TAGS_END = b"<!--about-->", b"<!--/about-->"


class ShellError(RuntimeError):
    """Streamlit's own index page no longer has the parts that the shell is built from."""


@dataclass(frozen=True)
class IndexPage:
    """One language's page: its bytes, plain and gzipped, and its entity tag."""

    body: bytes
    packed: bytes
    etag: str

    def about(self, card: Card) -> IndexPage:
        """The same page with the title and the description of what an address shows."""
        before, _, rest = self.body.partition(_TAGS_BEGIN)
        _, _, after = rest.partition(_TAGS_END)
        return _packed(b"".join((before, card.tags().encode(), after)))


def language_of(query: Mapping[str, str]) -> str:
    """Return the language that an address asks for: ``en`` for ``?lang=en``, else ``zh-CN``."""
    return "en" if query.get("lang", "").lower().startswith("en") else DEFAULT_LANGUAGE


def build_pages(assets: Mapping[str, Asset], source: str | None = None) -> dict[str, IndexPage]:
    """Build the index page in every language.

    Args:
        assets: The shell's files, from ``load_assets``.
        source: Streamlit's index page; the installed one when left out.

    Returns:
        The pages by language tag.

    Raises:
        ShellError: If ``source`` has no module script or no ``#root`` element.
    """
    frontend = _frontend_tags(_installed_index() if source is None else source)
    return {lang: _page(lang, assets, frontend) for lang in LANGUAGES}


def _page(lang: str, assets: Mapping[str, Asset], frontend: str) -> IndexPage:
    card = Card(_TITLES[lang], _DESCRIPTIONS[lang], _TITLES[lang], lang)
    html = _PAGE.format(
        lang=lang,
        tags=f"{_TAGS_BEGIN.decode()}{card.tags()}{_TAGS_END.decode()}",
        frontend=frontend,
        no_script="".join(f'<p lang="{tag}">{text}</p>' for tag, text in _NO_SCRIPT),
        # Relative like Streamlit's own addresses, so that a prefix set by a proxy does no harm.
        **{role: f".{asset.path}" for role, asset in assets.items()},
    )
    return _packed(html.encode())


def _packed(body: bytes) -> IndexPage:
    digest = hashlib.sha256(body).hexdigest()[:16]
    return IndexPage(body, gzip.compress(body, 9, mtime=0), f'W/"{digest}"')


def _installed_index() -> str:
    return (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")


def _frontend_tags(source: str) -> str:
    parser = _FrontendParser()
    parser.feed(source)
    if not parser.has_module or not parser.has_root:
        raise ShellError("Streamlit's index page has no module script or no #root element")
    return "\n".join(parser.tags)


class _FrontendParser(HTMLParser):
    """Collects the tags that load Streamlit's frontend."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.has_module = False
        self.has_root = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "div" and values.get("id") == "root":
            self.has_root = True
        elif tag == "script" and values.get("type") == "module" and values.get("src"):
            self.has_module = True
            self.tags.append(_tag(tag, attrs) + "</script>")
        elif tag == "link" and values.get("rel") in {"modulepreload", "stylesheet"}:
            self.tags.append(_tag(tag, attrs))


def _tag(name: str, attrs: list[tuple[str, str | None]]) -> str:
    parts = [key if value is None else f'{key}="{escape(value)}"' for key, value in attrs]
    return f"<{' '.join([name, *parts])}>"
