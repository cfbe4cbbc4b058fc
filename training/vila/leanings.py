"""How readily the decoder names each fault: what is added to the logits of their tags.

In training two pictures of three had a flaw, and some flaws look like others (motion and defocus, overexposure and
clipped highlights). How far to lean towards each is found on photos of train with fresh flaws by the kernels that
judge, as many named as the false alarms on good untouched photos allow, each held against the readings and borne out by
them as it will be; val is not looked at. Best are photos that nothing was learned from: of others the decoder is surer
than it will ever be again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm

from engine import seeing
from engine.judge.critique import Check
from engine.models.preprocess import Preprocess
from engine.models.tokenizer import Tokenizer
from training.vila import fidelity, flaws, look
from training.vila.frozen import SIZE
from training.vila.model import CoCa
from training.vila.pairs import Pair

SEED = 11
_PER_KIND, _GOOD = 110, 600
_ALLOWED = 0.7
"""Share of the limits that is used up here, since few photos stand for many."""
_FALSELY, _FALSELY_ANY = fidelity.FALSELY * _ALLOWED, fidelity.FALSELY_ANY * _ALLOWED
_ENOUGH = 0.95
_STEPS = np.arange(-3.0, 6.01, 0.25)
_ROUNDS = 6
_PRICE = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """What the decoder would begin with, picture by picture."""

    logits: NDArray[np.float32]
    """[N, tags]"""
    truth: NDArray[np.int64]
    """[N]: the column of the flaw's tag; -1 for a good untouched photo."""
    allowed: NDArray[np.bool_]
    """[N, tags]: what the readings of the picture leave standing."""
    supported: NDArray[np.float32]
    """[N, tags]: what they add for the faults that they bear out."""


def first(
    eyes: torch.nn.Module, tower: CoCa, tokenizer: Tokenizer, photos: Sequence[Pair], columns: Sequence[str]
) -> First:
    """Logits of the first tag for photos with each clear flaw, and for good ones; `columns` names all tags."""
    tags = {tag[1:-1]: number for number, tag in tokenizer.tags.items()}
    good = [photo for photo in photos if photo.mos >= fidelity.GOOD_MOS]
    order = np.random.default_rng(SEED).permutation(len(good))[:_GOOD]
    shown: list[tuple[str | None, Callable[[], NDArray[np.uint8]]]] = [(None, good[i].pixels) for i in order]
    shown += list(fidelity.samples(photos, SEED, _PER_KIND))
    numbers = [tags[name] for name in columns]
    logits, allowed, supported = [], [], []
    for _, make in tqdm(shown, unit="picture", mininterval=10):
        pixels = make()
        check = Check(tokenizer, look.readings_of(pixels))
        logits.append(begun(eyes, tower, tokenizer, pixels)[numbers])
        allowed.append([check.allows([], number) for number in numbers])
        supported.append(check.leaning()[numbers])
    truth = [-1 if kind is None else columns.index(kind) for kind, _ in shown]
    return First(np.stack(logits), np.array(truth, np.int64), np.array(allowed, bool), np.stack(supported))


@torch.no_grad()
def begun(eyes: torch.nn.Module, tower: CoCa, tokenizer: Tokenizer, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """[words]: logits of the first word about a picture."""
    # A copy, because torch warns of arrays that it may not write to.
    picture = np.array(Preprocess(size=SIZE).resize(seeing.shown(pixels)))
    tokens, _ = tower.see(eyes(torch.from_numpy(picture)[None]))
    states, _ = tower.text.read(torch.tensor([[tokenizer.start]]), torch.tensor([1]))
    logits: NDArray[np.float32] = tower.text.write(states, tokens)[0, -1].numpy()
    return logits


def fit(found: First, columns: Sequence[str]) -> dict[str, float]:
    """How far to lean towards each flaw, by name: one after the other to where all together does best."""
    kinds = [kind for kind in flaws.table() if kind in columns]
    leaning = np.zeros(len(columns))
    for _ in range(_ROUNDS):
        for kind in kinds:
            column = columns.index(kind)
            tried = []
            for step in _STEPS:
                leaning[column] = step
                # Of equals the smallest leaning.
                tried.append((_worth(found, leaning, [columns.index(k) for k in kinds]), -abs(step), step))
            leaning[column] = max(tried)[2]
    return {kind: float(leaning[columns.index(kind)]) for kind in kinds}


def _worth(found: First, leaning: NDArray[np.float64], kinds: Sequence[int]) -> float:
    said = np.where(found.allowed, found.logits + found.supported + leaning, -np.inf).argmax(1)
    good = found.truth < 0
    named = [float((said[found.truth == k] == k).mean()) for k in kinds if (found.truth == k).any()]
    falsely = [float((said[good] == k).mean()) for k in kinds]
    over = sum(max(share - _FALSELY, 0) for share in falsely) + max(sum(falsely) - _FALSELY_ANY, 0)
    # The mean, not the worst: a kind that cannot be had would take from all others what it costs.
    return float(np.mean(np.minimum(named, _ENOUGH)) - _PRICE * over)


def added(leanings: dict[str, float], tokenizer: Tokenizer) -> torch.Tensor:
    """[words]: the leaning of each tag at its number, 0 elsewhere."""
    found = torch.zeros(len(tokenizer))
    for number, tag in tokenizer.tags.items():
        found[number] = leanings.get(tag[1:-1], 0.0)
    return found
