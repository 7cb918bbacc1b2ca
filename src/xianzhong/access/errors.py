"""What access refuses, said in both languages."""

from __future__ import annotations

from xianzhong.lake.errors import LakeError


class NotAllowedError(LakeError):
    """The caller may not do this; the words say what is missing and who can give it."""


class UnknownPersonError(LakeError):
    """Nobody, or more than one, is meant."""

    def __init__(self, text: str, *, several: bool = False) -> None:
        if several:
            super().__init__(
                f"several people are called {text}: use the id", f"有几个人叫“{text}”，请用编号"
            )
        else:
            super().__init__(f"there is no person {text}", f"没有人员“{text}”")


class UnknownPlaceError(LakeError):
    """A text that names no scope."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no scope: nation, a division's code or name, school:CODE or "
            "university:CODE",
            f"“{text}”不是权限范围，应为“全国”、行政区划的代码或名称、“学校：代码”或“高校：代码”",
        )
