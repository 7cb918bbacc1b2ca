"""Sentences about how things stand: silence, coverage, county support, difficulties, practice."""

from __future__ import annotations

from xianzhong.brief.sentences.clauses import have, listed_up
from xianzhong.brief.sentences.scene import Scene
from xianzhong.model.labels import Label

_SILENT = Label(
    "{frame}{subject}90天内无活动记录的学校{number}{change}{longer}",
    "{frame}{number}{subject} {have} had no activity on record for 90 days{change}{longer}",
)
_LONGER = Label("，其中180天内无活动记录的{number}", "; {number} of them for 180 days")
_NOT_SILENT = Label(
    "{frame}{subject}暂无90天内无活动记录的学校",
    "{frame}no school{subject} is known to have had no activity for 90 days",
)


_NO_PAIRING = Label("{frame}{subject}暂无结对记录", "{frame}no pairing is on record{subject}")
_NOT_JUDGED = Label(
    "{frame}{subject}暂无协议在有效期内的学校，不判断是否长期无活动",
    "{frame}no school{subject} has an agreement in force, so none is judged to be silent",
)


def silent(scene: Scene, *, first: bool = False) -> str:
    """The schools without an activity on record for long.

    Args:
        scene: whose, when, and the figures.
        first: whether the sentence opens the paragraph and so says whose and when.
    """
    if "silent_schools_90" not in scene.figures:
        return ""
    subject = ""
    if first:
        subject = scene.subject if scene.lang == "zh" else f" {scene.subject}"
    frame = scene.as_of if first or scene.period else ""
    if scene.none("pairings") or scene.none("agreements_in_force"):
        # No school could be silent, so that none is says nothing.
        words = _NO_PAIRING if scene.none("pairings") else _NOT_JUDGED
        return scene.say(words, frame=frame, subject=subject) if first else ""
    if not scene.some("silent_schools_90"):
        return scene.say(_NOT_SILENT, frame=frame, subject=subject)
    longer = ""
    if scene.some("silent_schools_180"):
        number = scene.amount("silent_schools_180")
        longer = scene.say(_LONGER, number=number if scene.lang == "zh" else number.split(" ")[0])
    return scene.say(
        _SILENT,
        frame=frame,
        subject=subject,
        number=scene.amount("silent_schools_90"),
        have=have(scene, "silent_schools_90"),
        change=scene.change("silent_schools_90", standing=True),
        longer=longer,
    )


_ALERTS = Label("待处理的提醒{number}", "{number} {wait}")
_NO_ALERTS = Label("暂无待处理的提醒", "no alert waits")


def alerts(scene: Scene) -> str:
    """How many alerts wait."""
    if "open_alerts" not in scene.figures:
        return ""
    if not scene.some("open_alerts"):
        return scene.say(_NO_ALERTS)
    wait = "waits" if scene.value("open_alerts") == 1 else "wait"
    return scene.say(_ALERTS, number=scene.amount("open_alerts"), wait=wait)


_LISTED = Label(
    "{frame}{subject}列入名单的教育基础薄弱县{number}，{covered}",
    "{frame}{number} {are} on the list {subject}, {covered}",
)
_SHORT = Label("{number}教育基础薄弱县中，{covered}", "of {number}, {covered}")
_COVERED = Label("已覆盖{number}{share}", "{number} {are} covered{share}")
_SHARE = Label("，覆盖率{share}", " ({share})")
_NOT_COVERED = Label("暂无已覆盖的记录", "none is on record as covered")
_NO_LIST = Label(
    "{frame}{subject}暂无列入名单的教育基础薄弱县", "{frame}no weak county is on the list {subject}"
)


def covered(scene: Scene) -> str:
    """How many of the weak counties are covered, in one short sentence."""
    if not scene.some("weak_counties") or "weak_counties_covered" not in scene.figures:
        return ""
    return scene.say(_SHORT, number=scene.amount("weak_counties"), covered=_covered(scene))


def _covered(scene: Scene) -> str:
    if not scene.some("weak_counties_covered"):
        return scene.say(_NOT_COVERED)
    share = ""
    if scene.value("weak_counties_share") is not None:
        share = scene.say(_SHARE, share=scene.amount("weak_counties_share"))
    number = scene.amount("weak_counties_covered")
    one = scene.value("weak_counties_covered") == 1
    number = number if scene.lang == "zh" else number.split(" ")[0]
    return scene.say(_COVERED, number=number, share=share, are="is" if one else "are")


def listed(scene: Scene) -> str:
    """How many weak counties there are, and how many of them are covered."""
    if "weak_counties" not in scene.figures:
        return ""
    if not scene.some("weak_counties"):
        return scene.say(_NO_LIST, frame=scene.frame, subject=scene.whole)
    covered_ones = _covered(scene) if "weak_counties_covered" in scene.figures else ""
    return scene.say(
        _LISTED,
        frame=scene.frame,
        subject=scene.subject,
        number=scene.amount("weak_counties"),
        are="is" if scene.value("weak_counties") == 1 else "are",
        covered=covered_ones,
    ).rstrip("，, ")


_UNCOVERED = Label(
    "尚未覆盖{number}，没有记录不等于没有帮扶",
    "{number} {are} not yet covered; no record does not mean that there is no support",
)


def uncovered(scene: Scene) -> str:
    """How many weak counties have no pairing on record."""
    if not scene.some("weak_counties") or not scene.some("weak_counties_uncovered"):
        return ""
    return scene.say(
        _UNCOVERED,
        number=scene.amount("weak_counties_uncovered"),
        are="is" if scene.value("weak_counties_uncovered") == 1 else "are",
    )


