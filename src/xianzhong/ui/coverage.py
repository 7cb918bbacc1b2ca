"""The parts of the page on coverage: weak counties, reached or not, by which schemes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import streamlit as st

from xianzhong.brief.where import Choice, of_places
from xianzhong.charts.bars import horizontal_bars
from xianzhong.charts.bullets import Bullet, goal_rows
from xianzhong.charts.classes import MISSING, MISSING_COLOR, ZERO, Palette
from xianzhong.charts.style import BLUE, LOUD
from xianzhong.model.labels import Label
from xianzhong.model.schemes import SCHEMES
from xianzhong.model.tables import WEAK_COUNTIES
from xianzhong.query.county_support import weak_county_list
from xianzhong.query.figures import by_county, coverage, figures
from xianzhong.ui.cards import cards
from xianzhong.ui.charts import chart, filter_by
from xianzhong.ui.filling import to_fill
from xianzhong.ui.frame import empty
from xianzhong.ui.headline import by_id, compared_with
from xianzhong.ui.places import Shown, clicked, where
from xianzhong.ui.session import Session

NUMBERS = (
    "weak_counties", "weak_counties_covered", "weak_counties_uncovered", "weak_counties_share",
)  # fmt: skip
_COUNTIES = Label("个", "counties")
_NONE_LISTED = Label("名单上没有", "None on the list")
_GAPS = Palette(
    ("#fde0c8", "#fbb27a", "#f0823a", LOUD, "#8f3a00"), "#9cc3dc",
    words=((ZERO, Label("全部覆盖", "All covered")), (MISSING, _NONE_LISTED)),
)  # fmt: skip
_STATES = Palette(
    (BLUE,), LOUD, MISSING_COLOR,
    ((0, Label("已覆盖", "Covered")), (ZERO, Label("尚未覆盖", "Not covered")),
     (MISSING, Label("不在名单上", "Not on the list"))),
)  # fmt: skip
GAPS = Choice("gaps", Label("尚未覆盖的县", "Counties not covered"), _COUNTIES, palette=_GAPS)
SHARE = Choice(
    "share", Label("覆盖率", "Share covered"), Label("%", "%"), (20.0, 40.0, 60.0, 80.0, 100.0),
    palette=Palette(
        ("#fbb27a", "#fde0c8", "#d0e4ef", "#7fb2d2", "#276993"), LOUD,
        words=((MISSING, _NONE_LISTED),),
    ),
)  # fmt: skip
STATE = Choice("state", Label("薄弱县", "Weak counties"), Label("", ""), palette=_STATES)


def nothing(session: Session) -> bool:
    """Says why there is nothing to show, if there is no list, or none of it lies here."""
    if not weak_county_list(session.engine, session.view).empty:
        return False
    if session.filters.province:
        empty(session, session.say("No county of this place is on the list of weak counties."))
        return True
    empty(
        session,
        session.say(
            "No list of weak counties has been loaded yet. Once it is, this page shows which of "
            "them have a supported school, under which schemes, and where the gaps are."
        ),
        clear=False,
    )
    to_fill(session, WEAK_COUNTIES)
    return True


def numbers(session: Session) -> None:
    """The cards, and what the records can and cannot say."""
    found = by_id(session, session.view, NUMBERS)
    cards(session, [found[name] for name in NUMBERS], compared=compared_with(session))
    st.caption(" ".join(_rules(session)))


def _rules(session: Session) -> list[str]:
    say, filters = session.say, session.filters
    said = [
        say(
            "A weak county is covered if a school of it has a pairing on record that touches the "
            "period, under any of the four schemes; it counts once."
        )
    ]
    empty_schemes = _without_records(session)
    if empty_schemes:
        said.append(
            say(
                "**No pairing is on record under: {schemes}.** What they cover cannot be counted "
                "yet, so a gap here does not mean that a county has no support.",
                schemes="、".join(empty_schemes) if session.lang == "zh"
                else ", ".join(empty_schemes),
            )
        )  # fmt: skip
    if filters.scheme or filters.university:
        said.append(say("Only the chosen schemes or university count as covering."))
    if filters.kind:
        said.append(say("The kind of activity has no bearing on coverage."))
    return said


def _without_records(session: Session) -> list[str]:
    """Schemes that no pairing in the whole lake has, among those that the view looks at."""
    wanted = session.filters.scheme
    everything = session.narrowed(
        province="", prefecture="", county="", school="", scheme="", university="", term=None,
        date_from=None, date_to=None,
    )  # fmt: skip
    missing = []
    for scheme in SCHEMES:
        if wanted and scheme.code not in wanted:
            continue
        view = replace(everything, filters=replace(everything.filters, scheme=(scheme.code,)))
        (pairs,) = figures(session.engine, view, ("pairings",))
        if not pairs.value:
            missing.append(scheme.label[session.lang])
    return missing


def _national(session: Session, choice: str) -> pd.DataFrame:
    """Gaps or share of each province; see :class:`xianzhong.ui.places.Shown`."""
    frame = of_places(coverage(session.engine, session.view))
    listed, covered = frame["weak_counties"], frame["weak_counties_covered"]
    value = listed - covered if choice == GAPS.id else (100 * covered / listed).round(1)
    text = [
        session.say("{covered} of {listed} weak counties", covered=c, listed=n)
        for c, n in zip(covered, listed, strict=True)
    ]
    return pd.DataFrame({"code": frame["code"], "value": value, "text": text})


def _counties(session: Session, _choice: str) -> pd.DataFrame:
    """1 for covered and 0 for not, for every county of the list in the whole province."""
    view = session.narrowed(prefecture="", county="", school="")
    frame = weak_county_list(session.engine, view)
    frame = frame[frame["county_code"] != ""].drop_duplicates("county_code")
    text = [scheme_names(session, codes) for codes in frame["schemes"]]
    return pd.DataFrame(
        {"code": frame["county_code"], "value": (frame["schemes"] != "").astype(float),
         "text": text}
    )  # fmt: skip


def scheme_names(session: Session, codes: str) -> str:
    """Labels of schemes joined by commas, in the order of their declaration."""
    labels = [s.label[session.lang] for s in SCHEMES if s.code in codes.split(",")]
    return ("、" if session.lang == "zh" else ", ").join(labels)


def on_map(session: Session) -> None:
    """The gaps on the map, and beside it each place against the goal."""
    known = (GAPS.id, SHARE.id, STATE.id)
    if by_county(session.filters):
        where(session, Shown((STATE,), _counties, _against_goal, points=False, known=known))
    else:
        where(session, Shown((GAPS, SHARE), _national, _against_goal, points=False, known=known))


def _gaps(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Weak counties by place: ``size``, ``sum`` (covered), ``gap``, ``share``; widest gap first."""
    counts = (
        frame.assign(covered=frame["schemes"] != "")
        .groupby(column)["covered"].agg(["size", "sum"]).reset_index()
    )  # fmt: skip
    counts["gap"] = counts["size"] - counts["sum"]
    counts["share"] = counts["sum"] / counts["size"]
    return counts.sort_values(["share", "gap", column], ascending=[True, False, True])


