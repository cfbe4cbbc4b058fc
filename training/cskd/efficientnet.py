"""EfficientNet-Lite (arXiv 1905.11946, without squeeze and excitation, ReLU6) as timm has it, batch norm folded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from training.cskd.backbones import Backbone, parted
from training.vila.openclip import make_torchvision_importable

_FOLDED = (("conv_dw", "bn1"), ("conv_pw", "bn2")), (("conv_pw", "bn1"), ("conv_dw", "bn2"), ("conv_pwl", "bn3"))
"""Convolutions and what normalises them, in a block without expansion and in one with it."""
_LATE_STAGES = 2
"""Behind the last map at a sixteenth of the size."""


def load(variant: str, weights: Path | None, split: int | None = None) -> Backbone:
    """The network `tf_efficientnet_VARIANT` as a chain: stem, blocks, last convolution.

    `weights`: a state dict of timm, or of any other port that lists its tensors in the order in which they are used;
    None for a random beginning. `split`: layers of the trunk, by default up to the last map at a sixteenth of the size.
    Raises FileNotFoundError, or ValueError if the file holds another network or `split` is none of its layers.
    """
    make_torchvision_importable()
    import timm

    network: Any = timm.create_model(f"tf_efficientnet_{variant}", pretrained=False, num_classes=0)
    if weights is not None:
        _load(network, weights)
    network.eval()
    blocks = [block for stage in network.blocks for block in stage]
    for block in blocks:
        for conv, norm in _FOLDED[hasattr(block, "conv_pwl")]:
            folded = _folded(getattr(block, conv), getattr(block, norm))
            setattr(block, conv, folded[0])
            setattr(block, norm, folded[1])
    chain = nn.Sequential(_folded(network.conv_stem, network.bn1), *blocks, _folded(network.conv_head, network.bn2))
    early = 1 + sum(len(stage) for stage in network.blocks[:-_LATE_STAGES])
    return parted(chain, int(network.num_features), early if split is None else split)


def _folded(conv: nn.Conv2d, norm: Any) -> nn.Sequential:
    """(convolution with a bias, activation): a batch of one camera's frames must not move the norm of others."""
    return nn.Sequential(fuse_conv_bn_eval(conv, norm), norm.act)


def _load(network: nn.Module, file: Path) -> None:
    if not file.is_file():
        raise FileNotFoundError(f"{file}: the weights to begin with are not there. Name the file that has them.")
    stored = [(name, value) for name, value in torch.load(file, weights_only=True).items() if _counts(name)]
    own = [(name, value) for name, value in network.state_dict().items() if _counts(name)]
    fits = len(stored) >= len(own) and all(
        theirs.shape == mine.shape for (_, theirs), (_, mine) in zip(stored, own, strict=False)
    )
    if not fits:
        raise ValueError(f"{file}: holds another network, of {len(stored)} tensors where {len(own)} are needed.")
    network.load_state_dict({name: value for (name, _), (_, value) in zip(own, stored, strict=False)}, strict=False)


def _counts(name: str) -> bool:
    return not name.endswith("num_batches_tracked")
