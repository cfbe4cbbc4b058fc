"""The embedding's two halves: words reach what they reached, and the rest tells pictures apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.models.device import Network
from training.cskd import backbones, looks
from training.cskd.mobilenet import FEATURES, MobileNetV2
from training.vila import export, halves
from training.vila.config import Config, Poolers, Text, Transformer
from training.vila.halves import Halves
from training.vila.model import CoCa, cosine

CONFIG = Config(Transformer(32, 8, 64, 1, 4), Poolers(5, 64, 4), Text(90, 12, 48, 4, 2, 2, projected=True))


@pytest.fixture
def tower() -> CoCa:
    torch.manual_seed(0)
    return CoCa(CONFIG).eval()


@pytest.fixture
def parted() -> Halves:
    torch.manual_seed(1)
    return Halves(MobileNetV2().eval(), 64, 48, FEATURES).eval()


def _read(tower: CoCa) -> torch.Tensor:
    ids = torch.randint(1, 90, (6, 12), generator=torch.Generator().manual_seed(2))
    return tower.text.read(ids, torch.full((6,), 12))[1]


@torch.no_grad()
def test_words_ask_as_before_and_the_other_half_says_how_a_picture_looks(tower: CoCa, parted: Halves) -> None:
    pictures = torch.randn(20, 64, generator=torch.Generator().manual_seed(3))
    features = torch.randn(20, FEATURES, generator=torch.Generator().manual_seed(4))
    asked = _read(tower)
    parted.fit(tower, features.numpy())
    found, turned = parted(pictures, features), _read(tower)
    assert torch.equal(turned[:, 48:], torch.zeros(6, 16))
    assert torch.allclose(found @ turned.T, pictures @ asked.T, atol=1e-4), "no word loses what it reached"
    said, seen = found[:, :48].norm(dim=1), found[:, 48:].norm(dim=1)
    assert torch.allclose(seen, 2 * said, rtol=1e-4)
    order = cosine(found, turned).argsort(0)
    assert torch.equal(order, (functional.normalize(found[:, :48], dim=1) @ turned[:, :48].T).argsort(0))
    twins = parted(pictures[:1].expand(2, -1), features[:2])
    assert float(functional.cosine_similarity(twins[:1], twins[1:])) < 0.9, "equal to words, and yet apart"


def test_where_words_fill_the_space_there_is_no_second_half() -> None:
    with pytest.raises(ValueError, match="leave nothing over of 64"):
        Halves(MobileNetV2(), 64, 64, FEATURES)


@torch.no_grad()
def test_the_file_gives_both_halves(tower: CoCa, parted: Halves) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (1, 32, 32, 3), dtype=np.uint8)
    parted.fit(tower, np.random.default_rng(1).standard_normal((40, FEATURES)))
    files = export.networks(export.Pixels(), tower, 32, halves=parted)
    embedding = Network("vision", files[export.VISION], {"pixels": pixels}, "cpu").run({"pixels": pixels})[1]
    shown = torch.from_numpy(pixels)
    expected = parted(tower.see(export.Pixels()(shown))[1], parted.look(shown))
    assert np.abs(embedding - expected.numpy()).max() < export.TOLERANCE


@torch.no_grad()
def test_a_student_takes_the_half_for_looks_over_as_the_file_has_it(
    tower: CoCa, parted: Halves, tmp_path: Path
) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (1, 32, 32, 3), dtype=np.uint8)
    parted.fit(tower, np.random.default_rng(1).standard_normal((40, FEATURES)))
    network = parted.content
    assert isinstance(network, MobileNetV2)
    backbone = backbones.parted(network.layers, FEATURES, 7)
    for own, has in ((None, False), (parted, True)):
        (tmp_path / export.VISION).write_bytes(export.networks(export.Pixels(), tower, 32, halves=own)[export.VISION])
        if not has:
            with pytest.raises(ValueError, match="has no half for looks"):
                looks.of(tmp_path, backbone)
    shown, embedding = torch.from_numpy(pixels), torch.randn(1, 64)
    found = looks.of(tmp_path, backbone)(shown.permute(0, 3, 1, 2).float() / 127.5 - 1, embedding)
    expected = parted(torch.ones(1, 64), parted.look(shown))[:, 48:]
    assert torch.allclose(found[:, 48:], 2 * functional.normalize(expected, dim=1), atol=2e-3)
    assert torch.allclose(found[:, :48], functional.normalize(embedding[:, :48], dim=1), atol=1e-6)


def test_how_pictures_look_is_found_once(parted: Halves, tmp_path: Path) -> None:
    asked: list[int] = []

    def pixels(row: int) -> np.ndarray:
        asked.append(row)
        return np.random.default_rng(row).integers(0, 256, (20, 30, 3), dtype=np.uint8)

    first = halves.looks(tmp_path, parted, 32, ["a", "b"], pixels)
    assert first.shape == (2, FEATURES) and asked == [0, 1]
    assert np.array_equal(halves.looks(tmp_path, parted, 32, ["a", "b"], pixels), first) and asked == [0, 1]
    assert not np.array_equal(first[0], first[1])
