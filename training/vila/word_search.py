"""Word search, judged: how many of the first ten photos found for a word are photos of it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.vila.pairs import Pair

HYPERNYMS = (
    "person", "people", "animal", "dog", "cat", "bird", "insect", "flower", "plant", "food", "drink", "water", "beach",
    "mountain", "building", "city", "vehicle", "car", "sky", "interior",
)  # fmt: skip
"""The words that are searched for."""
FIRST = 10
TIMES, SHARE, POSITIVES = 3.0, 0.5, 20
"""To reach: precision as a multiple of the base rate, and as a share where there are this many photos of the word."""
_LABELS = Path(__file__).parent / "labels" / "words.toml"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for one word found."""

    word: str
    positives: int
    """Photos of it."""
    base: float
    """Share of them among all photos: what chance would find."""
    precision: float
    """Share of them among the first ten."""

    @property
    def reached(self) -> bool:
        """Whether it is as good as it has to be; a multiple of the base rate counts up to what can be reached."""
        return self.precision >= min(TIMES * self.base, 1.0) and (self.positives < POSITIVES or self.precision >= SHARE)


def judge(
    vectors: NDArray[np.floating],
    names: Sequence[str],
    embed: Callable[[str], NDArray[np.floating]],
    photos_of: Mapping[str, Collection[str]],
) -> list[Found]:
    """Search for every word of `photos_of` (word -> names of its photos) among `vectors` [N, D] by cosine.

    `embed` gives the vector [D] of a text. Words without a photo among `names` are passed over.
    """
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    found = []
    for word, photos in photos_of.items():
        holds = np.array([name in photos for name in names])
        if not holds.any():
            continue
        asked = np.asarray(embed(word), np.float64)
        first = np.argsort(-(unit @ asked), kind="stable")[:FIRST]
        found.append(Found(word, int(holds.sum()), float(holds.mean()), float(holds[first].mean())))
    return found


def known(photos: Sequence[Pair], words: Sequence[str] = HYPERNYMS) -> dict[str, frozenset[str]]:
    """Names of the untouched photos that the teachers know each word of."""
    untouched = [pair for pair in photos if pair.flaw is None]
    return {word: frozenset(pair.name for pair in untouched if word in pair.facts.seen) for word in words}


def labelled(words: Sequence[str] = HYPERNYMS) -> tuple[list[str], dict[str, frozenset[str]]]:
    """(names of the 200 photos of val that somebody looked at, names of those that each word holds for)."""
    seen = tomllib.loads(_LABELS.read_text(encoding="utf-8"))["photos"]
    return list(seen), {word: frozenset(name for name, what in seen.items() if word in what) for word in words}


def lines(found: Sequence[Found]) -> list[str]:
    """For people to read, the mean last."""
    rows = [
        f"{f.word}: {f.precision:.1f} of the first ten, {f.base:.3f} by chance ({f.positives} photos)" for f in found
    ]
    mean = float(np.mean([f.precision for f in found])) if found else 0.0
    return [*rows, f"mean {mean:.2f}; {sum(f.reached for f in found)} of {len(found)} words as good as they have to be"]
