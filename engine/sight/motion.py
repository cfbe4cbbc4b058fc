"""Motion: the direction along which fine detail is missing that coarse detail would promise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.sight import tiles
from engine.sight.tiles import Values

REDUCED = 4
"""Detail that is this many times coarser shows what directions the subject itself has."""
_TILES = 6
"""Tiles with most coarse detail that are looked at."""
_LEAST_DETAIL = 1.0
"""Grey levels a pixel of the coarse picture, RMS; a tile with less shows nothing."""
_BAND = (0.7, 1.6)
"""Deviations, pixels, of the Gaussians between which detail is looked at."""
_NOISE_GAIN = 0.0363
"""Variance of a Scharr derivative of smoothed white noise of variance 1 (`_derivatives`)."""
_LEAST_SIDE = 8
"""Pixels of a tile of the coarse picture; a smaller one has no directions."""
_Tensor = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Motion:
    """Strength 0-1, direction in degrees (0 level, 90 plumb, counter-clockwise, 0-180), and trust 0-1."""

    strength: float
    degrees: float
    confidence: float


def find(grey: NDArray[np.uint8], coarse: NDArray[np.uint8], noise: float) -> Motion:
    """The motion blur of a grey picture; `coarse` is the same picture reduced REDUCED times, `noise` its deviation.

    Motion takes fine detail along its path, and leaves it across: the structure tensor of the gradients (Bigun and
    Granlund, ICCV 1987) becomes narrow. So does that of grass and hair, but at every scale: each tile's tensor is set
    against that of the same tile reduced. Strength is 1 - the ratio of the gradients along and across that remains. It
    can be trusted as far as the tiles agree on the direction. Detail that is one-sided at the finest scale only, as
    fabric, is taken for motion.
    """
    pairs = list(_tensors(grey, coarse, noise))
    if not pairs:
        return Motion(0.0, 0.0, 0.0)
    strength, direction = _narrow(*np.sum(pairs, axis=0))
    turns = [_narrow(fine, rough) for fine, rough in pairs]
    weight = sum(part for part, _ in turns)
    if weight <= 0:
        return Motion(0.0, 0.0, 0.0)
    x = sum(part * math.cos(2 * angle) for part, angle in turns) / weight
    y = sum(part * math.sin(2 * angle) for part, angle in turns) / weight
    agreement = math.hypot(x, y) * min(len(pairs) / _TILES, 1.0)
    return Motion(strength, math.degrees(-direction) % 180.0, max(agreement, 0.0))


def _tensors(grey: NDArray[np.uint8], coarse: NDArray[np.uint8], noise: float) -> Iterator[tuple[_Tensor, _Tensor]]:
    """(fine, coarse) structure tensors of the tiles with most coarse detail, in units of the coarse one's size."""
    import cv2

    shape = tiles.shape_for(*coarse.shape)
    if max(coarse.shape) < tiles.LONG_EDGE * _LEAST_SIDE or min(coarse.shape) < _LEAST_SIDE:
        return
    rough = np.asarray(cv2.Laplacian(coarse, cv2.CV_16S), dtype=np.int16)
    detail = tiles.means(rough, cv2.NORM_L2SQR, shape)
    for position in np.argsort(-detail, axis=None, kind="stable")[:_TILES]:
        row, column = divmod(int(position), shape[1])
        whole = _tensor(tiles.tile(coarse, row, column, shape))
        size = float(np.trace(whole))
        if size < _LEAST_DETAIL**2:
            continue
        fine = _tensor(tiles.tile(grey, row, column, shape)) - np.eye(2) * _NOISE_GAIN * noise**2
        yield fine / size, whole / size


def _tensor(part: Values) -> _Tensor:
    """[2, 2]: mean products of the derivatives of a grey picture, its border left out."""
    import cv2

    grey = part.astype(np.float32)
    smooth = cv2.GaussianBlur(grey, (0, 0), _BAND[0]) - cv2.GaussianBlur(grey, (0, 0), _BAND[1])
    across, down = (
        np.asarray(cv2.Scharr(smooth, cv2.CV_32F, *axes, scale=1 / 32))[2:-2, 2:-2] for axes in ((1, 0), (0, 1))
    )
    xx, yy, xy = float((across * across).mean()), float((down * down).mean()), float((across * down).mean())
    return np.array([[xx, xy], [xy, yy]])


def _narrow(fine: _Tensor, coarse: _Tensor) -> tuple[float, float]:
    """Strength 0-1 of what `fine` lacks beside `coarse`; the direction that lacks it, radians clockwise from level."""
    floor = 0.02 * np.trace(coarse) * np.eye(2)
    values, vectors = np.linalg.eigh(coarse + floor)
    whiten = vectors @ np.diag(values**-0.5) @ vectors.T
    remains, axes = np.linalg.eigh(whiten @ fine @ whiten)
    least, most = np.sqrt(np.maximum(remains, 0.0))
    x, y = whiten @ axes[:, 0]
    return (float(1 - least / most) if most > 0 else 0.0), math.atan2(y, x)
