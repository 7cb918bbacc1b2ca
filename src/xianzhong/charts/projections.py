"""From degrees to a flat sheet: the two projections that the maps use."""

from __future__ import annotations

import math
from collections.abc import Callable

Point = tuple[float, float]
# Longitude and latitude in degrees to x (eastward) and y (downward), in radii of the earth.
Projection = Callable[[float, float], Point]


def conic_equal_area(south: float, north: float, middle: float) -> Projection:
    """Albers' equal-area conic projection of a sphere, as the screen's maps use it.

    Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
    p. 100, equations 14-1 to 14-6, with the equator as the latitude of origin.

    Args:
        south: one standard parallel in degrees.
        north: the other, not opposite to it.
        middle: the meridian that stands upright, in degrees.
    """
    sines = math.sin(math.radians(south)), math.sin(math.radians(north))
    n = sum(sines) / 2
    c = math.cos(math.radians(south)) ** 2 + 2 * n * sines[0]
    origin = math.sqrt(c) / n

    def project(longitude: float, latitude: float) -> Point:
        radius = math.sqrt(max(c - 2 * n * math.sin(math.radians(latitude)), 0.0)) / n
        angle = n * math.radians(longitude - middle)
        return radius * math.sin(angle), radius * math.cos(angle) - origin

    return project


def mercator(longitude: float, latitude: float) -> Point:
    """Mercator's projection of a sphere. Source: as above, p. 41, equations 7-1 and 7-2.

    Args:
        longitude: in degrees.
        latitude: in degrees, short of the poles.
    """
    turned = math.pi / 4 + math.radians(latitude) / 2
    return math.radians(longitude), -math.log(math.tan(turned))
