"""Words to photos: what of a search is understood, and which photos lie nearest to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import PackError, SpaceMismatch
from engine.models.embedding import Embedding

if TYPE_CHECKING:
    from engine.models.tokenizer import Tokenizer

_WORD = r"[^\W_]+(?:[-'][^\W_]+)*"
# fmt: off
_EMPTY = frozenset({
    "a", "an", "and", "any", "are", "at", "be", "by", "for", "from", "in", "is", "it", "its", "no", "not", "of", "on",
    "or", "some", "that", "the", "there", "this", "to", "with", "without",
    "image", "images", "photo", "photograph", "photographs", "photos", "picture", "pictures", "shot",
})
# fmt: on
"""Words that tell no photo from another; many of them are words of other languages too."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it is understood."""

    text: str
    """The known words of it; empty where none of them says anything."""
    unknown: Mapping[str, tuple[str, ...]]
    """Each unknown word, with the nearest known ones in spelling."""

    def sentence(self) -> str | None:
        """What to tell the user of unknown words; None where all are known."""
        if not self.unknown:
            return None if self.text else "Nothing in this search tells one photo from another. Name what is in them."
        words = "; ".join(f"“{word}”{_nearest(near)}" for word, near in self.unknown.items())
        end = "They are left out." if self.text else "Nothing is left to search for: use plain English words."
        return f"Not known to this pack: {words}. {end}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo that was found."""

    path: Path
    similarity: float
    """Cosine, -1 to 1. It orders the photos of one search, and says nothing across searches."""


def understand(tokenizer: Tokenizer, text: str) -> Query:
    """What of a search is known to the pack. Words of another language are unknown words."""
    unknown = tokenizer.unknown(text)
    known = [word for word in re.findall(_WORD, text.lower()) if word not in unknown]
    return Query(" ".join(known) if set(known) - _EMPTY else "", unknown)


def search(asked: Embedding, photos: Mapping[Path, Embedding]) -> list[Hit]:
    """Photos by likeness to `asked`, the nearest first, then by path. Raises SpaceMismatch, or PackError if words and
    photos of one pack do not fit."""
    others = {one.space for one in photos.values()} - {asked.space}
    if others:
        raise SpaceMismatch(
            f"Words in the space {asked.space} were to be compared with photos in {', '.join(sorted(others))}. "
            "Search anew with the pack that is used now."
        )
    if not photos:
        return []
    matrix = np.stack([one.values for one in photos.values()])
    if matrix.shape[1:] != asked.values.shape:
        raise PackError(
            f"Words have {len(asked.values)} numbers in this pack and photos {matrix.shape[1]}. Install the pack again."
        )
    lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(asked.values)
    cosines = matrix @ asked.values / np.maximum(lengths, 1e-12)
    hits = [Hit(path, float(cosine)) for path, cosine in zip(photos, cosines, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.similarity, str(hit.path)))


def _nearest(near: tuple[str, ...]) -> str:
    return f" (near: {', '.join(near)})" if near else ""