_AMOUNTS: tuple[tuple[str, Label], ...] = (
    ("support_promised", Label("承诺投入", "promised")),
    ("support_delivered", Label("落实投入", "delivered")),
)
_AMOUNT = Label("{what}{number}", "{what}: {number}")
_PARTLY = Label(
    "{what}{number}（{total}条中写有金额的{known}条合计）",
    "{what}: {number}, from {known} of {total} records",
)
_NO_AMOUNT = Label("{what}的金额暂无记录", "{what}: no amount on record")


def amounts(scene: Scene) -> str:
    """What was promised and what was delivered, with how many records gave an amount."""
    said = []
    for name, label in _AMOUNTS:
        figure = scene.figures.get(name)
        if figure is None:
            continue
        partly = _PARTLY if figure.total > figure.known else _AMOUNT
        said.append(
            scene.say(
                _NO_AMOUNT if figure.value is None else partly,
                what=scene.say(label),
                number=scene.amount(name) if figure.value is not None else "",
                known=f"{figure.known:,}",
                total=f"{figure.total:,}",
            )
        )
    return listed_up(scene, said)


_DELIVERED = Label(
    "投入落实率{share}（按承诺、落实金额都有记录的{known}条计算）",
    "{share} of what was promised is delivered, over the {known} {records} that give both",
)
_NO_RATE = Label(
    "没有承诺、落实金额都有记录的，不计算投入落实率",
    "no record gives both amounts, so no share is computed",
)


def delivered(scene: Scene) -> str:
    """The share of what was promised that was delivered, where it can be reckoned."""
    figure = scene.figures.get("support_share")
    if figure is None:
        return ""
    if figure.value is None:
        return scene.say(_NO_RATE)
    return scene.say(
        _DELIVERED, share=scene.amount("support_share"), known=f"{figure.known:,}",
        records="record" if figure.known == 1 else "records",
    )  # fmt: skip


_BRAND = Label(
    "品牌费记录{number}，项目规定不得收取品牌费，请核实",
    "{number} of a brand fee: the programme forbids one, please check",
)
_NO_BRAND = Label("暂无品牌费记录", "no brand fee is on record")
_MANAGEMENT = Label(
    "另有管理费{number}，不计入投入", "management fees of {number} are not part of the support"
)


def fees(scene: Scene) -> str:
    """The two fees that stand beside the support."""
    said = []
    if scene.some("brand_fee_records"):
        said.append(scene.say(_BRAND, number=scene.amount("brand_fee_records")))
    elif "brand_fee_records" in scene.figures:
        said.append(scene.say(_NO_BRAND))
    if scene.some("management_fee"):
        said.append(scene.say(_MANAGEMENT, number=scene.amount("management_fee")))
    return listed_up(scene, said)


_OPEN = Label(
    "{frame}{subject}未解决的困难问题{number}{overdue}",
    "{frame}{number} {are} unresolved {subject}{overdue}",
)
_OVERDUE = Label("，其中逾期{number}", "; {number} of them {are} overdue")
_NONE_OPEN = Label(
    "{frame}{subject}暂无未解决的困难问题记录",
    "{frame}no unresolved difficulty is on record {subject}",
)
_NO_DIFFICULTY = Label(
    "{frame}{subject}暂无困难问题记录", "{frame}no difficulty is on record {subject}"
)
_RESOLVED = Label(
    "{meanwhile}解决{number}{change}{days}",
    "{meanwhile}{number} {have} been resolved{change}{days}",
)
_DAYS = Label("，解决用时的中位数为{number}", ", in {number} in the median")


def difficulties(scene: Scene) -> list[str]:
    """Difficulties that are open and late, and those that were resolved."""
    if "difficulties_open" not in scene.figures:
        return []
    resolved = scene.some("difficulties_resolved")
    if not scene.some("difficulties_open"):
        words = _NONE_OPEN if resolved else _NO_DIFFICULTY
        first = scene.say(words, frame=scene.as_of, subject=scene.subject)
    else:
        first = scene.say(
            _OPEN,
            frame=scene.as_of,
            subject=scene.subject,
            number=scene.amount("difficulties_open"),
            are="is" if scene.value("difficulties_open") == 1 else "are",
            overdue=_overdue(scene),
        )
    return [first, _resolved(scene) if resolved else ""]


def _overdue(scene: Scene) -> str:
    if not scene.some("difficulties_overdue"):
        return ""
    number = scene.amount("difficulties_overdue")
    return scene.say(
        _OVERDUE,
        number=number if scene.lang == "zh" else number.split(" ")[0],
        are="is" if scene.value("difficulties_overdue") == 1 else "are",
    )


def _resolved(scene: Scene) -> str:
    days = ""
    if scene.value("difficulties_days") is not None:
        days = scene.say(_DAYS, number=scene.amount("difficulties_days"))
    return scene.say(
        _RESOLVED,
        # The paragraph began with a day, so the period is named here.
        meanwhile=scene.frame if scene.period else ("累计" if scene.lang == "zh" else ""),
        number=scene.amount("difficulties_resolved"),
        have=have(scene, "difficulties_resolved"),
        change=scene.change("difficulties_resolved"),
        days=days,
    )


_SPREAD: tuple[tuple[str, Label], ...] = (
    ("practices_province", Label("推广到全省的{number}", "{number} spread through a province")),
    ("practices_nation", Label("推广到全国的{number}", "{number} spread nationally")),
)


def spread_of_practices(scene: Scene) -> str:
    """How far good practice has spread."""
    said = [
        scene.say(words, number=scene.amount(name)) for name, words in _SPREAD if scene.some(name)
    ]
    return listed_up(scene, said)
