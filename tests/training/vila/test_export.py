"""The files of a pack give what torch gives: a picture, a text, and a caption word by word."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
import torch
from safetensors.numpy import load

from engine.models.device import Network
from training.vila import export
from training.vila.config import Config, Poolers, Text, Transformer
from training.vila.model import CoCa
from training.vila.rank import Adapter, Scale

CONFIG = Config(
    Transformer(32, 8, 64, 1, 4), Poolers(5, 64, 4), Text(90, 12, 48, 4, unimodal=2, multimodal=2, projected=True)
)


@pytest.fixture(scope="module")
def tower() -> CoCa:
    torch.manual_seed(0)
    made = CoCa(CONFIG).eval()
    with torch.no_grad():
        made.text.positions.normal_(std=2)
        made.text.words.weight.normal_(std=0.5)
    return made


@pytest.fixture(scope="module")
def files(tower: CoCa) -> dict[str, bytes]:
    return export.networks(export.Pixels(), tower, 32)


def _network(files: dict[str, bytes], name: str, **inputs: np.ndarray) -> Network:
    return Network(name, files[name], inputs, "cpu", 1)


def test_they_load_in_old_runtimes_and_are_half_as_large(files: dict[str, bytes], tower: CoCa) -> None:
    for model in files.values():
        onnx.checker.check_model(onnx.load_from_string(model))
        assert max(entry.version for entry in onnx.load_from_string(model).opset_import) <= 17
    assert len(files[export.DECODER]) < 3 * sum(p.numel() for p in tower.text.parameters())


@torch.no_grad()
def test_a_greedy_caption_from_the_files_is_torch_s(files: dict[str, bytes], tower: CoCa) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (1, 32, 32, 3), dtype=np.uint8)
    tokens, embedding, picture = _network(files, export.VISION, pixels=pixels).run({"pixels": pixels})
    inputs = export.Pixels()(torch.from_numpy(pixels))
    expected = tower.see(inputs)
    assert np.abs(tokens - expected[0].numpy()).max() < export.TOLERANCE
    assert np.abs(embedding - expected[1].numpy()).max() < export.TOLERANCE
    ids, past = np.array([[1]]), np.zeros((8, 1, 4, 0, 12), np.float32)
    decoder = _network(files, export.DECODER, ids=ids, position=np.array([0]), picture=picture, past=past)
    written = []
    for position in range(11):
        logits, past = decoder.run({"ids": ids, "position": np.array([position]), "picture": picture, "past": past})
        ids = logits.argmax(1, keepdims=True)
        written.append(int(ids[0, 0]))
    assert past.shape == (8, 1, 4, 11, 12)
    assert tower.describe(inputs, start=1, end=-1) == [written]
    assert len(set(written)) > 2


@torch.no_grad()
def test_several_captions_of_one_picture_go_side_by_side(files: dict[str, bytes]) -> None:
    random = np.random.default_rng(0)
    picture = random.standard_normal((4, 1, 4, 5, 12)).astype(np.float32)
    past = random.standard_normal((8, 3, 4, 2, 12)).astype(np.float32)
    feed = {"ids": np.array([[3], [4], [5]]), "position": np.array([2]), "picture": picture, "past": past}
    decoder = _network(files, export.DECODER, **feed)
    logits, present = decoder.run(feed)
    alone, kept = decoder.run(feed | {"ids": feed["ids"][1:2], "past": past[:, 1:2]})
    assert np.allclose(logits[1:2], alone, atol=1e-5)
    assert np.allclose(present[:, 1:2], kept, atol=1e-5)


@torch.no_grad()
def test_a_text_of_any_length_is_read(files: dict[str, bytes], tower: CoCa) -> None:
    ids = np.random.default_rng(0).integers(1, 90, (1, 12))
    network = _network(files, export.TEXT, ids=ids, length=np.array([12]))
    for length in (2, 5, 12):
        got = network.run({"ids": ids, "length": np.array([length])})[0]
        expected = tower.text.read(torch.from_numpy(ids[:, :length]), torch.tensor([length]))[1]
        assert np.abs(got - expected.numpy()).max() < export.TOLERANCE


def test_a_file_that_gives_something_else_is_noticed(files: dict[str, bytes], tower: CoCa) -> None:
    other = CoCa(CONFIG).eval()
    examples = {"ids": torch.ones(1, 12, dtype=torch.int64), "length": torch.tensor([5])}
    assert export.difference(export.Text(tower), files[export.TEXT], examples) < export.TOLERANCE
    assert export.difference(export.Text(other), files[export.TEXT], examples) > export.TOLERANCE


def test_the_adapter_s_file_scores_as_the_adapter() -> None:
    torch.manual_seed(0)
    trained = Adapter(torch.randn(16))
    torch.nn.init.normal_(trained.residual.weight, std=0.2)
    x = torch.randn(20, 16)
    scale = Scale(np.array([-0.5, 0.5], np.float32), np.array([2.0, 8.0], np.float32))
    kept = load(export.adapter(trained, scale))
    v = x.numpy() @ kept["weight"].T + kept["bias"] + x.numpy()
    scores = v @ kept["anchor"] / np.linalg.norm(v, axis=1)
    assert np.abs(scores - trained(x).detach().numpy()).max() < 1e-6
    assert np.array_equal(kept["points"], scale.cosines)
    assert np.array_equal(kept["scores"], scale.scores)
