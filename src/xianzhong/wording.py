"""The interface's words through gettext: English in the code, Chinese from the catalogue."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from xianzhong.model.labels import Lang

LOCALES: dict[Lang, str] = {"zh": "zh_CN", "en": "en"}


@lru_cache(maxsize=2)
def catalogue(lang: Lang) -> gettext.NullTranslations:
    """The messages of a language, compiled in memory from its ``.po`` file."""
    if lang == "en":
        return gettext.NullTranslations()
    path = files("xianzhong") / "locale" / LOCALES[lang] / "LC_MESSAGES" / "xianzhong.po"
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=LOCALES[lang], charset="utf-8"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


# The nouns that stand behind a number in English messages. Chinese has no plural.
SINGULAR = {
    "activities": "activity",
    "alerts": "alert",
    "counties": "county",
    "days": "day",
    "errors": "error",
    "files": "file",
    "findings": "finding",
    "pairings": "pairing",
    "records": "record",
    "rows": "row",
    "schools": "school",
    "students": "student",
    "themes": "theme",
    "universities": "university",
    "uploads": "upload",
    "values": "value",
}
_COUNTED = re.compile(
    r"\{(?P<name>\w+)\}(?P<between>\**(?: (?!of\b)[a-z-]+){0,3}?) "
    rf"(?P<noun>{'|'.join(SINGULAR)})\b(?P<verb> (?:are|have|wait|follow|give)\b)?"
)
_VERBS = {
    " are": " is",
    " have": " has",
    " wait": " waits",
    " follow": " follows",
    " give": " gives",
}


def _singular(message: str, values: Mapping[str, object]) -> str:
    """An English message whose nouns behind a number of one are singular."""

    def one(found: re.Match[str]) -> str:
        if str(values.get(found["name"])) != "1":
            return found[0]
        verb = _VERBS.get(found["verb"] or "", "")
        return f"{{{found['name']}}}{found['between']} {SINGULAR[found['noun']]}{verb}"

    return _COUNTED.sub(one, message)


def translate(message: str, lang: Lang, **values: object) -> str:
    """A message in a language, with ``{name}`` places filled in."""
    text = catalogue(lang).gettext(message)
    if lang == "en":
        text = _singular(text, values)
    return text.format(**values) if values else text
