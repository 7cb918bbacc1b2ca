"""Brings the Chinese catalogue up to date with the messages in the code.

`python tools/update_catalogue.py` keeps every translation there is, adds the messages that are
new with an empty one, and drops those that are gone. It exits with 1 while any is empty.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "src" / "xianzhong" / "locale" / "zh_CN" / "LC_MESSAGES" / "xianzhong.po"
# Intake has a catalogue of its own, where a message carries its rule and hint with it.
ROOMS = ("ui", "brief", "export", "charts", "cli")
FOLDERS = (*(ROOT / "src" / "xianzhong" / room for room in ROOMS), ROOT / "pages")


def _translates(node: ast.Call) -> bool:
    """Whether a call is ``session.say(...)``, ``say(...)`` or ``translate(...)``."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr == "say"
    return isinstance(function, ast.Name) and function.id in ("say", "translate")


def messages_of(source: str) -> Iterator[str]:
    """Messages that a module translates, those inside f-strings too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _translates(node):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def messages() -> list[str]:
    """Every message that the code translates, sorted."""
    found: set[str] = set()
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            found.update(messages_of(path.read_text(encoding="utf-8")))
    return sorted(found)


def main() -> int:
    """Rewrites the catalogue and says how many messages wait for a translation."""
    with PO.open("rb") as file:
        old = read_po(file, locale="zh_CN", charset="utf-8")
    new = Catalog(locale="zh_CN", project="xianzhong", fuzzy=False)
    for message in messages():
        known = old.get(message)
        new.add(message, known.string if known else "")
    with PO.open("wb") as file:
        write_po(file, new, width=0, omit_header=True, sort_output=True)
    waiting = [m.id for m in new if m.id and not m.string]
    print(f"{len(new)} messages, {len(waiting)} without a translation", *waiting, sep="\n  ")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
