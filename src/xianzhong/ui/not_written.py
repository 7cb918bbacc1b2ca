"""Why nothing was written, in words."""

from __future__ import annotations

from xianzhong.access.errors import NotAllowedError
from xianzhong.lake.errors import LakeError
from xianzhong.ui.session import Session
from xianzhong.ui.text import plain


def not_written(session: Session, error: LakeError) -> str:
    """What a refused or failed write means for who pressed, and what to do next."""
    reason = plain(error.said[session.lang])
    if isinstance(error, NotAllowedError):
        return session.say("Nothing was written: {reason}", reason=reason)
    return session.say("Nothing was written: {reason}. Press again in a minute.", reason=reason)
