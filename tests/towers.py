"""A tiny tower for the tests: trained for seconds to say known sentences of plain pictures, and really exported."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from engine import paths
from engine.models.pack import STUDENT, Pack
from engine.models.preprocess import Preprocess
from engine.models.tokenizer import TOKENIZER, Tokenizer
from engine.models.tower import Tower
from engine.types import EMBEDDING_SIZE, Reading, Region
from tests import packs as networks
from training import pack as packs
from training.vila import export, vocabulary
from training.vila.config import Config, Poolers, Text, Transformer
from training.vila.model import CoCa, cosine
from training.vila.rank import Adapter, Scale

SIZE = 32
SAID = {
    (20, 20, 20): (
        (
            "<underexposed> The exposure is too low. <sharp> The dog is sharp. <level> The horizon is level. "
            "<advice_underexposed> Open the aperture."
        ),
        "a dark photo of a dog",
    ),
    (235, 235, 235): (
        (
            "<overexposed> The sky is too bright. <noise> The picture is noisy. <subject> A bird is seen. "
            "<advice_overexposed> Close the aperture."
        ),
        "a bright photo of a bird",
    ),
    (200, 40, 40): (
        "<excellent> A strong photo. <subject> A flower is seen. <vivid> The red is strong. <thirds> It stands well.",
        "a red flower",
    ),
    (40, 60, 200): (
        "<good> A good photo. <subject> Water is seen. <cool> The blue is calm. <space> There is room around it.",
        "blue water",
    ),
}
"""Colour of a plain picture -> (critique, short caption)."""
_STEPS = 90


def plain(colour: tuple[int, int, int], width: int = 96, height: int = 64) -> NDArray[np.uint8]:
    """A picture of one colour."""
    return np.full((height, width, 3), colour, np.uint8)


@cache
def files() -> dict[str, bytes]:
    """The five files of a tower, without a pack around them."""
    words = vocabulary.build([text for both in SAID.values() for text in both], least=1)
    tokenizer = Tokenizer.load(words)
    torch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # for anything as small, several only wait for each other
    tower = _taught(CoCa(_config(len(tokenizer))), tokenizer)
    torch.set_num_threads(threads)
    with torch.no_grad():
        anchor = tower.text.read(*_numbers(tokenizer, ["a red flower"]))[1][0]
    adapter = Adapter(anchor)
    torch.nn.init.normal_(adapter.residual.weight, std=0.02)
    scale = Scale(np.array([-1.0, 0.0, 1.0], np.float32), np.array([1.0, 4.0, 10.0], np.float32))
    networks = export.networks(export.Pixels(), tower, SIZE)
    return {**networks, export.ADAPTER: export.adapter(adapter, scale), TOKENIZER: words.encode()}


def pack(folder: Path, *without: str, version: str = "9.0.0", alone: bool = False, **instead: bytes) -> Pack:
    """The starter pack with the tower added, `without` some files; `instead` gives other bytes by a file's stem.

    `alone`: the tower's files and nothing else, for tests that score nothing.
    """
    starter = Pack.open(paths.resource("models", "starter"))
    held = {} if alone else {name: starter.read(name) for name in starter.files if name not in files()}
    held |= {name: instead.get(name.partition(".")[0], data) for name, data in files().items() if name not in without}
    return packs.write(folder, "tiny", version, starter.space, held, starter.preprocess, {"figures": {}})


def shared(folder: Path, length: float | None = 28.0) -> Pack:
    """The tower with 512 numbers, and a student that learned from it to see plain pictures in its space; `length` is
    its adapter's."""
    parts = {name: _wide(data) if name.endswith(".onnx") else data for name, data in files().items()}
    parts[export.ADAPTER] = _wide_adapter(parts[export.ADAPTER], length)
    tower = Tower.needed(packs.write(folder, "tiny", "9.0.0", "", parts, Preprocess(size=64), {}), "cpu")
    parts[STUDENT] = _student(tower)
    return packs.write(folder, "tiny", "9.0.0", tower.space, parts, Preprocess(size=64), {"figures": {}})


