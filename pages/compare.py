"""Compare."""

from xianzhong.ui.frame import begin

session = begin("compare")
