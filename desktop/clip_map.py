"""Where a picture is clipped, kept beside pixels that were converted for the screen and do not tell it any more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.sight.clipping import BLACK, WHITE


def clipped(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """[height, width] each: pixels with a white channel, and pixels whose channels are all black."""
    red, green, blue = (pixels[..., channel] for channel in range(3))
    largest = np.maximum(np.maximum(red, green), blue)
    return largest > WHITE, largest <= BLACK


@dataclass(frozen=True, slots=True)
class ClipMap:
    """A bit a pixel."""

    width: int
    white: NDArray[np.uint8]
    """[height, bytes]"""
    black: NDArray[np.uint8]

    @classmethod
    def of(cls, pixels: NDArray[np.uint8]) -> ClipMap:
        """Of [height, width, 3] RGB."""
        white, black = clipped(pixels)
        return cls(pixels.shape[1], np.packbits(white, axis=1), np.packbits(black, axis=1))

    def part(self, left: int, top: int, width: int, height: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """[height, width] each, as `clipped` gives them."""
        rows, columns = slice(top, top + height), slice(left, left + width)
        return tuple(  # type: ignore[return-value]  # two of them
            np.unpackbits(bits[rows], axis=1, count=self.width)[:, columns].astype(np.bool_)
            for bits in (self.white, self.black)
        )

    @property
    def bytes(self) -> int:
        """Size in memory."""
        return self.white.nbytes + self.black.nbytes
