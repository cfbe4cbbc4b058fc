"""Scenes: everyday words for what ImageNet has no class for, learned from photos that somebody looked at."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.vila.look import Looks

WORDS = (
    "person", "animal", "flower", "food", "drink", "vehicle", "sunset", "beach", "mountain", "city", "street",
    "building", "tree", "plant", "snow", "interior", "water", "landscape", "people", "grass", "night", "sky",
)  # fmt: skip
"""What can be seen, the more telling words first."""
SURROUNDINGS = frozenset({"people", "grass", "night", "sky"})
"""Words that are no subject by themselves."""
_RIDGE = 5.0
"""Of the mean squared length of a row: the middle of a wide range in which the words of val come out alike."""
_COLOUR = 0.12
"""Weight of the palette beside the features of the ImageNet teacher, which see shapes rather than colours."""
_BOLD = 0.6
"""Share of the photos with a word, as often as it was seen, that are called by it: the surest ones."""
_LEAST = 10
_Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labels:
    """What somebody saw in photos, by name of the photo."""

    drawn: Mapping[str, tuple[str, ...]]
    """Drawn by chance: how frequent a word is, they tell."""
    sought: Mapping[str, tuple[str, ...]]
    """Sought out for their words."""


@cache
def labels() -> Labels:
    """labels/scenes.toml."""
    text = (Path(__file__).parent / "labels" / "scenes.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return Labels(*({name: tuple(words) for name, words in rows[part].items()} for part in ("drawn", "sought")))


def seen(looks: Looks, names: Sequence[str], from_labels: Labels) -> dict[str, tuple[str, ...]]:
    """Words of every photo of `names` that it is surely a photo of, in the order of WORDS.

    A ridge regression of each word on the features of the labelled photos that `looks` has. The score from which a
    word is said lets pass _BOLD times the share that the word has among the photos drawn by chance. Nothing is said
    where fewer than ten photos drawn by chance are among them.
    """
    drawn = [name for name in from_labels.drawn if name in looks.rows and name in set(names)]
    known = {name: words for name, words in {**from_labels.drawn, **from_labels.sought}.items() if name in looks.rows}
    if len(drawn) < _LEAST:
        return dict.fromkeys(names, ())
    every = _inputs(looks, names)
    mean = every.mean(0)
    learned = _inputs(looks, list(known)) - mean
    gram = learned @ learned.T
    ridge = _RIDGE * float(np.trace(gram)) / len(known)
    target = np.array([[1.0 if word in words else -1.0 for word in WORDS] for words in known.values()], np.float32)
    weights = np.linalg.solve(gram + ridge * np.eye(len(known), dtype=np.float32), target - target.mean(0))
    scores = (every - mean) @ (learned.T @ weights)
    share = np.array([np.mean([word in known[name] for name in drawn]) for word in WORDS])
    folders = {Path(name).parent for name in drawn}
    alike = np.array([Path(name).parent in folders for name in names])
    least = [np.quantile(scores[alike, column], 1 - _BOLD * share[column]) for column in range(len(WORDS))]
    said = (scores >= np.array(least)) & (share > 0)
    return {
        name: tuple(w for w, holds in zip(WORDS, row, strict=True) if holds)
        for name, row in zip(names, said, strict=True)
    }


def _inputs(looks: Looks, names: Sequence[str]) -> _Matrix:
    """[N, D]: features of the ImageNet teacher, and what colours there are."""
    features = np.stack([looks.of(name, "features") for name in names]).astype(np.float32)
    colours = np.stack([looks.of(name, "palette") for name in names]).astype(np.float32)
    colours[:, 11:13] /= 60
    length = np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-6)
    return np.asarray(np.concatenate([features / length, _COLOUR * colours], axis=1), np.float32)
