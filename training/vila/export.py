"""A trained tower as the files of a pack: vision.onnx, text.onnx, decoder.onnx and adapter.safetensors.

Weights are stored in half precision and computed with in single; the torch modules are rounded likewise before the two
are compared.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor, nn

from engine.models.device import Network
from training.pack import several_to_onnx
from training.vila.halves import Halves
from training.vila.model import CoCa
from training.vila.rank import Adapter, Scale
from training.vila.text_decoder import Kept

VISION, TEXT, DECODER, ADAPTER = "vision.onnx", "text.onnx", "decoder.onnx", "adapter.safetensors"
TOLERANCE = 1e-3
"""Largest difference of any output between ONNX and torch, relative to the output's own deviation."""
HALF = "_half"
"""Behind the name of a tensor that is stored in half precision."""
_LARGE = 1024
"""Numbers from which a tensor is stored in half precision."""


class Pixels(nn.Module):
    """uint8 [B, S, S, 3] to what a vision transformer takes: 0-1, or less CLIP's `mean` and by its `std`."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: tuple[float, ...] = (0.0, 0.0, 0.0), std: tuple[float, ...] = (1.0, 1.0, 1.0)) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1))

    def forward(self, pixels: Tensor) -> Tensor:
        return (pixels.permute(0, 3, 1, 2).float() / 255 - self.mean) / self.std


class Vision(nn.Module):
    """Pixels to (generative tokens, un-normalised image embedding, what the decoder keeps of the tokens)."""

    def __init__(self, eyes: nn.Module, tower: CoCa, halves: Halves | None = None) -> None:
        """`eyes`: pixels, uint8 [1, S, S, 3], to what the tower's backbone takes."""
        super().__init__()
        self.eyes = eyes
        self.tower = tower
        self.halves = halves

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """[1, T, D], [1, D] and the picture [2 x layers, 1, heads, T, width / heads]: a layer's keys, then values."""
        tokens, embedding = self.tower.see(self.eyes(pixels))
        if self.halves is not None:
            embedding = self.halves(embedding, self.halves.look(pixels))
        return tokens, embedding, stacked(self.tower.text.look(tokens))


class Text(nn.Module):
    """Words to the un-normalised text embedding."""

    def __init__(self, tower: CoCa) -> None:
        super().__init__()
        self.text = tower.text

    def forward(self, ids: Tensor, length: Tensor) -> Tensor:
        """[1, D] of `ids` [1, L], `length` [1] of them words."""
        return self.text.read(ids, length)[1]


class Decoder(nn.Module):
    """One more word: what the layers kept goes in and out, and the picture goes in as Vision gave it."""

    leaning: Tensor

    def __init__(self, tower: CoCa, leaning: Tensor) -> None:
        """`leaning` [words] is added to the logits."""
        super().__init__()
        self.text = tower.text
        self.register_buffer("leaning", leaning)

    def forward(self, ids: Tensor, position: Tensor, picture: Tensor, past: Tensor) -> tuple[Tensor, Tensor]:
        """(logits [B, words], present) of `ids` [B, 1] at `position` [1], `past` [2 x layers, B, heads, P, width]."""
        batch = ids.shape[0]
        shown = [(keys.expand(batch, -1, -1, -1), values.expand(batch, -1, -1, -1)) for keys, values in apart(picture)]
        logits, kept = self.text.step(ids, position, shown, apart(past))
        return logits + self.leaning, stacked(kept)


def stacked(kept: list[Kept]) -> Tensor:
    """[2 x layers, B, heads, N, width]."""
    return torch.stack([each for pair in kept for each in pair])


def apart(stack: Tensor) -> list[Kept]:
    """The pairs of keys and values in a stack."""
    return [(stack[i], stack[i + 1]) for i in range(0, stack.shape[0], 2)]


