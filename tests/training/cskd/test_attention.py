"""Where attention looks: measures on maps that are known, and the maps themselves beside what the libraries say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from tests.training.cskd import made
from training.cskd import attention, backbones, config, recipe
from training.cskd.align import Alignment

SIDE = 4


def test_even_attention_is_told_from_attention_to_one_place() -> None:
    even = torch.full((2, 3, 1, SIDE**2), 1 / SIDE**2)
    one = torch.zeros_like(even)
    one[..., 5] = 1
    assert attention.entropy(even) == pytest.approx(torch.ones(3))
    assert attention.entropy(one) == pytest.approx(torch.zeros(3))
    assert (attention.distance(even) > 0.3).all()
    assert attention.distance(one) == pytest.approx(torch.zeros(3))


def test_reach_is_the_distance_from_the_query_s_own_place() -> None:
    own = torch.eye(SIDE**2)[None, None]
    right = own.roll(1, -1)
    assert attention.reach(own).item() == 0
    # Three of four steps to the right are a quarter of the side; the fourth leaves the row for the next one.
    back = (0.75**2 + 0.25**2) ** 0.5
    end = (0.75**2 + 0.75**2) ** 0.5
    assert attention.reach(right).item() == pytest.approx((12 * 0.25 + 3 * back + end) / 16)


def test_maps_of_timm_s_transformers_are_what_their_softmax_says() -> None:
    network = backbones.load("timm:test_vit")
    whole = nn.Sequential(network.trunk, network.late).eval()
    expected: list[Tensor] = []
    for module in whole.modules():
        if hasattr(module, "fused_attn"):
            module.fused_attn = False
            module.attn_drop.register_forward_hook(lambda _, __, got: expected.append(got))
    torch.manual_seed(0)
    found = attention.self_attention(whole, torch.randn(2, 3, 160, 160))
    assert len(found) == len(expected) == 6
    for got, softmax in zip(found, expected, strict=True):
        among = softmax[:, :, 1:, 1:]
        assert got.shape == (2, 2, 100, 100)
        assert torch.allclose(got, among / among.sum(-1, keepdim=True), atol=1e-5)


@pytest.mark.logs("No pretrained weights loaded for model 'ViT-S-32-alt'")
def test_maps_of_open_clip_s_transformers_are_what_torch_says() -> None:
    tower = backbones.load("open_clip:ViT-S-32-alt")
    whole = nn.Sequential(tower.trunk, tower.late).eval()
    layers = [module for module in whole.modules() if isinstance(module, nn.MultiheadAttention)]
    expected: list[Tensor] = []

    def ask(layer: nn.MultiheadAttention, given: tuple[Tensor, ...]) -> None:
        with torch.no_grad():
            expected.append(layer.forward(*given, need_weights=True, average_attn_weights=False)[1])

    hooks = [layer.register_forward_pre_hook(ask) for layer in layers]
    found = attention.self_attention(whole, torch.randn(1, 3, 224, 224))
    for hook in hooks:
        hook.remove()
    assert len(found) == len(layers) == len(expected)
    among = expected[3][:, :, 1:, 1:]
    assert torch.allclose(found[3], among / among.sum(-1, keepdim=True), atol=1e-5)


def test_a_network_without_attention_says_nothing() -> None:
    found = backbones.load("timm:mobilenetv3_small_050")
    assert attention.of_learner(nn.Sequential(found.trunk, found.late), torch.zeros(1, 3, 64, 64)) == {}


def test_aligning_a_transformer_says_where_it_looks_before_and_after(data: Path, tower: Path, tmp_path: Path) -> None:
    how = Alignment(1, 160, 16, warm_up=2, bfloat16=False, average=0.5)
    learner = config.Network("timm:test_vit")
    order = recipe.Order(made.recipe(student=learner, align=how), data, str(tower), tmp_path / "out", tmp_path)
    recipe.learn(recipe.prepare(order), learner, how, (), None, "student")
    before = json.loads((tmp_path / "student-align" / "before.json").read_text())
    after = json.loads((tmp_path / "student-align" / "log.jsonl").read_text().splitlines()[-1])
    for said in (before, after):
        assert (
            0 < said["attention_entropy_lowest"] <= said["attention_entropy"] <= said["attention_entropy_highest"] <= 1
        )
        assert (
            0 < said["attention_distance_nearest"] <= said["attention_distance"] <= said["attention_distance_farthest"]
        )
    assert before["attention_distance"] != after["attention_distance"]
