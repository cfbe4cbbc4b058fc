"""Faces as YuNet sees them, for want of people who marked them. YuNet teaches and judges; it is never shipped."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine import atomic
from engine.models.boxes import overlaps, suppress
from engine.models.device import Network

TEACHER = "yunet_n_face_detector.onnx"
EDGE = 640
"""Long edge, pixels, of the pictures that YuNet sees; labels are in these pixels."""
_SMALL_EDGE = 384
_STRIDES = (8, 16, 32)
_LEAST_SCORE = 0.1
_NMS = 0.3
_SAME = 0.45
"""Overlap (IoU) from which two boxes are one face."""
_MIRRORED = [1, 0, 2, 4, 3]

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The faces of one photo; lengths are shares of its long edge, from its upper left corner."""

    boxes: NDArray[np.float32]
    """[F, 4]: left, top, right, bottom."""
    points: NDArray[np.float32]
    """[F, 5, 2]: the eye on the picture's left, the one on its right, nose, corner of the mouth left, right."""
    scores: NDArray[np.float32]
    """[F], 0-1."""

    def __len__(self) -> int:
        return len(self.scores)

    def where(self, keep: NDArray[np.bool_]) -> Labels:
        """The faces at which `keep` is true."""
        return Labels(self.boxes[keep], self.points[keep], self.scores[keep])


class YuNet:
    """The teacher (Wu, Peng, Yu: YuNet, 2023)."""

    def __init__(self, model: Path) -> None:
        """Raises FileNotFoundError if `model` is not there."""
        if not model.is_file():
            raise FileNotFoundError(f"{model}: the teacher of faces is not there. Name its folder by --teachers.")
        trial = {"input": np.zeros((1, 3, EDGE, EDGE), np.float32)}
        self._network = Network(str(model), model.read_bytes(), trial, "cpu")

    def see(self, pixels: Pixels, edge: int = EDGE, mirrored: bool = False) -> Labels:
        """The faces of [h, w, 3] RGB, enlarged or reduced to a long edge of `edge` pixels."""
        import cv2

        height, width = pixels.shape[:2]
        scale = edge / max(height, width)
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        shown = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA)
        shown = shown[:, ::-1] if mirrored else shown
        # Blue first, and filled up with black to what its deepest map divides.
        filled = np.zeros(
            (1, 3, *(-(-length // _STRIDES[-1]) * _STRIDES[-1] for length in shown.shape[:2])), np.float32
        )
        filled[0, :, : size[1], : size[0]] = shown[:, :, ::-1].transpose(2, 0, 1)
        boxes, points, scores = self._decoded(filled)
        if mirrored:
            boxes = boxes[:, [2, 1, 0, 3]] * [-1, 1, -1, 1] + [size[0], 0, size[0], 0]
            points = points[:, _MIRRORED] * [-1, 1] + [size[0], 0]
        stay = suppress(boxes.astype(np.float32), scores, _NMS)
        return Labels((boxes[stay] / edge).astype(np.float32), (points[stay] / edge).astype(np.float32), scores[stay])

    def teach(self, pixels: Pixels) -> Labels:
        """What three looks say together: as it is, smaller, and mirrored. A face that one look misses counts less."""
        looks = [self.see(pixels), self.see(pixels, _SMALL_EDGE)]
        seen = any(len(look) for look in looks)
        return together([*looks, self.see(pixels, mirrored=True)]) if seen else looks[0]

    def _decoded(
        self, inputs: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """(boxes [N, 4] as corners, points [N, 5, 2], scores [N]) in pixels of the input, overlapping still."""
        outputs = self._network.run({"input": inputs})
        kinds = len(_STRIDES)
        classes, objects, boxes, points = (outputs[i : i + kinds] for i in range(0, len(outputs), kinds))
        found = []
        for level, stride in enumerate(_STRIDES):
            columns = inputs.shape[3] // stride
            scores = np.sqrt(np.clip(classes[level][0, :, 0], 0, 1) * np.clip(objects[level][0, :, 0], 0, 1))
            seen = np.flatnonzero(scores >= _LEAST_SCORE)
            cell = np.stack(np.divmod(seen, columns)[::-1], 1).astype(np.float32)
            centre = (cell + boxes[level][0, seen, :2]) * stride
            half = np.exp(boxes[level][0, seen, 2:]) * stride / 2
            # It counts the eyes from the person's right, which is the picture's left.
            places = (points[level][0, seen].reshape(-1, 5, 2) + cell[:, None]) * stride
            found.append((np.concatenate([centre - half, centre + half], 1), places, scores[seen]))
        joined = (np.concatenate(part) for part in zip(*found, strict=True))
        return next(joined), next(joined), next(joined)


def together(looks: list[Labels]) -> Labels:
    """Looks at one photo as one: boxes and points are means of what was seen, scores count a look that missed as 0."""
    boxes = np.concatenate([look.boxes for look in looks])
    points = np.concatenate([look.points for look in looks])
    scores = np.concatenate([look.scores for look in looks])
    look_of = np.repeat(np.arange(len(looks)), [len(look) for look in looks])
    left = np.ones(len(boxes), bool)
    faces = []
    for best in np.argsort(-scores, kind="stable"):
        if not left[best]:
            continue
        same = left & (overlaps(boxes[best : best + 1], boxes)[0] >= _SAME)
        # Of each look the best alone, so that no look counts twice.
        members = [max(np.flatnonzero(same & (look_of == k)), key=lambda i: scores[i]) for k in set(look_of[same])]
        left &= ~same
        weights = scores[members] / scores[members].sum()
        faces.append(
            (
                weights @ boxes[members],
                np.tensordot(weights, points[members], 1),
                scores[members].sum() / len(looks),
            )
        )
    if not faces:
        return Labels(boxes, points, scores)
    return Labels(*(np.stack(part).astype(np.float32) for part in zip(*faces, strict=True)))


def kept(path: Path, pictures: Iterable[Pixels], look: Callable[[], Callable[[Pixels], Labels]]) -> list[Labels]:
    """What `look()` sees in each picture, made once and kept in the file `path` (.npz)."""
    if not path.exists():
        see = look()
        atomic.write(path, packed([see(pixels) for pixels in tqdm(pictures, unit="photo", mininterval=10)]))
    with np.load(path) as arrays:
        edges = np.cumsum(arrays["counts"])[:-1]
        parts = (np.split(arrays[name], edges) for name in ("boxes", "points", "scores"))
        return [Labels(*face) for face in zip(*parts, strict=True)]


def packed(labels: Sequence[Labels]) -> bytes:
    """The bytes that `kept` reads."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        counts=np.array([len(faces) for faces in labels]),
        boxes=np.concatenate([faces.boxes for faces in labels]),
        points=np.concatenate([faces.points for faces in labels]),
        scores=np.concatenate([faces.scores for faces in labels]),
    )
    return file.getvalue()