def _against_goal(session: Session, _choice: Choice, _values: pd.DataFrame) -> None:
    """Provinces, or a province's prefectures, against the goal of all covered; widest gap first."""
    within = by_county(session.filters)
    column = "prefecture" if within else "province"
    view = session.narrowed(prefecture="", county="") if within else session.view
    counts = _gaps(weak_county_list(session.engine, view), column)
    bullets = [
        Bullet(
            session.engine.divisions.label(code, session.lang) or "—", code, size, covered,
            note=f"{100 * share:.1f}% · {session.say('{gap} to go', gap=gap)}" if gap else "100% ✓",
        )
        for code, size, covered, gap, share in zip(
            counts[column], counts["size"], counts["sum"], counts["gap"], counts["share"],
            strict=True,
        )
    ]  # fmt: skip
    level = session.say("Prefecture") if within else session.say("Province")
    title = session.say("Share covered, against the goal of all")
    st.markdown(f"**{title}**")
    figure = goal_rows(
        bullets, reached=session.say("Covered"), missing=session.say("Not covered"),
        unit=_COUNTIES[session.lang],
        chosen=(session.filters.prefecture,) if session.filters.prefecture else (),
    )  # fmt: skip
    table = pd.DataFrame(
        {
            level: [b.name for b in bullets],
            session.say("On the list"): counts["size"],
            session.say("Covered"): counts["sum"],
            session.say("Not covered"): counts["gap"],
            session.say("Share covered (%)"): (100 * counts["share"]).round(1),
        }
    )
    handler = filter_by(level="prefecture") if within else clicked
    chart(session, "goal", figure, table, alt=title, on_code=handler)


def by_scheme(session: Session) -> None:
    """What each scheme reaches, what several reach, and all of it without counting twice."""
    frame = weak_county_list(session.engine, session.view)
    sets = Counter(codes for codes in frame["schemes"] if codes)
    reach = {s.code: sum(n for c, n in sets.items() if s.code in c.split(",")) for s in SCHEMES}
    total, several = sets.total(), sum(n for codes, n in sets.items() if "," in codes)
    title = session.say("Weak counties reached by each scheme")
    bars, table_side = st.columns(2, gap="medium")
    with bars:
        st.markdown(f"**{title}**")
        names = [s.label[session.lang] for s in SCHEMES]
        figure = horizontal_bars(
            names, list(reach.values()), list(reach), unit=_COUNTIES[session.lang],
            chosen=session.filters.scheme,
        )  # fmt: skip
        table = pd.DataFrame(
            {session.say("Scheme"): names, session.say("Weak counties"): list(reach.values())}
        )
        chart(session, "schemes", figure, table, alt=title, on_code=filter_by(field="scheme"))
        if total:
            said = session.say(
                "The four add up to {sum}; **{several}** counties are reached by more than one. "
                "Each counted once: **{total}** covered.",
                sum=sum(reach.values()), several=several, total=total,
            )  # fmt: skip
            st.markdown(said)
    with table_side:
        _combinations(session, sets, total)


def _combinations(session: Session, sets: Counter[str], total: int) -> None:
    title = session.say("By combination of schemes, each county once: {total}", total=f"{total:,}")
    st.markdown(f"**{title}**")
    if not sets:
        st.caption(session.say("Nothing on record for these filters."))
        return
    used = [s for s in SCHEMES if any(s.code in codes.split(",") for codes in sets)]
    ordered = sorted(sets.items(), key=lambda item: (-item[1], item[0]))
    table = pd.DataFrame(
        [
            [f"{n:,}", *("●" if s.code in codes.split(",") else "·" for s in used)]
            for codes, n in ordered
        ],
        columns=[session.say("Weak counties"), *[s.label[session.lang] for s in used]],
    )
    st.table(table, border="horizontal", hide_index=True, alt=title)
