"""Whether an eye is open: crops along the line of the eyes, and a network that may also say that it cannot tell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.device import Network
from engine.models.squares import square
from engine.types import EyeState

EYES = "eyes.onnx"
CROP = 32
"""Width and height of the network's input, pixels."""
ORDER = (EyeState.OPEN, EyeState.CLOSED, EyeState.UNKNOWN)
"""What the outputs of eyes.onnx stand for."""
CERTAIN = 0.8
"""Least probability of open or closed that is told; below it the answer is that it cannot be told."""
SMALLEST = 20.0
"""Least distance between the eyes, pixels of the given picture, at which the state of an eye is told."""
TURNED = 0.75
"""A face counts as a profile from here: how far the tip of the nose lies from the middle between the eyes, along their
line, in half distances of the eyes."""
_WIDE = 0.85
"""Width of a crop in distances between the eyes."""

Points = NDArray[np.float32]


class Eyes:
    """eyes.onnx: grey crops to open, closed or unknown."""

    def __init__(self, name: str, model: bytes, device: str = "cpu") -> None:
        """`name` is the file's, for messages. Raises PackError if `model` cannot be run or gives something else."""
        trial = np.zeros((2, CROP, CROP), np.uint8)
        self._network = Network(name, model, {"crops": trial}, device, threads=1)
        shapes = [output.shape for output in self._network.run({"crops": trial})]
        if shapes != [(2, len(ORDER))]:
            raise PackError(f"{name} gives {shapes}, which are no states of eyes. Install the pack again.")

    def states(self, pixels: NDArray[np.uint8], points: Points) -> list[tuple[EyeState, EyeState]]:
        """Of the faces in [h, w, 3] RGB whose `points` [F, 5, 2] are pixels: both eyes, the picture's left one first.

        Eyes closer together than SMALLEST and those of a profile are unknown without a look. Thread-safe.
        Raises PackError.
        """
        told = [i for i in range(len(points)) if distance(points[i]) >= SMALLEST and abs(turn(points[i])) < TURNED]
        states = [(EyeState.UNKNOWN, EyeState.UNKNOWN)] * len(points)
        if told:
            crops = np.stack([crop(pixels, points[i], eye) for i in told for eye in (0, 1)])
            found = decided(self._network.run({"crops": crops})[0])
            for place, i in enumerate(told):
                states[i] = (found[2 * place], found[2 * place + 1])
        return states


def decided(probabilities: NDArray[np.float32]) -> list[EyeState]:
    """[N, 3] in ORDER to states: the likelier of open and closed where it reaches CERTAIN."""
    best = probabilities[:, :2].argmax(1)
    certain = probabilities[:, :2].max(1) >= CERTAIN
    return [ORDER[i] if sure else EyeState.UNKNOWN for i, sure in zip(best, certain, strict=True)]


def distance(points: Points) -> float:
    """Between the eyes of [5, 2]."""
    return float(np.linalg.norm(points[1] - points[0]))


def turn(points: Points) -> float:
    """How far a face [5, 2] is turned aside: 0 from the front, about 1 where the nose stands over one eye."""
    line = points[1] - points[0]
    middle = (points[0] + points[1]) / 2
    return float((points[2] - middle) @ line / max(float(line @ line) / 2, 1e-6))


def crop(pixels: NDArray[np.uint8], points: Points, eye: int) -> NDArray[np.uint8]:
    """[CROP, CROP], grey: eye 0 or 1 of a face [5, 2] in [h, w, 3] RGB, the line of the eyes made level."""
    x, y = points[1] - points[0]
    side, angle = max(float(np.hypot(x, y)), 1.0) * _WIDE, float(np.arctan2(y, x))
    return square(pixels, points[eye], side, angle, CROP)
