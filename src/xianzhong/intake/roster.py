"""The schools and universities on record, found by code, name or another name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from xianzhong.intake.clean.numbers import chinese_number
from xianzhong.intake.headers import fold
from xianzhong.lake.ledger import Snapshot
from xianzhong.lake.store import Lake

NEAR_SCHOOL, NEAR_UNIVERSITY = 80, 85
SUGGESTED = 3
# Words of a university's kind that are cut in one way only.
_CUT_KINDS = {
    "师大": "师范大学", "交大": "交通大学", "农大": "农业大学", "林大": "林业大学",
    "民大": "民族大学", "医大": "医科大学", "科大": "科技大学", "财大": "财经大学",
    "理工": "理工大学",
}  # fmt: skip
# The short names that these universities use for themselves; those that several share, such as
# 南大 and 华师大, are not among them. They count only where the university is on record.
USUAL_NAMES = {
    "北大": "北京大学", "清华": "清华大学", "人大": "中国人民大学", "北师大": "北京师范大学",
    "北航": "北京航空航天大学", "北理工": "北京理工大学", "北交大": "北京交通大学",
    "北邮": "北京邮电大学", "北科大": "北京科技大学", "北化工": "北京化工大学",
    "南开": "南开大学", "天大": "天津大学", "大工": "大连理工大学", "吉大": "吉林大学",
    "东北师大": "东北师范大学", "哈工大": "哈尔滨工业大学", "复旦": "复旦大学",
    "同济": "同济大学", "上海交大": "上海交通大学", "浙大": "浙江大学", "厦大": "厦门大学",
    "武大": "武汉大学", "华科大": "华中科技大学", "湖大": "湖南大学", "川大": "四川大学",
    "电子科大": "电子科技大学", "重大": "重庆大学", "兰大": "兰州大学",
    "西安交大": "西安交通大学", "西交大": "西安交通大学", "陕师大": "陕西师范大学",
    "中科大": "中国科学技术大学",
}  # fmt: skip
_SEPARATORS = re.compile(r"[、,;/|\n]+")
_ORDINAL = re.compile(r"第?([一二三四五六七八九十百\d]+)(高级中学|完全中学|中学|高中|中|高(?=$))")
_CODED = re.compile(r"^(.*)\(([0-9A-Za-z][\w-]*)\)$")


@dataclass(frozen=True, slots=True)
class Party:
    """A school or university.

    Attributes:
        code, name, aliases: its code and what it is called.
        county: code of the county of a school.
        identifier: the Ministry's ten-digit identifier of a university.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    county: str = ""
    identifier: str = ""


