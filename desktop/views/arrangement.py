"""How several photos fill a view: as large as they get."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRect

USUAL = 1.5
"""Width to height of most photos."""


def arrange(count: int, area: QRect, aspect: float = USUAL, gap: int = 4, foot: int = 0) -> list[QRect]:
    """`count` cells in lines that fill `area`, so divided that pictures of `aspect` (width to height) above a foot of
    `foot` pixels are largest. The cells of a last line that is not full stand in its middle."""
    if count < 1:
        return []
    columns = max(range(1, count + 1), key=lambda columns: _size(columns, count, area, aspect, gap, foot))
    lines = ceil(count / columns)
    width, height = _cell(columns, lines, area, gap)
    cells = []
    for number in range(count):
        line, column = divmod(number, columns)
        missing = columns - min(columns, count - line * columns)
        left = area.left() + column * (width + gap) + missing * (width + gap) // 2
        cells.append(QRect(left, area.top() + line * (height + gap), width, height))
    return cells


def _cell(columns: int, lines: int, area: QRect, gap: int) -> tuple[int, int]:
    width = (area.width() - (columns - 1) * gap) // columns
    return max(width, 1), max((area.height() - (lines - 1) * gap) // lines, 1)


def _size(columns: int, count: int, area: QRect, aspect: float, gap: int, foot: int) -> float:
    """The width of a picture in such a division."""
    width, height = _cell(columns, ceil(count / columns), area, gap)
    return min(width, (height - foot) * aspect)
