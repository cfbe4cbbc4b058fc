"""MobileNetV2 (arXiv 1801.04381, table 2) without batch norm, and its ImageNet weights from an int8 TFLite file.

The file has batch norm folded into the convolutions, so the network here has convolutions with a bias and nothing to
fold. TensorFlow's "SAME" padding is asymmetric at stride 2 (nothing before, one pixel after), which is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

FEATURES = 1280
# Expansion, output channels, repeats, stride of the first: table 2 of the paper.
_STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))


class Convolution(nn.Module):
    """A convolution with bias and TensorFlow's SAME padding, then ReLU6 unless linear."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1, linear: bool = False
    ) -> None:
        super().__init__()
        self.asymmetric = stride == 2
        padding = 0 if self.asymmetric else kernel // 2
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups)
        self.linear = linear

    def forward(self, x: Tensor) -> Tensor:
        if self.asymmetric:
            x = functional.pad(x, (0, 1, 0, 1))
        x = self._in_single(x) if self._slow_in_half(x) else self.conv(x)
        return x if self.linear else functional.relu6(x)

    def _slow_in_half(self, x: Tensor) -> bool:
        """Whether a CPU takes two to ten times as long in bfloat16 as in single precision, most of it for the gradient:
        the four strided depthwise convolutions took half of a training step at 128 pixels.
        """
        return self.asymmetric and self.conv.groups > 1 and x.dtype == torch.bfloat16 and x.device.type == "cpu"

    def _in_single(self, x: Tensor) -> Tensor:
        with torch.autocast(x.device.type, enabled=False):
            found: Tensor = self.conv(x.float())
        return found.to(x.dtype)


class InvertedResidual(nn.Module):
    """Expand, depthwise, project; with a shortcut where shapes allow."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        layers = [] if expansion == 1 else [Convolution(inputs, hidden, 1)]
        layers += [
            Convolution(hidden, hidden, 3, stride, groups=hidden),
            Convolution(hidden, outputs, 1, linear=True),
        ]
        self.layers = nn.Sequential(*layers)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.layers(x)
        return x + y if self.shortcut else y


class MobileNetV2(nn.Module):
    """[B, 3, H, W] in -1..1, H and W multiples of 32, to the last feature map [B, 1280, H/32, W/32]."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [Convolution(3, 32, 3, 2)]
        channels = 32
        for expansion, outputs, repeats, stride in _STAGES:
            for i in range(repeats):
                layers.append(InvertedResidual(channels, outputs, stride if i == 0 else 1, expansion))
                channels = outputs
        layers.append(Convolution(channels, FEATURES, 1))
        self.layers = nn.Sequential(*layers)
        # Without batch norm, torch's own initialisation lets the signal die on its way through 53 layers.
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                assert module.bias is not None
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.layers(x)
        return features


def load_imagenet(network: MobileNetV2, path: Path) -> nn.Linear:
    """Fill `network` with the dequantised weights of the TFLite file; returns the 1001-class ImageNet head.

    Weights are int8 with one scale a channel, each followed by its bias, int32 with one scale a channel. The file lists
    its convolutions in the order in which they run, which is the order of the modules here. Raises ValueError if the
    file holds another network.
    """
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    details = interpreter.get_tensor_details()
    kernels = [d for d in details if len(d["shape"]) == 4 and len(d["quantization_parameters"]["scales"]) > 1]
    head = nn.Linear(FEATURES, 1001)
    targets: list[nn.Conv2d | nn.Linear] = [*(m for m in network.modules() if isinstance(m, nn.Conv2d)), head]
    if len(kernels) != len(targets):
        raise ValueError(f"{path}: {len(kernels)} convolutions where MobileNetV2 has {len(targets)}.")

    def dequantised(detail: dict[str, Any], axis: int) -> Tensor:
        values = interpreter.get_tensor(detail["index"]).astype(np.float32)
        shape = [1] * values.ndim
        shape[axis] = -1
        return torch.from_numpy(values * detail["quantization_parameters"]["scales"].reshape(shape))

    with torch.no_grad():
        for kernel, target in zip(kernels, targets, strict=True):
            axis = int(kernel["quantization_parameters"]["quantized_dimension"])
            # TFLite stores [1, h, w, channels] for depthwise kernels and [out, h, w, in] for the others.
            weight = dequantised(kernel, axis).permute((3, 0, 1, 2) if axis == 3 else (0, 3, 1, 2))
            target.weight.copy_(weight.reshape(target.weight.shape))
            assert target.bias is not None
            target.bias.copy_(dequantised(details[kernel["index"] + 1], 0))
    return head
