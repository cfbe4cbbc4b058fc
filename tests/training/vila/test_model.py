"""The tower: what sees what in the decoder, cached steps, and its published sizes."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from training.vila.config import Config, Maps, Poolers, Text, paper, starter
from training.vila.model import CoCa
from training.vila.text_decoder import TextDecoder

TINY = Config(
    Maps(side=3, channels=10, width=16), Poolers(5, 16, 2), Text(30, 8, 24, 2, unimodal=2, multimodal=2, projected=True)
)
IDS = torch.tensor([[1, 7, 8, 9, 2, 0, 0, 0], [1, 9, 8, 7, 6, 5, 4, 2]])
LENGTHS = torch.tensor([5, 8])


@pytest.fixture
def tower() -> CoCa:
    torch.manual_seed(0)
    made = CoCa(TINY).eval()
    with torch.no_grad():
        made.text.positions.normal_()
        made.text.class_token.normal_()
    return made


def _inputs() -> torch.Tensor:
    return torch.randn(2, 9, 10, generator=torch.Generator().manual_seed(1))


@torch.no_grad()
def test_no_word_sees_a_later_one_and_the_class_token_sees_every_word_but_no_padding(tower: CoCa) -> None:
    states, embedding = tower.text.read(IDS, LENGTHS)
    changed = IDS.clone()
    changed[0, 4] = 20
    later, other = tower.text.read(changed, LENGTHS)
    assert torch.equal(states[0, :4], later[0, :4])
    assert not torch.allclose(embedding[0], other[0], atol=1e-3)
    padded = IDS.clone()
    padded[0, 5:] = 11
    assert torch.allclose(tower.text.read(padded, LENGTHS)[1], embedding, atol=1e-6)
    short, same = tower.text.read(IDS[:1, :5], LENGTHS[:1])
    assert torch.allclose(short, states[:1, :5], atol=1e-6)
    assert torch.allclose(same, embedding[:1], atol=1e-6)


@torch.no_grad()
def test_only_the_second_half_sees_the_picture(tower: CoCa) -> None:
    inputs = _inputs()
    here, there = tower(inputs, IDS, LENGTHS), tower(inputs.flip(0), IDS, LENGTHS)
    assert torch.equal(here.text, there.text)
    assert not torch.allclose(here.logits, there.logits, atol=1e-3)
    assert torch.allclose(here.image, there.image.flip(0), atol=1e-6)
    assert here.scale.item() == pytest.approx(1 / 0.07)


@torch.no_grad()
def test_steps_with_kept_keys_give_the_logits_of_a_whole_pass(tower: CoCa) -> None:
    inputs = _inputs()
    expected = tower(inputs, IDS, LENGTHS).logits
    picture = tower.text.look(tower.see(inputs)[0])
    past = [(torch.zeros(2, 2, 0, 12), torch.zeros(2, 2, 0, 12))] * 4
    for position in range(7):
        logits, past = tower.text.step(IDS[:, position : position + 1], torch.tensor([position]), picture, past)
        assert torch.allclose(logits[1], expected[1, position], atol=1e-5)
        if position < 4:
            assert torch.allclose(logits[0], expected[0, position], atol=1e-5)


def test_greedy_captions_end_at_the_end(tower: CoCa) -> None:
    with torch.no_grad():
        tower.text.out_norm.weight.zero_()
        tower.text.out_norm.bias.copy_(tower.text.words.weight[7])
        tower.text.words.weight[7] *= 10
        assert tower.describe(_inputs(), start=1, end=2) == [[7] * 7] * 2
        assert tower.describe(_inputs(), start=1, end=7) == [[], []]


def test_the_paper_s_tower_has_the_paper_s_sizes() -> None:
    config = paper()
    with torch.device("meta"):
        tower = CoCa(config)
        generative, embedding = tower.see(torch.zeros(2, 3, 224, 224))
    assert generative.shape == (2, 196, 768)
    assert embedding.shape == (2, 768)
    assert len(tower.text.unimodal) == len(tower.text.multimodal) == 6
    assert tower.text.words.weight.shape == (64_000, 768)
    assert len(tower.text.positions) == 65


def test_the_starter_s_tower_is_small() -> None:
    tower = CoCa(starter(words=4096, channels=700))
    generative, embedding = tower.see(torch.zeros(2, 144, 700))
    assert generative.shape == (2, 64, 512)
    assert embedding.shape == (2, 512)
    assert sum(p.numel() for p in tower.parameters()) < 12e6


def test_a_narrow_decoder_without_projection_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a projection"):
        TextDecoder(replace(TINY.text, projected=False), 16)
