"""A second look at every face: whether it is one, and where exactly its landmarks are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.device import Network
from engine.models.face_detector import Found
from engine.models.squares import Source, square

LANDMARKS = "landmarks.onnx"
CROP = 48
"""Width and height of the network's input, pixels."""
WIDE = 1.4
"""Width of what it looks at, in sizes of the face."""
_MOST = 64
"""Crops that it looks at in one go."""
_FIRST_EDGE = 1024
"""Long edge, pixels, of the picture that the first look is taken from; the last one sees all pixels."""
_STEEPEST = np.radians(45)


class FaceRefiner:
    """landmarks.onnx: grey crops around faces to scores, boxes and points."""

    def __init__(self, name: str, model: bytes, device: str = "cpu") -> None:
        """`name` is the file's, for messages. Raises PackError if `model` cannot be run or gives something else."""
        trial = np.zeros((2, CROP, CROP), np.uint8)
        self._network = Network(name, model, {"crops": trial}, device, threads=1)
        shapes = [output.shape for output in self._network.run({"crops": trial})]
        if shapes != [(2,), (2, 4), (2, 10)]:
            raise PackError(f"{name} gives {shapes}, which are no faces. Install the pack again.")

    def refine(self, source: Source, found: Found, threshold: float) -> Found:
        """`found` in a picture looked at again; what then scores less than `threshold` is left out.

        A score becomes the geometric mean of the detector's and what is said here, box and points what is said here;
        the last look at the points has the line of the eyes made level. Thread-safe, one `source` a thread. Raises
        PackError.
        """
        if not len(found):
            return found
        scale = np.float32(min(_FIRST_EDGE / max(source.pixels.shape[:2]), 1.0))
        first = source.sampled(_FIRST_EDGE)
        scores, boxes, points = self._look(first, found.boxes * scale, np.zeros(len(found)))
        scores = np.sqrt(scores * found.scores)
        kept = np.flatnonzero(scores >= threshold)
        line = points[kept, 1] - points[kept, 0]
        angles = np.clip(np.arctan2(line[:, 1], line[:, 0]), -_STEEPEST, _STEEPEST)
        boxes = boxes[kept] / scale
        _, _, points = self._look(source.pixels, boxes, angles)
        return Found(boxes, points, scores[kept].astype(np.float32))

    def _look(
        self, pixels: NDArray[np.uint8], boxes: NDArray[np.float32], angles: NDArray[np.float64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """(scores [F], boxes [F, 4], points [F, 5, 2]) of crops around `boxes`, turned by `angles`; in pixels."""
        centres, sides = (boxes[:, :2] + boxes[:, 2:]) / 2, size(boxes) * WIDE
        crops = [
            square(pixels, centre, float(side), float(angle), CROP)
            for centre, side, angle in zip(centres, sides, angles, strict=True)
        ]
        if not crops:
            return np.zeros(0, np.float32), boxes, np.zeros((0, 5, 2), np.float32)
        parts = [np.stack(crops[start : start + _MOST]) for start in range(0, len(crops), _MOST)]
        said = [self._network.run({"crops": part}) for part in parts]
        scores, corners, points = (np.concatenate(part) for part in zip(*said, strict=True))
        turn = np.stack([np.cos(angles), -np.sin(angles), np.sin(angles), np.cos(angles)], 1).reshape(-1, 2, 2)
        turned = np.einsum("fij,fpj->fpi", turn, points.reshape(-1, 5, 2)) * sides[:, None, None] + centres[:, None]
        return scores, corners * sides[:, None] + np.tile(centres, 2), turned.astype(np.float32)


def size(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """[F], pixels: the side of a square as large as each box [F, 4]."""
    return np.asarray(np.sqrt(np.maximum((boxes[:, 2:] - boxes[:, :2]).prod(1), 1.0)), np.float32)
