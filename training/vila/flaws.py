"""Flaws put into photos: kinds and strengths from flaws.toml, one set of kernels to train with, one to judge by."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.sight.light import linear
from training.vila import kernels

Kernels = Literal["training", "evaluation"]
EDGE = 512
"""Long edge, pixels, that the strengths are given for."""
MIDDLE_GREY = 0.18
_Pixels = NDArray[np.uint8]
_Light = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Flaw:
    """One kind of flaw, as flaws.toml fixes it."""

    kind: str
    unit: str
    training: tuple[float, float]
    """Strengths to train with."""
    clear: float
    """The strength at which nobody would overlook it."""

    def draw(self, random: np.random.Generator) -> float:
        """A strength to train with."""
        return round(float(random.uniform(*self.training)), 3)


@cache
def table() -> Mapping[str, Flaw]:
    """flaws.toml, by kind."""
    text = (Path(__file__).parent / "flaws.toml").read_text(encoding="utf-8")
    return {
        kind: Flaw(kind, row["unit"], (row["training"][0], row["training"][1]), row["clear"])
        for kind, row in tomllib.loads(text).items()
    }


def inject(pixels: _Pixels, kind: str, strength: float, seed: int, kernels: Kernels = "training") -> _Pixels:
    """[H, W, 3] sRGB with a flaw put in, of the same shape; the same arguments give the same pixels.

    Blur and exposure happen in linear light. Raises KeyError for an unknown kind.
    """
    return _PUT[kind](pixels, strength, _random(kind, seed, kernels), kernels == "evaluation")


def hue(seed: int, kernels: Kernels = "training") -> float:
    """The hue of the colour cast that `inject` gives for this seed: radians from a* towards b*, 0 to 2 pi."""
    return _hue(_random("colour_cast", seed, kernels))


def _random(kind: str, seed: int, kernels: Kernels) -> np.random.Generator:
    return np.random.default_rng([seed, sorted(table()).index(kind), int(kernels == "evaluation")])


def _blurred(pixels: _Pixels, kernel: _Light) -> _Pixels:
    import cv2

    light = cv2.filter2D(_to_light(pixels), -1, kernel, borderType=cv2.BORDER_REFLECT_101)
    return _from_light(np.asarray(light, np.float32))


def _defocus(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """A disc, or a Gaussian that is as wide; to judge by, the polygon of five to eight aperture blades."""
    radius = strength * max(pixels.shape[:2]) / EDGE
    if judging:
        return _blurred(pixels, kernels.polygon(radius, int(random.integers(5, 9)), float(random.uniform(0, np.pi))))
    return _blurred(pixels, kernels.disc(radius) if random.random() < 0.6 else kernels.gaussian(radius / 2))


def _motion(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """A straight line at an even pace, or two with a bend between; to judge by, the curved path of a shaken camera."""
    length, direction = strength * max(pixels.shape[:2]) / EDGE, float(random.uniform(0, np.pi))
    if judging:
        return _blurred(pixels, kernels.shake(length, direction, random))
    if random.random() < 0.5:
        return _blurred(pixels, kernels.line(length, direction))
    bend, share = float(random.uniform(-1.2, 1.2)), float(random.uniform(0.25, 0.75))
    return _blurred(pixels, kernels.bent(length, direction, bend, share))


def _underexposed(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """Less light; to judge by, with the noise of few photons and a black point that swallows the rest."""
    light = _to_light(pixels) * np.float32(2.0**-strength)
    if judging:
        light = np.maximum(_shot(light, 6000.0, random) - np.float32(0.0006), 0)
    return _from_light(light)


def _overexposed(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """More light until the channels clip; to judge by, with the shoulder of a camera's curve before they do."""
    light = _to_light(pixels) * np.float32(2.0**strength)
    if judging:
        knee = np.float32(random.uniform(0.7, 0.9))
        light = np.where(light > knee, 1 - (1 - knee) * np.exp(-(light - knee) / (1 - knee) * 1.5), light)
        light = light / np.float32(0.985)
    return _from_light(light)


