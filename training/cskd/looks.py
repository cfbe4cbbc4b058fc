"""The half of the starter tower's embedding that no word reaches, in a student as the tower itself has it.

It says how a picture looks to ImageNet's network (training.vila.halves). A student that learns it from examples tells
the frames of one series from others less well.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.models.vision import VISION
from training.cskd.backbones import Backbone
from training.vila import export
from training.vila.halves import SIZE, WEIGHT

_CENTRE = "halves.centre"


class Looks(nn.Module):
    """Pixels [B, 3, S, S] in -1..1 and a student's embedding [B, D] to [B, D]: its first W numbers, which words reach,
    and behind them how the picture looks, as long relative to them as in the tower.
    """

    centre: Tensor
    components: Tensor

    def __init__(self, network: nn.Module, centre: Tensor, components: Tensor) -> None:
        """`network`: pixels to a map [B, F, h, w]; `centre` [F] and `components` [D - W, F] of its pooled features."""
        super().__init__()
        self.network = network
        self.register_buffer("centre", centre)
        self.register_buffer("components", components)

    def forward(self, x: Tensor, embedding: Tensor) -> Tensor:
        words = functional.normalize(embedding[:, : embedding.shape[1] - len(self.components)], dim=1)
        features = self.network(functional.interpolate(x, (SIZE, SIZE), mode="bilinear")).mean((2, 3))
        looks = functional.normalize((features - self.centre) @ self.components.T, dim=1)
        return torch.cat([words, WEIGHT * looks], 1)


def of(tower: Path, backbone: Backbone) -> Looks:
    """What the tower in the folder `tower` takes of the features of `backbone`'s network.

    Raises FileNotFoundError, or ValueError for a tower whose embedding has no such half.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string((tower / VISION).read_bytes()).graph
    kept = {one.name.removesuffix(export.HALF): numpy_helper.to_array(one).copy() for one in graph.initializer}
    centred = [node.output[0] for node in graph.node if node.op_type == "Sub" and _CENTRE in node.input]
    turned = [node.input[1] for node in graph.node if node.op_type == "MatMul" and node.input[0] in centred]
    if _CENTRE not in kept or not turned:
        raise ValueError(f"{tower / VISION}: its embedding has no half for looks. Leave `looks` out of the recipe.")
    centre, components = (
        torch.from_numpy(kept[name]).float() for name in (_CENTRE, turned[0].removesuffix(export.HALF))
    )
    network = nn.Sequential(backbone.trunk, backbone.late).eval().requires_grad_(False)
    return Looks(network, centre, components.T.contiguous())
