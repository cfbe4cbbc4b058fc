"""The starter tower's eyes: frozen networks, their maps brought to principal components, and plain measures of places.

Three networks look at 384 x 384 pixels: ImageNet's for what is there, and two that learned to judge. A token stands for
one of 12 x 12 places and holds what all of them say of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.cskd.mobilenet import FEATURES, MobileNetV2
from training.vila.tune import Judge

SIZE = 384
"""Width and height of the input, pixels."""
SMALLER = 320
"""At which the judges look once more."""
SIDE = SIZE // 32
"""Places a side."""
COMPONENTS = 192
"""Kept of each network's last map."""
_EARLY = 4
"""Layers of MobileNetV2 up to a map of 24 channels, at a quarter of the size."""
_MEASURED = 9 + 2 * 24
_LUMA = (0.2126, 0.7152, 0.0722)
_EVEN = 1e-3
"""Added to a deviation before its logarithm."""


class Components(nn.Module):
    """[B, N, D] to its `kept` principal components, of unit variance on the whole."""

    mean: Tensor
    matrix: Tensor

    def __init__(self, dimensions: int, kept: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(dimensions))
        self.register_buffer("matrix", torch.zeros(dimensions, kept))

    def forward(self, x: Tensor) -> Tensor:
        return (x - self.mean) @ self.matrix

    def fit(self, count: int, total: Tensor, outer: Tensor) -> None:
        """From `count` rows: their sum `total` [D] and the sum of their outer products `outer` [D, D], in doubles."""
        mean = total / count
        _, vectors = torch.linalg.eigh(outer / count - mean[:, None] * mean[None, :])
        kept = self.matrix.shape[1]
        matrix = vectors.flip(1)[:, :kept]
        variance = ((matrix.T @ (outer / count)) * matrix.T).sum(1) - (matrix.T @ mean) ** 2
        self.mean.copy_(mean)
        self.matrix.copy_(matrix / variance.mean().clamp_min(1e-12).sqrt())


class Frozen(nn.Module):
    """Pixels, uint8 [B, 384, 384, 3], to tokens [B, 144, channels]."""

    def __init__(self, content: MobileNetV2, judges: Sequence[Judge], components: int = COMPONENTS) -> None:
        super().__init__()
        self.content = content
        self.judges = nn.ModuleList(judges)
        widths = [FEATURES, *(judge.people.in_features for judge in judges)]
        self.components = nn.ModuleList(Components(width, components) for width in widths)
        self.said = nn.ModuleList(Components(10, 10) for _ in self.judges)
        self.measured = Components(_MEASURED, _MEASURED)
        self.requires_grad_(False)

    @property
    def channels(self) -> int:
        """Of a token."""
        return sum(component.matrix.shape[1] for component in self._all())

    @property
    def judged(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each judge, the channels (first, behind the last) of its map and of what it says."""
        ends = torch.tensor([0, *(component.matrix.shape[1] for component in self._all())]).cumsum(0).tolist()
        count = len(self.judges)
        return tuple(((ends[1 + i], ends[2 + i]), (ends[1 + count + i], ends[2 + count + i])) for i in range(count))

    def hide_judges(self) -> Frozen:
        """From now on the judges' channels are zero; returns itself."""
        for component in (*list(self.components)[1:], *self.said):
            assert isinstance(component, Components)
            component.matrix.zero_()
        return self

    def forward(self, pixels: Tensor) -> Tensor:
        parts = [component(raw) for component, raw in zip(self._all(), self.raw(pixels), strict=True)]
        return torch.cat(parts, 2)

    def raw(self, pixels: Tensor) -> list[Tensor]:
        """[B, 144, D] of each network, what each judge says of each place, and what is measured, all as it comes."""
        x = pixels.permute(0, 3, 1, 2).float() / 127.5 - 1
        early = self.content.layers[:_EARLY](x)
        tokens = [_tokens(self.content.layers[_EARLY:](early))]
        said = []
        for judge in self.judges:
            assert isinstance(judge, Judge)
            tokens.append(_tokens(_twice(judge.backbone, x)))
            said.append(judge.people(tokens[-1]))
        return [*tokens, *said, torch.cat([_plain(x), _spread(early)], 2)]

    @torch.no_grad()
    def fit(self, batches: Iterable[Tensor]) -> None:
        """Find the principal components of pictures, `batches` of uint8 [B, 384, 384, 3]."""
        sums: list[tuple[Tensor, Tensor]] = []
        count = 0
        for pixels in batches:
            flat = [raw.flatten(0, 1).double() for raw in self.raw(pixels)]
            count += len(flat[0])
            found = [(each.sum(0), each.T @ each) for each in flat]
            before = sums or [(torch.zeros(1), torch.zeros(1))] * len(found)
            sums = [(a + total, b + outer) for (a, b), (total, outer) in zip(before, found, strict=True)]
        for component, (total, outer) in zip(self._all(), sums, strict=True):
            component.fit(count, total, outer)

    def _all(self) -> Iterator[Components]:
        for component in (*self.components, *self.said, self.measured):
            assert isinstance(component, Components)
            yield component


def _twice(network: nn.Module, x: Tensor) -> Tensor:
    """The last map [B, C, 12, 12] of pictures seen at both sizes, averaged: half of what a size adds to a judgement is
    chance.
    """
    smaller = functional.interpolate(x, (SMALLER, SMALLER), mode="bilinear")
    large: Tensor = network(x)
    small = functional.interpolate(network(smaller), large.shape[2:], mode="bilinear")
    return (large + small) / 2


def _tokens(features: Tensor) -> Tensor:
    """[B, C, H, W] to [B, H * W, C]."""
    return features.flatten(2).transpose(1, 2)


def _spread(early: Tensor) -> Tensor:
    """Mean and logarithm of the deviation of an early map [B, C, H, W] inside each place, [B, places, 2 C]."""
    side = early.shape[2] // SIDE
    mean = functional.avg_pool2d(early, side)
    square = functional.avg_pool2d(early.square(), side)
    return _tokens(torch.cat([mean, _log_deviation(mean, square)], 1))


def _plain(x: Tensor) -> Tensor:
    """What anybody can measure of a place, [B, places, 9]: colour, contrast, fine detail, burnt out, black."""
    side = x.shape[2] // SIDE
    mean = functional.avg_pool2d(x, side)
    square = functional.avg_pool2d(x.square(), side)
    luma = _LUMA[0] * x[:, :1] + _LUMA[1] * x[:, 1:2] + _LUMA[2] * x[:, 2:]
    padded = functional.pad(luma, (1, 1, 1, 1), mode="replicate")
    around = padded[:, :, :-2, 1:-1] + padded[:, :, 2:, 1:-1] + padded[:, :, 1:-1, :-2] + padded[:, :, 1:-1, 2:]
    laplacian = around - 4 * luma
    detail = (functional.avg_pool2d(laplacian.square(), side).sqrt() + _EVEN).log()
    burnt = functional.avg_pool2d((luma > 0.96).float(), side)
    black = functional.avg_pool2d((luma < -0.96).float(), side)
    return _tokens(torch.cat([mean, _log_deviation(mean, square), detail, burnt, black], 1))


def _log_deviation(mean: Tensor, square: Tensor) -> Tensor:
    return ((square - mean.square()).clamp_min(0).sqrt() + _EVEN).log()
