"""Training views: squares cut from photos around faces or anywhere, turned, mirrored, put together, and spoilt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.faces.photos import Labelled
from training.faces.pseudo_labels import Labels, Pixels

SIDE = 320
"""Width and height of a view, pixels."""
_SURE = 0.5
"""Score from which a photo counts as one with a face."""
_SMALLEST, _LARGEST = 12.0, 300.0
"""Sizes, pixels, that the face a view is cut around is brought to."""
_MOST_ENLARGED, _MOST_REDUCED = 3.0, 0.25
MIRRORED = [1, 0, 2, 4, 3]
"""Landmarks of a mirrored face, in the order that they then have."""
_MOSAIC, _ANYWHERE = 0.25, 0.2
"""Shares of the views that are four photos in one, and that are cut from any photo, mostly one without a face."""
_LOOSE = 0.12
"""Share of the cuts that may reach beyond the photo; the others stay inside it where it is large enough."""
_FILLS = 0.6
"""Least long edge of a photo in the other cuts, as a share of the cut's."""
_UPSIDE_DOWN = 0.04
"""Share of the cuts that are turned by 180 degrees; their faces are not to be found."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A square and the faces in it, in its pixels; a face whose centre lies outside is there all the same."""

    pixels: Pixels
    faces: Labels


class Views:
    """Draws views of `photos`."""

    def __init__(self, photos: Labelled) -> None:
        """Raises ValueError if no photo has a face: there would be nothing to learn."""
        self.photos = photos
        self.with_face = [i for i, faces in enumerate(photos.labels) if (faces.scores >= _SURE).any()]
        if not self.with_face:
            raise ValueError("YuNet sees no face in any of these photos. Name the folder that holds BIQ2021.")

    def draw(self, random: np.random.Generator) -> View:
        """One view."""
        kind = random.random()
        if kind < _MOSAIC:
            view = self._mosaic(random)
        elif kind < _MOSAIC + _ANYWHERE:
            view = self._cut(int(random.integers(len(self.photos))), SIDE, SIDE, random)
        else:
            view = self._cut(int(random.choice(self.with_face)), SIDE, SIDE, random)
        return View(spoilt(view.pixels, random), view.faces)

    def _mosaic(self, random: np.random.Generator) -> View:
        x, y = (int(v) for v in random.integers(SIDE // 4, SIDE * 3 // 4, 2))
        pixels = np.empty((SIDE, SIDE, 3), np.uint8)
        parts = []
        for left, top, right, bottom in ((0, 0, x, y), (x, 0, SIDE, y), (0, y, x, SIDE), (x, y, SIDE, SIDE)):
            any_photo = random.random() < 0.3
            row = int(random.integers(len(self.photos)) if any_photo else random.choice(self.with_face))
            view = self._cut(row, right - left, bottom - top, random)
            pixels[top:bottom, left:right] = view.pixels
            faces = _clipped(view.faces, right - left, bottom - top)
            offset = np.array([left, top], np.float32)
            parts.append(Labels(faces.boxes + np.tile(offset, 2), faces.points + offset, faces.scores))
        return View(pixels, _joined(parts))

    def _cut(self, row: int, width: int, height: int, random: np.random.Generator) -> View:
        pixels, faces = self.photos.pixels[row], self.photos.labels[row]
        edge = max(pixels.shape[:2])
        boxes, points = faces.boxes * edge, faces.points * edge
        sure = np.flatnonzero(faces.scores >= _SURE)
        if len(sure):
            left, top, right, bottom = boxes[random.choice(sure)]
            centre = np.array([left + right, top + bottom]) / 2
            largest = min(_LARGEST, 0.95 * max(width, height))
            scale = np.exp(random.uniform(np.log(_SMALLEST), np.log(largest))) / max(right - left, bottom - top)
        else:
            centre = random.uniform(0, 1, 2) * pixels.shape[1::-1]
            scale = np.exp(random.uniform(np.log(0.5), np.log(2.5))) * max(width, height) / edge
        loose = random.random() < _LOOSE
        scale = float(np.clip(scale, _MOST_REDUCED if loose else _FILLS * max(width, height) / edge, _MOST_ENLARGED))
        upside_down = random.random() < _UPSIDE_DOWN
        angle = np.pi if upside_down else np.radians(random.uniform(-25, 25)) if random.random() < 0.4 else 0.0
        aim = random.uniform(0.02, 0.98, 2) * (width, height)
        mirror = random.random() < 0.5
        if not loose:
            before = np.array([pixels.shape[1] - centre[0] if mirror else centre[0], centre[1]]) * scale
            after = np.array(pixels.shape[1::-1]) * scale - before
            bounds = np.sort(np.stack([(width, height) - after, before]), axis=0)
            aim = np.clip(aim, *bounds)
        matrix = _affine(centre, aim, scale, angle, mirror)
        cut = _warped(pixels, matrix, scale, width, height, random)
        if upside_down:
            return View(cut, faces.where(np.zeros(len(faces), bool)))
        return View(cut, _moved(Labels(boxes, points, faces.scores), matrix, angle, scale))


def _affine(
    centre: NDArray[np.float64], aim: NDArray[np.float64], scale: float, angle: float, mirror: bool
) -> NDArray[np.float64]:
    """[2, 3]: turns and scales about `centre`, mirrors, and brings it to `aim`."""
    cosine, sine = scale * np.cos(angle), scale * np.sin(angle)
    linear = np.array([[cosine, -sine], [sine, cosine]]) @ np.diag([-1.0 if mirror else 1.0, 1.0])
    return np.column_stack([linear, aim - linear @ centre])


def _warped(
    pixels: Pixels, matrix: NDArray[np.float64], scale: float, width: int, height: int, random: np.random.Generator
) -> Pixels:
    import cv2

    if scale < 0.7:
        # Reducing by linear interpolation alone would leave out pixels.
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        ratio = np.array(pixels.shape[1::-1]) / small.shape[1::-1]
        matrix = np.column_stack([matrix[:, :2] * ratio, matrix[:, 2]])
        pixels = np.asarray(small, np.uint8)
    fill = (127, 127, 127) if random.random() < 0.6 else tuple(int(v) for v in random.integers(0, 256, 3))
    how = cv2.INTER_CUBIC if random.random() < 0.5 else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=how, borderValue=fill), np.uint8)


