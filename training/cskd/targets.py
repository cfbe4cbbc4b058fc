"""What a student is aligned to: any encoder of pictures that gives one embedding."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.models.device import Network
from engine.models.preprocess import Preprocess
from engine.models.vision import VISION
from training.cskd.views import Views
from training.data import row_cache


class Target(Protocol):
    """An encoder of pictures."""

    name: str
    """Names it, its weights included."""
    dimensions: int
    callers: int
    """Calls of `embed` that are worth running side by side."""

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.generic]:
        """[h, w, 3] RGB to what `embed` takes: what another thread can do meanwhile."""

    def embed(self, prepared: NDArray[np.generic]) -> NDArray[np.float32]:
        """[D], un-normalised."""


class Tower:
    """vision.onnx of a tower: the contrastive embedding."""

    def __init__(self, file: Path, threads: int | None = None) -> None:
        """Raises FileNotFoundError, or PackError if the file is no vision.onnx."""
        model = file.read_bytes()
        self.name = f"tower {hashlib.sha256(model).hexdigest()}"
        self._network = Network(str(file), model, asked="cpu", threads=threads)
        # Left to itself, one call takes half the cores.
        self.callers = 2 if threads is None else 1
        self._preprocess = Preprocess(size=self._network.shapes["pixels"][1])
        self.dimensions = len(self.embed(self.prepare(np.zeros((8, 8, 3), np.uint8))))

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.generic]:
        return np.ascontiguousarray(self._preprocess.resize(pixels))[None]

    def embed(self, prepared: NDArray[np.generic]) -> NDArray[np.float32]:
        # Outputs are named in the file's order: tokens, embedding, picture.
        return np.asarray(self._network.run({"pixels": prepared})[1][0], np.float32)


class Encoder:
    """An image encoder of open_clip, with its own preprocessing."""

    def __init__(self, architecture: str, weights: str | None) -> None:
        """`weights`: a tag of open_clip's registry or a file; None for a random network, which teaches nothing."""
        from training.vila.openclip import make_torchvision_importable

        make_torchvision_importable()
        import open_clip

        model, _, self._transform = open_clip.create_model_and_transforms(architecture, pretrained=weights)
        self._model = model.eval()
        self.name = f"open_clip {architecture} {weights}"
        self.callers = 1
        self.dimensions = len(self.embed(self.prepare(np.zeros((8, 8, 3), np.uint8))))

    def prepare(self, pixels: NDArray[np.uint8]) -> NDArray[np.generic]:
        from PIL import Image

        prepared: NDArray[np.generic] = self._transform(Image.fromarray(pixels)).numpy()[None]
        return prepared

    def embed(self, prepared: NDArray[np.generic]) -> NDArray[np.float32]:
        import torch

        with torch.no_grad():
            found: NDArray[np.float32] = self._model.encode_image(torch.from_numpy(prepared))[0].float().numpy()
        return found


def load(name: str, threads: int | None = None) -> Target:
    """The target of this name: a folder with vision.onnx, such a file, or "open_clip:ARCHITECTURE[:WEIGHTS]".

    Raises FileNotFoundError with the path that is missing, PackError if the file is no vision.onnx.
    """
    kind, _, rest = name.partition(":")
    if kind == "open_clip":
        architecture, _, weights = rest.partition(":")
        return Encoder(architecture, weights or None)
    path = Path(name)
    file = path / VISION if path.is_dir() else path
    if not file.is_file():
        raise FileNotFoundError(f"{file}: no tower is there. Name the folder that `python -m training vila` wrote.")
    return Tower(file, threads)


def embeddings(folder: Path, target: Target, views: Views, limit: float = 1e9) -> NDArray[np.float16]:
    """[views, D] un-normalised embeddings of all views, from `folder` or computed now; `limit` in bytes.

    Raises CacheTooLarge before anything is computed.
    """
    rows = views.rows
    order = row_cache.Order(target.name, target.dimensions, limit, target.callers)
    keys = [view.key for view in rows]
    return row_cache.rows(folder, order, keys, lambda row: target.prepare(rows[row].pixels()), target.embed)


def shuffled(values: NDArray[np.float16], per: int, seed: int) -> NDArray[np.float16]:
    """The same embeddings handed to other photos: the control that shows whether it matters what they are of.

    `per` views of a photo stay together; none keeps its own.
    """
    order = np.random.default_rng(seed).permutation(len(values) // per)
    moved = np.empty_like(values).reshape(-1, per, values.shape[1])
    moved[order] = values.reshape(moved.shape)[np.roll(order, 1)]
    return moved.reshape(values.shape)


def unit(values: NDArray[np.floating], rows: Sequence[int] | slice = slice(None)) -> NDArray[np.float32]:
    """Rows of length 1, single precision."""
    taken = np.asarray(values[rows], np.float32)
    return np.asarray(taken / np.maximum(np.linalg.norm(taken, axis=1, keepdims=True), 1e-12), np.float32)
