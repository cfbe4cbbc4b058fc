"""Trained modules to a model pack: ONNX at opset 17, compared with torch, hashed."""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine.models.device import Network
from engine.models.pack import MANIFEST, Pack, manifest
from engine.models.preprocess import Preprocess

OPSET = 17
OUTPUTS = ("distribution", "embedding", "attention")
"""Of student.onnx: [batch, 10], [batch, 512] and [batch, rows, columns]."""
TOLERANCE = 1e-4
"""Largest difference of any output between ONNX and torch."""


def export_student(exported: nn.Module, size: int) -> bytes:
    """student.onnx: `pixels` [batch, 3, size, size] to OUTPUTS, the embedding of 512, the map of size / 32 a side."""
    return to_onnx(exported, torch.zeros(2, 3, size, size), "pixels", OUTPUTS)


def to_onnx(exported: nn.Module, example: Tensor, name: str, outputs: Sequence[str], batched: bool = True) -> bytes:
    """A network as a file, at OPSET: its input `name`, like `example`, to `outputs`.

    `batched`: the first dimension of all of them may be any number.
    """
    axes = {of: {0: "batch"} for of in (name, *outputs)} if batched else {}
    return several_to_onnx(exported, {name: example}, outputs, axes)


def several_to_onnx(
    exported: nn.Module, examples: Mapping[str, Tensor], outputs: Sequence[str], axes: Mapping[str, Mapping[int, str]]
) -> bytes:
    """A network of several inputs as a file, at OPSET; `axes` names the dimensions that may be any number."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        file = Path(folder) / "network.onnx"
        # The exporter through TorchScript is deprecated, but the other one starts at opset 18, which older DirectML
        # does not load.
        warnings.simplefilter("ignore", DeprecationWarning)
        # It leaves the pads of stride 2 unfolded; ONNX Runtime folds them when it loads the file.
        warnings.filterwarnings("ignore", message="Constant folding", category=UserWarning)
        # A transformer of timm checks its input's size, which is fixed here; each file is compared with torch later on.
        warnings.filterwarnings("ignore", message="Converting a tensor to a Python")
        torch.onnx.export(
            exported.eval(),
            tuple(examples.values()),
            file,
            input_names=list(examples),
            output_names=list(outputs),
            dynamic_axes={name: dict(dimensions) for name, dimensions in axes.items()},
            opset_version=OPSET,
            dynamo=False,
        )
        return file.read_bytes()


@torch.no_grad()
def difference(exported: nn.Module, model: bytes, inputs: Tensor, name: str = "pixels") -> float:
    """Largest absolute difference of any output between `exported` and its ONNX form on `inputs`, on the CPU.

    `name` is that of the input.
    """
    expected = exported.eval()(inputs)
    values = inputs.numpy()
    got = Network("network.onnx", model, {name: values[:1]}, "cpu").run({name: values})
    several = expected if isinstance(expected, tuple) else (expected,)
    return max(float(np.abs(e.numpy() - g).max()) for e, g in zip(several, got, strict=True))


def principal_components(features: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """(components [count, D], centre [D]) of `features` [N, D]: the directions of largest variance, unscaled."""
    centre = features.double().mean(0)
    centred = features.double() - centre
    _, vectors = torch.linalg.eigh(centred.T @ centred)
    return vectors.flip(1)[:, :count].T.float().contiguous(), centre.float()


def needed(path: Path, recipe: str) -> bytes:
    """A file that a recipe wrote. Raises FileNotFoundError, naming it and the recipe."""
    try:
        return path.read_bytes()
    except FileNotFoundError as cause:
        raise FileNotFoundError(
            f"{path}: not there. Name the folder that `python -m training {recipe}` wrote, or run it."
        ) from cause


def write(
    folder: Path,
    name: str,
    version: str,
    space: str,
    files: Mapping[str, bytes],
    preprocess: Preprocess,
    provenance: Mapping[str, object],
    further: Mapping[str, object] | None = None,
) -> Pack:
    """Write a pack and read it back. pack.json comes last, so that a half-written pack is not a pack.

    `further` keys of pack.json are for what not every pack has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file, data in files.items():
        _replace(folder / file, data)
    _replace(
        folder / MANIFEST,
        manifest(
            dict(further or {})
            | {
                "name": name,
                "version": version,
                "space": space,
                "files": {file: hashlib.sha256(data).hexdigest() for file, data in files.items()},
                "preprocess": preprocess.to_json(),
                "provenance": provenance,
            }
        ),
    )
    pack = Pack.open(folder)
    pack.verify()
    return pack


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
