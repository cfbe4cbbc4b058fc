"""A tiny data set, a tiny tower that embeds, and recipes that run in seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from tests.training import biq
from training.cskd import backbones, config
from training.cskd.align import Alignment
from training.cskd.lessons import Portions
from training.cskd.skd import Stage
from training.data import labelled
from training.data.labelled import Labelled
from training.pack import to_onnx
from training.vila import export, rank

SIZE = 64
PORTIONS = Portions(series=2, per_series=3, singles=10, degraded=4, copies=3)
STAGE = Stage(32, 1, rate=1e-3, head_rate=3e-3, warm_up=2, free=0.5, portions=PORTIONS, bfloat16=False, average=0.5)
ALIGN = Alignment(1, 32, 16, 1e-3, 3e-3, warm_up=2, bfloat16=False, average=0.5)


class Eyes(nn.Module):
    """What a tower's vision.onnx is to a recipe: pixels to (tokens, embedding, picture)."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(7)
        self.conv = nn.Conv2d(3, 24, 9, 8)
        self.out = nn.Linear(48, 512)

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.conv(pixels.permute(0, 3, 1, 2).float() / 127.5 - 1)
        flat = x.flatten(2)
        embedding = self.out(torch.cat([flat.mean(2), (flat**2).mean(2)], 1))
        return flat.transpose(1, 2), 3 * embedding, flat[None, :, :1]


def tiny(_: str, weights: str | None, data: Path, split: int | None) -> backbones.Backbone:
    """A network of four layers, two of them late, to a map of 16 channels."""
    assert weights is None
    channels = (3, 8, 12, 16, 16)
    layers = nn.Sequential(
        *(
            nn.Sequential(nn.Conv2d(a, b, 3, 2, 1), nn.Hardswish())
            for a, b in zip(channels[:-1], channels[1:], strict=True)
        )
    )
    return backbones.parted(layers, channels[-1], 2 if split is None else split)


def tower(folder: Path) -> Path:
    """A folder with vision.onnx and adapter.safetensors."""
    folder.mkdir(parents=True, exist_ok=True)
    example = torch.zeros(1, SIZE, SIZE, 3, dtype=torch.uint8)
    model = to_onnx(Eyes(), example, "pixels", ("tokens", "embedding", "picture"), batched=False)
    (folder / "vision.onnx").write_bytes(model)
    random = torch.Generator().manual_seed(3)
    adapter = rank.Adapter(torch.randn(512, generator=random))
    scale = rank.Scale(np.linspace(-0.2, 0.2, 8, dtype=np.float32), np.linspace(2, 9, 8, dtype=np.float32))
    (folder / export.ADAPTER).write_bytes(export.adapter(adapter, scale))
    return folder


def photos(folder: Path) -> Labelled:
    """The tiny BIQ2021, written to `folder`."""
    return labelled.load("biq2021", biq.write(folder))


def recipe(**changes: object) -> config.Config:
    """A recipe over the tiny BIQ2021 that lies below the data as "biq2021"."""
    values: dict[str, object] = {
        "student": config.Network("tiny"),
        "labelled": (config.Source("biq2021", "biq2021"),),
        "stages": (STAGE,),
        "align": ALIGN,
        "held": 0.2,
        "twins": 1.0,
        "cache_gigabytes": 0.1,
    }
    return config.Config(**(values | changes))  # type: ignore[arg-type]


def noise(seed: int, side: int = 48) -> np.ndarray:
    """[side, side, 3], any colours."""
    return np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
