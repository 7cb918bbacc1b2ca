"""What a part is made from: a view, the names in it, and a language to speak."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xianzhong.lake.kind import is_demo
from xianzhong.model.labels import Label, Lang
from xianzhong.query.engine import Engine
from xianzhong.query.filters import Filters
from xianzhong.query.gate import View
from xianzhong.query.names import Names, names_of
from xianzhong.query.sentence import sentence
from xianzhong.wording import translate


@dataclass(frozen=True)
class Source:
    """A view to ask and a language to answer in.

    Attributes:
        lang: of all words.
        engine: over the lake.
        view: snapshot, scope and filters.
        names: of universities, schools and divisions in that snapshot and scope.
        demo: whether the data are generated.
    """

    lang: Lang
    engine: Engine
    view: View
    names: Names
    demo: bool

    @property
    def filters(self) -> Filters:
        """The filters of the view."""
        return self.view.filters

    @property
    def sentence(self) -> str:
        """The filters in words."""
        return sentence(self.filters, self.names, self.lang)

    def say(self, message: str, **values: object) -> str:
        """A message in the language."""
        return translate(message, self.lang, **values)

    def label(self, label: Label) -> str:
        """A declared label in the language."""
        return label[self.lang]

    def narrowed(self, **changes: object) -> View:
        """The view with some filters changed."""
        return replace(self.view, filters=replace(self.filters, **changes))  # type: ignore[arg-type]


def source_of(engine: Engine, view: View, lang: Lang) -> Source:
    """A source for a view.

    Raises:
        LakeError: the lake cannot be read.
    """
    names = names_of(engine, view.snapshot, view.scope)
    return Source(lang, engine, view, names, is_demo(engine.lake.root))
