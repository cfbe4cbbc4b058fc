"""Networks to learn with, by name, all of one form: pixels in -1..1 to a last map, parted where late layers begin.

"mobilenet_v2" is this project's own, and can begin with the student of a pack. "efficientnet:lite0" and its larger
sisters are timm's, parted and with batch norm folded. "timm:NAME" and "open_clip:NAME" or "open_clip:NAME:TAG" are any
encoder of those libraries (`pip install 'chinagraph[clip]'`), with their published weights where a tag or weights are
asked for.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from engine.models.pack import MANIFEST, Pack
from training.cskd.mobilenet import FEATURES, MobileNetV2, load_imagenet
from training.vila.openclip import make_torchvision_importable

PRETRAINED = "pretrained"
"""As `weights`: those that the library publishes for the network."""


@dataclass(frozen=True, slots=True, eq=False)
class Backbone:
    """`late(trunk(x))` is the last map [B, features, h, w] of pixels x [B, 3, S, S] in -1..1."""

    trunk: nn.Module
    late: nn.Module
    """What a student with two heads has twice, so that judging does not make it forget what it sees."""
    features: int
    judging: nn.Module | None = None
    """Late layers that judge already, of a network that learned to before; else judging begins as `late` does."""
    head: nn.Linear | None = None
    """What that network reads people's scores off with: the pooled map of `judging`, beside that of `late` if it has
    room for both."""


def load(name: str, weights: str | None = None, data: Path = Path(), split: int | None = None) -> Backbone:
    """A network by name. `weights`: a file below `data`, PRETRAINED, or None for a random beginning. For
    "mobilenet_v2" also the folder of a pack, whose student goes on learning, its judgement included.

    `split`: how many layers the trunk has; by default as many as the network's builder finds good. Raises ValueError
    for a name that is not known or a network that cannot be parted, FileNotFoundError without the weights' file.
    """
    kind, _, rest = name.partition(":")
    if kind not in BUILDERS:
        raise ValueError(f"{name}: no known network. There are {', '.join(sorted(BUILDERS))}.")
    return BUILDERS[kind](rest, weights, data, split)


def pack_named(weights: str | None, data: Path) -> str | None:
    """Name and version of the pack that `weights` names; None for other weights. Raises PackError."""
    if not weights or not (data / weights / MANIFEST).is_file():
        return None
    pack = Pack.open(data / weights)
    return f"{pack.name} {pack.version}"


def _mobilenet(_: str, weights: str | None, data: Path, split: int | None) -> Backbone:
    network = MobileNetV2()
    if weights:
        file = data / weights
        if (file / MANIFEST).is_file():
            return _of_pack(file, split)
        if not file.is_file():
            raise FileNotFoundError(f"{file}: the weights to begin with are not there. Name the folder that has them.")
        load_imagenet(network, file)
    return parted(network.layers, FEATURES, _MOBILENET_TRUNK if split is None else split)


def _of_pack(pack: Path, split: int | None) -> Backbone:
    """The judging network of a pack's student. Raises PackError, or ValueError if the file holds another network."""
    from training.vila import judges

    judge = judges.student(pack)
    whole = judge.backbone
    if isinstance(whole, MobileNetV2):
        found = parted(whole.layers, FEATURES, _MOBILENET_TRUNK if split is None else split)
        return replace(found, judging=copy.deepcopy(found.late), head=judge.people)
    assert isinstance(whole, judges.BothHalves)
    return Backbone(whole.trunk, whole.seeing, FEATURES, whole.judging, judge.people)


def _efficientnet(variant: str, weights: str | None, data: Path, split: int | None) -> Backbone:
    from training.cskd import efficientnet

    return efficientnet.load(variant, data / weights if weights else None, split)


def parted(layers: nn.Sequential, features: int, split: int) -> Backbone:
    """A chain of layers, the first `split` of them the trunk. Raises ValueError if there are not so many."""
    if not 0 <= split <= len(layers):
        raise ValueError(f"A network of {len(layers)} layers cannot be parted after {split}.")
    return Backbone(layers[:split], layers[split:], features)


_MOBILENET_TRUNK = 14
"""Layers up to the last map of 96 channels, at a sixteenth of the size."""


class Ranged(nn.Module):
    """Pixels in -1..1 to what a network was trained on: its mean and deviation of 0..1."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: tuple[float, ...], std: tuple[float, ...]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        return ((x + 1) / 2 - self.mean) / self.std


class Mapped(nn.Module):
    """A network of timm as one that gives a map, whether it has maps, maps with channels last, or tokens."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network
        self.last = getattr(network, "output_fmt", "NCHW") == "NHWC"
        self.prefix = int(getattr(network, "num_prefix_tokens", 0))
        self.reduction = int(network.feature_info[-1]["reduction"])

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.network.forward_features(x)
        if found.ndim == 3:
            places = found[:, self.prefix :].transpose(1, 2)
            # By the picture, not by the root of their number: that has to be known while a student is written.
            height, width = (-(-side // self.reduction) for side in x.shape[2:])
            return places.reshape(*places.shape[:2], height, width)
        return found.permute(0, 3, 1, 2) if self.last else found


class Pooled(nn.Module):
    """An image encoder of open_clip, whose embedding is taken as a map of one place."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, x: Tensor) -> Tensor:
        found = self.encoder(x)
        embedding: Tensor = found[0] if isinstance(found, tuple) else found
        return embedding[:, :, None, None]


def _timm(name: str, weights: str | None, data: Path, split: int | None) -> Backbone:
    make_torchvision_importable()
    import timm

    _whole_only(f"timm:{name}", split)
    file = data / weights if weights and weights != PRETRAINED else None
    network: Any = timm.create_model(
        name, pretrained=weights == PRETRAINED, num_classes=0, checkpoint_path=str(file) if file else ""
    )
    asked = getattr(network, "pretrained_cfg", {})
    ranged = Ranged(tuple(asked.get("mean", (0.5,) * 3)), tuple(asked.get("std", (0.5,) * 3)))
    return Backbone(nn.Sequential(ranged, Mapped(network)), nn.Identity(), int(network.num_features))


def _open_clip(name: str, weights: str | None, data: Path, split: int | None) -> Backbone:
    make_torchvision_importable()
    import open_clip

    architecture, _, tag = name.partition(":")
    _whole_only(f"open_clip:{name}", split)
    file = str(data / weights) if weights and weights != PRETRAINED else None
    encoder = open_clip.create_model(architecture, pretrained=file or tag or None).visual
    size = encoder.image_size
    side = size[0] if isinstance(size, tuple) else size
    with torch.no_grad():
        width = Pooled(encoder.eval())(torch.zeros(1, 3, side, side)).shape[1]
    ranged = Ranged(tuple(encoder.image_mean), tuple(encoder.image_std))
    return Backbone(nn.Sequential(ranged, Pooled(encoder)), nn.Identity(), width)


def _whole_only(name: str, split: int | None) -> None:
    if split:
        raise ValueError(f"{name}: networks of this library are not parted. Leave `split` away.")


BUILDERS: dict[str, Callable[[str, str | None, Path, int | None], Backbone]] = {
    "mobilenet_v2": _mobilenet,
    "efficientnet": _efficientnet,
    "timm": _timm,
    "open_clip": _open_clip,
}
"""By the first part of a name: (the rest of it, weights, folder of the data, split) to a network."""
