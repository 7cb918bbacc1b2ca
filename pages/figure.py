"""Where a number comes from."""

from xianzhong.ui.frame import begin

session = begin("figure")
