"""The plain pages of sign-in, in both languages; they need no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from xianzhong.model.labels import Label, Lang
from xianzhong.web.assets import Asset
from xianzhong.web.middleware import PAGE_HEADERS
from xianzhong.web.statements import ACCESSIBILITY, PRIVACY
from xianzhong.web.target import own_target

PRODUCT = Label("县中帮扶监测", "County High School Support")
_TAGS: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Words:
    """One page: heading, what it says, what its button says, and the status it comes with."""

    title: Label
    text: Label
    button: Label
    status: int = 200


_AGAIN = Label("重新登录", "Sign in again")
SIGN_IN = Words(
    Label("请先登录", "Please sign in"),
    Label("登录后将回到您打开的页面。", "You then come to the page that you opened."),
    Label("登录", "Sign in"),
)
SIGNED_OUT = Words(
    Label("已退出登录", "Signed out"),
    Label(
        "您在本系统的登录已结束。如使用的是公用电脑，请同时关闭浏览器。",
        "Your session here has ended. On a computer that others use, close the browser, too.",
    ),
    _AGAIN,
)
LEAVE = Words(
    Label("退出登录？", "Sign out?"),
    Label("退出后需要重新登录才能继续。", "To go on after that you have to sign in again."),
    Label("退出登录", "Sign out"),
)
REFUSED = Words(
    Label("您没有访问权限", "You have no access"),
    Label("", ""),
    Label("换一个账号登录", "Use another account"),
    403,
)
UNKNOWN = Words(
    Label("暂时无法确认您的权限", "Your rights cannot be told just now"),
    Label(
        "系统暂时读不到权限记录，数据没有丢失。请一分钟后重新打开；如仍如此，请告知管理员。",
        "The records of rights cannot be read just now; nothing is lost by that. Open the page "
        "again in a minute; if it stays so, tell whoever runs this server.",
    ),
    Label("重新打开", "Open again"),
    503,
)
# What went wrong on the way back from the provider.
TROUBLES: Mapping[str, Words] = {
    "cancelled": Words(
        Label("登录已取消", "The sign-in was cancelled"),
        Label("登录服务没有完成登录。", "The sign-in service did not complete it."),
        _AGAIN,
        403,
    ),
    "again": Words(
        Label("这次登录已失效", "This sign-in is no longer valid"),
        Label(
            "登录用时过长，或这个链接已用过一次。请重新登录。",
            "It took too long, or this link has been used before. Please sign in again.",
        ),
        _AGAIN,
        400,
    ),
    "expired": Words(
        Label("登录凭证已过期", "The sign-in has expired"),
        Label(
            "登录服务给出的凭证已过期。请重新登录；如反复出现，请管理员核对两台服务器的时钟。",
            "What the sign-in service gave is out of date. Please sign in again; if that comes "
            "back, ask whoever runs this server to compare the clocks of both machines.",
        ),
        _AGAIN,
        403,
    ),
    "foreign": Words(
        Label("登录凭证不是给本系统的", "The sign-in is meant for another system"),
        Label(
            "登录服务给出的凭证属于另一个系统，不能使用。请管理员核对登录配置（issuer、client_id）。",
            "What the sign-in service gave belongs to another system and is not taken. Ask "
            "whoever runs this server to check issuer and client_id.",
        ),
        _AGAIN,
        403,
    ),
    "untrusted": Words(
        Label("登录凭证无法核实", "The sign-in cannot be verified"),
        Label(
            "登录服务给出的凭证未通过核验，不能使用。请重新登录；如反复出现，请告知管理员。",
            "What the sign-in service gave did not pass the checks and is not taken. Please sign "
            "in again; if that comes back, tell whoever runs this server.",
        ),
        _AGAIN,
        403,
    ),
    "down": Words(
        Label("登录服务暂时不可用", "The sign-in service cannot be reached"),
        Label(
            "暂时连不上单位的登录服务。请几分钟后再试；如仍如此，请告知管理员。",
            "The sign-in service does not answer just now. Try again in a few minutes; if it "
            "stays so, tell whoever runs this server.",
        ),
        _AGAIN,
        503,
    ),
}

_PAGE = """\
<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · {product}</title>
<link rel="icon" type="image/svg+xml" href="{icon}">
<link rel="stylesheet" href="{style}">
</head>
<body>
<main class="xz-short">
<p>{product}</p>
<h1>{title}</h1>
{text}
<p><a class="xz-way" href="{way}">{button}</a></p>
<p><a href="{other}" lang="{other_tag}" hreflang="{other_tag}">{other_name}</a>
 · <a href="{root}/about/accessibility{query}">{accessibility}</a>
 · <a href="{root}/about/privacy{query}">{privacy}</a></p>
