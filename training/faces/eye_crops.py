"""The shared eye crops, split so that no person stands on both sides, and what is made of them to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.models.eyes import CROP, ORDER
from engine.models.squares import square
from engine.types import EyeState
from training.faces.photos import Labelled
from training.faces.pseudo_labels import Pixels
from training.faces.views import spoilt

_BLOCK = 48
"""Files that stay on one side of a split. The two eyes of a face, and the photos of one person, stand close together in
the order of the names: within six files in all that were seen."""
_NEIGHBOURS = 6
"""Files beside a block of another part that are not learned from."""
_TEST, _DEVELOPMENT = 0.2, 0.15
_STATED = 20261121
_LIKE = 0.85
"""Correlation, band-passed, mirrored or not, from which two crops may be of one eye."""

Crops = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class EyeCrops:
    """Crops as they are on disk, grey, with what they show."""

    pictures: Sequence[Crops]
    """[h, w] each."""
    closed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.closed)

    def where(self, keep: NDArray[np.bool_]) -> EyeCrops:
        """The crops at which `keep` is true."""
        return EyeCrops([p for p, kept in zip(self.pictures, keep, strict=True) if kept], self.closed[keep])


@dataclass(frozen=True, slots=True, eq=False)
class EyeSplits:
    """Three parts."""

    learn: EyeCrops
    development: EyeCrops
    test: EyeCrops
    left_out: int
    """Crops that were left out of `learn`: beside or like one of the others."""


def load(folder: Path) -> EyeSplits:
    """Read open/ and closed/ in `folder`. Raises FileNotFoundError if one of them has no crop."""
    pictures: list[Crops] = []
    closed: list[bool] = []
    part: list[int] = []
    for shut, name in ((False, "open"), (True, "closed")):
        files = sorted((folder / name).glob("*.jpg"))
        if not files:
            raise FileNotFoundError(f"{folder / name}: no eye crops are there. Name the folder that holds eye-state.")
        for file in files:
            with Image.open(file) as image:
                pictures.append(np.asarray(image.convert("L")))
        closed += [shut] * len(files)
        part += _parts(len(files), shut).tolist()
    crops, parts = EyeCrops(pictures, np.array(closed)), np.array(part)
    features = np.stack([_feature(picture) for picture in pictures])
    mirrored = np.stack([_feature(picture[:, ::-1]) for picture in pictures])
    like = np.maximum(features @ features.T, features @ mirrored.T) >= _LIKE
    test, development = parts == 2, parts == 1
    development &= ~like[:, test].any(1)
    learn = (parts == 0) & ~like[:, test | development].any(1)
    left_out = len(crops) - int(learn.sum() + development.sum() + test.sum())
    return EyeSplits(crops.where(learn), crops.where(development), crops.where(test), left_out)


def _parts(count: int, shut: bool) -> NDArray[np.int64]:
    """[count]: 0 to learn, 1 development, 2 test, by blocks; -1 beside a block of a part that judges."""
    random = np.random.default_rng([_STATED, int(shut)])
    blocks = -(-count // _BLOCK)
    drawn = random.permutation(blocks) / blocks
    part = np.where(drawn < _TEST, 2, np.where(drawn < _TEST + _DEVELOPMENT, 1, 0)).repeat(_BLOCK)[:count]
    for i in np.flatnonzero(np.diff(part)) + 1:
        near = slice(max(i - _NEIGHBOURS, 0), i + _NEIGHBOURS)
        part[near] = np.where(part[near] == 0, -1, part[near])
        # Between development and test, development gives way.
        if {part[i - 1], part[i]} == {1, 2}:
            part[near] = np.where(part[near] == 1, -1, part[near])
    return part


def _feature(picture: Crops) -> NDArray[np.float32]:
    """[576], unit length: what is neither light nor grain."""
    import cv2

    small = cv2.resize(np.ascontiguousarray(picture), (24, 24), interpolation=cv2.INTER_AREA).astype(np.float32)
    band = (cv2.GaussianBlur(small, (0, 0), 0.8) - cv2.GaussianBlur(small, (0, 0), 5)).ravel()
    band -= band.mean()
    return np.asarray(band / max(float(np.linalg.norm(band)), 1e-6), np.float32)


def plain(picture: Crops, side: int | None = None) -> Crops:
    """[CROP, CROP] as the application would cut it; `side`: of a crop that was that many pixels wide in a photo."""
    import cv2

    height, width = picture.shape
    if side is not None:
        scale = min(side / max(height, width), 1.0)
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = picture.shape
    colour = np.repeat(picture[:, :, None], 3, 2)
    return square(colour, np.array([width / 2, height / 2], np.float32), float(max(height, width)), 0.0, CROP)


class EyeViews:
    """Draws crops to learn from: of eyes, and of what is no eye or cannot be told."""

    def __init__(self, eyes: EyeCrops, photos: Labelled) -> None:
        """`photos` give what is no eye: other parts of faces, and anything else."""
        self.eyes = eyes
        self.photos = photos
        self.rows = {EyeState.OPEN: np.flatnonzero(~eyes.closed), EyeState.CLOSED: np.flatnonzero(eyes.closed)}
        self.with_face = [i for i, faces in enumerate(photos.labels) if (faces.scores >= 0.7).any()]

    def draw(self, state: EyeState, random: np.random.Generator) -> Crops:
        """[CROP, CROP] that shows `state`."""
        if state is not EyeState.UNKNOWN:
            return _aged(self._eye(self.rows[state], random), random)
        kind = random.random()
        if kind < 0.35:
            return _aged(_behind_glass(self._eye(np.arange(len(self.eyes)), random), random), random)
        if kind < 0.5:
            return _unreadable(self._eye(np.arange(len(self.eyes)), random), random)
        return _aged(self._elsewhere(random), random)

    def _eye(self, rows: NDArray[np.int64], random: np.random.Generator) -> Crops:
        picture = self.eyes.pictures[int(random.choice(rows))]
        if random.random() < 0.5:
            picture = picture[:, ::-1]
        height, width = picture.shape
        side = max(height, width) * float(np.exp(random.uniform(np.log(0.72), np.log(1.35))))
        centre = np.array([width, height]) / 2 + random.uniform(-0.12, 0.12, 2) * side
        colour = np.repeat(np.ascontiguousarray(picture)[:, :, None], 3, 2)
        return square(colour, centre.astype(np.float32), side, float(random.normal(0, 0.15)), CROP)

    def _elsewhere(self, random: np.random.Generator) -> Crops:
        of_face = bool(self.with_face) and random.random() < 0.6
        row = int(random.choice(self.with_face) if of_face else random.integers(len(self.photos)))
        pixels, faces = self.photos.pixels[row], self.photos.labels[row]
        edge = max(pixels.shape[:2])
        angle = float(random.normal(0, 0.3))
        if not of_face:
            side = float(np.exp(random.uniform(np.log(8), np.log(edge / 2))))
            return square(pixels, _place(random, pixels), side, angle, CROP)
        left, right, nose, low, other = faces.points[int(random.choice(np.flatnonzero(faces.scores >= 0.7)))] * edge
        between = max(float(np.linalg.norm(right - left)), 4.0)
        # Mouth and nose, a cheek, the forehead: where landmarks that went wrong would point.
        place = [nose, low, other, (low + other) / 2, (left + low) / 2, (left + right) - nose][int(random.integers(6))]
        return square(
            pixels, (place + random.normal(0, 0.1, 2) * between).astype(np.float32), 0.85 * between, angle, CROP
        )


def _place(random: np.random.Generator, pixels: Pixels) -> NDArray[np.float32]:
    return np.asarray(random.uniform(0, 1, 2) * pixels.shape[1::-1], np.float32)


def _behind_glass(crop: Crops, random: np.random.Generator) -> Crops:
    """A dark lens over the eye, with a reflection now and then; of the eye little or nothing is left."""
    import cv2

    scale = 4
    lens = np.zeros((CROP * scale, CROP * scale), np.uint8)
    centre = tuple(int(v) for v in (np.array([0.5, 0.5]) + random.uniform(-0.12, 0.12, 2)) * lens.shape)
    axes = tuple(int(v * CROP * scale) for v in (random.uniform(0.42, 0.85), random.uniform(0.3, 0.7)))
    cv2.ellipse(lens, centre, axes, float(random.uniform(-20, 20)), 0, 360, 255, -1)
    mask = cv2.resize(lens, (CROP, CROP), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    mask *= np.float32(random.uniform(0.93, 1.0))
    slope = np.linspace(-1, 1, CROP, dtype=np.float32)
    shade = random.uniform(5, 90) + random.uniform(-25, 25) * slope[:, None] + random.uniform(-25, 25) * slope[None, :]
    if random.random() < 0.4:
        spot = np.exp(
            -((slope[:, None] - random.uniform(-1, 1)) ** 2 + (slope[None, :] - random.uniform(-1, 1)) ** 2) * 8
        )
        shade = shade + random.uniform(40, 160) * spot
    return np.asarray(np.clip(crop * (1 - mask) + shade * mask, 0, 255), np.uint8)


def _unreadable(crop: Crops, random: np.random.Generator) -> Crops:
    """So soft or so small that nobody could tell."""
    import cv2

    if random.random() < 0.5:
        return np.asarray(cv2.GaussianBlur(crop, (0, 0), float(random.uniform(6, 14))), np.uint8)
    tiny = cv2.resize(crop, (int(random.integers(2, 5)),) * 2, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(tiny, (CROP, CROP), interpolation=cv2.INTER_CUBIC), np.uint8)


def _aged(crop: Crops, random: np.random.Generator) -> Crops:
    """Smaller, softer, darker, grainier: as in a photo."""
    import cv2

    if random.random() < 0.5:
        side = int(random.integers(10, CROP))
        small = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA)
        crop = np.asarray(cv2.resize(small, (CROP, CROP), interpolation=cv2.INTER_LINEAR), np.uint8)
    return spoilt(np.repeat(crop[:, :, None], 3, 2), random)[:, :, 1]


def states(closed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """[N], rows of ORDER."""
    return np.where(closed, ORDER.index(EyeState.CLOSED), ORDER.index(EyeState.OPEN))
