"""Universities: the list, one university's record and schools, readiness, reach."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from xianzhong.model.tables.universities import NO_SCHOOLS
from xianzhong.query.engine import Engine
from xianzhong.query.gate import View


def readiness(engine: Engine, view: View) -> pd.DataFrame:
    """One row over the universities among the pairings.

    ``universities``, and of ``leading_group``, ``incentives`` and ``affiliated`` how many have
    it and, as ``<name>_known``, on how many anything is recorded.
    """
    return engine.run("university_readiness", view, words_for_none=NO_SCHOOLS)


def university_list(engine: Engine, view: View) -> pd.DataFrame:
    """One row for each university with a pairing or an activity in the view.

    Without a filter, or with one by university alone, those on record without either as well.
    Schools, schemes, provinces, sums of the period, last activity, silent schools (missing where
    no agreement is in force), and readiness: true, false, or missing where nothing is recorded.
    """
    unpaired = replace(view.filters, university="").empty
    return engine.run("university_list", view, unpaired_too=unpaired, words_for_none=NO_SCHOOLS)


def university_record(engine: Engine, view: View) -> pd.DataFrame:
    """What is on record about the universities of the view themselves, one row each."""
    return engine.run("university_record", view, words_for_none=NO_SCHOOLS)


def pairing_schools(engine: Engine, view: View) -> pd.DataFrame:
    """Pairings whatever the period: school, cycle, state, what was done there in the period."""
    return engine.run("pairing_schools", view)


def extensions(engine: Engine, view: View) -> pd.DataFrame:
    """Activities beyond the school: ``code``, ``activities``, ``schools`` and persons."""
    return engine.run("extensions", view)
