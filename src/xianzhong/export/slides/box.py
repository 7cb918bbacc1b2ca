"""Places on a slide, in EMU: 914,400 to the inch, 12,700 to the point."""

from __future__ import annotations

from dataclasses import dataclass

INCH, POINT = 914_400, 12_700


def inches(value: float) -> int:
    """EMU of some inches."""
    return round(value * INCH)


def points(value: float) -> int:
    """EMU of some points."""
    return round(value * POINT)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle on a slide."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    def first(self, height: int) -> Box:
        """The upper strip of a height."""
        return Box(self.left, self.top, self.width, height)

    def last(self, height: int) -> Box:
        """The lower strip of a height."""
        return Box(self.left, self.bottom - height, self.width, height)

    def below(self, height: int) -> Box:
        """What is left under an upper strip."""
        return Box(self.left, self.top + height, self.width, self.height - height)

    def above(self, height: int) -> Box:
        """What is left over a lower strip."""
        return Box(self.left, self.top, self.width, self.height - height)

    def west(self, width: int) -> Box:
        """The left strip of a width."""
        return Box(self.left, self.top, width, self.height)

    def east(self, width: int) -> Box:
        """The right strip of a width."""
        return Box(self.right - width, self.top, width, self.height)

    def within(self, aspect: float) -> Box:
        """The largest box of a width in heights inside this one, in its middle."""
        width = min(self.width, round(self.height * aspect))
        height = round(width / aspect)
        left = self.left + (self.width - width) // 2
        return Box(left, self.top + (self.height - height) // 2, width, height)
