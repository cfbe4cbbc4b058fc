"""Our CoCa gives what open_clip's gives, on tiny configurations where the two coincide."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.nn import functional

from training.vila import export, openclip

WORDS, LENGTH = 50, 12
DESCRIBED: dict[str, Any] = {
    "embed_dim": 32,
    "vision_cfg": {
        "image_size": 32,
        "layers": 2,
        "width": 32,
        "head_width": 8,
        "patch_size": 8,
        "attentional_pool": True,
        "attn_pooler_queries": 9,
        "attn_pooler_heads": 4,
        "output_tokens": True,
    },
    "text_cfg": {
        "context_length": LENGTH,
        "vocab_size": WORDS,
        "width": 32,
        "heads": 4,
        "layers": 2,
        "embed_cls": True,
        "output_tokens": True,
    },
    "multimodal_cfg": {"context_length": LENGTH, "vocab_size": WORDS, "width": 32, "heads": 4, "layers": 2},
}


@pytest.fixture(params=[True, "cascade"], ids=["open_clip's pooler", "cascaded poolers"])
def described(request: pytest.FixtureRequest) -> dict[str, Any]:
    made = copy.deepcopy(DESCRIBED)
    made["vision_cfg"]["attentional_pool"] = request.param
    return made


def _theirs(described: dict[str, Any]) -> Any:
    openclip.make_torchvision_importable()
    coca = pytest.importorskip("open_clip.coca_model")
    torch.manual_seed(3)
    network = coca.CoCa(**described).eval()
    with torch.no_grad():
        for parameter in network.parameters():  # what open_clip leaves uninitialised, and biases that would be zero
            parameter.copy_(torch.randn_like(parameter) * 0.2)
    return network


@torch.no_grad()
def test_embeddings_and_logits_are_equal(described: dict[str, Any]) -> None:
    theirs = _theirs(described)
    ours = openclip.convert(described, theirs.state_dict())
    pixels = torch.rand(3, 3, 32, 32)
    lengths = torch.tensor([12, 7, 3])
    ids = torch.randint(1, WORDS, (3, LENGTH)) * (torch.arange(LENGTH) < lengths[:, None])
    expected = theirs(pixels, ids, output_labels=True)
    got = ours(pixels, ids, lengths)
    # open_clip leaves the one query's dimension in, and so does not normalise a cascade's embedding.
    image = functional.normalize(expected["image_features"].flatten(1), dim=1)
    assert torch.allclose(functional.normalize(got.image, dim=1), image, atol=1e-5)
    assert torch.allclose(functional.normalize(got.text, dim=1), expected["text_features"], atol=1e-5)
    for row, length in enumerate(lengths - 1):
        assert torch.allclose(got.logits[row, :length], expected["logits"][row, :length], atol=1e-4)
    assert got.logits.std() > 0.1


def test_its_tower_leaves_as_the_files_of_a_pack(described: dict[str, Any]) -> None:
    tower = openclip.convert(described, _theirs(described).state_dict())
    files = export.networks(export.Pixels((0.48, 0.46, 0.41), (0.27, 0.26, 0.28)), tower, 32)
    assert files.keys() == {export.VISION, export.TEXT, export.DECODER}


@torch.no_grad()
def test_weights_come_from_a_file_or_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = _theirs(DESCRIBED)
    torch.save(theirs.state_dict(), tmp_path / "weights.pt")
    open_clip = pytest.importorskip("open_clip")
    monkeypatch.setattr(open_clip, "get_model_config", lambda name: DESCRIBED)
    pixels = torch.rand(1, 3, 32, 32)
    expected = openclip.convert(DESCRIBED, theirs.state_dict()).see(pixels)[1]
    for named in (tmp_path, tmp_path / "weights.pt"):
        assert torch.equal(openclip.load("coca_ViT-B-32", str(named)).see(pixels)[1], expected)


def test_what_is_no_coca_or_not_there_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openclip.make_torchvision_importable()
    pytest.importorskip("open_clip")
    hub = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with pytest.raises(openclip.WeightsMissing, match=r"ViT-B-32 is no CoCa.*coca_ViT-B-32"):
        openclip.load("ViT-B-32", "openai")
    with pytest.raises(openclip.WeightsMissing, match=r"no such file, and no weights of coca_ViT-B-32.*laion2b"):
        openclip.load("coca_ViT-B-32", "/nowhere/weights.pt")
    with pytest.raises(openclip.WeightsMissing, match=r"no \.safetensors, \.bin or \.pt file is there"):
        openclip.load("coca_ViT-B-32", str(tmp_path))
    with pytest.raises(openclip.WeightsMissing, match="not on this machine and could not be fetched"):
        openclip.load("coca_ViT-B-32", "laion2b_s13b_b90k")
