"""Needs attention."""

from xianzhong.ui.frame import begin

session = begin("attention")
