"""Measures."""

from xianzhong.ui.frame import begin

session = begin("measures")
