"""Pairings and agreements."""

from xianzhong.ui.frame import begin

session = begin("pairings")