def _clipped(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """The brightest share of the pixels turns white while the darker half stays; to judge by, along a smooth curve."""
    light = _to_light(pixels)
    brightest = light.max(axis=2)
    knee, white = (float(np.quantile(brightest, share)) for share in (0.5 - strength / 4, 1 - strength))
    above = np.clip((brightest - knee) / max(white - knee, 1e-3), 0, None)
    if judging:
        above = above ** float(random.uniform(1.2, 1.6))
    lifted = np.where(brightest > knee, knee + above * (1 - knee), brightest)
    gain = (lifted / np.maximum(brightest, 1e-4))[..., None]
    # What lies far above white has lost its colour too.
    spill = np.clip(lifted - 1, 0, 1)[..., None]
    return _from_light((light * gain + spill).astype(np.float32))


def _noise(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """Even noise, partly in colour; to judge by, the noise of photons in linear light."""
    if judging:
        # A level of middle grey spans this much linear light: the slope of sRGB there.
        deviation = strength * float(linear()[119] - linear()[117]) / 2
        return _from_light(_shot(_to_light(pixels), MIDDLE_GREY / deviation**2, random))
    grey = random.standard_normal((*pixels.shape[:2], 1), np.float32)
    colour = random.standard_normal(pixels.shape, np.float32)
    share = float(random.uniform(0.3, 0.9))
    noise = np.float32(strength) * (np.float32(share) * colour + np.float32((1 - share**2) ** 0.5) * grey)
    return _bytes(pixels.astype(np.float32) + noise)


def _tilt(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """Turned to either side and cropped to the same shape; to judge by, off the middle and resampled otherwise."""
    import cv2

    height, width = pixels.shape[:2]
    degrees = strength * float(random.choice([-1.0, 1.0]))
    turn = np.radians(abs(degrees))
    grow = max(
        np.cos(turn) + np.sin(turn) * height / width,
        np.cos(turn) + np.sin(turn) * width / height,
    )
    if judging:
        grow *= float(random.uniform(1.02, 1.08))
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, float(grow))
    method = cv2.INTER_LANCZOS4 if judging else cv2.INTER_CUBIC
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=method, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(turned, np.uint8)


def _colour_cast(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """Light of another colour, of any hue; to judge by, a part of it as a veil."""
    towards = _hue(random)
    gains = kernels.gains(strength * np.cos(towards), strength * np.sin(towards))
    light = _to_light(pixels)
    if not judging:
        return _from_light(light * gains)
    veil = MIDDLE_GREY * (gains - 1) * np.float32(0.3)
    return _from_light(np.maximum(light * (1 + (gains - 1) * np.float32(0.7)) + veil, 0))


def _hue(random: np.random.Generator) -> float:
    return float(random.uniform(0, 2 * np.pi))


def _low_contrast(pixels: _Pixels, strength: float, random: np.random.Generator, judging: bool) -> _Pixels:
    """Levels drawn together around their mean, or a middle grey; to judge by, a veil of stray light."""
    kept = 1 - strength
    if judging:
        return _veiled(pixels, kept, float(random.uniform(0.25, 0.5)))
    centre = np.float32(pixels.mean() if random.random() < 0.5 else random.uniform(100, 170))
    return _bytes(centre + (pixels.astype(np.float32) - centre) * np.float32(kept))


def _veiled(pixels: _Pixels, kept: float, veil: float) -> _Pixels:
    """Stray light of `veil` (linear), as much as leaves this share of the deviation of the levels: found by halving."""
    light, sample = _to_light(pixels), _to_light(pixels[::4, ::4])
    wanted = kept * float(pixels[::4, ::4].std())
    least, most = 0.0, 1.0
    for _ in range(10):
        share = (least + most) / 2
        spread = float(_from_light(sample * np.float32(share) + np.float32(veil * (1 - share))).std())
        least, most = (least, share) if spread > wanted else (share, most)
    return _from_light(light * np.float32(least) + np.float32(veil * (1 - least)))


def _shot(light: _Light, photons: float, random: np.random.Generator) -> _Light:
    """Poisson noise, as a Gaussian of the same deviation: `photons` is what white collects."""
    deviation = np.sqrt(np.maximum(light, 0) / np.float32(photons) + np.float32(1e-7))
    return np.asarray(light + deviation * random.standard_normal(light.shape, np.float32), np.float32)


def _to_light(pixels: _Pixels) -> _Light:
    return linear()[pixels]


def _from_light(light: _Light) -> _Pixels:
    """sRGB of linear light, clipped (IEC 61966-2-1)."""
    light = np.clip(light, 0, 1)
    curve = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(np.maximum(light, 1e-8), 1 / 2.4) - 0.055)
    return _bytes(np.asarray(curve * 255, np.float32))


def _bytes(levels: _Light) -> _Pixels:
    return np.asarray(np.clip(np.rint(levels), 0, 255), np.uint8)


_PUT: dict[str, Callable[[_Pixels, float, np.random.Generator, bool], _Pixels]] = {
    "defocus": _defocus,
    "motion": _motion,
    "underexposed": _underexposed,
    "overexposed": _overexposed,
    "clipped_highlights": _clipped,
    "noise": _noise,
    "tilt": _tilt,
    "colour_cast": _colour_cast,
    "low_contrast": _low_contrast,
}
