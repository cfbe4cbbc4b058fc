"""Shoots whose truth is known: variants of distinct photographs as two bodies would have taken them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.types import GroupKind, Metadata

START = datetime(2026, 5, 1, 9, 0, 0)
BEHIND = timedelta(hours=1, minutes=2, seconds=3)
"""What the second body's clock is behind."""
BODIES = (("Northlight N1", "1001"), ("Northlight N2", "2002"))
BRACKETS = ((0.0, -1.0, 1.0), (0.0, -2.0, 2.0), (-2.0, -1.0, 0.0, 1.0, 2.0), (0.0, -0.67, 0.67))
KINDS = ("burst", "single", "slow", "bracket", "panorama", "both bodies")
SHARES = (0.42, 0.26, 0.1, 0.08, 0.06, 0.08)
EDGE = 320
"""Pixels of a frame's longer edge."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame: its picture, what EXIF says, and the truth."""

    pixels: NDArray[np.uint8]
    metadata: Metadata
    group: int
    scene: int
    kind: GroupKind


@dataclass(slots=True)
class Shoot:
    """A shoot in the making."""

    photographs: Iterator[Path]
    wide: Iterator[Path]
    random: np.random.Generator
    shots: list[Shot] = field(default_factory=list)
    now: float = 0.0
    """Seconds since `START`, true time."""
    groups: int = 0
    scene: int = 0
    seen: list[Path] = field(default_factory=list)
    """The subjects of this scene, the last one last."""


def make(photographs: Sequence[Path], wide: Sequence[Path], count: int, seed: int) -> list[Shot]:
    """`count` shots in true order of capture, or up to a group more.

    Scenes of 4-14 groups lie 2-30 minutes apart, groups 2-90 seconds, 12 in the middle; one group of five is of a
    subject that was shot before in its scene. Each is a burst (5-12 frames a second with pauses), a single, a slow
    series (2-6 s between frames), a bracket, a panorama cut out of a picture of `wide`, or a burst by both bodies at
    once. Half of the groups are exposed by hand, the others are metered frame by frame. The second body's clock is
    `BEHIND`, and knows whole seconds only.
    """
    random = np.random.default_rng(seed)
    shoot = Shoot(iter(random.permutation(np.array(photographs))), iter(random.permutation(np.array(wide))), random)
    while len(shoot.shots) < count:
        shoot.seen.clear()
        for _ in range(random.integers(4, 15)):
            _event(shoot, str(random.choice(KINDS, p=SHARES)))
            shoot.now += float(np.clip(12 * np.exp(random.normal()), 2, 90))
        shoot.now += float(np.exp(random.uniform(np.log(120), np.log(1800))))
        shoot.scene += 1
    return shoot.shots


def _event(shoot: Shoot, kind: str) -> None:
    """One subject, shot in one way."""
    random, body = shoot.random, int(shoot.random.integers(2))
    if kind == "panorama":
        _panorama(shoot, body)
        return
    picture = _subject(shoot)
    exposure = _exposure(random) if random.random() < 0.5 else 0.0
    zoom, mode = random.uniform(0.72, 0.88), GroupKind.BURST
    biases: Sequence[float] = (0.0,)
    if kind == "bracket":
        biases, mode = BRACKETS[random.integers(len(BRACKETS))], GroupKind.BRACKET
    elif kind == "single":
        mode = GroupKind.SINGLE
    else:
        biases = (0.0,) * int(
            random.integers(2, 5) if kind == "slow" else np.exp(random.uniform(np.log(2), np.log(25)))
        )
    bodies = (0, 1) if kind == "both bodies" else (body,)
    centre, step = random.uniform(-0.03, 0.03, 2), random.uniform(0.08, 0.2)
    began = shoot.now
    for i, bias in enumerate(biases):
        if i:
            pause = random.uniform(0.4, 1.6) if random.random() < 0.1 else 0.0
            shoot.now += random.uniform(2, 6) if kind == "slow" else step + pause
        centre = np.clip(centre + random.normal(0, 0.02 if kind == "slow" else 0.008, 2), -0.06, 0.06)
        for which in bodies:
            # The second body stands elsewhere.
            pixels = _framed(picture, centre + 0.04 * which, zoom * (1 - 0.08 * which), random)
            pixels = _flawed(pixels, bias + random.normal(0, 0.08), random, failures=kind != "bracket")
            _add(shoot, which, pixels, bias, shoot.groups + which * (len(bodies) - 1), mode, exposure * 2**bias)
    shoot.groups += len(bodies)
    shoot.now = max(shoot.now, began)


