"""The networks that the starter tower looks through, as the recipe finds or makes them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from training.cskd import backbones
from training.cskd.mobilenet import FEATURES, MobileNetV2, load_imagenet
from training.cskd.panel import Panel, seats
from training.data.biq2021 import Photos
from training.vila import export, nima, tune
from training.vila.frozen import SIZE, Frozen

IMAGENET, NIMA = "mobilenet_v2_1.0_224_imagenet.tflite", "nima_mobilenet_aesthetic.tflite"
_SAMPLE = 240
"""Pictures whose principal components are found."""
_TOGETHER = 8
_TRUNK, _JUDGING, _MEMBERS = "backbone.trunk.", "backbone.judging.", "members."


class BothHalves(nn.Module):
    """What a student with two late halves judges by: [B, 3, S, S] to the judging map beside the seeing one."""

    def __init__(self, trunk: nn.Module, judging: nn.Module | None, seeing: nn.Module) -> None:
        """`judging`: None for a student whose halves are one."""
        super().__init__()
        self.trunk, self.judging, self.seeing = trunk, judging, seeing

    def forward(self, x: Tensor) -> Tensor:
        """[B, channels of both, h, w]."""
        early: Tensor = self.trunk(x)
        seen: Tensor = self.seeing(early)
        return seen if self.judging is None else torch.cat([self.judging(early), seen], 1)


def student(pack: Path) -> tune.Judge:
    """The network of a pack's student that learned to judge, read from its file: of one piece, or with late halves. It
    takes pictures as they are, where a file may judge all of them one way round (`training.cskd.facing`).

    Raises PackError, or ValueError if the file holds another network.
    """
    weights = _weights_in(Pack.open(pack).read(STUDENT))
    judge = _halved(weights) if any(name.startswith(_TRUNK) for name in weights) else _whole()
    needed = {name for name in judge.state_dict() if not name.startswith("teacher.")}
    if missing := needed - weights.keys():
        raise ValueError(f"{pack / STUDENT}: {len(missing)} weights of a student are missing, {min(missing)} first.")
    judge.load_state_dict({name: weights[name] for name in needed}, strict=False)
    return judge


def _weights_in(model: bytes) -> dict[str, Tensor]:
    """What student.onnx weighs, in single precision, by the names that a judge has for it."""
    import onnx
    from onnx import numpy_helper

    found = {}
    for weight in onnx.load_from_string(model).graph.initializer:
        name = weight.name.removeprefix("student.").removesuffix(export.HALF)
        halved = name.partition(".")[0] in ("trunk", "judging", "seeing")
        values = numpy_helper.to_array(weight)
        if np.issubdtype(values.dtype, np.floating):
            found[f"backbone.{name}" if halved else name] = torch.from_numpy(values.astype(np.float32))
    return found


def _whole() -> tune.Judge:
    return tune.Judge(MobileNetV2(), FEATURES)


def _halved(weights: Mapping[str, Tensor]) -> tune.Judge:
    """An empty judge of the form that weights by name have: trunk, late halves, and a head on both."""
    layers = {name.removeprefix(_TRUNK).partition(".")[0] for name in weights if name.startswith(_TRUNK)}
    found = backbones.parted(MobileNetV2().layers, FEATURES, len(layers))
    both = BothHalves(found.trunk, _judging(weights, found.late), found.late)
    return tune.Judge(both, FEATURES * (1 + seats(both.judging)))


def _judging(weights: Mapping[str, Tensor], late: nn.Module) -> nn.Module | None:
    """Empty late layers that judge, as weights by name have them: none, one, or a panel."""
    names = [name.removeprefix(_JUDGING) for name in weights if name.startswith(_JUDGING)]
    if not names:
        return None
    members = {name.split(".")[1] for name in names if name.startswith(_MEMBERS)}
    return Panel(*(copy.deepcopy(late) for _ in members)) if members else copy.deepcopy(late)


def tuned(teachers: Path, learn: Photos, val: Photos, epochs: Sequence[int], work: Path, seed: int) -> tune.Judge:
    """NIMA's network, after it learned from `learn` for `epochs` at each of tune.SIZES; with none, as it is."""
    backbone = nima.MobileNetV1()
    head = nima.load_nima(backbone, teachers / NIMA)
    torch.manual_seed(seed)
    judge = tune.Judge(backbone, nima.FEATURES, head)
    recipe = [stage for stage in tune.stages(epochs, seed) if stage.schedule.epochs]
    return tune.tune(judge, learn, val, recipe, work) if recipe else judge


def frozen(
    teachers: Path,
    judges: Sequence[tune.Judge],
    count: int,
    pixels: Callable[[int], NDArray[np.uint8]],
    work: Path,
    seed: int,
) -> Frozen:
    """All networks, with the principal components of some of the `count` pictures; kept in `work`."""
    from safetensors.torch import load_file, save_file

    content = MobileNetV2()
    load_imagenet(content, teachers / IMAGENET)
    eyes = Frozen(content, judges).eval()
    kept = work / "frozen.safetensors"
    if kept.exists():
        stored = load_file(kept)
        same = all(torch.equal(stored[name], value) for name, value in _weights(eyes).items() if name in stored)
        if same and stored.keys() == eyes.state_dict().keys():
            eyes.load_state_dict(stored)
            return eyes
    preprocess = Preprocess(size=SIZE)
    rows = np.random.default_rng(seed).permutation(count)[:_SAMPLE]
    eyes.fit(
        torch.from_numpy(np.stack([preprocess.resize(pixels(int(i))) for i in rows[start : start + _TOGETHER]]))
        for start in range(0, len(rows), _TOGETHER)
    )
    work.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in eyes.state_dict().items()}, kept)
    return eyes


def _weights(eyes: nn.Module) -> dict[str, torch.Tensor]:
    """What the networks weigh, the components not counted, nor the heads for the teacher's bins: nothing looks through
    those, and a student read from a pack has none but by chance.
    """
    return {name: value for name, value in eyes.named_parameters() if ".teacher." not in name}
