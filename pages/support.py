"""County support."""

from xianzhong.ui.frame import begin

session = begin("support")
