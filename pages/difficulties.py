"""Difficulties."""

from xianzhong.ui.frame import begin

session = begin("difficulties")
