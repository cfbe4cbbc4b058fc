"""How far a photo is turned, beyond what its file says of itself."""

from __future__ import annotations

from enum import IntEnum


class Turn(IntEnum):
    """Clockwise, in quarters."""

    NONE = 0
    RIGHT = 1
    OVER = 2
    LEFT = 3

    def further(self, quarters: int) -> Turn:
        """So many quarters on, clockwise; back where the number is negative."""
        return Turn((self + quarters) % len(Turn))
