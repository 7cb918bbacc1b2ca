"""The full records behind a page, for the sheets of a workbook: as the page's own downloads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from xianzhong.brief.measures import matrix
from xianzhong.brief.readable import (
    readable_difficulties,
    readable_practices,
    readable_records,
    readable_schools,
)
from xianzhong.brief.readable_agreements import readable_agreements
from xianzhong.brief.readable_alerts import readable_alerts
from xianzhong.brief.readable_support import readable_support, readable_weak_counties
from xianzhong.brief.readable_supporters import readable_pairings, readable_universities
from xianzhong.brief.source import Source
from xianzhong.brief.trained import not_reached_table
from xianzhong.model.labels import Label
from xianzhong.model.tables import ACTIVITIES, DIFFICULTIES, PAIRINGS, PRACTICES, SUPPORT
from xianzhong.model.tables import WEAK_COUNTIES as LIST
from xianzhong.query import difficulties, measures, practices, tables, training
from xianzhong.query.alerts import alerts
from xianzhong.query.county_support import support_records, weak_county_list
from xianzhong.query.gate import View
from xianzhong.query.pairings import pairing_list
from xianzhong.query.practices import Search
from xianzhong.query.universities import pairing_schools, university_list


@dataclass(frozen=True)
class RawTable:
    """All records of one kind of a view.

    Attributes:
        name: part of a file's name, unique within the page.
        title: what the records are.
        pieces: readable frames with the same columns, at least one; to be gone through once.
    """

    name: str
    title: str
    pieces: Iterator[pd.DataFrame]


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    title: Label
    build: Callable[[Source], Iterator[pd.DataFrame]]


def _once(build: Callable[[Source], pd.DataFrame]) -> Callable[[Source], Iterator[pd.DataFrame]]:
    """Records that are one frame, asked for only when they are written."""

    def pieces(source: Source) -> Iterator[pd.DataFrame]:
        yield build(source)

    return pieces


def _records(source: Source, view: View) -> Iterator[pd.DataFrame]:
    empty = True
    for piece in tables.record_batches(source.engine, view):
        empty = False
        yield readable_records(piece, source.names, source.lang)
    if empty:
        nothing = tables.records(source.engine, view, limit=1).head(0)
        yield readable_records(nothing, source.names, source.lang)


def _activities(source: Source) -> Iterator[pd.DataFrame]:
    return _records(source, source.view)


def _training(source: Source) -> Iterator[pd.DataFrame]:
    if training.training_kinds(source.filters):
        yield from _records(source, training.only_training(source.view))
        return
    nothing = tables.records(source.engine, source.view, limit=1).head(0)
    yield readable_records(nothing, source.names, source.lang)


@_once
def _agreements(source: Source) -> pd.DataFrame:
    frame = pairing_list(source.engine, source.view)
    return readable_agreements(frame, source.names, source.lang)


@_once
def _schools(source: Source) -> pd.DataFrame:
    return readable_schools(tables.schools(source.engine, source.view), source.names, source.lang)


@_once
def _universities(source: Source) -> pd.DataFrame:
    frame = university_list(source.engine, source.view)
    return readable_universities(frame, source.names, source.lang)


@_once
def _supported(source: Source) -> pd.DataFrame:
    frame = pairing_schools(source.engine, source.view)
    return readable_pairings(frame, source.names, source.lang)


@_once
def _measures(source: Source) -> pd.DataFrame:
    frame = measures.received_by_school(source.engine, source.view)
    return matrix(source, frame, measures.measures_of(source.filters))


@_once
def _not_trained(source: Source) -> pd.DataFrame:
    return not_reached_table(source, training.not_reached(source.engine, source.view))


@_once
def _weak_counties(source: Source) -> pd.DataFrame:
    frame = weak_county_list(source.engine, source.view)
    return readable_weak_counties(frame, source.names, source.lang)


@_once
def _support(source: Source) -> pd.DataFrame:
    return readable_support(support_records(source.engine, source.view), source.lang)


@_once
def _alerts(source: Source) -> pd.DataFrame:
    return readable_alerts(alerts(source.engine, source.view), source.names, source.lang)


@_once
def _difficulties(source: Source) -> pd.DataFrame:
    frame = difficulties.records(source.engine, source.view)
    return readable_difficulties(frame, source.names, source.lang)


@_once
def _practices(source: Source) -> pd.DataFrame:
    frame = practices.records(source.engine, source.view, Search())
    return readable_practices(frame, source.names, source.lang)


_ACTIVITIES = _Kind("activities", ACTIVITIES.label, _activities)
_AGREEMENTS = _Kind("pairings", PAIRINGS.label, _agreements)
_WEAK = _Kind("weak-counties", LIST.label, _weak_counties)
_BY_PAGE: dict[str, tuple[_Kind, ...]] = {
    "overview": (_AGREEMENTS, _ACTIVITIES, _WEAK),
    "schools": (_Kind("schools", Label("学校", "Schools"), _schools),),
    "school": (_AGREEMENTS, _ACTIVITIES),
    "universities": (_Kind("universities", Label("高校", "Universities"), _universities),),
    "university": (
        _Kind("university-schools", Label("受援县中", "Schools supported"), _supported),
        _ACTIVITIES,
    ),
    "activities": (_ACTIVITIES,),
    "measures": (
        _Kind("measures", Label("各校措施覆盖", "Measures received by school"), _measures),
    ),
    "training": (
        _Kind("not-trained", Label("尚未培训的学校", "Schools without training"), _not_trained),
        _Kind("training", Label("培训记录", "Training records"), _training),
    ),
    "coverage": (_WEAK,),
    "pairings": (_AGREEMENTS,),
    "support": (_Kind("support", SUPPORT.label, _support),),
    "attention": (_Kind("alerts", Label("待办提醒", "Alerts"), _alerts),),
    "difficulties": (_Kind("difficulties", DIFFICULTIES.label, _difficulties),),
    "practices": (_Kind("practices", PRACTICES.label, _practices),),
}


def raw_tables(source: Source, page: str) -> tuple[RawTable, ...]:
    """The records behind a page, each asked for only when its pieces are gone through.

    Args:
        source: the view.
        page: name of the page; one without records has none.

    Raises:
        LakeError: while the pieces are gone through: the lake cannot be read.
    """
    return tuple(
        RawTable(kind.name, source.label(kind.title), kind.build(source))
        for kind in _BY_PAGE.get(page, ())
    )
