"""The interface's words through gettext: English in the code, Chinese from the catalogue."""

from __future__ import annotations

import gettext
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


def translate(message: str, lang: Lang, **values: object) -> str:
    """A message in a language, with ``{name}`` places filled in."""
    text = catalogue(lang).gettext(message)
    return text.format(**values) if values else text
