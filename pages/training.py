"""Training."""

from xianzhong.ui.frame import begin

session = begin("training")
