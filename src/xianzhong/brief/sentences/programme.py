"""Sentences about the pairings and their agreements."""

from __future__ import annotations

from xianzhong.brief.sentences.clauses import are, have, listed_up
from xianzhong.brief.sentences.scene import Scene, day_in_words
from xianzhong.model.labels import Label

_NO_PAIRINGS = Label("{frame}{subject}暂无结对记录", "{frame}no pairing is on record {subject}")
_PAIRED = Label(
    "{frame}{left}与{right}结成{number}帮扶关系{scheme}{in_force}",
    "{frame}{number}{scheme} {between} {are} on record{where}{in_force}",
)
_IN_FORCE = Label(
    "，其中{number}协议{day}在有效期内", "; {day}{number} of their agreements {are} in force"
)
_NOT_IN_FORCE = Label(
    "，其中{day}暂无协议在有效期内的记录",
    "; {day}none of their agreements is on record as in force",
)


def pairings(scene: Scene) -> str:
    """How many pairings there are, of how many schools and universities, and how many run."""
    if "pairings" not in scene.figures:
        return ""
    if not scene.some("pairings"):
        return scene.say(_NO_PAIRINGS, frame=scene.frame, subject=scene.subject)
    chinese = _sides_zh(scene) if scene.lang == "zh" else ("", "")
    return scene.say(
        _PAIRED,
        frame=scene.frame,
        left=chinese[0],
        right=chinese[1],
        number=scene.amount("pairings"),
        scheme=scene.scheme,
        between=_between(scene),
        are=are(scene, "pairings"),
        where="" if scene.school else f" {scene.whole}",
        in_force=_in_force(scene),
    )


def _sides_zh(scene: Scene) -> tuple[str, str]:
    """Who is paired with whom: the one that is chosen comes first."""
    number = scene.amount("schools") if scene.some("schools") else ""
    schools = scene.school or f"{scene.whole}{number}县中"
    if scene.university:
        return scene.university, schools
    number = scene.amount("universities") if scene.some("universities") else ""
    return schools, f"{number}高校"


def _between(scene: Scene) -> str:
    if scene.lang == "zh":
        return ""
    schools = scene.school or (scene.amount("schools") if scene.some("schools") else "schools")
    universities = scene.university or (
        scene.amount("universities") if scene.some("universities") else "universities"
    )
    return f"between {schools} and {universities}"


def _in_force(scene: Scene) -> str:
    if "agreements_in_force" not in scene.figures:
        return ""
    day = ""
    if scene.period and scene.day and day_in_words(scene.day, scene.lang) not in scene.period:
        day = scene.as_of.strip("，") if scene.lang == "zh" else scene.as_of
    if not scene.some("agreements_in_force"):
        return scene.say(_NOT_IN_FORCE, day=day)
    number = scene.amount("agreements_in_force")
    if scene.lang == "en":
        number = number.split(" ")[0]
    return scene.say(_IN_FORCE, day=day, number=number, are=are(scene, "agreements_in_force"))


_SPREAD = Label("受援县中分布在{number}县", "the schools lie in {number}")


def spread(scene: Scene) -> str:
    """In how many counties the schools lie."""
    if scene.none("pairings") or not scene.some("counties") or scene.school:
        return ""
    return scene.say(_SPREAD, number=scene.amount("counties"))


_ENDING = Label("180天内到期的协议{number}", "{number} {end} within 180 days")
_ENDED = Label(
    "已到期、续签未见记录的{number}",
    "{number} {have} ended without a renewal on record",
)
_NONE_ENDING = Label("180天内没有到期的协议", "no agreement on record ends within 180 days")


def endings(scene: Scene) -> str:
    """The agreements that end soon, and those that ended."""
    if scene.none("pairings"):
        return ""
    said = []
    if scene.some("agreements_ending_180"):
        end = "ends" if scene.value("agreements_ending_180") == 1 else "end"
        said.append(scene.say(_ENDING, number=scene.amount("agreements_ending_180"), end=end))
    elif "agreements_ending_180" in scene.figures:
        said.append(scene.say(_NONE_ENDING))
    if scene.some("agreements_ended"):
        has = have(scene, "agreements_ended")
        said.append(scene.say(_ENDED, number=scene.amount("agreements_ended"), have=has))
    return listed_up(scene, said)


_UNDATED = Label(
    "未找到签约日期的{number}，没有记录不等于没有签约",
    "no date of signing was found for {number}, which does not mean that none was signed",
)


def undated(scene: Scene) -> str:
    """The pairings without a date of signing."""
    if scene.none("pairings") or not scene.some("agreements_undated"):
        return ""
    return scene.say(_UNDATED, number=scene.amount("agreements_undated"))


_PLANS = Label(
    "对是否有一校一策方案有记录的{known}对结对中，{yes}对有方案，占{share}",
    "of the {known} {pairings} that say whether there is a plan for the school, {yes} {have} one "
    "({share})",
)
_NO_PLANS = Label(
    "一校一策方案的情况暂无记录", "whether there is a plan for the school is not on record"
)


def plans(scene: Scene) -> str:
    """How many of the pairings that say so have a plan for the school."""
    figure = scene.figures.get("ready_plan")
    if figure is None or scene.none("pairings"):
        return ""
    if figure.value is None or figure.yes is None:
        return scene.say(_NO_PLANS)
    return scene.say(
        _PLANS,
        known=f"{figure.known:,}",
        yes=f"{figure.yes:,}",
        share=scene.amount("ready_plan"),
        pairings="pairing" if figure.known == 1 else "pairings",
        have="has" if figure.yes == 1 else "have",
    )
