"""The student: the only network that every photo must pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackError
from engine.models.device import Device, Network
from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from engine.types import EMBEDDING_SIZE, ModelId, Verdict

_INPUT = "pixels"


class Student:
    """student.onnx of a pack: pixels to a distribution over the ten scores, an embedding in its space, and a map.

    The map says where it looked; a pack whose student has two outputs has none.
    """

    def __init__(self, network: Network, preprocess: Preprocess, model_id: ModelId) -> None:
        self._network = network
        self.preprocess = preprocess
        self.model_id = model_id

    @classmethod
    def load(cls, pack: Pack, device: str = "auto") -> Student:
        """Check student.onnx against its hash and bring it onto a device ("auto", "cpu", "cuda", "directml").

        Raises PackMissing, PackAltered, or PackError if it cannot be run or gives something else than a student does.
        """
        size = pack.preprocess.size
        trial = {_INPUT: np.zeros((1, 3, size, size), np.float32)}
        student = cls(
            Network(str(pack.folder / STUDENT), pack.read(STUDENT), trial, device), pack.preprocess, pack.model_id
        )
        student.score(trial[_INPUT])
        return student

    @property
    def device(self) -> Device:
        """What it runs on at present."""
        return self._network.device

    def score(self, inputs: NDArray[np.float32]) -> list[Verdict]:
        """A batch of `preprocess.apply` results, [N, 3, size, size], to N verdicts. Raises PackError."""
        distributions, embeddings, *maps = self._network.run({_INPUT: inputs})
        expected = ((len(inputs), 10), (len(inputs), EMBEDDING_SIZE))
        if (distributions.shape, embeddings.shape) != expected:
            raise PackError(
                f"{STUDENT} of {self.model_id.name} gives {distributions.shape} and {embeddings.shape} "
                f"where {expected[0]} and {expected[1]} are expected. Install the pack again."
            )
        if not (np.isfinite(distributions).all() and np.isfinite(embeddings).all()):
            raise PackError(f"{STUDENT} of {self.model_id.name} gives numbers that are none. Run: chinagraph doctor")
        looked = maps[0] if maps else [None] * len(inputs)
        return [
            Verdict(distribution, embedding.astype(np.float16), self.model_id.space, attention)
            for distribution, embedding, attention in zip(distributions, embeddings, looked, strict=True)
        ]
