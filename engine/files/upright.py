"""Turning a picture the way EXIF orientation says (Exif 2.32, tag 0x0112)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.turn import Turn
from engine.types import Region

ORIENTATIONS = range(1, 9)
SIDEWAYS = frozenset({5, 6, 7, 8})
"""Orientations that swap width and height."""
_ROUNDS = ((1, 6, 3, 8), (2, 7, 4, 5))
"""Each orientation a quarter clockwise of the one before it: plain ones, mirrored ones."""
TURNED = dict(zip(Turn, _ROUNDS[0], strict=True))
"""The orientation that turns an upright picture so."""


def turned(orientation: int, further: Turn) -> int:
    """The orientation of a file whose upright picture is to be turned further."""
    for round_ in _ROUNDS:
        if orientation in round_:
            return round_[(round_.index(orientation) + further) % len(round_)]
    return turned(1, further)


def between(orientation: int, other: int) -> Turn | None:
    """How far a file has to be turned to go from one orientation to another, 1-8; None where it had to be mirrored."""
    for round_ in _ROUNDS:
        if orientation in round_ and other in round_:
            return Turn((round_.index(other) - round_.index(orientation)) % len(round_))
    return None


def turn(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """[H, W, 3] as stored to C-contiguous [h, w, 3] upright. An orientation outside 1-8 counts as 1."""
    turned = pixels
    if orientation in (2, 4):
        turned = turned[:, ::-1] if orientation == 2 else turned[::-1]
    elif orientation == 3:
        turned = turned[::-1, ::-1]
    elif orientation in SIDEWAYS:
        turned = turned.swapaxes(0, 1)
        if orientation in (6, 7):
            turned = turned[:, ::-1]
        if orientation in (7, 8):
            turned = turned[::-1]
    return np.ascontiguousarray(turned)


def turn_region(region: Region, orientation: int) -> Region:
    """Where a region of the picture as stored lies in the upright one."""
    x, y, w, h = region.x, region.y, region.w, region.h
    if orientation in SIDEWAYS:
        x, y, w, h = y, x, h, w
    if orientation in (2, 3, 6, 7):
        x = 1 - x - w
    if orientation in (3, 4, 7, 8):
        y = 1 - y - h
    return Region(x, y, w, h)
