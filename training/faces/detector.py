"""The detector: a small depthwise-separable network with heads at strides 8, 16 and 32, trained from nothing.

Blocks are depthwise separable with a shortcut (MobileNet, arXiv 1704.04861); deeper maps are added to shallower ones
(feature pyramids, arXiv 1612.03144); every cell of the three maps says whether a face has its centre near, where its
box is and where its five points are, without anchors (FCOS, arXiv 1904.01355).
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDES: Final = (8, 16, 32)
_WIDTHS = (32, 64, 128, 192)
_NECK = 64
_BOX, _POINTS = 4, 10
_RARE = -4.6
"""Bias of the scores at the start: a face in one of a hundred cells."""
_USUAL = (-2, -2.5, 2, 2.5, -0.9, -0.7, 0.9, -0.7, 0, 0.3, -0.7, 1.2, 0.7, 1.2)
"""Bias of the places at the start: a face from the front, four strides wide. Boxes without any area learn nothing."""


class Separable(nn.Module):
    """Depthwise convolution, then pointwise, each with batch norm; with a shortcut where shapes allow."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(inputs, inputs, kernel, stride, kernel // 2, groups=inputs, bias=False),
            nn.BatchNorm2d(inputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(inputs, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.layers(x)
        return functional.relu(x + y if self.shortcut else y)


class Detector(nn.Module):
    """[B, 3, H, W] (RGB, -1 to 1; H and W multiples of 32) to what the cells of all strides say, [B, cells, 15].

    Of a cell: the logit of a face, then left, top, right, bottom of its box and the x, y of its points, in strides from
    the cell's centre. Cells stand row by row, stride 8 first.
    """

    def __init__(self) -> None:
        super().__init__()
        quarter, eighth, sixteenth, last = _WIDTHS
        self.stem = nn.Sequential(
            nn.Conv2d(3, quarter, 8, 4, 2, bias=False),
            nn.BatchNorm2d(quarter),
            nn.ReLU(inplace=True),
            Separable(quarter, quarter),
        )
        self.eighth = nn.Sequential(Separable(quarter, eighth, 2), *(Separable(eighth, eighth) for _ in range(3)))
        self.sixteenth = nn.Sequential(
            Separable(eighth, sixteenth, 2), *(Separable(sixteenth, sixteenth) for _ in range(4))
        )
        self.last = nn.Sequential(Separable(sixteenth, last, 2), *(Separable(last, last, kernel=5) for _ in range(3)))
        self.lateral = nn.ModuleList(nn.Conv2d(width, _NECK, 1) for width in (eighth, sixteenth, last))
        self.smooth = nn.ModuleList(Separable(_NECK, _NECK) for _ in STRIDES)
        self.heads = nn.ModuleList(
            nn.Sequential(Separable(_NECK, _NECK), nn.Conv2d(_NECK, 1 + _BOX + _POINTS, 1)) for _ in STRIDES
        )
        for head in self.heads:
            assert isinstance(head, nn.Sequential)
            output = head[-1]
            assert isinstance(output, nn.Conv2d)
            assert output.bias is not None
            nn.init.normal_(output.weight, std=0.01)
            with torch.no_grad():
                output.bias.copy_(torch.tensor((_RARE, *_USUAL)))

    def forward(self, x: Tensor) -> Tensor:
        maps = []
        x = self.stem(x)
        for stage, lateral in zip((self.eighth, self.sixteenth, self.last), self.lateral, strict=True):
            x = stage(x)
            maps.append(lateral(x))
        finer = [maps[2]]
        for wide in (maps[1], maps[0]):
            finer.append(wide + functional.interpolate(finer[-1], scale_factor=2.0, mode="nearest"))
        said = [
            head(smooth(wide)).flatten(2).transpose(1, 2)
            for head, smooth, wide in zip(self.heads, self.smooth, reversed(finer), strict=True)
        ]
        return torch.cat(said, 1)


def cells(height: int, width: int) -> tuple[Tensor, Tensor]:
    """(centres [cells, 2] as x, y in pixels, strides [cells]) of an input of `height` x `width`."""
    centres, strides = [], []
    for stride in STRIDES:
        y, x = torch.meshgrid(
            torch.arange(height // stride, dtype=torch.float32),
            torch.arange(width // stride, dtype=torch.float32),
            indexing="ij",
        )
        centres.append((torch.stack((x, y), -1).reshape(-1, 2) + 0.5) * stride)
        strides.append(torch.full((len(centres[-1]),), float(stride)))
    return torch.cat(centres), torch.cat(strides)


def normalised(pixels: Tensor) -> Tensor:
    """uint8 [B, H, W, 3], RGB, to the network's input."""
    return pixels.permute(0, 3, 1, 2).float() / 127.5 - 1


class Exported(nn.Module):
    """What faces.onnx holds: uint8 pixels [1, S, S, 3] to scores [cells], boxes [cells, 4] and points [cells, 10].

    Boxes (left, top, right, bottom) and points (x, y by turns) are shares of S.
    """

    centres: Tensor
    strides: Tensor

    def __init__(self, detector: Detector, size: int) -> None:
        super().__init__()
        self.detector = detector
        self.size = size
        centres, strides = cells(size, size)
        self.register_buffer("centres", centres)
        self.register_buffer("strides", strides[:, None])

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(scores, boxes, points)."""
        said = self.detector(normalised(pixels))[0]
        places = (self.centres.repeat(1, (_BOX + _POINTS) // 2) + said[:, 1:] * self.strides) / self.size
        return said[:, 0].sigmoid(), places[:, :_BOX], places[:, _BOX:]