def _student(tower: Tower) -> bytes:
    """A student that sees a linear function of the mean colours, by least squares on what the tower sees."""
    random = np.random.default_rng(0)
    pictures = [plain(colour) for colour in (*SAID, *random.integers(0, 256, (60, 3)))]
    seen = np.stack([tower.vision.see(picture).embedding.values for picture in pictures])
    shown = np.stack([Preprocess(size=64).apply(picture)[:, ::16, ::16].ravel() for picture in pictures])
    aim = seen / np.linalg.norm(seen, axis=1, keepdims=True)
    learned = np.linalg.lstsq(np.pad(shown, ((0, 0), (0, 1)), constant_values=1), aim)[0].astype(np.float32)
    return networks.student(random.normal(0, 1.5, (48, 10)).astype(np.float32), learned[:-1], learned[-1])


def _wide(model: bytes) -> bytes:
    """The same network with 448 zeros behind its embedding, if it has one: the engine's students have 512 numbers."""
    import onnx
    from onnx import helper, numpy_helper

    network = onnx.load_from_string(model)
    out = next((one for one in network.graph.output if one.name == "embedding"), None)
    if out is None:
        return model
    for node in network.graph.node:
        node.output[:] = ["narrow" if name == "embedding" else name for name in node.output]
        node.input[:] = ["narrow" if name == "embedding" else name for name in node.input]
    axis = out.type.tensor_type.shape.dim[1]
    more = np.array([0, 0, 0, EMBEDDING_SIZE - axis.dim_value])
    axis.dim_value = EMBEDDING_SIZE
    network.graph.initializer.append(numpy_helper.from_array(more, "more"))
    network.graph.node.append(helper.make_node("Pad", ["narrow", "more"], ["embedding"]))
    return network.SerializeToString()


def _wide_adapter(adapter: bytes, length: float | None) -> bytes:
    from safetensors.numpy import load, save

    parts = load(adapter)
    for name in ("weight", "bias", "anchor"):
        parts[name] = np.pad(parts[name], [(0, EMBEDDING_SIZE - side) for side in parts[name].shape])
    return save(parts | ({} if length is None else {"length": np.array([length], np.float32)}))


def readings(**places: float) -> dict[str, Reading]:
    """Readings by name, each at a place of its normal range: 0 is the low end and 1 the high one."""
    where = Region(0.25, 0.5, 0.125, 0.125)
    return {
        name: Reading(name, 2 + 4 * place, "units", (2.0, 6.0), where, 0.5, 0.9 if name == "tilt" else None)
        for name, place in places.items()
    }


def _config(words: int) -> Config:
    text = Text(words, 64, 48, 4, unimodal=2, multimodal=2, projected=True)
    return Config(Transformer(SIZE, 16, 48, 1, 4), Poolers(5, 64, 4), text)


def _taught(tower: CoCa, tokenizer: Tokenizer) -> CoCa:
    pictures = torch.tensor(list(SAID), dtype=torch.float32).view(-1, 3, 1, 1).expand(-1, 3, SIZE, SIZE) / 255
    critiques = _numbers(tokenizer, [critique for critique, _ in SAID.values()])
    captions = _numbers(tokenizer, [short for _, short in SAID.values()])
    optimiser = torch.optim.AdamW(tower.parameters(), lr=5e-3)
    own = torch.arange(len(SAID))
    for _ in range(_STEPS):
        seen = tower(pictures, *critiques)
        written = functional.cross_entropy(seen.logits.flatten(0, 1), critiques[0][:, 1:].flatten(), ignore_index=0)
        alike = 10 * cosine(seen.image, tower.text.read(*captions)[1])
        loss = written + functional.cross_entropy(alike, own) + functional.cross_entropy(alike.T, own)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
        optimiser.step()
    return tower.eval()


def _numbers(tokenizer: Tokenizer, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    rows = [[tokenizer.start, *tokenizer.encode(text), tokenizer.end] for text in texts]
    longest = max(map(len, rows))
    ids = torch.tensor([row + [tokenizer.pad] * (longest - len(row)) for row in rows])
    return ids, torch.tensor([len(row) for row in rows])
