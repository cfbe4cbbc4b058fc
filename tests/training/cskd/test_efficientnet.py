"""EfficientNet-Lite as a learner: folded it says what timm's says, and its weights come from any port's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from training.cskd import backbones
from training.vila.openclip import make_torchvision_importable


@pytest.fixture(scope="module")
def trained() -> Any:
    make_torchvision_importable()
    import timm

    torch.manual_seed(0)
    network = timm.create_model("tf_efficientnet_lite0", pretrained=False, num_classes=3).eval()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 2.0)
    return network


@pytest.fixture(scope="module")
def file(trained: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "lite0.pth"
    torch.save({f"port.{i}.{name}": value for i, (name, value) in enumerate(trained.state_dict().items())}, path)
    return path


def test_folded_and_parted_it_sees_what_it_saw(trained: Any, file: Path) -> None:
    begun = backbones.load("efficientnet:lite0", file.name, file.parent)
    pixels = torch.rand(2, 3, 96, 96) * 2 - 1
    with torch.no_grad():
        early = begun.trunk(pixels)
        assert early.shape == (2, 112, 6, 6)
        assert torch.allclose(begun.late(early), trained.forward_features(pixels), atol=1e-4)
    assert begun.features == 1280
    assert not any(isinstance(module, nn.BatchNorm2d) for module in (*begun.trunk.modules(), *begun.late.modules()))


def test_a_file_of_another_network_is_named(file: Path) -> None:
    with pytest.raises(ValueError, match=r"lite0\.pth: holds another network"):
        backbones.load("efficientnet:lite2", file.name, file.parent)
    with pytest.raises(FileNotFoundError, match=r"nothing\.pth"):
        backbones.load("efficientnet:lite0", "nothing.pth", file.parent)
