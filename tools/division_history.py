"""Former county names and codes, each followed to the unit that stands for it today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

FIRST_YEAR = 1995
# The file's words for a change, and ours. 撤销 with a successor: "merged" (see build_former).
KINDS = {
    "更名": "renamed",
    "同名改码": "recoded",
    "撤县设市": "upgraded",
    "撤县设区": "upgraded",
    "撤市设区": "upgraded",
    "撤旗设区": "upgraded",
    "撤区设区": "merged",
    "区划调整": "upgraded",
    "撤销": "merged",
}


@dataclass(frozen=True)
class Former:
    """One former county: how it was written, and the unit of today (empty where not known)."""

    code: str
    name: str
    current_code: str
    current_name: str
    year: str
    change: str
    note: str
    source: str

    def as_row(self) -> dict[str, str]:
        """The line of former.csv."""
        return asdict(self)


_MCA_2021 = (
    "民政部《县级以上行政区划变更情况》2021年度 http://xzqh.mca.gov.cn/description?dcpid=2021"
)
_MANGYA = "民函〔2018〕48号（设立县级茫崖市）"
_LIST = "832个脱贫县名单的写法；天地图行政区划数据（2025-09）用632857"
# What the history file lacks or gives without codes. Only changes that a public notice states.
BY_HAND = (
    Former("520522", "黔西县", "520581", "黔西市", "2021", "upgraded", "", _MCA_2021),
    Former("532331", "禄丰县", "532302", "禄丰市", "2021", "upgraded", "", _MCA_2021),
    Former("431121", "祁阳县", "431181", "祁阳市", "2021", "upgraded", "", _MCA_2021),
    Former("410322", "孟津县", "410308", "孟津区", "2021", "merged", "", "国函〔2021〕10号"),
    Former("410306", "吉利区", "410308", "孟津区", "2021", "merged", "", "国函〔2021〕10号"),
    Former("330103", "下城区", "330105", "拱墅区", "2021", "merged", "", "国函〔2021〕29号"),
    Former("420523", "枝江县", "420583", "枝江市", "1996", "upgraded", "", "GB/T 2260"),
    Former("429007", "枝城市", "420581", "宜都市", "1995", "recoded", "", "GB/T 2260"),
    Former("622821", "庆阳县", "621021", "庆城县", "2002", "renamed", "", "GB/T 2260"),
    Former(
        "460321", "西沙群岛", "460302", "西沙区", "2020", "upgraded", "", "民政部公告2020-04-18"
    ),
    Former(
        "460322", "南沙群岛", "460303", "南沙区", "2020", "upgraded", "", "民政部公告2020-04-18"
    ),
    Former("", "茫崖行政委员会", "632803", "茫崖市", "2018", "merged", "", _MANGYA),
    Former("", "茫崖行委", "632803", "茫崖市", "2018", "merged", "简称", _MANGYA),
    Former("", "冷湖行政委员会", "632803", "茫崖市", "2018", "merged", "", _MANGYA),
    Former("", "冷湖行委", "632803", "茫崖市", "2018", "merged", "简称", _MANGYA),
    Former(
        "632825", "大柴旦行委", "632857", "大柴旦行政委员会", "", "recoded", "不在民政名单", _LIST
    ),
)


def build_former(events: Iterable[dict[str, Any]], current: dict[str, str]) -> list[Former]:
    """Former units from 1995 on, newest first, with chains followed to today.

    ``current`` maps today's county codes to their names. Left out: events that only hand a code
    to another unit (码位改派), moves of a seat or of townships, and old names still in use under
    the same code.
    """
    prefectures = {code[:4] for code in current}
    steps = [step for event in events if (step := _step(event, prefectures))]
    successors = [*BY_HAND, *steps]
    rows: dict[tuple[str, str], Former] = {}
    for step in sorted(successors, key=lambda s: s.year, reverse=True):
        if (step.code and current.get(step.code) == step.name) or (step.code, step.name) in rows:
            continue
        code = _today(step, successors, current)
        change = "recoded" if code and step.change == "abolished" else step.change
        rows[step.code, step.name] = replace(
            step, current_code=code, current_name=current.get(code, ""), change=change
        )
    return sorted(rows.values(), key=lambda f: (f.code, f.name))


def _step(event: dict[str, Any], prefectures: set[str]) -> Former | None:
    """One usable change of a county: what it was and what it became in that year."""
    old, new = event["old"] or {}, event["new"] or {}
    usable = event["level"] == 3 and event["year"] >= FIRST_YEAR and event["type"] in KINDS
    if not usable or not old.get("code"):
        return None
    target = (new.get("code") or "")[:6]
    if target and not _plausible(event["type"], old["code"], target, prefectures):
        target, new = "", {}
    change = KINDS[event["type"]] if target else "abolished"
    source = event.get("doc_no") or event.get("source_official") or event.get("source") or ""
    if source.startswith("GB/T 2260"):
        source = "GB/T 2260 逐年代码对比"
    return Former(
        old["code"][:6], old["name"], target, new.get("name") or "", str(event["year"]),
        change, event["type"], source,
    )  # fmt: skip


def _plausible(kind: str, old: str, new: str, prefectures: set[str]) -> bool:
    """Whether the history may be right that ``new`` follows ``old``.

    Some of its pairs are of like names far apart: only Chongqing changed province, and a county
    dissolved into another prefecture's only where its own prefecture is gone as well.
    """
    if old[:2] != new[:2]:
        return (old[:2], new[:2]) == ("51", "50")
    if old[:4] == new[:4]:
        return True
    return kind != "区划调整" and not (kind == "撤销" and old[:4] in prefectures)


def _today(step: Former, steps: list[Former], current: dict[str, str]) -> str:
    """The code of today that a step leads to, or an empty string."""
    following: dict[tuple[str, str], Former] = {}
    for other in sorted(steps, key=lambda s: s.year):
        if other.year >= step.year and other is not step:
            following.setdefault((other.code, other.name), other)
    seen: set[tuple[str, str]] = set()
    at = (step.current_code, step.current_name)
    if not step.current_code and step.name.endswith("县"):
        # A county whose code book lost it: the same name under another code, if there is one.
        same = {f.code for f in following.values() if f.name == step.name and f.year > step.year}
        same = {c for c in same if c[:2] == step.code[:2]}
        at = (same.pop(), step.name) if len(same) == 1 else at
    while current.get(at[0]) != at[1]:
        if at in seen or at not in following:
            return ""
        seen.add(at)
        at = (following[at].current_code, following[at].current_name)
    return at[0]


def names_by_province(current: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """Today's codes by (two-digit province, name)."""
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in current.items():
        index[code[:2], name].append(code)
    return index


def resolve(
    code: str,
    name: str,
    current: dict[str, str],
    former: list[Former],
    index: dict[tuple[str, str], list[str]],
) -> tuple[str, str]:
    """(status, code of today) for a county written with the code or name of an earlier year.

    The name decides where code and name disagree: a list may pair a new code with an old name,
    or carry a wrong code. Status: same, short name, recoded, renamed, upgraded, merged,
    prefecture code, unresolved.
    """
    if current.get(code) == name:
        return "same", code
    matches = [f for f in former if f.name == name and f.current_code[:2] == code[:2]]
    exact = [f for f in matches if code in (f.code, f.current_code)]
    targets = {f.current_code for f in exact or matches}
    if len(targets) == 1:
        found = max(exact or matches, key=lambda f: f.year)
        return found.change, found.current_code
    here = index.get((code[:2], name), [])
    if code.endswith("00") and len(same := [c for c in here if c[:4] == code[:4]]) == 1:
        return "prefecture code", same[0]
    if current.get(code, "").startswith(name.removesuffix("自治县")):
        return "short name", code
    return ("recoded", here[0]) if len(here) == 1 else ("unresolved", "")