def _subject(shoot: Shoot) -> NDArray[np.uint8]:
    """A photograph that was not seen before, or one of this scene, but not the last."""
    again = len(shoot.seen) > 1 and shoot.random.random() < 0.2
    path = shoot.seen[shoot.random.integers(len(shoot.seen) - 1)] if again else next(shoot.photographs)
    shoot.seen.append(path)
    return _read(path)


def _exposure(random: np.random.Generator) -> float:
    return float(1 / random.choice([60, 125, 250, 500]))


def _panorama(shoot: Shoot, body: int) -> None:
    """Three to five frames from left to right, half of each shown by the next."""
    random, picture = shoot.random, _read(next(shoot.wide))
    height, width = picture.shape[:2]
    across, down = round(width * random.uniform(0.36, 0.44)), round(height * random.uniform(0.6, 0.9))
    top, step = random.integers(0, height - down + 1), across * random.uniform(0.4, 0.55)
    cadence, exposure = random.uniform(0.8, 3.0), _exposure(random)
    for i in range(int(min(5, 1 + (width - across) // step))):
        shoot.now += cadence * random.uniform(0.85, 1.15) if i else 0.0
        left = round(i * step)
        frame = np.ascontiguousarray(picture[top : top + down, left : left + across])
        _add(shoot, body, _flawed(frame, 0.0, random, False), 0.0, shoot.groups, GroupKind.PANORAMA, exposure)
    shoot.groups += 1


def _add(
    shoot: Shoot, body: int, pixels: NDArray[np.uint8], bias: float, group: int, kind: GroupKind, exposure: float = 0.0
) -> None:
    moment = START + timedelta(seconds=shoot.now)
    if body == 1:
        moment = (moment - BEHIND).replace(microsecond=0)
    camera, serial = BODIES[body]
    metadata = Metadata(
        captured=moment.replace(microsecond=moment.microsecond // 1000 * 1000),
        camera=camera,
        body=serial,
        exposure_time=exposure or float(1 / 200 * 2 ** shoot.random.normal(bias, 0.15)),
        aperture=4.0,
        iso=200,
        focal_length=50.0,
        exposure_bias=bias,
    )
    shoot.shots.append(Shot(pixels, metadata, group, shoot.scene, kind))


def _read(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def _framed(
    picture: NDArray[np.uint8], centre: NDArray[np.float64], zoom: float, random: np.random.Generator
) -> NDArray[np.uint8]:
    """A 3:2 frame around the middle, held by hand: shifted, turned a little."""
    height, width = picture.shape[:2]
    tall = EDGE * 2 // 3
    turn = cv2.getRotationMatrix2D((0, 0), random.normal(0, 0.6), EDGE / (width * zoom * random.normal(1, 0.006)))
    middle = np.array([width * (0.5 + centre[0]), height * (0.5 + centre[1])])
    turn[:, 2] = np.array([EDGE / 2, tall / 2]) - turn[:, :2] @ middle
    return cv2.warpAffine(picture, turn, (EDGE, tall), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT)


def _flawed(pixels: NDArray[np.uint8], stops: float, random: np.random.Generator, failures: bool) -> NDArray[np.uint8]:
    """Exposure in linear light, focus, grain; one frame of twenty fails in exposure or in focus."""
    blur = abs(random.normal(0, 0.5))
    if failures and random.random() < 0.05:
        if random.random() < 0.5:
            stops += random.choice([-2.5, 2.0])
        else:
            blur = random.uniform(3, 6)
    light = (pixels / 255.0) ** 2.2 * 2**stops
    if blur > 0.3:
        light = cv2.GaussianBlur(light, (0, 0), blur)
    grey = np.clip(light, 0, 1) ** (1 / 2.2) * 255 + random.normal(0, 2.0, pixels.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)
