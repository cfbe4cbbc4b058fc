"""Close-up: sharpness on the subject at full resolution, which decides between near-equal frames of a burst."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.sight import noise
from engine.sight.subject_reading import pixels_of
from engine.types import Card, Frame, Reading, Region

NAME = "subject_sharpness_full"
NORMAL = (0.2, 2.5)
"""docs/readings.md says of which photos."""
_FINE = (0.7, 1.4)
_MIDDLE = (1.0, 2.0)
"""Deviations, pixels, of the Gaussians between which detail is looked at: the fine one in the picture, the middle one
in the picture reduced _REDUCED times. Blur of 1 to 3 pixels takes the former and leaves the latter."""
_REDUCED = 4
_BLOCK = 16
"""Side, pixels, of the blocks in which detail is compared."""
_STRIP = 8
"""Rows of blocks that are worked on at a time."""
_HALO = 6
"""Pixels beside a strip that the Gaussians of the fine band reach."""
_CONTOURS = 0.25
"""Share of the blocks, those with most middle detail, that count: skin and sky have nothing to be sharp."""
_FLAT = 0.05
"""Share of the blocks around that are flattest: what fine detail they have is noise, and there is as much elsewhere."""
_AROUND = 512
"""Pixels around the region in which flat blocks are looked for."""
_LEAST_MIDDLE = 0.02
"""Share of its mean grey level that a subject has at least as middle detail: cloth and fine print may have none."""
_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """What a picture has in blocks, [rows, columns]."""

    fine: _Floats
    """Mean squares of its fine detail."""
    middle: _Floats
    """Mean squares of its middle detail."""
    grey: _Floats
    """Mean grey level."""

    @property
    def floor(self) -> float:
        """The fine detail that the flattest blocks have, but for those nearly black or white, which show no noise."""
        fine = self.fine[(self.grey > noise.GREY_RANGE[0]) & (self.grey < noise.GREY_RANGE[1])]
        return float(np.quantile(fine, _FLAT)) if fine.size else 0.0


def measure(full: Frame, card: Card) -> Card:
    """The card with the reading "subject_sharpness_full" of its subject; without a subject, the card as it is.

    `full` is the same photo with every pixel (`decode.full`). The reading's scale is that of its pixels: 1.0, or less
    where a RAW gave its largest preview only, and only equal scales may be compared.
    """
    if card.subject is None:
        return card
    reading = Reading(
        NAME,
        round(sharpness(full.pixels, card.subject.region), 4),
        "ratio",
        NORMAL,
        card.subject.region,
        round(full.scale, 4),
    )
    return replace(card, readings={**card.readings, NAME: reading})


def sharpness(pixels: NDArray[np.uint8], region: Region) -> float:
    """Fine over middle detail along the contours of a region, [height, width, 3] pixels; 0 where nothing is seen.

    RMS of a band of about 6 pixels a wave over that of a band of 36, over the quarter of the blocks with most of the
    latter; the flattest blocks around tell what noise there is, which is taken off. A ratio does not change with
    exposure or contrast, and hardly with a subject that moves by some pixels. Chosen from what
    `python -m benchmarks.subtle_bursts` compares; the idea of comparing bands is that of Field and Brady, "Visual
    sensitivity, blur and the sources of variability in the amplitude spectra of natural scenes", Vision Research 37,
    1997.
    """
    import cv2

    height, width = pixels.shape[:2]
    rows, columns = pixels_of(region, height, width)
    top, left = max(rows.start - _AROUND, 0), max(columns.start - _AROUND, 0)
    around = pixels[top : rows.stop + _AROUND, left : columns.stop + _AROUND]
    blocks = _blocks(np.asarray(cv2.cvtColor(around, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
    inside = (
        slice((rows.start - top) // _BLOCK, max(-(-(rows.stop - top) // _BLOCK), 1)),
        slice((columns.start - left) // _BLOCK, max(-(-(columns.stop - left) // _BLOCK), 1)),
    )
    fine, middle, grey = (part[inside].ravel() for part in (blocks.fine, blocks.middle, blocks.grey))
    if not fine.size:
        return 0.0
    contours = middle >= np.quantile(middle, 1 - _CONTOURS)
    coarse = float(middle[contours].mean()) + (_LEAST_MIDDLE * float(grey.mean())) ** 2
    if coarse <= 0:
        return 0.0
    return math.sqrt(max(float(fine[contours].mean()) - blocks.floor, 0.0) / coarse)


def _blocks(grey: NDArray[np.uint8]) -> _Blocks:
    """Of a grey picture; what is less than a block at its right and lower edge is left out.

    Strip by strip: numbers of every pixel would take a hundred megabytes, and twice the time to write and to read.
    """
    rows, columns = (max(side // _BLOCK, 1) for side in grey.shape)
    grey = grey[: rows * _BLOCK, : columns * _BLOCK]
    height, width = grey.shape
    fine = np.empty((rows, columns), np.float32)
    small = np.empty((max(height // _REDUCED, 1), max(width // _REDUCED, 1)), np.float32)
    for first in range(0, rows, _STRIP):
        last = min(first + _STRIP, rows)
        top, bottom = first * _BLOCK, min(last * _BLOCK, height)
        above = min(top, _HALO)
        strip = grey[top - above : bottom + _HALO].astype(np.float32)
        inside = slice(above, above + bottom - top)
        detail = _band(strip, _FINE)[inside]
        fine[first:last] = _means(detail * detail, last - first, columns)
        part = small[top // _REDUCED : max(bottom // _REDUCED, 1)]
        part[:] = _means(strip[inside], *part.shape)
    middle = _band(small, _MIDDLE)
    return _Blocks(fine, _means(middle * middle, rows, columns), _means(small, rows, columns))


def _means(values: _Floats, rows: int, columns: int) -> _Floats:
    """[rows, columns]: averages of about equal parts; halving as often as that comes out even takes half the time."""
    import cv2

    while values.shape[0] % (2 * rows) == 0 and values.shape[1] % (2 * columns) == 0:
        size = (values.shape[1] // 2, values.shape[0] // 2)
        values = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    if values.shape == (rows, columns):
        return values
    return np.asarray(cv2.resize(values, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _band(grey: NDArray[np.float32], deviations: tuple[float, float]) -> _Floats:
    import cv2

    first, second = (cv2.GaussianBlur(grey, (0, 0), deviation) for deviation in deviations)
    return np.asarray(first - second, dtype=np.float32)
