"""The image half of a pack's tower: what the decoder looks at, and a picture's place in the tower's space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.device import Device, Network
from engine.models.embedding import Embedding
from engine.models.preprocess import Preprocess

VISION = "vision.onnx"
_INPUT = "pixels"


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the tower sees in one picture."""

    tokens: NDArray[np.float32]
    """[1, T, D]: the generative pooler's output."""
    embedding: Embedding
    """The contrastive pooler's, un-normalised."""
    picture: NDArray[np.float32]
    """[2 x layers, 1, heads, T, width]: what the decoder's layers keep of the tokens, made once for all words."""


class Vision:
    """vision.onnx of a pack."""

    def __init__(self, name: str, model: bytes, space: str, device: str = "auto") -> None:
        """`name` is the file's, for messages. Raises PackError if it cannot be run or gives something else."""
        self._name = name
        self._space = space
        # Planned ahead and kept it is no quicker (0.14 s) and holds 240 MB more.
        self._network = Network(name, model, asked=device, planned=False)
        shape = self._network.shapes.get(_INPUT, ())
        if len(shape) != 4 or shape[0] != 1 or shape[1] != shape[2] or shape[3] != 3 or not shape[1]:
            raise PackError(f"{name}: takes {shape} where [1, size, size, 3] is expected. Install the pack again.")
        self.preprocess = Preprocess(size=shape[1])
        """Pictures are stretched to a square; the network itself brings 0-255 into its range."""
        self.see(np.zeros((shape[1], shape[1], 3), np.uint8))

    @property
    def device(self) -> Device:
        """What it runs on at present."""
        return self._network.device

    def see(self, pixels: NDArray[np.uint8]) -> Seen:
        """One picture, [h, w, 3] RGB, sRGB, upright, of any size. Raises PackError."""
        found = self._network.run({_INPUT: np.ascontiguousarray(self.preprocess.resize(pixels))[None]})
        if len(found) != 3 or [part.ndim for part in found] != [3, 2, 5] or len(found[1]) != 1:
            shapes = ", ".join(str(part.shape) for part in found)
            raise PackError(f"{self._name}: gives {shapes}, which no tower does. Install the pack again.")
        if not all(np.isfinite(part).all() for part in found):
            raise PackError(f"{self._name}: gives numbers that are none. Run: chinagraph doctor")
        tokens, embedding, picture = found
        return Seen(tokens, Embedding(embedding[0], self._space), picture)
