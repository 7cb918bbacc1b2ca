"""Coverage."""

from xianzhong.ui.frame import begin

session = begin("coverage")
