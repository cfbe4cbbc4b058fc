"""How the levels of a photo are spread, channel by channel, and how much of it is clipped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.sight.clipping import BLACK, WHITE

CHANNELS = ("red", "green", "blue")


@dataclass(frozen=True, slots=True)
class Histogram:
    """`counts` [3, 256]: how many pixels have each level of red, green and blue."""

    counts: NDArray[np.int64]

    def white(self) -> tuple[float, float, float]:
        """The share of the pixels (0-1) in which each channel is clipped at the bright end."""
        return self._shares(self.counts[:, WHITE + 1 :])

    def black(self) -> tuple[float, float, float]:
        """The share in which each channel is clipped at the dark end."""
        return self._shares(self.counts[:, : BLACK + 1])

    def heights(self) -> NDArray[np.float64]:
        """[3, 256], 0-1: the square roots, so that little can be seen beside much. What is clipped, a wall at one end,
        does not press the rest down: it is cut at the top."""
        roots = np.sqrt(self.counts)
        inside = roots[:, BLACK + 1 : WHITE + 1]
        top = float(inside.max()) or float(roots.max()) or 1.0
        heights: NDArray[np.float64] = np.minimum(roots / top, 1.0)
        return heights

    def _shares(self, part: NDArray[np.int64]) -> tuple[float, float, float]:
        totals = np.maximum(self.counts.sum(axis=1), 1)
        red, green, blue = (part.sum(axis=1) / totals).tolist()
        return red, green, blue


def measure(pixels: NDArray[np.uint8]) -> Histogram:
    """The histogram of [height, width, 3] RGB."""
    import cv2

    counts = [cv2.calcHist([pixels], [channel], None, [256], [0, 256]).ravel() for channel in range(3)]
    return Histogram(np.stack(counts).astype(np.int64))
