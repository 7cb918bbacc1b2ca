"""Universities."""

from xianzhong.ui.frame import begin

session = begin("universities")
