"""Panoramas: frames in a steady cadence with one exposure, along which the picture moves on and does not come back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.judge.likeness import Rows, Walk

SHORTEST = 3
"""Frames that a panorama has at least."""
LONGEST = 24
"""Frames that a panorama has at most; a longer steady series is a time lapse or a studio's."""
QUICKEST = 0.4
"""Seconds from one frame to the next, at least: nobody turns the camera faster between two frames."""
SLOWEST = 4.0
"""The same at most."""
UNSTEADY = 2.0
"""How many times longer than its neighbour a pause may be."""
OVERLAP = (0.04, 0.7)
"""Cosine distances between neighbours: they overlap, and are not the same picture."""
SWEEP = 0.2
"""Cosine distance between the first and the last frame, at least."""
AWAY = 1.3
"""How many times further every frame is from the next but one than from the next, on average. In synthetic shoots
panoramas come out at 1.8 and bursts at 1.1, in the middle."""


def panoramas(walk: Walk, free: NDArray[np.bool_]) -> list[Rows]:
    """The panoramas among the frames at which `free` is true; none shares a frame with another.

    Exposure time, aperture, sensitivity and focal length must be known and the same. What is missed: rows of several
    passes, exposures that change on the way, and pictures so uniform that a turn changes little; those become bursts.
    """
    if len(walk) < SHORTEST:
        return []
    first = np.arange(len(walk) - 1)
    gap, exposures = walk.seconds[1:] - walk.seconds[:-1], _exposures(walk)
    with np.errstate(invalid="ignore"):
        follows = (gap >= QUICKEST) & (gap <= SLOWEST) & free[:-1] & free[1:]
    follows &= (exposures[:-1] == exposures[1:]) & (exposures[:-1] >= 0) & (walk.focal[:-1] == walk.focal[1:])
    follows &= walk.same_framing(first, first + 1)
    asked = np.flatnonzero(follows)
    distance = walk.distance(asked, asked + 1)
    follows[asked] = (distance >= OVERLAP[0]) & (distance <= OVERLAP[1])
    found = []
    for rows in _steady(follows, gap):
        # A frame that tried the exposure may stand before, and one too many behind.
        for part in (rows, rows[1:], rows[:-1]):
            if SHORTEST <= len(part) <= LONGEST and _sweeps(walk, part):
                found.append(part)
                break
    return found


def _exposures(walk: Walk) -> NDArray[np.int64]:
    """One number for each setting of exposure time, aperture and sensitivity; -1 where any of them is unknown."""
    settings = [(c.metadata.exposure_time, c.metadata.aperture, c.metadata.iso) for c in walk.cards]
    numbers = {setting: -1 if None in setting else number for number, setting in enumerate(dict.fromkeys(settings))}
    return np.array([numbers[setting] for setting in settings], np.int64)


def _steady(follows: NDArray[np.bool_], gap: NDArray[np.float64]) -> Iterator[Rows]:
    """Stretches of frames that follow each other at an even pace."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = gap[1:] / gap[:-1]
    even = (ratio <= UNSTEADY) & (ratio >= 1 / UNSTEADY)
    start = 0
    for i in range(len(follows)):
        goes_on = follows[i] and (i == start or even[i - 1])
        if not goes_on:
            if i - start >= SHORTEST - 1:
                yield np.arange(start, i + 1)
            start = i if follows[i] else i + 1
    if len(follows) - start >= SHORTEST - 1:
        yield np.arange(start, len(follows) + 1)


def _sweeps(walk: Walk, rows: Rows) -> bool:
    """Whether the last frame shows something else than the first, and every step leads on."""
    steps = walk.distance(rows[:-1], rows[1:])
    leaps = walk.distance(rows[:-2], rows[2:])
    whole = walk.distance(rows[:1], rows[-1:])
    return bool(whole[0] >= SWEEP and leaps.mean() >= AWAY * steps.mean())
