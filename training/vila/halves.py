"""The starter's embedding in two halves: what words can reach, and how the picture looks.

Captions name a subject; two photos of different flowers may have the same one. A tower that learned from captions alone
puts the frames of one subject hardly nearer to each other than to those of another, and bursts, scenes and a selection
of different looks are read off the same embedding. Texts of width W span W dimensions of the space; in the others no
word can ask for anything. There stands what ImageNet's network sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from engine.models.device import Network
from engine.models.preprocess import Preprocess
from training.data import row_cache
from training.pack import principal_components, to_onnx
from training.vila.model import CoCa

SIZE = 224
"""Width and height, pixels, at which the picture's looks are taken: what ImageNet's network was trained at."""
WEIGHT = 2.0
"""Length of the second half relative to the first."""


class Halves(nn.Module):
    """Embeddings of a tower [B, D] and features of the pictures [B, F] to [B, D]: W numbers for words, D - W for looks.

    Texts order pictures by the cosine of the first halves: the second half of a text is 0, and that of a picture is
    always `WEIGHT` times as long as its first.
    """

    turn: Tensor
    components: Tensor
    centre: Tensor

    def __init__(self, content: nn.Module, dimensions: int, words: int, features: int) -> None:
        """`content`: pixels [B, 3, SIZE, SIZE] in -1..1 to a map of `features` channels; `words`: W of `dimensions`.

        Raises ValueError where words leave no dimension over.
        """
        super().__init__()
        if words >= dimensions:
            raise ValueError(f"texts of width {words} leave nothing over of {dimensions} dimensions")
        self.content = content
        self.register_buffer("turn", torch.eye(dimensions)[:words])
        self.register_buffer("components", torch.eye(features)[: dimensions - words])
        self.register_buffer("centre", torch.zeros(features))

    def look(self, pixels: Tensor) -> Tensor:
        """[B, F] of uint8 [B, S, S, 3]."""
        x = pixels.permute(0, 3, 1, 2).float() / 127.5 - 1
        seen: Tensor = self.content(functional.interpolate(x, (SIZE, SIZE), mode="bilinear"))
        return seen.mean((2, 3))

    def forward(self, embedding: Tensor, features: Tensor) -> Tensor:
        said = embedding @ self.turn.T
        looks = functional.normalize((features - self.centre) @ self.components.T, dim=1)
        return torch.cat([said, WEIGHT * said.norm(dim=1, keepdim=True) * looks], 1)

    @torch.no_grad()
    def fit(self, tower: CoCa, features: NDArray[np.floating]) -> Halves:
        """Find the dimensions of words, and the principal components of `features` [N, F]; returns itself.

        The tower's texts are turned along with them: from now on its embeddings of pictures have to pass through here.
        """
        project = tower.text.project
        assert isinstance(project, nn.Linear)
        basis, _ = torch.linalg.qr(project.weight.double())
        turned = basis.T @ project.weight.double()
        components, centre = principal_components(
            torch.from_numpy(np.asarray(features, np.float32)), len(self.components)
        )
        self.turn.copy_(basis.T)
        self.components.copy_(components)
        self.centre.copy_(centre)
        project.weight.zero_()
        project.weight[: len(turned)] = turned.float()
        return self


def looks(
    folder: Path, halves: Halves, size: int, keys: Sequence[str], pixels: Callable[[int], NDArray[np.uint8]]
) -> NDArray[np.float16]:
    """[N, F]: how pictures `pixels(i)`, named by `keys`, look once they are resized to `size`; kept in `folder`."""
    example = torch.zeros(1, size, size, 3, dtype=torch.uint8)
    model = to_onnx(_Look(halves), example, "pixels", ("features",), batched=False)
    network = Network("looks.onnx", model, {"pixels": example.numpy()}, "cpu")
    order = row_cache.Order(hashlib.sha256(model).hexdigest(), halves.centre.shape[0])
    preprocess = Preprocess(size=size)
    return row_cache.rows(
        folder,
        order,
        keys,
        lambda row: preprocess.resize(pixels(row)),
        lambda picture: network.run({"pixels": picture[None]})[0][0],
    )


class _Look(nn.Module):
    """The part of Halves that looks."""

    def __init__(self, halves: Halves) -> None:
        super().__init__()
        self.halves = halves

    def forward(self, pixels: Tensor) -> Tensor:
        return self.halves.look(pixels)
