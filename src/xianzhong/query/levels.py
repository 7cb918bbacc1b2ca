"""The level at which a view is divided: the divisions right below the chosen one."""

from __future__ import annotations

from xianzhong.model.divisions import Divisions, Level
from xianzhong.query.filters import Filters


def level_below(filters: Filters, divisions: Divisions) -> Level:
    """``province``, ``prefecture`` or ``county``: what the parts of a view are.

    A province without prefectures (a municipality, the Corps) is divided into counties.
    """
    if filters.prefecture or filters.county:
        return "county"
    if not filters.province:
        return "province"
    return "prefecture" if divisions.prefectures(filters.province) else "county"
