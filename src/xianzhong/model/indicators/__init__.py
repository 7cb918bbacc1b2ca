"""The indicators: what each headline number means and how it is computed.

Definitions follow the programme's documents (see docs/decisions); where a rule is this
product's own decision, the definition says so with the word 本系统 / this product.
"""

from __future__ import annotations

from xianzhong.model.indicators._shared import GROUPS, Indicator
from xianzhong.model.indicators.activity import ACTIVITY
from xianzhong.model.indicators.attention import ATTENTION
from xianzhong.model.indicators.coverage import COVERAGE
from xianzhong.model.indicators.difficulties import DIFFICULTIES
from xianzhong.model.indicators.measures import MEASURES_HAD
from xianzhong.model.indicators.practices import PRACTICES
from xianzhong.model.indicators.programme import PROGRAMME
from xianzhong.model.indicators.readiness import READINESS
from xianzhong.model.indicators.support import COUNTY_SUPPORT
from xianzhong.model.indicators.supporters import SUPPORTERS
from xianzhong.model.indicators.training import TRAINING

INDICATORS: tuple[Indicator, ...] = (
    *PROGRAMME,
    *ACTIVITY,
    *MEASURES_HAD,
    *TRAINING,
    *ATTENTION,
    *COVERAGE,
    *SUPPORTERS,
    *DIFFICULTIES,
    *PRACTICES,
    *COUNTY_SUPPORT,
    *READINESS,
)
INDICATOR_BY_ID: dict[str, Indicator] = {indicator.id: indicator for indicator in INDICATORS}

__all__ = ["GROUPS", "INDICATORS", "INDICATOR_BY_ID", "Indicator"]
