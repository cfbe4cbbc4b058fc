"""Concepts: what the ImageNet teacher sees in a photo, in everyday words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CLASSES = 1000
_LEAST = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """One everyday word for some classes of ImageNet."""

    word: str
    classes: NDArray[np.intp]
    kinds: tuple[str, ...]
    """Wider words that hold too."""
    least: float
    """Sum of the probabilities of its classes from which it is known."""
    article: str
    plural: bool

    @property
    def phrase(self) -> str:
        """The word with its article: "a dog", "an owl", "food"."""
        return f"{self.article} {self.word}".strip()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in a photo."""

    words: tuple[str, ...] = ()
    """The narrowest words first, and by probability."""
    kinds: tuple[str, ...] = ()
    """Wider words that hold because of them."""

    def __contains__(self, word: str) -> bool:
        return word in self.words or word in self.kinds

    def __bool__(self) -> bool:
        return bool(self.words)


@cache
def table() -> Mapping[str, Concept]:
    """concepts.toml, by word."""
    return {word: _concept(word, row) for word, row in _file()["concepts"].items()}


def words() -> frozenset[str]:
    """Every word that a concept can give, the wider ones included."""
    return frozenset(table()) | {kind for concept in table().values() for kind in concept.kinds}


def synonyms_of(word: str) -> tuple[str, ...]:
    """Other words that people use for a concept."""
    return tuple(_file().get("synonyms", {}).get(word, ()))


def synonyms() -> frozenset[str]:
    """All of them."""
    return frozenset(other for others in _file().get("synonyms", {}).values() for other in others)


def phrase(word: str) -> str:
    """A word with its article, of a concept or of a kind."""
    if word in table():
        return table()[word].phrase
    return word if word in _UNCOUNTED else f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def seen(probabilities: NDArray[np.floating]) -> Seen:
    """The concepts of [1000] ImageNet probabilities that are known; narrower words before the wider ones."""
    values = np.asarray(probabilities, np.float32)
    found = [(float(values[c.classes].sum()), c) for c in table().values()]
    known = [(sure, c) for sure, c in found if sure >= c.least]
    known.sort(key=lambda row: (len(row[1].classes), -row[0]))
    named = tuple(c.word for _, c in known)
    wider = dict.fromkeys(kind for _, c in known for kind in c.kinds if kind not in named)
    return Seen(named, tuple(wider))


_UNCOUNTED = frozenset(
    {
        "water",
        "wildlife",
        "nature",
        "architecture",
        "music",
        "sport",
        "clothing",
        "snow",
        "people",
        "persons",
        "cattle",
        "somebody",
        "grass",
        "sky",
        "night",
        "someone",
    }
)


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "concepts.toml").read_text(encoding="utf-8"))


def _concept(word: str, row: Mapping[str, object]) -> Concept:
    numbers: list[int] = []
    for part in str(row["classes"]).split(","):
        first, _, last = part.strip().partition("-")
        numbers += range(int(first), int(last or first) + 1)
    article = str(row.get("article", "a"))
    kinds = row["kinds"]
    assert isinstance(kinds, list)
    return Concept(
        word,
        np.array(sorted(set(numbers))),
        tuple(kinds),
        float(str(row.get("least", _LEAST))),
        article,
        bool(row.get("plural")),
    )
