"""The address that somebody had opened before signing in, and that nothing else is made of it."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from starlette.types import Scope

LONGEST = 8000
# A session that begins must not be led to where sessions begin or end.
_NOT_TO = ("/sign-in", "/sign-out")
# Everything that an address is written with; what is percent-encoded stays so.
_WRITTEN = "/?#[]@!$&'()*+,;=:-._~%"


def way_in(scope: Scope, base_path: str) -> str:
    """The address of the sign-in page that leads back to what ``scope`` asks for."""
    target = quote(scope["path"])
    if query := scope["query_string"].decode("latin-1"):
        target += f"?{query}"
    return f"{base_path}/sign-in?{urlencode({'to': own_target(target, base_path)})}"


def own_target(target: str, base_path: str) -> str:
    r"""An address of this product: ``target`` where it is one, else the first page.

    Only a path with a query comes through. ``//host``, ``/\host``, anything with a scheme, and
    what a browser would read as one of these after it has dropped tabs and line ends, would send
    who has just signed in to a stranger (OWASP, Unvalidated Redirects and Forwards).
    """
    first = f"{base_path}/"
    if len(target) > LONGEST or not target.startswith(first):
        return first
    if target.startswith("//") or "\\" in target or not target.isprintable():
        return first
    try:
        parts = urlsplit(target)
    except ValueError:
        return first
    if parts.scheme or parts.netloc or "//" in parts.path:
        return first
    inside = parts.path.removeprefix(base_path)
    if any(inside == way or inside.startswith(f"{way}/") for way in _NOT_TO):
        return first
    return quote(parts._replace(fragment="").geturl(), safe=_WRITTEN)
