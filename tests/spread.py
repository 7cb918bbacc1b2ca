"""Grids of parameters: every combination in a thorough run, a spread of them in any other.

Where combinations prove the same twice, a test asks for ``spread(pages, languages)``: each value
of each dimension still occurs, but not each with each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from typing import Any

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def spread(*dimensions: Sequence[Any], thorough: bool = THOROUGH) -> list[tuple[Any, ...]]:
    """Combinations, each with one value of each dimension.

    Args:
        dimensions: the values of each parameter.
        thorough: every combination; otherwise as many as the longest dimension has values, beside
            which the others go round.
    """
    if thorough:
        return list(product(*dimensions))
    longest = max(map(len, dimensions))
    return [tuple(values[row % len(values)] for values in dimensions) for row in range(longest)]
