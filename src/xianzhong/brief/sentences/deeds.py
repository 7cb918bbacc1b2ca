"""Sentences about what was done: activities, measures and training."""

from __future__ import annotations

from collections.abc import Sequence

from xianzhong.brief.sentences.clauses import are, have, listed_up
from xianzhong.brief.sentences.scene import Scene
from xianzhong.model.labels import Label

AUDIENCES = ("principals_trained", "teachers_trained", "both_trained", "unsplit_trained")

_DONE = Label(
    "{frame}{subject}{so_far}开展{kind}活动{number}{change}{schools}",
    "{frame}{number}{kind} {are} on record{subject}{change}{schools}",
)
_NOT_DONE = Label(
    "{frame}{subject}暂无{kind}活动记录", "{frame}no activity{kind} is on record{subject}"
)
_SCHOOLS = Label("，涉及{number}学校", "; {number} took part")


def activities(
    scene: Scene,
    *,
    first: bool,
    only: Sequence[str] = ("people_sent", "participants", "days_on_site", "lessons"),
) -> str:
    """How many activities there were, at how many schools, with how many people.

    Args:
        scene: whose, when, and the figures.
        first: whether the sentence opens the paragraph and so says whose and when.
        only: the sums that are said after it.
    """
    if "activities" not in scene.figures:
        return ""
    done = scene.some("activities")
    schools = ""
    if done and scene.some("active_schools") and not scene.school:
        schools = scene.say(_SCHOOLS, number=scene.amount("active_schools"))
    subject = scene.subject if scene.lang == "zh" else f" {scene.subject}"
    told = scene.say(
        _DONE if done else _NOT_DONE,
        frame=scene.frame if first else scene.meanwhile,
        subject=subject if first else "",
        so_far="" if scene.period else "累计",
        kind=scene.kind,
        number=scene.amount("activities"),
        are=are(scene, "activities"),
        change=scene.change("activities"),
        schools=schools,
    )
    return listed_up(scene, [told, sums(scene, only) if done else ""])


# What is summed: before its number, and alone.
_SUMS: dict[str, tuple[Label, Label]] = {
    "people_sent": (Label("派出", "people sent"), Label("派出人数", "people sent")),
    "participants": (Label("师生参加", "participants"), Label("参加人数", "participants")),
    "days_on_site": (Label("驻校", "days on site"), Label("驻校天数", "days on site")),
    "lessons": (Label("授课", "lessons taught"), Label("授课课时", "lessons taught")),
    "staff_sent": (Label("派驻校长教师", "staff posted"), Label("派驻人数", "staff posted")),
    "person_days": (Label("驻校", "presence on site"), Label("驻校人天", "person-days on site")),
    "principals_trained": (Label("培训校长", "principals and managers"), Label("", "")),
    "teachers_trained": (Label("培训教师", "teachers"), Label("", "")),
    "both_trained": (Label("校长教师合训", "principals and teachers together"), Label("", "")),
    "unsplit_trained": (Label("未写明对象的", "audience not given"), Label("", "")),
}
_ZERO = Label("{what}的记录合计为{number}", "{what}: {number} on record")
_PARTLY = Label(
    "{what}{number}（{total}次中有记录的{known}次合计）",
    "{what}: {number} ({known} of {total} give it)",
)
_FULLY = Label("{what}{number}", "{what}: {number}")
_NO_SUM = Label("{what}暂无记录", "not on record: {what}")


def sums(scene: Scene, names: Sequence[str]) -> str:
    """Sums, each with how many records gave it where not all did; then those without any."""
    said, missing = [], []
    for name in names:
        figure = scene.figures.get(name)
        if figure is None:
            continue
        what, alone = (scene.say(words) for words in _SUMS[name])
        if figure.value is None:
            # An audience that nobody trained has no sessions either, and is not spoken of.
            missing += [alone] if alone else []
            continue
        partly = _PARTLY if figure.total > figure.known else _FULLY
        known, total = f"{figure.known:,}", f"{figure.total:,}"
        words, number = partly if figure.value else _ZERO, scene.amount(name)
        said.append(scene.say(words, what=what, number=number, known=known, total=total))
    if missing:
        between = "、" if scene.lang == "zh" else ", "
        said.append(scene.say(_NO_SUM, what=between.join(missing)))
    return listed_up(scene, said)


_LAG = Label(
    "从活动结束到上报的天数，中位数为{median}{most}",
    "activities were reported {median} after their end in the median{most}",
)
_MOST = Label("，九成活动不超过{number}", ", nine in ten within {number}")


def lag(scene: Scene) -> str:
    """How long reports took."""
    if scene.none("activities") or scene.value("reporting_lag") is None:
        return ""
    most = ""
    if scene.value("reporting_lag_p90") is not None:
        most = scene.say(_MOST, number=scene.amount("reporting_lag_p90"))
    return scene.say(_LAG, median=scene.amount("reporting_lag"), most=most)


_ALL_MEASURES = Label("{kinds}都有记录的学校{number}", "{number} {have} all {kinds} on record")
_NO_MEASURES = Label(
    "{kinds}均无记录的学校{number}，没有记录不等于没有开展",
    "{number} {have} none on record, which does not mean that none took place",
)
_MEASURES = Label("七类措施", "seven measures")
_CHOSEN = Label("所选措施", "measures chosen")


def measured(scene: Scene) -> str:
    """The schools with all measures, and those with none."""
    kinds = scene.say(_CHOSEN if scene.kinds else _MEASURES)
    said = []
    for name, words in (("schools_all_measures", _ALL_MEASURES),
                        ("schools_no_measure", _NO_MEASURES)):  # fmt: skip
        if scene.some(name):
            number, verb = scene.amount(name), have(scene, name)
            said.append(scene.say(words, kinds=kinds, number=number, have=verb))
    return listed_up(scene, said)


_REACHED = Label("有培训记录的学校{number}{share}", "{number} {have} training on record{share}")
_SHARE = Label("，占结对学校的{share}", " ({share} of the paired schools)")
_NOT_REACHED = Label("结对学校暂无培训记录", "no training is on record at the paired schools")


def reached(scene: Scene) -> str:
    """How many of the paired schools have training on record; a school's own page needs none."""
    if "schools_trained" not in scene.figures or scene.school:
        return ""
    if not scene.some("schools_trained"):
        return scene.say(_NOT_REACHED) if scene.some("training_sessions") else ""
    share = ""
    if scene.value("schools_trained_share") is not None:
        share = scene.say(_SHARE, share=scene.amount("schools_trained_share"))
    return scene.say(
        _REACHED, number=scene.amount("schools_trained"), share=share,
        have=have(scene, "schools_trained"),
    )  # fmt: skip
