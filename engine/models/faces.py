"""Faces with five landmarks, and whether their eyes are open."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.models.eyes import EYES, Eyes
from engine.models.face_detector import FACES, FaceDetector, Found, tidied
from engine.models.face_refiner import LANDMARKS, FaceRefiner
from engine.models.pack import Pack
from engine.models.squares import Source
from engine.types import Face, Region

FILES = (FACES, LANDMARKS, EYES)
"""What a pack that finds faces has."""
THRESHOLD = 0.7
"""Least confidence of a face: where nine in ten of what was found were faces, on photos kept for choosing it."""
FAINT = 0.25
"""Score of the detector from which a second look is taken."""


class Faces:
    """faces.onnx, landmarks.onnx and eyes.onnx of a pack: pixels to faces."""

    def __init__(self, detector: FaceDetector, refiner: FaceRefiner, eyes: Eyes, sha256: str = "") -> None:
        self.sha256 = sha256
        """Of the three files, one after the other: which faces these are."""
        self._detector = detector
        self._refiner = refiner
        self._eyes = eyes

    @classmethod
    def load(cls, pack: Pack, device: str = "cpu") -> Faces | None:
        """Check the three files against their hashes and bring them onto a device; None if the pack has no faces.onnx.

        Raises PackMissing, PackAltered, or PackError if one cannot be run or gives something else than it should.
        """
        return cls.of(pack.read, pack.folder, device) if FACES in pack.files else None

    @classmethod
    def of(cls, read: Callable[[str], bytes], folder: Path, device: str = "cpu") -> Faces:
        """From what `read` gives for each of FILES; `folder` is where they are, for messages. Raises PackError."""
        detector, refiner, eyes = (read(name) for name in FILES)
        return cls(
            FaceDetector(str(folder / FACES), detector, device),
            FaceRefiner(str(folder / LANDMARKS), refiner, device),
            Eyes(str(folder / EYES), eyes, device),
            hashlib.sha256(detector + refiner + eyes).hexdigest(),
        )

    def find(self, pixels: NDArray[np.uint8]) -> tuple[Face, ...]:
        """Faces of [h, w, 3] RGB, upright, of any size; the largest first, `sharpness` None. Thread-safe.

        A face that stands on its head is not looked for. Raises PackError.
        """
        pixels = np.ascontiguousarray(pixels)
        found = self.detect(pixels, THRESHOLD)
        states = self._eyes.states(pixels, found.points)
        size = np.array(pixels.shape[1::-1], np.float32)
        corners = found.boxes.reshape(-1, 2, 2) / size
        landmarks = np.clip(found.points / size, 0, 1)
        return tuple(
            Face(
                Region(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])),
                float(score),
                tuple((float(x), float(y)) for x, y in points),
                eyes,
            )
            for (low, high), score, points, eyes in zip(corners, found.scores, landmarks, states, strict=True)
        )

    def detect(self, pixels: NDArray[np.uint8], threshold: float) -> Found:
        """Where faces are, in pixels: those of at least `threshold`, the largest first. Eyes are not looked at."""
        source = Source(np.ascontiguousarray(pixels))
        height, width = pixels.shape[:2]
        found = self._refiner.refine(source, self._detector.detect(source, FAINT), threshold)
        return tidied(found, width, height)
