"""The smaller generated tables: county support, difficulties and good practice."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from xianzhong.demo.agreements import Agreements, day_number
from xianzhong.demo.columns import Flags, Ints, dates, filled, precisions, words
from xianzhong.demo.places import Schools
from xianzhong.demo.supporters import Matches
from xianzhong.model.tables import DIFFICULTIES, PRACTICES, PUT_ASIDE, SUPPORT
from xianzhong.model.tables.difficulties import DIFFICULTY_STATES
from xianzhong.model.tables.practices import SPREADS

# Share of school years with a promise, and the median promised (10,000 yuan; 0: no money).
_PROMISES: dict[str, tuple[float, float]] = {
    "building": (0.35, 600),
    "expenses": (0.85, 30),
    "conditions": (0.5, 120),
    "policy": (0.3, 0),
    "management_fee": (0.25, 50),
    "brand_fee": (0.0015, 20),
}
_PROBLEMS = (
    "物理教师不足", "实验室设备老旧", "教师周转房紧张", "优质生源外流", "心理健康教师缺少",
    "派驻教师食宿条件不足", "工作经费到位慢", "信息技术设备不足", "教研制度不健全",
    "选课走班师资不足", "宿舍床位不足", "骨干教师流失",
)  # fmt: skip
_OWNERS = ("示例：县级教育部门", "示例：县级人民政府", "示例：帮扶单位", "示例：学校")
# Why an alert of a rule can wait.
_WAITING = {
    "silent_90": "示例：学校装修，活动改在下学期",
    "silent_180": "示例：活动已开展，正在补报",
    "agreement_ended": "示例：续签协议正在会签",
    "support_behind": "示例：已列入下一年度预算",
    "difficulty_overdue": "示例：责任单位已商定新的期限",
    "late_reporting": "示例：集中补录往年活动",
}
_THEMES = ("学校管理", "教研指导", "教师培训", "学生成长", "协同机制")
_HOW = ("集体备课", "青蓝结对", "联合教研", "科学营", "管理干部跟岗", "课程资源共享", "学情诊断")
_OUTCOME = (
    "教师听评课更加经常",
    "教研活动形成制度",
    "学生参加科技活动的机会增多",
    "备课质量有所提高",
)


def support_rows(
    rng: np.random.Generator,
    schools: Schools,
    matches: Matches,
    agreements: Agreements,
    today: date,
    upload_id: str,
) -> pa.Table:
    """The table ``support``: promises by school, year and category, most delivered in part."""
    first_year = today.year - 4
    signed = agreements.signed.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    opening = np.minimum.reduceat(signed + 1970, np.flatnonzero(matches.slot == 0))
    years = np.arange(first_year, today.year + 1)
    chance = np.array([share for share, _ in _PROMISES.values()])
    shape = (len(schools), len(years), len(chance))
    there = (rng.random(shape) < chance) & (years >= opening[:, None])[:, :, None]
    brand = list(_PROMISES).index("brand_fee")
    there[0, -1, brand] = True  # the alert has something to show however small the lake
    school, year, category = np.nonzero(there)
    count = len(school)
    median = np.array([amount for _, amount in _PROMISES.values()])[category]
    promised = np.round(median * rng.lognormal(0, 0.6, count), 1)
    ratio = np.where(rng.random(count) < 0.45, 1.0, rng.beta(4, 2, count))
    ratio[rng.random(count) < 0.06] = 0
    delivered = np.round(promised * ratio, 1)
    money = median > 0
    return filled(
        SUPPORT,
        {
            "school_code": words(schools.codes, school),
            "year": years[year],
            "category": words(tuple(_PROMISES), category),
            "promised": pa.array(promised, mask=~money | (rng.random(count) < 0.05)),
            "delivered": pa.array(delivered, mask=~money | (rng.random(count) < 0.15)),
        },
        upload_id,
    )


def _several(rng: np.random.Generator, schools: int, mean: float) -> tuple[Ints, Ints]:
    """For each record its school, and its running number within the school."""
    each = np.minimum(rng.poisson(mean, schools), len(_PROBLEMS))
    each[0] = max(each[0], 1)
    school = np.repeat(np.arange(schools), each)
    return school, np.arange(len(school)) - np.repeat(np.cumsum(each) - each, each)


def difficulty_rows(
    rng: np.random.Generator, schools: Schools, today: date, upload_id: str
) -> pa.Table:
    """The table ``difficulties``: some open past their date, some without one."""
    school, running = _several(rng, len(schools), 0.8)
    count, now = len(school), day_number(today)
    problem = (rng.integers(0, len(_PROBLEMS), len(schools))[school] + running) % len(_PROBLEMS)
    raised = now - rng.integers(5, 1200, count)
    due = raised + rng.integers(30, 240, count)
    took = np.maximum(1, rng.lognormal(4.6, 0.7, count)).astype(np.int64)
    done: Flags = (raised + took <= now) & (rng.random(count) < 0.75)
    state = np.where(done, 2, rng.integers(0, 2, count))
    undated = rng.random(count) < 0.1
    day = np.zeros(count, np.bool_)
    return filled(
        DIFFICULTIES,
        {
            "difficulty_code": _numbered("Q", count),
            "school_code": words(schools.codes, school),
            "title": words([f"示例：{problem}" for problem in _PROBLEMS], problem),
            "raised": dates(raised),
            "raised_precision": precisions(day),
            "owner": words(_OWNERS, rng.integers(0, len(_OWNERS), count), rng.random(count) < 0.1),
            "due": dates(due, undated),
            "due_precision": precisions(day, undated),
            "state": words([choice.code for choice in DIFFICULTY_STATES], state),
            "resolved": dates(raised + took, ~done),
            "resolved_precision": precisions(day, ~done),
        },
        upload_id,
    )


def practice_rows(
    rng: np.random.Generator, schools: Schools, today: date, upload_id: str
) -> pa.Table:
    """The table ``practices``: short texts that say that they are made up."""
    school, running = _several(rng, len(schools), 0.2)
    count = len(school)
    theme, how, outcome = (
        rng.integers(0, len(choices), count).tolist() for choices in (_THEMES, _HOW, _OUTCOME)
    )
    names = [schools.names[index] for index in school.tolist()]
    texts = [
        f"（示例文字，随机生成）围绕{_THEMES[t]}，{name}与帮扶单位共同开展{_HOW[h]}："
        f"学期初商定计划，学期中按月推进，学期末共同总结。一学年后，{_OUTCOME[o]}。"
        for name, t, h, o in zip(names, theme, how, outcome, strict=True)
    ]
    titles = [
        f"示例：以{_HOW[h]}推动{_THEMES[t]}（之{n}）"
        for t, h, n in zip(theme, how, (running + 1).tolist(), strict=True)
    ]
    spread = rng.choice(len(SPREADS), count, p=(0.7, 0.25, 0.05))
    return filled(
        PRACTICES,
        {
            "practice_code": _numbered("J", count),
            "school_code": words(schools.codes, school),
            "title": titles,
            "theme": words(_THEMES, np.array(theme, np.int64)),
            "text": texts,
            "spread": words([choice.code for choice in SPREADS], spread),
            "published": dates(day_number(today) - rng.integers(0, 1100, count)),
            "published_precision": precisions(np.zeros(count, np.bool_)),
        },
        upload_id,
    )


def put_aside_rows(
    rng: np.random.Generator, schools: Schools, today: date, upload_id: str
) -> pa.Table:
    """The table ``put_aside``: some alerts that somebody explained, whatever the school has."""
    chosen: Flags = rng.random(len(schools)) < 0.15
    chosen[0] = True
    school = np.flatnonzero(chosen)
    which = rng.integers(0, len(_WAITING), len(school))
    until = day_number(today) + rng.integers(10, 120, len(school))
    rules, reasons = tuple(_WAITING), tuple(_WAITING.values())
    return filled(
        PUT_ASIDE,
        {
            "rule": words(rules, which),
            "school_code": words(schools.codes, school),
            "item": pa.nulls(len(school), pa.string()),
            "until": dates(until),
            "until_precision": precisions(np.zeros(len(school), np.bool_)),
            "reason": words(reasons, which),
        },
        upload_id,
    )


def _numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number:06d}" for number in range(1, count + 1)]
