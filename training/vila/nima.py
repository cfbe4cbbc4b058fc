"""MobileNetV1 (arXiv 1704.04861, table 1) without batch norm, and the weights of a NIMA teacher from its TFLite file.

The file has batch norm folded into the convolutions, and int8 weights with one scale a channel where they are large.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.cskd.mobilenet import Convolution

FEATURES = 1024
# Output channels and stride of each depthwise-separable block: table 1 of the paper.
_BLOCKS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
)  # fmt: skip


class MobileNetV1(nn.Module):
    """[B, 3, H, W] in -1..1, H and W multiples of 32, to the last feature map [B, 1024, H/32, W/32]."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [Convolution(3, 32, 3, 2)]
        channels = 32
        for outputs, stride in _BLOCKS:
            layers += [Convolution(channels, channels, 3, stride, groups=channels), Convolution(channels, outputs, 1)]
            channels = outputs
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.layers(x)
        return features


def load_nima(network: MobileNetV1, path: Path) -> nn.Linear:
    """Fill `network` with the dequantised weights of the TFLite file; returns the head, 1024 to 10.

    Raises ValueError if the file holds another network.
    """
    from ai_edge_litert import schema_py_generated as schema
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    details = {d["index"]: d for d in interpreter.get_tensor_details()}
    graph = schema.Model.GetRootAs(path.read_bytes(), 0).Subgraphs(0)
    operators = [graph.Operators(i).InputsAsNumpy() for i in range(graph.OperatorsLength())]
    weighted = [inputs for inputs in operators if len(inputs) == 3]
    head = nn.Linear(FEATURES, 10)
    targets: list[nn.Conv2d | nn.Linear] = [*(m for m in network.modules() if isinstance(m, nn.Conv2d)), head]
    if len(weighted) != len(targets):
        raise ValueError(f"{path}: {len(weighted)} layers with weights where MobileNetV1 has {len(targets)}.")

    def values(index: int) -> Tensor:
        detail = details[index]
        stored = interpreter.get_tensor(index).astype(np.float32)
        scales = detail["quantization_parameters"]["scales"]
        if len(scales):
            shape = [1] * stored.ndim
            shape[int(detail["quantization_parameters"]["quantized_dimension"])] = -1
            stored = stored * scales.reshape(shape)
        return torch.from_numpy(stored)

    with torch.no_grad():
        for (_, kernel, bias), target in zip(weighted, targets, strict=True):
            weight = values(int(kernel))
            if weight.ndim == 4:
                # TFLite stores [1, h, w, channels] for depthwise kernels and [out, h, w, in] for the others.
                depthwise = weight.shape[0] == 1
                weight = weight.permute((3, 0, 1, 2) if depthwise else (0, 3, 1, 2))
            target.weight.copy_(weight.reshape(target.weight.shape))
            assert target.bias is not None
            target.bias.copy_(values(int(bias)))
    return head
