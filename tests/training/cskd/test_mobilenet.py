"""MobileNetV2's layers, in the precision that they learn in."""

from __future__ import annotations

import torch

from training.cskd.mobilenet import Convolution


def test_strided_layers_learn_in_half_precision_what_they_do_in_single() -> None:
    torch.manual_seed(0)
    layer = Convolution(8, 8, 3, 2, groups=8)
    x = torch.randn(2, 8, 16, 16)
    with torch.autocast("cpu", torch.bfloat16):
        half = layer(x.bfloat16())
    half.float().sum().backward()
    assert half.dtype == torch.bfloat16
    got, layer.conv.weight.grad = layer.conv.weight.grad, None
    single = layer(x.bfloat16().float())
    single.sum().backward()
    assert torch.allclose(half.float(), single, atol=0.02)
    assert got is not None
    assert torch.allclose(got, layer.conv.weight.grad, rtol=0.02, atol=0.1)