def networks(
    eyes: nn.Module, tower: CoCa, size: int, leaning: Tensor | None = None, halves: Halves | None = None
) -> dict[str, bytes]:
    """vision.onnx, text.onnx and decoder.onnx; rounds the weights of `eyes`, `tower` and `halves` as the files do.

    `leaning` [words] is added to the decoder's logits: how much readier than the tower itself it is to write a word.
    `halves` makes the pictures' embeddings of the tower's.
    Raises ValueError if a file gives something else than its module, naming it.
    """
    vision = Vision(eyes, tower, halves).eval()
    _round(vision)
    found = {}
    with torch.no_grad():
        for name, (module, examples, outputs, axes) in _graphs(vision, size, leaning).items():
            found[name] = halved(several_to_onnx(module, examples, outputs, axes))
            off = difference(module, found[name], examples)
            if off > TOLERANCE:
                raise ValueError(f"{name}: ONNX and torch differ by {off:.1e}, more than {TOLERANCE:.0e}.")
    return found


_Graph = tuple[nn.Module, dict[str, Tensor], tuple[str, ...], dict[str, dict[int, str]]]


def _graphs(vision: Vision, size: int, leaning: Tensor | None) -> dict[str, _Graph]:
    tower = vision.tower
    text = tower.config.text
    random = torch.Generator().manual_seed(0)
    pixels = torch.randint(0, 256, (1, size, size, 3), dtype=torch.uint8, generator=random)
    words = torch.randint(0, text.words, (2, text.length), generator=random)
    past = torch.randn(
        2 * (text.unimodal + text.multimodal), 2, text.heads, 3, text.width // text.heads, generator=random
    )
    leaning = torch.zeros(text.words) if leaning is None else leaning
    examples = {"ids": words[:, :1], "position": torch.tensor([3]), "picture": vision(pixels)[2], "past": past}
    axes = {
        "ids": {0: "batch"},
        "past": {1: "batch", 3: "before"},
        "logits": {0: "batch"},
        "present": {1: "batch", 3: "now"},
    }
    return {
        VISION: (vision, {"pixels": pixels}, ("tokens", "embedding", "picture"), {}),
        TEXT: (Text(tower), {"ids": words[:1], "length": torch.tensor([7])}, ("embedding",), {}),
        DECODER: (
            Decoder(tower, torch.zeros(text.words) if leaning is None else leaning),
            examples,
            ("logits", "present"),
            axes,
        ),
    }


def adapter(trained: Adapter, scale: Scale, length: float | None = None) -> bytes:
    """adapter.safetensors: weight [D, D], bias [D], anchor [D], points [K] and scores [K] of the map to 1-10.

    `length` [1], where there is one: what embeddings that are kept at length 1 are brought to before.
    """
    further = {} if length is None else {"length": torch.tensor([length])}
    return save(
        further
        | {
            "weight": trained.residual.weight.detach().float().contiguous(),
            "bias": trained.residual.bias.detach().float().contiguous(),
            "anchor": trained.anchor.contiguous(),
            "points": torch.from_numpy(scale.cosines),
            "scores": torch.from_numpy(scale.scores),
        }
    )


@torch.no_grad()
def difference(module: nn.Module, model: bytes, examples: Mapping[str, Tensor]) -> float:
    """Largest difference of any output between `module` and its ONNX form, in deviations of that output."""
    expected = module(*examples.values())
    inputs = {name: value.numpy() for name, value in examples.items()}
    got = Network("network.onnx", model, inputs, "cpu").run(inputs)
    several = expected if isinstance(expected, tuple) else (expected,)
    return max(float(np.abs(e.numpy() - g).max()) / max(float(e.std()), 1.0) for e, g in zip(several, got, strict=True))


def halved(model: bytes) -> bytes:
    """The same network with its large weights stored in half precision, and brought to single when it is loaded."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    network = onnx.load_from_string(model)
    graph = network.graph
    casts = []
    for weight in graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < _LARGE:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), f"{name}{HALF}"))
        casts.append(helper.make_node("Cast", [f"{name}{HALF}"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return bytes(network.SerializeToString())


@torch.no_grad()
def _round(module: nn.Module) -> None:
    for values in (*module.parameters(), *module.buffers()):
        if values.is_floating_point() and values.numel() >= _LARGE:
            values.copy_(values.half().float())
