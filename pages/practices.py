"""Good practice."""

from xianzhong.ui.frame import begin

session = begin("practices")
