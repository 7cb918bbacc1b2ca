"""What is left of a school's name without the places it lies in: its core.

重庆市奉节中学, 奉节县中学 and 奉节中学 all have the core 中学 in 奉节县. Two names of one county
with the same core are the same school's, as long as no other school of that county has it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xianzhong.intake.headers import fold
from xianzhong.intake.roster import Party, canonical
from xianzhong.model.divisions import Divisions

# The names of the peoples that stand in names of autonomous places (GB/T 3304).
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|"
    "鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族?)+自治[区州县旗]$")
_KIND = re.compile(r"(?:自治[区州县旗]|特别行政区|地区|林区|特区|[省市盟州县区旗])$")
_PART = re.compile(r"[(\[](?:高中部|初中部|本部|校本部|高中|完全中学)[)\]]$")
_SHORTEST_STEM = 2


def stem_of(name: str) -> str:
    """A division's name without its kind and peoples: 都安 for 都安瑶族自治县, 重庆 for 重庆市."""
    for ending in (_AUTONOMOUS, _KIND):
        short = ending.sub("", name)
        if short != name and len(short) >= _SHORTEST_STEM:
            return short
    return name


class Cores:
    """The cores of the schools on record, by county."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        self.words = lru_cache(maxsize=5_000)(self._words)
        self._schools: dict[str, dict[str, list[Party]]] = {}
        self._by_word: dict[str, set[str]] = {}

    def add(self, party: Party) -> None:
        """Puts a school with a county on record."""
        if not party.county:
            return
        cores = self._schools.setdefault(party.county, {})
        for name in (party.name, *party.aliases):
            known = cores.setdefault(self.core(name, party.county), [])
            if party not in known:
                known.append(party)
        for word in self.words(party.county):
            self._by_word.setdefault(word, set()).add(party.county)

    def core(self, name: str, county: str) -> str:
        """A name without the places of a county in front of it, numbers written alike."""
        left = _PART.sub("", fold(name))
        for _ in range(3):  # province, prefecture, county
            word = next((w for w in self.words(county) if left.startswith(w)), "")
            if not word or left == word:
                break
            left = left[len(word) :]
        return canonical(left)

    def of_county(self, name: str, county: str) -> list[Party]:
        """The schools of a county whose core the name has."""
        return self._schools.get(county, {}).get(self.core(name, county), [])

    def named_with_place(self, name: str) -> list[tuple[Party, str]]:
        """The schools of whose county and core the name is made, each with the county's word.

        The word is the county's full name or stem; its province or prefecture may stand before.
        """
        found: list[tuple[Party, str]] = []
        folded = fold(name)
        for county in sorted(self._counties_in(folded)):
            word = self._county_word(folded, county)
            if word:
                found += [(party, word) for party in self.of_county(name, county)]
        return found

    def _counties_in(self, folded: str) -> set[str]:
        found: set[str] = set()
        for start in range(len(folded)):
            for end in range(start + _SHORTEST_STEM, min(len(folded), start + 14) + 1):
                found |= self._by_word.get(folded[start:end], set())
        return found

    def _county_word(self, folded: str, county: str) -> str:
        """The word for the county itself that the name has where its places stand."""
        division = self._divisions.get(county)
        if division is None:
            return ""
        own = (fold(division.name), fold(stem_of(division.name)))
        left = folded
        for _ in range(3):
            word = next((w for w in self.words(county) if left.startswith(w)), "")
            if not word:
                return ""
            if word in own:
                return word
            left = left[len(word) :]
        return ""

    def _words(self, county: str) -> tuple[str, ...]:
        """The words for a county and what it lies in, the longest first."""
        division = self._divisions.get(county)
        if division is None:
            return ()
        codes = (division.code, division.prefecture, division.province)
        places = [self._divisions.get(code) for code in codes if code]
        names = {fold(p.name) for p in places if p} | {fold(stem_of(p.name)) for p in places if p}
        names |= {fold(stem_of(p.name) + "县") for p in places if p and p.name.endswith("自治县")}
        return tuple(sorted(names, key=len, reverse=True))