class Roster:
    """Schools or universities by code and by every folded name they go by."""

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self.by_code: dict[str, Party] = {}
        self._by_identifier: dict[str, Party] = {}
        self._by_name: dict[str, list[Party]] = {}
        self._trimmed: dict[str, list[Party]] = {}
        self._in_county: dict[str, dict[str, list[Party]]] = {}
        for party in parties:
            self.add(party)

    def add(self, party: Party) -> None:
        """Puts one more on record."""
        self.by_code[party.code] = party
        if party.identifier:
            self._by_identifier[party.identifier] = party
        for name in {fold(name) for name in (party.name, *party.aliases) if name}:
            self._by_name.setdefault(name, []).append(party)
        for short in {trimmed(name) for name in (party.name, *party.aliases)}:
            self._trimmed.setdefault(short, []).append(party)
            if party.county:
                self._in_county.setdefault(party.county, {}).setdefault(short, []).append(party)

    def __len__(self) -> int:
        return len(self.by_code)

    def coded(self, text: str) -> Party | None:
        """The one whose code this is; also for ``name(code)``, as the template's lists have it."""
        found = self.by_code.get(text) or self._by_identifier.get(text)
        if found is None and (match := _CODED.match(unicodedata.normalize("NFKC", text))):
            found = self.by_code.get(match[2])
            return found if found and self.is_called(match[1], found) else None
        return found

    def named(self, text: str) -> list[Party]:
        """Those who go by this name."""
        return self._by_name.get(fold(text), [])

    def is_called(self, text: str, party: Party) -> bool:
        """Whether ``party`` goes by this name, or is a numbered school cut to it."""
        return party in self.named(text) or party in self.shortened(text)

    def shortened(self, text: str, county: str = "") -> list[Party]:
        """The numbered schools for which ``text`` is short, as 会泽一中 for 会泽县第一中学."""
        short = trimmed(text)
        index = self._in_county.get(county, {}) if county else self._trimmed
        return index.get(short, []) if "#" in short else []

    def near_schools(self, text: str, county: str = "") -> list[Party]:
        """The schools whose names are most like ``text``, the best first; in one county if given.

        第一中学 and 一中 count as the same words; 一中 and 二中 never count as like.
        """
        index = self._in_county.get(county, {}) if county else self._trimmed
        wanted = trimmed(text)
        near = process.extract(
            wanted, list(index), scorer=fuzz.ratio, score_cutoff=NEAR_SCHOOL, limit=10
        )
        numbers = re.findall(r"\d+", wanted)
        found = [
            party
            for name, _score, _place in near
            if re.findall(r"\d+", name) == numbers
            for party in index[name]
        ]
        return list(dict.fromkeys(found))[:SUGGESTED]

    def near_school(self, text: str, county: str = "") -> Party | None:
        """The school whose name is most like ``text``, if any is; in one county if given."""
        return next(iter(self.near_schools(text, county)), None)

    def cut_university(self, text: str) -> Party | None:
        """The one university whose kind is cut in ``text``, as 北京师大 for 北京师范大学."""
        wanted = fold(text)
        full = _CUT_KINDS.get(wanted[-2:], "")
        found = self._by_name.get(wanted[:-2] + full, []) if full and len(wanted) > 3 else []
        return found[0] if len(found) == 1 else None

    def usual_university(self, text: str) -> Party | None:
        """The university on record that is usually called so, as 北大 for 北京大学."""
        found = self._by_name.get(fold(USUAL_NAMES.get(fold(text), "")), [])
        return found[0] if len(found) == 1 else None

    def near_universities(self, text: str) -> list[Party]:
        """The universities whose names are most like ``text``, or cut to it, the best first.

        北师大 has the characters of 北京师范大学 in their order and begins like it.
        """
        wanted, names = fold(text), list(self._by_name)
        near = process.extract(
            wanted, names, scorer=fuzz.ratio, score_cutoff=NEAR_UNIVERSITY, limit=SUGGESTED
        )
        found = [name for name, _score, _place in near]
        # In a name of four characters one that is wrong is a quarter.
        found += [n for n in names if n not in found and len(wanted) > 3
                  and Levenshtein.distance(n, wanted, score_cutoff=1) == 1]  # fmt: skip
        cut = [name for name in names if _cut_to(wanted, name)]
        found += sorted(cut, key=lambda name: -fuzz.ratio(wanted, name))
        parties = (party for name in found for party in self._by_name[name])
        return list(dict.fromkeys(parties))[:SUGGESTED]

    def slip_of(self, text: str) -> Party | None:
        """The university from whose name ``text`` differs by one added or lost character.

        Names of different universities often differ by one *exchanged* character (华东 and
        华中师范大学), so an exchange says nothing.
        """
        wanted = fold(text)
        for party in self.by_code.values():
            known = fold(party.name)
            one_longer = abs(len(known) - len(wanted)) == 1
            if one_longer and Levenshtein.distance(known, wanted) == 1:
                return party
        return None


def canonical(name: str) -> str:
    """A school's name with 第一中学, 一中 and 1中 written alike."""

    def number(match: re.Match[str]) -> str:
        digits = match[1]
        value = int(digits) if digits.isdigit() else chinese_number(digits)
        return f"#{value}中"

    return _ORDINAL.sub(number, fold(name)).replace("高级中学", "高中")


def trimmed(name: str) -> str:
    """A canonical name without the words for divisions: 会泽一中 is short for 会泽县第一中学."""
    return re.sub(r"[省市县区旗]", "", canonical(name))


def _cut_to(short: str, full: str) -> bool:
    """Whether a name is another one with characters left out, its first and its kind kept."""
    if not 2 <= len(short) < len(full) or short[0] != full[0] or short[-1] not in full[-2:]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(
        part.strip()
        for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text or ""))
        if part.strip()
    )


def load_schools(lake: Lake, snapshot: Snapshot) -> Roster:
    """The schools of a snapshot."""
    rows = lake.rows(
        "schools", snapshot, columns=["school_code", "name", "aliases", "county_code"]
    ).to_pylist()
    return Roster(
        Party(r["school_code"], r["name"], _names(r["aliases"]), r["county_code"] or "")
        for r in rows
    )


def load_universities(lake: Lake, snapshot: Snapshot) -> Roster:
    """The universities of a snapshot."""
    columns = ["university_code", "name", "aliases", "identifier"]
    rows = lake.rows("universities", snapshot, columns=columns).to_pylist()
    return Roster(
        Party(r["university_code"], r["name"], _names(r["aliases"]),
              identifier=r["identifier"] or "")
        for r in rows
    )  # fmt: skip
