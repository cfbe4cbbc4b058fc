"""What the detector takes for faces in the photos that it learned from: right, nearly right and wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.models.face_detector import FACES, FaceDetector
from engine.models.squares import Source
from training.faces import pseudo_labels
from training.faces.pseudo_labels import Labels, Pixels

_FAINT = 0.15
"""Least score of a proposal."""
_MOST = 12
"""Proposals of one photo, the best ones."""


def of(pictures: Sequence[Pixels], model: bytes, path: Path) -> list[Labels]:
    """Of each picture, made once and kept in the file `path`; `model` is faces.onnx."""

    def look() -> Callable[[Pixels], Labels]:
        detector = FaceDetector(FACES, model)

        def see(pixels: Pixels) -> Labels:
            found = detector.detect(Source(pixels), _FAINT)
            found = found.at(np.argsort(-found.scores, kind="stable")[:_MOST])
            edge = np.float32(max(pixels.shape[:2]))
            return Labels(found.boxes / edge, found.points / edge, found.scores)

        return see

    return pseudo_labels.kept(path, pictures, look)
