"""What sentences are about: whose numbers, of when, and how a number is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xianzhong.brief.figures import shown
from xianzhong.brief.source import Source
from xianzhong.model.kinds import KIND_BY_CODE
from xianzhong.model.labels import Label, Lang
from xianzhong.model.schemes import SCHEME_BY_CODE
from xianzhong.model.terms import Term
from xianzhong.query.figures import Figure, Number
from xianzhong.query.filters import EARLIEST, LATEST, Filters

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# What is counted, one and many; units come from the indicator in Chinese.
_NOUNS: dict[str, tuple[str, str]] = {
    "pairings": ("pairing", "pairings"),
    "agreements_in_force": ("agreement", "agreements"),
    "agreements_ending_180": ("agreement", "agreements"),
    "agreements_ended": ("agreement", "agreements"),
    "agreements_undated": ("pairing", "pairings"),
    "universities": ("university", "universities"),
    "schools": ("county school", "county schools"),
    "counties": ("county", "counties"),
    "weak_counties": ("weak county", "weak counties"),
    "weak_counties_covered": ("county", "counties"),
    "weak_counties_uncovered": ("county", "counties"),
    "activities": ("activity", "activities"),
    "training_sessions": ("training session", "training sessions"),
    "people_sent": ("person-time", "person-times"),
    "participants": ("person-time", "person-times"),
    "staff_sent": ("person-time", "person-times"),
    "principals_trained": ("person-time", "person-times"),
    "teachers_trained": ("person-time", "person-times"),
    "both_trained": ("person-time", "person-times"),
    "unsplit_trained": ("person-time", "person-times"),
    "person_days": ("person-day", "person-days"),
    "days_on_site": ("day", "days"),
    "reporting_lag": ("day", "days"),
    "reporting_lag_p90": ("day", "days"),
    "difficulties_days": ("day", "days"),
    "lessons": ("lesson", "lessons"),
    "active_schools": ("school", "schools"),
    "schools_trained": ("school", "schools"),
    "schools_all_measures": ("school", "schools"),
    "schools_no_measure": ("school", "schools"),
    "silent_schools_90": ("school", "schools"),
    "silent_schools_180": ("school", "schools"),
    "open_alerts": ("alert", "alerts"),
    "support_records": ("record", "records"),
    "brand_fee_records": ("record", "records"),
    "difficulties_open": ("difficulty", "difficulties"),
    "difficulties_overdue": ("difficulty", "difficulties"),
    "difficulties_resolved": ("difficulty", "difficulties"),
    "practices_recorded": ("practice", "practices"),
    "practices_province": ("practice", "practices"),
    "practices_nation": ("practice", "practices"),
}
_WAN = ("support_promised", "support_delivered", "management_fee")


def day_in_words(day: date, lang: Lang) -> str:
    """A day as an official document writes it: 2026年11月25日, 25 November 2026."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Scene:
    """Whose numbers and of when, in words of one language.

    Attributes:
        lang: the language.
        place: 云南省, Yunnan; empty for the whole nation.
        figures: the figures by the indicator's id; only of these anything is said.
        day: at which agreements and silence are judged, None before anything is loaded.
        period: 2024-2025学年秋季学期, "in the autumn term 2024-2025"; empty for all time.
        before: what a comparison is with: 上学期, "the term before".
        school, university: names, empty where all are meant.
        schemes, kinds: labels of those chosen, empty where all are meant.
    """

    lang: Lang
    place: str
    figures: Mapping[str, Figure]
    day: date | None = None
    period: str = ""
    before: str = ""
    school: str = ""
    university: str = ""
    schemes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def value(self, name: str) -> Number:
        """The value of an indicator, None where it is unknown or was not asked for."""
        figure = self.figures.get(name)
        return figure.value if figure else None

    def some(self, name: str) -> bool:
        """Whether a figure is known and not nought."""
        return bool(self.value(name))

    def none(self, name: str) -> bool:
        """Whether a figure was asked for, and nothing is on record."""
        return name in self.figures and not self.value(name)

    def amount(self, name: str) -> str:
        """A figure with what it counts: 21所, 1 county school, 90.9%, 1,200万元."""
        return self.counted(self.value(name), name)

    def counted(self, value: Number, name: str) -> str:
        """Some number with what an indicator counts."""
        unit = self.figures[name].indicator.unit
        if unit.zh == "%":
            return "—" if value is None else f"{value:.1f}%"
        if self.lang == "zh":
            return f"{shown(value)}{unit.zh}"
        if name in _WAN:
            return f"{shown(value)} (10,000 yuan)"
        one, many = _NOUNS[name]
        return f"{shown(value)} {one if value == 1 else many}"

    def say(self, words: Label, **values: object) -> str:
        """A template in the language, with its places filled."""
        return words[self.lang].format(**values)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences as a paragraph, each with its full stop."""
        kept = [sentence for sentence in sentences if sentence]
        if self.lang == "zh":
            return "".join(f"{sentence}。" for sentence in kept)
        return " ".join(f"{s[:1].upper()}{s[1:].rstrip('.')}." for s in kept)

    @property
    def whole(self) -> str:
        """The place or school: 全国, 云南省, 示例一中; "nationwide", "in Yunnan", "at …"."""
        if self.lang == "zh":
            return self.school or self.place or "全国"
        if self.school:
            return f"at {self.school}"
        return f"in {self.place}" if self.place else "nationwide"

    @property
    def scheme(self) -> str:
        """The schemes chosen in brackets, empty where all are meant."""
        if not self.schemes:
            return ""
        if self.lang == "zh":
            return f"（{'、'.join(self.schemes)}）"
        return f" ({', '.join(self.schemes)})"

    @property
    def subject(self) -> str:
        """Whose numbers: 示例大学在云南省（部属高校托管）; "in Yunnan with … (…)"."""
        if self.lang == "zh":
            by = f"{self.university}在" if self.university else ""
            return f"{by}{self.whole}{self.scheme}"
        by = f" with {self.university}" if self.university else ""
        return f"{self.whole}{by}{self.scheme}"

    @property
    def kind(self) -> str:
        """The kinds chosen, before the word for activities; empty where all are meant."""
        if not self.kinds:
            return ""
        if self.lang == "zh":
            return "".join(f"“{kind}”" for kind in self.kinds)
        return f" ({', '.join(self.kinds)})"

    @property
    def as_of(self) -> str:
        """The day at which things are judged, with its comma; empty before anything is loaded."""
        if self.day is None:
            return ""
        day = day_in_words(self.day, self.lang)
        return f"截至{day}，" if self.lang == "zh" else f"as of {day}, "

    @property
    def frame(self) -> str:
        """The period with its comma, or the day where no period is chosen."""
        if not self.period:
            return self.as_of
        return f"{self.period}，" if self.lang == "zh" else f"{self.period}, "

    @property
    def meanwhile(self) -> str:
        """The period once it was named."""
        if not self.period:
            return ""
        return "期间" if self.lang == "zh" else "in that time, "

    def change(self, name: str, *, standing: bool = False) -> str:
        """The comparison with the period before, with its comma; empty where there is none.

        Args:
            name: the indicator.
            standing: whether it is a state at a day, which can be none; of what was done, none
                says only that nothing is on record.
        """
        figure = self.figures[name]
        if figure.value is None or figure.previous is None or not self.before:
            return ""
        before = _BEFORE_DAY[self.before] if standing else self.before
        before_en = f"{'at the end of' if standing else 'in'} {self.before}"
        if not figure.previous and figure.value and not standing:
            return self.say(_NONE_BEFORE, before=before, before_en=before_en)
        difference = round(figure.value - figure.previous, 1)
        if not difference:
            since = f"the end of {self.before}" if standing else self.before
            return self.say(_SAME, before=before, since=since)
        number = self.counted(abs(difference), name) if self.lang == "zh" else _plain(difference)
        words = _MORE if difference > 0 else _FEWER
        return self.say(words, before=before, number=number, before_en=before_en)


_TERM, _RANGE = Label("上学期", "the term before"), Label("前一时段", "the period before")
_BEFORE_DAY = {
    _TERM.zh: "上学期末", _RANGE.zh: "前一时段末", _TERM.en: _TERM.en, _RANGE.en: _RANGE.en,
}  # fmt: skip
_NONE_BEFORE = Label("，{before}暂无记录", ", none on record {before_en}")
_SAME = Label("，与{before}持平", ", no change from {since}")
_MORE = Label("，较{before}增加{number}", ", {number} more than {before_en}")
_FEWER = Label("，较{before}减少{number}", ", {number} fewer than {before_en}")


def _plain(difference: float) -> str:
    return shown(abs(difference))


def _name(text: str) -> str:
    """A name in one line."""
    return " ".join(text.split())


def _place(source: Source) -> str:
    filters, lang = source.filters, source.lang
    codes = [code for code in (filters.province, filters.prefecture, filters.county) if code]
    names: list[str] = []
    for code in codes:
        name = source.names.divisions.label(code, lang)
        # A municipality and its only prefecture may have one name.
        if name not in names:
            names.append(name)
    return "".join(names) if lang == "zh" else ", ".join(reversed(names))


def _term(term: Term, lang: Lang) -> str:
    if lang == "zh":
        return term.label("zh")
    return f"in the {'autumn' if term.half == 1 else 'spring'} term {term.year}-{term.year + 1}"


def period_in_words(filters: Filters, lang: Lang) -> str:
    """The period as a sentence begins with it; empty for all time."""
    if filters.term is not None:
        return _term(filters.term, lang)
    first, last = filters.date_from, filters.date_to
    first = None if first == EARLIEST else first
    last = None if last == LATEST else last
    begin = day_in_words(first, lang) if first else ""
    end = day_in_words(last, lang) if last else ""
    if first and last:
        if first == last:
            return begin if lang == "zh" else f"on {begin}"
        return f"{begin}至{end}" if lang == "zh" else f"from {begin} to {end}"
    if first:
        return f"{begin}以来" if lang == "zh" else f"since {begin}"
    if last:
        return f"截至{end}" if lang == "zh" else f"until {end}"
    return ""


def _unfinished(source: Source, lang: Lang) -> str:
    """A word on a period that is not over, for its number will still grow."""
    period, moment = source.filters.period, source.view.snapshot.at
    if period is None or moment is None or period[1] == LATEST:
        return ""
    day = source.view.data_day
    if day >= period[1]:
        return ""
    if day < period[0]:
        return "（尚未开始）" if lang == "zh" else " (not yet begun)"
    return "（尚未结束）" if lang == "zh" else " (not yet over)"


def scene_of(source: Source, found: Sequence[Figure]) -> Scene:
    """The scene of a view with some of its figures."""
    filters, lang = source.filters, source.lang
    period = period_in_words(filters, lang)
    before = ""
    if filters.previous() is not None:
        before = (_TERM if filters.term else _RANGE)[lang]
    return Scene(
        lang,
        _place(source),
        {figure.indicator.id: figure for figure in found},
        day=source.view.reference_day if source.view.snapshot.at else None,
        period=f"{period}{_unfinished(source, lang)}" if period else "",
        before=before,
        school=_name(source.names.school(filters.school)) if filters.school else "",
        university=_name(source.names.university(filters.university)) if filters.university else "",
        schemes=tuple(SCHEME_BY_CODE[code].label[lang] for code in filters.scheme),
        kinds=tuple(KIND_BY_CODE[code].label[lang] for code in filters.kind),
    )
