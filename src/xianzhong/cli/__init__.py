"""The command line: the ``xianzhong`` command and its sub-commands, one module each."""

from xianzhong.cli.app import app, main

__all__ = ["app", "main"]
