"""The paragraph of each page: its sentences in their order, and the indicators they speak of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xianzhong.brief.sentences import deeds, programme, states
from xianzhong.brief.sentences.clauses import opening
from xianzhong.brief.sentences.scene import Scene
from xianzhong.model.labels import Label


@dataclass(frozen=True, slots=True)
class Chapter:
    """The paragraph of a page.

    Attributes:
        ids: of the indicators that it may speak of.
        write: gives its sentences without their full stops, empty ones to be left out.
    """

    ids: tuple[str, ...]
    write: Callable[[Scene], list[str]]


def _overview(scene: Scene) -> list[str]:
    return [
        programme.pairings(scene),
        deeds.activities(scene, first="pairings" not in scene.figures, only=("people_sent",)),
        states.silent(scene),
        states.covered(scene),
    ]


def _pairings(scene: Scene) -> list[str]:
    return [
        programme.pairings(scene), programme.spread(scene), programme.endings(scene),
        programme.undated(scene), programme.plans(scene),
    ]  # fmt: skip


def _activities(scene: Scene) -> list[str]:
    return [deeds.activities(scene, first=True), deeds.lag(scene)]


_AVERAGE = Label(
    "{frame}{subject}有活动的学校平均得到七类帮扶措施中的{number}类",
    "{frame}the active schools {subject} have had {number} of the seven measures on average",
)
_NO_MEASURE = Label("{frame}{subject}暂无帮扶措施记录", "{frame}no measure is on record {subject}")


def _measures(scene: Scene) -> list[str]:
    words = _AVERAGE if scene.some("kinds_received") else _NO_MEASURE
    said = "kinds_received" in scene.figures
    average = scene.value("kinds_received")
    number = "" if average is None else f"{average:.1f}"
    first = scene.say(words, frame=scene.frame, subject=scene.subject, number=number)
    had = scene.some("kinds_received") or not said
    return [
        first if said else "",
        deeds.measured(scene),
        deeds.sums(scene, ("staff_sent", "person_days")) if had else "",
    ]


_NO_TRAINING = Label(
    "{frame}{subject}暂无{kind}培训记录", "{frame}no training{kind} is on record {subject}"
)
_TRAINING = Label(
    "{frame}{subject}{so_far}开展{kind}培训{number}{change}",
    "{frame}{number}{kind} {are} on record {subject}{change}",
)


def _training(scene: Scene) -> list[str]:
    sentences = []
    if "training_sessions" in scene.figures:
        words = _TRAINING if scene.some("training_sessions") else _NO_TRAINING
        sentences.append(opening(scene, words, "training_sessions", compared=True))
    if scene.some("training_sessions"):
        sentences.append(deeds.sums(scene, deeds.AUDIENCES))
    return [*sentences, deeds.reached(scene)]


_NO_SUPPORT = Label(
    "{frame}{subject}暂无县级投入记录", "{frame}no county support is on record {subject}"
)
_SUPPORT = Label(
    "{frame}{subject}有县级投入记录{number}{yearly}",
    "{frame}{number} of county support {are} on record {subject}{yearly}",
)


def _support(scene: Scene) -> list[str]:
    sentences = []
    if "support_records" in scene.figures:
        words = _SUPPORT if scene.some("support_records") else _NO_SUPPORT
        sentences.append(opening(scene, words, "support_records"))
    if not scene.none("support_records"):
        sentences += [states.amounts(scene), states.delivered(scene), states.fees(scene)]
    return sentences


def _coverage(scene: Scene) -> list[str]:
    return [states.listed(scene), states.uncovered(scene)]


def _attention(scene: Scene) -> list[str]:
    return [states.silent(scene, first=True), programme.endings(scene), states.alerts(scene)]


_PRACTICES = Label(
    "{frame}{subject}有在册经验做法{number}{change}",
    "{frame}{number} {are} on record {subject}{change}",
)
_NO_PRACTICES = Label(
    "{frame}{subject}暂无经验做法记录", "{frame}no good practice is on record {subject}"
)


def _practices(scene: Scene) -> list[str]:
    if "practices_recorded" not in scene.figures:
        return []
    if not scene.some("practices_recorded"):
        return [opening(scene, _NO_PRACTICES, "practices_recorded")]
    first = opening(scene, _PRACTICES, "practices_recorded", compared=True)
    return [first, states.spread_of_practices(scene)]


WRITERS: dict[str, Chapter] = {
    "overview": Chapter(
        (
            "pairings", "schools", "universities", "agreements_in_force", "activities",
            "active_schools", "people_sent", "silent_schools_90", "weak_counties",
            "weak_counties_covered",
        ),
        _overview,
    ),
    "pairings": Chapter(
        (
            "pairings", "schools", "universities", "counties", "agreements_in_force",
            "agreements_ending_180", "agreements_ended", "agreements_undated", "ready_plan",
        ),
        _pairings,
    ),
    "activities": Chapter(
        (
            "activities", "active_schools", "people_sent", "participants", "days_on_site",
            "lessons", "reporting_lag", "reporting_lag_p90",
        ),
        _activities,
    ),
    "measures": Chapter(
        ("kinds_received", "schools_all_measures", "schools_no_measure", "staff_sent",
         "person_days"),
        _measures,
    ),
    "training": Chapter(
        ("training_sessions", *deeds.AUDIENCES, "schools_trained", "schools_trained_share"),
        _training,
    ),
    "support": Chapter(
        (
            "support_records", "support_promised", "support_delivered", "support_share",
            "brand_fee_records", "management_fee",
        ),
        _support,
    ),
    "coverage": Chapter(
        ("weak_counties", "weak_counties_covered", "weak_counties_uncovered",
         "weak_counties_share"),
        _coverage,
    ),
    "attention": Chapter(
        (
            "pairings", "agreements_in_force", "silent_schools_90", "silent_schools_180",
            "agreements_ending_180", "agreements_ended", "open_alerts",
        ),
        _attention,
    ),
    "difficulties": Chapter(
        ("difficulties_open", "difficulties_overdue", "difficulties_resolved",
         "difficulties_days"),
        states.difficulties,
    ),
    "practices": Chapter(
        ("practices_recorded", "practices_province", "practices_nation"), _practices
    ),
}  # fmt: skip
