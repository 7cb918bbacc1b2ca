"""University."""

from xianzhong.ui.frame import begin

session = begin("university")
