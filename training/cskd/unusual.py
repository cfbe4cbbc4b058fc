"""Photos that are rare and yet photographs: at night, high-key, in black and white."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.sight.light import linear

Pixels = NDArray[np.uint8]


def night(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """[h, w, 3]: two and a half to four stops less light, the lamps kept, with the noise of a high sensitivity."""
    light = linear()[pixels] * np.float32(2.0 ** -random.uniform(2.5, 4.0))
    lamps = np.clip(linear()[pixels].max(2, keepdims=True) - 0.8, 0, 1)
    noise = random.normal(0, 0.004, pixels.shape).astype(np.float32) * np.sqrt(0.05 + light)
    return _levels(light + 2 * lamps * linear()[pixels] + noise)


def high_key(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """[h, w, 3]: light lifted towards white, with a shoulder, so that little of it clips."""
    gain = random.uniform(2.0, 3.5)
    light = linear()[pixels]
    return _levels(light * gain / (1 + light * (gain - 1)))


def black_and_white(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """[h, w, 3]: through a filter of any colour, three equal channels, the contrast a little changed."""
    mixed = linear()[pixels] @ random.dirichlet([3.0, 5.0, 2.0]).astype(np.float32)
    return _levels(np.repeat((mixed ** np.float32(random.uniform(0.85, 1.2)))[..., None], 3, 2))


def _levels(light: NDArray[np.floating]) -> Pixels:
    light = np.clip(light, 0, 1)
    curve = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(np.maximum(light, 1e-8), 1 / 2.4) - 0.055)
    return np.asarray(np.clip(np.rint(curve * 255), 0, 255), np.uint8)


KINDS: Mapping[str, Callable[[Pixels, np.random.Generator], Pixels]] = {
    "night": night,
    "high-key": high_key,
    "black and white": black_and_white,
}
