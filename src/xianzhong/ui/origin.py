"""The quiet link beside every figure: where does this number come from?"""

from __future__ import annotations

from xianzhong.query.filters import Filters
from xianzhong.ui.navigation import path_to
from xianzhong.ui.session import Session, params_for

PARAMETER = "id"


def origin_path(session: Session, name: str, filters: Filters | None = None) -> str:
    """Relative address of the page that explains a figure.

    Args:
        session: the run.
        name: the indicator's id.
        filters: of the figure, those of the view by default.
    """
    seen = session.filters if filters is None else filters
    return path_to("figure", {PARAMETER: name, **params_for(seen, session.lang)})


def origin_link(session: Session, name: str, filters: Filters | None = None) -> str:
    """The link in Markdown: words that cost a figure no element of its own."""
    return f"[{session.say('Where from?')}]({origin_path(session, name, filters)})"
