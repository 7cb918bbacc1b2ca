"""Brings the Chinese catalogue up to date with the messages in the code.

`python tools/update_catalogue.py` keeps every translation there is, adds the messages that are
new with an empty one, and drops those that are gone. It exits with 1 while any is empty.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "src" / "xianzhong" / "locale" / "zh_CN" / "LC_MESSAGES" / "xianzhong.po"
KEYWORDS = {"say": None, "translate": None}


def messages() -> list[str]:
    """Every message that the code translates, sorted."""
    found: set[str] = set()
    for folder in (ROOT / "src" / "xianzhong", ROOT / "pages"):
        for _, _, message, _, _ in extract_from_dir(
            folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
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
