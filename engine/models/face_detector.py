"""Where faces are: the picture brought to the detector's input, and its answers brought back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.boxes import suppress
from engine.models.device import Network
from engine.models.squares import Source, averaged

FACES = "faces.onnx"
INPUT = 512
"""Width and height of the detector's input, pixels."""
_OVERLAP = 0.4
"""Overlap (IoU) from which two boxes are one face."""
_ENLARGED = 3.0
"""The most that a small picture is enlarged."""
_WIDEST = 2.0
"""Aspect from which a picture is looked at in parts: whole, its faces would be too small to find."""
_SQUARE = 1.3
"""Aspect up to which a picture is looked at a second time, at a long edge of _SMALL."""
_SMALL = 224
_MOST_PARTS = 16
_FILL = 127


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Faces in pixels of the picture."""

    boxes: NDArray[np.float32]
    """[F, 4]: left, top, right, bottom, inside the picture."""
    points: NDArray[np.float32]
    """[F, 5, 2], in the order of `Face.landmarks`; those of a face that is cut off may lie outside the picture."""
    scores: NDArray[np.float32]
    """[F], 0-1."""

    def __len__(self) -> int:
        return len(self.scores)

    def at(self, rows: NDArray[np.int64]) -> Found:
        """The faces of these rows."""
        return Found(self.boxes[rows], self.points[rows], self.scores[rows])


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a picture, pixels."""

    left: int
    top: int
    width: int
    height: int
    edge: int = INPUT
    """What its long edge is brought to, pixels of the input."""


class FaceDetector:
    """faces.onnx: pixels to boxes, points and scores."""

    def __init__(self, name: str, model: bytes, device: str = "cpu") -> None:
        """`name` is the file's, for messages. Raises PackError if `model` cannot be run or gives something else."""
        trial = np.full((1, INPUT, INPUT, 3), _FILL, np.uint8)
        self._network = Network(name, model, {"pixels": trial}, device, threads=1)
        shapes = [output.shape for output in self._network.run({"pixels": trial})]
        if not (len(shapes) == 3 and shapes[1:] == [(*shapes[0], 4), (*shapes[0], 10)]):
            raise PackError(f"{name} gives {shapes}, which are no faces. Install the pack again.")

    def detect(self, source: Source, threshold: float) -> Found:
        """Faces of an upright picture of any size that score at least `threshold`; the largest first.

        Thread-safe, one `source` a thread. Raises PackError.
        """
        height, width = source.pixels.shape[:2]
        looks = [self._look(source, window, threshold) for window in _windows(height, width)]
        boxes, points, scores = (np.concatenate(part) for part in zip(*looks, strict=True))
        return tidied(Found(boxes, points, scores), width, height)

    def _look(
        self, source: Source, window: _Window, threshold: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """(boxes [N, 4], points [N, 5, 2], scores [N]) in pixels of the picture, overlapping still."""
        part = source.pixels[window.top : window.top + window.height, window.left : window.left + window.width]
        shown, scale = letterbox(source if part.shape == source.pixels.shape else Source(part), window.edge)
        scores, boxes, points = self._network.run({"pixels": shown[None]})
        seen = np.flatnonzero(scores >= threshold)
        places = np.concatenate([boxes[seen], points[seen]], 1).reshape(-1, 7, 2) * INPUT / scale
        places = (places + np.array([window.left, window.top])).astype(np.float32)
        return places[:, :2].reshape(-1, 4), places[:, 2:], scores[seen]


def tidied(found: Found, width: int, height: int) -> Found:
    """Boxes cut to the picture, each face once, the largest first; what has no pixel of the picture is left out."""
    found = Found(np.clip(found.boxes, 0, np.array([width, height] * 2, np.float32)), found.points, found.scores)
    sides = found.boxes[:, 2:] - found.boxes[:, :2]
    found = found.at(np.flatnonzero((sides >= 1).all(1)))
    found = found.at(suppress(found.boxes, found.scores, _OVERLAP))
    areas = (found.boxes[:, 2:] - found.boxes[:, :2]).prod(1)
    return found.at(np.argsort(-areas, kind="stable"))


def letterbox(source: Source, edge: int = INPUT) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """([INPUT, INPUT, 3] with the picture in its upper left corner and grey beside it, the scale in x and in y).

    The long edge becomes `edge`, unless that enlarged it more than threefold; far reductions average four pixels out
    of many, as `squares.reduced`.
    """
    import cv2

    height, width = source.pixels.shape[:2]
    scale = min(edge / max(height, width), _ENLARGED)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    if scale > 1:
        small = cv2.resize(source.pixels, size, interpolation=cv2.INTER_CUBIC)
    elif scale == 1:
        small = source.pixels
    else:
        small = averaged(source.sampled(2 * edge), *size)
    shown = np.full((INPUT, INPUT, 3), _FILL, np.uint8)
    shown[: small.shape[0], : small.shape[1]] = small
    return shown, np.array([small.shape[1] / width, small.shape[0] / height], np.float32)


def _windows(height: int, width: int) -> list[_Window]:
    """The whole picture; of one longer than twice its short side, parts of that shape that overlap by a quarter.

    A face can fill a square as it cannot fill an oblong, so pictures that are nearly square are seen small as well.
    """
    long, short = max(height, width), min(height, width)
    if long <= _SQUARE * short:
        return [_Window(0, 0, width, height), _Window(0, 0, width, height, _SMALL)]
    if long <= _WIDEST * short or long <= INPUT:
        return [_Window(0, 0, width, height)]
    part = min(max(math.ceil(_WIDEST * short), INPUT // 2, math.ceil(long / (0.75 * _MOST_PARTS))), long)
    count = math.ceil((long - part) / (part * 0.75)) + 1
    starts = np.linspace(0, long - part, count).round().astype(int).tolist()
    if width >= height:
        return [_Window(start, 0, part, height) for start in starts]
    return [_Window(0, start, width, part) for start in starts]
