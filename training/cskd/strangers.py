"""Pictures that are no photographs, drawn here: documents, screenshots, drawings, renders, black and test frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_WORDS = ("light", "frame", "focus", "the", "of", "a", "shutter", "and", "time", "grain", "film", "every")
SIZE = (384, 512)
"""Height and width, pixels."""


def made(kind: str, seed: int) -> Pixels:
    """[384, 512, 3] RGB of one of KINDS; the same seed gives the same pixels. Raises KeyError for another kind."""
    return np.ascontiguousarray(KINDS[kind](np.random.default_rng([seed, sorted(KINDS).index(kind)])))


def document(random: np.random.Generator) -> Pixels:
    """A page of text, as it is scanned or exported."""
    import cv2

    paper = _flat(random.integers(235, 256, 3))
    margin, line = int(random.integers(20, 60)), int(random.integers(12, 22))
    ink = tuple(int(v) for v in random.integers(0, 60, 3))
    for y in range(margin, SIZE[0] - margin, line):
        if random.random() < 0.12:
            continue
        text = " ".join(random.choice(_WORDS, int(random.integers(4, 14))))
        cv2.putText(paper, text, (margin, y), cv2.FONT_HERSHEY_SIMPLEX, line / 44, ink, 1, cv2.LINE_AA)
    paper[:, SIZE[1] - margin :] = paper[0, 0]
    return paper


def screenshot(random: np.random.Generator) -> Pixels:
    """A desktop with windows, buttons and lists."""
    import cv2

    dark = random.random() < 0.5
    screen = _flat(random.integers(20, 60, 3) if dark else random.integers(190, 240, 3))
    for _ in range(int(random.integers(2, 5))):
        x, y = int(random.integers(0, 300)), int(random.integers(0, 220))
        w, h = int(random.integers(140, 320)), int(random.integers(100, 240))
        grey = int(random.integers(30, 70)) if dark else int(random.integers(235, 256))
        cv2.rectangle(screen, (x, y), (x + w, y + h), (grey, grey, grey), -1)
        bar = tuple(int(v) for v in random.integers(40, 200, 3))
        cv2.rectangle(screen, (x, y), (x + w, y + 14), bar, -1)
        ink = (220, 220, 220) if dark else (30, 30, 30)
        for row in range(y + 30, y + h - 6, 14):
            text = " ".join(random.choice(_WORDS, 3))
            cv2.putText(screen, text, (x + 8, row), cv2.FONT_HERSHEY_PLAIN, 0.7, ink, 1, cv2.LINE_AA)
        cv2.rectangle(screen, (x + w - 50, y + h - 22), (x + w - 8, y + h - 6), bar, -1)
    return screen


def drawing(random: np.random.Generator) -> Pixels:
    """Strokes, or flat shapes with an outline."""
    import cv2

    sheet = _flat(random.integers(230, 256, 3))
    filled = random.random() < 0.5
    for _ in range(int(random.integers(8, 30))):
        colour = tuple(int(v) for v in (random.integers(0, 256, 3) if filled else random.integers(0, 80, 3)))
        points = random.integers(0, (SIZE[1], SIZE[0]), (int(random.integers(3, 7)), 2)).astype(np.int32)
        if filled:
            cv2.fillPoly(sheet, [points], colour, cv2.LINE_AA)
        cv2.polylines(sheet, [points], filled, (10, 10, 10) if filled else colour, 2, cv2.LINE_AA)
    return sheet


def render(random: np.random.Generator) -> Pixels:
    """Balls without texture on a chequered floor, under one lamp, with nothing of a lens or a sensor."""
    height, width = SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    sky = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    first, second = random.uniform(0.2, 1, 3), random.uniform(0.2, 1, 3)
    image = (first * (1 - sky) + second * sky) * np.ones((height, width, 1), np.float32)
    horizon = int(height * random.uniform(0.4, 0.6))
    depth = 60.0 / np.maximum(y - horizon + 1, 1)
    squares = (np.floor((x - width / 2) * depth / 30) + np.floor(depth * 8)) % 2
    floor = y > horizon
    image[floor] = (0.25 + 0.6 * squares[floor])[:, None] * random.uniform(0.5, 1, 3)
    lamp = np.array([random.uniform(-1, 1), -1.0, 0.8])
    lamp /= np.linalg.norm(lamp)
    for _ in range(int(random.integers(1, 5))):
        radius = random.uniform(30, 90)
        cx, cy = random.uniform(50, width - 50), random.uniform(horizon - 40, height - 60)
        dx, dy = (x - cx) / radius, (y - cy) / radius
        inside = dx**2 + dy**2 < 1
        dz = np.sqrt(np.clip(1 - dx**2 - dy**2, 0, 1))
        shade = np.clip(dx * lamp[0] + dy * lamp[1] + dz * lamp[2], 0, 1)
        ball = 0.15 + 0.85 * shade[..., None] * random.uniform(0.2, 1, 3) + 0.6 * (shade**40)[..., None]
        image[inside] = ball[inside]
    return np.asarray(np.clip(image * 255, 0, 255), np.uint8)


def black(random: np.random.Generator) -> Pixels:
    """The cap on the lens: black, with a little noise."""
    level = random.uniform(0, 6)
    noise = random.normal(level, random.uniform(0, 2.5), (*SIZE, 3))
    return np.asarray(np.clip(noise, 0, 255), np.uint8)


def chart(random: np.random.Generator) -> Pixels:
    """Colour bars, a ramp, a chequer, or rings."""
    height, width = SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    kind = int(random.integers(0, 4))
    if kind == 0:
        bars = random.permutation([[1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 1, 0], [1, 0, 1], [1, 0, 0], [0, 0, 1]])
        return np.asarray(bars[(x * 7 // width).astype(int)] * int(random.integers(180, 256)), np.uint8)
    if kind == 1:
        along = (x / width if random.random() < 0.5 else y / height)[..., None] * random.integers(100, 256, 3)
        return np.asarray(along, np.uint8)
    if kind == 2:
        side = int(random.integers(8, 64))
        return np.repeat((((x // side + y // side) % 2) * 255).astype(np.uint8)[..., None], 3, 2)
    rings = np.sin(((x - width / 2) ** 2 + (y - height / 2) ** 2) / random.uniform(200, 900))
    return np.repeat((127 + 127 * rings).astype(np.uint8)[..., None], 3, 2)


def _flat(colour: NDArray[np.int64]) -> Pixels:
    return np.full((*SIZE, 3), colour, np.uint8)


KINDS: Mapping[str, Callable[[np.random.Generator], Pixels]] = {
    "black": black,
    "document": document,
    "drawing": drawing,
    "render": render,
    "screenshot": screenshot,
    "test frame": chart,
}
