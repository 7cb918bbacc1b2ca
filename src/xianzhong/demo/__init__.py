"""A generated lake of any size, for trying, measuring and pictures.

Counties are real; every school, supporter and text is made up and carries the word 示例.
Never mixed with real records: the lake's folder is marked, see :mod:`xianzhong.lake.kind`.
"""

from xianzhong.demo.build import build_demo

__all__ = ["build_demo"]
