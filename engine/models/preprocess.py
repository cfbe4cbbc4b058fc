"""The one way from pixels to a network's input: in the application and in training alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import PackError

_FITS = ("stretch",)
_FILTERS = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
# A box reduction to three times the target leaves the antialiased filter's result unchanged but for rounding
# (Pillow documents 3.0 as "close to fair resampling"); measured: at most 1 of 255, at half the time.
_REDUCING_GAP = 3


@dataclass(frozen=True, slots=True)
class Preprocess:
    """How pixels become a network's input, as pack.json states it."""

    size: int = 224
    """Width and height of the input, pixels."""
    fit: str = "stretch"
    """How a picture meets the square: "stretch" keeps the whole frame and not its aspect, as VILA does."""
    filter: str = "bilinear"
    antialias: bool = True
    """The filter's support grows with the reduction, as in Pillow."""
    range: tuple[float, float] = (0.0, 1.0)
    """What 0 and 255 become before `mean` and `std`."""
    mean: tuple[float, float, float] = (0.5, 0.5, 0.5)
    std: tuple[float, float, float] = (0.5, 0.5, 0.5)

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Preprocess:
        """From pack.json's `preprocess`. Raises PackError for anything this version cannot do."""
        try:
            made = cls(
                size=int(str(values["size"])),
                fit=str(values["fit"]),
                filter=str(values["filter"]),
                antialias=bool(values["antialias"]),
                range=_numbers(values["range"], 2),  # type: ignore[arg-type]  # the length is checked
                mean=_numbers(values["mean"], 3),  # type: ignore[arg-type]
                std=_numbers(values["std"], 3),  # type: ignore[arg-type]
            )
        except (KeyError, TypeError, ValueError) as cause:
            raise PackError(f"pack.json: preprocess is not understood ({cause!r}). Install the pack again.") from cause
        if made.fit not in _FITS or made.filter not in _FILTERS or not made.antialias or made.size < 1:
            raise PackError(
                f"pack.json: this version cannot preprocess with {made}. Update Chinagraph, or choose another pack."
            )
        return made

    def to_json(self) -> dict[str, object]:
        """As pack.json holds it."""
        return asdict(self)

    def resize(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """[H, W, 3] RGB of any size to [size, size, 3]."""
        reduced = _reduce(pixels, self.size * _REDUCING_GAP)
        image = Image.fromarray(reduced).resize((self.size, self.size), _FILTERS[self.filter])
        return np.asarray(image)

    def normalise(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """[..., size, size, 3] in 0-255 to float32 [..., 3, size, size] in the network's range."""
        low, high = self.range
        scale = np.float32((high - low) / 255) / np.asarray(self.std, np.float32)
        shift = (np.float32(low) - np.asarray(self.mean, np.float32)) / np.asarray(self.std, np.float32)
        values = pixels.astype(np.float32) * scale + shift
        return np.ascontiguousarray(np.moveaxis(values, -1, -3))

    def apply(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """[H, W, 3] RGB, sRGB, upright, 0-255, to the network's input, float32 [3, size, size]."""
        return self.normalise(self.resize(pixels))


def _numbers(values: object, count: int) -> tuple[float, ...]:
    if not isinstance(values, list | tuple) or len(values) != count:
        raise ValueError(f"{count} numbers expected, got {values!r}")
    return tuple(float(v) for v in values)


def _reduce(pixels: NDArray[np.uint8], least: int) -> NDArray[np.uint8]:
    """Average whole blocks of pixels so that both sides stay at least `least` long."""
    import cv2

    height, width = pixels.shape[:2]
    across, down = max(width // least, 1), max(height // least, 1)
    if across == down == 1:
        return pixels
    size = (max(round(width / across), 1), max(round(height / down), 1))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
