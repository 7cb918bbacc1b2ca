"""``python -m xianzhong`` is the command ``xianzhong``."""

from xianzhong.cli import main

main()
