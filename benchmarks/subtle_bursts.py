"""Bursts of which one frame is sharp and the others are nearly so: which measure of sharpness finds it.

    python -m benchmarks.subtle_bursts PHOTO... [--bursts N] [--frames N] [--seed N] [--slight]

PHOTO are sharp pictures of at least 12 megapixels. A burst is made of a part of one: the frames are blurred at native
resolution by a disc of 1-3 pixels' radius or by a curved shake of 3-8 pixels, all but one; every frame, the sharp one
too, is moved by up to 10 pixels, exposed by up to 1/3 EV more or less, has shot noise of its own and is written as a
JPEG of quality 92. --slight halves disc and shake. Prints in how many of 100 bursts each measure is largest in the
sharp frame, on every pixel and at half scale.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

from benchmarks.sharpness_measures import RIVALS
from engine.sight import close_up, reading, subject_reading
from engine.sight.light import linear
from engine.types import Frame, Metadata, Region, Subject, SubjectSource

Pixels = NDArray[np.uint8]
RADII, SHAKES, SHIFT, EV, QUALITY = (1.0, 3.0), (3.0, 8.0), 10, 1 / 3, 92
NOISE = (1.0, 6.0)
"""Grey levels of shot noise in middle grey: from base sensitivity to some ISO 3,200."""
PART = 1300
"""Side of the part that a burst shows, pixels."""
REGIONS = ((360, 150), (300, 300), (450, 450), (900, 600))
"""Width and height of subjects, pixels: an eye band, a tile, an AF point, what a student looks at."""
SUBJECTS = 6
"""One in so many tiles, those with most detail, may be the subject."""
TILE = 256


@dataclass(frozen=True, slots=True)
class Burst:
    """Frames of one moment."""

    frames: list[bytes]
    """JPEGs of one size."""
    sharpest: int
    """Which of them was not blurred."""
    flaws: list[str]
    """What happened to each, in words."""


def shoot(pixels: Pixels, random: np.random.Generator, count: int = 5, share: float = 1.0) -> Burst:
    """A burst of [height, width, 3] sRGB pixels, SHIFT pixels smaller at every edge. `share` scales the blur."""
    sharpest = int(random.integers(count))
    noise = float(random.uniform(*NOISE))
    frames, flaws = [], []
    for number in range(count):
        kernel, flaw = (None, "sharp") if number == sharpest else _flaw(random, share)
        frames.append(_frame(pixels, kernel, noise, random))
        flaws.append(flaw)
    return Burst(frames, sharpest, flaws)


def disc(radius: float) -> NDArray[np.float32]:
    """Point spread of a lens out of focus."""
    reach, fine = int(np.ceil(radius)) + 1, 8
    side = 2 * reach + 1
    steps = (np.arange(side * fine) + 0.5) / fine - reach - 0.5
    inside = (steps[:, None] ** 2 + steps**2 <= radius**2).astype(np.float32)
    return inside.reshape(side, fine, side, fine).mean(axis=(1, 3))


def path(length: float, random: np.random.Generator) -> NDArray[np.float32]:
    """Point spread of a hand that shakes: a curve of `length` pixels, run through at a varying speed."""
    time = np.linspace(0, 1, 240)
    angle = random.uniform(0, 2 * np.pi) + random.uniform(-1.5, 1.5) * (time - 0.5)
    speed = 1 + 0.5 * np.sin(2 * np.pi * (time * random.uniform(0.3, 1) + random.random()))
    steps = np.stack([np.cos(angle), np.sin(angle)]) * speed
    points = np.cumsum(steps * (length / speed.sum()), axis=1)
    points -= points.mean(axis=1, keepdims=True)
    reach = int(np.ceil(length / 2)) + 2
    spread = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for x, y in (points + reach).T:
        column, row = int(x), int(y)
        across, down = np.array([1 - x + column, x - column]), np.array([1 - y + row, y - row])
        spread[row : row + 2, column : column + 2] += np.outer(down, across)
    return spread


def _flaw(random: np.random.Generator, share: float) -> tuple[NDArray[np.float32], str]:
    if random.random() < 0.5:
        radius = share * random.uniform(*RADII)
        return disc(radius), f"defocus {radius:.1f}"
    length = share * random.uniform(*SHAKES)
    return path(length, random), f"shake {length:.1f}"


def _frame(pixels: Pixels, kernel: NDArray[np.float32] | None, noise: float, random: np.random.Generator) -> bytes:
    distance, angle = random.uniform(0, SHIFT), random.uniform(0, 2 * np.pi)
    top, left = (SHIFT + round(distance * turn) for turn in (np.sin(angle), np.cos(angle)))
    bottom, right = (start - 2 * SHIFT + side for start, side in zip((top, left), pixels.shape, strict=False))
    gain = 2 ** random.uniform(-EV, EV)
    # Shot noise: its variance grows with the light; middle grey's slope on the sRGB curve turns levels into light.
    photons = 0.18 * (255 * 1.055 / 2.4 * 0.18 ** (1 / 2.4 - 1) / noise) ** 2
    shown = np.empty((bottom - top, right - left, 3), np.uint8)
    for channel in range(3):
        light = linear()[pixels[:, :, channel]]
        if kernel is not None:
            light = cv2.filter2D(light, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
        light = light[top:bottom, left:right] * np.float32(gain)
        light += random.standard_normal(light.shape, np.float32) * np.sqrt(light.clip(0) / np.float32(photons))
        level = np.where(light <= 0.0031308, light * 12.92, 1.055 * light.clip(0.0031308, 1) ** (1 / 2.4) - 0.055)
        shown[:, :, channel] = (level * 255).round().clip(0, 255)
    return bytes(simplejpeg.encode_jpeg(shown, QUALITY, colorsubsampling="420"))


def subjects(pixels: Pixels, random: np.random.Generator, count: int) -> Iterator[tuple[Pixels, Region]]:
    """Parts of a photo around places with detail, and where the subject lies in the frames made of them."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    rows, columns = (side // TILE for side in grey.shape)
    detail = cv2.Laplacian(grey, cv2.CV_32F)[: rows * TILE, : columns * TILE]
    energy = (detail**2).reshape(rows, TILE, columns, TILE).mean(axis=(1, 3))
    order = np.argsort(-energy, axis=None)[: max(energy.size // SUBJECTS, 1)]
    for position in random.choice(order, count):
        middle = [TILE * int(index) + TILE // 2 for index in divmod(int(position), columns)]
        top, left = (min(max(m - PART // 2, 0), max(s - PART, 0)) for m, s in zip(middle, grey.shape, strict=True))
        part = np.ascontiguousarray(pixels[top : top + PART, left : left + PART])
        width, height = REGIONS[random.integers(len(REGIONS))]
        tall, wide = (side - 2 * SHIFT for side in part.shape[:2])
        y = min(max(middle[0] - top - SHIFT - height // 2, 0), tall - height)
        x = min(max(middle[1] - left - SHIFT - width // 2, 0), wide - width)
        yield part, Region(x / wide, y / tall, width / wide, height / tall)


def measured(jpeg: bytes, region: Region) -> dict[str, tuple[float, float]]:
    """By name of the measure, (on every pixel, at half scale) of the region in a JPEG."""
    height, width = simplejpeg.decode_jpeg_header(jpeg)[:2]
    frames = [
        Frame(simplejpeg.decode_jpeg(jpeg, "RGB", min_width=least), width, height, "", "", Metadata())
        for least in (width, (width + 1) // 2)
    ]
    where = Subject(region, SubjectSource.AF)
    found: dict[str, list[float]] = defaultdict(list)
    for frame in frames:
        kept = reading.measure(frame).tiles
        found[close_up.NAME].append(close_up.sharpness(frame.pixels, region))
        own = subject_reading.measure(frame, where, kept)
        found["subject_sharpness"].append(own["subject_sharpness"].value)
        part = frame.pixels[subject_reading.pixels_of(region, *frame.pixels.shape[:2])]
        grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)
        for name, rival in RIVALS.items():
            found[name].append(rival(grey))
    return {name: (full, half) for name, (full, half) in found.items()}


def main() -> None:
    """Shoot, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTO")
    parser.add_argument("--bursts", type=int, default=20, help="of each photo")
    parser.add_argument("--frames", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slight", action="store_true", help="half as much defocus and shake")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    hits = _hits(options.photos, options)
    print(f"{len(hits[close_up.NAME])} bursts of {options.frames}      every pixel   half scale")
    for name, found in hits.items():
        full, half = 100 * np.mean(found, axis=0)
        print(f"{name:28} {full:9.1f} % {half:9.1f} %")


def _hits(photos: Sequence[Path], options: argparse.Namespace) -> dict[str, list[tuple[bool, bool]]]:
    Image.MAX_IMAGE_PIXELS = None
    random = np.random.default_rng(options.seed)
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for photo in photos:
        pixels = np.asarray(Image.open(photo).convert("RGB"))
        before = len(hits[close_up.NAME])
        for part, region in subjects(pixels, random, options.bursts):
            burst = shoot(part, random, options.frames, 0.5 if options.slight else 1.0)
            values = [measured(jpeg, region) for jpeg in burst.frames]
            for name in values[0]:
                full, half = (int(np.argmax([value[name][scale] for value in values])) for scale in (0, 1))
                hits[name].append((full == burst.sharpest, half == burst.sharpest))
        full, half = 100 * np.mean(hits[close_up.NAME][before:], axis=0)
        print(f"  {photo.name:50} {full:6.1f} % {half:6.1f} %", flush=True)
    return hits


if __name__ == "__main__":
    main()