</main>
</body>
</html>
"""


def lang_of(scope: Scope, target: str = "") -> Lang:
    """The language of a page: what its address asks for, else the address that it leads to."""
    asked = QueryParams(scope["query_string"]).get("lang")
    if asked is None:
        asked = dict(parse_qsl(urlsplit(target).query)).get("lang", "")
    return "en" if asked.lower().startswith("en") else "zh"


class PageMaker:
    """Makes the pages.

    Args:
        assets: The shell's files by role.
        provider: How the provider is called, or empty.
        base_path: The prefix under which the application is served, or empty.
    """

    def __init__(
        self, assets: Mapping[str, Asset], provider: str = "", base_path: str = ""
    ) -> None:
        self.assets = assets
        self.provider = provider
        self.base_path = base_path

    def sign_in(self, scope: Scope, target: str) -> Response:
        """Asks to sign in, and leads back to ``target``."""
        way = self._way("/sign-in/go", target)
        named = Label(f"用{self.provider}登录", f"Sign in with {self.provider}")
        button = named if self.provider else SIGN_IN.button
        return self._page(scope, SIGN_IN, way, target, button=button)

    def trouble(self, scope: Scope, kind: str, target: str) -> Response:
        """Says what went wrong (a key of ``TROUBLES``) and offers to sign in again."""
        return self._page(scope, TROUBLES[kind], self._way("/sign-in", target), target)

    def signed_out(self, scope: Scope) -> Response:
        """Says that the session has ended."""
        return self._page(scope, SIGNED_OUT, f"{self.base_path}/sign-in")

    def leave(self, scope: Scope, way: str) -> Response:
        """Asks whether to sign out; ``way`` does so."""
        return self._page(scope, LEAVE, way)

    def refused(self, scope: Scope, reason: Label) -> Response:
        """Says why somebody who has signed in is not let in."""
        return self._page(scope, REFUSED, f"{self.base_path}/sign-out", text=reason)

    def unknown(self, scope: Scope) -> Response:
        """Says that nobody can be let in just now."""
        way = own_target(scope["path"], self.base_path)
        if query := scope["query_string"].decode("latin-1"):
            way += f"?{query}"
        return self._page(scope, UNKNOWN, own_target(way, self.base_path))

    def _way(self, path: str, target: str) -> str:
        return f"{self.base_path}{path}?{urlencode({'to': target})}"

    def _page(
        self,
        scope: Scope,
        words: Words,
        way: str,
        target: str = "",
        *,
        text: Label | None = None,
        button: Label | None = None,
    ) -> Response:
        lang = lang_of(scope, target)
        other: Lang = "zh" if lang == "en" else "en"
        kept = QueryParams(scope["query_string"])
        again = {**{k: v for k, v in kept.items() if k not in ("code", "state")}, "lang": other}
        lines = (text or words.text)[lang].split("\n")
        body = _PAGE.format(
            tag=_TAGS[lang], other_tag=_TAGS[other], product=PRODUCT[lang],
            title=words.title[lang], button=escape((button or words.button)[lang]),
            text="".join(f"<p>{escape(line)}</p>" for line in lines),
            way=escape(way), other=escape(f"?{urlencode(again)}"),
            other_name="中文" if other == "zh" else "English",
            root=self.base_path, query="?lang=en" if lang == "en" else "",
            accessibility=ACCESSIBILITY[lang], privacy=PRIVACY[lang],
            icon=f"{self.base_path}{self.assets['icon'].path}",
            style=f"{self.base_path}{self.assets['style'].path}",
        )  # fmt: skip
        headers = {**PAGE_HEADERS, "Cache-Control": "no-store"}
        return HTMLResponse(body, words.status, headers)


def target_of(request: Request, base_path: str) -> str:
    """The address of this product that a sign-in page is asked to lead to."""
    return own_target(request.query_params.get("to", ""), base_path)