def _moved(faces: Labels, matrix: NDArray[np.float64], angle: float, scale: float) -> Labels:
    """Points go where the pixels go; a box stays the one around the same ellipse."""
    half = (faces.boxes[:, 2:] - faces.boxes[:, :2]) / 2 * scale
    centres = (faces.boxes[:, :2] + faces.boxes[:, 2:]) / 2 @ matrix[:, :2].T + matrix[:, 2]
    turn = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), np.cos(angle)]]) ** 2
    half = np.sqrt(half**2 @ turn.T)
    points = faces.points @ matrix[:, :2].T + matrix[:, 2]
    if np.linalg.det(matrix[:, :2]) < 0:
        points = points[:, MIRRORED]
    boxes = np.concatenate([centres - half, centres + half], 1)
    return Labels(boxes.astype(np.float32), points.astype(np.float32), faces.scores)


def _clipped(faces: Labels, width: int, height: int) -> Labels:
    """Of a part of a mosaic: what lies outside it is not seen, so boxes end there."""
    limit = np.array([width, height] * 2, np.float32)
    boxes = np.clip(faces.boxes, 0, limit)
    whole = (faces.boxes[:, 2:] - faces.boxes[:, :2]).prod(1)
    seen = (boxes[:, 2:] - boxes[:, :2]).prod(1) / np.maximum(whole, 1e-6)
    # A face that is mostly cut off keeps a score that makes it neither a face nor none.
    scores = np.where(seen < 0.6, np.minimum(faces.scores, 0.3), faces.scores).astype(np.float32)
    return Labels(boxes, faces.points, scores).where(seen > 0.02)


def _joined(parts: Sequence[Labels]) -> Labels:
    return Labels(
        np.concatenate([p.boxes for p in parts]),
        np.concatenate([p.points for p in parts]),
        np.concatenate([p.scores for p in parts]),
    )


def spoilt(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """[h, w, 3] as a worse camera, light or file would have it: tone, colour, blur, grain, compression."""
    for step, share in _SPOILING:
        if random.random() < share:
            pixels = step(pixels, random)
    return pixels


def _tone(pixels: Pixels, random: np.random.Generator) -> Pixels:
    levels = (np.arange(256, dtype=np.float32) / 255) ** np.exp(random.uniform(-0.4, 0.4))
    levels = (levels - 0.5) * np.exp(random.uniform(-0.4, 0.2)) + 0.5 + random.uniform(-0.12, 0.12)
    return np.asarray(np.clip(levels * 255, 0, 255).astype(np.uint8)[pixels])


def _cast(pixels: Pixels, random: np.random.Generator) -> Pixels:
    gains = np.exp(random.uniform(-0.25, 0.25, 3)).astype(np.float32)
    return np.asarray(np.clip(pixels * gains, 0, 255), np.uint8)


def _grey(pixels: Pixels, random: np.random.Generator) -> Pixels:
    weights = random.dirichlet((3, 6, 2)).astype(np.float32)
    return np.repeat(np.asarray(pixels @ weights, np.uint8)[:, :, None], 3, 2)


def _blur(pixels: Pixels, random: np.random.Generator) -> Pixels:
    import cv2

    if random.random() < 0.6:
        return np.asarray(cv2.GaussianBlur(pixels, (0, 0), float(random.uniform(0.4, 2.2))), np.uint8)
    length = int(random.integers(3, 10))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    turn = cv2.getRotationMatrix2D(((length - 1) / 2,) * 2, float(random.uniform(0, 180)), 1)
    kernel = np.asarray(cv2.warpAffine(kernel, turn, (length, length)), np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, kernel / max(float(kernel.sum()), 1e-6)), np.uint8)


def _grain(pixels: Pixels, random: np.random.Generator) -> Pixels:
    noise = random.standard_normal(pixels.shape, np.float32) * np.float32(random.uniform(1, 14))
    return np.asarray(np.clip(pixels + noise, 0, 255), np.uint8)


def _compressed(pixels: Pixels, random: np.random.Generator) -> Pixels:
    import simplejpeg

    packed = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), int(random.integers(35, 95)), colorspace="RGB")
    return np.asarray(simplejpeg.decode_jpeg(packed, colorspace="RGB"))


_SPOILING: tuple[tuple[Callable[[Pixels, np.random.Generator], Pixels], float], ...] = (
    (_tone, 0.6),
    (_cast, 0.3),
    (_grey, 0.12),
    (_blur, 0.25),
    (_grain, 0.2),
    (_compressed, 0.3),
)
